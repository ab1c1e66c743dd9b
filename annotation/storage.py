"""Files that hold state: written whole or not at all, locked, and read with one set of errors.

A run killed at any point leaves the old file or the new one, never a half. JSON state carries the
number of its format, so that an older newsledger refuses a newer file instead of misreading it. To
raise a number: keep a file of the old format in ``tests/kept``, read both, write the new one.

State holds texts, labels and addresses of people, so it is its owner's alone: files are 0600, and
folders that are made for them 0700, whatever the umask says.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import NewsledgerError, WorkspaceError

if TYPE_CHECKING:
    from filelock import BaseFileLock

MAX_FILE = 2_000_000_000
"""Bytes that a file may have that is read as a whole: an export of some million sentences."""
_FILE, _FOLDER = 0o600, 0o700
FREE_SPACE = "Free some space, or choose another folder with --workspace, and run it again."
"""What to do where state cannot be written."""


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file that is its owner's alone to a temporary one beside it, sync, and rename.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    with atomic_path(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def atomic_path(path: Path, *, private: bool = True, hint: str = FREE_SPACE) -> Iterator[Path]:
    """A temporary file beside ``path`` that replaces it when the block ends well, else disappears.

    For writers that want a file; :func:`write_atomic` is for content that is in memory.

    Args:
        path: the file to write; its folder is made when missing.
        private: False for a file that the user asked for, which gets the permissions that the
            umask says, and which stands behind the link where ``path`` is one. Until the block
            ends, the file is the owner's alone in any case.
        hint: what to do where it cannot be written.

    Yields:
        An empty file, which the block fills.

    Raises:
        WorkspaceError: the disk is full, the folder is not ours, or a pipe or a device is there.
    """
    with write_errors_explained(path, hint):
        if not private:
            path = behind_links(path)
        make_parent(path, private=private)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(descriptor)
        temporary = Path(name)
        try:
            yield temporary
            put_in_place(temporary, path, private=private)
        finally:
            temporary.unlink(missing_ok=True)


def behind_links(path: Path) -> Path:
    """The file that is written where a user names ``path``: of a link that to which it leads.

    What is renamed to the name itself would take the place of the link, or of a pipe for which
    somebody waits. State is never written through a link, which may be another user's.

    Raises:
        WorkspaceError: it is a pipe or a device, in which nothing stands whole or not at all.
    """
    with suppress(OSError):  # there may be nothing yet
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # of a folder, the rename tells
            raise WorkspaceError(
                f"{path} cannot be written: it is a pipe or a device, not a file.",
                hint="Name a file, and pass it on when it is whole.",
            )
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def put_in_place(temporary: Path, path: Path, *, private: bool) -> None:
    """Give a file that is whole and beside its place its name, so that it survives a power cut.

    Arguments as for :func:`atomic_path`.

    Raises:
        OSError: the disk is full or the folder is not ours.
    """
    temporary.chmod(permissions(private=private)[0])
    sync_file(temporary)
    temporary.replace(path)
    sync_folder(path.parent)


def read_text_file(path: Path, *, encoding: str = "utf-8") -> str:
    """The text of a file that is read as a whole, and that really is a file.

    A pipe would be waited for, and a device may never end.

    Raises:
        OSError: it cannot be read, is a pipe or a device, or has more than ``MAX_FILE`` bytes.
        UnicodeDecodeError: it is in another encoding.
    """
    check_file(path)
    return path.read_text(encoding=encoding)


def read_binary_file(path: Path) -> bytes:
    """The bytes of a file that is read as a whole, and that really is a file.

    Raises:
        OSError: it cannot be read, is a pipe or a device, or has more than ``MAX_FILE`` bytes.
    """
    check_file(path)
    return path.read_bytes()


def check_file(path: Path) -> None:
    """Refuse what is no file, or too large to be read as a whole.

    Raises:
        OSError: it is.
    """
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):  # of a folder, read tells
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
    if found.st_size > MAX_FILE:
        raise OSError(errno.EFBIG, f"it has more than {MAX_FILE // 1_000_000_000} GB", str(path))


def read_json_state(
    path: Path,
    *,
    format: int | None,
    what: str,
    hint: str,
    error: type[NewsledgerError] = WorkspaceError,
    older: Collection[int] = (),
) -> dict[str, Any] | None:
    """The JSON object in a state file, without its format number; None where there is no file.

    Args:
        path: the file.
        format: the number that this newsledger writes and reads, None for a file without one.
        what: what the file holds, for the message: ``"The queue"``.
        hint: what to do where the file is damaged.
        error: what to raise.
        older: numbers of earlier formats that are read, too.

    Raises:
        NewsledgerError: an ``error``: the file cannot be read, is not a JSON object, or is of
            another format.
    """
    try:
        found = json.loads(read_text_file(path))
    except FileNotFoundError:
        return None
    except NotADirectoryError as problem:
        raise error(
            f"{path.parent} is not a folder.", hint="Choose another place with --workspace."
        ) from problem
    except (OSError, UnicodeDecodeError) as problem:
        raise error(f"{what} in {path} cannot be read: {why_unread(problem)}.", hint=hint) from (
            problem
        )
    except (ValueError, RecursionError) as problem:
        raise error(
            f"{what} in {path} cannot be read: it is not JSON ({problem}).", hint=hint
        ) from problem
    if not isinstance(found, dict):
        raise error(f"{what} in {path} cannot be read: it is not a JSON object.", hint=hint)
    if format is None:
        return found
    number = found.pop("format", None)
    if number != format and number not in older:
        raise refused_format(path, number, format=format, what=what, hint=hint, error=error)
    return found


def refused_format(
    path: Path,
    number: object,
    *,
    format: int,
    what: str,
    hint: str,
    error: type[NewsledgerError] = WorkspaceError,
) -> NewsledgerError:
    """What to raise of a file whose format is not read; arguments as of :func:`read_json_state`."""
    if isinstance(number, int) and number > format:
        return error(
            f"{what} in {path} has format {number}; this newsledger reads up to {format}.",
            hint="Update newsledger.",
        )
    return error(
        f"{what} in {path} cannot be read: its format is {json.dumps(number)}, not {format}.",
        hint=hint,
    )


def write_json_state(path: Path, state: Mapping[str, Any], *, format: int) -> None:
    """Write a state file with its format number, whole or not at all.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    whole = {"format": format, **state}
    try:
        content = json.dumps(whole, indent=1, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # names of files that are no UTF-8, which JSON can hold escaped
        content = json.dumps(whole, indent=1).encode()
    write_atomic(path, content + b"\n")


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
    from filelock import FileLock  # here: most commands never lock

    # Where the system cannot lock, filelock would use the existence of the file instead, and that
    # outlives a process that is killed.
    lock = FileLock(path, mode=_FILE, fallback_to_soft=False)
    try:
        with write_errors_explained(path):
            make_private_folder(path.parent)
            held = _taken(lock) or (wait and _waited_for(lock, on_wait))
        yield held
    finally:
        lock.release()  # which does nothing where it is not held


def _taken(lock: BaseFileLock) -> bool:
    """Whether a lock could be taken at once."""
    from filelock import Timeout

    try:
        lock.acquire(blocking=False)
    except Timeout:
        return False
    return True


def _waited_for(lock: BaseFileLock, on_wait: Callable[[], None] | None) -> bool:
    """True, once a lock that another process held is ours."""
    if on_wait is not None:
        on_wait()
    lock.acquire()
    return True


def permissions(*, private: bool) -> tuple[int, int]:
    """Permissions of a file and of a folder: the owner's alone, or as the user's umask says."""
    if private:
        return _FILE, _FOLDER
    mask = os.umask(0o077)  # there is no way to read it but to set it
    os.umask(mask)
    return 0o666 & ~mask, 0o777 & ~mask


def make_parent(path: Path, *, private: bool) -> None:
    """Make the folder that ``path`` is to stand in, where it is missing.

    Raises:
        OSError: it cannot be made, or something else is there.
    """
    if private:
        make_private_folder(path.parent)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)


