"""Cuts an article into sentences, with exact offsets.

The work is done by sentencex (MIT; Thottingal, Wikimedia), which knows abbreviations of many
languages and is fast. What it does not know about news stands here, as thin rules around it:

1. **Lines.** Every line break ends a sentence, since headings and captions have no full stop; but
   the line breaks of hard-wrapped text are blanks (see ``_wrap_width``).
2. **Quotations.** Sentencex keeps a quotation whole, however long. Double quotes are therefore
   masked by blanks of equal length, so that the sentences inside are seen and no offset moves.
3. **Rejoining.** What cannot begin a sentence goes back to the one before: lower case, a hyphen,
   closing punctuation ("The U.S. -backed SDF"), a number after "No.", a weekday after "a.m.".

Offsets are half-open and count code points; ``article.text[start:end] == text`` always holds. No
character but white space is left out between two sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from annotation.boilerplate import mark
from annotation.records import Article, Sentence

_QUOTES = '"“”„‟«»＂'
_OPENING = frozenset("“„‟«")
_MASK = str.maketrans(dict.fromkeys(_QUOTES + "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029", " "))
_EDGES = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
_EDGES += "\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""White space by Unicode, and the characters of no width that travel with it in web pages."""

_WRAP_MIN, _WRAP_MAX = 45, 120
"""Widths in characters between which text is believed to be hard-wrapped (e-mail 72, wires 69)."""

_NEAR = 80
"""Characters on either side of a cut that the rules look at, so that their cost is bounded."""

_SCRIPTS = (
    (re.compile("[\u0400-\u04ff]"), "uk"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u1000-\u109f]"), "my"),
    (re.compile("[\u0900-\u097f]"), "hi"),
)
_LATIN = re.compile("[A-Za-z]")

_CONTINUES = re.compile(r"[-‐‑–—)\]}”»’,;:.!?…%]")
"""What cannot begin a sentence, but for lower case; a hyphen as in "The U.S. -backed SDF"."""
_NAME_IN_LOWER_CASE = re.compile(r"[a-z]{1,3}[-'’][A-Z]|[a-z][A-Z]")
"""Names that begin a sentence although in lower case: "al-Shabab", "iPhone"."""
_BEFORE_NUMBER = re.compile(
    r"\b(?:Nos?|Art|Arts|Sec|Secs|para|paras|approx|est|ca|Ch|chap|Fig|figs?|vol|p|pp|Res|Reg|Rs|Tel"
    r"|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"(?:\b(?:Ms|Mohd|Sra|Spc|Eng|Adv|Ven|Tun|Amb|Lieut|Gens|Cols|Profs|Mgr|Const|Dep|Atty|Ft|Mt|St)"
    r"|(?<!\w)[\u0410-\u042fЄІЇҐدم])\.$"
)
"""Titles and places that sentencex does not know, and initials in Cyrillic and Arabic."""
_CLOCK = re.compile(r"\b[ap]\.m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.|[A-Z]{2,4}\b|Eastern|Central"
    r"|Pacific|Kyiv|Moscow|Damascus|Baghdad|Greenwich)"
)
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]")
_CRY = re.compile(r"[!?…]['’]?[\"”»]$")
_SAYING = re.compile(
    r"(?:[\w.'’-]+ ){0,5}?(?:said|says|asked|asks|cried|shouted|told|wrote|added|replied|yelled)\b"
)


def split(article: Article) -> tuple[Sentence, ...]:
    """The sentences of an article, in order; none for a text of white space.

    Args:
        article: the article; its ``text`` may have any line breaks, quotes and scripts.

    Returns:
        Sentences with ``id`` ``{article.id}:{index:04d}``. ``text`` is the slice of the article,
        so that it holds a line break where hard-wrapped text had one. What looks like navigation,
        advertising or another story is there too, with ``boilerplate`` set.
    """
    spans = tuple(spans_of(article.text))
    marks = mark(article.title, article.text, spans)
    return tuple(
        Sentence(
            id=f"{article.id}:{index:04d}",
            article_id=article.id,
            index=index,
            start=start,
            end=end,
            text=article.text[start:end],
            boilerplate=boilerplate,
        )
        for index, ((start, end), boilerplate) in enumerate(zip(spans, marks, strict=True))
    )


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end, in code points."""
    masked = text.translate(_MASK)
    for start, end in _blocks(text):
        yield from _cut(text, masked, start, end)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: lines, or the lines that a hard wrap tore apart."""
    lines: list[tuple[int, int]] = []  # without the white space at both ends
    position = 0
    for line in text.splitlines(keepends=True):
        lines.append((position, position + len(line)))
        position += len(line)
    bare = [text[start:end].strip(_EDGES) for start, end in lines]
    width = _wrap_width(bare)
    begin = 0
    for number, (_, end) in enumerate(lines):
        last = number + 1 == len(lines)
        if not last and width and _wrapped(bare[number], bare[number + 1], width):
            continue
        yield begin, end
        begin = end


