"""A project made again from a snapshot, over fake servers. Over real ones it is in tests/server."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from annotation.dataset.snapshot import Snapshot, read_snapshot, write_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order, write_order
from annotation.errors import (
    InputError,
    NewsledgerError,
    SchemaMismatchError,
    SnapshotError,
    StudioError,
    StudioStorageError,
    WorkspaceError,
)
from annotation.labelstudio.sync import LabelStudio
from annotation.records import EventLabels
from annotation.schema import read_schema
from newsledger.commands import loop, project, prune, review
from newsledger.commands.project import Host
from newsledger.commands.restore import RestoreResult, restore
from newsledger.commands.seeds import SEED_ARTICLES, with_seeds
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings
from newsledger.team.blind import BlindSlice
from newsledger.team.bulk_rounds import AcceptedRound, BulkRecord, write_bulk
from newsledger.team.overlap import Overlap
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from training.model import untrained_model

OTHER = "http://other.test"
TEXT = (
    "A car bomb killed 12 men in Sake. Talks went on in Goma. It rained all day in Kirumba. "
    "Soldiers fled the village of Masisi on Monday. The minister said that 300 families came. "
    "Nobody knew where the boat had gone. At least 40 people were wounded in the market."
)
PEOPLE = ("ann@x.example", "bob@x.example", "cat@x.example")


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


class Mortal(FakeStudio):
    """A server whose client is killed at one of its calls, before it was carried out or after."""

    def __init__(self, at: int = 0, *, after: bool = False) -> None:
        super().__init__()
        self.at, self.after, self.asked = at, after, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.asked == self.at and not self.after:
            raise Killed
        answer = super().handle_request(request)
        if self.asked == self.at:
            raise Killed
        return answer


@dataclass(frozen=True, slots=True)
class Old:
    """A workspace with a project on one server, labelled and pulled."""

    settings: Settings
    server: FakeStudio
    snapshot: Snapshot

    def elsewhere(self, folder: Path) -> Settings:
        """A copy of the workspace that names another server."""
        shutil.copytree(self.settings.workspace, folder)
        return read_settings(workspace=folder, url=OTHER, api_key=TOKEN, environment={})


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> dict[str, FakeStudio]:
    """The servers by address; that at ``OTHER`` is the workspace's own unless a test says not."""
    known: dict[str, FakeStudio] = {}

    @contextmanager
    def connected(settings: Settings) -> Iterator[LabelStudio]:
        assert settings.credentials is not None
        url = settings.credentials.url
        with LabelStudio(url, TOKEN, transport=known[url]) as studio:
            yield studio

    @contextmanager
    def running(settings: Settings, *_: Any) -> Iterator[Host]:
        with connected(settings) as studio:
            yield Host(studio, None if "foreign" in known else object(), elsewhere=False)  # type: ignore[arg-type]

    monkeypatch.setattr(project, "connected", connected)
    monkeypatch.setattr(project, "running", running)
    monkeypatch.setattr(review, "_opinions", lambda *_: {})
    monkeypatch.setattr("newsledger.team.review.is_drawn", lambda *_: False)
    return known


@pytest.fixture
def old(servers: dict[str, FakeStudio], tmp_path: Path) -> Old:
    """Two people have labelled, and a third has settled what they disagree on."""
    settings = read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})
    server = servers[URL] = FakeStudio()
    for number, email in enumerate(PEOPLE, start=5):
        server.users[number] = {"id": number, "email": email, "first_name": ""}
    article = tmp_path / "article.jsonl"
    article.write_text(
        '{"id": "one", "title": "Bomb in Sake", "source": "The Paper", "published": "2026-11-01", '
        f'"text": "{TEXT}"}}\n{{"id": "two", "title": "", "text": "{TEXT[:56]} Kindu slept."}}\n',
        encoding="utf-8",
    )
    with project.opened(settings, Quiet()) as ours:
        model = replace(untrained_model(ours.schema), id="m")
        loop.push_into(
            Quiet(),
            ours,
            model,
            [str(article)],
            blind=BlindSlice(settings.withheld, "w", 0.5),
            overlap=Overlap("w", 0.5, 2),
        )
    mine = [one for one in server.tasks.values() if "key" not in one["data"]]
    assert any(one["data"]["blind"] for one in mine)
    assert any(one["data"]["people"] for one in mine)
    assert any(one["data"]["also_in"] for one in mine)
    several = [one for one in mine if one["data"]["people"]]
    single = [one for one in mine if not one["data"]["people"]]
    says(server, several[0], 5, "bombing")
    says(server, several[0], 6, "clash", claim=True)
    says(server, several[1], 5, "none")
    says(server, single[0], 6, "talks", claim=True)
    says(server, single[1], 5, was_cancelled=True)
    review.fill_review(settings, Quiet(), most=5)
    (asked,) = (one for one in server.tasks.values() if "key" in one["data"])
    says(server, asked, 7, "bombing", why="Planted, so no clash")
    pulled = loop.pull(settings, Quiet())
    assert (pulled.annotations, pulled.verdicts, pulled.skipped) == (5, 1, 1)
    return Old(settings, server, read_snapshot(Path(pulled.path)))


