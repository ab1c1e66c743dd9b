"""The file of a workspace's places."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from newsledger.ledger.days_and_places.gazetteer import (
    NOTICE,
    Gazetteer,
    GazetteerPlace,
    PlacePrecision,
    most_exact,
    open_gazetteer,
    write_gazetteer,
)


def test_a_place_is_found_by_each_of_its_names_and_the_licence_is_told(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    place = GazetteerPlace(1, "Al-Qāmishlī", "SY", "place", 37.05, 41.22, 184_000)
    assert write_gazetteer([(place, ("Qamishli", "KAC", "القامشلي"))], ("SY",), path) == 1
    gazetteer = Gazetteer(path)
    assert gazetteer.countries == ("SY",)
    assert [one.id for one in gazetteer.named("Qamishli")] == [1]
    assert gazetteer.named("al Qamishli")[0].is_first_name
    assert gazetteer.named("Kac") == ()
    with sqlite3.connect(path) as file:
        assert (NOTICE,) in file.execute("select value from about").fetchall()
    file.close()
    gazetteer.close()


def test_the_most_exact_place_is_the_first_of_its_kind() -> None:
    kinds: tuple[PlacePrecision, ...] = ("country", "district", "place", "district", "place")
    places = [GazetteerPlace(id, "", "SY", kind, None, None, 0) for id, kind in enumerate(kinds)]
    assert [most_exact(places[:count]) for count in (1, 2, 5)] == places[:3]
    assert most_exact([]) is None


def test_what_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    assert open_gazetteer(path) is None
    path.write_text("nothing of the kind, but long enough to be looked at")
    with pytest.raises(WorkspaceError, match="cannot be read"):
        open_gazetteer(path)
