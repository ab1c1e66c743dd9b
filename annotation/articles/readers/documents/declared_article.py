"""What the publisher of a web page declares to be its article (JSON-LD), beside what was found.

Where a page shows the beginning of an article, or parts of it, the rest often stands in
``articleBody``. That has gaps of its own: most have no standfirst, no list and no table, and some
begin where the page goes on. So neither replaces the other: ``with_declared`` reads the declared
text, and keeps each line of the page that it has not, in its place.

Texts are compared by their letters and digits only, for quotes, dashes and spaces differ.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from trafilatura import load_html

from annotation.articles.readers.documents.page_blocks import (
    SHORTEST,
    Block,
    HtmlElement,
    blocks,
    names_in_page,
    part_lines,
    without_spaces,
)

_MORE = 0.3
"""How much more the declared article must have, as a share of what was found."""
_PIECE = 8
"""Letters and digits of the pieces by which two wordings of a paragraph are told."""
_SAME = 0.7
"""Share of these pieces that they have in common."""
_PAYWALL = re.compile(r"(?:pay|reg|meter)-?(?:wall|gate)|subscri|piano", re.IGNORECASE)
"""Words in the classes of what asks readers to pay, in the place of what is declared."""
_STOPS = ".!?…。؟۔।።:;"
"""Signs that may end a sentence."""
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(rf"[^\n{_STOPS}]+")
_NUMBER = re.compile(r"\d+")


def with_declared(tree: HtmlElement, found: Sequence[Block], text: str) -> str:
    """The article with what its page declares beside it, if that is the same article and has more.

    Args:
        tree: the page.
        found: its blocks.
        text: what was found in it, a paragraph in each line.
    """
    declared = _Folded.of(_declared(tree))
    if not declared.key:
        return text
    lines = [_Folded.of(line) for line in text.split("\n") if line]
    places = _places(declared, lines)
    told = {number for number, place in enumerate(places) if place is not None}
    verbatim = set(told)
    if not told and any(len(line.key) >= SHORTEST for line in lines):
        return text
    gaps = _gaps(declared, lines, places)
    told |= _reworded(declared, lines, gaps)
    has = sum(len(lines[number].key) for number in told)
    if len(declared.key) - has <= _MORE * sum(len(line.key) for line in lines):
        return text
    if not _same_article(lines, told, places):
        return text
    asking = _calls_to_pay(found, {without_spaces(lines[number].text) for number in told})
    asked = {n for n, line in enumerate(lines) if without_spaces(line.text) in asking}
    return _merged(declared, lines, gaps, verbatim | asked, told)


def _calls_to_pay(found: Sequence[Block], told: Set[str]) -> set[str]:
    """The keys of blocks in elements that ask to pay, and hold nothing of what is declared."""
    holding = {above for one in found if one.key in told for above in one.element.iterancestors()}
    return {
        one.key
        for one in found
        if any(
            above not in holding and _PAYWALL.search(names_in_page(above))
            for above in (one.element, *one.element.iterancestors())
        )
    }


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text and what it is compared by."""

    text: str
    """As it is written."""
    key: str
    """Its letters and digits in lower case."""
    offsets: tuple[int, ...]
    """For each of these, where it stands in the text, in code points."""

    @classmethod
    def of(cls, text: str) -> _Folded:
        folded = [
            (char, offset)
            for offset, written in enumerate(text)
            for char in unicodedata.normalize("NFKC", written).casefold()
            if char.isalnum()
        ]
        return cls(text, "".join(char for char, _ in folded), tuple(place for _, place in folded))


def _declared(tree: HtmlElement) -> str:
    """The article as the page declares it in JSON-LD; empty where it does not, or has several."""
    bodies = set()
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            content = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        bodies |= set(_bodies(content))
    return _plain(bodies.pop()) if len(bodies) == 1 else ""


def _bodies(content: Any) -> Iterator[str]:
    waiting = [content]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(body := one.get("articleBody"), str):
                yield body
            waiting += [value for value in one.values() if isinstance(value, dict | list)]
        elif isinstance(one, list):
            waiting += one


def _plain(body: str) -> str:
    """A declared article without markup, a paragraph in each line."""
    if re.search(r"</?(?:p|br|div)\b", body):
        tree = load_html(f"<html><body>{body}</body></html>")
        part_lines(tree)
        return "\n".join(one.text for one in blocks(tree))
    lines = (" ".join(line.split()) for line in html.unescape(body).splitlines())
    return "\n".join(line for line in lines if line)


def _places(declared: _Folded, lines: Sequence[_Folded]) -> list[int | None]:
    """Where each line begins in the key of what is declared; None where it has no such line.

    A short one must be a line or sentence of its own, for its words may stand in any other.
    """
    sentences = _sentences(declared)
    places: list[int | None] = []
    behind = 0
    for line in lines:
        if len(line.key) < SHORTEST:
            at = sentences.get(line.key, ())
            places.append(next((place for place in at if place >= behind), min(at, default=None)))
            continue
        place = declared.key.find(line.key, behind)
        if place >= 0:
            behind = place + len(line.key)
        else:
            place = declared.key.find(line.key)
        places.append(place if place >= 0 else None)
    return places


