"""Projects beside the main one on a server that fails: nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from annotation.errors import StudioUncertainError
from annotation.labelstudio.projects.side_projects import SideProject, SideTask
from annotation.labelstudio.sync import LabelStudio
from tests.contract.fake_studio import FakeStudio
from tests.contract.test_side_projects import FITS, asked


@pytest.fixture
def fits(ours: LabelStudio) -> SideProject:
    return ours.side_project(FITS, "a1")


def silent(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
    """Done, but the answer is lost."""
    answer()
    raise httpx.ReadTimeout("too late", request=request)


def test_a_lost_answer_doubles_no_task(fake: FakeStudio, fits: SideProject) -> None:
    fake.fail("POST project import", silent)
    assert fits.add([asked("a"), asked("b")]) == 2
    assert [one.key for one in fits.tasks()] == ["a", "b"]


def test_what_the_server_stores_late_is_removed_again(fake: FakeStudio, fits: SideProject) -> None:
    late: list[Callable[[], httpx.Response]] = []

    def later(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        late.append(answer)
        raise httpx.ReadTimeout("too late", request=request)

    def both(request: httpx.Request, answer: Callable[[], httpx.Response]) -> httpx.Response:
        late.pop()()
        return answer()

    fake.fail("POST project import", later, both)
    fits.add([asked("a")])
    assert [one.key for one in fits.tasks()] == ["a"]


def test_a_task_that_lost_what_was_ticked_gets_it_the_next_time(
    fake: FakeStudio, fits: SideProject
) -> None:
    ticked = SideTask("a", asked("a").data, ({"from_name": "fit"},))
    refused = [lambda request, answer: httpx.Response(500, text="full")] * 4
    fake.fail("POST project predictions", *refused)
    with pytest.raises(Exception, match="did not store 1 of 1 suggestions"):
        fits.add([ticked])
    assert fits.add([ticked]) == 0
    (task,) = fake.tasks.values()
    assert [one["model_version"] for one in task["predictions"]] == ["fits"]


def test_a_removal_without_an_answer_is_counted_by_what_is_there(
    fake: FakeStudio, fits: SideProject
) -> None:
    fits.add([asked("a"), asked("b")])
    fake.fail("POST actions", silent)
    assert fits.remove(["a"]) == 1
    assert [one.key for one in fits.tasks()] == ["b"]


def test_a_project_that_was_deleted_is_made_anew(
    fake: FakeStudio, ours: LabelStudio, fits: SideProject
) -> None:
    del fake.projects[fits.project.id]
    again = ours.side_project(FITS, "a1", fits.project.id)
    assert again.project.created


def test_a_server_that_falls_silent_makes_no_second_project(
    fake: FakeStudio, ours: LabelStudio
) -> None:
    fake.fail("POST projects", silent)
    with pytest.raises(StudioUncertainError):
        ours.side_project(FITS, "b2")
    assert not ours.side_project(FITS, "b2").project.created
