"""How a watch goes on: whatever fails or is killed, by night and by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time as hour
from pathlib import Path
from typing import Any

import httpx
import pytest

from annotation.errors import (
    ArticleError,
    StudioUnreachableError,
    TrainingError,
    WorkspaceError,
)
from annotation.storage import locked
from newsledger.commands.articles import watch as module
from newsledger.commands.articles.watch import watch
from newsledger.commands.labelling import pushing, retraining
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings, write_state
from newsledger.watching import plan
from newsledger.watching.rounds import WatchRules
from newsledger.watching.state import read_watch_state
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.corpus import XML
from tests.unit.newsledger.commands.articles.watch.news import BEGIN, Go, News, of, sentences


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


# ------------------------------------------------------------------------------ sources that fail


@pytest.mark.slow
def test_one_source_that_fails_keeps_no_other_back(
    go: Go, server: FakeStudio, news: News, inbox: Path
) -> None:
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    news.feed = 503
    done = go(news.url, inbox / "gone", inbox)
    assert [one.source for one in done.failing] == [news.url, str(inbox / "gone")]
    assert sentences(server) == ["Four people died."]


@pytest.mark.slow
@pytest.mark.parametrize("error", [WorkspaceError("No room."), ArticleError("Not now.")])
def test_any_error_that_a_user_can_mend_is_the_source_s(
    go: Go, server: FakeStudio, inbox: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    _break(monkeypatch, "list_source", "/first", error)
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    done = go("/first", inbox)
    assert [one.source for one in done.failing] == ["/first"]
    assert sentences(server) == ["Four people died."]


@pytest.mark.parametrize(
    "fault", [ValueError("?"), RecursionError(), AssertionError(), KeyError(1)]
)
def test_a_fault_at_one_source_is_told_after_the_others_were_read(
    settings: Settings,
    server: FakeStudio,
    inbox: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    _break(monkeypatch, "list_source", "/first", fault)
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    rules = WatchRules(["/first", str(inbox)])
    rounds = watch(settings, Quiet(), rules, clock=lambda: BEGIN, sleep=lambda _: None)
    done = next(rounds)
    assert "a fault of newsledger" in done.failing[0].problem
    assert sentences(server) == ["Four people died."]
    assert read_watch_state(settings.workspace / "watch.json").sources["/first"].failures == 1
    with pytest.raises(type(fault)) as caught:
        next(rounds)
    assert caught.value is fault


def test_a_fault_in_a_push_is_told_after_the_others_were_pushed(
    settings: Settings,
    server: FakeStudio,
    inbox: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "bad.txt").write_text("One fled.", encoding="utf-8")
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    push = pushing.push

    def fails(settings: Settings, progress: Any, inputs: Any, **options: Any) -> Any:
        named = list(inputs)
        if any(one.endswith("bad.txt") for one in named):
            raise ValueError("ours")
        return push(settings, progress, named, **options)

    monkeypatch.setattr(pushing, "push", fails)
    rules = WatchRules([str(tmp_path / "first"), str(inbox)])
    rounds = watch(settings, Quiet(), rules, clock=lambda: BEGIN, sleep=lambda _: None)
    assert next(rounds).articles == 1
    with pytest.raises(ValueError, match="ours"):
        next(rounds)
    state = read_watch_state(settings.workspace / "watch.json")
    assert [one.failures for one in state.sources[str(tmp_path / "first")].waiting] == [1]
    assert sentences(server) == ["Four people died."]


def _break(monkeypatch: pytest.MonkeyPatch, name: str, source: str, error: Exception) -> None:
    whole = getattr(module, name)

    def broken(one: str, *args: Any, **options: Any) -> Any:
        if one == source:
            raise error
        return whole(one, *args, **options)

    monkeypatch.setattr(module, name, broken)


# ------------------------------------------------------------------------------ kills and faults


@pytest.mark.slow
def test_a_server_that_is_down_loses_nothing(
    go: Go, server: FakeStudio, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    news.add("gwoza", "mora")
    with monkeypatch.context() as patched:

        def down(*_: object) -> None:
            raise StudioUnreachableError("No Label Studio is running.", hint="Start it.")

        patched.setattr(project, "opened", down)
        for minute in range(0, 15 * 10, 15):
            done = go(news.url, after=minute)
            assert done.trouble == ("No Label Studio is running. Start it.",)
            assert (done.waiting, done.articles) == (2, 0)
    assert news.fetched() == []
    assert go(news.url, after=150).is_clean
    assert sentences(server) == of("gwoza", "mora")


@pytest.mark.parametrize("behind", [False, True], ids=["before", "behind"])
@pytest.mark.parametrize("step", range(1, 12))
@pytest.mark.slow
def test_killed_at_any_step_it_goes_on_and_nothing_comes_twice_or_is_lost(
    go: Go,
    settings: Settings,
    server: FakeStudio,
    news: News,
    inbox: Path,
    step: int,
    behind: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    news.add("gwoza", "mora")
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    steps = 0

    def killing(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            nonlocal steps
            steps += 1
            if steps == step and not behind:
                raise Killed
            done = function(*args, **kwargs)
            if steps == step:
                raise Killed
            return done

        return called

    with monkeypatch.context() as patched:
        for name in ("write_watch_state", "list_source"):
            patched.setattr(module, name, killing(getattr(module, name)))
        patched.setattr(pushing, "push", killing(pushing.push))
        try:
            go(news.url, inbox)
            assert step > 10
        except Killed:
            news.listed.clear()  # what the feed listed once need not be there again
            if news.url not in read_watch_state(settings.workspace / "watch.json").sources:
                news.add("gwoza", "mora")
    done = go(news.url, inbox, after=15)
    assert done.waiting == 0
    assert done.left_out == ()
    assert sentences(server) == sorted([*of("gwoza", "mora"), "Four people died."])


@pytest.mark.slow
def test_a_page_at_which_newsledger_itself_ends_keeps_no_other_back_for_long(
    go: Go, server: FakeStudio, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    news.add("gwoza", "bad", "mora")
    push = pushing.push

    def ends(settings: Settings, progress: Any, inputs: Any, **options: Any) -> Any:
        def read() -> Iterator[str]:
            for one in inputs:
                if one.endswith("/bad"):
                    raise Killed
                yield one

        return push(settings, progress, read(), **options)

    monkeypatch.setattr(pushing, "push", ends)
    given_up = list[str]()
    kills = 0
    for n in range(12):
        try:
            given_up += go(news.url, after=15 * n).left_out
        except Killed:
            kills += 1
    assert given_up == [f"{news.site.url('/bad')}: was given up after 5 attempts."]
    assert kills == plan.ATTEMPTS
    assert sentences(server) == of("gwoza", "mora")


def test_two_watches_do_not_work_in_one_workspace(
    settings: Settings, go: Go, inbox: Path, server: FakeStudio
) -> None:
    def no_sleep(_: float) -> None:
        raise AssertionError

    rules, progress = WatchRules([str(inbox)]), Quiet()
    with locked(settings.workspace / ".watch"):
        with pytest.raises(WorkspaceError, match="Another `newsledger watch` runs"):
            next(watch(settings, progress, rules, clock=lambda: BEGIN, sleep=no_sleep))
        once = watch(settings, progress, rules, once=True, clock=lambda: BEGIN, sleep=no_sleep)
        assert list(once) == []
    assert progress.said == [
        "Another `newsledger watch` is at work in this workspace; this one ends."
    ]


def test_without_a_source_it_says_so(go: Go) -> None:
    with pytest.raises(ArticleError, match="no source"):
        go()


# ------------------------------------------------------------------------------ training


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the trainings of a test come to, in order; taken away as they happen."""
    outcomes = list[str]()

    class Outcome:
        promoted, refreshed = True, 40
        trained = replace_model("m2")

    def retrain(settings: Settings, progress: Any) -> Any:
        outcome = outcomes.pop(0)
        if outcome == "down":
            raise StudioUnreachableError("No Label Studio is running.")
        if outcome == "too few":
            raise TrainingError("There are too few labels.")
        Outcome.promoted = outcome == "promoted"
        return Outcome

    monkeypatch.setattr(retraining, "retrain", retrain)
    return outcomes