def says(
    server: FakeStudio, task: dict[str, Any], who: int, *events: str, why: str = "", **more: Any
) -> None:
    shared = {"from_name": "event", "to_name": "text", "type": "choices"}
    result: list[dict[str, Any]] = [{**shared, "value": {"choices": list(events)}}]
    if why:
        typed = {"from_name": "reason", "to_name": "text", "type": "textarea"}
        result.append({**typed, "value": {"text": [why]}})
    if more.pop("claim", False):
        text = task["data"]["text"]
        span = {"start": 2, "end": 9, "text": text[2:9]}
        result.append({"id": "r", "from_name": "claim", "to_name": "text", "type": "labels",
                       "value": {**span, "labels": ["killed"]}})  # fmt: skip
    parent = next((one["id"] for one in task["predictions"]), None)
    body = {"result": result, "completed_by": who, "lead_time": 3.5, "parent_prediction": parent}
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        path = f"/api/tasks/{task['id']}/annotations/"
        person.post(path, json={**body, **more}).raise_for_status()


def checked(
    settings: Settings, old: Old, server: FakeStudio, named: str | None = None
) -> RestoreResult:
    """Restore, and see that everything is there once and as it was."""
    done = restore(settings, Quiet(), named or old.snapshot.id)
    assert (done.read_back, done.snapshot) == (old.snapshot.id, old.snapshot.id)
    with project.opened(settings, Quiet()) as ours:
        pulled = loop.pull_from(settings, Quiet(), ours)[0]
        assert pulled.snapshot == old.snapshot.id
        number = ours.id
    tasks = [one for one in server.tasks.values() if one["project"] == number]
    before = [one for one in old.server.tasks.values() if "key" not in one["data"]]
    assert len(tasks) == len(before) == done.tasks
    shown = {name for one in before for name in one["data"]} - {"readings"}
    for name in shown:
        now = {one["data"]["sentence_id"]: one["data"][name] for one in tasks}
        assert now == {one["data"]["sentence_id"]: one["data"][name] for one in before}, name
    for one in tasks:
        counted = sum(not said["was_cancelled"] for said in one["annotations"])
        waits = counted < int(one["data"]["people"] or 1)
        assert len(one["predictions"]) == waits
        assert one["is_labeled"] or waits
        assert one["overlap"] == int(one["data"]["people"] or 1)
        if one["data"]["blind"] and waits:
            assert one["predictions"][0]["result"] == []
    return done


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
    assert f"{done.tasks} tasks, 5 labels and 1 verdict of 3 persons are as they were" in words
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
        assert loop.push_into(Quiet(), ours, model, [str(article)]).same_as_another == 2


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
        loop.pull(settings, Quiet())
    assert refused.value.hint.endswith(f"newsledger restore {old.snapshot.id}")
    server.faults.clear()
    checked(settings, old, server)


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
    pulled = read_snapshot(Path(loop.pull(settings, Quiet()).path))
    new = {one for one in pulled.annotations if one not in old.snapshot.annotations}
    assert [(one.annotator, one.updated_at) for one in new] == [
        ("bob@x.example", "2027-01-01T00:00:00Z")
    ]


