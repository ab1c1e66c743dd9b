"""Event types that are worth a second look: by votes and by what unseen models say."""

from __future__ import annotations

import pytest

from annotation.dataset.adjudication import adjudicate
from annotation.schema import parse_schema
from newsledger.team.second_looks.doubted_events import event_reasons
from newsledger.team.second_looks.reasons import DISAGREE, LIKELY_WRONG, ReviewReason
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
SURE = {"fight": 0.97, "talk": 0.01, "help": 0.01, "nothing": 0.01, "junk": 0.0}


def reasons(*people: tuple[str, ...], **probability: float) -> list[ReviewReason]:
    said = [
        annotate(SCHEMA, "s", *labels, annotator=f"p{number}")
        for number, labels in enumerate(people)
    ]
    return list(event_reasons(adjudicate(said, SCHEMA), probability, SCHEMA))


def odds(*people: tuple[str, ...], **probability: float) -> float:
    return sum(one.odds for one in reasons(*people, **probability))


def test_two_of_three_are_told_with_what_models_say() -> None:
    (found,) = reasons(("fight",), ("fight",), (), fight=0.9)
    assert found.kind == DISAGREE
    assert found.says == (
        "2 of 3 ticked ‘fight’, 1 did not; models that have not seen this article give it 90 %"
    )


def test_a_tick_that_nobody_else_understands_is_told_with_its_probability() -> None:
    (found, *_) = reasons(("help",), **{**SURE, "fight": 0.02, "help": 0.03})
    assert found.kind == LIKELY_WRONG
    assert found.says == ("ticked: ‘help’, models that have not seen this article give it 3 %")


def test_without_any_model_only_what_people_split_on_is_doubted() -> None:
    assert reasons(("fight",)) == []
    assert reasons(("fight",), ("fight",)) == []
    assert [one.says for one in reasons(("fight",), ("talk",))] == [
        "1 of 2 ticked ‘fight’, 1 did not",
        "1 of 2 ticked ‘talk’, 1 did not",
    ]


def test_nothing_is_said_where_people_and_models_say_the_same() -> None:
    assert reasons(("fight",), **SURE) == []


@pytest.mark.parametrize(
    ("more", "less"),
    [
        pytest.param(
            odds(("fight",), **{**SURE, "fight": 0.02}),
            odds(("fight",), **{**SURE, "fight": 0.2}),
            id="the less probable a tick",
        ),
        pytest.param(
            odds((), **SURE), odds((), **{**SURE, "fight": 0.6}), id="the more probable what is not"
        ),
        pytest.param(
            odds(("help",), **SURE),
            odds(("help",), **{**SURE, "fight": 0.01}) + odds((), **SURE),
            id="one taken for another before two errors",
        ),
        pytest.param(
            odds(("help",), **SURE), odds(("help",), ("help",), **SURE), id="one person before two"
        ),
        pytest.param(
            odds(("fight",), (), **SURE),
            odds(("fight",), ("fight",), (), **SURE),
            id="a tie before a majority",
        ),
        pytest.param(
            odds(("fight",), ("fight",), (), fight=0.1),
            odds(("fight",), ("fight",), (), fight=0.9),
            id="a majority against the models",
        ),
    ],
)
def test_what_is_likelier_wrong_comes_first(more: float, less: float) -> None:
    assert more > less


def test_a_tie_is_as_likely_wrong_as_not_whatever_models_say() -> None:
    assert odds(("fight",), (), fight=0.001) >= 1
