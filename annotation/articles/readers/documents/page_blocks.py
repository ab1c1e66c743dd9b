"""What a web page is cut into: its paragraphs, headings and items, in any language.

trafilatura finds the article in a page and leaves the rest out. It stops at the first container
that looks like the article, though, and of some pages that is a part; a short page it may run
together in one line. So the page's own blocks are looked at as well (``missing_text``):

- ``part_lines`` makes paragraphs of what only ``<br>`` parts, which trafilatura gives twice, and
  ``without_repeats`` tells where it did;
- ``part_loose`` makes paragraphs of what stands between blocks in no block of its own;
- ``left_out`` counts the paragraphs that are missing after all, so that it can be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

HtmlElement = Any
"""An element of lxml, which trafilatura brings."""

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td"),
        *("th", "thead", "tr", "ul", "html", "details", "summary", "hgroup"),
    )
)
_PARTED = _BLOCKS - {"pre", "table", "tbody", "thead", "tr", "ul", "ol", "dl"} | {"font", "span"}
"""Elements of which a line break makes paragraphs."""
_OF_A_LINE = frozenset(("p", "span", "font", "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements that hold no paragraphs."""
_ROWS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl", "html"))
"""Elements that hold rows or items, and no words."""
_APART = frozenset(("button", "select", "noscript", "template", "iframe"))
"""Elements of a line that are no part of its words."""
_LOOSE = "data-loose"
"""Attribute of a paragraph that was made of what stood between blocks."""
_A_WORD = 3
"""Characters of an element that is no initial."""
_ELSEWHERE = frozenset(
    (
        *("nav", "footer", "aside", "form", "figure", "figcaption", "button", "script", "style"),
        *("head", "template", "noscript", "select", "iframe", "svg"),
    )
)
_ELSEWHERE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|comments?|promo\w*|newsletter\w*|share\w*|sharing|social\w*|teasers?"
    r"|cookies?|consent|caption\w*|sidebar|recirc\w*|recommend\w*|footer|menu\w*|nav\w*|banner"
    r"|subscri\w*|advert\w*|ads?|sponsor\w*|byline\w*|authors?|bio|tags?|breadcrumbs?|most|popular"
    r"|trending|popup|modal|login|signup|copyright|disclaimer|credits?|timestamp|date|gallery"
    r"|more-(?:on|from|stories)|read-?more|paywall-gate)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words in the classes of what is no part of an article."""
SHORTEST = 40
"""Characters of a paragraph that can be missing."""
LONG = 80
"""Characters of one that counts as text left out."""
_MOST_LINKS = 0.4
"""Share of a paragraph's characters that may be links."""
MOST_BLOCKS = 3_000
"""Blocks of a page that are compared; a page with more is a list or a book, and no article."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or item of a page."""

    element: HtmlElement
    """Where it stands."""
    text: str
    """Its words, in one line."""
    key: str
    """The same without white space: what texts are compared by."""


def part_lines(tree: HtmlElement) -> None:
    """Make paragraphs of what is parted by ``<br>`` only; changes the tree."""
    parents = dict.fromkeys(one.getparent() for one in tree.iter("br"))
    for parent in parents:
        if parent is not None and parent.tag in _PARTED:
            _part(parent)


def part_loose(tree: HtmlElement) -> None:
    """Make paragraphs of what stands between blocks in no block of its own; changes the tree.

    A date behind a heading is one, and a sentence between two paragraphs; so are elements within a
    line that stand beside one another without a space, as author and date often do.
    """
    holding: set[HtmlElement] = set()
    for block in tree.iter(*_BLOCKS):
        above = block.getparent()
        while above is not None and above not in holding:
            holding.add(above)
            above = above.getparent()
    for parent in [one for one in tree.iter() if one in holding and one.tag not in _ROWS]:
        tails = [parent.text, *(child.tail for child in parent)]
        inline = [one for one in parent if one not in holding and one.tag not in _BLOCKS]
        if any((tail or "").strip() for tail in tails) or any(map(_has_words, inline)):
            _part(parent, holding)


def _has_words(element: HtmlElement) -> bool:
    return isinstance(element.tag, str) and bool(words_in(element))


