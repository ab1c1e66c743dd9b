"""The gazetteer of a workspace: the places of the countries that it names, in one SQLite file.

Data of GeoNames under CC BY 4.0; the file itself says so, in its table ``about``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar, get_args

from annotation.errors import WorkspaceError
from newsledger.ledger.days_and_places.place_forms import district_keys, name_key

PlacePrecision = Literal["place", "district", "country"]
"""How exactly a place is known: a settlement, what surrounds it, or the country alone."""

PRECISIONS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)
"""All of them, the most exact first."""


class _Precise(Protocol):
    @property
    def precision(self) -> str: ...


_AnyPlace = TypeVar("_AnyPlace", bound=_Precise)


def most_exact(places: Iterable[_AnyPlace]) -> _AnyPlace | None:
    """Of several places the first settlement, else the first district, else the first country."""
    return min(places, key=lambda one: PRECISIONS.index(one.precision), default=None)


NOTICE = "Places: GeoNames (https://www.geonames.org), CC BY 4.0, selected and indexed."
"""What the licence of the data asks to be said wherever the file goes."""

_FORMAT = 1
_TABLES = """
create table about (name text primary key, value text not null);
create table place (
    id integer primary key, name text not null, country text not null, precision text not null,
    latitude real, longitude real, population integer not null
);
create table name (
    key text not null, place integer not null references place (id), first integer not null,
    primary key (key, place)
) without rowid;
"""


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place that the gazetteer knows."""

    id: int
    """Its number at GeoNames."""
    name: str
    """Its name there."""
    country: str
    """Code of its country, ISO 3166-1 alpha-2."""
    precision: PlacePrecision
    """What it is."""
    latitude: float | None
    """Degrees north; None where it is not known."""
    longitude: float | None
    """Degrees east; None where it is not known."""
    population: int
    """How many people live there, 0 where it is not known."""
    is_first_name: bool | int = True
    """Whether the name that was asked for is its first one."""


class Gazetteer:
    """An open gazetteer.

    Args:
        path: the file.

    Raises:
        WorkspaceError: it is damaged, or another newsledger made it.
    """

    def __init__(self, path: Path) -> None:
        hint = "Make it again with `newsledger places build`."
        self._path = path
        try:
            self._file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            about = dict(self._file.execute("select name, value from about"))
        except sqlite3.Error as error:
            raise WorkspaceError(f"The gazetteer {path} cannot be read.", hint=hint) from error
        if about.get("format") != str(_FORMAT):
            raise WorkspaceError(f"The gazetteer {path} is of another newsledger.", hint=hint)
        self.countries = tuple(about["countries"].split())
        """Codes of the countries whose places it has."""
        self.named = lru_cache(maxsize=20_000)(self._named)
        """The places of a name, see ``_named``."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Goes to another process as its path, and is opened there once."""
        return _opened_once, (self._path,)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _named(self, name: str) -> tuple[GazetteerPlace, ...]:
        """The places of a name, those first whose first name it is, then the largest.

        Args:
            name: as written.
        """
        rows = self._file.execute(
            "select place.id, place.name, country, precision, latitude, longitude, population, "
            "first from name join place on place.id = name.place where key = ? "
            "order by first desc, population desc, place.id",
            (name_key(name),),
        )
        return tuple(GazetteerPlace(*row) for row in rows)


@lru_cache(maxsize=1)
def _opened_once(path: Path) -> Gazetteer:
    return Gazetteer(path)


def open_gazetteer(path: Path) -> Gazetteer | None:
    """The gazetteer of a workspace, None where it has none.

    Raises:
        WorkspaceError: it is damaged, or another newsledger made it.
    """
    return Gazetteer(path) if path.exists() else None


def write_gazetteer(
    places: Iterable[tuple[GazetteerPlace, Iterable[str]]], countries: Iterable[str], path: Path
) -> int:
    """Write a new file.

    Args:
        places: each place with its other names.
        countries: codes of the countries.
        path: a file that is not there yet.

    Returns:
        How many places it has.
    """
    file = sqlite3.connect(path)
    try:
        file.executescript(_TABLES)
        for one, others in places:
            file.execute(
                "insert or ignore into place values (?, ?, ?, ?, ?, ?, ?)",
                (one.id, one.name, one.country, one.precision, one.latitude, one.longitude,
                 one.population),
            )  # fmt: skip
            file.executemany(
                "insert or ignore into name values (?, ?, ?)",
                ((key, one.id, first) for key, first in _keys(one, others)),
            )
        about = {"format": _FORMAT, "countries": " ".join(countries), "licence": NOTICE}
        file.executemany("insert into about values (?, ?)", about.items())
        file.commit()
        (count,) = file.execute("select count(*) from place").fetchone()
    finally:
        file.close()
    return int(count)


def _keys(place: GazetteerPlace, others: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The keys by which a place is found; of a name in capitals, a code of some kind, none."""
    for name, first in ((place.name, True), *((one, False) for one in others)):
        if not first and name.isupper():
            continue
        for key in district_keys(name) if place.precision == "district" else (name_key(name),):
            if len(key) > 2:
                yield key, first