def test_a_server_that_makes_no_accounts_is_left_untouched(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = servers["foreign"] = FakeStudio()
    server.users[9] = {"id": 9, "email": "ann@x.example", "first_name": ""}
    settings = old.elsewhere(tmp_path / "copy")
    with pytest.raises(StudioError, match=r": bob@x.example, cat@x.example\.") as refused:
        restore(settings, Quiet(), "latest")
    assert "invitation" in refused.value.hint
    assert server.projects == {}
    for number, email in enumerate(PEOPLE[1:], start=10):
        server.users[number] = {"id": number, "email": email.title(), "first_name": ""}
    restore(settings, Quiet(), "latest")


def test_a_project_that_has_something_is_refused_untouched(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    tasks = dict(old.server.tasks)
    with pytest.raises(StudioError, match="restored into an empty one"):
        restore(old.settings, Quiet(), "latest")
    assert old.server.tasks == tasks
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    checked(settings, old, server)
    with pytest.raises(StudioError, match="restored into an empty one"):
        restore(settings, Quiet(), "latest")


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
        loop.push_into(Quiet(), ours, model, [str(tmp_path / "article.jsonl")])
    (task,) = (
        one for one in server.tasks.values() if one["data"]["sentence_id"] == before.sentence_id
    )
    says(server, task, 5, *before.events.aliases)
    (now,) = read_snapshot(Path(loop.pull(settings, Quiet()).path)).annotations
    assert now.events == before.events
    assert now.withheld is None


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


@pytest.mark.parametrize("pulled_before", [True, False])
def test_without_a_mark_the_last_snapshot_without_seed_labels_is_the_latest(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path, pulled_before: bool
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    training = with_seeds(settings, Quiet(), old.snapshot)
    for number, path in enumerate(snapshots_in_order(settings.snapshots)):
        write_order(path, number, pulled=False)  # as an earlier newsledger left it
    if pulled_before:
        assert restore(settings, Quiet(), "latest").snapshot == old.snapshot.id
        return
    for path in snapshots_in_order(settings.snapshots)[:-1]:
        shutil.rmtree(path)
    with pytest.raises(SnapshotError, match=f"seed labels: {training.id}"):
        restore(settings, Quiet(), "latest")
    assert server.projects == {}


def configured(settings: Settings, folder: Path, *changes: tuple[str, str]) -> Settings:
    """The settings with a configuration in which that is written otherwise."""
    xml = packaged("label_config.xml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    path = folder / "other.xml"
    path.write_text(xml, encoding="utf-8")
    return replace(settings, config=path)


def numbers_stored(server: FakeStudio) -> Counter[tuple[str, str]]:
    """How many labels each person has of each sentence, verdicts left out."""
    return Counter(
        (one["data"]["sentence_id"], said["completed_by"]["email"])
        for one in server.tasks.values()
        if "key" not in one["data"]
        for said in one["annotations"]
    )


def test_event_types_in_another_order_are_the_same_labels(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    free = next(one for one in old.server.tasks.values() if not one["annotations"])
    says(old.server, free, 5, "bombing", "clash")
    before = read_snapshot(Path(loop.pull(old.settings, Quiet()).path))
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
    pulled = read_snapshot(Path(loop.pull(swapped, Quiet()).path))
    assert [one.events.aliases for one in pulled.annotations] != [
        one.events.aliases for one in before.annotations
    ]
    assert [replace(one, events=EventLabels(())) for one in pulled.annotations] == [
        replace(one, events=EventLabels(())) for one in before.annotations
    ]


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
    loop.pull(settings, Quiet())


@pytest.mark.parametrize(
    ("lacks", "control"),
    [
        *((one, f'name="{one}"') for one in ("low", "high", "modifier", "attribution", "role")),
        *((one, f'corrects="{one}"') for one in ("day", "place")),
    ],
)
def test_a_configuration_without_a_control_that_was_used_is_refused(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path, lacks: str, control: str
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    first = next(one for one in old.snapshot.annotations if one.claims)
    others = [one for one in old.snapshot.annotations if one != first]
    typed = replace(
        first.claims[0],
        low=Decimal(2),
        high=Decimal(3),
        modifier="between",
        attribution="the army",
        role="part",
        read_by="person",
    )
    said = replace(first, claims=(typed,), corrected_day=date(2026, 11, 1), corrected_place="Goma")
    full = write_snapshot(
        settings.snapshots,
        sentences=old.snapshot.sentences,
        annotations=(said, *others),
        schema=old.snapshot.schema,
    )
    bare = configured(settings, tmp_path, (control, control.replace("=", "-was=")))
    with pytest.raises(SchemaMismatchError, match="controls that") as refused:
        restore(bare, Quiet(), full.id)
    assert refused.value.message.endswith(f": {lacks}.")
    assert server.projects == {}
    # Where nobody has used it, nobody misses it.
    plain = write_snapshot(
        settings.snapshots,
        sentences=old.snapshot.sentences,
        annotations=[replace(one, claims=()) for one in old.snapshot.annotations],
        schema=old.snapshot.schema,
        articles=old.snapshot.articles,
        tasks=old.snapshot.tasks().values(),
    )
    assert restore(bare, Quiet(), plain.id).labels == 5


def test_seeds_that_nobody_has_worked_on_make_room(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    seed = str(min(packaged(SEED_ARTICLES).glob("*.txt")))
    with project.running(settings, Quiet(), None) as host:
        ours = project.find(settings, host.studio, read_schema(settings.config), create=True)
        model = replace(untrained_model(ours.schema), id="m")
        assert loop.push_into(Quiet(), ours, model, [seed]).created
    checked(settings, old, server)


def test_an_import_whose_answer_was_lost_is_not_sent_twice(
    old: Old,
    servers: dict[str, FakeStudio],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotation.labelstudio.upload.QUIET", 0.05)
    server = servers[OTHER] = FakeStudio()

    def too_late(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        answer()
        return httpx.Response(504, text="<html>late</html>")

    server.fail("POST project import", too_late, too_late, too_late)
    checked(old.elsewhere(tmp_path / "copy"), old, server)


def test_a_half_restored_project_takes_no_other_snapshot(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    servers[OTHER] = Mortal()
    settings = old.elsewhere(tmp_path / "copy")
    says(old.server, next(iter(old.server.tasks.values())), 7, "none")
    other = loop.pull(old.settings, Quiet())
    server = servers[OTHER] = Mortal(60)
    with pytest.raises(Killed):
        restore(settings, Quiet(), "latest")
    assert server.tasks
    with pytest.raises(StudioError, match=f"half restored from snapshot {old.snapshot.id}"):
        restore(settings, Quiet(), other.path)


def test_a_folder_is_taken_in_and_kept_when_the_workspace_is_pruned(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = read_settings(workspace=tmp_path / "new", url=OTHER, api_key=TOKEN, environment={})
    done = restore(settings, Quiet(), str(old.snapshot.path))
    assert (done.snapshot, done.read_back) == (old.snapshot.id, old.snapshot.id)
    assert snapshots_in_order(settings.snapshots)[0].name == old.snapshot.id
    says(server, next(iter(server.tasks.values())), 1, "none")
    loop.pull(settings, Quiet())
    assert old.snapshot.id not in prune.remove_old(settings, keep=1).snapshots


def test_who_had_no_address_gets_an_account_made_of_the_name(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    for user in old.server.users.values():
        user["email"] = "" if user["email"] == "bob@x.example" else user["email"]
    pulled = loop.pull(old.settings, Quiet())
    assert "user 6" in pulled.annotators
    servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    done = restore(settings, Quiet(), "latest")
    assert "user-6@newsledger.local" in done.accounts
    assert done.read_back == pulled.snapshot


def test_what_cannot_be_restored_is_said_before_anything_is_written(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    packed = tmp_path / "work.zip"
    packed.write_bytes(b"PK")
    bare = tmp_path / "bare.xml"
    schema = read_schema(settings.config)
    bare.write_text(schema.xml.replace('alias="bombing"', 'alias="bomb"'), encoding="utf-8")
    refused: list[tuple[type[NewsledgerError], Settings, str, str]] = [
        (InputError, settings, str(packed), "is a file, not the folder"),
        (SnapshotError, settings, "0123456789abcdef", "no snapshot '0123456789abcdef'"),
        (SnapshotError, settings, str(tmp_path), "is no snapshot"),
        (SchemaMismatchError, replace(settings, config=bare), "latest", "bombing"),
    ]
    for error, named, snapshot, words in refused:
        with pytest.raises(error, match=words):
            restore(named, Quiet(), snapshot)
    assert server.projects == {}
