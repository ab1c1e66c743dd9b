"""The paragraphs of a web page, with which trafilatura's answer is compared, lest text be lost.

trafilatura finds the article in a page and leaves the rest out. It stops at the first container
that looks like the article, though, and of some pages that is a part. So the page's own paragraphs
are looked at as well, in any language:

- ``part_lines`` makes paragraphs of what only ``<br>`` parts, which trafilatura gives twice, and
  ``without_repeats`` tells where it did;
- ``with_missing`` puts in what belongs to the article: paragraphs in the same element of
  the page, the standfirst, and what the publisher itself declares to be the article (JSON-LD);
- ``left_out`` counts the paragraphs that are missing after all, so that it can be said.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trafilatura import load_html

HtmlElement = Any
"""An element of lxml, which trafilatura brings."""

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td"),
        *("th", "thead", "tr", "ul", "html"),
    )
)
_PARTED = _BLOCKS - {"pre", "table", "tbody", "thead", "tr", "ul", "ol", "dl"} | {"font", "span"}
"""Elements of which a line break makes paragraphs."""
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
_STANDFIRST = re.compile(
    r"standfirst|sub-?(?:title|head|headline)|(?:^|[\s_-])(?:dek|deck|lead|lede|intro\w*|summary"
    r"|excerpt|abstract|description|chapo|kicker|vorspann|teaser-?text|entradilla|bajada|copete"
    r"|sottotitolo|linea?-?fina|ingress)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words in the classes of what stands between a headline and its article."""
_ENDS = re.compile(r"[.!?…。؟۔।။:;][\s'’\"”»)\]]*$")
_SHORTEST = 40
"""Characters of a paragraph that can be missing."""
_LONG = 80
"""Characters of one that counts as text left out."""
_MOST_LINKS = 0.4
"""Share of a paragraph's characters that may be links."""
_MOST_BLOCKS = 3_000
"""Blocks of a page that are compared; a page with more is a list or a book, and no article."""
_ANNOUNCES = 15
"""Characters of a link that may be the headline of another story."""
_MORE = 1.3
"""How many times as long the declared article must be, to be read instead of what was found."""


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


def _part(parent: HtmlElement) -> None:
    parts: list[HtmlElement] = []
    current = parent.makeelement("p")
    current.text, parent.text = parent.text, None
    for child in list(parent):
        tail, child.tail = child.tail, None
        parent.remove(child)
        if child.tag == "br" or child.tag in _BLOCKS:
            parts.append(current)
            if child.tag != "br":
                parts.append(child)
            current = parent.makeelement("p")
            current.text = tail
        else:
            child.tail = tail
            current.append(child)
    parts.append(current)
    parent.extend([one for one in parts if one.tag != "p" or len(one) or (one.text or "").strip()])
    if parent.tag in ("p", "span", "font") or parent.tag[0] == "h":
        parent.tag = "div"


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
        if element in holding and (text := _text_of(element)):
            found.append(Block(element, text, _key(text)))
    return found


def with_missing(tree: HtmlElement, found: Sequence[Block], text: str) -> str:
    """The article with what belongs to it and is missing in what trafilatura found.

    Args:
        tree: the page.
        found: its blocks.
        text: what trafilatura found, a paragraph in each line.
    """
    if len(found) > _MOST_BLOCKS:
        return text
    lines = list(_unglued(text.split("\n"), found))
    whole = _key(text)
    exact = {_key(line) for line in lines}
    taken = {n for n, one in enumerate(found) if one.key in exact or one.key in whole}
    scope = _Scope([found[number] for number in sorted(taken)])
    first = min((n for n in taken if len(found[n].text) >= _LONG), default=0)
    described = _description(tree)
    missing = {
        number
        for number, one in enumerate(found)
        if number not in taken
        and len(one.text) >= _SHORTEST
        and _is_text(one)
        and (
            scope.holds(one) or (number < first and _is_standfirst(found, number, first, described))
        )
    }
    text = "\n".join(_put_in(lines, found, missing))
    declared = _declared(tree)
    if len(_key(declared)) > _MORE * len(_key(text)) and _same_article(declared, text):
        return declared
    return text


def without_repeats(text: str) -> str:
    """A text without the longer lines that it has had before, word for word."""
    kept: list[str] = []
    seen: set[str] = set()
    for line in text.split("\n"):
        if len(line) < _SHORTEST or line not in seen:
            kept.append(line)
        seen.add(line)
    return "\n".join(kept)


