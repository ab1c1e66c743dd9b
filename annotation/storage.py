"""Writing state so that a run killed at any point leaves the old or the new, never a half."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from annotation.errors import WorkspaceError

_HINT = "Free some space, or choose another folder with --workspace, and run it again."


def write_atomic(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file to a temporary one beside it, sync, and rename.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    with atomic_path(path, mode=mode) as temporary:
        temporary.write_bytes(content)


@contextmanager
def atomic_path(path: Path, *, mode: int = 0o644, hint: str = _HINT) -> Iterator[Path]:
    """A temporary file that takes the place of ``path`` when the block ends well, else disappears.

    It lies in the same folder, is its owner's alone until it is complete, and is synced before it
    is renamed.

    Args:
        path: the file that is to be; need not exist, nor need its folder.
        mode: its permissions.
        hint: what to do where it cannot be written.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    with _explained(path, hint):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(descriptor)
        temporary = Path(name)
        try:
            yield temporary
            temporary.chmod(mode)
            with temporary.open("rb") as file:
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """A temporary folder that becomes ``path`` when the block ends well, else disappears.

    Everything written into it is synced before the rename. ``path`` must not exist.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        try:
            yield temporary
            temporary.chmod(0o755)  # mkdtemp makes it 0700
            for file in temporary.rglob("*"):
                if file.is_file():
                    with file.open("rb") as opened:
                        os.fsync(opened.fileno())
            temporary.rename(path)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        sync_folder(path.parent)


@contextmanager
def locked(
    path: Path, *, on_wait: Callable[[], None] | None = None, wait: bool = True
) -> Iterator[bool]:
    """Hold a lock file while the block runs; it goes with the process, however that ends.

    Args:
        path: the file; made when missing, and left there.
        on_wait: called once where another process holds it, before waiting for that to end.
        wait: False to run the block without the lock where another process holds it.

    Yields:
        True where the lock is held.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    with ExitStack() as stack:
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context(path.open("w", encoding="utf-8"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if wait:
                    if on_wait is not None:
                        on_wait()
                    fcntl.flock(file, fcntl.LOCK_EX)
                held = wait
            else:
                held = True
        yield held


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut; a no-op where folders cannot be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def why_unread(error: OSError | UnicodeDecodeError) -> str:
    """Why a text file could not be read, to end a sentence: what the system says, or which byte."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    line = error.object.count(b"\n", 0, error.start) + 1
    return f"it is not UTF-8 (byte 0x{error.object[error.start]:02x} in line {line})"


@contextmanager
def _explained(path: Path, hint: str = _HINT) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # pyarrow puts more into ``strerror`` than the system's own words.
        why = os.strerror(error.errno) if error.errno else error
        raise WorkspaceError(f"{path} cannot be written: {why}.", hint=hint) from error
