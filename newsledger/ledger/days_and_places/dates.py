"""The day that a sentence tells of, from its own words and the day on which it was published.

named days ── which of them is the event's ── the day, or nothing

The rules are our own: a search for dates in running text also takes "may", "now" and times of day
for dates, and knows nothing of the day on which somebody only *said* something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from annotation.attribution.lexicon import SAYING
from newsledger.ledger.days_and_places.day_forms import DAY_FORMS, seeker

DayPrecision = Literal["day", "week", "month", "year"]
"""How exactly a day is known."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a stretch of days, that a sentence names."""

    first: date
    """The first day that it can be."""
    last: date
    """The last one; the same where one day is named."""
    start: int
    """Where the words for it begin, in code points."""
    end: int
    """Where they end (exclusive)."""
    text: str
    """The words: ``text[start:end]`` of the sentence."""

    @property
    def precision(self) -> DayPrecision:
        """How exactly it is known."""
        return precision_of(self.first, self.last)


def precision_of(first: date, last: date) -> DayPrecision:
    """How exactly a day is known that lies between two, by their distance."""
    days = (last - first).days
    if not days:
        return "day"
    return "week" if days < 10 else "month" if days < 31 else "year"


def day_of(text: str, published: date, *, before: Day | None = None) -> Day | None:
    """The day on which happened what a sentence tells.

    A day on which something was said, is to end or is still to come does not count, nor one that
    lies behind what is told ("since the 2003 invasion"). Of several, the first that is known to the
    day counts, else the first.

    Args:
        text: a sentence.
        published: the day on which its article was published, or read.
        before: the day of the sentence before; "the same day" and "a day later" refer to it.

    Returns:
        The day; None where the sentence names none.
    """
    found = [one.day for one in _named(text, published, before) if one.happened]
    exact = [one for one in found if one.precision == "day"]
    return next(iter(exact or found), None)


def named_days(text: str, published: date, *, before: Day | None = None) -> tuple[Day, ...]:
    """All days that a sentence names, in order, whatever happens on them.

    Args:
        text: a sentence.
        published: the day on which its article was published, or read.
        before: the day of the sentence before.
    """
    return tuple(one.day for one in _named(text, published, before))


_UP_TO_NOW = re.compile(r"\b(?:since|from)\s(?:(?:early|late|mid|the)[\s-])?(?:on\s)?$", re.I)
_AFTERWARDS = re.compile(
    r"\b(?:until|till|by|before|through|ahead\sof|next|coming|upcoming|following|every|each|prior\sto"
    r"|no\slater\sthan|as\sof)\s(?:(?:early|late|the|this)\s)?$",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|due|scheduled|planned|plans?|expected|set|going|likely|supposed|slated"
    r"|ends?|expires?|begins?|starts?|opens?|meets?)\b"
    r"(?:\s\w+){0,8}?\s(?:on\s|for\s|in\s)?$",
    re.I,
)
_STATEMENT = re.compile(
    r"\b(?:statement|interview|briefing|report|press\srelease|speech|post|message|communiqu[eé]"
    r"|conference|letter|bulletin|published|released|issued|updated)\s"
    r"(?:(?:late|early)\s)?(?:(?:on|of|from|dated)\s)?$",
    re.I,
)
_SAYING = "|".join(sorted(SAYING))
_SAID = re.compile(
    rf"\b(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)(?:{_SAYING})\s(?:by\s(?:tele)?phone\s)?"
    r"(?:(?:late|early|earlier)\s)?(?:on\s)?$",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling)\s(?!that)(?:\w+\s){1,4}?(?:(?:late|early)\s)?on\s$", re.I
)
"""What stands before a day on which somebody spoke: "said on", "told the agency late on"."""
_ANY_TOLD = re.compile("t(?:old|ell)", re.I)


_REACH = 40
"""So many code points before a day hold whatever ``_UP_TO_NOW``, ``_AFTERWARDS``, ``_STATEMENT``
and ``_SAID`` can match; what stands before it they see all the same."""

_FORMS_BY_WORDS = tuple(
    (seeker(words), tuple(forms))
    for words, forms in groupby(DAY_FORMS, key=lambda form: form.words)
)


_PLAIN_LETTERS = {0x130: "I", 0x131: "i", 0x17F: "s", 0x212A: "K"}
"""Letters that a pattern takes for i, s and k whatever their case; no table of words has them."""


@dataclass(frozen=True, slots=True)
class _Named:
    day: Day
    happened: bool
    """Whether what the sentence tells can have happened then."""


def _named(text: str, published: date, before: Day | None) -> Iterator[_Named]:
    known = None if before is None else before.first
    taken: list[tuple[int, int]] = []
    found: list[tuple[Day, int, int]] = []
    as_written = text
    if not text.isascii():
        text = text.translate(_PLAIN_LETTERS)
    small = text.casefold()
    for may_match, forms in _FORMS_BY_WORDS:
        if not may_match(text, small):
            continue
        for form in forms:
            for match in form.pattern.finditer(text):
                start, end = match.span()
                if any(start < other_end and other < end for other, other_end in taken):
                    continue
                days = form.resolve(match, published, known)
                taken.append((start, end))
                if days is not None:
                    found.append((Day(*days, start, end, as_written[start:end]), start, end))
    for day, start, _ in sorted(found, key=lambda one: one[1]):
        lead = text[max(0, start - 90) : start]
        if _UP_TO_NOW.search(lead, max(0, len(lead) - _REACH)):
            if day.first <= published:
                last = max(published, day.first)
                yield _Named(Day(day.first, last, day.start, day.end, day.text), True)
            continue
        yield _Named(day, day.first <= published and not _beside_the_event(lead))


def _beside_the_event(lead: str) -> bool:
    """Whether a day is that of a statement, an end, or a plan, by the words before it."""
    if lead[-1:].isspace():  # all of them end with a blank
        near = max(0, len(lead) - _REACH)
        return bool(
            _AFTERWARDS.search(lead, near)
            or _STATEMENT.search(lead, near)
            or _TO_COME.search(lead)
            or _SAID.search(lead, near)
            or (_ANY_TOLD.search(lead) and _TOLD.search(lead))
        )
    return False
