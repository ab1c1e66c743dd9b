"""The toll of an incident: low, best and high of each claim kind, and what they stand on.

The policy, which ``docs/codebook.md`` explains:

1. Whose a number is: who is named for it, else the outlet. A source counts once, and what an
   article has word for word from another is that one's. Of an article, each source has the number
   that :mod:`newsledger.ledger.incidents.tolls` reads; where attackers and others are counted, the
   others', see :mod:`newsledger.ledger.incidents.sides`.
2. A source holds to its latest number; to a greater earlier one where nothing says that it was
   corrected, for who tells of fewer often tells of some.
3. Tolls rise: a number is superseded by a greater one that was first given after its own source
   gave it last, and that a source of a better standing holds to, or one of the same and then up to
   twice as great; and by whatever another report has of which people said that it is newer.
4. Low and high are the smallest and the largest number that is still held to.
5. Best is what all sources of the best standing can mean: "about 40" and "at least 35" agree with
   41. Where they disagree it is empty. Who is named stands above outlets and witnesses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from annotation.attribution.same_sources import same_source_names
from annotation.records import NumericClaim
from newsledger.ledger.incidents.grouping import Incident
from newsledger.ledger.incidents.occasions import is_occasion
from newsledger.ledger.incidents.reports import Report
from newsledger.ledger.incidents.sides import is_of_attackers, of_one_side
from newsledger.ledger.incidents.tolls import Toll, toll

_WITNESSES = re.compile(
    r"\b(?:residents?|witness(?:es)?|eyewitness(?:es)?|villagers?|locals|relatives?|neighbou?rs?"
    r"|survivors?|social\smedia|reports?|unnamed)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:it|he|she|they)$", re.IGNORECASE)
_CORRECTED = re.compile(
    r"\b(?:revis\w+|lower(?:ed|s)?|correct(?:ed|s|ion)|down\sfrom|not\s\d+|fewer\sthan\sfirst)\b",
    re.IGNORECASE,
)
_ABOUT = Decimal("0.1")
"""By what share a number that is said to be approximate may be off."""
_RISE = 2
"""How many times a number another source's may be to supersede it, and not to deny it."""


@dataclass(frozen=True, slots=True)
class ClaimUse:
    """What a claim does for a toll."""

    claim_id: str
    """The claim."""
    said_by: str
    """Whose number it is."""
    counted_as: str
    """What becomes of it, one of ``incident_columns.USES``."""


@dataclass(frozen=True, slots=True)
class IncidentToll:
    """How many one incident did to, of one claim kind."""

    kind: str
    """Alias of the claim kind."""
    low: Decimal | None
    """The smallest number that a source holds to; None for an open end."""
    best: Decimal | None
    """What the sources of the best standing agree on; None where they do not."""
    high: Decimal | None
    """The largest number that a source holds to; None for an open end."""
    why_no_best: str | None
    """Who says what, where there is no best."""
    articles: int
    """How many articles have a claim of it."""
    sources: int
    """How many sources it has."""
    first: tuple[Decimal, date | None]
    """The number that was published first, and when."""
    latest: tuple[Decimal, date | None]
    """The number that was published last, and when."""
    claims: tuple[ClaimUse, ...]
    """Every claim of the kind."""
    later_figures: frozenset[str]
    """The reports, by id, that brought a newer number than one before."""


@dataclass(frozen=True, slots=True)
class _Voice:
    key: str
    """What it is known by."""
    name: str = field(compare=False)
    """As written."""
    named: bool = field(compare=False)
    """Whether it stands above outlets and witnesses."""


@dataclass(frozen=True, slots=True)
class _Claim:
    id: str
    claim: NumericClaim
    voice: _Voice
    copied: bool
    sentence: int
    text: str


@dataclass(frozen=True, slots=True)
class _Figure:
    """The number of one source in one report."""

    report: Report
    voice: _Voice
    toll: Toll
    corrects: bool

    @property
    def day(self) -> date:
        return self.report.article.published or date.min


def incident_tolls(incident: Incident) -> tuple[IncidentToll, ...]:
    """The tolls of an incident, of each claim kind that its reports claim a number of."""
    reports = [one.report for one in incident.reports]
    copies, names = _copies(reports), _source_names(reports)
    claims = [(report, one) for report in reports for one in _claims(report, copies, names)]
    kinds = dict.fromkeys(one.claim.kind for _, one in claims)
    found = (
        _toll(
            kind,
            [(report, one) for report, one in claims if one.claim.kind == kind],
            incident.newer_figures,
        )
        for kind in kinds
    )
    return tuple(one for one in found if one is not None)


