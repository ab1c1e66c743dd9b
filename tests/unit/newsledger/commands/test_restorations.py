"""Which projects were restored from what is remembered, by server and number."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import WorkspaceError
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.project import WorkspaceProject
from newsledger.commands.restorations import (
    Restoration,
    note_restoration,
    restoration_of,
    restored_snapshots,
)
from newsledger.settings import Settings, read_settings
from tests.contract.fake_studio import URL

KEPT = Path(__file__).parents[3] / "kept" / "restored-1.json"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "w").mkdir()
    return read_settings(workspace=tmp_path / "w", environment={})


def project(settings: Settings, name: str) -> WorkspaceProject:
    pushed = settings.workspace / "pushed" / f"{name}.json"
    return WorkspaceProject(LabelStudio(URL, "t"), 3, read_schema(settings.config), pushed, "w")


def test_each_project_has_its_own(settings: Settings) -> None:
    mine, other = project(settings, "own-3"), project(settings, "https-x-test-3")
    assert restoration_of(settings, mine) is None
    begun = Restoration("a" * 16, finished=False)
    note_restoration(settings, mine, begun)
    note_restoration(settings, other, Restoration("b" * 16, finished=True))
    assert restoration_of(settings, mine) == begun
    note_restoration(settings, mine, replace(begun, finished=True))
    assert restoration_of(settings, mine) == replace(begun, finished=True)
    assert restored_snapshots(settings) == {"a" * 16, "b" * 16}


def test_a_kept_file_goes_on_loading(settings: Settings) -> None:
    shutil.copy(KEPT, settings.workspace / "restored.json")
    found = restoration_of(settings, project(settings, "own-3"))
    assert found == Restoration("0123456789abcdef", finished=True)


@pytest.mark.parametrize(
    "damaged", [{"projects": []}, {"projects": {"own-3": None}}, {"projects": {"own-3": {}}}]
)
def test_a_damaged_file_is_one_sentence(settings: Settings, damaged: dict[str, Any]) -> None:
    (settings.workspace / "restored.json").write_text(json.dumps({"format": 1, **damaged}))
    with pytest.raises(WorkspaceError, match="The list of restored projects"):
        restored_snapshots(settings)
