"""What belongs to the article of a web page, and is missing in what trafilatura found of it.

``with_missing`` puts it in where the page has it: paragraphs in the same element of the page, what
stands between two paragraphs of the article, and the standfirst. It also parts the lines in which
trafilatura ran several blocks together, as it does with short pages. In any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from annotation.articles.readers.documents.page_blocks import (
    LONG,
    MOST_BLOCKS,
    SHORTEST,
    Block,
    HtmlElement,
    is_loose,
    is_running_text,
    names_in_page,
    without_spaces,
    words_in,
)

_STANDFIRST = re.compile(
    r"standfirst|sub-?(?:title|head|headline)|(?:^|[\s_-])(?:dek|deck|lead|lede|intro\w*|summary"
    r"|excerpt|abstract|description|chapo|kicker|vorspann|teaser-?text|entradilla|bajada|copete"
    r"|sottotitolo|linea?-?fina|ingress)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words in the classes of what stands between a headline and its article."""
_ENDS = re.compile(r"[.!?…。؟۔।။:;][\s'’\"”»)\]]*$")
_BULLET = re.compile(r"\s*[-–•*]\s")
"""Before an item of a list, as trafilatura writes one."""
_IN_NUMBER = re.compile(
    r"\d\0\d|\d\0[.,'’٫٬:/-]\d|\d[.,'’٫٬:/-]\0\d|(?<!\d)\d{1,3}[ \u00a0\u202f\u2009]\0\d{3}(?!\d)"
)
"""A place, written as NUL, that is within a number."""
_ANNOUNCES = 15
"""Characters of a link that may be the headline of another story."""
_SHOWN = ".//img | .//picture | .//figure | .//video | .//audio | .//iframe | .//form | .//input"
"""What a caption stands beside, or a call to subscribe."""
_LISTED = frozenset(("li", "dt", "dd", "td", "th", "h2", "h3", "h4", "h5", "h6"))
"""Elements whose words need no stop at the end."""


def with_missing(tree: HtmlElement, found: Sequence[Block], text: str) -> str:
    """The article with what belongs to it and is missing in what trafilatura found.

    Args:
        tree: the page.
        found: its blocks.
        text: what trafilatura found, a paragraph in each line.
    """
    if len(found) > MOST_BLOCKS:
        return text
    lines = list(_unglued(text.split("\n"), found))
    whole = without_spaces(text)
    exact = {without_spaces(line) for line in lines}
    taken = {n for n, one in enumerate(found) if one.key in exact or one.key in whole}
    scope = _Scope([found[number] for number in sorted(taken)])
    first = min((n for n in taken if len(found[n].text) >= LONG), default=0)
    described = _description(tree)
    missing = {
        number
        for number, one in enumerate(found)
        if number not in taken
        and len(one.text) >= SHORTEST
        and is_running_text(one)
        and (
            scope.holds(one) or (number < first and _is_standfirst(found, number, first, described))
        )
    }
    return "\n".join(_put_in(lines, found, missing | set(_between(found, taken, whole))))


def _unglued(lines: Sequence[str], found: Sequence[Block]) -> Iterator[str]:
    """Lines, but those that run several blocks together in their parts."""
    whole = {one.key for one in found}
    starting: dict[str, list[Block]] = {}
    for one in found:
        starting.setdefault(one.key[:SHORTEST], []).append(one)
    for line in lines:
        if _BULLET.match(line) or without_spaces(line).strip("|") in whole:
            yield line
        else:
            yield from _parts(line, starting)


def _parts(line: str, starting: Mapping[str, Sequence[Block]]) -> list[str]:
    """The blocks that a line runs together, and what stands between them; else the line.

    Args:
        line: a line of what was found.
        starting: the blocks of the page by the first characters of their keys.
    """
    edge = line.strip("| ")  # around the cells of a table
    places = [place for place, char in enumerate(edge) if not char.isspace()]
    key = without_spaces(edge)
    sizes = sorted({len(start) for start in starting}, reverse=True)
    parts: list[tuple[int, Block | None]] = []
    place = 0
    while place < len(key):
        part = _longest_at(key, place, starting, sizes)
        parts.append((places[place], part))
        if part is not None:
            place += len(part.key)
            continue
        if "|" in key or key[place].islower():
            return [line]
        while place < len(key) and _longest_at(key, place, starting, (SHORTEST,)) is None:
            place += 1
    known = any(part is not None and len(part.key) >= SHORTEST for _, part in parts)
    if not known and any(part is None for _, part in parts):
        return [line]
    cuts = [0, *(at for (_, one), (at, other) in pairwise(parts) if _parted(edge, at, one, other))]
    if len(cuts) < 2:
        return [line]
    return [edge[begin:end].strip() for begin, end in pairwise([*cuts, len(edge)])]


