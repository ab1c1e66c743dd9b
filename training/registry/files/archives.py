"""One file that holds several: a ZIP archive, stored, whose bytes are those of its members alone.

Whoever reads one has it from somebody else: no name in it leads to a path, and nothing in it is
unpacked to more than it is.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Collection, Mapping
from typing import Any

from annotation.storage import MAX_FILE

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows; the same file each time


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """The bytes of an archive; the same for the same members in the same order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content)
    return written.getvalue()


def members_in(content: bytes, allowed: Collection[str]) -> dict[str, bytes]:
    """What is in an archive, by name.

    Args:
        content: its bytes.
        allowed: the names that may be in it, each once.

    Raises:
        ValueError: it is no archive, or none that :func:`archive_of` made of such members; the
            message says why.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if any(
                one.compress_type != zipfile.ZIP_STORED or one.file_size > MAX_FILE for one in infos
            ):
                raise ValueError("something in it is compressed or too large")
            names = {one.filename for one in infos}
            if len(names) < len(infos) or not names.issubset(allowed):
                raise ValueError("its parts are not those that it should have")
            return {one.filename: archive.read(one) for one in infos}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(str(error)) from error


def file_entry(content: bytes) -> dict[str, Any]:
    """What a list of files says of one of them, so that another in its place is noticed."""
    return {"sha256": fingerprint_of(content), "bytes": len(content)}


def fingerprint_of(content: bytes) -> str:
    """The SHA-256 of bytes, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
