"""How far places lie from one another."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Protocol


class Located(Protocol):
    """A place with its coordinates in degrees, None where they are not known."""

    @property
    def latitude(self) -> float | None:
        """Degrees north."""

    @property
    def longitude(self) -> float | None:
        """Degrees east."""


def distance(one: Located, other: Located) -> float:
    """Kilometres between two places on a sphere; infinite where one has no coordinates."""
    if (
        one.latitude is None or one.longitude is None
        or other.latitude is None or other.longitude is None
    ):  # fmt: skip
        return float("inf")
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points, latitude and longitude in degrees (haversine)."""
    south, north = radians(one[0]), radians(other[0])
    across = radians(other[1] - one[1])
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(across / 2) ** 2
    return 12_742 * asin(sqrt(min(1.0, half)))
