"""brat: a text file, and beside it a file with its annotations; or a folder of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from annotation.errors import LabelsError
from annotation.imports.interface import ImportFormat, ImportRequest, MarkedSpan, MarkedText

_BOUND = re.compile(r"T\d+\t(\S+) ([\d ;]+)\t(.*)")
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
    for file in files:
        try:
            # As it is: brat counts each character of a line's end.
            with file.with_suffix(".txt").open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            told = file.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError as error:
            request.on_problem(LabelsError(f"{error.filename}: is not there."))
            continue
        except (OSError, UnicodeDecodeError) as error:
            request.on_problem(LabelsError(f"{file}: cannot be read ({error})."))
            continue
        spans = tuple(_spans(file, told, text, request))
        if text.strip():
            yield MarkedText(str(file), text, spans=spans, article={"id": file.stem})


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
        start, end = map(int, places.split())
        if text[start:end] != covered:
            request.on_problem(
                LabelsError(f"{here}: there stands '{text[start:end]}', not '{covered}'.")
            )
            continue
        yield MarkedSpan(start, end, label, covered)
    if others:
        counts = ", ".join(f"{count} {what}" for what, count in others.items())
        request.on_problem(LabelsError(f"{file}: not read are {counts}."))


BRAT = ImportFormat("brat", "a folder of .txt and .ann files, or one of the files", read_brat)
"""brat."""
