"""Pages as they were fetched, kept so that a number can be held against what the outlet published.

    <folder>/<first two digits>/<SHA-256>         the page, byte for byte but for the packing
    <folder>/<first two digits>/<SHA-256>.json    from where it came, when, with which headers

A page is kept under the SHA-256 of its bytes, so that the same page is there once, however often it
is fetched. Another one at the same address is another page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_atomic, write_json_state

_FORMAT = 1
"""Number of the layout of what stands beside a page."""

_HINT = "Take the file away and push the address again."

_SECRET = frozenset({"set-cookie", "set-cookie2"})
"""Headers that are not kept: they may let somebody in."""


_DIGEST = re.compile("[0-9a-f]{64}")


class Fetched(Protocol):
    """A page that was fetched, as ``annotation.articles.web.fetch`` has it, which loads TLS."""

    @property
    def url(self) -> str:
        """The address after all redirects."""

    @property
    def body(self) -> bytes:
        """The page, decompressed."""

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What the server said of it."""


def page_path(sha256: str) -> str:
    """Where a page lies within a workspace.

    Args:
        sha256: the digest of its bytes.
    """
    return f"sources/{sha256[:2]}/{sha256}"


class KeptPages:
    """The pages of a workspace.

    Args:
        workspace: the folder of all state.
    """

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace

    def keep(self, page: Fetched) -> str:
        """Keep a page, unless it is there; a run killed in between can be run again.

        Returns:
            The SHA-256 of its bytes.

        Raises:
            WorkspaceError: it cannot be written, or what stands beside it cannot be read.
        """
        digest = hashlib.sha256(page.body).hexdigest()
        path = self._workspace / page_path(digest)
        about = _about(path)
        if not path.exists():
            write_atomic(path, page.body)
        known = read_json_state(
            about,
            format=_FORMAT,
            what="What is known of a page",
            hint=_HINT,
        )
        fetched = [] if known is None else known.get("fetched")
        if not isinstance(fetched, list) or not all(
            isinstance(one, dict) and isinstance(one.get("url"), str) for one in fetched
        ):
            raise WorkspaceError(
                f"What is known of a page in {about} cannot be read: it does not say from where it "
                "was fetched.",
                hint=_HINT,
            )
        if all(one["url"] != page.url for one in fetched):
            fetched.append(
                {
                    "url": page.url,
                    "at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "headers": [
                        [name, value] for name, value in page.headers if name.lower() not in _SECRET
                    ],
                }
            )
            write_json_state(
                about, {"sha256": digest, "size": len(page.body), "fetched": fetched},
                format=_FORMAT,
            )  # fmt: skip
        return digest

    def not_among(self, needed: Collection[str], *, before: float) -> tuple[str, ...]:
        """The pages that nothing refers to, by SHA-256.

        Args:
            needed: SHA-256 of each page that something refers to.
            before: those kept since then are left out, as seconds since 1970: a push that is under
                way has not yet said what refers to them.
        """
        folder = self._workspace / "sources"
        return tuple(
            sorted(
                path.name
                for path in folder.glob("??/*")
                if _DIGEST.fullmatch(path.name)
                and path.name not in needed
                and max(map(_written, (path, _about(path)))) < before
            )
        )

    def size(self, digest: str) -> int:
        """Bytes that a page takes, with what stands beside it."""
        path = self._workspace / page_path(digest)
        return sum(one.stat().st_size for one in (path, _about(path)) if one.exists())

    def remove(self, digest: str) -> int:
        """Remove a page, and what stands beside it first; how many bytes they took."""
        path, freed = self._workspace / page_path(digest), self.size(digest)
        for one in (_about(path), path):
            one.unlink(missing_ok=True)
        return freed


def _about(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _written(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0
