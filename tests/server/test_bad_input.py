"""What bad input gets at the command line, where it takes a Label Studio to be bad.

The other kinds are in tests/unit/newsledger/test_bad_input.py and beside it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from newsledger.commands.labelling.up import up
from newsledger.progress import Quiet
from newsledger.settings import packaged
from tests.conftest import Studio

pytestmark = pytest.mark.server

REPOSITORY = Path(__file__).parents[2]
ARTICLE = str(sorted(packaged("seeds/articles").glob("*.txt"))[0])
VERBS = [("push", ARTICLE), ("pull",), ("retrain",), ("doctor",)]


def newsledger(
    workspace: Path, url: str, token: str, *verb: str
) -> subprocess.CompletedProcess[str]:
    """The command as people run it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "newsledger", *verb],
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "NEWSLEDGER_WORKSPACE": str(workspace),
            "LABEL_STUDIO_URL": url,
            "LABEL_STUDIO_API_KEY": token,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def assert_refused(done: subprocess.CompletedProcess[str], said: str) -> None:
    """Exit 1; what is wrong in one sentence and the way out in another; no traceback."""
    assert done.returncode == 1, done.stderr
    told = [line for line in (done.stderr or done.stdout).splitlines() if said in line]
    assert len(told) == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if done.stderr:
        assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_a_revoked_token_is_refused_in_one_sentence(
    label_studio: Studio, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    revoked = "0" * 40
    done = newsledger(tmp_path / "workspace", label_studio.url, revoked, *verb)
    assert_refused(done, f"Label Studio at {label_studio.url} refuses the token")
    assert revoked not in done.stdout + done.stderr
    assert not (tmp_path / "workspace" / "models").exists()


def test_a_project_deleted_under_us_is_named_and_up_makes_a_new_one(
    label_studio: Studio, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    settings = label_studio.workspace(workspace)

    def run(*verb: str) -> subprocess.CompletedProcess[str]:
        return newsledger(workspace, label_studio.url, label_studio.token, *verb)

    with up(settings, Quiet(), seeds=False) as running:
        project = running.project_url.split("/")[4]
    headers = {"Authorization": f"Token {label_studio.token}"}
    gone = httpx.delete(
        f"{label_studio.url}/api/projects/{project}/", headers=headers, trust_env=False
    )
    gone.raise_for_status()
    for verb in VERBS:
        assert_refused(run(*verb), f"looking for project {project}")
    with up(settings, Quiet(), seeds=False) as running:
        assert running.counts.tasks == 0
    assert run("push", ARTICLE).returncode == 0
