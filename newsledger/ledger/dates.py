"""The day that a sentence tells of, from its own words and the day on which it was published.

named days ── which of them is the event's ── the day, or nothing

The rules are our own: a search for dates in running text also takes "may", "now" and times of day
for dates, and knows nothing of the day on which somebody only *said* something.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from annotation.attribution.lexicon import SAYING

Precision = Literal["day", "week", "month", "year"]
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
    def precision(self) -> Precision:
        """How exactly it is known, by the number of days from first to last."""
        days = (self.last - self.first).days
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


# ── Words ────────────────────────────────────────────────────────────────────────────────────

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_WEEKDAYS = {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_NUMBERS = {"a": 1, "an": 1} | {
    name: number
    for number, name in enumerate(
        (
            *("one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
        1,
    )
}

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan\b\.?|Feb\b\.?|Mar\b\.?|Apr\b\.?|Jun\b\.?|Jul\b\.?|Aug\b\.?|Sept?\b\.?|Oct\b\.?"
    r"|Nov\b\.?|Dec\b\.?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER"
    r"|NOVEMBER|DECEMBER)"
)
_WEEKDAY_NAMES = (
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY"
)
_WEEKDAY = rf"(?P<weekday>{_WEEKDAY_NAMES})"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)"
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_DAY = r"(?<![\d.,:/-])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_ITS_WEEKDAY = rf"(?:\b(?:{_WEEKDAY_NAMES}),?\s(?:the\s)?)?"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
_SECOND = r"(?P<second>\d{1,2})(?:st|nd|rd|th)?"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_SPAN_OF_UNIT = {"day": 1, "week": 7, "fortnight": 14}

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
    rf"(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)\b(?:{_SAYING})\s(?:by\s(?:tele)?phone\s)?"
    r"(?:(?:late|early|earlier)\s)?(?:on\s)?$"
    r"|\b(?:told|tells|telling)\s(?!that)(?:\w+\s){1,4}?(?:(?:late|early)\s)?on\s$",
    re.I,
)
"""What stands before a day on which somebody spoke: "said on", "told the agency late on"."""


# ── Named days ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Named:
    day: Day
    happened: bool
    """Whether what the sentence tells can have happened then."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A way of naming a day."""

    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date, date | None], tuple[date, date] | None]
    """The match, the day of publication, the day of the sentence before -> first and last day."""


def _named(text: str, published: date, before: Day | None) -> Iterator[_Named]:
    known = None if before is None else before.first
    taken: list[tuple[int, int]] = []
    found: list[tuple[Day, int, int]] = []
    for form in _FORMS:  # the longer ones first
        for match in form.pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            days = form.resolve(match, published, known)
            taken.append((start, end))
            if days is not None:
                found.append((Day(*days, start, end, match[0]), start, end))
    for day, start, _ in sorted(found, key=lambda one: one[1]):
        lead = text[max(0, start - 90) : start]
        if _UP_TO_NOW.search(lead):
            if day.first <= published:
                last = max(published, day.first)
                yield _Named(Day(day.first, last, day.start, day.end, day.text), True)
            continue
        yield _Named(day, day.first <= published and not _beside_the_event(lead))


def _beside_the_event(lead: str) -> bool:
    """Whether a day is that of a statement, an end, or a plan, by the words before it."""
    return any(pattern.search(lead) for pattern in (_AFTERWARDS, _TO_COME, _STATEMENT, _SAID))


def _valid(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"][:3].lower()]


def _year_of(month: int, day: int, published: date) -> int:
    """The year of a day without one: the last before publication, but for two weeks ahead."""
    this = _valid(published.year, month, day)
    ahead = this is None or this > published + timedelta(days=14)
    return published.year - 1 if ahead else published.year


def _calendar_day(
    match: re.Match[str], published: date, _: date | None
) -> tuple[date, date] | None:
    groups = match.groupdict()
    month, day = _month(match), int(match["day"])
    year = int(groups["year"]) if groups.get("year") else _year_of(month, day, published)
    first = _valid(year, month, day)
    last = _valid(year, month, int(groups["second"])) if groups.get("second") else first
    return None if first is None or last is None or last < first else (first, last)


def _iso_day(match: re.Match[str], _: date, __: date | None) -> tuple[date, date] | None:
    month = int(match["m"])
    found = _valid(int(match["year"]), month, int(match["day"])) if 1 <= month <= 12 else None
    return None if found is None else (found, found)


def _slashed_day(match: re.Match[str], _: date, __: date | None) -> tuple[date, date] | None:
    """With strokes two orders are in use: nothing where both make a day. With dots there is one."""
    left, right, year = int(match["left"]), int(match["right"]), int(match["year"])
    if match["sign"] == "/" and left != right and left <= 12 and right <= 12:
        return None
    day, month = (left, right) if right <= 12 else (right, left)
    found = _valid(year, month, day) if 1 <= month <= 12 else None
    return None if found is None else (found, found)


def _calendar_month(
    match: re.Match[str], published: date, _: date | None
) -> tuple[date, date] | None:
    month = _month(match)
    year = int(match["year"]) if match["year"] else _year_of(month, 1, published)
    last = monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        (match["part"] or "").lower().rstrip("- "), (1, last)
    )
    return date(year, month, first_day), date(year, month, last_day)


def _calendar_year(
    match: re.Match[str], published: date, _: date | None
) -> tuple[date, date] | None:
    year = int(match["year"])
    return None if year > published.year else (date(year, 1, 1), date(year, 12, 31))


def _today(match: re.Match[str], published: date, _: date | None) -> tuple[date, date]:
    back = {"yesterday": 1, "last night": 1, "the day before yesterday": 2}
    day = published - timedelta(days=back.get(match["today"].lower(), 0))
    return day, day


def _overnight(_: re.Match[str], published: date, __: date | None) -> tuple[date, date]:
    """One of two days: a day that is named beside it says more."""
    return published - timedelta(days=1), published


def _weekday(match: re.Match[str], published: date, _: date | None) -> tuple[date, date]:
    """The last such day, publication's own included; "last Friday" is an earlier one."""
    back = (published.weekday() - _WEEKDAYS[match["weekday"][:3].lower()]) % 7
    if match["last"] and not back:
        back = 7
    day = published - timedelta(days=back)
    if match["next"]:
        day += timedelta(days=7)
    return day, day


def _ago(match: re.Match[str], published: date, before: date | None) -> tuple[date, date] | None:
    word, unit = match["number"].lower(), match["unit"].lower()
    number = _NUMBERS.get(word) or int(word)
    side = match["side"].lower()
    anchor = published if side == "ago" else before
    if anchor is None:
        return None
    if unit in _SPAN_OF_UNIT:
        days = number * _SPAN_OF_UNIT[unit]
        day = anchor + timedelta(days=days if side == "later" else -days)
        return (day, day) if unit == "day" else _week_of(day)
    if side == "later":
        return None
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - number
        return _whole_month(months // 12, months % 12 + 1)
    return date(anchor.year - number, 1, 1), date(anchor.year - number, 12, 31)


def _week_of(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _whole_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _calendar_stretch(
    match: re.Match[str], published: date, _: date | None
) -> tuple[date, date] | None:
    """Weeks and months by the calendar: "last week", "earlier this month", "over the weekend"."""
    last, unit = (match["which"] or "").lower() == "last", match["unit"].lower()
    if unit == "week":
        first, end = _week_of(published - timedelta(days=7 if last else 0))
    elif unit == "weekend":
        back = published.weekday() - 5 if published.weekday() >= 5 else published.weekday() + 2
        first = published - timedelta(days=back)
        end = first + timedelta(days=1)
    elif unit == "month":
        months = published.year * 12 + published.month - 1 - last
        first, end = _whole_month(months // 12, months % 12 + 1)
    else:
        first, end = date(published.year - last, 1, 1), date(published.year - last, 12, 31)
    return first, min(end, published)


def _past_stretch(
    match: re.Match[str], published: date, _: date | None
) -> tuple[date, date] | None:
    """Stretches that end with publication: "in the past 24 hours", "over the last three days"."""
    word, unit = (match["number"] or "1").lower(), match["unit"].lower()
    number = _NUMBERS.get(word) or int(word)
    days = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}[unit] * number
    return published - timedelta(days=round(days)), published


def _beside_before(match: re.Match[str], _: date, before: date | None) -> tuple[date, date] | None:
    """Days told from the sentence before: "the same day", "the next day"."""
    if before is None:
        return None
    shift = {"same": 0, "previous": -1, "next": 1, "following": 1}[match["which"].lower()]
    day = before + timedelta(days=shift)
    return day, day


_FORMS = (
    _Form(
        re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?![\d-])"),
        _iso_day,
    ),
    _Form(
        re.compile(
            r"(?<![\d/.])(?P<left>\d{1,2})(?P<sign>[/.])(?P<right>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)\b"
        ),
        _slashed_day,
    ),
    _Form(
        re.compile(
            rf"{_ITS_WEEKDAY}{_DAY}(?:{_TO}{_SECOND})?(?:\sof)?[\s-]{_MONTH}\b(?:,?[\s-]{_YEAR})?"
        ),
        _calendar_day,
    ),
    _Form(
        re.compile(
            rf"{_ITS_WEEKDAY}\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d|%)"
            rf"(?:{_TO}{_SECOND}(?!\d|[.,:]\d))?(?:,?\s{_YEAR})?"
        ),
        _calendar_day,
    ),
    _Form(
        re.compile(rf"\b(?P<part>[Ee]arly\s|[Mm]id-|[Ll]ate\s)?{_MONTH},?\s(?:of\s)?{_YEAR}"),
        _calendar_month,
    ),
    _Form(
        re.compile(
            r"(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Dd]uring\s)|(?<=\b[Ii]n\searly\s)"
            rf"|(?P<part>\b[Ee]arly\s|\b[Mm]id-|\b[Ll]ate\s)){_MONTH}\b(?!\s\d)(?P<year>(?!))?"
        ),
        _calendar_month,
    ),
    _Form(
        re.compile(r"\b(?P<today>(?i:the\sday\sbefore\syesterday|last\snight|yesterday|today))\b"),
        _today,
    ),
    _Form(
        re.compile(r"\b(?P<today>(?i:tonight|this\s(?:morning|afternoon|evening)))\b"),
        _today,
    ),
    _Form(re.compile(r"\b(?i:overnight)\b"), _overnight),
    _Form(
        re.compile(
            rf"\b(?:(?P<last>(?i:last))\s|(?P<next>(?i:next|coming|upcoming|following))\s)?{_WEEKDAY}\b"
        ),
        _weekday,
    ),
    _Form(
        re.compile(rf"\b(?i:{_NUMBER})\s(?i:{_UNIT})\s(?P<side>(?i:ago|earlier|later))\b"),
        _ago,
    ),
    _Form(
        re.compile(
            r"\b(?i:in|over|during|within)\s(?i:the)\s(?i:past|last)\s"
            rf"(?:(?i:{_NUMBER})\s)?(?P<unit>(?i:hour|day|week|month|year))s?\b"
        ),
        _past_stretch,
    ),
    _Form(
        re.compile(r"\b(?P<which>(?i:last|this))\s(?P<unit>(?i:week|weekend|month|year))\b"),
        _calendar_stretch,
    ),
    _Form(
        re.compile(r"\b(?i:over|at|during)\s(?i:the)\s(?P<which>)(?P<unit>(?i:weekend))\b"),
        _calendar_stretch,
    ),
    _Form(
        re.compile(r"\b(?i:the)\s(?P<which>(?i:same|previous|next|following))\s(?i:day)\b"),
        _beside_before,
    ),
    _Form(
        re.compile(rf"\b(?i:in|since|during|until|early|late|throughout|of)\s{_YEAR}(?!\s?[%\w-])"),
        _calendar_year,
    ),
)
