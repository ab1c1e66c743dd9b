"""A second opinion: of models that have not seen the article, on labels and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsledger.team.second_looks.second_opinion import second_opinions
from tests.corpus import make_corpus
from training.evaluation.cross_fitting import FOLDS
from training.examples import build_examples


@pytest.mark.slow
def test_every_labelled_sentence_gets_one(
    tmp_path: Path,
) -> None:
    snapshot = make_corpus(12, noise=0.0).freeze(tmp_path)
    rows = build_examples(snapshot)
    done = 0

    def advance(step: int) -> None:
        nonlocal done
        done += step

    found = second_opinions(rows, snapshot.schema, frozenset(rows.groups), advance=advance)
    assert done == FOLDS
    assert set(found) == set(rows.sentence_ids)
    right = sum(
        set(found[name].ticked) == {a for a, on in zip(rows.label_names, row, strict=True) if on}
        for name, row in zip(rows.sentence_ids, rows.labels, strict=True)
    )
    assert right > 0.8 * len(rows)
    numbers = [one for name in rows.sentence_ids for one in found[name].numbers]
    assert numbers
    assert all(set(one.kinds) == set(snapshot.schema.claim_aliases) for one in numbers)
    assert all(0 <= sum(one.kinds.values()) <= 1.0001 for one in numbers)


def test_of_one_article_there_is_none_unless_others_are_labelled(tmp_path: Path) -> None:
    rows = build_examples(snapshot := make_corpus(4).freeze(tmp_path))
    found = second_opinions(rows, snapshot.schema, {"a00"})
    assert set(found) == {one.id for one in rows.sentences if one.article_id == "a00"}
    alone = build_examples(snapshot := make_corpus(1).freeze(tmp_path))
    assert second_opinions(alone, snapshot.schema, {"a00"}) == {}
