"""A full disk leaves nothing half written; the kernel enforces a limit on the size of files."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from newsledger.output import WRITERS
from tests.corpus import make_corpus
from tests.unit.newsledger.conftest import Done, Run
from tests.unit.newsledger.refusals import (
    assert_refused,
    champion_of,
    contents,
    refused_model,
)
from tests.unit.newsledger.test_any_schema import CHOICES, config, export

REPOSITORY = Path(__file__).parents[3]


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """The kernel refuses to make any file longer than ``size`` bytes; Python ignores its signal."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def room_for() -> Callable[[int], AbstractContextManager[None]]:
    return _room_for


Room = Callable[[int], AbstractContextManager[None]]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("verb", ["sentences", "quantities", "predict"])
def test_a_full_disk_leaves_the_former_output(
    newsledger: Run, tmp_path: Path, workspace: Path, room_for: Room, verb: str, ending: str
) -> None:
    lines = [f"Then {n} people fled from house {n * n}." for n in range(10, 400)]
    (tmp_path / "many.txt").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out" / f"rows{ending}"
    out.parent.mkdir()
    out.write_bytes(b"former")
    with room_for(2_000):
        done = newsledger(verb, "many.txt", "--out", f"out/rows{ending}")
    assert_refused(done, f"out/rows{ending} cannot be written: File too large.")
    assert contents(out.parent) == {out.name: b"former"}


@pytest.mark.parametrize("verb", [("models",), ("models", "--json"), ("predict", "good.txt")])
def test_a_full_disk_behind_standard_output_is_no_bug(
    newsledger: Run,
    workspace: Path,
    good: str,
    monkeypatch: pytest.MonkeyPatch,
    verb: tuple[str, ...],
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        done = newsledger(*verb)
    assert_refused(done, "Standard output cannot be written: No space left on device.")


@pytest.mark.parametrize("verb", [("sentences", "good.txt"), ("--help",)])
@pytest.mark.slow
def test_nor_is_it_when_the_process_ends(tmp_path: Path, good: str, verb: tuple[str, ...]) -> None:
    """The buffers are flushed once more then."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsledger", *verb],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert_refused(Done(done.returncode, "", done.stderr), "No space left on device")


@pytest.mark.slow
def test_a_full_disk_while_freezing_labels_leaves_no_half_snapshot(
    newsledger: Run, tmp_path: Path, workspace: Path, room_for: Room
) -> None:
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    before = contents(workspace / "snapshots"), contents(workspace / "models")
    command = ("train", "--labels", "mine.json", "--config", "mine.xml", "--group-by", "story")
    with room_for(2_000):
        done = newsledger(*command, "--promote")
    assert_refused(done, "workspace/snapshots/", "cannot be written: File too large.")
    assert (contents(workspace / "snapshots"), contents(workspace / "models")) == before
    assert newsledger(*command).code == 0  # and with room it goes on


@pytest.mark.slow
def test_a_full_disk_while_saving_a_model_leaves_no_half_model(
    newsledger: Run, workspace: Path, room_for: Room
) -> None:
    # Of labels that no model has learnt from yet: one that has would not be made again.
    snapshot = make_corpus(8, 12, seed=7).freeze(workspace / "snapshots", ("a00", "a01")).path
    command = ("train", "--labels", str(snapshot), "--promote", "--force")
    before = contents(workspace)
    with room_for(2_000):
        done = newsledger(*command)
    assert_refused(done, "workspace/models/", "cannot be written: File too large.")
    assert contents(workspace) == before
    assert newsledger(*command).code == 0


def test_a_full_disk_while_promoting_leaves_the_champion(
    newsledger: Run, workspace: Path, room_for: Room
) -> None:
    history = workspace / "models" / "history.jsonl"
    with history.open("ab") as file:
        file.write(b"\n" * 4_000)
    champion, before = champion_of(workspace), history.read_bytes()
    with room_for(len(before)):
        done = newsledger("promote", refused_model(workspace).name)
    assert_refused(done, "history.jsonl cannot be written: File too large.")
    assert champion_of(workspace) == champion
    assert history.read_bytes() == before
    assert newsledger("promote", refused_model(workspace).name).code == 0
