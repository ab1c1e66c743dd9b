"""The sentences that were pushed into a project, so that the same news is shown to people once.

One JSON file for each project: the sentences that people were shown, by id. A sentence that says
the same as one of them is not pushed. The file is only a memory: without it, a push would show some
syndicated sentences a second time, and nothing else would be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.errors import WorkspaceError
from annotation.records import Sentence
from annotation.storage import read_json_state, write_json_state

_FORMAT = 1
_WHAT = "The list of pushed sentences"
_PUSH_AGAIN = "Move it away and push again; nothing that was pushed is pushed twice."


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
        self._index = DuplicateIndex()
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
        for key, text in texts.items():
            self._index.add(key, text)

    def add(self, sentence: Sentence) -> bool:
        """Remember a sentence, unless another one that says the same is remembered.

        The answer for a sentence never changes, however often it is pushed.

        Returns:
            True where it is to be shown, False where another one is shown in its place.
        """
        if sentence.id in self._texts:
            return True
        if self._index.add(sentence.id, sentence.text) is not None:
            return False
        self._texts[sentence.id] = sentence.text
        self._changed = True
        return True

    def forget(self, sentence_ids: Iterable[str]) -> None:
        """Let others that say the same be shown, as these are in the project no longer."""
        gone = self._texts.keys() & set(sentence_ids)
        if not gone:
            return
        self._texts = {key: text for key, text in self._texts.items() if key not in gone}
        self._index = DuplicateIndex()
        for key, text in self._texts.items():
            self._index.add(key, text)
        self._changed = True

    def save(self) -> None:
        """Write the file, whole; call it when the server has what it describes.

        Raises:
            WorkspaceError: the disk is full or the folder is not ours.
        """
        if self._changed:
            write_json_state(self._path, {"sentences": self._texts}, format=_FORMAT)
            self._changed = False
