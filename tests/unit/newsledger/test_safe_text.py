"""What reaches a terminal or a log holds no secret and nothing that the terminal obeys."""

from __future__ import annotations

import json
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.errors import ArticleError, WorkspaceError
from newsledger.commands.learning import models
from newsledger.progress import Result, Table
from newsledger.safe_text import (
    arguments_without_secrets,
    visible,
    visible_in_a_line,
    visible_json,
    without_secrets,
)
from newsledger.terminal import Terminal
from tests.unit.newsledger.conftest import Run

TOKEN = "0123456789abcdef0123456789abcdef01234567"
HOSTILE = "a\x1b[2J\x1b]0;owned\x07\x9b31m\r\u202eb\udc80"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\x9b2J", "\\x9b2J"),
        ("bell\x07 back\x08 delete\x7f null\0", "bell\\x07 back\\x08 delete\\x7f null\\x00"),
        ("good\rbad", "good\\x0dbad"),
        ("a\u202eb\u2066c\u2028d", "a\\u202eb\\u2066c\\u2028d"),
        ("half \ud83d", "half \\ud83d"),
        ("two\nlines\tand é, عربي\u200f, 👩\u200d🚒", "two\nlines\tand é, عربي\u200f, 👩\u200d🚒"),
    ],
)
def test_control_characters_are_spelt_out_and_letters_stay(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert "\n" not in visible_in_a_line(text)
    assert json.loads(visible_json(json.dumps(text, ensure_ascii=False))) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("http://user:s3cret@host/a", "http://***@host/a"),
        ("https://user:pa/ss@host:80/a", "https://***@host:80/a"),
        ("https://user:p@ss@host/", "https://***@host/"),
        ("https://s3cret@host/", "https://***@host/"),
        ("'http://:s3cret@[::1]:8080/'", "'http://***@[::1]:8080/'"),
        ("http://host:8080/@name/a, b@c.org", "http://host:8080/@name/a, b@c.org"),
        ("https://example.org/@name?q=a@b", "https://example.org/@name?q=a@b"),
        (f"Authorization: Token {TOKEN}", "Authorization: Token ***"),
        (f"{{'Authorization': 'Bearer {TOKEN}'}}", "{'Authorization': 'Bearer ***'}"),
        ("key eyJhbGciOiJI.eyJ0b2tlbl90.abc-_d", "key ***"),
    ],
)
def test_secrets_are_struck_out_and_addresses_stay(text: str, left: str) -> None:
    assert without_secrets(text, (), {}) == left


@pytest.mark.parametrize("given", [["--api-key", TOKEN], [f"--api-key={TOKEN}"]])
def test_the_token_of_the_command_line_is_struck_out(given: list[str]) -> None:
    line = ["newsledger", "up", *given, "--label-studio-url", f"http://u:{TOKEN}@h"]
    assert TOKEN not in repr(arguments_without_secrets(line))
    assert arguments_without_secrets(line)[-1] == "http://***@h"
    assert without_secrets(f"refused: {TOKEN}", line, {}) == "refused: ***"
    assert "x" not in arguments_without_secrets(["newsledger", "--api-key", "x"])


@pytest.mark.parametrize(
    "address", ["postgresql://ann:pass%2Fword@h/labels", "postgres:pass%2Fword@h/labels"]
)
@pytest.mark.parametrize("form", ["{0} {1}", "{0}={1}"])
def test_the_database_of_the_command_line_is_struck_out(form: str, address: str) -> None:
    line = ["newsledger", "up", *form.format("--database", address).split(), "--port", "9"]
    kept = arguments_without_secrets(line)
    assert "word" not in repr(kept)
    assert kept[-2:] == ["--port", "9"]
    assert "word" not in without_secrets(f"refused: {address}", line, {})


def test_a_databases_password_is_struck_out_as_it_is_and_as_it_is_written() -> None:
    variables = {"NEWSLEDGER_DATABASE": "postgresql://ann:pass%2Fword@h/labels"}
    assert without_secrets("pass/word, pass%2Fword, label", (), variables) == "***, ***, label"


def test_the_token_of_the_environment_is_struck_out() -> None:
    assert without_secrets(f"<{TOKEN}>", (), {"LABEL_STUDIO_API_KEY": f"{TOKEN}\n"}) == "<***>"


class Hostile(Result):
    def text(self) -> str:
        return f"said {HOSTILE} http://u:s3cret@h"

    def tables(self) -> tuple[Table, ...]:
        return (Table(HOSTILE, (HOSTILE, "n"), ((f"{HOSTILE}\nnext", "1"),)),)

    def to_json(self) -> dict[str, str]:
        return {"label": HOSTILE, "url": "http://u:s3cret@h"}


def test_nothing_that_the_terminal_prints_is_obeyed_by_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal = Terminal()
    terminal.say(HOSTILE)
    terminal.problem(ArticleError(f"{HOSTILE}\nnewsledger: all is well"))
    with terminal.track(HOSTILE) as count:
        count(1)
    terminal.show(Hostile())
    Terminal(as_json=True).show(Hostile())
    out, err = capsys.readouterr()
    assert not [one for one in out + err if not one.isprintable() and one != "\n"]
    assert "s3cret" not in out + err
    assert err.count("\n") == 3
    assert json.loads(out[out.index("{\n") :])["label"] == HOSTILE


def test_nor_is_an_error(newsledger: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise WorkspaceError(f"{HOSTILE} {TOKEN}", hint=HOSTILE)

    monkeypatch.setattr(models, "listed", refuse)
    done = newsledger("models", LABEL_STUDIO_API_KEY=TOKEN)
    assert "a\\x1b[2J" in done.err
    assert TOKEN not in done.err
    assert not [one for one in done.err if not one.isprintable() and one != "\n"]


@pytest.mark.parametrize("planted", ["nothing", "link", "pipe", "folder", "open file"])
def test_the_log_of_a_bug_is_the_owners_alone_and_holds_no_secret(
    newsledger: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"{TOKEN} {HOSTILE} http://u:s3cret@h")

    shared = tmp_path / "shared"
    shared.mkdir()
    log = shared / "newsledger-errors.log"
    plant: dict[str, Callable[[], None]] = {
        "nothing": lambda: None,
        "link": lambda: log.symlink_to(tmp_path / "elsewhere"),
        "pipe": lambda: os.mkfifo(log),
        "folder": lambda: log.mkdir(),
        "open file": lambda: log.touch(mode=0o644),
    }
    plant[planted]()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    monkeypatch.setattr("newsledger.commands.labelling.retraining.switch", broken)
    monkeypatch.setattr(models, "promote_model", broken)
    url = ("--label-studio-url", "http://127.0.0.1:9")
    done = newsledger(
        "promote", "latest", *url, "--api-key", TOKEN, NEWSLEDGER_WORKSPACE=str(tmp_path / "none")
    )
    assert done.code == 3, done.err
    assert not (tmp_path / "elsewhere").exists()
    logs = [one for one in shared.iterdir() if one.is_file() and not one.is_symlink()]
    (written,) = logs
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    content = written.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in content
    assert TOKEN not in content + done.err
    assert "s3cret" not in content + done.err
    assert "\x1b" not in content + done.err
    assert str(written) in done.err