def _part(parent: HtmlElement, holding: Set[HtmlElement] | None = None) -> None:
    """Paragraphs of what stands between line breaks and blocks.

    Args:
        parent: what holds it.
        holding: what holds blocks of its own, where loose words are parted as well.
    """
    parts: list[HtmlElement] = []
    mark = {} if holding is None else {_LOOSE: ""}
    current = parent.makeelement("p", mark)
    current.text, parent.text = parent.text, None
    for child in list(parent):
        tail, child.tail = child.tail, None
        parent.remove(child)
        apart = holding is not None and (child in holding or child.tag in _APART)
        if child.tag == "br" or child.tag in _BLOCKS or apart:
            parts.append(current)
            if child.tag in _APART:
                aside = parent.makeelement("aside")
                aside.append(child)
                parts.append(aside)
            elif child.tag != "br":
                parts.append(child)
            current = parent.makeelement("p", mark)
            current.text = tail
        else:
            if holding is not None and _begins_anew(current, child):
                parts.append(current)
                current = parent.makeelement("p", mark)
            child.tail = tail
            current.append(child)
    parts.append(current)
    parent.extend([one for one in parts if one.tag != "p" or len(one) or (one.text or "").strip()])
    if parent.tag in _OF_A_LINE:
        parent.tag = "div"


def _begins_anew(before: HtmlElement, element: HtmlElement) -> bool:
    """True for an element that goes on with nothing of the line, after elements that did not."""
    if not len(before) or before.text or any(one.tail for one in before):
        return False
    words = words_in(element) if isinstance(element.tag, str) else ""
    return bool(words) and not words[0].islower() and len(words_in(before)) >= _A_WORD


def blocks(tree: HtmlElement) -> list[Block]:
    """The paragraphs, headings and items of a page, in order; not what holds others."""
    found = []
    holding: set[HtmlElement] = set()
    for element in tree.iter(*_BLOCKS):
        holding.add(element)
        parent = element.getparent()
        while parent is not None and parent.tag not in _BLOCKS:
            parent = parent.getparent()
        holding.discard(parent)
    for element in tree.iter(*_BLOCKS):
        if element in holding and (text := words_in(element)):
            found.append(Block(element, text, without_spaces(text)))
    return found


def without_repeats(text: str) -> str:
    """A text without the longer lines that it has had before, word for word."""
    kept: list[str] = []
    seen: set[str] = set()
    for line in text.split("\n"):
        if len(line) < SHORTEST or line not in seen:
            kept.append(line)
        seen.add(line)
    return "\n".join(kept)


def left_out(found: Sequence[Block], text: str) -> tuple[int, int]:
    """How many longer paragraphs of a page an article has not, and how many there are."""
    if len(found) > MOST_BLOCKS:
        return 0, 0
    whole = without_spaces(text)
    paragraphs = [one for one in found if len(one.text) >= LONG and is_running_text(one)]
    return sum(one.key not in whole for one in paragraphs), len(paragraphs)


def is_running_text(one: Block) -> bool:
    """True for what reads like a text, and does not stand where other things stand."""
    links = sum(len(without_spaces(words_in(link))) for link in one.element.iter("a"))
    if links > _MOST_LINKS * len(one.key):
        return False
    if is_loose(one.element) and _is_about_text(one.element):
        return False
    return not any(
        (element.tag == "a" and element.get("href")) or _stands_elsewhere(element)
        for element in (one.element, *one.element.iterancestors())
    )


def _is_about_text(loose: HtmlElement) -> bool:
    """True for loose words that are author, date or caption, all or most of them."""
    bare = loose.text or "".join(part.tail or "" for part in loose)
    inner = [part for part in loose.iterdescendants() if _has_words(part)]
    about = sum(len(words_in(part)) for part in inner if _stands_elsewhere(part))
    return about > (_MOST_LINKS * len(words_in(loose)) if bare.strip() else 0)


def is_loose(element: HtmlElement) -> bool:
    """True for a paragraph that was made of what stood between blocks."""
    return element.get(_LOOSE) is not None


def _stands_elsewhere(element: HtmlElement) -> bool:
    if element.tag in _ELSEWHERE:
        return True
    return element.tag not in ("body", "html", "main") and bool(
        _ELSEWHERE_CLASS.search(names_in_page(element))
    )


def names_in_page(element: HtmlElement) -> str:
    """What the page calls an element."""
    return " ".join(
        filter(
            None,
            map(element.get, ("class", "id", "itemprop", "data-gu-name", "data-testid")),
        )
    )


def words_in(element: HtmlElement) -> str:
    """The words of an element in one line."""
    return " ".join(
        "".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split()
    )


def without_spaces(text: str) -> str:
    """A text as it is compared."""
    return "".join(text.split())
