"""A state file with an entry for each sentence, read and written one entry at a time.

It is a state file as any other (see ``storage``): a JSON object with the number of its format, and
a field that holds the entries. No more of it is in memory than one of them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from annotation.errors import WorkspaceError
from annotation.json_stream import JsonReader
from annotation.storage import atomic_path, check_file, refused_format, why_unread


def write_entries(
    path: Path, field: str, entries: Iterable[tuple[str, object]], *, format: int
) -> None:
    """Write a state file with these entries in one field, whole or not at all.

    Args:
        path: the file; the entries may come from what it holds before.
        field: the field's name.
        entries: keys, none of them twice, and JSON values.
        format: the number of the format.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.write(f'{{\n "format": {format},\n {json.dumps(field)}: {{')
        before = "\n"
        for key, value in entries:
            file.write(f"{before}  {json.dumps(key)}: {json.dumps(value)}")
            before = ",\n"
        file.write("\n }\n}\n")


def read_entries(
    path: Path, field: str, *, format: int, what: str, hint: str, older: Collection[int] = ()
) -> Iterator[tuple[str, Any]]:
    """The entries of a state file in its order; none where there is no file.

    Args:
        path: the file.
        field: the field that holds them; the format's number stands before it.
        format: the number that this newsledger writes and reads.
        what: what the file holds, for the message.
        hint: what to do where the file is damaged.
        older: numbers of earlier formats that are read, too.

    Raises:
        WorkspaceError: the file cannot be read, is no such object, or is of another format. Where
            it is damaged, the entries before that place have been given.
    """
    try:
        check_file(path)
        with path.open(encoding="utf-8") as file:
            reader, fields, found = JsonReader(file), dict[str, object](), False
            for name in reader.members():
                if name == field:
                    number = fields.get("format")
                    if number != format and number not in older:
                        raise refused_format(path, number, format=format, what=what, hint=hint)
                    yield from ((key, reader.value()) for key in reader.members())
                    found = True
                else:
                    fields[name] = reader.value()
            number = fields.get("format")
            if not found and isinstance(number, int) and number > format:
                raise refused_format(path, number, format=format, what=what, hint=hint)
            if reader.rest() or not found:
                raise ValueError("something stands behind it" if found else f"no '{field}'")
    except FileNotFoundError:
        return
    except NotADirectoryError as problem:
        raise WorkspaceError(
            f"{path.parent} is not a folder.", hint="Choose another place with --workspace."
        ) from problem
    except (OSError, UnicodeDecodeError) as problem:
        why = why_unread(problem)
        raise WorkspaceError(f"{what} in {path} cannot be read: {why}.", hint=hint) from problem
    except (ValueError, RecursionError) as problem:
        why = f"it is not JSON of the kind ({problem})"
        raise WorkspaceError(f"{what} in {path} cannot be read: {why}.", hint=hint) from problem
