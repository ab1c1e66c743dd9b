"""What people see: one sentence for each mistake, and an exit code that means something."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsledger.commands.learning import models
from tests.unit.newsledger.conftest import Run

REPOSITORY = Path(__file__).parents[3]


def test_quantities_keep_the_id_and_the_offsets_of_the_input(newsledger: Run) -> None:
    text = "  🙂 Some 100 fighters surrendered."
    done = newsledger("quantities", "-", stdin=json.dumps({"id": "a", "text": text}))
    assert done.code == 0, done.err
    row = json.loads(done.out)
    assert row["id"] == "a"
    (mention,) = row["mentions"]
    assert text[mention["start"] : mention["end"]] == mention["text"] == "Some 100 fighters"
    assert text[mention["number_start"] : mention["number_end"]] == "100"
    assert (mention["low"], mention["high"], mention["modifier"]) == (100, 100, "about")
    assert (mention["unit"], mention["noun"]) == ("count", "fighters")


def test_sentences_have_the_columns_of_the_contract(newsledger: Run) -> None:
    text = "One fell. Two fled.\n"
    done = newsledger("sentences", "-", stdin=json.dumps({"id": "a", "text": text}))
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["sentence_id"] for row in rows] == ["a:0-9", "a:10-19"]
    assert [text[row["start"] : row["end"]] for row in rows] == [row["text"] for row in rows]
    assert {"article_id", "sentence_id", "index", "start", "end", "text"} <= rows[0].keys()


def test_what_is_good_is_kept_and_what_is_bad_is_listed(newsledger: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ten people fled.", encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02 PNG")
    done = newsledger("sentences", "empty.txt", "binary.txt", "good.txt")
    assert done.code == 1
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["Ten people fled."]
    told = done.err.splitlines()
    assert len(told) == 2
    assert "empty.txt" in told[0]
    assert "binary.txt" in told[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["predict", "a.txt"], "There is no champion"),
        (["predict", "a.txt", "--model", "nope"], "There is no model 'nope'"),
        (["promote", "nope"], "There is no model 'nope'"),
        (["rollback"], "There is no champion"),
        (["evaluate"], "There is no champion"),
        (["train", "--labels", "missing.json"], "missing.json"),
        (["sentences", "a.txt", "--out", "a.xlsx"], "not as '.xlsx'"),
        (["quantities", "a.txt", "--policy", "wild"], "no policy 'wild'"),
        (["push", "a.txt"], "No Label Studio is running"),
        (["pull"], "No Label Studio is running"),
        (["retrain"], "No Label Studio is running"),
    ],
)
def test_an_expected_failure_is_one_sentence_with_a_way_out(
    newsledger: Run, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "a.txt").write_text("Ten people fled.", encoding="utf-8")
    done = newsledger(*arguments)
    assert done.code == 1
    assert said in done.err
    assert "Traceback" not in done.err
    assert len(done.err.strip().splitlines()) == 2  # what is wrong; what to do next


def test_a_misspelt_command_exits_with_2(newsledger: Run) -> None:
    assert newsledger("pusch").code == 2
    assert newsledger("train").code == 2


def test_our_bug_exits_with_3_and_leaves_its_traceback_in_a_log(
    newsledger: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(models, "listed", broken)
    done = newsledger("models", NEWSLEDGER_WORKSPACE=str(tmp_path))
    assert done.code == 3
    assert "Traceback" not in done.err
    assert "our bug" in done.err
    assert "ZeroDivisionError" in (tmp_path / "newsledger-errors.log").read_text(encoding="utf-8")


def test_ctrl_c_exits_with_130(newsledger: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(models, "listed", interrupted)
    assert newsledger("models").code == 130


@pytest.mark.slow
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    text = "\\n".join(["Ten people fled."] * 20_000)
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"set -o pipefail; {sys.executable} -m newsledger sentences - | head -1",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        input=f'{{"text": "{text}"}}',
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.slow
def test_names_of_every_script_are_written_in_any_locale() -> None:
    text = "أحمد fled with Олена 🙂."
    done = subprocess.run(
        [sys.executable, "-m", "newsledger", "sentences", "-"],
        input=text.encode(),
        capture_output=True,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=True,
    )
    assert json.loads(done.stdout.decode())["text"] == text


def test_doctor_tells_everything_at_once(newsledger: Run) -> None:
    done = newsledger("doctor", "--json")
    assert done.code == 1
    found = json.loads(done.out)
    assert {"url", "project_id", "tasks", "with_suggestion", "annotated", "champion"} <= set(found)
    assert any("no model yet" in one for one in found["problems"])
    assert any("No Label Studio is running" in one for one in found["problems"])


def test_a_token_given_on_the_command_line_is_never_printed(newsledger: Run) -> None:
    done = newsledger(
        "doctor", LABEL_STUDIO_URL="http://127.0.0.1:9", LABEL_STUDIO_API_KEY="s3cr3t"
    )
    assert done.code == 1
    assert "s3cr3t" not in done.out + done.err
    assert "http://127.0.0.1:9" in done.out


@pytest.mark.parametrize("share", ["5", "0.05", "101%", "-1%", "five%", ""])
def test_a_share_is_a_percentage(newsledger: Run, share: str) -> None:
    done = newsledger("push", "x.txt", f"--blind={share}")
    assert done.code == 2
    assert "is not a percentage from 0% to 100%" in " ".join(done.err.replace("│", "").split())
