"""The place that a sentence tells of, from its own words and the gazetteer of the workspace.

named places ── those where something happens ── which of that name ── the place, or nothing
                └─ a name that the gazetteer does not have ── what surrounds it ──┘

A name counts where the words around it say that it is a place: "in Mubi", "the town of Mubi", "Mubi
district". So persons, organisations and peoples, who often bear the names of places, do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from annotation.records import ArticleMetadata, Sentence
from newsledger.ledger.days_and_places.distances import distance
from newsledger.ledger.days_and_places.gazetteer import (
    Gazetteer,
    GazetteerPlace,
    PlacePrecision,
    most_exact,
)
from newsledger.ledger.days_and_places.unlisted_places import UnlistedPlace, unlisted_place

PlaceSource = Literal["sentence", "article", "outlet", "workspace"]
"""What told a place from others of its name."""


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """A place that a sentence names, as exactly as the gazetteer knows it."""

    text: str
    """Its name as written in the sentence."""
    precision: PlacePrecision
    """How exactly it is known: of a village that the gazetteer does not have, the district around
    it, or nothing but that it is a place."""
    country: str
    """Code of its country, ISO 3166-1 alpha-2."""
    latitude: float | None
    """In degrees, north of the equator; None where the gazetteer has none."""
    longitude: float | None
    """In degrees, east of Greenwich; None where the gazetteer has none."""
    resolved_from: PlaceSource
    """What told it from others of its name."""


_CAPITAL = r"(?:(?:al|el|ad|an|ar|as|ash|at|az|ed|er|es|et|ez)-)?[A-ZÀ-ÖØ-ÞĀ-ŽƏİ'‘ʿ][\w'’‘-]+"
_JOINED = (
    r"(?:\s(?:de|del|da|do|dos|das|la|las|los|el|al|ad|adh|ar|ash|wa|bin|imeni|of|e|y|du|des|le|sur"
    r"|and|tek|\d{1,2}))"
)
_NAME = re.compile(rf"{_CAPITAL}(?:{_JOINED}{{0,2}}\s{_CAPITAL}){{0,5}}")
_KINDS = (
    r"(?:city|cities|town|village|hamlet|district|province|state|governorate|region|county|area"
    r"|municipality|department|oblast|prefecture|subdistrict|sub-district|neighbou?rhood|camp"
    r"|outskirts|countryside|suburbs?|port|capital|settlement|community|commune|locality|LGA)"
)
_PARTS = (
    r"(?:(?:central|downtown|eastern|western|northern|southern|(?:north|south)-?(?:east|west)(?:ern)?"
    r"|north|south|east|west|rural|nearby|greater)\s)"
)
_WHERE = re.compile(
    r"(?:^|[\s(\"“])(?:in|near|at|outside|around|inside|within|across|between|throughout|beyond"
    r"|towards?|into|on|of|from|to)\s(?:and\saround\s)?(?:(?:the|a|an|his|her|their|its)\s)?"
    rf"(?:(?:[\w'’-]+\s){{0,4}}?{_KINDS}\s(?:of|in)\s|{_PARTS}|(?:[a-z-]+\s){{0,2}}?{_KINDS}\s)"
    r"{0,3}$",
    re.I,
)
_LEAD = 80
"""Characters before a name in which its preposition stands: a search of more may take for ever."""
_PLAIN = re.compile(
    r"(?<!strike )(?<!strikes )(?<!raid )(?<!raids )(?<!attack )(?<!attacks )(?<!assault )"
    r"(?<!bombardment )\b(?:on|of|from|to)\s(?:(?:the|a|an|his|her|their|its)\s)?$",
    re.I,
)
"""What stands before other names as often as before those of places, but for "a strike on"."""
_CALLED = re.compile(rf"\b{_KINDS}\sof\s(?:{_PARTS})*$", re.I)
_DIRECTION = re.compile(
    r"\b(?:north|south|east|west|outskirts|center|centre|(?:north|south)-?(?:east|west)|part"
    r"|parts|side|capital|streets)\sof\s$",
    re.I,
)
_KIND_AFTER = re.compile(rf"^\s{_KINDS}\b")
_DISTRICT_AFTER = re.compile(
    r"^\s(?:district|province|state|governorate|region|county|department|oblast|prefecture"
    r"|countryside|municipality)\b",
    re.I,
)
_FACILITY = re.compile(
    r"^\s(?:(?:International|Central|City|General|State|District)\s)?(?:Airport|Square|Street|Road"
    r"|Avenue|University|Hospital|Market|Prison|Camp|Bridge|Port|Highway|Park|Stadium|Mosque|Church"
    r"|City|Town|Village|District|Province|State|Governorate|Region|County|LGA)\b"
)
_INSIDE = re.compile(rf"^(?:\s{_KINDS})?\sin\s(?:the\s)?(?:[\w-]+\s){{0,3}}?(?:of\s)?$", re.I)
"""Between a name that the gazetteer does not have and what surrounds that place."""
_SURROUNDS = re.compile(rf"^(?:\s{_KINDS})?(?:,\s|\s\(|\sin\s(?:the\s)?)$", re.I)
"""Between a name and what surrounds that place."""
_BEGINNING = re.compile(
    r"^(?:(?:In|Near|At|On|Outside|Inside|Around|From|To|By|When|After|Before|While|Last|Late|Early"
    r"|The|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s)+(?=\S)"
)
_BESIDE = re.compile(rf"^(?:\s{_KINDS})?(?:,\s|\s\()$", re.I)
_PART_OF = re.compile(
    rf"^(?:{_PARTS}?(?:{_KINDS}|zone|streets?|cent(?:er|re)|suburbs?)\sof\s)+$", re.I
)
"""What belongs to a name that is written with capitals: "Municipality of", "North Zone of"."""
_AND = re.compile(r"^\sand\s")
_WORDS = re.compile(r"\S+")
_NOT_PLACES = re.compile(
    r"january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|islamic|state|police|army|ramadan|eid|christmas"
    r"|easter|(?:north|south|east|west)(?:ern)?|central|the|an?|on|in|at|as|and|but|for|president"
    r"|minister|general|parliament|senate|congress|court|facebook|twitter|muslim|christian|jewish"
    r"|arab|kurdish|street|square|hospital|university|school|church|mosque|airport|union|market"
    r"|house|park|bridge|islam|covid",
    re.I,
)
"""Words that are written with a capital for another reason, though some place bears them."""
_FAR = 150.0
"""Kilometres within which the places of one sentence lie."""
_SAME = 25.0
"""Kilometres within which places of one name are one for us."""
_LARGER = 4
"""How many times as many people make one place the one that is meant."""


class PlaceReader:
    """Reads the place of each sentence, asked in the order of reading.

    Args:
        gazetteer: the places of the workspace's countries.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._article = ""
        self._before: list[GazetteerPlace] = []

    def of(self, sentence: Sentence, article: ArticleMetadata) -> ResolvedPlace | None:
        """The place where happened what a sentence tells, None where it names none.

        Args:
            sentence: one sentence.
            article: its article; the places of the sentences before it tell which one is meant.
        """
        if sentence.article_id != self._article:
            self._article, self._before = sentence.article_id, []
        return self.read(sentence.text, (article.source or "", article.url or ""))

    def typed(self, text: str, article: ArticleMetadata) -> ResolvedPlace | None:
        """The place that somebody typed: "Gwoza", or "Gwoza, Borno" to tell it from others.

        Args:
            text: as typed.
            article: the article that was read last.

        Returns:
            The place; None where the gazetteer has none, or several and nothing tells them apart.
        """
        named = [self._gazetteer.named(part) for part in map(str.strip, text.split(",")) if part]
        first, rest = named[0] if named else (), named[1:]
        if not first or (len(first) > 1 and not all(rest)):
            return None  # of several, the one that was meant is not known here
        around = [one for places in rest for one in places]
        name = _NamedPlace(text, first, happened=True, contains=False)
        resolved = self._resolved(name, around, (article.source or "", article.url or ""))
        if resolved is None:
            return None
        place, how = resolved
        self._before.append(place)
        return ResolvedPlace(
            text, place.precision, place.country, place.latitude, place.longitude, how
        )

    def read(self, text: str, outlet: tuple[str, str] = ("", "")) -> ResolvedPlace | None:
        """The place of a text in the article that was read last.

        Args:
            text: a sentence.
            outlet: who published it, and its address.
        """
        named = tuple(self._named(text))
        around = [one for name in named for one in self._sure(name)]
        found: list[ResolvedPlace] = []
        for name in named:
            if not name.happened or not name.places:
                continue
            resolved = self._resolved(name, around, outlet)
            if resolved is not None:
                place, how = resolved
                found.append(
                    ResolvedPlace(
                        name.text,
                        "district" if name.contains and place.precision == "place"
                        else place.precision,
                        place.country, place.latitude, place.longitude, how,
                    )
                )  # fmt: skip
        self._before += around
        del self._before[:-20]
        best = most_exact(found)
        if best is not None and best.precision == "place":
            return best
        unlisted = list(_unlisted(text, named))
        return self._within(best, min(unlisted, key=lambda one: one.rank)) if unlisted else best

    def _within(
        self, around: ResolvedPlace | None, unlisted: UnlistedPlace
    ) -> ResolvedPlace | None:
        """A place that the gazetteer does not have, as exactly as what surrounds it is known."""
        name = unlisted.text
        if around is not None and around.precision == "district":
            return around if unlisted.is_district else replace(around, text=name)
        sources: tuple[tuple[PlaceSource, Iterable[str]], ...] = (
            ("sentence", [around.country] if around else []),
            ("article", {one.country for one in self._before}),
            ("workspace", self._gazetteer.countries),
        )
        for how, countries in sources:
            if len(of := tuple(countries)) == 1:
                precision: PlacePrecision = "district" if unlisted.is_district else "place"
                return ResolvedPlace(name, precision, of[0], None, None, how)
        return around

    def _named(self, text: str) -> Iterator[_NamedPlace]:
        """The names of places in a sentence, each with whether something happened there."""
        last_end, last_happened, unknown = -1, False, False
        unknown_end = -1
        for run in _NAME.finditer(text):
            for start, end, places in self._known_in(text, run.start(), run.end()):
                lead, after = text[:start], text[end:]
                beside = last_end >= 0 and bool(_BESIDE.match(text[last_end:start]))
                where = _stands_as_place(lead)
                part = bool(_PART_OF.match(text[run.start() : start]))
                called = part or bool(_CALLED.search(lead) or _DIRECTION.search(lead))
                kind = bool(_KIND_AFTER.match(after) or _FACILITY.match(after))
                whole = (part or start == run.start()) and (
                    end == run.end() or bool(_FACILITY.match(after) or _AND.match(after))
                )
                inside = beside and last_happened
                happened = bool(places and ((whole and (where or called or kind)) or inside))
                if places:
                    yield _NamedPlace(
                        text[start:end], places, happened,
                        bool(_DISTRICT_AFTER.match(after)) or inside
                        or (unknown and where)
                        or (unknown_end >= 0 and bool(_INSIDE.match(text[unknown_end:start]))),
                        start, end,
                    )  # fmt: skip
                if not places:
                    unknown, unknown_end = where or called or kind, end
                if not (places and (whole or happened)):
                    # Or a place is a part of it: "Tal Baydar" is none that is called Baydar.
                    first = run.start() + _begun(run[0])
                    lead = text[:first]
                    if called or kind or _stands_as_place(lead):
                        one = unlisted_place(text[first : run.end()], lead, text[run.end() :])
                        if one is not None:
                            yield _NamedPlace(one.text, (), True, False, first, run.end(), one)
                last_end = end
                last_happened = happened or ((where or called or inside) and not places)

    def _known_in(
        self, text: str, start: int, end: int
    ) -> Iterator[tuple[int, int, tuple[GazetteerPlace, ...]]]:
        """The longest name in a run of capitals that the gazetteer has; the run if it has none."""
        words = [
            (one.start() + start, one.end() + start) for one in _WORDS.finditer(text[start:end])
        ]
        for first in range(len(words)):
            for last in range(len(words), first, -1):
                left, right = words[first][0], words[last - 1][1]
                name = text[left:right].removesuffix("'s").removesuffix("’s")
                if _NOT_PLACES.fullmatch(name):
                    continue
                places = self._gazetteer.named(name)
                if places:
                    yield left, left + len(name), places
                    return
        yield start, end, ()

    def _sure(self, name: _NamedPlace) -> Iterator[GazetteerPlace]:
        """The place of a name that stands for one place only, or a country."""
        countries = [one for one in name.places if one.precision == "country"]
        if countries:
            yield countries[0]
        elif len(name.places) == 1:
            yield name.places[0]

    def _resolved(
        self, name: _NamedPlace, around: list[GazetteerPlace], outlet: tuple[str, str]
    ) -> tuple[GazetteerPlace, PlaceSource] | None:
        places = [one for one in name.places if one.precision != "country"]
        if not places:
            return name.places[0], "sentence"
        if name.contains and (districts := [one for one in places if one.precision == "district"]):
            places = districts
        elif not name.contains:
            places = [one for one in places if one.precision == "place"] or places
        others = [one for one in around if one not in places]
        choices: tuple[tuple[PlaceSource, list[GazetteerPlace]], ...] = (
            ("sentence", _near(places, others)),
            ("article", _near(places, self._before)),
            ("outlet", [one for one in places if self._is_of(one.country, outlet)]),
            ("workspace", places),
        )
        for how, some in choices:
            one = _meant(some)
            if one is not None:
                return one, how
        return None

    def _is_of(self, country: str, outlet: tuple[str, str]) -> bool:
        """Whether an outlet is of a country, by the end of its address."""
        host = re.sub(r"^\w+://", "", outlet[1]).split("/")[0].lower()
        return bool(host) and host.endswith(f".{country.lower()}")