def left_out(found: Sequence[Block], text: str) -> tuple[int, int]:
    """How many longer paragraphs of a page an article has not, and how many there are."""
    if len(found) > _MOST_BLOCKS:
        return 0, 0
    whole = _key(text)
    paragraphs = [one for one in found if len(one.text) >= _LONG and _is_text(one)]
    return sum(one.key not in whole for one in paragraphs), len(paragraphs)


def _unglued(lines: Sequence[str], found: Sequence[Block]) -> Iterator[str]:
    """Lines, but those that run several blocks together in their parts."""
    whole = {one.key for one in found}
    starting: dict[str, list[Block]] = {}
    for one in found:
        starting.setdefault(one.key[:_SHORTEST], []).append(one)
    sizes = sorted({len(start) for start in starting}, reverse=True)
    for line in lines:
        key = _key(line).strip("|")  # around the cells of a table
        parts: list[str] = []
        place = 0
        while key not in whole and place < len(key):
            candidates = (
                one for size in sizes for one in starting.get(key[place : place + size], ())
            )
            part = next((one for one in candidates if key.startswith(one.key, place)), None)
            if part is None:
                break
            parts.append(part.text)
            place += len(part.key)
        if len(parts) > 1 and place == len(key):
            yield from parts
        else:
            yield line


def _put_in(lines: Sequence[str], found: Sequence[Block], missing: set[int]) -> Iterator[str]:
    """Lines with the missing blocks between them, in the order of the page."""
    places = {one.key: number for number, one in reversed(list(enumerate(found)))}
    waiting = sorted(missing, reverse=True)
    for line in lines:
        place = places.get(_key(line.removeprefix("- ")), -1)
        while waiting and waiting[-1] < place:
            yield found[waiting.pop()].text
        yield line
    yield from (found[number].text for number in reversed(waiting))


def _is_text(one: Block) -> bool:
    """True for what reads like a text, and does not stand where other things stand."""
    links = sum(len(_key(_text_of(link))) for link in one.element.iter("a"))
    if links > _MOST_LINKS * len(one.key):
        return False
    for element in (one.element, *one.element.iterancestors()):
        if element.tag in _ELSEWHERE:
            return False
        if element.tag not in ("body", "html", "main") and _ELSEWHERE_CLASS.search(_names(element)):
            return False
    return True


class _Scope:
    """The part of a page that holds the article.

    Args:
        taken: the blocks that have been found to be in it.
    """

    def __init__(self, taken: Sequence[Block]) -> None:
        long = [one.element for one in taken if len(one.text) >= _LONG]
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
    return element.tag, parent.tag, re.sub(r"\d+", "", _names(parent))


def _is_story(element: HtmlElement, one: Block) -> bool:
    """True for what holds a paragraph beside a link that announces another story."""
    if element.xpath(".//h1//a | .//h2//a | .//h3//a | .//h4//a | .//a//h2 | .//a//h3 | .//a//h4"):
        return True
    own = set(one.element.iter("a"))
    links = [link for link in element.iter("a") if link not in own]
    return (
        bool(links)
        and 2 * len(one.key)
        > len(_key(_text_of(element))) - sum(len(_key(_text_of(link))) for link in links)
        and any(len(_text_of(link)) >= _ANNOUNCES for link in links)
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
    if any(one.key in text or text in one.key for text in described):
        return True
    above = [one.element, *one.element.iterancestors()][:4]
    if any(_STANDFIRST.search(_names(element)) for element in above):
        return True
    return bool(heads) and number == heads[-1] + 1 and not one.element.xpath(".//a")


def _description(tree: HtmlElement) -> frozenset[str]:
    """How the page describes itself, as it is compared."""
    said = tree.xpath("//meta[@name='description' or @property='og:description']/@content")
    keys = (_key(str(one)).rstrip(".…") for one in said)
    return frozenset(key for key in keys if len(key) >= _SHORTEST)


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


def _same_article(declared: str, text: str) -> bool:
    """True where what was found begins what is declared, or is part of it."""
    whole = _key(declared)
    lines = [key for line in text.split("\n") if len(key := _key(line)) >= _SHORTEST]
    return not lines or 2 * sum(key in whole for key in lines) >= len(lines)


def _names(element: HtmlElement) -> str:
    """What the page calls an element."""
    return " ".join(
        filter(
            None,
            map(element.get, ("class", "id", "itemprop", "data-gu-name", "data-testid")),
        )
    )


def _text_of(element: HtmlElement) -> str:
    """The words of an element in one line."""
    return " ".join(
        "".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split()
    )


def _key(text: str) -> str:
    return "".join(text.split())
