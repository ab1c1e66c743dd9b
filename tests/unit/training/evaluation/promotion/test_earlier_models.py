"""An earlier model answers for what it has not learnt, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.corpus import Corpus, make_corpus
from training.challenger import Challenger, make_challenger
from training.evaluation.promotion.earlier_models import EarlierModel, unseen_answers
from training.examples import Examples, build_examples
from training.train import TrainingSummary

CORPUS = make_corpus(6, 6)
SCHEMA = CORPUS.schema


def only(articles: range, last: int = 6) -> Corpus:
    """The labels of some articles, in each of its first sentences."""
    kept = {f"a0{number}:{index:04d}" for number in articles for index in range(last)}
    return replace(
        CORPUS, annotations=tuple(a for a in CORPUS.annotations if a.sentence_id in kept)
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Challenger:
    """A model of four articles, four labels in each."""
    return make_challenger(only(range(4), 4).freeze(tmp_path_factory.mktemp("snapshots")))


@pytest.fixture
def earlier(made: Challenger) -> EarlierModel:
    return EarlierModel(made.model, made.measurement.answers, made.learnt)


@pytest.fixture
def rows(tmp_path: Path) -> Examples:
    """All labels of all articles."""
    return build_examples(CORPUS.freeze(tmp_path))


@pytest.mark.slow
def test_stored_answers_for_its_articles_and_its_own_for_others(
    earlier: EarlierModel, rows: Examples
) -> None:
    chosen, said = unseen_answers(earlier, rows, SCHEMA)
    assert chosen == tuple(range(36))
    assert said is not None
    assert earlier.answers is not None
    mine = [one.id for one in rows.sentences if one.article_id < "a04"]
    np.testing.assert_array_equal(said.ticked[:24], earlier.answers.of(mine).ticked)
    own = earlier.model.predict(rows.sentences)
    np.testing.assert_array_equal(said.probability[24:], own.probability[24:])
    assert said.claims[24:] == own.claims[24:]


@pytest.mark.slow
def test_what_says_the_same_as_something_learnt_is_left_out(
    earlier: EarlierModel, rows: Examples
) -> None:
    twin = replace(rows.sentences[30], text=rows.sentences[0].text)
    known = replace(rows, sentences=(*rows.sentences[:30], twin, *rows.sentences[31:]))
    assert unseen_answers(earlier, known, SCHEMA)[0] == (*range(30), *range(31, 36))


def test_a_sentence_of_its_articles_that_it_never_met_is_left_out(
    earlier: EarlierModel, rows: Examples
) -> None:
    new = replace(rows.sentences[3], id="a00:0099")
    known = replace(rows, sentences=(*rows.sentences[:3], new, *rows.sentences[4:]))
    assert unseen_answers(earlier, known, SCHEMA)[0] == (*range(3), *range(4, 36))


class TestOfTheThirdFormat:
    """Without stored answers, and trained on all but the held-out articles."""

    @pytest.fixture
    def old(self, earlier: EarlierModel) -> EarlierModel:
        summary = replace(
            TrainingSummary.of_model(earlier.model) or TrainingSummary(0, {}),
            articles={},
            held_out={"a04": 6},
        )
        manifest = {**earlier.model.manifest, "training": summary.to_json()}
        return replace(earlier, model=replace(earlier.model, manifest=manifest), answers=None)

    def test_it_answers_for_articles_that_it_has_not_learnt(
        self, old: EarlierModel, rows: Examples
    ) -> None:
        assert unseen_answers(old, rows, SCHEMA)[0] == tuple(range(24, 36))

    def test_without_its_snapshot_only_for_those_that_were_held_out(
        self, old: EarlierModel, rows: Examples
    ) -> None:
        assert unseen_answers(replace(old, learnt=None), rows, SCHEMA)[0] == tuple(range(24, 30))

    def test_where_it_has_learnt_all_its_way_of_fitting_answers(
        self, old: EarlierModel, made: Challenger, rows: Examples
    ) -> None:
        chosen, said = unseen_answers(old, rows.rows(range(24)), SCHEMA)
        assert chosen == tuple(range(24))
        assert said is not None
        assert made.measurement.answers is not None
        again = made.measurement.answers.of(said.sentence_ids)
        np.testing.assert_array_equal(said.ticked, again.ticked)

    def test_without_its_snapshot_and_without_a_holdout_nobody_can_tell(
        self, old: EarlierModel, rows: Examples
    ) -> None:
        unknown = replace(old, learnt=None)
        assert unseen_answers(unknown, rows.rows(range(24)), SCHEMA) == ((), None)
