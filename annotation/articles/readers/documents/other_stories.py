"""Teasers of other stories that came into the text of a web page, told by how they are built.

A column of teasers repeats one shape: a heading that is a link, and a paragraph. That is so in any
language and whatever the classes are called. It is no part of the story where it stands beside it,
in an element of its own. It is marked and not left out, for a page may hold its reports so, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotation.articles.readers.documents.page_blocks import (
    LONG,
    SHORTEST,
    Block,
    HtmlElement,
    names_in_page,
    stands_elsewhere,
    without_spaces,
)

_FEWEST = 3
"""Teasers of one shape; two linked headings may be sections of a story."""
_MOST_PARAGRAPHS = 2
"""Paragraphs of a teaser."""
_MOST_TEASERS = 0.5
"""Share of a text that may be teasers; a page with more of them is a list of reports."""
_STOPS = (".", "!", "?", "…", "。", "؟", "۔", "।", "።", '."', ".”", ".»")
"""Ends of a sentence, which few teasers have."""
_LINK = (
    "boolean(.//a[@href and not(starts-with(@href, '#'))]"
    " | ancestor::a[@href and not(starts-with(@href, '#'))])"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def other_stories(found: Sequence[Block], text: str) -> tuple[tuple[int, int], ...]:
    """Where the text of a page holds teasers of other stories, in code points, in order.

    Args:
        found: the blocks of the page.
        text: what was found in it, a paragraph in each line.
    """
    told = {without_spaces(line) for line in text.split("\n")}
    inside = set()
    for cards in _shapes(found):
        inside |= _teasers(found, cards, told)
    teasers = {found[number].key for number in inside}
    teasers -= {one.key for number, one in enumerate(found) if number not in inside}
    spans = []
    start = 0
    for line in text.split("\n"):
        if without_spaces(line) in teasers:
            spans.append((start, start + len(line)))
        start += len(line) + 1
    marked = sum(end - start for start, end in spans)
    return tuple(spans) if marked <= _MOST_TEASERS * len(text) else ()


def _shapes(found: Sequence[Block]) -> Iterator[set[HtmlElement]]:
    """The elements that hold a linked heading each and are built alike."""
    linked = [one.element for one in found if one.element.tag in _HEADINGS]
    linked = [heading for heading in linked if heading.xpath(_LINK)]
    counts: dict[HtmlElement, int] = {}
    for heading in linked:
        for above in heading.iterancestors():
            counts[above] = counts.get(above, 0) + 1
    shapes: dict[tuple[str, ...], set[HtmlElement]] = {}
    for heading in linked:
        card, parent = heading, heading.getparent()
        while parent is not None and counts[parent] == 1:
            card, parent = parent, parent.getparent()
        if parent is not None:
            shape = (card.tag, _shape(card), parent.tag, _shape(parent), heading.tag)
            shapes.setdefault(shape, set()).add(card)
    for cards in shapes.values():
        if len(cards) >= _FEWEST:
            yield cards


def _shape(element: HtmlElement) -> str:
    return re.sub(r"\d+", "", names_in_page(element))


def _teasers(found: Sequence[Block], cards: set[HtmlElement], told: set[str]) -> set[int]:
    """The blocks of cards, unless these are long or stand among the paragraphs of the story.

    Cards of whole sentences in the same ``<article>`` as the story are part of it, such as the
    entries of a live blog.
    """
    columns = {card.getparent() for card in cards}
    articles = {article for column in columns for article in _own_articles(column)}
    entries = False
    held: dict[HtmlElement, list[int]] = {card: [] for card in cards}
    for number, one in enumerate(found):
        above = (one.element, *one.element.iterancestors())
        card = next((element for element in above if element in cards), None)
        if card is not None:
            held[card].append(number)
        elif len(one.text) >= LONG and one.key in told:
            if not columns.isdisjoint(above):
                return set()
            entries = entries or not articles.isdisjoint(above)
    told_in_full = 0
    for numbers in held.values():
        long = [n for n in numbers if len(found[n].text) >= SHORTEST]
        paragraphs = [n for n in long if found[n].element.tag not in _HEADINGS]
        if len(paragraphs) > _MOST_PARAGRAPHS:
            return set()
        told_in_full += any(found[n].text.rstrip().endswith(_STOPS) for n in paragraphs)
    if entries and 2 * told_in_full >= len(held):
        return set()
    return {number for numbers in held.values() for number in numbers}


def _own_articles(column: HtmlElement) -> Iterator[HtmlElement]:
    """The articles that a column is part of, unless it stands in an element for other things."""
    for above in (column, *column.iterancestors()):
        if above.tag == "article":
            yield above
        if stands_elsewhere(above):
            return
