"""A project of a real Label Studio on SQLite, made again in another project and on PostgreSQL."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.dataset.snapshot import Snapshot, read_snapshot
from annotation.labelstudio.server.login import read_login
from annotation.labelstudio.transfer.labelled_again import LabelledAgain
from annotation.records import Annotation, Sentence
from newsledger.commands.labelling import pulling, pushing, restore
from newsledger.commands.labelling.restore import RestoreResult
from newsledger.commands.labelling.up import up
from newsledger.commands.state.project import opened
from newsledger.commands.team import review
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.team.policy import settle_policy
from newsledger.workspace import settle_workspace
from tests.conftest import Studio
from tests.corpus import make_corpus
from tests.people import DISPUTED, Person, join, marked, project_number, push_disputed, reason
from tests.postgres import Cluster

pytestmark = pytest.mark.server

SENTENCES, LABELLED = 60, 24
WORKSPACE = "1e5880d7"
"""Decides which sentences are drawn. Some without a suggestion are skipped by whoever gets them."""


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@pytest.fixture(scope="module")
def old(
    label_studio: Studio, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Snapshot]]:
    """Two people have labelled, a third has settled what they disagree on; all of it is pulled."""
    folder = tmp_path_factory.mktemp("old")
    ann, bob, cat = (join(label_studio, name) for name in ("ann", "bob", "cat"))
    settings = label_studio.workspace(folder / "workspace")
    settle_workspace(settings.workspace, known=WORKSPACE)
    settle_policy(settings, blind=0.3, overlap=0.3, people=2)
    rows = [
        {"sentence_id": f"s{n}", "article_id": f"a{n % 6}", "text": f"{one.text} in district {n}"}
        for n, one in enumerate(make_corpus(SENTENCES // 12, 12, seed=7).sentences)
    ]
    file = folder / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    pushed = pushing.push(settings, Quiet(), [str(file)], presplit=True)
    assert pushed.blind
    assert pushed.for_several
    push_disputed(settings, folder)
    with opened(settings, Quiet()) as ours:
        number = project_number(ours.page)
    for person in (ann, bob):
        for count in range(LABELLED):
            task = person.next(number)
            assert task is not None
            says(person, task, ["clash", "strike", "none"][count % 3], skipped=count % 7 == 6)
    bomb = ann.task_with(number, DISPUTED)
    ann.says(bomb["id"], ["bombing"], marked(DISPUTED, "12 men", "killed"))
    bob.says(bomb["id"], ["clash"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(review, "_opinions", lambda *_: {})  # second opinions take a minute
        side = project_number(review.fill_review(settings, Quiet(), most=20).url)
    asked = next(one for one in cat.tasks(side) if one["data"]["text"] == DISPUTED)
    cat.says(asked["id"], ["bombing"], reason("Planted, so no clash"))
    snapshot = read_snapshot(Path(pulling.pull(settings, Quiet()).path))
    assert any(one.suggested_by for one in snapshot.annotations)
    assert any(one.withheld for one in snapshot.annotations)
    assert any(one.cancelled for one in snapshot.annotations)
    assert any(one.verdict for one in snapshot.annotations)
    blind = {one.sentence_id for one in snapshot.annotations if one.withheld}
    answered = {one.sentence_id for one in snapshot.annotations if not one.cancelled}
    with opened(settings, Quiet()) as ours:
        waiting = {one.id for one in ours.studio.unlabelled(ours.id, ours.schema)}
    assert (blind - answered) & waiting  # shown again, with whatever is withheld then
    yield settings, snapshot
    for one in (ann, bob, cat):
        one.http.close()


def says(person: Person, task: dict[str, Any], event: str, *, skipped: bool) -> None:
    """Answer a task that was handed out, as the page does."""
    value = {"choices": [event]}
    ticks = {"from_name": "event", "to_name": "text", "type": "choices", "value": value}
    body = {
        "result": [ticks],
        "lead_time": 2.5,
        "was_cancelled": skipped,
        "parent_prediction": task["predictions"][0]["id"],
    }
    person.http.post(f"/api/tasks/{task['id']}/annotations/", json=body).raise_for_status()


def as_before(done: RestoreResult, snapshot: Snapshot) -> None:
    labels = sum(not one.verdict for one in snapshot.annotations)
    assert (done.tasks, done.labels) == (len(snapshot.sentences), labels)
    assert (done.verdicts, done.people) == (1, 3)
    assert (done.snapshot, done.read_back) == (snapshot.id, snapshot.id)


def test_killed_twice_it_ends_with_the_same_snapshot_in_another_project(
    old: tuple[Settings, Snapshot],
    label_studio: Studio,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, snapshot = old
    settings = label_studio.workspace(tmp_path / "other")  # a project of its own on that server

    def killed(*_: Any, **__: Any) -> None:
        raise Killed

    for name in ("_settle", "_read_back"):
        with monkeypatch.context() as patch:
            patch.setattr(restore, name, killed)
            with pytest.raises(Killed):
                restore.restore(settings, Quiet(), str(snapshot.path))
    # As if the server had lost what one person said, and one task.
    with opened(settings, Quiet()) as ours:
        number = project_number(ours.page)
        said_of = {one.sentence_id for one in snapshot.annotations}
        waiting = ours.studio.unlabelled(ours.id, ours.schema)
        some = next(one for one in waiting if one.id not in said_of)
        assert ours.studio.remove(ours.id, [some.id]) == 1
    owner = Person(label_studio.url, label_studio.token)
    try:
        said = next(one for task in owner.tasks(number) for one in task["annotations"])
        owner.http.delete(f"/api/annotations/{said['id']}/").raise_for_status()
    finally:
        owner.http.close()
    stored: list[object] = []
    alone = LabelledAgain.annotate

    def noted(self: LabelledAgain, missing: Iterable[tuple[Annotation, Sentence]]) -> None:
        stored.extend(missing := tuple(missing))
        alone(self, missing)

    monkeypatch.setattr(LabelledAgain, "annotate", noted)
    as_before(restore.restore(settings, Quiet(), "latest"), snapshot)
    assert len(stored) == 1
    assert pulling.pull(settings, Quiet()).snapshot == snapshot.id


def test_it_moves_to_postgresql_and_people_go_on_where_they_were(
    old: tuple[Settings, Snapshot], label_studio: Studio, postgres: Cluster, tmp_path: Path
) -> None:
    before, snapshot = old
    copy = tmp_path / "copy"
    shutil.copytree(before.workspace, copy)
    settings = read_settings(workspace=copy, database=postgres.make(), environment={})
    done = restore.restore(settings, Quiet(), "latest")
    as_before(done, snapshot)
    assert len(done.accounts) == 3
    with up(settings, Quiet(), seeds=False) as running:
        assert running.database is not None
        assert running.counts.tasks == done.tasks
        assert pulling.pull(settings, Quiet()).snapshot == snapshot.id
        assert running.login_file is not None
        login = read_login(running.login_file)
        assert login is not None
        number = project_number(running.project_url)
        owner = Person(running.url, login.token)
        try:
            queue = owner.tasks(number)
            waiting = [one for one in queue if one["predictions"]]
            assert len(waiting) == done.suggested
            first = owner.next(number)
            assert first is not None
            assert first["id"] in {one["id"] for one in waiting}
            # Somebody goes on: that label is new, and everything else is as it was.
            owner.says(first["id"], ["none"])
        finally:
            owner.http.close()
        now = read_snapshot(Path(pulling.pull(settings, Quiet()).path))
        new = set(now.annotations) - set(snapshot.annotations)
        assert [one.annotator for one in new] == [login.user]
        assert set(snapshot.annotations) <= set(now.annotations)
