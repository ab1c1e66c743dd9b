"""The passages of an article that each report one incident: most have one, a round-up has several.

A passage begins where a sentence tells of something that happened, and goes on until one tells of
another day or another place. What is said later of the same incident (who died of wounds, whom they
buried, what the toll rose to) names days of its own and begins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import isfinite
from typing import Protocol

from annotation.records import NumericClaim
from newsledger.ledger.days_and_places.dates import named_days
from newsledger.ledger.days_and_places.distances import distance
from newsledger.ledger.days_and_places.gazetteer import PRECISIONS, most_exact

Days = tuple[date, date]
"""The first and the last day that it can be."""

_NEAR, _IN_DISTRICT = 25.0, 150.0
"""Kilometres within which two places are one; within which a place may lie in a district."""
_AFTERWARDS = re.compile(
    r"\b(?:tolls?|died\s(?:of|from|in\shospital)|succumb\w*|ris(?:e|en|es|ing)|rose|climb\w*"
    r"|bringing|bod(?:y|ies)|bur(?:y|ied|ial|ies)|funerals?|mourn\w*|search\w*|hunt\w*|inquir\w*"
    r"|investigat\w*|condemn\w*|identified|vigil|anniversary|mark(?:s|ed|ing)?|new\s(?:count|list)"
    r"|(?:arrest|detain|charg)\w*(?=.*\b(?:over|in\sconnection|suspected|accused)\b))\b",
    re.IGNORECASE,
)
"""Words of what comes after an incident."""
_DAY_OF_IT = re.compile(r"^\W*(?:[\w'’-]+\s){0,4}(?:on|late|early)\s$", re.IGNORECASE)
"""What stands between such a word and the day of that: "died of (gunshot wounds on) Saturday"."""
_AFTER_IT = timedelta(days=14)
"""So long after an incident people die of it, are buried, are arrested for it."""
_FOLLOW_UPS = timedelta(days=30)
"""So long after an incident those reports are written that do not say when it was."""
_IN_COURT = re.compile(
    r"\b(?:trials?|convict\w*|sentenc(?:e[ds]?|ing)|verdicts?|guilty|plead\w*|pled|jur(?:y|ors?)"
    r"|acquitt\w*|inquests?|testif\w*|courts?|judges?|prosecut\w*|anniversar(?:y|ies))\b",
    re.IGNORECASE,
)
"""Words of what is told of an incident months and years after it."""
LEAD = 3
"""In so many first sentences an article says what it is about."""

_WRITTEN_PLACE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside|[Aa]round|[Oo]f|[Ff]rom|[Tt]o|[Hh]it|[Oo]n|[Ii]nto)\s"
    r"(?:the\s)?(?:[a-z]+\s){0,3}((?:[A-Z][\w'’-]+\s?){1,3})"
)
_NO_PLACE = re.compile(
    r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|^(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December)\b"
)


_OF_AN_ARTICLE = 128
"""So many answers are kept while an article is cut, for each sentence asks for those before it."""


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """A place as the ledger has it."""

    name: str
    """As written."""
    precision: str = PRECISIONS[0]
    """place, district or country."""
    country: str | None = None
    """Code of its country."""
    latitude: float | None = None
    """Degrees north."""
    longitude: float | None = None
    """Degrees east."""
    listed: bool = True
    """False for a name that a rule has read and that no gazetteer has: there are many ways of
    writing it, and it may be none of a place, so that it keeps nothing apart."""


class Placed(Protocol):
    """What tells of a place."""

    @property
    def place(self) -> ReportedPlace | None:
        """Where it happened."""

    @property
    def place_by_people(self) -> bool:
        """Whether people typed where."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what was decided of it."""

    sentence_id: str
    """Its id."""
    text: str
    """The sentence."""
    days: Days | None = None
    """When it happened."""
    place: ReportedPlace | None = None
    """Where it happened."""
    events: tuple[str, ...] = ()
    """The event types."""
    claims: tuple[tuple[str, NumericClaim], ...] = ()
    """The claims with their ids."""
    same_as: str | None = None
    """The earlier sentence that says the same."""
    day_by_people: bool = False
    """Whether people typed when."""
    place_by_people: bool = False
    """Whether people typed where."""


