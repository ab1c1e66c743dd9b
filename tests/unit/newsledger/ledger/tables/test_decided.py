"""Rows of what was decided."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from annotation.dataset.adjudication import adjudicate
from annotation.records import POLICIES, NumericClaim, Policy, Prediction
from newsledger.ledger.tables.decided import claim_ids, model_claims, people_claims
from tests.corpus import annotate
from tests.unit.newsledger.ledger.handover import SCHEMA, claim, rows, sentences, snapshot


def test_an_event_says_how_many_are_for_and_against_it_and_its_codes(tmp_path: Path) -> None:
    events = rows(snapshot(tmp_path))["events"]
    fight = next(row for row in events if row["event_id"] == "a1:0-18#fight")
    assert (fight["people_for"], fight["people_against"], fight["score"]) == (3, 0, None)
    assert (fight["acled"], fight["plover"]) == ("Battles: Armed clash", "ASSAULT")
    talk = next(row for row in events if row["label"] == "talk")
    assert (talk["people_for"], talk["score"], talk["model"], talk["acled"]) == (
        None,
        0.6,
        "m1",
        None,
    )


def test_a_claim_names_those_who_agree_with_it(tmp_path: Path) -> None:
    men = rows(snapshot(tmp_path))["claims"][0]
    assert men["claim_id"] == "a1:0-18#2-12"
    assert men["annotators"] == "ann@newsledger.example; ben@newsledger.example"
    assert (men["people_for"], men["people_against"]) == (2, 1)
    assert (men["low"], men["high"], men["modifier"]) == (Decimal(12), Decimal(12), "exactly")


def test_unit_and_noun_of_a_claim_of_people_are_read_in_its_words(tmp_path: Path) -> None:
    men, cash = (row for row in rows(snapshot(tmp_path))["claims"] if row["read_by"] == "person")
    assert (men["unit"], men["noun"]) == ("count", "men")
    assert cash["unit"] == "USD"


def test_the_id_of_a_claim_stays_when_its_kind_is_corrected() -> None:
    one = claim("Three", "rest", 3, "Three fought.")
    other = replace(one, kind="dead", low=Decimal(4))
    assert list(claim_ids("s", [one])) == list(claim_ids("s", [other])) == ["s#0-5"]
    assert list(claim_ids("s", [one, other])) == ["s#0-5", "s#0-5/dead"]


def test_a_claim_names_the_policy_that_it_was_read_by() -> None:
    sentence = replace(sentences()[0], text="Dozens of men died.")
    vague = NumericClaim(0, 13, "Dozens of men", "dead", Decimal(12), Decimal(12), "vague")
    policies: tuple[Policy | None, ...] = (None, *POLICIES)
    for policy in policies:
        read = replace(vague, policy=policy)
        said = annotate(SCHEMA, sentence, claims=(read,))
        (row,) = people_claims(sentence, (read,), adjudicate([said], SCHEMA), SCHEMA)
        assert row["policy"] == policy
        (row,) = model_claims(sentence, Prediction(sentence.id, (), (read,), "m"), SCHEMA)
        assert row["policy"] == policy
