"""The ways of writing one name."""

from __future__ import annotations

import pytest

from newsledger.ledger.days_and_places.place_forms import district_keys, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Dar'a", "Dara"), ("al-Qamishli", "Qamishli"), ("São Paulo", "Sao Paulo"), ("Øst", "Ost")],
)
def test_ways_of_writing_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_district_is_found_with_its_kind_and_without() -> None:
    assert district_keys("Borno State") == ("borno state", "borno")
    assert name_key("القامشلي") == ""
