"""What doctor finds wrong with the queue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotation.labelstudio.sync import ProjectCounts
from annotation.schema import read_schema
from newsledger.commands import doctor
from newsledger.settings import packaged
from training.model import untrained_model


@pytest.mark.parametrize(("labelled", "problems"), [(4, 1), (5, 0)])
def test_another_models_suggestions_are_a_problem_as_long_as_somebody_waits_for_them(
    labelled: int, problems: int
) -> None:
    before = replace(untrained_model(read_schema(packaged("label_config.xml"))), id="before")
    counts = ProjectCounts(tasks=5, with_suggestion=5, annotated=labelled, model_id="another")
    assert len(list(doctor._queue_problems(counts, 0, before))) == problems
