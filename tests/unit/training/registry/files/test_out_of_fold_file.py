"""Out-of-fold answers come back from their file as they were."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from annotation.errors import ModelDamagedError, ModelVersionError
from tests.corpus import make_corpus
from training.challenger import Challenger, make_challenger
from training.evaluation.measurement import metrics_of
from training.registry.files.out_of_fold_file import answers_from_bytes, answers_to_bytes
from training.registry.store import ANSWERS, load_answers, save_model


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Challenger:
    return make_challenger(make_corpus(4, 8).freeze(tmp_path_factory.mktemp("snapshots")))


@pytest.mark.slow
def test_the_figures_of_stored_answers_are_those_of_the_first_time(
    made: Challenger, tmp_path: Path
) -> None:
    model = save_model(tmp_path, made.model, made.measurement.answers)
    answers = load_answers(tmp_path / model.id)
    assert answers is not None
    rows = made.measurement.rows
    again = metrics_of(rows, answers.of(rows.sentence_ids), model.schema)
    assert again == made.measurement.metrics
    assert again.to_json().items() <= model.manifest["metrics"].items()


@pytest.mark.slow
def test_the_same_answers_are_the_same_bytes(made: Challenger) -> None:
    told = made.measurement.answers
    assert told is not None
    content = answers_to_bytes(told)
    assert answers_to_bytes(told) == content
    back = answers_from_bytes(content)
    np.testing.assert_array_equal(back.ticked, told.ticked)
    assert answers_to_bytes(back) == content


def test_a_later_format_is_refused() -> None:
    content = gzip.compress(json.dumps({"format": 2}).encode())
    with pytest.raises(ModelVersionError, match="format 2"):
        answers_from_bytes(content)


@pytest.mark.slow
def test_a_model_without_answers_says_so_and_one_with_changed_ones_is_refused(
    made: Challenger, tmp_path: Path
) -> None:
    save_model(tmp_path, made.model)
    assert load_answers(tmp_path / made.model.id) is None
    with_answers = save_model(tmp_path / "more", made.model, made.measurement.answers)
    file = tmp_path / "more" / with_answers.id / ANSWERS
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelDamagedError, match=ANSWERS):
        load_answers(file.parent)
