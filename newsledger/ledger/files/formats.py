"""Which formats an export can have, and how each is written: whole, or not at all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotation.errors import InputError
from annotation.folders import atomic_folder, take_back_folder
from annotation.schema import Schema
from annotation.storage import atomic_path
from newsledger.ledger.columns.dictionary import TABLES
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.files.csv_folder import DESCRIPTOR, PACKAGE, write_csv_folder
from newsledger.ledger.files.parquet_folder import write_parquet_folder
from newsledger.ledger.files.sqlite_file import datasette_metadata, write_sqlite_file
from newsledger.ledger.files.workbook import write_workbook
from newsledger.progress import NO_ROOM

FOLDERS = {"": write_csv_folder, ".parquet": write_parquet_folder}
"""What writes a folder, by the ending of its name."""

FILES = {".sqlite": write_sqlite_file, ".xlsx": write_workbook}
"""What writes one file, by its ending."""


def write_ledger(
    rows: Iterable[tuple[LedgerTable, Row]],
    schema: Schema,
    snapshot: str,
    out: Path,
    codebook: str = "",
) -> dict[str, int]:
    """Write an export, in the format that the ending of its name says.

    Args:
        rows: the rows with their tables.
        schema: the labels in use.
        snapshot: id of the snapshot that the rows come from.
        out: a folder or file; an earlier export of that name is replaced.
        codebook: version of codebook and schema that the labels were made by, in words.

    Returns:
        How many rows each table has.

    Raises:
        InputError: there is no such format, or what has the name is no export.
        WorkspaceError: it cannot be written; a former export is left as it was.
    """
    counts = Counter[str]({table.name: 0 for table in TABLES})
    ending = out.suffix.lower()
    check_out(out)
    counted = _counted(rows, counts)
    if ending in FILES:
        with atomic_path(out, private=False, hint=NO_ROOM) as file:
            FILES[ending](counted, schema, snapshot, file, codebook)
        if ending == ".sqlite":
            beside = metadata_file(out)
            text = json.dumps(datasette_metadata(schema, snapshot, out.stem), indent=1)
            with atomic_path(beside, private=False, hint=NO_ROOM) as file:
                file.write_text(f"{text}\n", encoding="utf-8")
    else:
        with atomic_folder(out, private=False, replace=True, hint=NO_ROOM) as folder:
            FOLDERS[ending](counted, schema, snapshot, folder, codebook)
    return dict(counts)


def metadata_file(out: Path) -> Path:
    """The file with the descriptions that Datasette shows, beside the SQLite file."""
    return out.with_name(f"{out.stem}.metadata.json")


def check_out(out: Path) -> None:
    """Refuse a name before anything is made for it, and bring back what a kill left without one.

    Raises:
        InputError: there is no such format, or what has the name is no export.
    """
    ending = out.suffix.lower()
    if ending not in FOLDERS | FILES:
        raise InputError(
            f"{out}: an export has several tables, and is no '{ending}' file.",
            hint="Name a folder without an ending for CSV files, one that ends in .parquet for "
            "Parquet files, or a .sqlite or .xlsx file.",
        )
    if ending in FOLDERS:
        take_back_folder(out)
    if out.exists() and not (out.is_file() if ending in FILES else _is_export(out)):
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
