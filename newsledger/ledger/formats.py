"""Which formats an export can have, and how each is written: whole, or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotation.errors import InputError
from annotation.schema import Schema
from annotation.storage import atomic_folder
from newsledger.ledger.csv_folder import DESCRIPTOR, PACKAGE, write_csv_folder
from newsledger.ledger.dictionary import TABLES, LedgerTable, Row

_NO_ROOM = "Free some space or choose another place with --out."

FOLDERS = {"": write_csv_folder}
"""What writes a folder, by the ending of its name."""


def write_ledger(
    rows: Iterable[tuple[LedgerTable, Row]], schema: Schema, snapshot: str, out: Path
) -> dict[str, int]:
    """Write an export, in the format that the ending of its name says.

    Args:
        rows: the rows with their tables.
        schema: the labels in use.
        snapshot: id of the snapshot that the rows come from.
        out: a folder or file; an earlier export of that name is replaced.

    Returns:
        How many rows each table has.

    Raises:
        InputError: there is no such format, or what has the name is no export.
        WorkspaceError: it cannot be written; a former export is left as it was.
    """
    counts = Counter[str]({table.name: 0 for table in TABLES})
    ending = out.suffix.lower()
    check_out(out)
    with atomic_folder(out, private=False, replace=True, hint=_NO_ROOM) as folder:
        FOLDERS[ending](_counted(rows, counts), schema, snapshot, folder)
    return dict(counts)


def check_out(out: Path) -> None:
    """Refuse a name before anything is made for it.

    Raises:
        InputError: there is no such format, or what has the name is no export.
    """
    ending = out.suffix.lower()
    if ending not in FOLDERS:
        raise InputError(
            f"{out}: an export has several tables, and is no '{ending}' file.",
            hint="Name a folder without an ending for CSV.",
        )
    if out.exists() and not _is_export(out):
        raise InputError(
            f"{out} is there already and is no export of newsledger; it stays as it is.",
            hint="Choose another name with --out.",
        )


def _is_export(folder: Path) -> bool:
    """Whether a folder may be replaced: it is an earlier export, or empty."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    try:
        found = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return not any(folder.iterdir())
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("name") == PACKAGE


def _counted(
    rows: Iterable[tuple[LedgerTable, Row]], counts: Counter[str]
) -> Iterator[tuple[LedgerTable, Row]]:
    for table, row in rows:
        counts[table.name] += 1
        yield table, row
