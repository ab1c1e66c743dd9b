"""The models of a workspace, by the verbs that need no scikit-learn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from newsledger import workbench
from newsledger.report import Quiet
from newsledger.settings import read_settings
from tests.corpus import make_corpus

REPOSITORY = Path(__file__).parents[3]


def test_who_looks_at_files_only_does_not_wait_for_scikit_learn(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    for seed in (0, 1):
        snapshot = make_corpus(8, seed=seed).freeze(settings.snapshots, held_out=("a01", "a05"))
        workbench.train_on(settings, Quiet(), snapshot, promote=seed == 0)
    script = (
        "import sys; from newsledger import cli\n"
        "try: cli.main()\n"
        "except SystemExit as ended: assert not ended.code\n"
        "print([m for m in ('sklearn', 'numpy', 'label_studio_sdk') if m in sys.modules])"
    )
    for verb in (["models"], ["promote", "latest"], ["rollback"]):
        done = subprocess.run(
            [sys.executable, "-c", script, "-w", settings.workspace, *verb],
            cwd=REPOSITORY,
            env={name: one for name, one in os.environ.items() if not name.startswith("LABEL_")},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.splitlines()[-1] == "[]", verb
