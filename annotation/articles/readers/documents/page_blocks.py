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
_AT_END = ".!?…。؟۔।)"
"""Signs at the end of an element that need not go on."""
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
    asides: list[HtmlElement] = []
    mark = {} if holding is None else {_LOOSE: ""}
    current, line = parent.makeelement("p", mark), _Line(parent.text)
    current.text, parent.text = parent.text, None
    for child in list(parent):
        tail, child.tail = child.tail, None
        parent.remove(child)
        if holding is not None and child.tag in _APART and line.goes_on(tail):
            asides.append(_aside(child))
            _add_text(current, tail)
            line.add(tail)
            continue
        apart = holding is not None and (child in holding or child.tag in _APART)
        ends = child.tag == "br" or child.tag in _BLOCKS or apart
        if ends or (holding is not None and line.ends_before(child)):
            parts += [current, *asides]
            asides = []
            current, line = parent.makeelement("p", mark), _Line(tail if ends else None)
        if ends:
            current.text = tail
            if child.tag != "br":
                parts.append(_aside(child) if child.tag in _APART else child)
        else:
            line.add_element(child)
            line.add(tail)
            child.tail = tail
            current.append(child)
    parts += [current, *asides]
    parent.extend([one for one in parts if one.tag != "p" or len(one) or (one.text or "").strip()])
    if parent.tag in _OF_A_LINE:
        parent.tag = "div"


def _aside(element: HtmlElement) -> HtmlElement:
    """What stands in a line and is no part of its words, outside of it."""
    aside = element.makeelement("aside")
    aside.append(element)
    return aside


def _add_text(element: HtmlElement, text: str | None) -> None:
    """Text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + (text or "")
    else:
        element.text = (element.text or "") + (text or "")


class _Line:
    """What a line of loose words has so far, without a look at all of its elements again.

    Args:
        text: what stands before its first element.
    """

    def __init__(self, text: str | None) -> None:
        self._has_words = self._flows = False
        self._size = 0
        self._end = ""
        self.add(text)

    def add(self, text: str | None) -> None:
        """What stands behind an element; with it, the line is not of elements only."""
        self._flows = self._flows or bool(text)
        self._go_on(text or "")

    def add_element(self, element: HtmlElement) -> None:
        """An element of the line."""
        self._go_on(_text_of(element))

    def _go_on(self, text: str) -> None:
        self._has_words = self._has_words or bool(text.strip())
        self._size += len(text)
        self._end = text[-1:] or self._end

    def goes_on(self, text: str | None) -> bool:
        """True where it goes on behind what is no part of its words."""
        if not self._has_words:
            return False
        return not (text or "").strip() or not _are_apart(self._end, (text or "")[0])

    def ends_before(self, element: HtmlElement) -> bool:
        """True for an element that goes on with nothing of it, after elements that did not."""
        if self._flows or self._size < _A_WORD:
            return False
        return _are_apart(self._end, _text_of(element)[:1])


def _are_apart(end: str, start: str) -> bool:
    """True for a letter or digit that begins a line behind another sign, with no space between.

    What goes on within a word or a number does not: "1,2" and "34", "UN" and "HCR".
    """
    if not start.isalnum() or start.islower():
        return False
    if (end.isdigit() and start.isdigit()) or (end.isupper() and start.isupper()):
        return False
    return end.isalnum() or end in _AT_END


def _text_of(element: HtmlElement) -> str:
    """The text of an element with the spaces around it; of a comment, none."""
    if not isinstance(element.tag, str):
        return ""
    return "".join(element.xpath(".//text()[not(parent::script or parent::style)]"))


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
        (element.tag == "a" and element.get("href")) or stands_elsewhere(element)
        for element in (one.element, *one.element.iterancestors())
    )


def _is_about_text(loose: HtmlElement) -> bool:
    """True for loose words that are author, date or caption, all or most of them."""
    bare = loose.text or "".join(part.tail or "" for part in loose)
    inner = [part for part in loose.iterdescendants() if _has_words(part)]
    about = sum(len(words_in(part)) for part in inner if stands_elsewhere(part))
    return about > (_MOST_LINKS * len(words_in(loose)) if bare.strip() else 0)


def is_loose(element: HtmlElement) -> bool:
    """True for a paragraph that was made of what stood between blocks."""
    return element.get(_LOOSE) is not None


def stands_elsewhere(element: HtmlElement) -> bool:
    """True for what holds no part of an article, by its tag or what the page calls it."""
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
