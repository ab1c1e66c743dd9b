"""What comes back of a project, over fake servers; over real ones it is in tests/server."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from annotation.dataset.snapshot import read_snapshot, write_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import (
    StudioError,
    StudioStorageError,
    WorkspaceError,
)
from annotation.records import EventLabels
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.labelling.restore import restore
from newsledger.commands.learning import prune
from newsledger.commands.state import project
from newsledger.commands.state.seeds import with_seeds
from newsledger.progress import Quiet
from newsledger.settings import read_settings
from newsledger.team.acceptance.bulk_rounds import AcceptedRound, BulkRecord, write_bulk
from tests.contract.fake_studio import TOKEN, FakeStudio
from tests.unit.newsledger.commands.labelling.restore.projects import (
    OTHER,
    PEOPLE,
    TEXT,
    Killed,
    Mortal,
    Old,
    checked,
    configured,
    numbers_stored,
    says,
)
from training.model import untrained_model


@pytest.mark.slow
def test_everything_is_there_again_and_a_pull_gives_the_same_snapshot(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    # What was made last is for training, and has labels that are in no project.
    with_seeds(settings, Quiet(), old.snapshot)
    assert snapshots_in_order(settings.snapshots)[-1].name != old.snapshot.id
    assert old.snapshot.id not in prune.remove_old(settings, keep=1).snapshots
    done = checked(settings, old, server, "latest")
    assert done.accounts == PEOPLE
    assert (done.labels, done.verdicts, done.people) == (5, 1, 3)
    words = done.text()
    assert f"{done.tasks} tasks, 5 labels and 1 verdict of 3 people are as they were" in words
    assert "newsledger annotators reset-password" in words
    by = {
        said["completed_by"]["email"]
        for one in server.tasks.values()
        for said in one["annotations"]
    }
    assert by == set(PEOPLE)
    # What was drawn waits for no second draw, and the same news is not shown again.
    article = tmp_path / "again.jsonl"
    article.write_text(f'{{"id": "new", "text": "{TEXT[:57]}"}}\n', encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        model = replace(untrained_model(ours.schema), id="m")
        assert pushing.push_into(Quiet(), ours, model, [str(article)]).same_as_another == 2


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_call_it_is_run_again_and_ends_with_the_same(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path, after: bool
) -> None:
    call = 2 if after else 1
    while True:
        server = servers[OTHER] = Mortal(call, after=after)
        settings = old.elsewhere(tmp_path / f"copy-{call}")
        try:
            restore(settings, Quiet(), "latest")
            break
        except Killed:
            call += 4  # each was tried once; all of them take most of a minute
        checked(settings, old, server)
    assert call > 40


@pytest.mark.slow
def test_what_the_server_loses_in_silence_is_stored_again(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()

    def losing(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        found = answer()
        for task in server.tasks.values():
            task["annotations"] = []
        return found

    server.fail("POST project import", losing, losing)
    checked(old.elsewhere(tmp_path / "copy"), old, server)


@pytest.mark.slow
def test_what_is_lost_again_and_again_is_named(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")

    def losing(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        for task in server.tasks.values():
            task["annotations"] = []
        return answer()

    server.fail("POST project exports", *[losing] * 12)
    with pytest.raises(
        StudioStorageError, match=r"3 of ann@x.example, 2 of bob@x.example, 1 of cat"
    ):
        restore(settings, Quiet(), "latest")
    # Until it is finished, nobody takes it for what people said.
    with pytest.raises(WorkspaceError, match="a restore was cut short") as refused:
        pulling.pull(settings, Quiet())
    assert refused.value.hint.endswith(f"newsledger restore {old.snapshot.id}")
    server.faults.clear()
    checked(settings, old, server)


@pytest.mark.slow
def test_what_people_change_afterwards_counts_as_of_then(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    checked(settings, old, server)
    changed = next(
        said
        for one in server.tasks.values()
        for said in one["annotations"]
        if said["completed_by"]["email"] == "bob@x.example" and "talks" in str(said["result"])
    )
    changed["result"] = []
    changed["updated_at"] = "2027-01-01T00:00:00Z"
    pulled = read_snapshot(Path(pulling.pull(settings, Quiet()).path))
    new = {one for one in pulled.annotations if one not in old.snapshot.annotations}
    assert [(one.annotator, one.updated_at) for one in new] == [
        ("bob@x.example", "2027-01-01T00:00:00Z")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("finished", [True, False])
def test_a_new_project_of_the_same_number_was_restored_from_nothing(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path, finished: bool
) -> None:
    servers[OTHER] = FakeStudio() if finished else Mortal(60)
    settings = old.elsewhere(tmp_path / "copy")
    with nullcontext() if finished else pytest.raises(Killed):
        restore(settings, Quiet(), "latest")
    server = servers[OTHER] = FakeStudio()
    server.users[5] = {"id": 5, "email": PEOPLE[0], "first_name": ""}
    before = next(one for one in old.snapshot.annotations if one.withheld is not None)
    assert before.annotator == PEOPLE[0]
    with project.running(settings, Quiet(), None) as host:
        ours = project.find(settings, host.studio, read_schema(settings.config), create=True)
        model = replace(untrained_model(ours.schema), id="m")
        pushing.push_into(Quiet(), ours, model, [str(tmp_path / "article.jsonl")])
    (task,) = (
        one for one in server.tasks.values() if one["data"]["sentence_id"] == before.sentence_id
    )
    says(server, task, 5, *before.events.aliases)
    (now,) = read_snapshot(Path(pulling.pull(settings, Quiet()).path)).annotations
    assert now.events == before.events
    assert now.withheld is None


@pytest.mark.slow
def test_what_a_machine_accepted_waits_again_and_audits_come_first(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    labelled = {one.sentence_id for one in old.snapshot.annotations}
    free = [one.id for one in old.snapshot.sentences if one.id not in labelled]
    said = old.snapshot.annotations[0]
    given = [replace(said, sentence_id=key, annotator="machine") for key in (*labelled, free[0])]
    snapshot = write_snapshot(
        settings.snapshots,
        sentences=old.snapshot.sentences,
        annotations=old.snapshot.annotations,
        schema=old.snapshot.schema,
        articles=old.snapshot.articles,
        tasks=old.snapshot.tasks().values(),
        accepted=given,
    )
    audit = AcceptedRound("talks", 0.9, 0.9, "m", 0, tuple(free[1:3]), (free[0],), done=True)
    write_bulk(settings.accepted, BulkRecord(rounds=(audit,)))
    done = restore(settings, Quiet(), snapshot.id)
    score = {
        one["data"]["sentence_id"]: float(one["predictions"][0]["score"])
        for one in server.tasks.values()
        if "key" not in one["data"] and one["predictions"]
    }
    assert {key for key, place in score.items() if place == 0} == set(audit.audit)
    assert (done.accepted, done.read_back == snapshot.id) == (1, False)
    told = "1 sentence that a machine accepted in bulk waits again"
    assert f"{told}: `newsledger accept --undo` ends that round." in done.text()


@pytest.mark.slow
def test_whose_name_makes_no_address_has_an_account_all_the_same(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    renamed = {PEOPLE[0]: "Олена", PEOPLE[1]: "bob @ desk"}
    snapshot = write_snapshot(
        old.settings.snapshots,
        sentences=old.snapshot.sentences,
        annotations=[
            replace(one, annotator=renamed.get(one.annotator, one.annotator))
            for one in old.snapshot.annotations
        ],
        schema=old.snapshot.schema,
        articles=old.snapshot.articles,
        picked=old.snapshot.picked,
        tasks=old.snapshot.tasks().values(),
        codebook=old.snapshot.codebook,
    )
    servers["foreign"] = server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    with pytest.raises(StudioError, match=r"@newsledger.local \(Олена\)"):
        restore(settings, Quiet(), snapshot.id)
    del servers["foreign"]
    done = restore(settings, Quiet(), snapshot.id)
    assert done.read_back == snapshot.id
    names = {one["email"]: one["first_name"] for one in server.users.values()}
    assert {names[one] for one in done.accounts} == {*renamed.values(), ""}
    assert all(one.isascii() for one in done.accounts)


@pytest.mark.slow
def test_event_types_in_another_order_are_the_same_labels(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    free = next(one for one in old.server.tasks.values() if not one["annotations"])
    says(old.server, free, 5, "bombing", "clash")
    before = read_snapshot(Path(pulling.pull(old.settings, Quiet()).path))
    server = servers[OTHER] = FakeStudio()
    swapped = configured(
        old.elsewhere(tmp_path / "copy"),
        tmp_path,
        ('alias="bombing"', 'alias="later"'),
        ('alias="clash"', 'alias="bombing"'),
        ('alias="later"', 'alias="clash"'),
    )
    restore(swapped, Quiet(), "latest")
    assert numbers_stored(server).most_common(1)[0][1] == 1
    pulled = read_snapshot(Path(pulling.pull(swapped, Quiet()).path))
    assert [one.events.aliases for one in pulled.annotations] != [
        one.events.aliases for one in before.annotations
    ]
    assert [replace(one, events=EventLabels(())) for one in pulled.annotations] == [
        replace(one, events=EventLabels(())) for one in before.annotations
    ]


@pytest.mark.slow
def test_what_somebody_changes_meanwhile_is_named_and_not_stored_beside_it(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")

    def changing(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        for one in server.tasks.values():
            for said in one["annotations"]:
                if "talks" in str(said["result"]) and "key" not in one["data"]:
                    said["result"] = []
        return answer()

    server.fail("POST project exports", changing)
    quiet = Quiet()
    done = restore(settings, quiet, "latest")
    assert (done.labels, done.verdicts, done.people) == (4, 1, 3)
    (problem,) = quiet.problems
    assert "1 of bob@x.example" in problem.message
    assert numbers_stored(server).most_common(1)[0][1] == 1
    pulling.pull(settings, Quiet())


@pytest.mark.slow
def test_an_import_whose_answer_was_lost_is_not_sent_twice(
    old: Old,
    servers: dict[str, FakeStudio],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotation.labelstudio.tasks.settling.QUIET", 0.05)
    server = servers[OTHER] = FakeStudio()

    def too_late(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        return httpx.Response(504, text="<html>late</html>")

    server.fail("POST project import", too_late, too_late, too_late)
    checked(old.elsewhere(tmp_path / "copy"), old, server)


@pytest.mark.slow
def test_a_folder_is_taken_in_and_kept_when_the_workspace_is_pruned(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = read_settings(workspace=tmp_path / "new", url=OTHER, api_key=TOKEN, environment={})
    done = restore(settings, Quiet(), str(old.snapshot.path))
    assert (done.snapshot, done.read_back) == (old.snapshot.id, old.snapshot.id)
    assert snapshots_in_order(settings.snapshots)[0].name == old.snapshot.id
    says(server, next(iter(server.tasks.values())), 1, "none")
    pulling.pull(settings, Quiet())
    assert old.snapshot.id not in prune.remove_old(settings, keep=1).snapshots


@pytest.mark.slow
def test_who_had_no_address_gets_an_account_made_of_the_name(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    for user in old.server.users.values():
        user["email"] = "" if user["email"] == "bob@x.example" else user["email"]
    pulled = pulling.pull(old.settings, Quiet())
    assert "user 6" in pulled.annotators
    servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    done = restore(settings, Quiet(), "latest")
    assert "user-6@newsledger.local" in done.accounts
    assert done.read_back == pulled.snapshot
