"""brat: a text file, and beside it a file with its annotations; or a folder of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from annotation.articles.decoding import content_id
from annotation.errors import LabelsError
from annotation.imports.interface import (
    IMPORTED,
    ImportFormat,
    ImportRequest,
    MarkedSpan,
    MarkedText,
)

_BOUND = re.compile(r"T\d+\t(\S+) ([^\t]*)\t(.*)")
_OFFSETS = re.compile(r"([0-9]{1,9}) ([0-9]{1,9})")
_NOT_READ = {
    "E": "events",
    "R": "relations",
    "A": "attributes",
    "M": "attributes",
    "N": "normalisations",
    "*": "equivalences",
    "#": "notes",
}


def read_brat(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The documents of a folder, or one of them."""
    files = sorted(path.rglob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    if not files:
        raise LabelsError(f"{path}: there is no .ann file in it.")
    places = _places(path if path.is_dir() else path.parent, files, request)
    for file in files:
        try:
            text = _text(file)
            told = file.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError as error:
            request.on_problem(LabelsError(f"{error.filename}: is not there."))
            continue
        except (OSError, UnicodeDecodeError) as error:
            request.on_problem(LabelsError(f"{file}: cannot be read ({error})."))
            continue
        spans = tuple(_spans(file, told, text, request))
        if text.strip():
            key, annotator = places[file]
            yield MarkedText(str(file), text, spans=spans, annotator=annotator, article={"id": key})


def _text(file: Path) -> str:
    """The text that is annotated, as it is: brat counts each character of a line's end."""
    with file.with_suffix(".txt").open(encoding="utf-8", newline="") as stream:
        return stream.read()


def _places(root: Path, files: list[Path], request: ImportRequest) -> dict[Path, tuple[str, str]]:
    """The id of each file's text and who annotated it.

    The id is the path. Where folders hold the same text under the same name, as many annotators
    as there are folders have read it: the names that tell these apart are theirs, and no part of
    the id, unless that would call different texts the same.
    """
    parts = {file: file.relative_to(root).with_suffix("").parts for file in files}
    texts, same = dict[Path, str](), defaultdict[tuple[str, str], list[Path]](list)
    for file in files:
        with suppress(OSError, UnicodeDecodeError):  # told where the file is read
            texts[file] = content_id("", _text(file))
            same[file.stem, texts[file]].append(file)
    people = set[str]()
    for copies in same.values():
        folders = Counter(name for file in copies for name in set(parts[file][:-1]))
        people |= {name for name, count in folders.items() if count < len(copies)}
    if people:
        request.on_problem(
            LabelsError(
                f"{root}: the same text is in several folders, whose names, "
                f"{' and '.join(sorted(people))}, are read as those of annotators.",
                hint="If they are not, import each folder on its own.",
            )
        )
    keys = {
        file: "/".join((*(one for one in names[:-1] if one not in people), names[-1]))
        for file, names in parts.items()
    }
    called = defaultdict[str, set[str]](set)
    for file, text in texts.items():
        called[keys[file]].add(text)
    return {
        file: (
            key if len(called[key]) < 2 else "/".join(parts[file]),
            "/".join(part for part in parts[file][:-1] if part in people) or IMPORTED,
        )
        for file, key in keys.items()
    }


def _spans(file: Path, told: list[str], text: str, request: ImportRequest) -> Iterator[MarkedSpan]:
    others = Counter[str]()
    for number, line in enumerate(told, 1):
        if not line.strip():
            continue
        bound = _BOUND.fullmatch(line)
        if bound is None:
            others[_NOT_READ.get(line[0], "lines of no kind that brat has")] += 1
            continue
        label, places, covered = bound.groups()
        here = f"{file}:{number}"
        if ";" in places:
            request.on_problem(
                LabelsError(f"{here}: the span '{covered}' has a gap, which claims cannot have.")
            )
            continue
        offsets = _OFFSETS.fullmatch(places)
        start, end = map(int, offsets.groups()) if offsets else (0, 0)
        if start >= end:
            request.on_problem(
                LabelsError(f"{here}: '{places}' is not the start and end of a span.")
            )
            continue
        if text[start:end] != covered:
            request.on_problem(
                LabelsError(f"{here}: the text there is '{text[start:end]}', not '{covered}'.")
            )
            continue
        yield MarkedSpan(start, end, label)
    if others:
        counts = ", ".join(f"{count} {what}" for what, count in others.items())
        request.on_problem(LabelsError(f"{file}: not read are {counts}."))


BRAT = ImportFormat("brat", "a folder of .txt and .ann files, or one of the files", read_brat)
"""brat."""
