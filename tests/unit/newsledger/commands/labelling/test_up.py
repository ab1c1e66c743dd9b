"""What ``up`` says: of the database, and to whom; of a project with nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.labelstudio.sync import ProjectCounts
from newsledger.commands.labelling.up import UpResult


def said(*, database: str | None = None, people: int | None = None, tasks: int = 1) -> str:
    return UpResult(
        url="http://127.0.0.1:8080",
        project_url="http://127.0.0.1:8080/projects/1/data",
        counts=ProjectCounts(tasks, tasks, 0, "model-1"),
        login=None,
        login_file=Path("login.json"),
        server=None,
        database=database,
        people=people,
    ).text()


def test_several_people_on_sqlite_are_led_to_postgresql() -> None:
    text = said(database=None, people=3)
    assert "3 people can log in, and its data is in SQLite" in text
    assert "--database" in text


@pytest.mark.parametrize(
    ("database", "people"), [(None, 2), (None, None), ("postgresql://h:5432/x", 20)]
)
def test_nobody_else_is(database: str | None, people: int | None) -> None:
    text = said(database=database, people=people)
    assert "SQLite" not in text
    assert database is None or f"Its data is in {database}." in text


def test_a_project_without_a_sentence_has_no_button_to_press() -> None:
    assert "Then press    Label All Tasks" in said()
    empty = said(tasks=0)
    assert empty.startswith("No sentence yet: newsledger push FOLDER")
    assert "press" not in empty
