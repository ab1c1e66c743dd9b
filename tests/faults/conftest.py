"""A workspace with three models, its project behind a gateway, and verbs in this process."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import Schema, parse_schema
from newsledger import cli
from newsledger.commands.state import project
from newsledger.settings import read_settings
from tests.contract.fake_studio import TOKEN
from tests.corpus import XML, make_corpus
from tests.faults import database
from tests.faults.fake_server import FakeServer
from tests.fits import SharedFits
from training.challenger import make_challenger
from training.registry.champion import set_champion
from training.registry.store import save_model

CONFIG = XML.replace(
    "</View>",
    """  <Header value="$readings"/>
  <Number name="low" toName="text" perRegion="true"/>
  <Number name="high" toName="text" perRegion="true"/>
  <Choices name="modifier" toName="text" perRegion="true" choice="single-radio">
    <Choice value="exactly"/><Choice value="about"/><Choice value="at_least"/>
    <Choice value="at_most"/><Choice value="between"/><Choice value="vague"/>
  </Choices>
  <TextArea name="attribution" toName="text" perRegion="true"/>
</View>""",
)
"""Small, so that a model is fitted in a second; with a line of readings that is kept true."""
MODELS = ("first", "second", "third")
EVENTS = ("fight", "talk", "help", "nothing")

HASTE = 10.0
"""How much faster waiting passes than in use; the gateway's delays are as much shorter."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb came to."""

    verb: str
    code: int
    out: str
    err: str


@dataclass(slots=True)
class World:
    """A workspace and its project."""

    workspace: Path
    config: Path
    stored: Callable[[], database.Stored]
    schema: Schema
    server: str
    token: str
    project: int
    rows: list[dict[str, str]]
    pushed: int = 0
    sent: list[Path] = field(default_factory=list)

    def run(self, url: str, verb: str, *arguments: str) -> Done:
        """A verb, in this process, with the server at this address."""
        words = ["newsledger", "--workspace", str(self.workspace), verb, *arguments]
        more = ["--label-studio-url", url, "--api-key", self.token]
        # A workspace has one project for each address: the gateway's is the server's.
        known = {"format": 1, url: self.project, "config": str(self.config.resolve())}
        (self.workspace / "project.json").write_text(json.dumps(known))
        out, err = io.StringIO(), io.StringIO()
        before, sys.argv = sys.argv, [*words, *more]
        code: object = 0
        try:
            with redirect_stdout(out), redirect_stderr(err):
                cli.main()
        except SystemExit as end:
            code = end.code
        finally:
            sys.argv = before
        return Done(
            verb, int(code or 0) if isinstance(code, int) else 1, out.getvalue(), err.getvalue()
        )

    def next_file(self, number: int) -> Path:
        """A file with the next sentences, and some that were pushed before."""
        some = self.rows[max(0, self.pushed - 5) : self.pushed + number]
        self.pushed = min(self.pushed + number, len(self.rows))
        file = self.workspace / f"rows-{len(self.sent)}.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in some), encoding="utf-8")
        self.sent.append(file)
        return file

    def all_rows(self) -> Path:
        """A file with every sentence of all files."""
        file = self.workspace / "all-rows.jsonl"
        some = self.rows[: self.pushed]
        file.write_text("".join(json.dumps(row) + "\n" for row in some), encoding="utf-8")
        return file


@pytest.fixture(scope="session", autouse=True)
def trained_once(fits: SharedFits) -> SharedFits:
    """Each model is fitted once."""
    return fits


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three models."""
    return make_models(tmp_path_factory.mktemp("models"))


def make_models(folder: Path) -> Path:
    """Three models that say the same, all of which were champion once."""
    corpus = replace(make_corpus(8), schema=parse_schema(CONFIG))
    model = make_challenger(corpus.freeze(folder / "snapshots", ("a00", "a01"))).model
    for name in MODELS:
        save_model(folder / "models", replace(model, id=name))
        set_champion(folder / "models", name, reason="for the tests")
    return folder


def make_world(
    folder: Path,
    models: Path,
    url: str,
    token: str,
    stored: Callable[[int], database.Stored],
    sentences: int,
) -> World:
    """A workspace with a new project on this server, and no project of another test there."""
    schema = parse_schema(CONFIG)
    workspace = folder / "workspace"
    shutil.copytree(models, workspace, symlinks=True)
    config = workspace / "config.xml"
    config.write_text(CONFIG, encoding="utf-8")
    settings = read_settings(
        workspace=workspace, config=config, url=url, api_key=token, environment={}
    )
    with LabelStudio(url, token) as studio:
        projects = studio._client.sdk.projects
        for old in projects.list(title=project.TITLE, page_size=100).items or ():
            projects.delete(old.id)
        made = project.find(settings, studio, schema, create=True).id
    rows = [
        {
            "sentence_id": f"s{number:05d}",
            "article_id": f"a{number // 12}",
            "text": f"{sentence.text} in district {number}",
        }
        for number, sentence in enumerate(make_corpus(-(-sentences // 12), 12, seed=7).sentences)
    ]
    return World(workspace, config, partial(stored, made), schema, url, token, made, rows)


@pytest.fixture(
    params=[
        pytest.param("fake", marks=pytest.mark.slow),
        pytest.param("real", marks=[pytest.mark.server, pytest.mark.long]),
    ]
)
def world(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    models: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[World]:
    for name in [name for name in os.environ if name.startswith(("LABEL_", "NEWSLEDGER"))]:
        monkeypatch.delenv(name)
    hasty = SimpleNamespace(
        sleep=lambda seconds: time.sleep(seconds / HASTE), monotonic=time.monotonic
    )
    for module in ("settling", "upload"):
        monkeypatch.setattr(f"annotation.labelstudio.tasks.{module}.time", hasty)
    monkeypatch.setattr("newsledger.commands.doctor.time", hasty)
    # What somebody may have open is deleted one by one, which takes a while with a hundred.
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 10)
    monkeypatch.setattr("label_studio_sdk.core.http_client.INITIAL_RETRY_DELAY_SECONDS", 0.05)
    if request.param == "fake":
        with FakeServer() as fake:
            yield make_world(tmp_path, models, fake.url, TOKEN, fake.stored, 4000)
        return
    real: LocalServer = request.getfixturevalue("local_server")
    stored = partial(database.read, real.folder / "data")
    yield make_world(tmp_path, models, real.url, real.login.token, stored, 4000)
