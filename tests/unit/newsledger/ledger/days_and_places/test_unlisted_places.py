"""Names that no gazetteer has: which of them are places, and how near to what is looked for."""

from __future__ import annotations

import pytest

from newsledger.ledger.days_and_places.unlisted_places import unlisted_place


@pytest.mark.parametrize(
    ("lead", "name", "after", "place"),
    [
        ("He died in ", "Gakara", " village, Kolofata.", "Gakara"),
        ("He died in ", "Paletwa Town", ", Chin State.", "Paletwa"),
        ("He died in ", "Barangay Basak", ".", None),
        ("Shots were heard near ", "Mine", " 6/7.", "Mine 6/7"),
        ("It fell between ", "Banh and Koumbri", " villages.", "Banh"),
        ("He died in ", "Yola's", " market.", None),
        ("He died in ", "Sambisa", " Forest.", None),
        ("He died in ", "Sambisa", ", Borno.", None),
        ("He died in the ", "Nigerian", " village of Gakara.", None),
        ("He died in a ", "Dinka", " village.", None),
        ("It was '", "Revenge", "'.", None),
        ("It fell near ", "Sambisa", " early today.", "Sambisa"),
        ("He died in ", "Friday", " clashes.", None),
        ("He died in ", "NATO", " strikes.", None),
        ("He died in a ", "Fulani", " attack.", None),
        ("He met them at the ", "Seray", ".", None),
        ("He died on ", "Ring", " Road.", None),
        ("It was a camp of ", "Ansaru", ".", None),
        ("It was told by ", "Basira", ".", None),
        ("He died in ", "Arab", " villages.", None),
    ],
)
def test_its_words_say_whether_a_name_is_surely_one_of_a_place(
    lead: str, name: str, after: str, place: str | None
) -> None:
    found = unlisted_place(name, lead, after)
    assert (found.text if found and found.is_sure else None) == place


def test_a_village_is_nearer_to_what_is_looked_for_than_what_is_a_part_or_surrounds_it() -> None:
    village = unlisted_place("Gakara", "in ", " village")
    plain = unlisted_place("Gakara", "in ", ".")
    part = unlisted_place("Gakara", "in ", " neighbourhood")
    district = unlisted_place("Gakara", "in ", " district")
    barangay = unlisted_place("Barangay Basak", "in ", ".")
    ranks = [one.rank for one in (village, plain, part, barangay, district) if one is not None]
    assert ranks == [0, 1, 2, 2, 2]
    assert district is not None
    assert district.is_district
