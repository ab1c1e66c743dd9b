"""What a retraining says in the end, and what counts as a label of an article."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from newsledger.commands.labelling.pulling import PullResult
from newsledger.commands.labelling.retraining import RetrainResult, labels_by_article
from newsledger.commands.learning.prune import PruneResult
from tests.corpus import make_corpus
from tests.unit.newsledger.commands.learning.test_train_result import result

PULLED = PullResult("id", "path", 9, 9, 9, 0, ("ann",), 0)


PRUNED = PruneResult(("m0",), (), 900_000, 2, 1, 2_000_000)


@pytest.mark.parametrize("promoted", [True, False])
@pytest.mark.parametrize("pruned", [PRUNED, None])
def test_its_last_line_is_the_one_to_pass_on(promoted: bool, pruned: PruneResult | None) -> None:
    trained = result(promoted=promoted, champion=0.55)
    lines = RetrainResult(PULLED, trained, 40, pruned).text().splitlines()
    assert lines[-1] == trained.outlook
    assert lines[-1].startswith("In short: ")


def test_it_tells_what_was_replaced_and_what_was_removed() -> None:
    text = RetrainResult(PULLED, result(promoted=True, champion=0.55), 1_391, PRUNED).text()
    assert "1,391 suggestions on unlabelled tasks replaced." in text
    assert "Removed: 1 model and 0 snapshots, 0.9 MB." in text


def test_skips_and_verdicts_are_no_labels_of_an_article(tmp_path: Path) -> None:
    snapshot = make_corpus(2, 3).freeze(tmp_path)
    first, second, *rest = snapshot.annotations
    others = [replace(first, verdict=True), replace(second, cancelled=True)]
    snapshot = replace(snapshot, annotations=(first, *others, *rest))
    assert labels_by_article(snapshot) == Counter(a00=2, a01=3)
