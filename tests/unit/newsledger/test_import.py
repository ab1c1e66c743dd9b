"""The names of our packages mean our packages, whatever lies in the current directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = str(Path(sys.executable).with_name("newsledger"))
PYTHON = sys.executable


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        input="Some 100 fighters surrendered.",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("file", ["__init__.py", ".py", "notes.txt"])
@pytest.mark.parametrize(
    "command",
    [
        (SCRIPT, "quantities", "-"),
        (PYTHON, "-m", "newsledger", "quantities", "-"),
        (PYTHON, "-c", "import newsledger, annotation.records, training.events"),
    ],
    ids=["newsledger", "python -m newsledger", "import newsledger"],
)
@pytest.mark.slow
def test_packages_of_our_names_do_not_get_in_the_way(
    tmp_path: Path, file: str, command: tuple[str, ...]
) -> None:
    for name in ("annotation", "training"):
        theirs = tmp_path / f"{name}.py" if file == ".py" else tmp_path / name / file
        theirs.parent.mkdir(exist_ok=True)
        theirs.write_text("raise RuntimeError('this is somebody else')\n", encoding="utf-8")
    # The current directory comes first by itself, but for the script.
    done = run(tmp_path, *command, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr


def test_one_that_is_in_use_already_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "annotation").mkdir()
    (tmp_path / "annotation" / "__init__.py").touch()
    done = run(tmp_path, PYTHON, "-c", "import annotation, newsledger")
    assert done.returncode == 1
    told = done.stderr.splitlines()[-1]
    assert told.startswith("ImportError: Another package called 'annotation' (")
    assert str(tmp_path) in told


def test_our_own_may_be_imported_first(tmp_path: Path) -> None:
    script = "import annotation, newsledger, annotation.records as records; print(records.__file__)"
    done = run(tmp_path, PYTHON, "-c", script)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_a_tab_completes_the_verbs(tmp_path: Path) -> None:
    asked = {
        "_NEWSLEDGER_COMPLETE": "complete_bash",
        "COMP_WORDS": "newsledger p",
        "COMP_CWORD": "1",
    }
    done = run(tmp_path, SCRIPT, **asked)
    verbs = sorted(done.stdout.split())
    assert verbs == ["pack", "pairs", "places", "predict", "promote", "prune", "pull", "push"]
