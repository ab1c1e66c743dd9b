"""The order in which snapshots were last made, whatever clocks said, and which were pulled."""

from __future__ import annotations

import re
from pathlib import Path

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state

MANIFEST = "manifest.json"
"""The file without which a folder is no snapshot."""
_ORDER = "order.json"
_FORMAT = 1
_ID = re.compile("[0-9a-f]{16}")


def snapshots_in_order(folder: Path) -> tuple[Path, ...]:
    """The snapshots in a folder, the one that was made last at the end, whatever clocks said.

    Only what is called by an id and has a manifest counts as one.
    """
    found = [
        path
        for path in (folder.iterdir() if folder.is_dir() else ())
        if _ID.fullmatch(path.name) and not path.is_symlink() and (path / MANIFEST).is_file()
    ]
    return tuple(sorted(found, key=lambda path: (_number(path), path.name)))


def last_pulled(folder: Path) -> Path | None:
    """The snapshot of what a project held that was made last, None where there is none.

    Others are of files, or were made for training, with labels that are in no project.
    """
    found = (path for path in reversed(snapshots_in_order(folder)) if order_of(path)[1])
    return next(found, None)


def next_in_order(folder: Path) -> int:
    """The number of a snapshot that is the last from now on."""
    return 1 + max(map(_number, snapshots_in_order(folder)), default=0)


def _number(path: Path) -> int:
    return order_of(path)[0]


def order_of(path: Path) -> tuple[int, bool]:
    """Its place in the order, 0 where nothing says so; and whether it is what a project held."""
    try:
        found = read_json_state(
            path / _ORDER, format=_FORMAT, what="The order", hint="Remove the file."
        )
    except WorkspaceError:  # no content is lost with it
        return 0, False
    number = (found or {}).get("number")
    return number if isinstance(number, int) else 0, (found or {}).get("pulled") is True


def write_order(path: Path, number: int, *, pulled: bool) -> None:
    """Write down a snapshot's place.

    Args:
        path: its directory.
        number: its number in the order.
        pulled: whether it is what a project held.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    told = {"number": number, **({"pulled": True} if pulled else {})}
    write_json_state(path / _ORDER, told, format=_FORMAT)