def _sentences(declared: _Folded) -> dict[str, list[int]]:
    """Where the short lines and sentences of a text begin in its key."""
    found: dict[str, list[int]] = {}
    for parted in (_LINE, _SENTENCE):
        for match in parted.finditer(declared.text):
            begin, end = (bisect_left(declared.offsets, place) for place in match.span())
            if 0 < end - begin < SHORTEST:
                found.setdefault(declared.key[begin:end], []).append(begin)
    return found


def _begin(declared: _Folded, place: int) -> int:
    """Where the word with this letter of the key begins in the text, with the signs before it."""
    offset = declared.offsets[place]
    while offset and not (
        declared.text[offset - 1].isspace() or declared.text[offset - 1].isalnum()
    ):
        if declared.text[offset - 1] in _STOPS:
            break
        offset -= 1
    return offset


def _end(declared: _Folded, place: int) -> int:
    """Where the word before this letter of the key ends in the text, with the signs behind it."""
    offset = declared.offsets[place - 1] + 1 if place else 0
    while offset < len(declared.text) and not (
        declared.text[offset].isspace() or declared.text[offset].isalnum()
    ):
        offset += 1
    return offset


def _gaps(
    declared: _Folded, lines: Sequence[_Folded], places: Sequence[int | None]
) -> list[tuple[int, int]]:
    """For each line, between which letters of the key it belongs if it is not declared there."""
    begins, begin = [], 0
    for line, place in zip(lines, places, strict=True):
        begins.append(begin)
        if place is not None and place >= begin:
            begin = place + len(line.key)
    gaps, end = [], len(declared.key)
    for place, begin in zip(reversed(places), reversed(begins), strict=True):
        if place is not None and begin <= place <= end:
            end = place
        gaps.append((begin, max(begin, end)))
    return gaps[::-1]


def _reworded(
    declared: _Folded, lines: Sequence[_Folded], gaps: Sequence[tuple[int, int]]
) -> set[int]:
    """The lines that are declared in slightly other words, with the same numbers."""
    told = set()
    for (begin, end), group in groupby(range(len(lines)), lambda number: gaps[number]):
        gap = declared.key[begin:end]
        pieces, numbers = _pieces(gap), set(_NUMBER.findall(gap))
        told |= {
            number
            for number in group
            if _alike(lines[number].key, pieces)
            and numbers.issuperset(_NUMBER.findall(lines[number].key))
        }
    return told


def _alike(key: str, pieces: Set[str]) -> bool:
    """True for a longer line most of whose pieces are among these."""
    own = _pieces(key)
    return len(key) >= SHORTEST and len(own & pieces) >= _SAME * len(own)


def _pieces(key: str) -> Set[str]:
    return {key[place : place + _PIECE] for place in range(len(key) - _PIECE + 1)}


def _same_article(lines: Sequence[_Folded], told: set[int], places: Sequence[int | None]) -> bool:
    """True where most of what was found is declared, or what is declared goes on where it ends."""
    long = [number for number, line in enumerate(lines) if len(line.key) >= SHORTEST]
    if 2 * len(told.intersection(long)) >= len(long):
        return True
    begin = next((number for number in long if places[number] == 0), None)
    return begin is not None and all(number in told for number in long if number > begin)


def _merged(
    declared: _Folded,
    lines: Sequence[_Folded],
    gaps: Sequence[tuple[int, int]],
    passed: Set[int],
    told: Set[int],
) -> str:
    """What is declared, with the lines that it has not where the page has them.

    Args:
        declared: what is declared.
        lines: what was found.
        gaps: where each line belongs, by the key of what is declared.
        passed: the lines that are declared word for word, and those that are no part of it.
        told: the lines that are declared in these or slightly other words.
    """
    added: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines):
        if number in passed:
            continue
        begin, end = gaps[number]
        if (shorter := _line_within(declared, line, begin, end)) is not None:
            added.append((*shorter, line.text))
        elif number not in told:
            at_end = begin or end == len(declared.key)
            offset = _end(declared, begin) if at_end else _begin(declared, end)
            added.append((offset, offset, line.text))
    parts: list[str] = []
    place = 0
    for begin, end, text in sorted(added, key=lambda one: one[0]):
        parts += [declared.text[place:begin], text]
        place = max(place, end)
    parts.append(declared.text[place:])
    return "\n".join(part.strip() for part in parts if part.strip())


def _line_within(declared: _Folded, line: _Folded, begin: int, end: int) -> tuple[int, int] | None:
    """The declared line, as offsets, that the page has with a dateline or more behind it."""
    if begin == end:
        return None
    for match in _LINE.finditer(declared.text, _begin(declared, begin), _end(declared, end)):
        first, last = (bisect_left(declared.offsets, place) for place in match.span())
        key = declared.key[first:last]
        if SHORTEST <= len(key) < len(line.key) and key in line.key:
            return match.span()
    return None