@dataclass(frozen=True, slots=True)
class _NamedPlace:
    text: str
    places: tuple[GazetteerPlace, ...]
    happened: bool
    """Whether the words around it say that something happened there."""
    contains: bool
    """Whether it is what surrounds the place that is meant."""
    start: int = 0
    end: int = 0
    """Where it stands, half-open, in code points."""
    unlisted: UnlistedPlace | None = None
    """What its words say of it where the gazetteer does not have it."""


def _unlisted(text: str, named: Sequence[_NamedPlace]) -> Iterator[UnlistedPlace]:
    """Names that no gazetteer has, of those in a sentence, where they are surely places."""
    for place, one in enumerate(named):
        if one.unlisted is not None and (
            one.unlisted.is_sure
            or any(
                other.places and _SURROUNDS.match(text[one.end : other.start])
                for other in named[place + 1 : place + 2]
            )
        ):
            yield one.unlisted


def _begun(name: str) -> int:
    """How many letters of a run of capitals only begin the sentence: "In Gakara"."""
    found = _BEGINNING.match(name)
    return found.end() if found else 0


def _stands_as_place(lead: str) -> bool:
    """Whether what follows a text stands where places stand: "in", "near the town of"."""
    return bool(_WHERE.search(_last_words(lead))) and not _PLAIN.search(lead)


def _last_words(lead: str) -> str:
    """The end of a text, cut before a word."""
    if len(lead) <= _LEAD:
        return lead
    return lead[max(lead.find(" ", len(lead) - _LEAD), len(lead) - _LEAD) :]


def _near(places: list[GazetteerPlace], others: list[GazetteerPlace]) -> list[GazetteerPlace]:
    """Those that lie near others, or else in their country."""
    close = [
        one for one in places if any(distance(one, other) < _FAR for other in others)
    ]  # fmt: skip
    return close or [one for one in places if any(one.country == o.country for o in others)]


def _meant(places: list[GazetteerPlace]) -> GazetteerPlace | None:
    """The one of several that is meant, None where that is open."""
    firsts = [one for one in places if one.is_first_name] or places
    if not firsts:
        return None
    best, *rest = sorted(firsts, key=lambda one: -one.population)
    if all(
        distance(best, one) < _SAME or best.population >= _LARGER * max(one.population, 1)
        for one in rest
    ):
        return best
    return None
