"""Places out of files of GeoNames."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotation.errors import InputError
from newsledger.ledger.days_and_places.geonames import places_of_dump

LINES = (
    ("1", "Mubi", "Mubi", "Moubi", "10.27", "13.26", "P", "PPL", "NG", *[""] * 5, "225705"),
    ("2", "Borno State", "Borno", "", "11.5", "13", "A", "ADM1", "NG", *[""] * 5, "0"),
    ("3", "Lake Chad", "Lake Chad", "", "13", "14", "H", "LK", "NG", *[""] * 5, "0"),
    ("4", "Maroua", "Maroua", "", "10.6", "14.3", "P", "PPL", "CM", *[""] * 5, "319941"),
)
TEXT = "".join("\t".join((*line, "", "", "", "")) + "\n" for line in LINES)


@pytest.mark.parametrize("packed", [False, True])
def test_places_and_districts_of_the_country_are_read(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("NG.zip" if packed else "NG.txt")
    if packed:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("NG.txt", TEXT)
    else:
        path.write_text(TEXT, encoding="utf-8")
    found = [(one.name, one.precision) for one, _ in places_of_dump(path, frozenset({"NG"}))]
    assert found == [("Mubi", "place"), ("Borno State", "district")]


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "NG.txt"
    path.write_text(TEXT + "something else\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 5"):
        tuple(places_of_dump(path, frozenset({"NG"})))
