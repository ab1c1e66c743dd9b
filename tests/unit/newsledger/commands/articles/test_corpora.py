"""Many processes, and a cluster that loses a worker, give the rows that one process gives."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotation.batches import Advance
from annotation.errors import InputError, ModelDamagedError, WorkerError, WorkspaceError
from newsledger.commands.articles import corpora, look
from newsledger.commands.articles.corpora import Processes, write_reading
from newsledger.commands.learning import offline
from newsledger.output import WRITERS
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import make_corpus

WAIT = 60
"""Seconds that anything may take here."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace with a champion."""
    folder = tmp_path_factory.mktemp("corpora")
    settings = read_settings(workspace=folder / "workspace", environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    offline.train_challenger(settings, Quiet(), snapshot, promote=True, force=True)
    return settings


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles, one of them in French, and two lines that are none."""
    sentences = [one.text for one in make_corpus(10, seed=3).sentences]
    rows = [
        json.dumps({"id": f"a{n}", "text": " ".join(sentences[n : n + 9]), "source": "BBC"})
        for n in range(60)
    ]
    french = "Les 12 civils de la ville ont été tués dans une attaque, selon l'hôpital régional."
    rows[7:7] = [json.dumps({"id": "fr", "text": french}), "no JSON"]
    rows.append('{"id": "empty"}')
    file = tmp_path_factory.mktemp("input") / "articles.jsonl"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpora, "BATCH", 1_000)


def _whole(settings: Settings, articles: Path, out: Path, all_scores: bool = False) -> bytes:
    """What one process writes."""
    reading = look.predicting(settings, [str(articles)], all_scores=all_scores)
    write_reading(reading, Quiet(), out)
    return out.read_bytes()


def _beside(out: Path) -> list[str]:
    """What a run leaves beside its file."""
    return [path.name for path in out.parent.iterdir() if path.name.startswith(".")]


@pytest.mark.slow
@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("ending", WRITERS)
def test_two_processes_write_the_same_bytes_as_one(
    settings: Settings, articles: Path, tmp_path: Path, ending: str
) -> None:
    alone, two = Quiet(), Quiet()
    inputs, both = [str(articles)], Processes(2)
    reading = look.predicting(settings, inputs)
    write_reading(reading, alone, tmp_path / f"one{ending}")
    reading = look.predicting(settings, inputs, processes=both)
    count = write_reading(reading, two, tmp_path / f"two{ending}", both)
    assert count > 500
    assert (tmp_path / f"two{ending}").read_bytes() == (tmp_path / f"one{ending}").read_bytes()
    assert [str(one) for one in two.problems] == [str(one) for one in alone.problems]
    assert len(two.problems) == 2
    assert two.said == alone.said == ["Not in English, so no numbers are read in them: fr 1."]
    assert _beside(tmp_path / f"two{ending}") == []


@pytest.mark.slow
@pytest.mark.usefixtures("small_batches")
def test_sentences_and_quantities_do_so_too(articles: Path, tmp_path: Path) -> None:
    for reading in (look.cutting([str(articles)]), look.counting([str(articles)])):
        write_reading(reading, Quiet(), tmp_path / "one.csv")
        write_reading(reading, Quiet(), tmp_path / "two.csv", Processes(2))
        assert (tmp_path / "two.csv").read_bytes() == (tmp_path / "one.csv").read_bytes()


@pytest.mark.slow
def test_without_a_file_rows_come_in_order_from_many_processes(
    settings: Settings, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "BATCH", 300)
    monkeypatch.setattr(corpora, "WAVE", 2)
    both = Processes(2)
    several = list(look.predicting(settings, [str(articles)], processes=both).rows(Quiet(), both))
    assert several == list(look.predicting(settings, [str(articles)]).rows(Quiet()))


class _Killed(BaseException):
    """Ends a run as a kill does: nothing is tidied up on its account."""


class _KilledAfter(Quiet):
    """Ends the run when so many steps of progress were told."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self._left = steps

    def _step(self, _more: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise _Killed

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Advance]:
        assert (what, total) == ("Reading articles", 62)
        yield self._step


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(
    settings: Settings, articles: Path, tmp_path: Path, ending: str
) -> None:
    expected = _whole(settings, articles, tmp_path / f"one{ending}")
    out = tmp_path / f"rows{ending}"
    reading = look.predicting(settings, [str(articles)])
    for steps in (20, 3, 10):
        with pytest.raises(_Killed):
            write_reading(reading, _KilledAfter(steps), out, resume=True)
        assert not out.exists()
    progress = Quiet()
    write_reading(reading, progress, out, resume=True)
    assert out.read_bytes() == expected
    done = [one for one in progress.said if one.startswith("Goes on after the first")]
    assert len(done) == 1
    assert progress.said[-1] == "Not in English, so no numbers are read in them: fr 1."
    assert _beside(out) == []


@pytest.mark.parametrize("ending", WRITERS)
def test_a_run_that_can_be_resumed_writes_through_a_link(tmp_path: Path, ending: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    source, target = tmp_path / "a.txt", tmp_path / "elsewhere" / f"rows{ending}"
    source.write_text("One sentence. Another one.", encoding="utf-8")
    out = tmp_path / f"link{ending}"
    out.symlink_to(target)
    write_reading(look.cutting([str(source)]), Quiet(), out, resume=True)
    assert out.is_symlink()
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.usefixtures("small_batches")
@pytest.mark.slow
def test_what_a_killed_run_left_is_not_taken_for_another(
    settings: Settings, articles: Path, tmp_path: Path
) -> None:
    expected = _whole(settings, articles, tmp_path / "one.jsonl", all_scores=True)
    out = tmp_path / "rows.jsonl"
    with pytest.raises(_Killed):
        write_reading(
            look.predicting(settings, [str(articles)]), _KilledAfter(20), out, resume=True
        )
    other = look.predicting(settings, [str(articles)], all_scores=True)
    with pytest.raises(WorkspaceError, match="all_scores") as refused:
        write_reading(other, Quiet(), out, resume=True)
    assert "--resume" in refused.value.hint
    changed = tmp_path / "changed.jsonl"
    changed.write_text(articles.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="input"):
        write_reading(look.predicting(settings, [str(changed)]), Quiet(), out, resume=True)
    assert not out.exists()
    write_reading(other, Quiet(), out, Processes(1, None), resume=False)
    assert out.read_bytes() == expected


@pytest.mark.parametrize("source", ["-", "https://news.example/1"])
def test_what_is_no_file_cannot_be_resumed(tmp_path: Path, source: str) -> None:
    with pytest.raises(InputError, match="cannot be resumed"):
        write_reading(look.cutting([source]), Quiet(), tmp_path / "rows.csv", resume=True)
    with pytest.raises(InputError, match="Standard output cannot be resumed"):
        write_reading(look.cutting([source]), Quiet(), None, resume=True)


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "_CONNECT", 1)
    nobody = Processes(scheduler="tcp://127.0.0.1:9")
    with pytest.raises(WorkerError, match=r"tcp://127\.0\.0\.1:9"):
        write_reading(look.cutting([str(articles)]), Quiet(), tmp_path / "rows.csv", nobody)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own, on free ports of this machine."""
    file = tmp_path / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard"]
    local = ["--host", "127.0.0.1"]
    dask = f"{sys.prefix}/bin/dask"
    started = [subprocess.Popen([dask, "scheduler", *common, *local, "--port", "0"])]
    try:
        deadline = time.monotonic() + WAIT
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        started += [
            subprocess.Popen(
                [dask, "worker", *common, *local, "--nthreads", "1", "--no-nanny", folder]
            )
            for folder in (f"--local-directory={tmp_path / name}" for name in "ab")
        ]
        yield json.loads(file.read_text())["address"], started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait(WAIT)


@pytest.mark.slow
@pytest.mark.usefixtures("small_batches")
def test_a_cluster_that_loses_a_worker_writes_the_same_bytes(
    settings: Settings,
    articles: Path,
    tmp_path: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    expected = _whole(settings, articles, tmp_path / "one.jsonl")
    address, workers = cluster

    class Kills(Quiet):
        """Kills a worker when the first rows are there."""

        @contextmanager
        def track(self, what: str, total: int | None = None) -> Iterator[Advance]:
            yield self._step

        def _step(self, more: int) -> None:
            if more and workers[0].poll() is None:
                workers[0].send_signal(signal.SIGKILL)
                workers[0].wait(WAIT)

    out, processes = tmp_path / "rows.jsonl", Processes(scheduler=address)
    reading = look.predicting(settings, [str(articles)], processes=processes)
    write_reading(reading, Kills(), out, processes)
    assert workers[0].returncode == -signal.SIGKILL
    assert out.read_bytes() == expected


@pytest.mark.slow
def test_a_process_checks_the_signature_of_what_it_loads(
    settings: Settings, articles: Path, tmp_path: Path
) -> None:
    copied = read_settings(workspace=tmp_path / "copied", environment={})
    shutil.copytree(settings.workspace, copied.workspace, symlinks=True)
    reading = look.predicting(copied, [str(articles)], processes=Processes(2))
    (manifest,) = copied.models.glob("2*/manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(ModelDamagedError, match="was not written by this workspace"):
        next(reading.rows(Quiet()))


ORPHANS = """
import time
from pathlib import Path
from newsledger.commands.articles.corpora import Processes, Reading
from newsledger.progress import Quiet

def work(batch):
    print('at work', flush=True)
    time.sleep(600)

Path("a.txt").write_text("Ten fled.")
for _ in Reading(("a.txt",), "sentences", work).batches(Quiet(), Processes(2)):
    pass
"""


def _alive(*processes: str) -> list[str]:
    return [one for one in processes if Path(f"/proc/{one}").exists()]


@pytest.mark.slow
def test_when_a_run_is_killed_its_processes_end_too(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHANS]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()  # one works, the other waits
        tasks = Path(f"/proc/{run.pid}/task")
        made = " ".join(one.read_text() for one in tasks.glob("*/children")).split()
        assert len(_alive(*made)) >= 2
        run.kill()
    deadline = time.monotonic() + WAIT
    while _alive(*made) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert _alive(*made) == []
