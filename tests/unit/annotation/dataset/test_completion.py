"""What is put into claims: the reader's values where there are none, and the rest of a word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.dataset.completion import complete
from annotation.records import Annotation, NumericClaim, Policy, SuggestedLabels
from annotation.schema import parse_schema
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
D = Decimal


def marked(text: str, *spans: str) -> tuple[Annotation, dict[str, str]]:
    """One person's spans in a sentence, none of them with a value."""
    claims = tuple(
        NumericClaim(text.index(span), text.index(span) + len(span), span, "dead") for span in spans
    )
    return annotate(SCHEMA, "s", "fight", claims=claims), {"s": text}


def completed(text: str, *spans: str) -> tuple[NumericClaim, ...]:
    annotation, texts = marked(text, *spans)
    return complete([annotation], texts).annotations[0].claims


def test_values_that_are_put_in_are_read_by_the_policy_of_the_project_and_name_it() -> None:
    annotation, texts = marked("Dozens of men and 12 boys died.", "Dozens of men", "12 boys")
    expected: dict[Policy, tuple[Decimal, Decimal | None]] = {
        "literal": (D(24), None),
        "acled": (D(12), D(12)),
    }
    for policy, (low, high) in expected.items():
        vague, exact = complete([annotation], texts, policy=policy).annotations[0].claims
        assert (vague.low, vague.high, vague.policy) == (low, high, policy)
        assert (exact.low, exact.high, exact.policy) == (D(12), D(12), None)


def test_what_a_person_typed_stays_and_names_the_policy_that_gives_it() -> None:
    annotation, texts = marked("Dozens of men died.", "Dozens of men")
    expected: tuple[tuple[Decimal, Decimal | None, Policy | None], ...] = (
        (D(24), None, "literal"),  # a suggestion that was accepted, by the policy of that day
        (D(12), D(12), "acled"),
        (D(30), D(60), None),
        (D(24), D(24), None),
    )
    for low, high, policy in expected:
        typed = replace(annotation.claims[0], low=low, high=high, modifier="vague")
        said = replace(annotation, claims=(typed,), suggested=SuggestedLabels(claims=(typed,)))
        (completed,) = complete([said], texts, policy="acled").annotations
        assert completed.claims == (replace(typed, policy=policy),)
        assert completed.suggested == SuggestedLabels(claims=(replace(typed, policy=policy),))


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "modifier", "unit"),
    [
        ("At least 12 civilians died.", "At least 12 civilians", D(12), None, "at_least", "count"),
        ("At least 12 civilians died.", "12", D(12), None, "at_least", "count"),
        ("At least 12 civilians died.", "civilians", D(12), None, "at_least", "count"),
        ("Some 3,000 fled.", "3,000 fled", D(3000), D(3000), "about", "count"),
        ("Up to 50 houses burnt.", "Up to 50 houses", None, D(50), "at_most", "count"),
        ("Between 10 and 15 men fell.", "10 and 15 men", D(10), D(15), "between", "count"),
        ("Dozens of people fled.", "Dozens", D(24), None, "vague", "count"),
        (
            "Half of the troops left.",
            "Half of the troops",
            D("0.5"),
            D("0.5"),
            "exactly",
            "fraction",
        ),
        ("It cost $4.5 million.", "$4.5 million", D(4500000), D(4500000), "exactly", "USD"),
        ("They took 80 percent of it.", "80 percent", D(80), D(80), "exactly", "percent"),
        # Two mentions are touched, the number of one of them is covered.
        ("12 men and 3 women died.", "men and 3 women", D(3), D(3), "exactly", "count"),
    ],
)
def test_a_claim_without_values_gets_those_of_the_reader(
    text: str, span: str, low: Decimal | None, high: Decimal | None, modifier: str, unit: str
) -> None:
    (claim,) = completed(text, span)
    assert (claim.low, claim.high, claim.modifier, claim.unit) == (low, high, modifier, unit)
    assert (claim.text, claim.read_by) == (span, "machine")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("12 men and 3 women died.", "12 men and 3 women"),  # which of the two?
        ("They fled in 2014.", "2014"),
        ("Nobody was hurt.", "Nobody"),
    ],
)
def test_where_not_one_reading_fits_a_claim_stays_without_values(text: str, span: str) -> None:
    annotation, texts = marked(text, span)
    assert complete([annotation], texts).annotations == (annotation,)