def outlets_of(incident: Incident) -> frozenset[str]:
    """The outlets that report an incident in words of their own."""
    copies = _copies([one.report for one in incident.reports])
    return frozenset(
        one.report.article.source or one.report.article.id
        for one in incident.reports
        if any(told.sentence_id not in copies for told in one.report.sentences)
    )


def _copies(reports: Sequence[Report]) -> frozenset[str]:
    """The sentences that an article published before has in the same words."""
    said_in: dict[str, str] = {}
    copies = set()
    for report in reports:
        for told in report.sentences:
            first = said_in.setdefault(told.same_as or told.sentence_id, report.article.id)
            if first != report.article.id:
                copies.add(told.sentence_id)
    return frozenset(copies)


def _source_names(reports: Iterable[Report]) -> Mapping[str, str]:
    """Each source as written -> its fullest name in the reports of an incident."""
    return same_source_names(
        claim.attribution
        for one in reports
        for told in one.sentences
        for _, claim in told.claims
        if claim.attribution and not _PRONOUN.match(claim.attribution)
    )


def _claims(report: Report, copies: frozenset[str], names: Mapping[str, str]) -> Iterator[_Claim]:
    """The claims of a report, each with its source."""
    outlet = report.article.source or report.article.id
    own = _Voice(f"outlet {outlet}", outlet, named=False)
    last: _Voice | None = None
    for number, told in enumerate(report.sentences):
        for key, claim in told.claims:
            voice = own
            if claim.attribution and _PRONOUN.match(claim.attribution):
                # "It claims …": somebody who was named, though not for a number.
                whoever = f"“{claim.attribution}” in {outlet}"
                voice = last or _Voice(f"of {report.article.id}", whoever, named=True)
            elif claim.attribution:
                voice = last = _voice(names[claim.attribution])
            yield _Claim(key, claim, voice, told.sentence_id in copies, number, told.text)


def _voice(name: str) -> _Voice:
    plain = re.sub(r"^(?:the|an?)\s", "", name, flags=re.IGNORECASE)
    return _Voice(plain.casefold(), plain, named=not _WITNESSES.search(name))


def _toll(
    kind: str, claims: Sequence[tuple[Report, _Claim]], newer: Collection[tuple[str, str]]
) -> IncidentToll | None:
    figures = list(_figures(kind, claims))
    if not figures:
        return None
    held = _held(figures, claims, newer)
    best_standing = [one for one in held if one.voice.named] or held
    agreed = _agreed(best_standing)
    lows = [one.toll.low for one in held if one.toll.low is not None]
    highs = [one.toll.high for one in held if one.toll.high is not None]
    bests = [one.toll.best for one in held]
    return IncidentToll(
        kind=kind,
        low=min([*lows, *bests]) if lows else None,
        best=agreed,
        high=max([*highs, *bests]) if highs else None,
        why_no_best=None if agreed is not None else "; ".join(map(_says, best_standing)),
        articles=len({report.article.id for report, _ in claims}),
        sources=len({one.voice.name for one in figures}),
        first=_published_value(figures, min(one.day for one in figures)),
        latest=_published_value(figures, max(one.day for one in figures)),
        claims=tuple(_uses(claims, figures, held)),
        later_figures=_later(figures, newer),
    )


def _figures(kind: str, claims: Sequence[tuple[Report, _Claim]]) -> Iterator[_Figure]:
    """The number of each source in each report, in order."""
    claims = [  # who died earlier is no other side, either
        (report, one)
        for report, one in claims
        if not is_occasion(one.text, one.claim.start, one.claim.end)
    ]
    everything = [
        [one.claim for _, one in told]
        for _, told in groupby(claims, key=lambda pair: (pair[0].id, pair[1].sentence))
    ]
    for _, of_report in groupby(claims, key=lambda pair: pair[0].id):
        some = list(of_report)
        report = some[0][0]
        own = [one for _, one in some if not one.copied]
        for voice in dict.fromkeys(one.voice for one in own):
            of_voice = [one for one in own if one.voice == voice]
            told = [list(some) for _, some in groupby(of_voice, key=lambda one: one.sentence)]
            sentences = [[one.claim for one in some] for some in told]
            texts = [some[0].text for some in told]
            found = toll(of_one_side(sentences, everything, kind), kind, texts)
            if found is not None:
                corrects = any(_CORRECTED.search(one.text) for one in of_voice)
                yield _Figure(report, voice, found, corrects)