def _parted(edge: str, at: int, before: Block | None, after: Block | None) -> bool:
    """True where a line ends between two parts of what was run together; never within a word.

    A short word of the page may begin any sentence ("12" begins "12,000 people"), so it is a line
    only beside what the page has as well. A paragraph that the page has begins a line even behind
    a number, as one may behind a date.

    Args:
        edge: the line.
        at: where the second part begins, in code points.
        before: the block that the first part is; None where the page has none.
        after: the same of the second.
    """
    if edge[at].islower() and not edge[at - 1].isspace():
        return False
    known = before is not None and after is not None
    long = any(one is not None and len(one.key) >= SHORTEST for one in (before, after))
    if known and long:
        return True
    if _IN_NUMBER.search(edge[max(0, at - 5) : at] + "\0" + edge[at : at + 4]):
        return False
    return long or (known and not (edge[at - 1].isupper() and edge[at].isupper()))


def _longest_at(
    key: str, place: int, starting: Mapping[str, Sequence[Block]], sizes: Sequence[int]
) -> Block | None:
    """The longest block that a key goes on with."""
    for size in sizes:
        fitting = [
            one
            for one in starting.get(key[place : place + size], ())
            if key.startswith(one.key, place)
        ]
        if fitting:
            return max(fitting, key=lambda one: len(one.key))
    return None


def _between(found: Sequence[Block], taken: set[int], whole: str) -> Iterator[int]:
    """What stands between two paragraphs of the article in the element that holds them.

    Args:
        found: the blocks of a page.
        taken: which of them are in the article.
        whole: the article, without spaces.
    """
    ends: dict[HtmlElement, tuple[int, int]] = {}
    for number in sorted(taken):
        one = found[number]
        if len(one.text) >= SHORTEST and one.element.tag in ("p", "div"):
            parent = _holder(one.element)
            ends[parent] = ends.get(parent, (number, number))[0], number
    for parent, (first, last) in ends.items():
        before = first
        for number in range(first + 1, last):
            if number in taken and len(found[number].text) >= SHORTEST:
                before = number
            elif not _is_told(found, taken, whole, before, number) and _is_part(
                found[number], parent
            ):
                yield number


def _holder(element: HtmlElement) -> HtmlElement:
    """What holds a paragraph among others; not what was put around it alone."""
    parent = element.getparent()
    while len(parent) == 1 and parent.tag in ("div", "section"):
        parent = parent.getparent()
    return parent


def _is_told(found: Sequence[Block], taken: set[int], whole: str, before: int, number: int) -> bool:
    """True for what the article has at this place; a short word stands in it at many."""
    if len(found[number].text) >= SHORTEST:
        return number in taken
    start = whole.find(found[before].key) + len(found[before].key)
    after = next(
        n for n in range(number, len(found)) if n in taken and len(found[n].text) >= SHORTEST
    )
    end = whole.find(found[after].key, start)
    return found[number].key in whole[start : end if end >= 0 else None]


def _is_part(one: Block, parent: HtmlElement) -> bool:
    """True for a heading, an item, a cell or a sentence among the paragraphs of an element."""
    child = one.element
    while child is not None and child.getparent() is not parent:
        child = child.getparent()
    if child is None or not is_running_text(one):
        return False
    if one.element.tag not in _LISTED and not _ENDS.search(one.text):
        return False
    if child is not one.element and _is_story(child, one):
        return False
    return one.element.tag != "h1" and not child.xpath(_SHOWN)


def _put_in(lines: Sequence[str], found: Sequence[Block], missing: set[int]) -> Iterator[str]:
    """Lines with the missing blocks between them, in the order of the page."""
    places = {one.key: number for number, one in reversed(list(enumerate(found)))}
    waiting = sorted(missing)
    for line in lines:
        place = places.get(without_spaces(line.removeprefix("- ")), -1)
        yield from _rows(found, [number for number in waiting if number < place])
        waiting = [number for number in waiting if number > place]
        yield line
    yield from _rows(found, waiting)


