"""Confusion counts by article, on answers written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from annotation.records import NumericClaim
from training.evaluation.confusion import kappa, match_claims, tally


def claim(start: int, end: int, kind: str = "killed") -> NumericClaim:
    return NumericClaim(start, end, "x" * (end - start), kind)


class TestMatching:
    def test_matching_takes_the_best_overlap_first_and_each_claim_once(self) -> None:
        truth = (claim(0, 10), claim(12, 20))
        predicted = (claim(0, 10), claim(8, 20), claim(30, 33))
        pairs = match_claims(truth, predicted)
        assert [(a.start, b.start) for a, b in pairs] == [(0, 0), (12, 8)]

    def test_kinds_must_agree_unless_said_otherwise(self) -> None:
        truth, predicted = (claim(0, 5, "killed"),), (claim(0, 5, "wounded"),)
        assert match_claims(truth, predicted) == []
        assert len(match_claims(truth, predicted, same_kind=False)) == 1


class TestCounts:
    def test_of_events_and_claims_by_article(self) -> None:
        def claim(start: int, kind: str) -> NumericClaim:
            return NumericClaim(start, start + 5, "about", kind)

        counted = tally(
            ["x", "y", "x"],
            (np.array([[1, 0], [1, 1], [0, 0]]), np.array([[1, 1], [0, 1], [0, 0]])),
            (
                [(claim(0, "dead"), claim(9, "cash")), (), (claim(0, "dead"),)],
                [(claim(2, "dead"), claim(9, "dead")), (claim(0, "cash"),), ()],
            ),
            event_types=("fight", "talk"),
            claim_kinds=("dead", "cash"),
        )
        assert counted.articles == ("x", "y")
        assert counted.sentences.tolist() == [2, 1]
        assert counted.hits.tolist() == [[1, 0, 1, 0], [0, 1, 0, 0]]
        assert counted.false.tolist() == [[0, 1, 1, 0], [0, 0, 0, 1]]
        assert counted.missed.tolist() == [[0, 0, 1, 1], [1, 0, 0, 0]]
        assert counted.support.tolist() == [2, 1, 2, 1]

    def test_kappa_is_one_for_the_truth_and_zero_for_chance(self) -> None:
        n = np.array([100.0])
        full = np.array([[30.0]]), np.array([[0.0]]), np.array([[0.0]])
        chance = np.array([[9.0]]), np.array([[21.0]]), np.array([[21.0]])
        assert kappa(*full, n)[0] == pytest.approx(1)
        assert kappa(*chance, n)[0] == pytest.approx(0)
