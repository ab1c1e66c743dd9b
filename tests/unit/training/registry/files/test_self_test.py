"""A model is known by what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from annotation.records import NumericClaim
from training.model import Model
from training.registry.files.self_test import agree, run_self_test


class FirstWord:
    """Stands for a classifier that marks the first word of everything."""

    def predict(
        self, texts: Sequence[str], _: object, **more: object
    ) -> list[tuple[NumericClaim, ...]]:
        words = [text.split()[0] for text in texts]
        low = Decimal("2.5")
        return [
            (NumericClaim(0, len(one), one, "dead", low, None, "about", score=0.75),)
            for one in words
        ]


def test_a_self_test_holds_what_the_model_says_of_events_and_numbers(trained: Model) -> None:
    said = run_self_test(replace(trained, claims=FirstWord()))  # type: ignore[arg-type]
    assert agree(json.loads(json.dumps(said)), said)
    for events, claims in json.loads(json.dumps(said)):
        assert len(events) == len(trained.schema.event_aliases)
        assert [claim[2:] for claim in claims] == [["dead", 0.75, "about", 2.5, None]]


def test_a_model_without_classifiers_has_one_too(trained: Model) -> None:
    assert len(run_self_test(replace(trained, events=None, claims=None))) == 3
    assert not agree(
        run_self_test(replace(trained, claims=None, events=None)), run_self_test(trained)
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ([[0.25 + 1e-9], [[0, 4, "dead", 0.5, None, 12]]], True),
        ([[0.25 + 1e-4], [[0, 4, "dead", 0.5, None, 12]]], False),
        ([[0.25], [[0, 5, "dead", 0.5, None, 12]]], False),
        ([[0.25], [[0, 4, "rest", 0.5, None, 12]]], False),
        ([[0.25], []], False),
        ([[0.25, 0.5], [[0, 4, "dead", 0.5, None, 12]]], False),
        (None, False),
    ],
)
def test_two_self_tests_agree_but_for_what_processors_make_of_a_sum(
    other: object, same: bool
) -> None:
    assert agree([[0.25], [[0, 4, "dead", 0.5, None, 12]]], other) == same
