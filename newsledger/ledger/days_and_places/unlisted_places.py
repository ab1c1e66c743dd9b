"""Names of places that the gazetteer does not have: villages, most of them, known by their words.

A gazetteer lists what has some hundred inhabitants, in one way of writing. What stands where a
place stands ("in Gakara village", "near Mineralne") is one all the same, and its name is what
people look for; where it lies is known only as exactly as what surrounds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SETTLEMENT = r"(?:city|town|village|hamlet|settlement|township)"
_DISTRICT = (
    r"(?:district|province|state|governorate|region|county|department|oblast|prefecture"
    r"|municipality|sub-?district|subdivision|commune|LGA)"
)
_PART = r"(?:barangay|area|neighbou?rhood|camp|outskirts|suburbs?|port|locality|zone|sector|payam)"
_AFTER = re.compile(rf"^\s(?:(?P<town>{_SETTLEMENT})|(?P<district>{_DISTRICT})|{_PART})s?\b", re.I)
_OWN = re.compile(
    rf"\s(?:(?P<town>{_SETTLEMENT})|(?P<district>{_DISTRICT})|{_PART})$|^(?P<first>{_SETTLEMENT}|{_PART})\s",
    re.I,
)
"""A kind of place that is written as a part of the name: "Paletwa Town"."""
_BEFORE = re.compile(rf"\b{_SETTLEMENT}s?\sof\s$", re.I)
_SEVERAL = re.compile(r"^\s(?:villages|towns|hamlets|settlements|cities)\b")
_NUMBER_AFTER = re.compile(r"^\s\d{1,3}(?:/\d{1,3})?\b(?!\s[a-z])")
"""A number that belongs to a name: "Mine 6/7"."""
_OWNER_BEFORE = re.compile(r"\b(?:camp|community|base|group)s?\sof\s$", re.I)
_NEAR = re.compile(r"\bnear\s$", re.I)
_NAME_FOLLOWS = re.compile(rf"^\s(?:{_SETTLEMENT}|{_DISTRICT}|{_PART})s?\sof\s[A-Z]", re.I)
"""What stands behind a word for a people: "the Nigerian village of Gakara"."""
_PEOPLE = re.compile(r"(?:ian|ese|ish)s?$")
_ARTICLE_BEFORE = re.compile(r"\b(?:(?P<any>an?)|the)\s$", re.I)
_OTHER_THING = re.compile(
    r"^\s(?:\w+\s)?(?:square|street|road|roundabout|junction|crossing|bridge|highway|mountains?|river"
    r"|airport|airbase|air\sbase|base|checkpoint|prison|hospital|university|school|church|mosque"
    r"|market|stadium|embassy|party|forces?|militants?|fighters?|rebels?|soldiers?|troops|militias?"
    r"|police|army|battalion|brigade|movement|group|cit(?:y|ie)s|villages|communal|members?|leaders?)"
    r"\b",
    re.I,
)
_NO_NAME = re.compile(
    r"\b(?:Islamic|Arab|Kurdish|Jewish|Christian|Muslim|Public|Operation|President|Minister|Ministry"
    r"|Government|Army|Police|Parliament|Court|Council|Party|Front|Union|Movement|Brigade|Battalion"
    r"|Division|Corps|Force|Forces|Command|Security|Ramadan|Eid|Easter|Christmas|Covid|Coronavirus"
    r"|Twitter|Facebook|English|Arabic|French|Day|Line|Junction|Hospital|University|School|Bridge"
    r"|Airport|Station|Hotel|Post|Point|Highway|Checkpoint|Street|Road|Square|Market|Mosque|Church"
    r"|Prison|Community|Africa|Europe|Asia|America|God)\b|\b\w*[A-Z]\w*[A-Z]\w*\b"
)
"""A word that makes it none: what else has a capital, and letters that stand for a name."""
_DAYS = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july"
    r"|august|september|october|november|december)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class UnlistedPlace:
    """A name that the gazetteer does not have, and that stands where places stand."""

    text: str
    """The name, without the word that says what it is a name of."""
    is_district: bool
    """Whether that word says that it surrounds others."""
    is_sure: bool
    """Whether its own words say that it is a place: "the village of", "near"; else that is known
    only where what surrounds it is named behind it."""
    rank: int
    """How near it is to what is looked for: 0 for a town or village, 1 where nothing says what it
    is, 2 for a part of one or what surrounds it."""


def unlisted_place(name: str, lead: str, after: str) -> UnlistedPlace | None:
    """A name in a place's position as a place, None where its words say that it is something else.

    Args:
        name: the name as written.
        lead: the text before it.
        after: the text behind it.
    """
    name, *others = re.split(r"\sand\s", name)
    if others and _SEVERAL.match(after):
        return UnlistedPlace(name, is_district=False, is_sure=True, rank=0)
    if number := _NUMBER_AFTER.match(after):
        name, after = name + number[0], after[number.end() :]
    own = _OWN.search(name)
    if own is not None:
        name = name[own.end() :] if own["first"] else name[: own.start()]
    if _is_something_else(name, after):
        return None
    kinds = [one for one in (own, _AFTER.match(after)) if one is not None]
    article = _ARTICLE_BEFORE.search(lead)
    if _OWNER_BEFORE.search(lead) or (article and (not kinds or article["any"])):
        return None
    if article and _PEOPLE.search(name):
        return None
    if _BEFORE.search(lead) or any(one["town"] for one in kinds):
        return UnlistedPlace(name, is_district=False, is_sure=True, rank=0)
    if any(one["district"] for one in kinds):
        return UnlistedPlace(name, is_district=True, is_sure=True, rank=2)
    is_near = _NEAR.search(lead) is not None
    return UnlistedPlace(name, is_district=False, is_sure=is_near, rank=2 if kinds else 1)


def _is_something_else(name: str, after: str) -> bool:
    return bool(
        len(name) < 3
        or name.endswith(("'s", "’s"))
        or (name[0] in "'‘" and (name[-1] in "'’" or after[:1] in ("'", "’")))
        or _DAYS.match(name)
        or _NO_NAME.search(name)
        or _OTHER_THING.match(after)
        or _NAME_FOLLOWS.match(after)
    )
