"""Whether a model has learnt anything, on answers written by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest

from annotation.records import NumericClaim
from training.evaluation.bootstrap import ArticleDraws
from training.evaluation.confusion import ConfusionCounts, tally
from training.evaluation.promotion.agreement import (
    FLOOR_LEVEL,
    labels_mixed_up,
    not_learnt,
)

TYPES = ("fight", "talk", "help", "nothing")
ARTICLES = [f"a{number:02d}" for number in range(30) for _ in range(10)]
CLAIM = NumericClaim(0, 2, "20", "dead")
Cells = np.typing.NDArray[np.bool_]


def told(counts: ConfusionCounts) -> tuple[str, ...]:
    draws = ArticleDraws(counts.articles)
    return labels_mixed_up(counts, draws) or not_learnt(counts, draws)


ONE_TYPE = ("fight",)
EVERY_OTHER = np.tile([[True], [False]], (150, 1))


def of_one_type(said: Cells, truth: Cells = EVERY_OTHER) -> ConfusionCounts:
    return tally(ARTICLES, (truth, said), event_types=ONE_TYPE)


class TestTheFloors:
    def test_agreeing_as_often_as_chance_would_in_every_article_is_refused(self) -> None:
        said = np.tile([[True], [True], [False], [False]], (75, 1))
        truth = np.tile([[True], [False]], (150, 1))
        articles = [f"a{row // 4:02d}" for row in range(300)]
        (reason,) = told(tally(articles, (truth, said), event_types=ONE_TYPE))
        assert "kappa 0.00, 0.00 to 0.00" in reason

    @pytest.mark.parametrize("said", [True, False])
    def test_saying_the_same_everywhere_is_refused(self, said: bool) -> None:
        (reason,) = told(of_one_type(np.full((300, 1), said)))
        assert "hardly more than chance would" in reason

    def test_claims_count_as_events_do(self) -> None:
        said, none = [(CLAIM,), ()] * 20, [()] * 40
        articles = [f"a{row // 2}" for row in range(40)]
        assert not told(tally(articles, None, (said, said), claim_kinds=("dead",)))
        assert told(tally(articles, None, (said, none), claim_kinds=("dead",)))

    @pytest.mark.parametrize(
        ("ticked", "said"),
        [
            (1, "1 labelled decision are too few to judge; label about 50 more"),
            (9, "9 labelled decisions are too few to judge; label about 40 more"),
            (20, "20 labelled decisions are too few to judge; label about 30 more"),
            (48, "Are the labels mixed up?"),
        ],
    )
    def test_few_labels_are_called_few_and_not_mixed_up(self, ticked: int, said: str) -> None:
        truth = np.zeros((100, 1), dtype=bool)
        truth[:ticked] = True
        articles = [f"a{row % 10}" for row in range(100)]
        nothing = np.zeros_like(truth)
        (reason,) = told(tally(articles, (truth, nothing), event_types=ONE_TYPE))
        assert said.replace("decision are", "decision is") in reason
        # At 51 more may be asked for, so at 49 no more is promised.
        assert ("(50 usually suffice)" in reason) is (ticked < 48)

    def test_what_may_be_more_than_chance_is_told_how_many_labels_would_tell(self) -> None:
        chance = np.random.default_rng(3)
        truth = chance.random((60, 4)) < 0.3
        said = chance.random((60, 4)) < 0.3
        said[:4] = truth[:4]
        articles = [f"a{row // 6}" for row in range(60)]
        (reason,) = told(tally(articles, (truth, said), event_types=TYPES))
        assert re.search(r"cannot be told from chance yet \(.*\); about \d+ more labels", reason)

    @pytest.mark.parametrize("ticked", [7, 14, 40, 100])
    @pytest.mark.slow
    def test_labels_of_other_sentences_pass_for_learnt_no_oftener_than_it_says(
        self, ticked: int
    ) -> None:
        chance = np.random.default_rng(ticked)
        truth = np.zeros((300, 1), dtype=bool)
        truth[:ticked] = True
        passed = sum(
            not told(of_one_type(chance.permutation(truth), chance.permutation(truth)))
            for _ in range(100)
        )
        assert passed <= 100 * FLOOR_LEVEL + 3
