"""What bad input gets: one sentence, exit 1, the rest of the batch goes on, nothing is lost.

All through the command line, with real faults: files as they come, a limit on the size of files
that the kernel enforces, servers that answer something else. A schema without Choices or without
Labels is no bad input: see test_any_schema. A deleted project and a revoked token need a Label
Studio: see tests/server/test_bad_input.py.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from newsledger.commands import offline
from newsledger.output import WRITERS
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.corpus import XML, make_corpus
from tests.unit.newsledger.conftest import Done, Run
from tests.unit.newsledger.test_any_schema import CHOICES, config, export
from training.registry.signing import write_signed

REPOSITORY = Path(__file__).parents[3]
GOOD = "Ten people fled."
LONG = "Ten people fled the town. " * 200_000  # 5.2 MB


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a champion and a model that nobody has promoted."""
    folder = tmp_path_factory.mktemp("trained") / "workspace"
    settings = Settings(folder, packaged("label_config.xml"))
    for seeds in (("a00", "a01"), ()):
        snapshot = make_corpus(8).freeze(settings.snapshots, seeds)
        offline.train_challenger(settings, Quiet(), snapshot, promote=bool(seeds))
    return folder


@pytest.fixture
def workspace(trained: Path, tmp_path: Path) -> Path:
    """A copy of it, where the command looks for one."""
    return Path(shutil.copytree(trained, tmp_path / "workspace", symlinks=True))


@pytest.fixture
def good(tmp_path: Path) -> str:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return "good.txt"


def assert_refused(done: Done, *said: str) -> None:
    """One sentence on what is wrong and where, a second line on the way out, and nothing else."""
    assert done.code == 1, done.err
    told = (line for line in done.err.splitlines() if not line.endswith("…"))
    what, way_out = [line for line in told if not re.fullmatch(r".*: [\d,]+ of [\d,]+", line)]
    assert what.startswith("newsledger: ")
    assert way_out.startswith("  ")
    for words in said:
        assert words in what
    assert not done.out


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below, but for locks: they are empty and say nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def champion_of(workspace: Path) -> Path:
    return (workspace / "models" / "current").resolve()


def refused_model(workspace: Path) -> Path:
    """The model that is not the champion."""
    (other,) = set((workspace / "models").glob("2*")) - {champion_of(workspace)}
    return other


# ------------------------------------------------------------------------------------- articles

ARTICLES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty.txt: the file is empty. Put the text in, or leave it out."),
    "blank.txt": (b" \n\t\n", "blank.txt: the file holds nothing but white space."),
    "binary.txt": (b"\x89PNG\r\n\x00", "binary.txt: the file is binary, not text"),
    "latin1.txt": ("One.\nCafé.".encode("latin-1"), "not UTF-8 (byte 0xe9 in line 2)"),
    "unmarked.txt": (GOOD.encode("utf-16-le"), "unmarked.txt: the file is binary"),
    "half.txt": (b"\xff\xfeT\x00e", "half.txt: is damaged utf-16"),
    "long.txt": (LONG.encode(), "long.txt: the file has more than 5,000,000 characters."),
    "long.jsonl": (
        json.dumps({"text": LONG}).encode(),
        "long.jsonl:1: 'text' has more than 5,000,000 characters.",
    ),
    "long.html": (f"<p>{LONG * 10}</p>".encode(), "long.html: the page has more than"),
    "empty.html": (b"", "empty.html: the page is empty."),
    "no_article.html": (b"<html><body></body></html>", "no article was found in the page."),
    "torn.jsonl": (b'{"text": "Ten pe', "torn.jsonl:1: is no valid JSON"),
    "other.jsonl": (b'{"body": "Ten"}', "other.jsonl:1: the row has no 'text'; it has 'body'."),
    "other.csv": (b"id,body\n1,Ten\n", "other.csv: has no column 'text'; its columns are"),
    "torn.parquet": (b"PAR1", "torn.parquet: cannot be read as Parquet"),
    "news.docx": (b"PK\x03\x04", "news.docx: is of no kind that newsledger reads."),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_a_bad_article_is_left_out_with_one_sentence(
    newsledger: Run, tmp_path: Path, good: str, name: str
) -> None:
    content, said = ARTICLES[name]
    (tmp_path / name).write_bytes(content)
    done = newsledger("sentences", name, good)
    assert done.code == 1
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == [GOOD]
    (told,) = done.err.splitlines()
    assert told.startswith("left out: ")
    assert said in told


