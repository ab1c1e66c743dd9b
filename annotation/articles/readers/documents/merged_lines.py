"""Two versions of an article as one: what is declared, and what its page has besides.

``merged`` puts each line of the page that is not declared where the page has it, and reads the
page's line where it is a declared one with more around it, such as a dateline.

Texts are compared by their letters and digits only, for quotes, dashes and spaces differ.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass

from annotation.articles.readers.documents.page_blocks import SHORTEST

STOPS = ".!?…。؟۔।።:;"
"""Signs that may end a sentence."""
LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(r"\S.*?(?:[.!?…؟۔।][^\w\s]*(?=\s|$)|[。！？][^\w\s]*|$)")
_SENTENCE_ENDS = STOPS + "\n"
_MOST_ALIKE = 20
"""Declared lines that begin alike and are looked for in one line of the page; more are a table."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and what it is compared by."""

    text: str
    """As it is written."""
    key: str
    """Its letters and digits in lower case."""
    offsets: tuple[int, ...]
    """For each of these, where it stands in the text, in code points."""

    @classmethod
    def of(cls, text: str) -> Folded:
        """A text, folded."""
        folded = [
            (char, offset)
            for offset, written in enumerate(text)
            for char in unicodedata.normalize("NFKC", written).casefold()
            if char.isalnum()
        ]
        return cls(text, "".join(char for char, _ in folded), tuple(place for _, place in folded))

    def begin(self, place: int) -> int:
        """Where the word with this letter of the key begins, with the signs before it."""
        offset = self.offsets[place]
        while offset and not (self.text[offset - 1].isspace() or self.text[offset - 1].isalnum()):
            if self.text[offset - 1] in STOPS:
                break
            offset -= 1
        return offset

    def end(self, place: int) -> int:
        """Where the word before this letter of the key ends, with the signs behind it."""
        offset = self.offsets[place - 1] + 1 if place else 0
        while offset < len(self.text) and not (
            self.text[offset].isspace() or self.text[offset].isalnum()
        ):
            offset += 1
        return offset

    def stretch(self, begin: int, end: int) -> str:
        """The whole sentences of the text in which these letters of the key stand."""
        first, last = self.offsets[begin], self.offsets[end - 1] + 1
        while first and self.text[first - 1] not in _SENTENCE_ENDS:
            first -= 1
        while last < len(self.text) and self.text[last] not in _SENTENCE_ENDS:
            last += 1
        return self.text[first:last]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of what is declared; a sentence, where that is one line."""

    span: tuple[int, int]
    """Where it stands in the text, in code points."""
    place: int
    """Where it begins in the key."""
    key: str
    """Its part of the key."""


def merged(
    declared: Folded,
    lines: Sequence[Folded],
    gaps: Sequence[tuple[int, int]],
    *,
    passed: Set[int],
    told: Set[int],
    alike: Collection[int],
) -> str:
    """What is declared, with the lines that it has not where the page has them.

    Args:
        declared: what is declared.
        lines: what was found.
        gaps: where each line belongs, by the key of what is declared.
        passed: the lines that are declared word for word, and those that are no part of it.
        told: the lines that are declared in these or slightly other words.
        alike: the lines that are declared in slightly other words, or in such that say another
            thing.
    """
    index = _Index(declared)
    added: list[tuple[int, int, str]] = []
    behind, gap = -1, (-1, -1)
    for number, line in enumerate(lines):
        if number in passed:
            continue
        if gaps[number] != gap:
            gap, behind = gaps[number], -1
        begin, end = gap
        if within := index.within(line, begin, end):
            added.append((*within[0], line.text))
            added += [(*span, "") for span in within[1:]]
            behind = within[-1][1]
            continue
        if number in alike and not begin and end < len(declared.key):
            behind = max(behind, declared.begin(end))
        if number not in told:
            first = declared.end(begin) if begin else 0
            added.append((max(first, behind), max(first, behind), line.text))
    parts: list[str] = []
    place = 0
    for start, stop, text in sorted(added, key=lambda one: one[0]):
        parts += [declared.text[place:start], text]
        place = max(place, stop)
    parts.append(declared.text[place:])
    return "\n".join(part.strip() for part in parts if part.strip())


class _Index:
    """The lines of what is declared, by the beginning of their keys.

    Args:
        declared: what is declared.
    """

    def __init__(self, declared: Folded) -> None:
        self._declared = declared
        self._lines: list[_Line] = []
        self._starting: dict[str, list[int]] = {}
        parted = LINE if "\n" in declared.text else _SENTENCE
        for match in parted.finditer(declared.text):
            first, last = (bisect_left(declared.offsets, place) for place in match.span())
            if first < last:
                line = _Line(match.span(), first, declared.key[first:last])
                self._starting.setdefault(line.key[:SHORTEST], []).append(len(self._lines))
                self._lines.append(line)

    def within(self, line: Folded, begin: int, end: int) -> list[tuple[int, int]]:
        """The declared lines, as offsets, that the page has in one with a dateline or more.

        Args:
            line: a line of the page.
            begin: where it belongs: from this letter of the declared key
            end: up to this one.
        """
        if begin == end:
            return []
        found: set[int] = set()
        for number, place in self._longer(line, begin, end):
            if number in found:
                continue
            found.add(number)
            before, at = number - 1, place
            while self._is_in(before, begin, end):
                key = self._lines[before].key
                if before in found or not line.key.endswith(key, 0, at):
                    break
                found.add(before)
                before, at = before - 1, at - len(key)
            after, at = number + 1, place + len(self._lines[number].key)
            while self._is_in(after, begin, end):
                key = self._lines[after].key
                if after in found or not line.key.startswith(key, at):
                    break
                found.add(after)
                after, at = after + 1, at + len(key)
        if found:
            return [self._lines[number].span for number in sorted(found)]
        if SHORTEST <= end - begin < len(line.key) and self._declared.key[begin:end] in line.key:
            return [(self._declared.begin(begin), self._declared.end(end))]
        return []

    def _is_in(self, number: int, begin: int, end: int) -> bool:
        if not 0 <= number < len(self._lines):
            return False
        line = self._lines[number]
        return begin <= line.place and line.place + len(line.key) <= end

    def _longer(self, line: Folded, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The longer declared lines in a line, and where in its key they begin."""
        for place in range(len(line.key) - SHORTEST + 1):
            numbers = self._starting.get(line.key[place : place + SHORTEST], ())
            first = bisect_left(numbers, begin, key=lambda number: self._lines[number].place)
            for number in numbers[first : first + _MOST_ALIKE]:
                if not self._is_in(number, begin, end):
                    break
                key = self._lines[number].key
                if len(key) < len(line.key) and line.key.startswith(key, place):
                    yield number, place
