"""What people install: the wheel, by a new environment's own pip, far from this folder.

Needs the package index. Nothing here sees the checkout, its environment or its locked requirements.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
PAGE = """<!DOCTYPE html>
<html><head><title>Rebels give up</title></head><body><nav>Home</nav><article>
<h1>Rebels give up</h1>
<p>Some 100 fighters surrendered to the army near the northern city on Friday, officials said.</p>
<p>At least a dozen civilians were killed by shelling in the days before, residents said.</p>
</article></body></html>"""

pytestmark = pytest.mark.wheel


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment that has newsledger, and a folder that has nothing else to do with it."""

    environment: Path
    folder: Path

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in the folder."""
        return _run(str(self.environment / "bin" / command[0]), *command[1:], cwd=self.folder)

    @property
    def seeds(self) -> Path:
        """The seeds that the wheel brought along."""
        (seeds,) = self.environment.glob("lib/python3*/site-packages/newsledger/_data/seeds")
        return seeds


def _run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    ours = ("PYTHON", "VIRTUAL_ENV", "LABEL_", "NEWSLEDGER")
    keep = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        command, cwd=cwd, env=keep, capture_output=True, text=True, timeout=900, check=False
    )


@pytest.fixture(scope="module")
def installed(of_all_processes: Path) -> Installed:
    """The wheel, built and installed without any extra; a minute or two, once for all processes."""
    base = of_all_processes / "wheel"
    installed = Installed(base / "environment", base / "elsewhere")
    with FileLock(f"{base}.lock"):
        if not base.exists():
            base.mkdir()
            _install(installed, base / "wheels")
    return installed


def _install(installed: Installed, wheels: Path) -> None:
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels))
    built = _run(*build, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    (wheel,) = wheels.glob("*.whl")
    installed.folder.mkdir()
    made = _run(sys.executable, "-m", "venv", str(installed.environment), cwd=installed.folder)
    assert made.returncode == 0, made.stderr
    # What is imported is compiled then; to compile all of scikit-learn takes half a minute.
    pip = installed.run("pip", "install", "--quiet", "--no-compile", str(wheel))
    assert pip.returncode == 0, pip.stderr
    (installed.folder / "page.html").write_text(PAGE, encoding="utf-8")


@pytest.fixture(scope="module")
def trained(installed: Installed) -> Installed:
    """The same, with a model of the seeds that came with the wheel."""
    with FileLock(f"{installed.folder}.lock"):
        if not (installed.folder / "workspace").exists():
            labels = str(installed.seeds / "labels.json")
            done = installed.run("newsledger", "train", "--labels", labels, "--promote")
            assert done.returncode == 0, done.stderr
            assert "Promoted" in done.stdout
    return installed


def test_the_command_and_the_module_start(installed: Installed) -> None:
    told = installed.run("newsledger", "--help")
    assert told.returncode == 0, told.stderr
    assert "retrain" in told.stdout
    versions = {
        installed.run(*command, "--version").stdout
        for command in (("newsledger",), ("python", "-m", "newsledger"))
    }
    (version,) = versions
    assert version.startswith("newsledger ")


def test_a_web_page_is_read_with_a_model(trained: Installed) -> None:
    done = trained.run("newsledger", "predict", "page.html")
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert any("100 fighters surrendered" in row["text"] for row in rows)
    assert any(claim["noun"] == "fighters" for row in rows for claim in row["claims"])


def test_a_verb_that_lacks_its_extra_says_which(trained: Installed) -> None:
    done = trained.run("newsledger", "predict", "page.html", "--out", "rows.parquet")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "newsledger: Parquet files need a part of newsledger that is not installed here.",
        "  Install it: pip install 'newsledger[parquet]'",
    ]
    assert not (trained.folder / "rows.parquet").exists()
    server = trained.run("newsledger", "up", "--no-browser")
    assert server.returncode == 1
    assert "pip install 'newsledger[studio]'" in server.stderr


def test_parquet_files_of_a_folder_are_left_out_and_the_rest_is_read(installed: Installed) -> None:
    folder = installed.folder / "articles"
    folder.mkdir()
    (folder / "a.parquet").write_bytes(b"PAR1")
    (folder / "b.txt").write_text("Ten people fled.", encoding="utf-8")
    done = installed.run("newsledger", "sentences", "articles")
    assert done.returncode == 1
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["Ten people fled."]
    (told,) = done.stderr.splitlines()
    assert told.startswith("left out: articles/a.parquet: ")
    assert told.endswith("pip install 'newsledger[parquet]'")


def test_a_notebook_finds_it_too(trained: Installed) -> None:
    script = "import newsledger as nl; print(len(nl.load().predict('Ten fled. Two fell.')))"
    done = trained.run("python", "-c", script)
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr
