"""The ways in which a day is named: "5 June", "last Friday", "two days ago", "in 2021".

Each is a pattern, and how its match is resolved against the day of publication.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

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


_CENTURIES = ("19", "20")
_MONTH_NAMES = (*re.findall("[A-Z][A-Za-z]+", _MONTH), "Sep")
_WEEKDAYS_WRITTEN = tuple(_WEEKDAY_NAMES.split("|"))


@dataclass(frozen=True, slots=True)
class DayForm:
    """A way of naming a day."""

    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], date, date | None], tuple[date, date] | None]
    """The match, the day of publication, the day of the sentence before -> first and last day."""
    words: tuple[str, ...]
    """Of these at least one stands in what matches; see ``seeker``. Most sentences have none, and
    to look for them takes a tenth of the time."""


def seeker(words: tuple[str, ...]) -> Callable[[str, str], bool]:
    """What tells of a text whether one of some words stands in it.

    Args:
        words: with capitals, words as they are written, to their end; else parts of words, in
            small letters.

    Returns:
        Asked with the text, and with the same once all its letters are small.
    """
    if any(one != one.casefold() for one in words):
        written = re.compile(rf"(?:{'|'.join(words)})\b")
        return lambda text, _: written.search(text) is not None

    def stands(_: str, small: str) -> bool:
        for one in words:  # noqa: SIM110  twice as fast as any()
            if one in small:
                return True
        return False

    return stands


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
    return None if year > published.year else _whole_year(year)


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
    number, unit, side = _number(match), match["unit"].lower(), match["side"].lower()
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
        return _month_before(anchor, number)
    return _whole_year(anchor.year - number)


def _number(match: re.Match[str]) -> int:
    """How many are named, one where none is: "two days ago", "in the past week"."""
    word = (match["number"] or "one").lower()
    return _NUMBERS.get(word) or int(word)


def _week_of(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _month_before(day: date, number: int) -> tuple[date, date]:
    """The whole month some months before that of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 - number, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _whole_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


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
        first, end = _month_before(published, int(last))
    else:
        first, end = _whole_year(published.year - last)
    return first, min(end, published)


def _past_stretch(
    match: re.Match[str], published: date, _: date | None
) -> tuple[date, date] | None:
    """Stretches that end with publication: "in the past 24 hours", "over the last three days"."""
    unit = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].lower()]
    days = unit * _number(match)
    return published - timedelta(days=round(days)), published


def _beside_before(match: re.Match[str], _: date, before: date | None) -> tuple[date, date] | None:
    """Days told from the sentence before: "the same day", "the next day"."""
    if before is None:
        return None
    shift = {"same": 0, "previous": -1, "next": 1, "following": 1}[match["which"].lower()]
    day = before + timedelta(days=shift)
    return day, day


DAY_FORMS = (
    DayForm(
        re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)(?![\d-])"),
        _iso_day,
        _CENTURIES,
    ),
    DayForm(
        re.compile(
            r"(?<![\d/.])(?P<left>\d{1,2})(?P<sign>[/.])(?P<right>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d\d)\b"
        ),
        _slashed_day,
        _CENTURIES,
    ),
    DayForm(
        re.compile(
            rf"(?=[FMSTW\d]){_ITS_WEEKDAY}{_DAY}(?:{_TO}{_SECOND})?(?:\sof)?[\s-]{_MONTH}\b(?:,?[\s-]{_YEAR})?"
        ),
        _calendar_day,
        _MONTH_NAMES,
    ),
    DayForm(
        re.compile(
            rf"(?=[ADFJMNOSTW]){_ITS_WEEKDAY}\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,:]\d|%)"
            rf"(?:{_TO}{_SECOND}(?!\d|[.,:]\d))?(?:,?\s{_YEAR})?"
        ),
        _calendar_day,
        _MONTH_NAMES,
    ),
    DayForm(
        re.compile(
            rf"\b(?=[ADEFJLMNOSelm])(?P<part>[Ee]arly\s|[Mm]id-|[Ll]ate\s)?{_MONTH},?\s(?:of\s)?{_YEAR}"
        ),
        _calendar_month,
        _MONTH_NAMES,
    ),
    DayForm(
        re.compile(
            r"(?=[ADEFJLMNOSelm])(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Dd]uring\s)|(?<=\b[Ii]n\searly\s)"
            rf"|(?P<part>\b[Ee]arly\s|\b[Mm]id-|\b[Ll]ate\s)){_MONTH}\b(?!\s\d)(?P<year>(?!))?"
        ),
        _calendar_month,
        _MONTH_NAMES,
    ),
    DayForm(
        re.compile(r"\b(?P<today>(?i:the\sday\sbefore\syesterday|last\snight|yesterday|today))\b"),
        _today,
        ("yesterday", "today", "night"),
    ),
    DayForm(
        re.compile(r"\b(?P<today>(?i:tonight|this\s(?:morning|afternoon|evening)))\b"),
        _today,
        ("tonight", "morning", "afternoon", "evening"),
    ),
    DayForm(re.compile(r"\b(?i:overnight)\b"), _overnight, ("overnight",)),
    DayForm(
        re.compile(
            r"(?=[CFLMNSTUWcflnu])\b"
            rf"(?:(?P<last>(?i:last))\s|(?P<next>(?i:next|coming|upcoming|following))\s)?{_WEEKDAY}\b"
        ),
        _weekday,
        _WEEKDAYS_WRITTEN,
    ),
    DayForm(
        re.compile(rf"\b(?i:{_NUMBER})\s(?i:{_UNIT})\s(?P<side>(?i:ago|earlier|later))\b"),
        _ago,
        ("ago", "earlier", "later"),
    ),
    DayForm(
        re.compile(
            r"\b(?i:in|over|during|within)\s(?i:the)\s(?i:past|last)\s"
            rf"(?:(?i:{_NUMBER})\s)?(?P<unit>(?i:hour|day|week|month|year))s?\b"
        ),
        _past_stretch,
        ("past", "last"),
    ),
    DayForm(
        re.compile(r"\b(?P<which>(?i:last|this))\s(?P<unit>(?i:week|weekend|month|year))\b"),
        _calendar_stretch,
        ("week", "month", "year"),
    ),
    DayForm(
        re.compile(r"\b(?i:over|at|during)\s(?i:the)\s(?P<which>)(?P<unit>(?i:weekend))\b"),
        _calendar_stretch,
        ("weekend",),
    ),
    DayForm(
        re.compile(r"\b(?i:the)\s(?P<which>(?i:same|previous|next|following))\s(?i:day)\b"),
        _beside_before,
        ("same", "previous", "next", "following"),
    ),
    DayForm(
        re.compile(rf"\b(?i:in|since|during|until|early|late|throughout|of)\s{_YEAR}(?!\s?[%\w-])"),
        _calendar_year,
        _CENTURIES,
    ),
)
"""All of them, the longer ones first: what one has taken no later one takes."""
