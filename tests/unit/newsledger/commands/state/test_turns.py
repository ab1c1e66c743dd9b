"""Two copies of one workspace: the one that was not last is told so, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from annotation.errors import WorkspaceError
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.state import project
from newsledger.commands.state.turns import take_turn
from newsledger.settings import Settings, read_settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio


@dataclass(frozen=True, slots=True)
class Copies:
    """A workspace, a copy of it made later, and the server that both name."""

    studio: LabelStudio
    server: FakeStudio
    folder: Path

    def settings(self, name: str) -> Settings:
        return read_settings(workspace=self.folder / name, url=URL, api_key=TOKEN, environment={})

    def take(self, name: str) -> None:
        settings = self.settings(name)
        take_turn(settings, project.find(settings, self.studio, read_schema(settings.config)))

    def copy(self, name: str, other: str) -> None:
        shutil.copytree(self.folder / name, self.folder / other)

    def description(self) -> str:
        (only,) = self.server.projects.values()
        return str(only["description"])


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    server = FakeStudio()
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        yield Copies(studio, server, tmp_path)


def test_one_workspace_takes_turn_after_turn(copies: Copies) -> None:
    turns = set()
    for _ in range(4):
        copies.take("original")
        turns.add(copies.description())
    assert len(turns) == 4
    assert all(text.startswith("Kept by newsledger. Workspace ") for text in turns)


def test_a_copy_that_was_not_last_is_refused_and_the_last_goes_on(copies: Copies) -> None:
    copies.take("original")
    copies.copy("original", "copy")
    copies.take("copy")
    before = copies.description()
    with pytest.raises(WorkspaceError, match=r"Another copy of this workspace .*original\)") as one:
        copies.take("original")
    assert "put this one away" in str(one.value.hint)
    assert copies.description() == before
    copies.take("copy")


def test_a_copy_of_a_workspace_that_had_no_turn_yet_is_found_out_too(copies: Copies) -> None:
    settings = copies.settings("original")
    project.find(settings, copies.studio, read_schema(settings.config))
    copies.copy("original", "copy")
    copies.take("original")
    with pytest.raises(WorkspaceError, match="Another copy"):
        copies.take("copy")


def test_the_way_out_that_is_named_leads_out(copies: Copies) -> None:
    copies.take("original")
    copies.copy("original", "backup")
    copies.take("original")
    with pytest.raises(WorkspaceError) as one:
        copies.take("backup")
    (words,) = (part for part in str(one.value.hint).split("'") if part.startswith("Turn "))
    (only,) = copies.server.projects.values()
    only["description"] = only["description"].replace(words, "")
    copies.take("backup")


@pytest.mark.parametrize("stored", [True, False])
def test_killed_while_it_is_written_it_can_be_run_again(copies: Copies, stored: bool) -> None:
    class Killed(BaseException):
        pass

    def fault(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        if stored:
            answer()
        raise Killed

    copies.take("original")
    copies.server.fail("PATCH project", fault)
    with pytest.raises(Killed):
        copies.take("original")
    copies.take("original")


def test_a_word_that_arrives_after_the_next_one_is_known(copies: Copies) -> None:
    copies.take("original")
    late = copies.description()
    copies.take("original")
    (only,) = copies.server.projects.values()
    only["description"] = late
    copies.take("original")


def test_whose_the_project_is_and_what_people_wrote_beside_it_stays(copies: Copies) -> None:
    copies.take("original")
    (only,) = copies.server.projects.values()
    only["description"] = f"Ask Mina first.\n{only['description']}\nSecond line."
    owner = copies.studio.owner(only["id"])
    copies.take("original")
    assert copies.studio.owner(only["id"]) == owner
    assert copies.description().startswith("Ask Mina first.\nKept by newsledger. Workspace")
    assert copies.description().endswith("\nSecond line.")


def test_where_the_words_are_damaged_the_hint_leads_on(copies: Copies) -> None:
    copies.take("original")
    file = copies.folder / "original" / "turns.json"
    file.write_text("damaged")
    with pytest.raises(WorkspaceError, match=r"turns\.json") as one:
        copies.take("original")
    assert "the words 'Turn …'" in str(one.value.hint)
    file.unlink()
    (only,) = copies.server.projects.values()
    only["description"] = only["description"].partition(" Turn")[0]
    copies.take("original")


@pytest.mark.parametrize("drawn", ["5", "true", '{"a": 1}', "[1]", '"ab"'])
def test_turns_that_are_none_are_told(copies: Copies, drawn: str) -> None:
    copies.take("one")
    path = copies.folder / "one" / "turns.json"
    path.write_text(f'{{"format": 1, "drawn": {drawn}}}', encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"turns\.json names no turns") as told:
        copies.take("one")
    assert told.value.hint
