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
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import groupby
from typing import Any

from trafilatura import load_html

from annotation.articles.readers.documents.merged_lines import LINE, STOPS, Folded, merged
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
_SENTENCE = re.compile(rf"[^\n{STOPS}]+")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_SAY_LITTLE = frozenset(("a", "an", "and", "at", "in", "of", "on", "s", "that", "the", "which"))
"""English words by which two wordings of a paragraph may differ; in other languages none may."""


def with_declared(tree: HtmlElement, found: Sequence[Block], text: str) -> str:
    """The article with what its page declares beside it, if that is the same article and has more.

    Args:
        tree: the page.
        found: its blocks.
        text: what was found in it, a paragraph in each line.
    """
    declared = Folded.of(_declared(tree))
    if not declared.key:
        return text
    lines = [Folded.of(line) for line in text.split("\n") if line]
    places = _places(declared, lines)
    told = {number for number, place in enumerate(places) if place is not None}
    verbatim = set(told)
    if not told and any(len(line.key) >= SHORTEST for line in lines):
        return text
    gaps = _gaps(declared, lines, places)
    alike = _alike(declared, lines, gaps)
    has = sum(len(lines[number].key) for number in told | set(alike))
    if len(declared.key) - has <= _MORE * sum(len(line.key) for line in lines):
        return text
    if not _same_article(lines, told | set(alike), places):
        return text
    told |= {number for number, same in alike.items() if same}
    asking = _calls_to_pay(found, {without_spaces(lines[number].text) for number in told})
    asked = {n for n, line in enumerate(lines) if without_spaces(line.text) in asking}
    return merged(declared, lines, gaps, passed=verbatim | asked, told=told, alike=alike)


def _calls_to_pay(found: Sequence[Block], told: Set[str]) -> set[str]:
    """The keys of blocks in elements that ask to pay.

    None that holds something of what is declared does, nor one that the page calls the same.
    """
    holding = {
        _named(above)
        for one in found
        if one.key in told
        for above in (one.element, *one.element.iterancestors())
    }
    return {
        one.key
        for one in found
        if any(
            _PAYWALL.search(name := _named(above)) and name not in holding
            for above in (one.element, *one.element.iterancestors())
        )
    }


def _named(element: HtmlElement) -> str:
    """What a page calls elements of this kind, whatever their number."""
    return _NUMBER.sub("", names_in_page(element))


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


def _places(declared: Folded, lines: Sequence[Folded]) -> list[int | None]:
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


def _sentences(declared: Folded) -> dict[str, list[int]]:
    """Where the short lines and sentences of a text begin in its key."""
    found: dict[str, list[int]] = {}
    for parted in (LINE, _SENTENCE):
        for match in parted.finditer(declared.text):
            begin, end = (bisect_left(declared.offsets, place) for place in match.span())
            if 0 < end - begin < SHORTEST:
                found.setdefault(declared.key[begin:end], []).append(begin)
    return found


def _gaps(
    declared: Folded, lines: Sequence[Folded], places: Sequence[int | None]
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


def _alike(
    declared: Folded, lines: Sequence[Folded], gaps: Sequence[tuple[int, int]]
) -> dict[int, bool]:
    """The lines that are declared in slightly other words; True for those that say the same."""
    found: dict[int, bool] = {}
    for (begin, end), group in groupby(range(len(lines)), lambda number: gaps[number]):
        places: dict[str, int] = {}
        again = set()
        for place, piece in enumerate(_pieces(declared.key[begin:end]), begin):
            if places.setdefault(piece, place) != place:
                again.add(piece)
        for number in group:
            own = set(_pieces(lines[number].key))
            shared = own & places.keys()
            if len(lines[number].key) < SHORTEST or len(shared) < _SAME * len(own):
                continue
            once = [places[piece] for piece in shared - again]
            found[number] = bool(once) and _says_the_same(
                lines[number].text, declared.stretch(min(once), max(once) + _PIECE)
            )
    return found


def _says_the_same(shown: str, declared: str) -> bool:
    """True where two wordings differ in words that say little only: in no number and no "not"."""
    one, other = Counter(_words(shown)), Counter(_words(declared))
    return _SAY_LITTLE.issuperset([*(one - other), *(other - one)])


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", html.unescape(text)).casefold())


def _pieces(key: str) -> Iterator[str]:
    return (key[place : place + _PIECE] for place in range(len(key) - _PIECE + 1))


def _same_article(lines: Sequence[Folded], told: set[int], places: Sequence[int | None]) -> bool:
    """True where most of what was found is declared, or what is declared goes on where it ends."""
    long = [number for number, line in enumerate(lines) if len(line.key) >= SHORTEST]
    if 2 * len(told.intersection(long)) >= len(long):
        return True
    begin = next((number for number in long if places[number] == 0), None)
    return begin is not None and all(number in told for number in long if number > begin)
