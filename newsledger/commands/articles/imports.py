"""Labels that were made with other tools, in the form that ``train --labels`` takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import InputError, LabelsError
from annotation.imports.interface import ImportRequest
from annotation.imports.labels import labels_here
from annotation.imports.registry import IMPORT_FORMATS
from annotation.schema import read_schema
from annotation.storage import atomic_path
from newsledger.output import write_rows
from newsledger.progress import NO_ROOM, Progress, Result, number_of
from newsledger.settings import Settings


@dataclass(frozen=True, slots=True)
class ImportResult(Result):
    """What was brought in."""

    file: str
    """The file that was written."""
    sentences: int
    """How many sentences it holds."""
    labelled: int
    """How many of them have labels."""
    unmarked: int
    """How many sentences of labelled texts have none, since nobody marked anything in them."""
    problems: int
    """How many things were not understood, each of which was told."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [
            f"Wrote {number_of(self.sentences, 'sentence')}, {self.labelled:,} of them labelled, "
            f"to {self.file}."
        ]
        if self.unmarked:
            lines.append(
                f"{number_of(self.unmarked, 'sentence')} of labelled texts, in which nothing was "
                "marked, count as unlabelled."
            )
        if self.file.endswith(".json"):
            lines.append(f"To learn from it: newsledger train --labels {self.file}")
        else:
            lines.append(f"To label them: newsledger push --presplit {self.file}")
        return "\n".join(lines)


def import_labels(
    settings: Settings,
    progress: Progress,
    file: Path,
    out: Path,
    *,
    format_name: str,
    mapping: Mapping[str, str],
    text_column: str | None = None,
    label_columns: tuple[str, ...] = (),
    presplit: bool = False,
) -> ImportResult:
    """Read labels of another tool, and write them as Label Studio exports its own.

    Args:
        settings: which labelling configuration.
        progress: is told what was not understood.
        file: a file or folder of the other tool.
        out: a ``.json`` file for labels, or a ``.jsonl`` file for the sentences alone.
        format_name: a key of ``IMPORT_FORMATS``.
        mapping: an alias for each label that is called otherwise there; empty to pass it by.
        text_column: the column or field with the texts, None for the format's own.
        label_columns: the columns or fields with the labels, none for the format's own.
        presplit: each text is one sentence already.

    Raises:
        InputError: the file cannot be read, or there is no such format.
        WorkspaceError: it cannot be written; a former file is left as it was.
    """
    if format_name not in IMPORT_FORMATS:
        raise InputError(
            f"There is no format '{format_name}' of labels.",
            hint=f"Choose one of: {', '.join(IMPORT_FORMATS)}.",
        )
    if out.suffix.lower() not in (".json", ".jsonl"):
        raise InputError(
            f"{out}: what is imported is a .json file, or a .jsonl file of sentences alone.",
            hint="Choose one of these endings for --out.",
        )
    if not file.exists():
        raise InputError(f"{file}: there is no such file or folder.", hint="Is it spelt right?")
    schema = read_schema(settings.config)
    request = ImportRequest(progress.problem, text_column, label_columns)
    try:
        found = labels_here(
            IMPORT_FORMATS[format_name].read(file, request), schema, mapping, presplit=presplit
        )
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{file}: cannot be read ({error}).") from error
    for problem in found.problems:
        progress.problem(problem)
    if not found.tasks:
        raise LabelsError(
            f"{file}: holds no text that is understood.",
            hint=f"Is it {IMPORT_FORMATS[format_name].what}? Name another with --format.",
        )
    if out.suffix.lower() == ".jsonl":
        write_rows(found.rows, "sentences", out)
    else:
        with atomic_path(out, private=False, hint=NO_ROOM) as temporary:
            content = json.dumps(found.tasks, indent=1, ensure_ascii=False)
            temporary.write_text(f"{content}\n", encoding="utf-8")
    return ImportResult(
        str(out), len(found.tasks), found.labelled, found.unmarked, len(found.problems)
    )


def read_mapping(pairs: list[str]) -> dict[str, str]:
    """``OLD=NEW`` as an alias for each label.

    Raises:
        InputError: a pair has no equals sign, or two say different things.
    """
    mapping = dict[str, str]()
    for pair in pairs:
        old, sign, new = pair.rpartition("=")
        if not sign or not old or mapping.get(old, new) != new:
            raise InputError(
                f"'{pair}' does not say which label stands for which.",
                hint="Add --map 'OLD=ALIAS', each label once.",
            )
        mapping[old] = new
    return mapping
