"""What people are called."""

from __future__ import annotations

from newsledger.report.people import shown_names


def test_what_stands_before_the_at_tells_people_apart() -> None:
    names = shown_names(["bob@a.example", "ann@a.example", "bob@b.example", "user 7", "@x"])
    assert names == {
        "ann@a.example": "ann", "bob@a.example": "bob", "bob@b.example": "bob 2",
        "user 7": "user 7", "@x": "@x",
    }  # fmt: skip


def test_a_number_that_somebody_has_already_is_not_given_again() -> None:
    names = shown_names(["bob 2@a.example", "bob@a.example", "bob@b.example"])
    assert len(set(names.values())) == 3