@dataclass(frozen=True, slots=True)
class ReportingArticle:
    """An article with what was decided of its sentences."""

    id: str
    """Its id."""
    title: str
    """Headline, or the empty string."""
    source: str | None
    """Who published it."""
    published: date | None
    """On which day."""
    added: str
    """When it came into the project, ISO 8601, or the empty string."""
    sentences: tuple[Told, ...]
    """Its sentences, in the order of reading, without what is no part of the story."""


@dataclass(frozen=True, slots=True)
class Report:
    """A passage that reports one incident."""

    article: ReportingArticle
    """Where it stands."""
    sentences: tuple[Told, ...]
    """Its sentences."""
    context: tuple[Told, ...]
    """The sentences whose words are compared: the whole article where it is alone there."""
    days: Days | None
    """When it happened, None where the passage does not say so."""
    place: ReportedPlace | None
    """Where it happened, None where that is not known."""
    written_places: frozenset[str]
    """What may be a place by the word before it, where no gazetteer says more."""

    @property
    def day_by_people(self) -> bool:
        """Whether people typed when it happened."""
        return any(told.day_by_people for told in self.sentences)

    @property
    def place_by_people(self) -> bool:
        """Whether people typed where it happened."""
        return any(told.place_by_people for told in self.sentences)

    @property
    def id(self) -> str:
        """The sentence that it begins with."""
        return self.sentences[0].sentence_id

    @property
    def exact_day(self) -> date | None:
        """The day, where it is known to the day."""
        return self.days[0] if self.days and self.days[0] == self.days[1] else None

    @property
    def events(self) -> tuple[str, ...]:
        """The event types of its sentences, as often as they are told."""
        return tuple(label for told in self.sentences for label in told.events)


def reports_of(article: ReportingArticle, incident_types: frozenset[str]) -> tuple[Report, ...]:
    """The reports of an article, in order.

    Args:
        article: with its sentences.
        incident_types: the event types that make an incident; others (talks, relief) do not.
    """
    passages: list[list[Told]] = []
    for told in article.sentences:
        if not incident_types.isdisjoint(told.events):
            if not passages or _begins_another(passages[-1], told, article.published):
                passages.append([])
            passages[-1].append(told)
        elif passages:
            passages[-1].append(told)
    return tuple(
        Report(
            article=article,
            sentences=tuple(passage),
            context=article.sentences if len(passages) == 1 else tuple(passage),
            days=_days(passage, article.published),
            place=most_telling_place(passage),
            written_places=frozenset().union(*(places_written(one.text) for one in passage)),
        )
        for passage in passages
    )


def days_it_may_have_been(report: Report) -> Days | None:
    """From when to when the incident may have been: its days, else a month before publication."""
    if report.days is not None:
        return report.days
    published = report.article.published
    return None if published is None else (published - _FOLLOW_UPS, published)


def looks_back(report: Report) -> bool:
    """Whether a report is about a trial or an anniversary: written however long afterwards."""
    lead = (report.article.title, *(told.text for told in report.context[:LEAD]))
    return any(map(_is_of_a_court, lead))


def order_of_publication(report: Report) -> tuple[str, str, str]:
    """By when its article was published, those first of which that is not known."""
    article = report.article
    return (article.published.isoformat() if article.published else "", article.id, report.id)


def report_by_sentence(reports: Iterable[Report]) -> dict[str, str]:
    """The id of the report in which each sentence stands, by the sentence's id."""
    return {told.sentence_id: one.id for one in reports for told in one.sentences}


def most_telling_place(placed: Iterable[Placed]) -> ReportedPlace | None:
    """Where it happened: the first place, a district where there is none, else a country.

    What people typed goes before what was read, and what is listed before a name alone.

    Args:
        placed: the sentences of a report, or the reports of an incident.
    """
    having = [one for one in placed if one.place is not None]
    typed = [one.place for one in having if one.place_by_people]
    read = [one.place for one in having]
    listed = [one for one in read if one is not None and one.listed]
    return most_exact(one for one in typed or listed or read if one is not None)


