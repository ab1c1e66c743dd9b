"""Which projects were restored from what is remembered, by server and number."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import WorkspaceError
from newsledger.commands.state.restorations import (
    Restoration,
    forget_restoration,
    note_restoration,
    restoration_of,
    restored_snapshots,
)
from newsledger.settings import Settings, read_settings

KEPT = Path(__file__).parents[4] / "kept" / "restored-1.json"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "w").mkdir()
    return read_settings(workspace=tmp_path / "w", environment={})


def test_each_project_has_its_own(settings: Settings) -> None:
    mine, other = Path("pushed/own-3.json"), Path("pushed/https-x-test-3.json")
    assert restoration_of(settings, mine) is None
    begun = Restoration("a" * 16, finished=False)
    note_restoration(settings, mine, begun)
    note_restoration(settings, other, Restoration("b" * 16, finished=True))
    assert restoration_of(settings, mine) == begun
    note_restoration(settings, mine, replace(begun, finished=True))
    assert restoration_of(settings, mine) == replace(begun, finished=True)
    assert restored_snapshots(settings) == {"a" * 16, "b" * 16}
    forget_restoration(settings, other)
    forget_restoration(settings, other)
    assert restored_snapshots(settings) == {"a" * 16}


def test_a_kept_file_goes_on_loading(settings: Settings) -> None:
    shutil.copy(KEPT, settings.workspace / "restored.json")
    found = restoration_of(settings, Path("pushed/own-3.json"))
    assert found == Restoration("0123456789abcdef", finished=True)


@pytest.mark.parametrize(
    "damaged", [{"projects": []}, {"projects": {"own-3": None}}, {"projects": {"own-3": {}}}]
)
def test_a_damaged_file_is_one_sentence(settings: Settings, damaged: dict[str, Any]) -> None:
    (settings.workspace / "restored.json").write_text(json.dumps({"format": 1, **damaged}))
    with pytest.raises(WorkspaceError, match="The list of restored projects"):
        restored_snapshots(settings)