@pytest.mark.parametrize("verb", ["sentences", "quantities", "predict"])
def test_a_batch_with_every_kind_of_bad_article_goes_on(
    newsledger: Run, tmp_path: Path, workspace: Path, verb: str
) -> None:
    folder = tmp_path / "batch"
    folder.mkdir()
    names = [name for name in ARTICLES if not name.startswith("long")]
    for number, name in enumerate(names):
        (folder / name).write_bytes(ARTICLES[name][0])
        (folder / f"{name}.{number}.txt").write_text(f"{number} people fled.", encoding="utf-8")
    done = newsledger(verb, "batch", "nothing.txt", "--out", "rows.jsonl")
    assert done.code == 1
    rows = (tmp_path / "rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == len(names)
    told = done.err.splitlines()
    assert len(told) == len(names) + 2
    assert told[-2:] == [
        "left out: nothing.txt: there is no such file or folder. Is the path spelt right?",
        f"Wrote {len(rows)} rows to rows.jsonl.",
    ]


def test_bad_rows_are_named_by_line_and_the_others_are_read(
    newsledger: Run, tmp_path: Path
) -> None:
    rows = [b'{"text": "One fell."}', b"{", b'{"text": 7}', b'{"text": "Two f\xe9ll."}', b"[]"]
    (tmp_path / "rows.jsonl").write_bytes(b"\n".join([*rows, b'{"text": "Three fell."}']))
    done = newsledger("sentences", "rows.jsonl")
    assert done.code == 1
    texts = [json.loads(line)["text"] for line in done.out.splitlines()]
    assert texts == ["One fell.", "Three fell."]
    places = [line.split(": ")[1] for line in done.err.splitlines()]
    assert places == [f"rows.jsonl:{line}" for line in (2, 3, 4, 5)]


def test_utf_16_with_its_mark_and_utf_8_with_one_are_read(newsledger: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Café raided.".encode("utf-16"))
    (tmp_path / "b.txt").write_bytes("Café closed.".encode("utf-8-sig"))
    done = newsledger("sentences", "a.txt", "b.txt")
    assert (done.code, done.err) == (0, "")
    texts = [json.loads(line)["text"] for line in done.out.splitlines()]
    assert texts == ["Café raided.", "Café closed."]


# -------------------------------------------------------------------------------------- schemas

SCHEMAS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "mine.xml cannot be read: No such file or directory."),
    "empty": (b"", "mine.xml, line 1, column 1: malformed XML"),
    "malformed": (b"<View>\n  <Text name='body'\n</View>", "mine.xml, line 3, column 1: malformed"),
    "cut off": (config(CHOICES).encode()[:-9], "malformed XML"),
    "Latin-1": (config("<!-- é -->").encode("latin-1"), "it is not UTF-8 (byte 0xe9 in line 1)"),
    "UTF-16": (config(CHOICES).encode("utf-16"), "it is not UTF-8 (byte 0xff in line 1)"),
    "neither": (config().encode(), "mine.xml has neither <Choices> nor <Labels>"),
    "two Choices": (config(CHOICES, CHOICES).encode(), "mine.xml has 2 <Choices>"),
    "no Choice": (
        b"<View><Choices name='c' toName='t'/><Text name='t' value='$t'/></View>",
        "no <",
    ),
    "a label twice": (
        config(CHOICES.replace("fire", "flood")).encode(),
        "mine.xml: <Choices> has the alias 'flood' twice.",
    ),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_that_cannot_be_used_changes_nothing(
    newsledger: Run, tmp_path: Path, workspace: Path, name: str
) -> None:
    content, said = SCHEMAS[name]
    if content is not None:
        (tmp_path / "mine.xml").write_bytes(content)
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    before = contents(workspace)
    done = newsledger("train", "--labels", "mine.json", "--config", "mine.xml", "--promote")
    assert_refused(done, said)
    assert contents(workspace) == before


# -------------------------------------------------------------------------------------- exports

EXPORTS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "mine.json cannot be read: No such file or directory."),
    "empty": (b"", "mine.json is empty."),
    "torn": (b'[\n{"id": 1,', "mine.json, line 2: not JSON"),
    "binary": (b"\x00\x01", "mine.json, line 1: not JSON"),
    "Latin-1": ('["Café"]'.encode("latin-1"), "it is not UTF-8 (byte 0xe9 in line 1)"),
    "nested beyond measure": (b"[" * 100_000, "mine.json"),
    "no list": (b'{"id": 1}', "mine.json holds one JSON object, not a list of tasks."),
    "no tasks": (b"[1, 2]", "mine.json has no task that fits."),
    "JSON_MIN": (b'[{"annotation_id": 1, "annotator": 1}]', "mine.json was exported as JSON_MIN"),
    "no labels": (b"[]", "There is no labelled sentence to learn from."),
    "other field": (b'[{"id": 7, "data": {"body": "Ten"}}]', "no text in the field 'sentence'"),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_that_cannot_be_used_changes_no_model(
    newsledger: Run, tmp_path: Path, workspace: Path, name: str
) -> None:
    content, said = EXPORTS[name]
    if content is not None:
        (tmp_path / "mine.json").write_bytes(content)
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    before = contents(workspace / "models")
    done = newsledger("train", "--labels", "mine.json", "--config", "mine.xml", "--promote")
    assert_refused(done, said)
    assert contents(workspace / "models") == before


