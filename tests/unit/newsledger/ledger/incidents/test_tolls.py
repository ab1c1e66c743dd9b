"""The toll of an article, by the rule in the codebook."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.records import NumericClaim, Role
from newsledger.ledger.incidents.tolls import toll


def claim(text: str, low: int | None, high: int | None, role: Role = "total") -> NumericClaim:
    least, most = (None if one is None else Decimal(one) for one in (low, high))
    return NumericClaim(0, len(text), text, "dead", least, most, role=role)


def best(*sentences: list[NumericClaim]) -> int:
    found = toll(sentences, "dead")
    return 0 if found is None else int(found.best)


def test_what_one_sentence_claims_is_added_without_parts_and_earlier_numbers() -> None:
    assert best([claim("12 people", 12, 12), claim("three children", 3, 3, "part")]) == 12
    assert best([claim("18", 18, 18, "earlier"), claim("33", 33, 33)]) == 33
    assert best([claim("two men", 2, 2), claim("a woman", 1, 1)]) == 3


def test_numbers_that_add_up_to_another_are_its_parts() -> None:
    assert best([claim("8 men", 8, 8), claim("5", 5, 5), claim("3", 3, 3)]) == 8


def test_another_sentence_tells_it_anew_unless_it_adds() -> None:
    assert best([claim("two men", 2, 2)], [claim("2 people", 2, 2)]) == 2
    assert best([claim("two men", 2, 2)], [claim("another woman", 1, 1)]) == 3
    assert best([claim("a man", 1, 1)], [claim("more than 20 men", 20, None)]) == 20


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("Another two died.", 6), ("A further two died.", 6), ("Yet two died.", 4)],
)
def test_what_adds_may_stand_before_what_is_marked(text: str, wanted: int) -> None:
    two = replace(claim("two", 2, 2), start=text.index("two"), end=text.index("two") + 3)
    found = toll([[claim("four men", 4, 4)], [two]], "dead", ["Four men died.", text])
    assert found is not None
    assert found.best == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It killed a guard and 11 men were shot (total of 12 fatalities).", 12),
        ("It killed 5 soldiers, and 9 rebels and a nurse died, a total of 15 deaths.", 15),
        ("It killed 2 men and 3 women, the second attack of a total of 4 men.", 9),
        ("The blast killed 12 people (9 men according to the army).", 12),
        ("The blast killed 9 people (12 men according to the army).", 12),
        ("The raid killed 4 guards and (in the house) 3 drivers.", 7),
        ("It killed 12 people (police said another 3 men died later).", 15),
        ("It killed 2 people in Jos (and 4 men in Bauchi, police said).", 6),
        ("It killed 4 people and, in the south, a total of 9 people died.", 13),
    ],
)
def test_what_is_told_twice_within_a_sentence_counts_once(text: str, wanted: int) -> None:
    told = [
        replace(claim(found[0], int(found[1]), int(found[1])), start=found.start(), end=found.end())
        for found in re.finditer(r"(\d+) \w+", text)
    ]
    found = toll([told], "dead", [text])
    assert found is not None
    assert found.best == wanted


@pytest.mark.parametrize(
    ("noun", "text", "wanted"),
    [
        ("soldiers", "Two rebels were also killed.", 6),
        ("soldiers", "Two rebels also died.", 6),
        ("soldiers", "It also killed two rebels.", 6),
        ("soldiers", "The group also executed two rebels.", 6),
        ("soldiers", "Two rebels were killed.", 4),
        ("rebels", "It also killed two rebels.", 4),  # they may be some of the four
        ("people", "It also killed two rebels.", 4),
        ("civilians", "Among the dead were also two rebels.", 4),
        ("soldiers", "Police also said two rebels had died.", 4),
    ],
)
def test_another_group_that_also_died_is_added(noun: str, text: str, wanted: int) -> None:
    four = replace(claim(f"four {noun}", 4, 4), noun=noun)
    two = replace(
        claim("two rebels", 2, 2),
        noun="rebels",
        start=text.lower().index("two"),
        end=text.lower().index("rebels") + 6,
    )
    found = toll([[four], [two]], "dead", [f"Four {noun} were killed.", text])
    assert found is not None
    assert found.best == wanted


def test_who_died_earlier_is_no_toll_of_what_is_told() -> None:
    text = "Residents protested over the killing of two traders."
    two = replace(claim("two traders", 2, 2), start=text.index("two"), end=len(text) - 1)
    assert toll([[two]], "dead", [text]) is None
    assert toll([[two]], "dead") is not None  # without the words nothing is known of that


def test_of_equal_numbers_the_later_claim_is_stood_on() -> None:
    found = toll([[claim("two men", 2, 2)], [claim("2 people", 2, 2)]], "dead")
    assert found is not None
    assert [one.text for one in found.claims] == ["2 people"]


def test_an_open_end_stays_open() -> None:
    found = toll([[claim("at least 12", 12, None), claim("a woman", 1, 1)]], "dead")
    assert found is not None
    assert (found.low, found.best, found.high) == (Decimal(13), Decimal(13), None)
    found = toll([[claim("up to 12", None, 12)]], "dead")
    assert found is not None
    assert (found.low, found.best, found.high) == (None, Decimal(12), Decimal(12))


def test_there_is_none_where_nothing_counts() -> None:
    assert toll([[claim("three children", 3, 3, "part")]], "dead") is None
