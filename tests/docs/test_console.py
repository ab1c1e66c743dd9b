"""What the commands of an example find where they run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import Console
from tests.fits import CALLERS, SharedFits

TELL = f"""
import importlib, sys
assert not [one for one in sys.modules if one.startswith(("training", "tests"))]
for name in {CALLERS}:
    print(importlib.import_module(name).fit.__self__)
print(importlib.import_module("training.train").fit.__module__)
"""


@pytest.mark.slow
def test_whoever_trains_takes_the_models_of_this_run(tmp_path: Path) -> None:
    shared = SharedFits(tmp_path / "fits")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "tell.py").write_text(TELL, encoding="utf-8")
    told = Console(folder, shared).printed("python tell.py").splitlines()
    assert told == [*(str(shared) for _ in CALLERS), "training.train"]
