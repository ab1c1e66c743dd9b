"""How watch is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsledger.commands.labelling import pushing
from tests.unit.newsledger.conftest import GOOD, Run
from tests.unit.newsledger.refusals import assert_refused


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--every", "15"),
        ("--every", "0m"),
        ("--every", "30s"),
        ("--every", "-5m"),
        ("--every", "8d"),
        ("--every", "1.5h"),
        ("--every", "m"),
        ("--retrain-at", "3"),
        ("--retrain-at", "24:00"),
        ("--retrain-at", "03:60"),
        ("--summary-at", "seven"),
        ("--retrain-after", "0"),
    ],
)
def test_what_is_no_span_and_no_hour_is_misspelt(newsledger: Run, option: str, value: str) -> None:
    done = newsledger("watch", ".", option, value, "--once")
    assert done.code == 2
    assert option in done.err


def test_without_a_source_it_says_what_one_is(newsledger: Run) -> None:
    assert_refused(newsledger("watch", "--once"), "There is no source to watch.")


def test_without_a_server_the_round_says_so_and_nothing_is_lost(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "inbox" / "a.txt").touch()
    options = ("--every", "1h", "--retrain-at", "3:00", "--summary-at", "23:59", "--json")
    done = newsledger("watch", "inbox", "gone", *options, "--once")
    told = json.loads(done.out)
    assert done.code == 1
    assert told["asked"] == 2
    assert told["failing"][0]["source"] == str(tmp_path / "gone")
    assert all("No Label Studio is running" in one for one in told["trouble"])


def test_ctrl_c_ends_it(newsledger: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    (tmp_path / "inbox").mkdir()
    monkeypatch.setattr("newsledger.verbs.watch.time.sleep", interrupted)
    done = newsledger("watch", "inbox")
    assert done.code == 130
    assert "1 source read, 0 new: 0 articles, 0 tasks." in done.out


def test_what_was_found_is_pushed_as_push_does(
    newsledger: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed = list[str]()

    def push(settings: object, progress: object, inputs: list[str], **options: object) -> None:
        assert options == {"allow_private": True, "keep": False}
        pushed.extend(inputs)
        raise KeyboardInterrupt

    monkeypatch.setattr(pushing, "push", push)
    (tmp_path / "pages.txt").write_text("https://a.example/1\n", encoding="utf-8")
    done = newsledger("watch", "pages.txt", "--once", "--allow-private", "--no-keep")
    assert (done.code, pushed) == (130, ["https://a.example/1"])
