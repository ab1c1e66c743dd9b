"""How a watch goes on: whatever fails or is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.errors import (
    ArticleError,
    StudioUnreachableError,
    WorkspaceError,
)
from annotation.storage import locked
from newsledger.commands.articles import watch as module
from newsledger.commands.articles.watch import watch
from newsledger.commands.labelling import pushing
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.watching import plan
from newsledger.watching.rounds import WatchRules
from newsledger.watching.state import read_watch_state
from tests.contract.fake_studio import FakeStudio
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
