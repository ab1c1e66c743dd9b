"""Where a marked span really is: its offsets held against the words that are stored with it.

Offsets mean code points of the text as the task has it. Programs that count in UTF-16 units (two
for an emoji), in bytes of UTF-8, or in a copy of the text with other line ends, store others; the
words tell which.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotation.labelstudio.export_json.models import ResultValue

_LINE_END = re.compile(r"\r\n|\r|\n")
_WRITTEN_LINE_END = re.compile(r"\\r\\n|\\r|\\n")
_LAST_IN_ONE_UNIT = "\uffff"

Width = Callable[[str], int]
"""How many units a character counts."""


@dataclass(frozen=True, slots=True)
class SpanOffsets:
    """Where a span begins and ends, in code points."""

    start: int
    """First character."""
    end: int
    """Behind the last character."""
    counted_in: str = ""
    """What the stored offsets counted, empty where they counted code points."""


def find_offsets(span: ResultValue, text: str) -> SpanOffsets | str | None:
    """Where a span is.

    Args:
        span: as it is stored.
        text: the sentence.

    Returns:
        The place; or why this span cannot be taken, where its words are stored but are not there;
        or None, where nothing tells which words were meant.
    """
    start, end, stored = span.start, span.end, span.words
    if type(start) is not int or type(end) is not int:  # Python holds true for a number, too
        return None
    inside = 0 <= start < end <= len(text)
    if not stored:
        return SpanOffsets(start, end) if inside else None
    if inside and _same(text[start:end], stored):
        return SpanOffsets(start, end)
    fits: dict[tuple[int, int], str] = {}
    for counted_in, boundaries in _other_counts(text):
        moved = boundaries.get(start), boundaries.get(end)
        if moved[0] is None or moved[1] is None or moved[0] >= moved[1]:
            continue
        if _same(text[moved[0] : moved[1]], stored):
            fits.setdefault((moved[0], moved[1]), counted_in)
    if len(fits) == 1:
        (((begin, behind), counted_in),) = fits.items()
        return SpanOffsets(begin, behind, counted_in)
    if inside and (words := text[start:end].strip()) and words == stored.strip():
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return SpanOffsets(start, start + len(words))
    reads = f"reads {quoted(text[start:end])}" if inside else "lies outside the text"
    return f"the span {start} to {end} is stored as {quoted(stored)} but {reads}; not taken"


def why_nowhere(span: ResultValue, text: str) -> str:
    """Why ``find_offsets`` found nothing, in words.

    Args:
        span: as it is stored.
        text: the sentence.
    """
    for name, offset in (("start", span.start), ("end", span.end)):
        if offset is None:
            return f"a span has no {name}"
        if type(offset) is not int:
            told = quoted(offset) if isinstance(offset, str) else json.dumps(offset, default=str)
            return f"a span has the {name} {told}, which is not a whole number"
    return f"a span from {span.start} to {span.end} lies outside the text of {len(text)} characters"


def _other_counts(text: str) -> Iterator[tuple[str, dict[int, int]]]:
    """What else offsets may count, and the code point at which each such offset stands."""
    other_lines = "a copy of the text with other line ends"
    for name, width, lines in (
        ("UTF-16 units", _in_utf16, False),
        (other_lines, len, True),
        (f"UTF-16 units of {other_lines}", _in_utf16, True),
        ("bytes of UTF-8", _in_utf8, False),
        (f"bytes of UTF-8 of {other_lines}", _in_utf8, True),
    ):
        yield name, _boundaries(text, width, lines=lines)


def _in_utf16(character: str) -> int:
    return 2 if character > _LAST_IN_ONE_UNIT else 1


def _in_utf8(character: str) -> int:
    return len(character.encode("utf-8", "surrogatepass"))


def _boundaries(text: str, width: Width, *, lines: bool) -> dict[int, int]:
    """Each offset in those units -> the code point that begins there.

    With ``lines``, a line end of one character counts two and one of two characters counts one:
    that is what a copy has whose line ends are the other kind.
    """
    found = {0: 0}
    units = at = 0
    while at < len(text):
        step, units_here = 1, width(text[at])
        if lines and text.startswith("\r\n", at):
            step, units_here = 2, 1
        elif lines and text[at] in "\r\n":
            units_here = 2
        units += units_here
        at += step
        found[units] = at
    return found


def _same(reads: str, stored: str) -> bool:
    """Whether these are the same words, whatever ends their lines."""
    if reads == stored:
        return True
    plain = _LINE_END.sub("\n", reads)
    return plain in (_LINE_END.sub("\n", stored), _WRITTEN_LINE_END.sub("\n", stored))


def quoted(text: str) -> str:
    """A text in quotes, cut where it is long, for a message."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
