"""The command, run in this process in an empty folder."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest
import typer.main

from newsledger import cli
from tests.fits import SharedFits

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
