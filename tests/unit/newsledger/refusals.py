"""What tests of bad input share: how a refusal looks, and what must be as it was."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.newsledger.conftest import Done


def assert_refused(done: Done, *said: str) -> None:
    """One sentence on what is wrong and where, a second line on the way out, and nothing else."""
    assert done.code == 1, done.err
    told = (line for line in done.err.splitlines() if not line.endswith("…"))
    what, way_out = [line for line in told if not re.fullmatch(r".*: [\d,]+ of [\d,]+", line)]
    assert what.startswith("newsledger: ")
    assert way_out.startswith("  ")
    for words in said:
        assert words in what
    assert not done.out


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below, but for locks: they are empty and say nothing."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def champion_of(workspace: Path) -> Path:
    return (workspace / "models" / "current").resolve()


def refused_model(workspace: Path) -> Path:
    """The model that is not the champion."""
    (other,) = set((workspace / "models").glob("2*")) - {champion_of(workspace)}
    return other
