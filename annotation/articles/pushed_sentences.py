"""The sentences that were pushed into a project, so that the same news is shown to people once.

One JSON file for each project: the sentences that people were shown, by id. A sentence that says
the same as one of them is not pushed; it is noted there with the one that is shown in its place,
and so is each kept page that its tasks come from. The file is only a memory: without it, a push
would show some syndicated sentences a second time, and nothing else would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.errors import WorkspaceError
from annotation.records import Sentence
from annotation.storage import read_json_state, write_json_state

_FORMAT = 1
_WHAT = "The list of pushed sentences"
_PUSH_AGAIN = "Move it away and push again; nothing that was pushed is pushed twice."


@dataclass(frozen=True, slots=True)
class KeptBack:
    """A sentence that is shown to nobody, because another one says the same."""

    sentence_id: str
    """Its id."""
    text: str
    """The sentence."""
    shown_id: str
    """Id of the one that is shown in its place."""
    shown_text: str
    """That one."""


class PushedSentences:
    """The memory of one project.

    Args:
        path: its file; need not exist.

    Raises:
        WorkspaceError: the file is there but cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: dict[str, str] = {}
        self._kept_back: dict[str, tuple[str, str]] = {}  # id -> shown in its place, own text
        self._index = DuplicateIndex()
        self._pages: set[str] = set()
        self._changed = False
        found = read_json_state(path, format=_FORMAT, what=_WHAT, hint=_PUSH_AGAIN)
        if found is None:
            return
        texts = found.get("sentences")
        if not isinstance(texts, dict) or not all(isinstance(one, str) for one in texts.values()):
            raise WorkspaceError(
                f"{_WHAT} in {path} cannot be read: it has no texts by id.", hint=_PUSH_AGAIN
            )
        self._texts = texts
        self._pages = _pages(found, path)
        same = found.get("same", {})
        try:
            self._kept_back = {str(key): (str(as_), str(text)) for key, (as_, text) in same.items()}
        except (AttributeError, TypeError, ValueError) as error:
            raise WorkspaceError(
                f"{_WHAT} in {path} cannot be read: 'same' is damaged.", hint=_PUSH_AGAIN
            ) from error
        self._make_index()

    def add(self, sentence: Sentence) -> KeptBack | None:
        """Remember a sentence, unless another one that says the same is remembered.

        The answer for a sentence never changes, however often it is pushed.

        Returns:
            None where it is to be shown, else what is shown in its place.
        """
        key, text = sentence.id, sentence.text
        if key in self._texts:
            return None
        shown = self._index.add(key, text)
        if shown is None:
            self._texts[key] = text
            self._kept_back.pop(key, None)
            self._changed = True
            return None
        if self._kept_back.get(key) != (shown, text):
            self._kept_back[key] = shown, text
            self._changed = True
        return KeptBack(key, text, shown, self._texts[shown])

    def comes_from(self, page: str | None) -> None:
        """Remember that a task comes from a kept page; None for one that comes from none."""
        if page is not None and page not in self._pages:
            self._pages.add(page)
            self._changed = True

    def forget(self, sentence_ids: Iterable[str]) -> None:
        """Let others that say the same be shown, as these are in the project no longer."""
        gone = self._texts.keys() & set(sentence_ids)
        if not gone:
            return
        self._texts = {key: text for key, text in self._texts.items() if key not in gone}
        self._kept_back = {key: one for key, one in self._kept_back.items() if one[0] not in gone}
        self._make_index()
        self._changed = True

    def save(self) -> None:
        """Write the file, whole; call it when the server has what it describes.

        Raises:
            WorkspaceError: the disk is full or the folder is not ours.
        """
        if self._changed:
            content: dict[str, object] = {"sentences": self._texts, "same": self._kept_back}
            if self._pages:
                content["pages"] = sorted(self._pages)
            write_json_state(self._path, content, format=_FORMAT)
            self._changed = False

    def _make_index(self) -> None:
        self._index = DuplicateIndex()
        for key, text in self._texts.items():
            self._index.add(key, text)
        for key, (_, text) in self._kept_back.items():
            self._index.add(key, text)


def pages_pushed(path: Path) -> frozenset[str]:
    """SHA-256 of each kept page that tasks of a project come from.

    Args:
        path: the project's file; need not exist.

    Raises:
        WorkspaceError: the file is there but cannot be read.
    """
    found = read_json_state(path, format=_FORMAT, what=_WHAT, hint=_PUSH_AGAIN)
    return frozenset(_pages(found or {}, path))


def _pages(found: Mapping[str, Any], path: Path) -> set[str]:
    pages = found.get("pages", [])
    if not isinstance(pages, list) or not all(isinstance(one, str) for one in pages):
        raise WorkspaceError(
            f"{_WHAT} in {path} cannot be read: 'pages' is damaged.", hint=_PUSH_AGAIN
        )
    return set(pages)
