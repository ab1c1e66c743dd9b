"""Where the task of each sentence is opened, as the last pull found it."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from newsledger.commands.state.task_addresses import (
    keep_task_addresses,
    task_address,
    task_addresses,
)
from newsledger.settings import Settings, read_settings

PAGE = "http://127.0.0.1:8080/projects/3/data"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "workspace").mkdir()
    return read_settings(workspace=tmp_path / "workspace", environment={})


def test_a_task_is_opened_by_its_number_and_without_one_the_project_is() -> None:
    assert task_address(PAGE, 17) == f"{PAGE}?task=17"
    assert task_address(PAGE, None) == PAGE


def test_what_a_pull_found_is_there_until_the_next_one(settings: Settings) -> None:
    assert task_addresses(settings) == {}
    keep_task_addresses(settings, PAGE, {"a:0001": 17, "a:0002": 18})
    assert task_addresses(settings)["a:0002"] == f"{PAGE}?task=18"
    keep_task_addresses(settings, PAGE, {"a:0001": 21})
    assert task_addresses(settings) == {"a:0001": f"{PAGE}?task=21"}


@pytest.mark.parametrize("text", ["", "[]", '{"format": 99, "page": "", "tasks": {}}'])
def test_a_list_that_cannot_be_read_says_what_to_do(settings: Settings, text: str) -> None:
    (settings.workspace / "tasks.json").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        task_addresses(settings)
    assert "tasks.json" in caught.value.message


@pytest.mark.parametrize("tasks", ["[]", "17", "null"])
def test_a_list_of_another_shape_is_none(settings: Settings, tasks: str) -> None:
    (settings.workspace / "tasks.json").write_text(
        f'{{"format": 1, "page": "{PAGE}", "tasks": {tasks}}}', encoding="utf-8"
    )
    assert task_addresses(settings) == {}
