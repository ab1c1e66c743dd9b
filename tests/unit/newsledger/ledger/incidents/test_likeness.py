"""What speaks for two reports being of one incident."""

from __future__ import annotations

import pytest

from newsledger.ledger.incidents.likeness import (
    PointsOf,
    features_of,
    likeness,
    ruled_out,
)
from tests.unit.newsledger.ledger.reporting import TYPES, article, claim, reports

BLAST = ("A bomb killed 12 people in Mubi on Tuesday.", "bomb", [claim("12 people", 12)])


def test_the_reasons_are_words_and_add_up() -> None:
    other = ("Twelve died in Tuesday's Mubi blast.", "bomb", [claim("Twelve", 12)])
    one, two = features_of(
        reports(
            article("a", "2025-03-05", BLAST, places=["Mubi"]),
            article("b", "2025-03-06", other, places=["Mubi"]),
        ),
        TYPES,
    )
    found = likeness(one, two)
    told = " ".join(found.reasons)
    for reason in ("same day: 2025-03-04 (+0.20)", "same place: Mubi", "same names: mubi",
                   "both tell of bomb", "same number: 12 dead"):  # fmt: skip
        assert reason in told
    added = sum(float(reason.rsplit("(", 1)[1][:-1]) for reason in found.reasons)
    assert added == pytest.approx(found.points, abs=0.05)
    points = PointsOf((one, two))
    assert points(0, 1) == points(1, 0) == found.points
    assert 0.5 < found.score < 1


def test_copies_have_the_points_that_each_pair_has_by_itself() -> None:
    other = ("Twelve died in Tuesday's Mubi blast.", "bomb", [claim("Twelve", 12)])
    elsewhere = ("A ferry sank in Gombe.", "bomb", ())
    found = features_of(
        reports(
            article("a", "2025-03-05", BLAST, places=["Mubi"]),
            article("a-2", "2025-03-06", BLAST),
            article("b", "2025-03-06", other, places=["Mubi"]),
            article("b-2", "2025-03-06", other),
            article("c", "2025-03-06", elsewhere, places=["Gombe"]),
        ),
        TYPES,
    )
    points = PointsOf(found)
    for one, first in enumerate(found):
        for another, second in enumerate(found):
            assert points(one, another) == likeness(first, second).points


def test_a_number_and_a_day_alone_do_not_suffice() -> None:
    other = ("A ferry sank with 12 people aboard on Tuesday.", "bomb", [claim("12 people", 12)])
    filler = [
        article(f"f{number}", "2025-03-05", (f"Word{word} fell silent.", "bomb", ()))
        for number, word in enumerate("abcdefgh")
    ]
    one, two, *_ = features_of(
        reports(article("a", "2025-03-05", BLAST), article("b", "2025-03-05", other), *filler),
        TYPES,
    )
    assert {"same number: 12 dead (+0.05)", "same day: 2025-03-04 (+0.20)"} <= set(
        likeness(one, two).reasons
    )
    assert likeness(one, two).score < 0.5


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("A bomb killed 12 people in Mubi on Tuesday.", False),
        ("A bomb killed 12 people in Mubi.", False),
        ("A bomb killed 12 people in Mubi on Monday.", True),
        ("A bomb killed 12 people in Gombe on Tuesday.", True),
    ],
)
def test_another_day_or_place_rules_it_out(text: str, out: bool) -> None:
    one, two = reports(
        article("a", "2025-03-05", BLAST, places=["Mubi"]),
        article("b", "2025-03-05", (text, "bomb", ()), places=["Mubi", "Gombe"]),
    )
    assert ruled_out(one, two) is out


@pytest.mark.parametrize(
    ("published", "text", "out"),
    [
        ("2025-04-03", "The bomb of Mubi killed 12 people.", False),
        ("2025-09-03", "The bomb of Mubi killed 12 people.", True),
        ("2025-09-03", "A court convicted the man who laid the bomb of Mubi.", False),
        ("2026-03-04", "Mubi prayed on the anniversary of the bomb.", False),
        ("2025-02-03", "A court convicted the man who laid the bomb of Mubi.", True),
        (None, "The bomb of Mubi killed 12 people.", False),
    ],
)
def test_what_names_no_day_is_of_the_month_before_unless_it_looks_back(
    published: str | None, text: str, out: bool
) -> None:
    dated = article("a", "2025-03-05", BLAST, places=["Mubi"])
    undated = article("b", published, (text, "bomb", ()), places=["Mubi"])
    one, two = reports(dated, undated)
    assert ruled_out(one, two) is ruled_out(two, one) is out


def test_words_of_the_first_sentences_count_more_than_those_of_what_follows() -> None:
    told = ["Rebels shelled Kalemie.", "A boat burnt.", "A dam broke.", "Floods rose at Bukavu."]
    [one, *_] = features_of(
        reports(
            article("a", None, *((text, "bomb", ()) for text in told)),
            article("b", None, ("Ducks.", "bomb", ())),
        ),
        TYPES,
    )
    assert one.words["shell"] == one.words["dam"] > one.words["flood"]


def test_words_of_the_headline_count_more_than_those_of_a_sentence() -> None:
    blast, ferry = "A bomb tore up Mubi market.", "Rebels fled from Gombe town."
    one, of_blast, of_ferry = features_of(
        reports(
            article("a", None, (ferry, "bomb", ()), title="A bomb tore up Mubi market"),
            article("b", None, (blast, "bomb", ())),
            article("c", None, (ferry, "bomb", ())),
        ),
        TYPES,
    )
    # All words are told twice, but one headline weighs more than the sentence below it.
    assert one.words["market"] > one.words["town"]
    assert likeness(one, of_blast).points > 0 < likeness(one, of_ferry).points
