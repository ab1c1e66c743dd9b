"""The passages of an article that report one incident each."""

from __future__ import annotations

from datetime import date

import pytest

from newsledger.ledger.incidents.reports import (
    ReportedPlace,
    Told,
    most_telling_place,
    places_written,
    same_place,
)
from tests.unit.newsledger.ledger.reporting import article, claim, reports

MUBI, GOMBE = "A bomb killed 12 people in Mubi on Tuesday.", "In Gombe six died on Tuesday."


def test_an_article_of_one_incident_is_one_report_and_is_compared_as_a_whole() -> None:
    [found] = reports(
        article(
            "a", "2025-03-05",
            ("The market was full.", "none", ()),
            (MUBI, "bomb", [claim("12 people", 12)]),
            ("Nobody has claimed it.", "none", ()),
        )
    )  # fmt: skip
    assert [told.sentence_id for told in found.sentences] == ["a:1", "a:2"]
    assert len(found.context) == 3
    assert found.exact_day == date(2025, 3, 4)


def test_a_round_up_is_cut_where_another_place_is_told_of() -> None:
    sentences = (
        (MUBI, "bomb", [claim("12 people", 12)]),
        ("The blast was heard far away.", "bomb", ()),
        (GOMBE, "bomb", [claim("six", 6)]),
    )
    for places in ((), ("Mubi", "Gombe")):
        found = reports(article("a", "2025-03-05", *sentences, places=places))
        assert [one.id for one in found] == ["a:0", "a:2"]


def test_a_round_up_is_cut_where_another_day_is_told_of() -> None:
    found = reports(
        article(
            "a", "2025-03-14",
            (MUBI, "bomb", ()),
            ("A bomb went off in Mubi on Thursday.", "bomb", ()),
            places=["Mubi"],
        )
    )  # fmt: skip
    assert [one.exact_day for one in found] == [date(2025, 3, 11), date(2025, 3, 13)]


def test_what_tells_of_nothing_that_happened_is_no_report() -> None:
    assert reports(article("a", "2025-03-05", ("He called for talks.", "talk", ()))) == ()


@pytest.mark.parametrize(
    "later",
    [
        "A woman died of her wounds on Saturday, bringing the toll to 13.",
        "The bodies were buried on Friday.",
        "The toll rose to 13 on Friday.",
        "Two more succumbed to burns in Gombe on Thursday.",
    ],
)
def test_what_came_of_it_later_is_the_same_report_on_the_same_day(later: str) -> None:
    places = ("Mubi", "Gombe")
    [found] = reports(
        article("a", "2025-03-09", (MUBI, "bomb", ()), (later, "bomb", ()), places=places)
    )
    assert found.exact_day == date(2025, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "A woman died of her wounds on Wednesday, and the toll of Tuesday's blast rose to five.",
        "Mourners buried on Thursday those who were killed on Tuesday.",
        "Soldiers searched forests on Wednesday for pupils who were abducted a day earlier.",
    ],
)
def test_of_a_sentence_that_tells_of_both_the_earlier_day_is_that_of_the_incident(
    text: str,
) -> None:
    [found] = reports(article("a", "2025-03-07", (text, "bomb", ())))
    assert found.exact_day == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Mubi",), ("mubi",), True),
        (("Mubi", "place", "NG"), ("Mubi", "place", "CM"), False),
        (("Mubi", "place", "NG"), ("Nigeria", "country", "NG"), True),
        (("Mubi", "place", "NG", 10.27, 13.26), ("Mubi Town", "place", "NG", 10.3, 13.3), True),
        (("Mubi", "place", "NG", 10.27, 13.26), ("Yola", "place", "NG", 9.2, 12.48), False),
        (("Mubi", "place", "NG", 10.27, 13.26), ("Adamawa", "district", "NG", 9.5, 12.5), True),
        (("Mubi", "place", "NG", 10.27, 13.26), ("Lagos", "district", "NG", 6.5, 3.4), False),
        (("Mubi", "place", "NG"), ("Yola", "place", "NG"), False),
        (("Ward 3", "place", "NG"), ("Ward 4", "place", "NG"), False),
        (("Bossaso", "place", "SO", None, None, False), ("Bosaso", "place", "SO"), True),
        (("Gakara", "place", "NG", None, None, False), ("Chad", "country", "TD"), False),
        (("Borno", "district", "NG", 11.5, 13.0), ("Kirawa village",), True),
        (("Gwoza", "place", "NG", 11.08, 13.69), ("Gwoza, Borno",), True),
    ],
)
def test_places_are_one_by_name_distance_or_as_one_holds_the_other(
    one: tuple[str], other: tuple[str], same: bool
) -> None:
    assert same_place(ReportedPlace(*one), ReportedPlace(*other)) is same


@pytest.mark.parametrize(
    "text",
    [
        "Two died in hospital on Thursday after the blast.",
        "Police arrested three men on Thursday over the killing of the mayor.",
        "Seven victims were buried early on Thursday.",
        "A man succumbed to his burns on Thursday.",
    ],
)
def test_the_day_of_what_came_afterwards_is_only_the_last_that_it_can_be(text: str) -> None:
    [found] = reports(article("a", "2025-03-07", (text, "bomb", ())))
    assert found.days == (date(2025, 2, 20), date(2025, 3, 6))


def test_a_day_after_a_preposition_is_no_place() -> None:
    found = places_written(
        "On Tuesday a bomb hit the market of Mubi, near the Faro river in March."
    )
    assert found == {"Mubi", "Faro"}


def test_a_place_that_is_listed_goes_before_a_name_alone_and_what_people_typed_before_both() -> (
    None
):
    borno = ReportedPlace("Borno", "district", "NG", 11.5, 13.0)
    alone = ReportedPlace("Zagga", "place", "NG", listed=False)
    typed = ReportedPlace("Kuda")
    told = [Told("1", "", place=alone), Told("2", "", place=borno), Told("3", "")]
    assert most_telling_place(told) == borno
    assert most_telling_place(told[:1]) == alone
    assert most_telling_place([*told, Told("4", "", place=typed, place_by_people=True)]) == typed
    assert most_telling_place(told[2:]) is None
