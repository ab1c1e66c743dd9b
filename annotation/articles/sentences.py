"""The sentences of an article, with exact offsets.

Cutting is done by sentencex (MIT; Thottingal, Wikimedia), which knows abbreviations of many
languages and is fast. What it does not know about news stands here, as a few rules around it:

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
from bisect import bisect_right
from collections.abc import Iterator
from heapq import nlargest
from itertools import pairwise
from typing import Any

import sentencex

from annotation.articles.boilerplate import mark
from annotation.articles.decoding import sentence_id
from annotation.articles.languages import languages_of
from annotation.records import Article, Sentence

_QUOTES = '"“”„‟«»＂'
_OPENING = frozenset("“„‟«")
_MASKED = _QUOTES + "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Quotes, and the line breaks within hard-wrapped text."""
_EDGES = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
_EDGES += "\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""White space by Unicode, and the characters of no width that travel with it in web pages."""

_WRAP_MIN, _WRAP_MAX = 45, 120
"""Widths in characters that hard-wrapped text is believed to have (e-mail 72, news agencies 69)."""

_MOST_LONGER, _LINES_EACH = 8, 6
"""Lines of hard-wrapped text that may be longer: so many at most, and one in so many."""

_STOPS = ".!?…。؟۔।။"
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
_TITLES = frozenset(
    f"{title}."
    for title in (
        *("Ms", "Mohd", "Sra", "Spc", "Eng", "Adv", "Ven", "Tun", "Amb", "Lieut", "Gens", "Cols"),
        *("Profs", "Mgr", "Const", "Dep", "Atty", "Ft", "Mt", "St"),
        # Officers and others in French, Spanish, Portuguese and Italian.
        *("Gén", "gén", "Gral", "gral", "Cnel", "cnel", "Cel", "cel", "Tte", "tte", "Cap", "Cmdt"),
        *("Cmdte", "cmdte", "Cdt", "cdt", "Cdte", "cdte", "Sgto", "sgto", "Sgt", "Ten", "Vicealm"),
        *("Alm", "Alte", "Dra", "Lic", "Pdte", "Mons", "Dott", "Sig", "Mme", "Mlle", "Brig"),
    )
)
"""Before a name; titles and places that sentencex does not know."""
_INITIAL = re.compile(r"[\u0410-\u042fЄІЇҐدم]\.")
"""The same in Cyrillic, and the titles of Arabic doctors and engineers."""
_BEFORE_NUMBER = frozenset(
    f"{word}."
    for word in (
        *("no", "nos", "art", "arts", "sec", "secs", "para", "paras", "approx", "est", "ca", "ch"),
        *("chap", "fig", "figs", "vol", "p", "pp", "res", "reg", "rs", "tel", "mon", "tue", "tues"),
        *("wed", "thu", "thur", "thurs", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun"),
        *("jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    )
)
_AFTER_CLOCK = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:Jan|Febr)uary\b|(?:Septem|Octo|Novem|Decem)ber\b"
    r"|(?:March|April|May|June|July|August)\b|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.|[A-Z]\w+ time\b"
    r"|(?:GMT|UTC|ET|E[SD]T|CES?T|EE?ST|EET|MSK|IST|BST|P[SD]T|C[SD]T|EAT|WAT|CAT|PKT)\b"
)
"""What goes on after "10 a.m."."""
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
        Sentences whose ``id`` is their place (:func:`.sentence_id`), so that what is cut in another
        place by a later version is another sentence, and all others stay what they were. ``text``
        is the slice of the article, so that it holds a line break where hard-wrapped text had one.
        What looks like navigation, advertising or another story is there too, with ``boilerplate``
        set, and so is what is known to be no part of the story.
    """
    key, text = article.id, article.text
    spans = tuple(spans_of(text))
    marks = _with_asides(mark(article.title, text, spans), spans, article.asides)
    languages = languages_of([text[start:end] for start, end in spans])
    return tuple(
        [
            Sentence(
                sentence_id(key, start, end),
                key,
                index,
                start,
                end,
                text[start:end],
                marks[index],
                languages[index],
            )
            for index, (start, end) in enumerate(spans)
        ]
    )


def _with_asides(
    marks: tuple[bool, ...],
    spans: tuple[tuple[int, int], ...],
    asides: tuple[tuple[int, int], ...],
) -> tuple[bool, ...]:
    """The marks, and those of the sentences that begin in what is no part of the story."""
    if not asides:
        return marks
    begins = [start for start, _ in asides]
    within = [bisect_right(begins, start) - 1 for start, _ in spans]
    return tuple(
        marked or (place >= 0 and start < asides[place][1])
        for marked, place, (start, _) in zip(marks, within, spans, strict=True)
    )


def spans_of(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a text begin and end, in code points."""
    masked = text
    for sign in _MASKED:  # far faster than a pattern
        masked = masked.replace(sign, " ")
    for start, end in _blocks(text):
        block = masked[start:end]
        if _is_one_sentence(block):
            yield _trim(text, start, end)
        else:
            yield from _cut(text, block, start, end)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that no sentence crosses: lines, or the lines that a hard wrap tore apart."""
    lines = text.splitlines(keepends=True)
    bare = [line.strip(_EDGES) for line in lines]
    width = _wrap_width(bare)
    begin = end = 0
    for line, here, following in zip(lines, bare, [*bare[1:], ""], strict=False):
        end += len(line)
        if width and _wrapped(here, following, width):
            continue
        if here:
            yield begin, end
        begin = end


def _wrapped(line: str, following: str, width: int) -> bool:
    """True where the line was broken only because the next word would not have fitted."""
    return bool(line and following) and len(line) <= width < len(line) + 1 + len(
        following.split(None, 1)[0]
    )


def _wrap_width(lines: list[str]) -> int:
    """The width to which a text was hard-wrapped, 0 where it was not.

    A program that wraps breaks a line only where the next word does not fit, and mostly within
    a sentence. Both are tested: three breaks out of four must be forced by the longest line, and
    half of the lines after such a break must go on in lower case (or have no case at all). A few
    lines may be longer: a headline, or an address that cannot be broken, but no sentence.
    """
    longest = nlargest(1 + min(_MOST_LONGER, len(lines) // _LINES_EACH), map(len, lines))
    return next((width for width in dict.fromkeys(longest) if _is_wrapped(lines, width)), 0)


def _is_wrapped(lines: list[str], width: int) -> bool:
    """True where a text seems to be hard-wrapped to a width."""
    if not _WRAP_MIN <= width <= _WRAP_MAX:
        return False
    if any(len(line) > width and " " in line and line[-1] in _STOPS for line in lines):
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if a and b and len(a) <= width]
    forced = [b for a, b in pairs if _wrapped(a, b, width)]
    within = sum(not b[0].isupper() for b in forced)
    return len(forced) >= 3 and 4 * len(forced) >= 3 * len(pairs) and 2 * within >= len(forced)


def _is_one_sentence(block: str) -> bool:
    """True where sentencex need not be asked, as for three in four paragraphs of news.

    In ASCII it cuts after stops and after the bracket of a list's number, "b) "; a test holds it to
    that.
    """
    inner = block.rstrip()[:-1]
    return inner.isascii() and not ("." in inner or "?" in inner or "!" in inner or ")" in inner)


def _cut(text: str, block: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block, whose quotes are masked."""
    begin, cut = start, start
    for piece in sentencex.segment(_language(block), block)[:-1]:
        cut += len(piece)
        here = _place(text, start, cut - len(piece) + len(piece.rstrip()), cut)
        before = text[max(begin, here - _NEAR) : here].strip(_EDGES)
        after = text[here : min(here + _NEAR, end)].lstrip(_EDGES)
        if not _belongs_together(before, after, block):
            yield _trim(text, begin, here)
            begin = here
    yield _trim(text, begin, end)


def _place(text: str, start: int, left: int, right: int) -> int:
    """Moves a cut to its place among masked quotes: closing ones stay left, opening ones go right.

    Args:
        text: the article.
        start: where the block begins.
        left: where the white space and masked quotes before the cut begin.
        right: the cut.
    """
    for position in range(left, right):
        sign = text[position]
        if sign not in _QUOTES or sign in _OPENING:
            return position
        touches = position + 1 == right  # no blank after it: ."She
        if sign in '"＂' and touches and text[right:] and _opens(text, start, position):
            return position
    return right


def _opens(text: str, start: int, position: int) -> bool:
    """True where a straight quote opens: where an even number stands before it in the block."""
    return text.count(text[position], max(start, position - 20 * _NEAR), position) % 2 == 0


def _belongs_together(before: str, after: str, block: str) -> bool:
    """True where what follows cannot begin a sentence, or what precedes cannot end one.

    Args:
        before: the end of what precedes the cut, without white space around it.
        after: the beginning of what follows.
        block: the lines around; where they have no capital, lower case says nothing.
    """
    if not before or not after or _CONTINUES.match(after):
        return True
    first = after[0] if after[0].isalnum() else after.lstrip("'‘" + _QUOTES)[:1]
    if first.islower():
        return any(map(str.isupper, block)) and not _NAME_IN_LOWER_CASE.match(after)
    last = before.rsplit(None, 1)[-1].lstrip("(['‘" + _QUOTES)
    if last in _TITLES or _INITIAL.fullmatch(last):
        return True
    if first.isdigit() and last.lower() in _BEFORE_NUMBER:
        return True
    if last.lower() in ("a.m.", "p.m.") and _AFTER_CLOCK.match(after):
        return True
    if len(last) == len(before) and (_LIST_NUMBER.fullmatch(last) or not _has_word(before)):
        return True
    return bool(_CRY.search(before, len(before) - 3) and _SAYING.match(after))


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    chunk = text[start:end]
    left = len(chunk) - len(chunk.lstrip(_EDGES))
    return start + left, start + len(chunk.rstrip(_EDGES))


def _language(block: str) -> str:
    """The language whose abbreviations apply, told by the script; English where in doubt."""
    if block.isascii() or _LATIN.search(block):
        return "en"
    return next((code for script, code in _SCRIPTS if script.search(block)), "en")


def sentence_place(sentence: Sentence) -> dict[str, Any]:
    """A sentence in the columns of rows: where it stands, and its text."""
    return {
        "article_id": sentence.article_id,
        "sentence_id": sentence.id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }


def cut_row(sentence: Sentence) -> dict[str, Any]:
    """A row of ``sentences``, which ``--presplit`` takes."""
    return {**sentence_place(sentence), "boilerplate": sentence.boilerplate}
