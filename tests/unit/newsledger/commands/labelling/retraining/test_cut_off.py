"""What is left of a switch to another champion that was cut off, and how it is finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from annotation.labelstudio.sync import LabelStudio
from newsledger.commands.labelling import retraining
from newsledger.commands.labelling.up import up
from newsledger.commands.learning import models, offline
from newsledger.commands.state import project
from newsledger.commands.state.project import Host
from newsledger.commands.state.switches import models_to_keep, unfinished
from newsledger.progress import Quiet
from newsledger.settings import Credentials, Settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.unit.newsledger.commands.labelling.retraining.champions import (
    WAITING,
    champion,
    follow,
    lines,
    suggested,
)
from tests.unit.newsledger.commands.learning.test_train_result import result


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def passes(request: httpx.Request, answer: Any) -> httpx.Response:
    return cast(httpx.Response, answer())


def kill(request: httpx.Request, answer: Any) -> httpx.Response:
    raise Killed


@contextmanager
def nobody_local(studio: Any) -> Iterator[Host]:
    yield Host(studio, None, elsewhere=False)


def removed(settings: Settings) -> set[str]:
    """The models whose suggestions go when what is old is removed."""
    with project.opened(settings, Quiet()) as ours:
        before = set(ours.studio._queries(ours.id).models())
        ours.studio.suggestions(ours.id).remove_old(keep=models_to_keep(ours), most=100)
        return before - ours.studio._queries(ours.id).models().keys()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("switches", "gone"),
    [
        ((), ""),
        ((2,), ""),
        ((2, 3), "m1"),
        # What was shown before counts, and not who has stored last.
        ((2, 1), ""),
        ((2, 1, 3), "m2"),
        ((2, 3, 2), "m1"),
        ((2, 3, 2, 1), "m3"),
    ],
)
def test_what_people_had_open_before_the_last_switch_stays(
    settings: Settings, studio: FakeStudio, switches: tuple[int, ...], gone: str
) -> None:
    for number in switches:
        follow(settings, number)
    assert removed(settings) == {gone} - {""}


@pytest.mark.slow
def test_what_a_switch_that_never_came_has_stored_was_not_shown_before(
    settings: Settings, studio: FakeStudio
) -> None:
    follow(settings, 2)
    studio.fail("PATCH project", kill)
    with pytest.raises(Killed):
        follow(settings, 3)
    # People see m2 still, and may have m1 open.
    assert removed(settings) == set()
    follow(settings, 4)
    assert removed(settings) == {"m1", "m3"}


@pytest.mark.slow
def test_where_another_has_made_a_model_the_shown_one_nothing_goes(
    settings: Settings, studio: FakeStudio
) -> None:
    for number in (2, 3, 4):
        follow(settings, number)
    studio.projects[next(iter(studio.projects))]["model_version"] = "m1"
    assert removed(settings) == set()


@pytest.mark.slow
@pytest.mark.parametrize("call", ["POST project predictions", "PATCH task"])
def test_a_retraining_ends_what_was_cut_off_where_the_gate_keeps_the_champion(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    studio.fail(call, passes, kill)
    with pytest.raises(Killed):
        follow(settings, 2)
    kept = result(promoted=False, champion=0.55)
    monkeypatch.setattr(retraining, "write_workspace_report", lambda *_: None)
    monkeypatch.setattr(offline, "train_challenger", lambda *_, **__: kept)
    monkeypatch.setattr(models, "champion", lambda _: champion(settings, 2))
    retraining.retrain(settings, Quiet(), seeds=False, prune=False)
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    assert lines(studio) == {"2"}
    studio.calls.clear()
    retraining.retrain(settings, Quiet(), seeds=False, prune=False)
    assert not [one for one in studio.calls if one.startswith("PATCH task") or "import" in one]


def test_what_is_unfinished_in_one_project_is_not_finished_in_another(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.fail("PATCH task", kill)
    with pytest.raises(Killed):
        follow(settings, 2)
    other = FakeStudio()
    named = replace(settings, credentials=Credentials("http://other.test", TOKEN))
    with monkeypatch.context() as patched:
        patched.setattr(
            project,
            "connected",
            lambda _: LabelStudio("http://other.test", TOKEN, transport=other),
        )
        with project.opened(named, Quiet()) as ours:
            assert not unfinished(named, ours.key)
        follow(named, 2)
    with project.opened(settings, Quiet()) as ours:
        assert unfinished(settings, ours.key) == "m2"
    follow(settings, 2)
    assert lines(studio) == {"2"}
    assert not settings.replacing.exists()


@pytest.mark.slow
def test_up_lets_the_next_sentences_follow_before_it_pushes_seeds(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Counter[tuple[str, ...]]] = []

    def switched(request: httpx.Request, answer: Any) -> httpx.Response:
        seen.append(suggested(studio))
        return cast(httpx.Response, answer())

    studio.fail("PATCH project", switched)
    monkeypatch.setattr(
        project, "running", lambda *_: nobody_local(LabelStudio(URL, TOKEN, transport=studio))
    )
    monkeypatch.setattr(offline, "champion_or_starter", lambda *_: champion(settings, 2))
    with up(settings, Quiet()) as found:
        assert found.counts.with_suggestion == found.counts.tasks > len(WAITING)
    assert seen == [{("m1", "m2"): 2, ("m1",): len(WAITING) - 2}]


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("call", "times"),
    [("PATCH project", 1), *(("POST project predictions", n) for n in (1, 2, 3)),
     *(("PATCH task", n) for n in range(1, 7))],
)  # fmt: skip
def test_killed_at_any_point_it_is_finished_by_up(
    settings: Settings,
    studio: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    times: int,
    after: bool,
) -> None:
    def cut_off(request: httpx.Request, answer: Any) -> httpx.Response:
        if after:
            answer()
        raise Killed

    studio.fail(call, *[passes] * (times - 1), cut_off)
    with pytest.raises(Killed):
        follow(settings, 2)
    monkeypatch.setattr(
        project, "running", lambda *_: nobody_local(LabelStudio(URL, TOKEN, transport=studio))
    )
    monkeypatch.setattr(offline, "champion_or_starter", lambda *_: champion(settings, 2))
    with up(settings, Quiet(), seeds=False) as found:
        assert (found.counts.model_id, found.counts.with_suggestion) == ("m2", len(WAITING))
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    assert lines(studio) == {"2"}
    assert not settings.replacing.exists()