def _wrapped(line: str, following: str, width: int) -> bool:
    """True where the line was broken only because the next word would not have fitted."""
    return bool(line and following) and len(line) + 1 + len(following.split(None, 1)[0]) > width


def _wrap_width(lines: list[str]) -> int:
    """The width to which a text was hard-wrapped, 0 where it was not.

    A program that wraps breaks a line only where the next word does not fit, and mostly within
    a sentence. Both are tested: three breaks out of four must be forced by the longest line, and
    half of the lines after such a break must go on in lower case (or have no case at all).
    """
    width = max(map(len, lines), default=0)
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    forced = [b for a, b in pairs if _wrapped(a, b, width)]
    within = sum(not b[0].isupper() for b in forced)
    return (
        width
        if len(forced) >= 3 and 4 * len(forced) >= 3 * len(pairs) and 2 * within >= len(forced)
        else 0
    )


def _cut(text: str, masked: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block."""
    block = masked[start:end]
    cased = any(map(str.isupper, block))  # in a text without capitals lower case says nothing
    begin, cut = start, start
    pieces = sentencex.segment(_language(block), block)
    for piece in pieces[:-1]:
        cut += len(piece)
        here = _place(text, masked, start, cut, end)
        before = text[max(begin, here - _NEAR) : here].strip(_EDGES)
        after = text[here : here + _NEAR].lstrip(_EDGES)
        if not _belongs_together(before, after, cased=cased):
            yield from _trim(text, begin, here)
            begin = here
    yield from _trim(text, begin, end)


def _place(text: str, masked: str, begin: int, cut: int, end: int) -> int:
    """Moves a cut that lies among masked quotes: closing ones stay left, opening ones go right."""
    left = cut
    while left > begin and masked[left - 1].isspace():
        left -= 1
    right = cut
    while right < end and masked[right].isspace():
        right += 1
    for position in range(left, right):
        sign = text[position]
        if sign not in _QUOTES or sign in _OPENING:
            return position
        attached_right = position + 1 == right < end  # no blank after it: ."She
        if sign in '"＂' and attached_right and _opens(text, begin, position):
            return position
    return right


def _opens(text: str, begin: int, position: int) -> bool:
    """True where a straight quote opens: where an even number stands before it in the block."""
    return text.count(text[position], max(begin, position - 20 * _NEAR), position) % 2 == 0


def _belongs_together(before: str, after: str, *, cased: bool) -> bool:
    """True where what follows cannot begin a sentence, or what precedes cannot end one."""
    if not before or not after:
        return True
    first = after.lstrip("'‘" + _QUOTES)[:1]
    if cased and first.islower() and not _NAME_IN_LOWER_CASE.match(after):
        return True
    if _CONTINUES.match(after) or not any(map(str.isalnum, before)):
        return True
    if first.isdigit() and _BEFORE_NUMBER.search(before):
        return True
    if _BEFORE_NAME.search(before) or _LIST_NUMBER.fullmatch(before):
        return True
    if _CLOCK.search(before) and _AFTER_CLOCK.match(after):
        return True
    return bool(_CRY.search(before) and _SAYING.match(after))


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without the white space at its ends; nothing where nothing else is in it."""
    kept = text[start:end].strip(_EDGES)
    if kept:
        start += len(text[start:end]) - len(text[start:end].lstrip(_EDGES))
        yield start, start + len(kept)


def _language(block: str) -> str:
    """The language whose abbreviations apply, told by the script; English where in doubt."""
    if _LATIN.search(block):
        return "en"
    return next((code for script, code in _SCRIPTS if script.search(block)), "en")
