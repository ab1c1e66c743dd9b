"""The place that a sentence tells of, from its own words and a gazetteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlacePrecision = Literal["place", "district", "country"]
"""How exactly a place is known: a settlement, what surrounds it, or the country alone."""


@dataclass(frozen=True, slots=True)
class ResolvedPlace:
    """A place that a sentence names, found in the gazetteer."""

    text: str
    """Its name as written in the sentence."""
    precision: PlacePrecision
    """How exactly it is known."""
    country: str
    """Code of its country, ISO 3166-1 alpha-2."""
    latitude: float | None
    """In degrees, north of the equator; None where the gazetteer has none."""
    longitude: float | None
    """In degrees, east of Greenwich; None where the gazetteer has none."""
    resolved_from: str
    """What told it from others of its name: sentence, article, outlet or workspace."""
