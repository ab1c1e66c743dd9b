"""Sure sentences accepted in bulk on a real Label Studio: audited by a person, stopped, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from annotation.dataset.snapshot import read_snapshot
from annotation.errors import TrainingError
from annotation.labelstudio.machine_account import machine_address
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.learning import models
from newsledger.commands.state.project import opened
from newsledger.commands.team import accept
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk import JudgedAnswer
from newsledger.team.acceptance.bulk_rounds import read_bulk
from tests.conftest import Studio
from tests.people import Person, join, project_number
from tests.scripted_model import OTHER, SURE, Scripted
from training.examples import build_examples
from training.model import Model

pytestmark = pytest.mark.server


@pytest.fixture
def ann(label_studio: Studio) -> Iterator[Person]:
    person = join(label_studio, "ann")
    yield person
    person.http.close()


@pytest.fixture
def settings(label_studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace with 33 sentences, of 30 of which the model is sure, and that for good reason."""
    settings = label_studio.workspace(tmp_path / "workspace")
    model = cast(Model, Scripted(read_schema(settings.config)))
    judged = [JudgedAnswer(0.9, right=True)] * 400
    monkeypatch.setattr(accept, "_judged", lambda *_, **__: iter(judged))
    monkeypatch.setattr(models, "find_model", lambda _: model)
    # Nobody has a task open: with so few, all would be about to be shown.
    monkeypatch.setattr(TaskQueries, "next_up", lambda *_: set())
    article = tmp_path / "article.txt"
    article.write_text("\n".join((*OTHER, *SURE)), encoding="utf-8")
    with opened(settings, Quiet()) as ours:
        assert pushing.push_into(Quiet(), ours, model, [str(article)], presplit=True).created == 33
    return settings


def accepted(settings: Settings) -> accept.AcceptResult:
    return accept.accept(settings, Quiet(), label="none", precision=70.0)


def test_accepted_in_bulk_audited_and_undone(settings: Settings, ann: Person) -> None:
    found = accepted(settings)
    assert (found.in_all, found.audit) == (21, 9)
    audit = set(read_bulk(settings.accepted).rounds[-1].audit)
    with opened(settings, Quiet()) as ours:
        page, machine = ours.page, machine_address(ours.workspace)
        counts = ours.studio.counts(ours.id)
    assert (counts.annotated, counts.accepted) == (21, 21)
    number = project_number(page)

    # It is nobody's label: a pull counts none, and nothing is learnt from it.
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.labelled, pulled.accepted, pulled.annotators) == (0, 21, ())
    snapshot = read_snapshot(Path(pulled.path))
    assert {one.annotator for one in snapshot.accepted} == {machine}
    assert len(build_examples(snapshot)) == 0

    # People get the audit first, without a suggestion; the first two are something else.
    for place in range(9):
        task = ann.next(number)
        assert task is not None
        assert task["data"]["sentence_id"] in audit
        assert [one["result"] for one in task["predictions"]] == [[]]
        ann.says(task["id"], ["clash" if place < 2 else "none"])
    after = ann.next(number)
    assert after is not None
    assert after["data"]["sentence_id"] not in audit
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.labelled, pulled.accepted) == (9, 21)
    (told,) = pulled.audits
    assert (told.count.seen, told.count.wrong, told.count.broken) == (9, 2, True)
    snapshot = read_snapshot(Path(pulled.path))
    assert set(build_examples(snapshot).sentence_ids) == audit
    with pytest.raises(TrainingError, match="breaks its promise: of 9 sentences 2"):
        accepted(settings)

    assert accept.undo_accept(settings, Quiet()).taken_back == 21
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.labelled, pulled.accepted, pulled.audits) == (9, 0, ())
    again = ann.next(number)  # what was accepted waits for people again
    assert again is not None
    with opened(settings, Quiet()) as ours:
        counts = ours.studio.counts(ours.id)
    assert (counts.tasks, counts.annotated, counts.accepted) == (33, 9, 0)
