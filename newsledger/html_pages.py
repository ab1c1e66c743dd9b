"""What all pages of HTML that newsledger writes have in common: parts, hashes, a file.

Each needs nothing else: style and script stand in it, and its Content-Security-Policy names them by
their hashes, so that nothing else runs and nothing is loaded.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from annotation.errors import InputError
from annotation.storage import atomic_path
from newsledger.progress import NO_ROOM


def page_part(package: str, name: str) -> str:
    """The text of a template, a style or a script.

    Args:
        package: which has it in its folder ``page_parts``.
        name: of the file.
    """
    return (files(package) / "page_parts" / name).read_text(encoding="utf-8")


def policy_hash(text: str) -> str:
    """What a Content-Security-Policy calls a style or a script that stands in the page."""
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest())
    return f"sha256-{digest.decode('ascii')}"


def whole_characters(text: str) -> str:
    r"""A text in which half a character, which can be in no file, is written as ``\ud83d``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def require_page_name(page: Path, what: str, *, hint: str) -> None:
    """Refuse what is no name of an HTML file.

    Args:
        page: where the page is to go.
        what: what it is the page of, in the message.
        hint: what to do instead.

    Raises:
        InputError: it has another ending, or is a folder.
    """
    if page.suffix.lower() not in (".html", ".htm") or page.is_dir():
        raise InputError(f"{page} is not a name for the page of {what}.", hint=hint)


def write_page(page: Path, text: str) -> None:
    """Write a page, whole or not at all.

    Args:
        page: the file; an earlier one is replaced.
        text: what it says.

    Raises:
        WorkspaceError: it cannot be written; an earlier one is left as it was.
    """
    with atomic_path(page, private=False, hint=NO_ROOM) as file:
        file.write_text(text, encoding="utf-8")