@pytest.mark.parametrize(
    "typed", [{"low": D(13)}, {"high": D(0)}, {"modifier": "about"}, {"low": D(1), "high": D(2)}]
)
def test_what_a_person_typed_is_never_changed(typed: dict[str, object]) -> None:
    annotation, texts = marked("At least 12 civilians died.", "At least 12 civilians")
    claim = replace(annotation.claims[0], **typed)  # type: ignore[arg-type]
    said = replace(annotation, claims=(claim,))
    found = complete([said], texts)
    assert (found.annotations, found.values_read) == ((said,), 0)


def test_what_was_skipped_stays_as_it_is() -> None:
    annotation, texts = marked("At least 12 civilians died.", "12")
    skipped = replace(annotation, cancelled=True)
    assert complete([skipped], texts).annotations == (skipped,)


def test_each_claim_gets_its_own_values_and_who_typed_as_well_is_left_alone() -> None:
    annotation, texts = marked("12 men and 3 women died.", "12 men", "3 women")
    said = annotation.claims[0], replace(annotation.claims[1], attribution="the army")
    found = complete([replace(annotation, claims=said)], texts)
    one, other = found.annotations[0].claims
    assert (one.low, other.low) == (D(12), D(3))
    assert (one.attribution, other.attribution, other.noun) == (None, "the army", "women")
    assert found.values_read == 2


def test_who_left_the_source_empty_said_that_there_is_none() -> None:
    annotation, texts = marked("Police said 12 men died.", "12 men")
    assert complete([annotation], texts).annotations[0].claims[0].attribution is None


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("Seven airstrikes hit Sake.", "ven airstri", "Seven airstrikes"),
        ("Seven airstrikes hit Sake.", "Seven airstri", "Seven airstrikes"),
        ("Seven airstrikes hit Sake.", "irstrikes", "airstrikes"),
        ("🙂 Seven airstrikes hit.", "ven", "Seven"),
        ("Some 12,000 fled.", "12", "12,000"),
        ("Some 12,000 fled.", "000 fled", "12,000 fled"),
        ("It fell 2.5 points.", "2", "2.5"),
        ("It cost $5m.", "$5", "$5m"),
        ("Über 30 Männer fielen.", "ber 30 M", "Über 30 Männer"),
        ("Cafe\u0301s burnt.", "Cafe", "Cafe\u0301s"),
    ],
)
def test_a_span_that_cuts_a_word_is_widened_to_it(text: str, span: str, whole: str) -> None:
    annotation, texts = marked(text, span)
    found = complete([annotation], texts)
    (claim,) = found.annotations[0].claims
    assert (claim.text, text[claim.start : claim.end]) == (whole, whole)
    assert [(one.marked, one.text) for one in found.widened] == [(span, whole)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Seven airstrikes hit Sake.", "Seven airstrikes"),
        ("Syria's 12 tanks burnt.", "Syria"),
        ("An eight-year war.", "eight"),
        ("It fell 80% in 2014.", "80"),
        ("10-15 men died.", "10"),
        ("In all, 12, 15 or 20 died.", "12"),
        ("He counted 12. Then 13.", "12"),
        ("有12人死亡。", "死"),  # no blanks between words
        ("12명이 숨졌다.", "12명"),
        ("قتل و12 جنديا", "12"),
    ],
)
def test_a_span_of_whole_words_stays_as_it_is(text: str, span: str) -> None:
    annotation, texts = marked(text, span)
    found = complete([annotation], texts)
    assert (found.annotations[0].claims[0].text, found.widened) == (span, ())


def test_a_widened_span_keeps_what_was_typed_and_the_claims_their_order() -> None:
    annotation, texts = marked("Seventeen men fell.", "men", "teen")
    claims = tuple(replace(one, low=D(17), high=D(17)) for one in annotation.claims)
    (found,) = complete([replace(annotation, claims=claims)], texts).annotations
    assert [(one.start, one.text, one.low) for one in found.claims] == [
        (0, "Seventeen", D(17)),
        (10, "men", D(17)),
    ]
