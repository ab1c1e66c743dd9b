"""Text put together from the lines of a document, with the places of what is no part of the story.

Paragraphs are parted by blank lines. Tables, headers and footers are there, too, so that nothing
is lost, each on lines of its own between two paragraphs, and their places are known.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from annotation.articles.readers.interface import Asides


@dataclass(slots=True)
class DocumentText:
    """A text that grows by paragraphs."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _asides: list[tuple[int, int]] = field(default_factory=list)

    def add(self, paragraph: str, *, aside: bool = False) -> None:
        """Add a paragraph, unless it is blank.

        Args:
            paragraph: its text; may have line breaks.
            aside: it is a table, a header or a footer.
        """
        paragraph = paragraph.strip()
        if not paragraph:
            return
        between = "\n\n" if self._parts else ""
        start = self._length + len(between)
        self._parts.append(between + paragraph)
        self._length = start + len(paragraph)
        if aside:
            self._asides.append((start, self._length))

    @property
    def text(self) -> str:
        """All paragraphs, in order."""
        return "".join(self._parts)

    @property
    def asides(self) -> Asides:
        """Where tables, headers and footers stand in it."""
        return Asides(tuple(self._asides))