def test_an_export_of_another_schema_is_refused_by_its_labels(
    newsledger: Run, tmp_path: Path, workspace: Path
) -> None:
    other = CHOICES.replace("flood", "frost").replace("fire", "hail")
    (tmp_path / "other.xml").write_text(config(other), encoding="utf-8")
    labels = export(events=True, claims=True)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    before = contents(workspace)
    done = newsledger("train", "--labels", "mine.json", "--config", "other.xml", "--promote")
    said = "it has control 'spans', event type 'fire', event type 'flood'."
    assert_refused(done, "mine.json was made with another labelling configuration", said)
    assert contents(workspace) == before


def test_bad_annotations_are_named_by_task_and_the_others_are_learnt(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    tasks = export(events=True, claims=False)
    unknown = {"from_name": "what", "type": "choices", "value": {"choices": ["hail"]}}
    tasks[3]["annotations"][0]["result"] = [unknown]
    tasks[5]["annotations"] = "none"
    tasks[8]["data"] = None
    (tmp_path / "mine.json").write_text(json.dumps(tasks), encoding="utf-8")
    command = ("train", "--labels", "mine.json", "--config", "mine.xml", "--group-by", "story")
    done = newsledger(*command, "--promote", "--json")
    assert done.code == 1
    assert json.loads(done.out)["promoted"]
    told = [line for line in done.err.splitlines() if line.startswith("left out: ")]
    assert [line.split(", ")[1].split(":")[0] for line in told] == ["task 3", "task 5", "task 8"]
    assert "the schema has no event type 'hail'" in told[0]


# --------------------------------------------------------------------------------------- models


def truncate(model: Path) -> None:
    file = model / "model.joblib"
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit(model: Path) -> None:
    content = bytearray((model / "model.joblib").read_bytes())
    content[len(content) // 2] ^= 1
    (model / "model.joblib").write_bytes(content)


def half_write(model: Path) -> None:
    """As a tool that copies file by file leaves it when it is stopped."""
    for name in ("manifest.json", "manifest.sig", "label_config.xml"):
        (model / name).unlink()


def change_the_schema(model: Path) -> None:
    (model / "label_config.xml").write_text(XML.replace("truce", "peace") + " ", encoding="utf-8")


def change_the_manifest(model: Path) -> None:
    file = model / "manifest.json"
    file.write_text(file.read_text(encoding="utf-8").replace("0.", "0.9"), encoding="utf-8")


def lose_the_files(model: Path) -> None:
    shutil.rmtree(model)
    model.mkdir()


def make_by_another_version(model: Path) -> None:
    """The same model with another version in its manifest, signed as that newsledger signed it."""
    manifest: dict[str, Any] = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    manifest["versions"]["scikit-learn"] = "1.2.2"
    files = {name: (model / name).read_bytes() for name in manifest["files"]}
    shutil.rmtree(model)
    write_signed(model, files, manifest, beside={})


DAMAGES: dict[Callable[[Path], None], tuple[str, str]] = {
    truncate: ("model.joblib has ", "damaged"),
    flip_a_bit: ("model.joblib was changed", "damaged"),
    half_write: ("manifest.json is missing", "damaged"),
    change_the_schema: ("label_config.xml ", "damaged"),
    change_the_manifest: ("was not written by this workspace, or was changed since", "damaged"),
    lose_the_files: ("manifest.json is missing", "damaged"),
    make_by_another_version: ("was made by scikit-learn 1.2.2; installed is", "other version"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_model_is_never_used_and_the_champion_stays(
    newsledger: Run, workspace: Path, good: str, damage: Callable[[Path], None]
) -> None:
    said, state = DAMAGES[damage]
    other, champion = refused_model(workspace), champion_of(workspace)
    damage(other)
    for command in (
        ("predict", good, "--model", other.name),
        ("evaluate", "--model", other.name),
        ("promote", other.name),
    ):
        assert_refused(newsledger(*command), other.name, said)
    assert champion_of(workspace) == champion
    assert json.loads(newsledger("predict", good).out)["model"] == champion.name
    listed = json.loads(newsledger("models", "--json").out)["models"]
    assert {one["id"]: one["state"] for one in listed} == {champion.name: "ok", other.name: state}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_champion_is_named_and_every_way_out_works(
    newsledger: Run, tmp_path: Path, workspace: Path, good: str, damage: Callable[[Path], None]
) -> None:
    said, _ = DAMAGES[damage]
    first, second = champion_of(workspace), refused_model(workspace)
    newsledger("promote", second.name)
    damage(second)
    (tmp_path / "rows.jsonl").write_text("former", encoding="utf-8")
    assert_refused(newsledger("predict", good, "--out", "rows.jsonl"), second.name, said)
    assert (tmp_path / "rows.jsonl").read_text(encoding="utf-8") == "former"
    found = json.loads(newsledger("doctor", "--json").out)
    assert any(said in problem for problem in found["problems"])
    assert newsledger("rollback").code == 0
    assert json.loads(newsledger("predict", good).out)["model"] == first.name


def test_a_damaged_champion_does_not_keep_a_new_model_from_being_trained(
    newsledger: Run, workspace: Path, good: str
) -> None:
    champion = champion_of(workspace)
    truncate(champion)
    snapshot = next((workspace / "snapshots").iterdir())
    done = newsledger("train", "--labels", str(snapshot), "--promote", "--json")
    assert done.code == 1
    assert sum(champion.name in line for line in done.err.splitlines()) == 1
    made = json.loads(done.out)
    assert made["promoted"]
    assert json.loads(newsledger("predict", good).out)["model"] == made["model"]


def test_a_model_of_another_version_is_loaded_by_who_insists(
    newsledger: Run, workspace: Path, good: str
) -> None:
    make_by_another_version(champion_of(workspace))
    assert_refused(newsledger("predict", good), "1.2.2")
    assert newsledger("predict", good, "--trust").code == 0


# ------------------------------------------------------------------------------------ snapshots

SNAPSHOTS: dict[str, Callable[[bytes], bytes]] = {
    "manifest.json": lambda content: content[: len(content) // 2],
    "sentences.jsonl": lambda content: content[:-40],
    "annotations.jsonl": lambda content: content.replace(b"fight", b"night"),
    "label_config.xml": lambda content: content + b" ",
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_damaged_snapshot_is_refused_and_nothing_is_learnt_from_it(
    newsledger: Run, workspace: Path, name: str
) -> None:
    champion = json.loads((champion_of(workspace) / "manifest.json").read_text(encoding="utf-8"))
    file = workspace / "snapshots" / champion["snapshot"] / name
    file.write_bytes(SNAPSHOTS[name](file.read_bytes()))
    before = contents(workspace)
    for command in (
        ("train", "--labels", str(file.parent), "--promote"),
        ("evaluate", "--labels", str(file.parent)),
        ("evaluate",),
    ):
        assert_refused(newsledger(*command), f"{file.parent.name}/{name}")
    assert contents(workspace) == before


def test_a_snapshot_that_is_damaged_is_written_anew_from_its_export(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    command = ("train", "--labels", "mine.json", "--config", "mine.xml", "--group-by", "story")
    newsledger(*command)
    (snapshot,) = (tmp_path / "workspace" / "snapshots").iterdir()
    before = contents(snapshot)
    (snapshot / "sentences.jsonl").write_bytes(b"")
    assert newsledger(*command).code == 0
    assert contents(snapshot) == before


# ------------------------------------------------------------------------------------ workspace


@pytest.mark.parametrize("name", ["project.json", "picked.json"])
def test_state_that_is_damaged_is_named_and_never_overwritten(
    newsledger: Run, tmp_path: Path, workspace: Path, name: str
) -> None:
    (workspace / name).write_text('{"torn', encoding="utf-8")
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    arguments = () if name == "project.json" else ("--config", "mine.xml")
    assert_refused(newsledger("train", "--labels", "mine.json", *arguments), f"workspace/{name}")
    assert (workspace / name).read_text(encoding="utf-8") == '{"torn'


def test_a_workspace_that_is_no_folder_is_refused(newsledger: Run, good: str) -> None:
    for place in (good, f"{good}/below"):
        done = newsledger("--workspace", place, "models")
        assert_refused(done, f"{place} is not a folder.")


def test_a_lock_that_is_not_ours_is_named(newsledger: Run, workspace: Path) -> None:
    """What a folder of somebody else's does; root may write everywhere, but not to a folder."""
    lock = workspace / "models" / ".lock"
    lock.unlink()
    lock.mkdir()
    champion = champion_of(workspace)
    done = newsledger("promote", refused_model(workspace).name)
    assert_refused(done, "models/.lock cannot be written")
    assert champion_of(workspace) == champion


# ------------------------------------------------------------------------------------ full disk


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


# -------------------------------------------------------------------------------------- servers


class Stranger(BaseHTTPRequestHandler):
    """Answers every request with the same, and it is never Label Studio's."""

    answer = (200, "text/html", b"")

    def do_GET(self) -> None:
        status, kind, body = self.answer
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PATCH = do_GET  # noqa: N815  # names of http.server

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


PAGE = b"<!doctype html><title>It works!</title>"
STRANGERS: dict[str, tuple[int, str, bytes]] = {
    "a page": (200, "text/html", PAGE),
    "a page not found": (404, "text/html", PAGE),
    "other JSON": (200, "application/json", b'{"status": "ok"}'),
    "a list": (200, "application/json", b"[]"),
    "nothing": (200, "application/json", b""),
}


@pytest.fixture
def stranger(request: pytest.FixtureRequest) -> Iterator[str]:
    handler = type("Handler", (Stranger,), {"answer": STRANGERS[request.param]})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def dead() -> str:
    """An address where somebody listened until just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


VERBS = [("push", "good.txt"), ("pull",), ("retrain",)]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_a_dead_server_is_named(
    newsledger: Run, workspace: Path, good: str, dead: str, verb: tuple[str, ...]
) -> None:
    before = contents(workspace)
    done = newsledger(*verb, "--label-studio-url", dead, "--api-key", "s3cr3t")
    assert_refused(done, f"No Label Studio answers at {dead}")
    assert "s3cr3t" not in done.err
    assert contents(workspace) == before


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
@pytest.mark.parametrize("stranger", STRANGERS, indirect=True)
def test_a_wrong_server_is_told_from_a_label_studio(
    newsledger: Run, workspace: Path, good: str, stranger: str, verb: tuple[str, ...]
) -> None:
    before = contents(workspace)
    done = newsledger(*verb, "--label-studio-url", stranger, "--api-key", "s3cr3t")
    assert_refused(done, f"What answers at {stranger} is not a Label Studio")
    assert contents(workspace) == before


@pytest.mark.parametrize("stranger", ["a page"], indirect=True)
def test_a_promotion_holds_even_if_no_server_can_be_told(
    newsledger: Run, workspace: Path, stranger: str, dead: str
) -> None:
    first, second = champion_of(workspace), refused_model(workspace)
    for url, command, champion in (
        (stranger, ("promote", second.name), second),
        (dead, ("rollback",), first),
    ):
        done = newsledger(*command, "--label-studio-url", url, "--api-key", "s3cr3t")
        assert done.code == 1
        assert f"{champion.name} is the champion now" in done.out
        (told,) = done.err.splitlines()
        assert url in told
        assert champion_of(workspace) == champion