def replace_model(name: str) -> Any:
    return type("Trained", (), {"model": name})


def label(server: FakeStudio, count: int) -> None:
    """Label the first sentences that nobody has labelled."""
    waiting = [one["id"] for one in server.tasks.values() if not one["annotations"]]
    with httpx.Client(
        transport=server, base_url=URL, headers={"Authorization": f"Token {TOKEN}"}
    ) as person:
        for task in waiting[:count]:
            body: dict[str, Any] = {"result": [], "parent_prediction": None}
            person.post(f"/api/tasks/{task}/annotations/", json=body).raise_for_status()


@pytest.mark.slow
def test_it_trains_after_so_many_new_labels_and_then_after_as_many_more(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora", "kukawa", "bama")
    rules = {"retrain_after": 2}
    assert go(news.url, **rules).trained == ""
    label(server, 2)
    trainings.append("promoted")
    assert go(news.url, after=15, **rules).trained == (
        "trained (2 new labels): m2 is the champion now, 40 suggestions replaced"
    )
    assert go(news.url, after=30, **rules).trained == ""
    label(server, 1)
    assert go(news.url, after=45, **rules).trained == ""
    label(server, 1)
    trainings.append("refused")
    assert "the gate keeps the champion" in go(news.url, after=60, **rules).trained
    assert trainings == []


def test_labels_that_do_not_suffice_are_tried_again_when_there_are_more(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora")
    go(news.url)
    label(server, 2)
    trainings += ["too few"]
    done = go(news.url, after=15, retrain_after=2)
    assert done.trained == "not trained (2 new labels): There are too few labels"
    assert go(news.url, after=30, retrain_after=2).trained == ""


def test_a_training_for_which_the_server_was_down_is_made_up_for(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora")
    go(news.url)
    label(server, 2)
    trainings += ["down", "promoted"]
    assert go(news.url, after=15, retrain_after=2).trouble == ("No Label Studio is running.",)
    assert "m2 is the champion" in go(news.url, after=30, retrain_after=2).trained


@pytest.mark.slow
def test_by_night_it_trains_once_and_only_on_what_is_new(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora")
    rules = {"retrain_at": hour(3)}
    assert go(news.url, **rules).trained == ""
    label(server, 1)
    assert go(news.url, after=15, **rules).trained == ""
    night = 17 * 60
    trainings.append("promoted")
    assert "night" in go(news.url, after=night + 5, **rules).trained
    label(server, 1)
    assert go(news.url, after=night + 20, **rules).trained == ""
    trainings.append("promoted")
    assert "night" in go(news.url, after=night + 24 * 60, **rules).trained
    assert go(news.url, after=night + 48 * 60, **rules).trained == ""


# ------------------------------------------------------------------------------ summary


@pytest.mark.slow
def test_the_summary_tells_of_new_incidents_once_a_day(
    go: Go, server: FakeStudio, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(
        module, "ledger", lambda *_: type("Ledger", (), {"incidents": tuple(found)})
    )
    news.add("gwoza")
    rules = {"summary_at": hour(7)}
    of_its_own = {"day": "2026-11-27", "place": "Gwoza", "title": "Raid", "events": "Attack"}
    found.append({"incident_id": "i1", "tolls": [], **of_its_own})
    first = go(news.url, **rules).summary
    assert first is not None
    assert (first.incidents, first.queue) == (("2026-11-27 Gwoza: Raid (i1)",), 2)
    assert go(news.url, after=15, **rules).summary is None
    label(server, 1)
    second = go(news.url, after=24 * 60, **rules).summary
    assert second is not None
    assert (second.incidents, second.queue) == ((), 1)


def test_the_summary_comes_from_the_ledger_and_waits_for_a_model(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("gwoza")
    done = go(news.url, summary_at=hour(7))
    assert done.summary is None
    assert done.trouble[0].startswith("the summary: ")
    assert sentences(server) == of("gwoza")


@pytest.mark.slow
def test_the_summary_is_made_of_the_ledger_of_what_came_in(
    workspace: Path, server: FakeStudio, inbox: Path, tmp_path: Path
) -> None:
    text = "Gunmen killed twelve traders on 3 January 2027. Shelling killed four people."
    (inbox / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "config.xml").write_text(XML, encoding="utf-8")  # that of the champion
    settings = read_settings(workspace=workspace, config=tmp_path / "config.xml", environment={})
    rules = WatchRules([str(inbox)], summary_at=hour(7))
    (done,) = watch(settings, Quiet(), rules, once=True, clock=lambda: BEGIN, sleep=lambda _: None)
    assert done.is_clean
    assert done.summary is not None
    assert done.summary.queue == len(server.tasks) == 2
    state = read_watch_state(workspace / "watch.json")
    assert state.morning == "2027-01-10"
    assert len(state.incidents) == len(done.summary.incidents)


@pytest.mark.slow
def test_each_round_removes_some_suggestions_of_earlier_models(
    go: Go, settings: Settings, server: FakeStudio, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.txt").write_text("Four people died. Five people fled.", encoding="utf-8")
    go(inbox)
    for number in (2, 3, 4):
        for task in server.tasks.values():
            row = {**task["predictions"][0], "id": 1000 * number + task["id"]}
            task["predictions"].append({**row, "model_version": f"m{number}"})
    for one in server.projects.values():
        one["model_version"] = "m4"
    with project.opened(settings, Quiet()) as ours:
        write_state(ours.shown_file, {"shown": ["m3"], "next": "m4"})
    monkeypatch.setattr(module, "REMOVED_IN_A_ROUND", 3)

    def stored() -> int:
        return sum(len(task["predictions"]) for task in server.tasks.values())

    assert stored() == 8
    assert [(go(inbox, after=20 * number).trouble, stored()) for number in (1, 2, 3)] == [
        ((), 5),
        ((), 4),
        ((), 4),
    ]
    # While the server does not run, that is no trouble of its own.
    monkeypatch.setattr(project, "connected", _not_running)
    assert go(inbox, after=80).trouble == ()


def _not_running(_: Settings) -> None:
    raise StudioUnreachableError("No Label Studio is running.", hint="Start it.")
