"""Folders made whole or not at all, replaced, and removed: of models, of snapshots, of exports.

A run killed at any point leaves the former folder or the new one, never a half; what it leaves
beside them is hidden, and taken away by a later run.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotation.storage import (
    FREE_SPACE,
    make_parent,
    permissions,
    sync_file,
    sync_folder,
    write_errors_explained,
)

_REMOVED = ".removed."


@contextmanager
def atomic_folder(
    path: Path, *, private: bool = True, replace: bool = False, hint: str = FREE_SPACE
) -> Iterator[Path]:
    """A temporary folder that becomes ``path`` when the block ends well, else disappears.

    Everything written into it is synced before the rename.

    Args:
        path: the folder to make.
        private: False for a folder that the user asked for; it and what is in it get the
            permissions that the umask says, else they are the owner's alone.
        replace: take away the folder that is there, at the end; else there must be none.
        hint: what to do where it cannot be written.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    file_mode, folder_mode = permissions(private=private)
    with write_errors_explained(path, hint):
        make_parent(path, private=private)
        take_back_folder(path)
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        try:
            yield temporary
            for file in temporary.rglob("*"):
                if file.is_file():
                    file.chmod(file_mode)
                    sync_file(file)
                else:
                    file.chmod(folder_mode)
            temporary.chmod(folder_mode)
            if replace and path.exists():
                path.rename(_former(path))
            temporary.rename(path)
        except BaseException:
            take_back_folder(path)
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        sync_folder(path.parent)
        take_back_folder(path)


def take_back_folder(path: Path) -> None:
    """Bring back a folder that was to be replaced by a run that was killed in between.

    Where its successor is there, the former one is removed.

    Raises:
        WorkspaceError: the folder that it stood in is not ours.
    """
    former = _former(path)
    if former.is_dir() and not path.exists():
        with write_errors_explained(path):
            former.rename(path)
    elif former.is_dir():
        shutil.rmtree(former, ignore_errors=True)


def _former(path: Path) -> Path:
    """Where a folder waits while its successor gets its name; Python cannot swap two at once."""
    return path.with_name(f".{path.name}.former")


def remove_folder(path: Path) -> int:
    """Remove a folder of ours, at once by one rename, then file by file; the bytes that it held.

    A run killed in between leaves a hidden folder, which :func:`remove_leftovers` takes away.

    Raises:
        WorkspaceError: the folder is not ours.
    """
    size = folder_size(path)
    with write_errors_explained(path, "See that the folder is yours, and run it again."):
        hidden = Path(tempfile.mkdtemp(dir=path.parent, prefix=_REMOVED))
        path.rename(hidden / path.name)
        sync_folder(path.parent)
        shutil.rmtree(hidden)
    return size


def remove_leftovers(folder: Path) -> int:
    """Remove the folders that killed runs have left half made or half removed; the bytes in them.

    What is half made may be somebody's who is at it; so it has to be an hour old.
    """
    freed = 0
    for path in folder.glob(".*.*"):
        with suppress(OSError):
            if path.is_symlink() or not path.is_dir():
                continue
            if path.name.startswith(_REMOVED) or time.time() - path.stat().st_mtime > 3600:
                freed += folder_size(path)
                shutil.rmtree(path)
    return freed


def folder_size(path: Path) -> int:
    """Bytes of all files in a folder; what goes meanwhile is not counted."""
    total = 0
    for file in path.rglob("*"):
        with suppress(OSError):
            found = file.lstat()
            total += found.st_size if stat.S_ISREG(found.st_mode) else 0
    return total
