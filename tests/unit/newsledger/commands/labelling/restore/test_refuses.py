"""What a restore refuses, before anything is written, and what makes room."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order, write_order
from annotation.errors import (
    InputError,
    NewsledgerError,
    SchemaMismatchError,
    SnapshotError,
    StudioError,
)
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.labelling.restore import restore
from newsledger.commands.state import project
from newsledger.commands.state.seeds import SEED_ARTICLES, with_seeds
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.labelling.restore.projects import (
    OTHER,
    PEOPLE,
    Killed,
    Mortal,
    Old,
    checked,
    configured,
    says,
)
from training.model import untrained_model


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lacks", "control"),
    [
        *((one, f'name="{one}"') for one in ("low", "high", "modifier", "attribution", "role")),
        *((one, f'corrects="{one}"') for one in ("day", "place")),
        ("no day", 'denies="day"'),
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
    said = replace(
        first, claims=(typed,), corrected_day=date(2026, 11, 1), no_day=True, corrected_place="Goma"
    )
    full = write_snapshot(
        settings.snapshots,
        sentences=old.snapshot.sentences,
        annotations=(said, *others),
        schema=old.snapshot.schema,
    )
    # A choice that denies nothing would be one of event types.
    instead = 'perRegion="true"' if lacks == "no day" else control.replace("=", "-was=")
    bare = configured(settings, tmp_path, (control, instead))
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


@pytest.mark.slow
def test_seeds_that_nobody_has_worked_on_make_room(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    server = servers[OTHER] = FakeStudio()
    settings = old.elsewhere(tmp_path / "copy")
    seed = str(min(packaged(SEED_ARTICLES).glob("*.txt")))
    with project.running(settings, Quiet(), None) as host:
        ours = project.find(settings, host.studio, read_schema(settings.config), create=True)
        model = replace(untrained_model(ours.schema), id="m")
        assert pushing.push_into(Quiet(), ours, model, [seed]).created
    checked(settings, old, server)


@pytest.mark.slow
def test_a_half_restored_project_takes_no_other_snapshot(
    old: Old, servers: dict[str, FakeStudio], tmp_path: Path
) -> None:
    servers[OTHER] = Mortal()
    settings = old.elsewhere(tmp_path / "copy")
    says(old.server, next(iter(old.server.tasks.values())), 7, "none")
    other = pulling.pull(old.settings, Quiet())
    server = servers[OTHER] = Mortal(60)
    with pytest.raises(Killed):
        restore(settings, Quiet(), "latest")
    assert server.tasks
    with pytest.raises(StudioError, match=f"half restored from snapshot {old.snapshot.id}"):
        restore(settings, Quiet(), other.path)


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
        (SnapshotError, settings, str(tmp_path), "is not a snapshot"),
        (SchemaMismatchError, replace(settings, config=bare), "latest", "bombing"),
    ]
    for error, named, snapshot, words in refused:
        with pytest.raises(error, match=words):
            restore(named, Quiet(), snapshot)
    assert server.projects == {}