def same_place(one: ReportedPlace, other: ReportedPlace) -> bool:
    """Whether two places may be the same, or one may hold the other."""
    if one.country and other.country and one.country != other.country:
        return False
    if same_name(one, other) or not (one.listed and other.listed):
        return True
    precisions = (one.precision, other.precision)
    if "country" in precisions or (one.latitude is None) != (other.latitude is None):
        return True
    return distance(one, other) <= (_IN_DISTRICT if "district" in precisions else _NEAR)


def same_name(one: ReportedPlace, other: ReportedPlace) -> bool:
    """Whether two places are called the same, apart from what tells them from others.

    "Gwoza, Borno" is called Gwoza; but where both have coordinates, these tell.
    """
    names = (one.name.casefold(), other.name.casefold())
    if names[0] == names[1] or comparable(one, other):
        return names[0] == names[1]
    first, second = (name.partition(",")[0].strip() for name in names)
    return first == second


def comparable(one: ReportedPlace, other: ReportedPlace) -> bool:
    """Whether the distance of two places tells anything: both have coordinates, none is a country.

    A name that the gazetteer lacks may be a village in the district that another sentence names.
    """
    return "country" not in (one.precision, other.precision) and isfinite(distance(one, other))


def days_meet(one: Days, other: Days) -> bool:
    """Whether two stretches of days have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


@lru_cache(_OF_AN_ARTICLE)
def _is_of_a_court(text: str) -> bool:
    """Whether a text tells of what comes months and years after an incident."""
    return _IN_COURT.search(text) is not None


@lru_cache(_OF_AN_ARTICLE)
def places_written(text: str) -> frozenset[str]:
    """What may be a place by the word before it: "near Mach", "the market of Mubi"."""
    found = (match[1].strip(" '’s") for match in _WRITTEN_PLACE.finditer(text))
    return frozenset(name for name in found if name and not _NO_PLACE.match(name))


def _begins_another(passage: Sequence[Told], told: Told, published: date | None) -> bool:
    """Whether a sentence tells of another day or place than the passage before it."""
    if _tells_of_later(told.text) and not (told.day_by_people or told.place_by_people):
        return False
    before, now = _days(passage, published), _days([told], published)
    if before and now and not days_meet(before, now):
        return True
    place = most_telling_place(passage)
    if place is not None and told.place is not None and place.listed and told.place.listed:
        return not same_place(place, told.place)
    # Where no gazetteer tells, only what tells numbers of its own is taken for another incident.
    if not told.claims or not (here := places_written(told.text)):
        return False
    there = frozenset().union(*(places_written(one.text) for one in passage))
    return bool(there) and here.isdisjoint(there)


def _days(passage: Sequence[Told], published: date | None) -> Days | None:
    """When it happened: what people typed, else the first day, else the first stretch of days."""
    if typed := [told.days for told in passage if told.day_by_people and told.days]:
        return typed[0]
    found: list[Days] = []
    later: list[Days] = []
    for told in passage:
        if told.days is None:
            continue
        if _tells_of_later(told.text):
            later.append(_earliest(told.text, told.days, published))
        else:
            found.append(told.days)
    exact = [one for one in found if one[0] == one[1]]
    return next(iter(exact or later or found), None)


@lru_cache(_OF_AN_ARTICLE)
def _tells_of_later(text: str) -> bool:
    """Whether a sentence tells of what came after an incident."""
    return _AFTERWARDS.search(text) is not None


@lru_cache(_OF_AN_ARTICLE)
def _earliest(text: str, days: Days, published: date | None) -> Days:
    """The day of the incident in a sentence that tells of what came afterwards, too.

    It is the earliest that is not that of what came afterwards; where there is no other, some day
    before that.
    """
    if published is None:
        return days
    named = [one for one in named_days(text, published) if one.precision == "day"]
    if named:  # "on Tuesday … a day earlier"
        named += named_days(text, published, before=named[0])
    ends = [match.end() for match in _AFTERWARDS.finditer(text)]
    exact = [one for one in named if one.precision == "day"]
    own = [
        one
        for one in exact
        if not any(_DAY_OF_IT.match(text[end : one.start]) for end in ends if end <= one.start)
    ]
    if own:
        return min((one.first, one.last) for one in own)
    if exact:
        last = min(one.first for one in exact)
        return last - _AFTER_IT, last
    return days
