"""Claims that are worth a second look: by what people, the reader and unseen models say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.dataset.adjudication import adjudicate
from annotation.numbers.reader import read
from annotation.records import NumericClaim
from annotation.schema import parse_schema
from newsledger.team.second_looks.doubted_claims import claim_reasons
from newsledger.team.second_looks.reasons import DISAGREE, LIKELY_WRONG, ReviewReason
from newsledger.team.second_looks.second_opinion import NumberOpinion, SecondOpinion
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
TEXT = "The blast left 12 men dead."
CLAIM = NumericClaim(15, 21, "12 men", "dead", Decimal(12), Decimal(12), "exactly")
CASH = replace(CLAIM, kind="cash")
MORE = replace(CLAIM, low=Decimal(120), high=Decimal(120))
WIDER = replace(CLAIM, end=26, text="12 men dead")


def reasons(
    *people: tuple[NumericClaim, ...], suggested: tuple[NumericClaim, ...] = (), **kinds: float
) -> list[ReviewReason]:
    said = [
        annotate(SCHEMA, "s", "fight", claims=claims, annotator=f"p{number}")
        for number, claims in enumerate(people)
    ]
    known = {"dead": 0.0, "cash": 0.0, "rest": 0.0, **kinds}
    numbers = [NumberOpinion(one, known) for one in read(TEXT)] if kinds else []
    opinion = SecondOpinion({}, (), suggested, tuple(numbers))
    return list(claim_reasons(adjudicate(said, SCHEMA), opinion, SCHEMA))


@pytest.mark.parametrize(
    ("people", "says"),
    [
        ([(CLAIM,), ()], "1 of 2 marked “12 men” as ‘dead’, 1 did not"),
        ([(CLAIM,), (), (CASH,)], "2 of 3 marked “12 men” as ‘dead’ or ‘cash’, 1 did not"),
        ([(CLAIM,), (CASH,)], "“12 men”: ‘dead’ (1 of 2), ‘cash’ (1 of 2)"),
        ([(CLAIM,), (CLAIM,), (CASH,)], "“12 men”: ‘dead’ (2 of 3), ‘cash’ (1 of 3)"),
        ([(CLAIM,), (MORE,)], "“12 men”: value 12 (1 of 2), 120 (1 of 2)"),
        ([(CLAIM,), (WIDER,)], "marked as “12 men” and as “12 men dead”"),
    ],
)
def test_what_people_say_differently_is_told(
    people: list[tuple[NumericClaim, ...]], says: str
) -> None:
    found = reasons(*people)[0]
    assert (found.kind, found.says) == (DISAGREE, says)


def test_people_who_agree_give_no_reason() -> None:
    assert reasons((CLAIM,), (CLAIM,)) == []
    assert reasons((CLAIM,), dead=0.9) == []


def test_a_kind_that_models_find_improbable_is_likely_wrong() -> None:
    (found,) = reasons((CASH,), dead=0.95, cash=0.01)
    assert found.kind == LIKELY_WRONG
    assert found.says == (
        "“12 men” marked as ‘cash’, models that have not seen this article say ‘dead’ (95 %)"
    )
    assert reasons((CASH,), (CASH,), dead=0.95, cash=0.01) == []  # two are believed more than one


def test_a_number_that_nobody_marked_and_models_claim_is_likely_missed() -> None:
    (found,) = reasons((), dead=0.98)
    assert found.says == (
        "“12 men” not marked, models that have not seen this article say ‘dead’ (98 %)"
    )


def test_a_value_that_the_reader_reads_otherwise_is_likely_wrong() -> None:
    (found,) = reasons((MORE,), dead=0.9)
    assert found.says == "“12 men” has the value 120, the reader reads 12"


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(replace(CLAIM, low=None, high=None, modifier=None), id="none was typed"),
        pytest.param(replace(MORE, read_by="machine"), id="no person typed it"),
        pytest.param(replace(MORE, modifier="vague"), id="what a vague word stands for"),
    ],
)
def test_a_value_is_not_doubted_where(claim: NumericClaim) -> None:
    assert reasons((claim,), dead=0.9) == []


def test_a_span_that_models_would_mark_otherwise_is_a_faint_doubt() -> None:
    (found,) = reasons((CLAIM,), suggested=(WIDER,))
    assert found.says == "marked as “12 men”, models would mark “12 men dead”"
    assert found.odds < 0.1
    assert reasons((CLAIM,), suggested=(CLAIM,)) == []
    assert reasons((CLAIM,), suggested=(replace(CLAIM, start=0, end=3, text="The"),)) == []


def test_the_value_of_one_who_typed_none_is_no_other_value() -> None:
    assert reasons((CLAIM,), (replace(MORE, read_by="machine"),)) == []