def make_private_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, all for the owner alone.

    Raises:
        OSError: it cannot be made, or something else is there.
    """
    missing = [one for one in (path, *path.parents) if not one.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=_FOLDER, exist_ok=True)
    if not path.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def close_to_others(folder: Path) -> None:
    """Take from a folder of ours what others may do in it; what is in it is then closed, too.

    One that belongs to another user, or that the working folder or the home of the user is in, is
    left as it is: it holds much else.
    """
    with suppress(OSError):
        real = folder.resolve()
        if any(one.is_relative_to(real) for one in (Path.cwd(), Path.home())):
            return
        if stat.S_IMODE(real.stat().st_mode) & 0o077:
            real.chmod(_FOLDER)


def private_opener(path: str, flags: int) -> int:
    """The ``opener`` of ``open`` for a file that grows: the owner's alone, and really a file.

    Raises:
        OSError: it cannot be opened, or is a link, a device or a pipe, or another user's.
    """
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags, _FILE)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a file", path)
        os.fchmod(descriptor, _FILE)  # an older one may be open to others; fails for another's
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def sync_file(file: Path) -> None:
    """Make what a file holds survive a power cut.

    Raises:
        OSError: the disk is full or broken.
    """
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


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
def write_errors_explained(path: Path, hint: str = FREE_SPACE) -> Iterator[None]:
    """The block writes a file or folder: what the system refuses becomes a sentence.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    try:
        yield
    except OSError as error:
        # Some libraries put more into ``strerror`` than the system's own words.
        why = os.strerror(error.errno) if error.errno else str(error)
        raise WorkspaceError(f"{path} cannot be written: {why}.", hint=hint) from error
