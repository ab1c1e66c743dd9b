"""The command, run in this process in an empty folder."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
import typer.main

from newsledger import cli
from newsledger.commands.learning import offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.corpus import make_corpus
from tests.fits import SharedFits

GOOD = "Ten people fled."
"""What an article says that is good."""

AS_TYPED: Callable[..., object] = cache(typer.main.get_command)
"""Typer reads all signatures anew at each call, which takes five times as long as most verbs."""


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs the command in an empty folder, with a workspace there and a clean environment."""

    def __call__(self, *arguments: str, stdin: str = "", **environment: str) -> Done:
        """Arguments as typed; what standard input says; variables to set."""


@pytest.fixture(scope="session", autouse=True)
def trained_once(fits: SharedFits) -> SharedFits:
    """Each model is fitted once."""
    return fits


@pytest.fixture
def newsledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("typer.main.get_command", AS_TYPED)
    for name in [name for name in os.environ if name.startswith(("LABEL_", "NEWSLEDGER"))]:
        monkeypatch.delenv(name)

    def run(*arguments: str, stdin: str = "", **environment: str) -> Done:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["newsledger", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capfd.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, trained_once: SharedFits) -> Path:
    """A workspace with a champion and a model that nobody has promoted; never to be changed."""
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