def _rows(found: Sequence[Block], numbers: Sequence[int]) -> Iterator[str]:
    """Blocks as lines; the cells of a row of a table in one."""
    for row, cells in groupby(numbers, lambda number: _row(found[number].element)):
        texts = [found[number].text for number in cells]
        yield from texts if row is None else [" | ".join(texts)]


def _row(element: HtmlElement) -> HtmlElement | None:
    return next((one for one in element.iterancestors() if one.tag == "tr"), None)


class _Scope:
    """The part of a page that holds the article.

    Args:
        taken: the blocks that have been found to be in it.
    """

    def __init__(self, taken: Sequence[Block]) -> None:
        long = [one.element for one in taken if len(one.text) >= LONG]
        self._above = {above for one in long for above in one.iterancestors()}
        self._places = {_place(one) for one in long}
        self._top: HtmlElement | None = None
        self._sure = False
        if long:
            self._top, self._sure = _top(long)

    def holds(self, one: Block) -> bool:
        """True for a sentence that stands in this part of the page, but in no other story."""
        if self._top is None or one.element.tag[0] == "h" or not _ENDS.search(one.text):
            return False
        if not self._sure and _place(one.element) not in self._places:
            return False
        for element in one.element.iterancestors():
            if element in self._above:
                return element is self._top or any(e is self._top for e in element.iterancestors())
            if _is_story(element, one):
                return False
        return False


def _place(element: HtmlElement) -> tuple[str, str, str]:
    """What an element has in common with those that stand in the same kind of container."""
    parent = element.getparent()
    return element.tag, parent.tag, re.sub(r"\d+", "", names_in_page(parent))


def _is_story(element: HtmlElement, one: Block) -> bool:
    """True for what holds a paragraph beside a link that announces another story."""
    if element.xpath(".//h1//a | .//h2//a | .//h3//a | .//h4//a | .//a//h2 | .//a//h3 | .//a//h4"):
        return True
    own = set(one.element.iter("a"))
    links = [link for link in element.iter("a") if link not in own]
    return (
        bool(links)
        and 2 * len(one.key)
        > len(without_spaces(words_in(element)))
        - sum(len(without_spaces(words_in(link))) for link in links)
        and any(len(words_in(link)) >= _ANNOUNCES for link in links)
    )


def _top(long: Sequence[HtmlElement]) -> tuple[HtmlElement, bool]:
    """The outermost element of the article, and whether the page says so itself."""
    common = [long[0], *long[0].iterancestors()]
    for element in long[1:]:
        above = {element, *element.iterancestors()}
        common = [one for one in common if one in above]
    for element in common:
        if element.tag in ("article", "main") or element.get("role") == "main":
            parent = element.getparent()
            others = parent.findall("article") if element.tag == "article" else []
            headed = [one for one in others if one.find(".//a") is not None or _headed(one)]
            return (parent if len(others) > 1 and not headed else element), True
    outside = [one for one in common if one.tag not in ("body", "html")]
    return (outside[-1] if outside else common[0]), False


def _headed(element: HtmlElement) -> bool:
    return any(element.find(f".//h{level}") is not None for level in (1, 2, 3))


def _is_standfirst(
    found: Sequence[Block], number: int, first: int, described: frozenset[str]
) -> bool:
    """True for what stands between the headline and the article and sums it up."""
    one = found[number]
    heads = [n for n in range(first) if found[n].element.tag == "h1"]
    if heads and number <= heads[-1]:
        return False
    loose = is_loose(one.element)
    if any(one.key in text or (text in one.key and not loose) for text in described):
        return True
    above = [one.element, *one.element.iterancestors()][:4]
    if any(_STANDFIRST.search(names_in_page(element)) for element in above):
        return True
    if not heads or loose or one.element.xpath(".//a"):
        return False
    return all(is_loose(other.element) for other in found[heads[-1] + 1 : number])


def _description(tree: HtmlElement) -> frozenset[str]:
    """How the page describes itself, as it is compared."""
    said = tree.xpath("//meta[@name='description' or @property='og:description']/@content")
    keys = (without_spaces(str(one)).rstrip(".…") for one in said)
    return frozenset(key for key in keys if len(key) >= SHORTEST)
