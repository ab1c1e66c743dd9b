"""In which places people see the sentences, and whose suggestions: also after another champion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annotation.records import NumericClaim
from newsledger.commands.labelling import pushing, retraining
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import SEED_ARTICLES, seed_article_ids
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.labelling.push_and_pull.people import (
    SENTENCES,
    Killed,
    answered,
    in_places,
    in_task,
    killed,
    label,
    newest,
    picked,
    records,
)
from training.claims.classifier import ClaimClassifier
from training.model import Floats, Model, untrained_model


def test_a_pushed_sentence_is_labelled_as_it_was_picked(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    queue = in_places(server, before)
    for place in (0, 4):
        label(server, queue[place])
    how = picked(settings, ours)
    assert how[queue[0]].method != "random"
    assert how[queue[4]].method == "random"
    assert how[queue[4]].probability == pytest.approx(1 / 1000)


@pytest.mark.slow
def test_a_replacement_that_was_killed_leaves_no_false_record_and_is_finished_by_the_next(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    after = replace(before, id="after")
    server.fail("POST actions", answered, killed)  # deletes the suggestions of a batch
    with pytest.raises(Killed):
        retraining.refresh(settings, Quiet(), ours, after)
    done = in_places(server, after)
    assert 0 < len(done) < SENTENCES
    left = in_places(server, before)
    label(server, done[0])
    label(server, left[0])
    how, recorded = picked(settings, ours), records(settings)
    assert [how[done[0]].method, how[done[0]].probability] == recorded[done[0]][:2]
    assert left[0] in recorded
    # It was labelled in its former place, of which its task tells.
    assert [how[left[0]].method, how[left[0]].probability] == in_task(server, left[0])

    places = newest(server)
    assert retraining.refresh(settings, Quiet(), ours, after) == SENTENCES - len(done) - 1
    again = records(settings)
    assert {key: newest(server)[key] for key in done} == {key: places[key] for key in done}
    assert {key: again[key] for key in done} == {key: recorded[key] for key in done}
    assert ours.studio.counts(ours.id).model_id == after.id


@pytest.mark.slow
def test_suggestions_that_are_there_and_not_shown_are_shown(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    after = replace(before, id="after")
    retraining.refresh(settings, Quiet(), ours, after)
    server.projects[ours.id]["model_version"] = before.id  # killed just before this
    assert retraining.refresh(settings, Quiet(), ours, after) == 0
    assert ours.studio.counts(ours.id).model_id == after.id


class WholeSentences(ClaimClassifier):
    """Marks each sentence as one claim, so that its suggestions are unlike those of ``before``."""

    def predict(
        self, texts: Sequence[str], event_scores: Floats | None = None, **more: Any
    ) -> tuple[tuple[NumericClaim, ...], ...]:
        return tuple((NumericClaim(0, len(one), one, self.kinds[0]),) for one in texts)

    def predict_mentions(self, *args: Any, **more: Any) -> Floats:
        return np.zeros((0, 1 + len(self.kinds)))


def suggested_and_read(task: dict[str, Any], model_id: str) -> tuple[list[str], list[str]]:
    """The claims of a model's suggestion, and those in the line of readings above the sentence."""
    (shown,) = (one for one in task["predictions"] if one["model_version"] == model_id)
    marked = [one["value"]["text"] for one in shown["result"] if one["type"] == "labels"]
    line = task["data"]["readings"]
    return marked, [reading.split(" → ")[0] for reading in line.split(" | ") if reading]


@pytest.mark.slow
@pytest.mark.parametrize("head", [100, SENTENCES], ids=["some have both", "all have both"])
def test_after_a_rollback_each_line_of_readings_is_of_the_suggestion_that_is_shown(
    settings: Settings,
    server: FakeStudio,
    ours: WorkspaceProject,
    before: Model,
    head: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", head)
    claims = WholeSentences(ours.schema.claim_aliases)
    after = replace(before, id="after", claims=claims)
    assert retraining.refresh(settings, Quiet(), ours, after) == SENTENCES
    recorded = records(settings)
    assert retraining.refresh(settings, Quiet(), ours, before) == SENTENCES - head
    assert ours.studio.counts(ours.id).model_id == before.id
    for task in server.tasks.values():
        assert suggested_and_read(task, before.id) == ([], [])
    again = records(settings)
    assert sum(again[key] != recorded[key] for key in recorded) == SENTENCES - head  # no new place
    retraining.refresh(settings, Quiet(), ours, after)
    for task in server.tasks.values():
        text = task["data"]["text"]
        assert suggested_and_read(task, after.id) == ([text], [text])


@pytest.mark.slow
def test_what_is_up_to_date_is_not_written_again(
    settings: Settings, server: FakeStudio, ours: WorkspaceProject, before: Model
) -> None:
    server.calls.clear()
    assert retraining.refresh(settings, Quiet(), ours, before) == 0
    assert {call.split()[0] for call in server.calls} == {"GET"}
    assert not settings.picked.exists()


def own_and_seeds(server: FakeStudio, by: str) -> tuple[list[float], list[float]]:
    """The places of one's own sentences and of the seeds', as the active model has them."""
    own: list[float] = []
    seeds: list[float] = []
    for task in server.tasks.values():
        if not task["data"]["boilerplate"]:
            place = next(p["score"] for p in task["predictions"] if p["model_version"] == by)
            (seeds if task["data"]["article_id"] in seed_article_ids() else own).append(place)
    return own, seeds


@pytest.mark.slow
def test_own_articles_come_before_the_seeds_whatever_was_pushed_first(
    ours: WorkspaceProject, server: FakeStudio, settings: Settings, tmp_path: Path
) -> None:
    first, second, *_ = sorted(packaged(SEED_ARTICLES).glob("*.txt"))
    before, after = (replace(untrained_model(ours.schema), id=key) for key in ("before", "after"))

    def push(name: str, *more: Path) -> None:
        file = tmp_path / f"{name}.txt"
        file.write_text("\n\n".join(f"{name.title()} {n} was shelled." for n in range(30)))
        pushing.push_into(Quiet(), ours, before, [str(file), *map(str, more)])

    pushing.push_into(Quiet(), ours, before, [str(first)])
    seeds = newest(server)
    push("street")
    assert {key: newest(server)[key] for key in seeds} == seeds  # and not written anew
    push("bridge", second)
    for model in (before, after, before):
        retraining.refresh(settings, Quiet(), ours, model)
        own, others = own_and_seeds(server, model.id)
        assert len(own) == 60
        assert len(others) >= 50
        assert max(own) < min(others)
