"""Remembers which sentences were pushed, so that the same news is shown to people once.

One file for each project, JSON lines: ``{"id", "same_as", "text"}``. A sentence that says the
same as an earlier one is not pushed; the line links it to the one that people see, so that a label
can be carried to every article that has the sentence. The file is only a memory: without it, a push
would show some syndicated sentences a second time, and nothing else would be wrong.
"""

from __future__ import annotations

import json
from pathlib import Path

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.errors import WorkspaceError
from annotation.records import Sentence
from annotation.storage import write_atomic


class PushedSentences:
    """The memory of one project.

    Args:
        path: its file; need not exist.

    Raises:
        WorkspaceError: the file is there but cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: list[str] = []
        self._same_as: dict[str, str | None] = {}
        self._index = DuplicateIndex()
        self._changed = False
        try:
            content = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise _damaged(path, error) from error
        # Not splitlines(): that would also split at U+2028 and its like inside a sentence.
        for number, line in enumerate(content.split("\n"), start=1):
            if not line:
                continue
            try:
                row = json.loads(line)
                self._remember(row["id"], row["same_as"], row["text"])
            except (ValueError, KeyError, TypeError) as error:
                raise _damaged(path, f"line {number} is not ours ({error})") from error
            self._lines.append(line)

    def earlier(self, sentence: Sentence) -> str | None:
        """Id of an earlier sentence that says the same; None if this one is to be shown.

        The answer for a sentence never changes, however often it is pushed.
        """
        if sentence.id in self._same_as:
            return self._same_as[sentence.id]
        same = self._index.add(sentence.id, sentence.text)
        self._same_as[sentence.id] = same
        row = {"id": sentence.id, "same_as": same, "text": "" if same else sentence.text}
        self._lines.append(json.dumps(row, ensure_ascii=False))
        self._changed = True
        return same

    def save(self) -> None:
        """Write the file, whole; call it when the server has what it describes.

        Raises:
            WorkspaceError: the disk is full or the folder is not ours.
        """
        if self._changed:
            write_atomic(self._path, ("\n".join(self._lines) + "\n").encode())
            self._changed = False

    def _remember(self, key: str, same_as: str | None, text: str) -> None:
        self._same_as[key] = same_as
        if same_as is None:
            self._index.add(key, text)


def _damaged(path: Path, why: object) -> WorkspaceError:
    return WorkspaceError(
        f"{path} cannot be read: {why}.",
        hint="Move it away and push again; nothing that was pushed is pushed twice.",
    )