def _held(
    figures: Sequence[_Figure],
    claims: Iterable[tuple[Report, _Claim]],
    newer: Collection[tuple[str, str]],
) -> tuple[_Figure, ...]:
    """The figures that are still held to: one of each source, and none that is superseded."""
    in_reports = {one.report.id for one in figures}
    outdated = {older for older, later in newer if later in in_reports}
    if outdated >= in_reports:  # each is said to be newer than another: nothing is learnt from that
        outdated = set()
    own: dict[_Voice, _Figure] = {}
    for one in figures:
        if one.report.id in outdated:
            continue
        before = own.get(one.voice)
        if before is None or one.toll.best >= before.toll.best or one.corrects:
            own[one.voice] = one
    replaced = {
        (one.claim.low, report.article.published or date.min)
        for report, one in claims
        if one.claim.role == "earlier"
    }
    first_said: dict[Decimal, date] = {}
    last_said: dict[tuple[_Voice, Decimal], date] = {}
    for one in sorted(figures, key=lambda figure: figure.day):
        first_said.setdefault(one.toll.best, one.day)
        last_said[one.voice, one.toll.best] = one.day
    return tuple(
        one
        for one in own.values()
        if not any(one.toll.best == value and one.day <= day for value, day in replaced)
        and not any(
            _may_supersede(one, other)
            and first_said[other.toll.best] > last_said[one.voice, one.toll.best]
            for other in own.values()
        )
    )


def _may_supersede(one: _Figure, other: _Figure) -> bool:
    """Whether another source's number may be what this one has risen to."""
    if other.toll.best <= one.toll.best or one.voice.named > other.voice.named:
        return False
    return other.voice.named > one.voice.named or other.toll.best <= _RISE * one.toll.best


def _agreed(figures: Sequence[_Figure]) -> Decimal | None:
    """The number that all of some figures can mean: that of the most exact, latest one."""
    ranges = [_range(one.toll) for one in figures]
    if max(low for low, _ in ranges) > min(high for _, high in ranges):
        return None
    return min(
        figures, key=lambda one: (not _exact(one.toll), -one.day.toordinal(), -one.toll.best)
    ).toll.best


def _range(found: Toll) -> tuple[Decimal, Decimal]:
    low = Decimal(0) if found.low is None else found.low
    high = Decimal("Infinity") if found.high is None else found.high
    if not _exact(found):
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low, high


def _exact(found: Toll) -> bool:
    return all(claim.modifier in (None, "exactly") for claim in found.claims)


def _says(figure: _Figure) -> str:
    day = figure.report.article.published
    when = f" ({day.isoformat()})" if day else ""
    return f"{figure.voice.name}: {figure.toll.best:f}{when}"


def _published_value(figures: Sequence[_Figure], day: date) -> tuple[Decimal, date | None]:
    """The number that was published on a day: of who is named, the greatest."""
    of_day = [one for one in figures if one.day == day]
    best = max(of_day, key=lambda one: (one.voice.named, one.toll.best))
    return best.toll.best, best.report.article.published


def _later(figures: Sequence[_Figure], newer: Collection[tuple[str, str]]) -> frozenset[str]:
    """The reports with a greater number than any that was published on a day before.

    And those of which people said that their number is newer.
    """
    in_reports = {one.report.id for one in figures}
    told = frozenset(later for older, later in newer if {older, later} <= in_reports)
    return told | frozenset(
        one.report.id
        for one in figures
        if (before := [other for other in figures if other.day < one.day])
        and one.toll.best > max(other.toll.best for other in before)
    )


def _uses(
    claims: Iterable[tuple[Report, _Claim]], figures: Sequence[_Figure], held: Sequence[_Figure]
) -> Iterator[ClaimUse]:
    by_place = _standing_on(figures)
    still = _standing_on(held)
    for report, one in claims:
        place = (report.id, one.voice, id(one.claim))
        if one.copied:
            use = "copied"
        elif one.claim.role != "total":
            use = one.claim.role
        elif one.claim.unit not in (None, "count"):
            use = "not a count"
        elif place in still:
            use = "counted"
        elif place in by_place:
            use = "superseded"
        elif is_occasion(one.text, one.claim.start, one.claim.end):
            use = "occasion"
        elif is_of_attackers(one.claim):
            use = "other side"
        else:
            use = "part"
        yield ClaimUse(one.id, one.voice.name, use)


def _standing_on(figures: Iterable[_Figure]) -> Mapping[tuple[str, _Voice, int], _Figure]:
    return {
        (one.report.id, one.voice, id(claim)): one for one in figures for claim in one.toll.claims
    }
