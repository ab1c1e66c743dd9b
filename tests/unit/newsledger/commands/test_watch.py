"""Rounds over folders, feeds and files: on the fake studio, with a web server on this machine.

The clock is turned by hand, so that nights and days take no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from http.server import BaseHTTPRequestHandler
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
from newsledger.commands import loop, project, retraining
from newsledger.commands import watch as module
from newsledger.commands.watch import watch
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.watching import plan
from newsledger.watching.rounds import RoundResult, WatchRules
from newsledger.watching.state import read_watch_state
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.corpus import XML
from tests.unit.annotation.articles.site import Site, reply

BEGIN = datetime(2027, 1, 10, 10, 0, tzinfo=UTC)
"""After any file of these tests was written."""


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


class News:
    """A site with a feed and pages, each of them as a test says."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.listed: list[str] = []
        self.pages: dict[str, bytes | int] = {}
        self.entry = "<item><link>{}</link></item>"
        self.feed: bytes | int | None = None
        site.asked.clear()
        site.answer = self._answer

    @property
    def url(self) -> str:
        return self.site.url("/feed")

    def add(self, *names: str) -> None:
        for name in names:
            self.listed.append(self.site.url(f"/{name}"))
            self.pages[f"/{name}"] = page(name)

    def fetched(self) -> list[str]:
        """The pages that were asked for since the last time, without the feed."""
        found = [path for path, _ in self.site.asked if path != "/feed"]
        self.site.asked.clear()
        return found

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        content: bytes | int | None = self.pages.get(handler.path.partition("?")[0], 404)
        content_type = "text/html"
        if handler.path == "/feed":
            items = "".join(map(self.entry.format, self.listed))
            whole = f"<rss><channel>{items}</channel></rss>".encode()
            content, content_type = whole if self.feed is None else self.feed, "text/xml"
        if isinstance(content, bytes):
            reply(content, content_type=content_type)(handler)
        else:
            reply(b"", content or 404)(handler)


def page(name: str, text: str = "") -> bytes:
    text = text or f"Gunmen killed twelve traders in {name} on Friday. The market of {name} burned."
    head = f"<head><title>Raid on {name}</title><meta name=date content=2026-11-27></head>"
    return f"<html>{head}<body><article><p>{text}</p></article></body></html>".encode()


def sentences(server: FakeStudio) -> list[str]:
    """The texts of all tasks; one that is there twice is twice in it."""
    return sorted(task["data"]["text"] for task in server.tasks.values())


def of(*names: str) -> list[str]:
    lines = ("Gunmen killed twelve traders in {} on Friday.", "The market of {} burned.")
    return sorted(line.format(name) for name in names for line in lines)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def news(site: Site) -> News:
    return News(site)


@pytest.fixture
def settings(tmp_path: Path, server: FakeStudio) -> Settings:
    return read_settings(workspace=tmp_path / "w", environment={})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


Go = Callable[..., RoundResult]


@pytest.fixture
def go(settings: Settings) -> Go:
    """Makes one round over sources, so many minutes after the first."""

    def run(*sources: object, after: float = 0, **rules: Any) -> RoundResult:
        given = WatchRules([str(one) for one in sources], **{"allow_private": True, **rules})
        now = BEGIN + timedelta(minutes=after)
        (only,) = watch(
            settings, Quiet(), given, once=True, clock=lambda: now, sleep=lambda _: None
        )
        return only

    return run


# ------------------------------------------------------------------------------ what comes in


def test_what_is_new_in_folder_feed_and_file_is_pushed_once(
    go: Go, server: FakeStudio, news: News, inbox: Path, tmp_path: Path
) -> None:
    (inbox / "a.txt").write_text("Shells hit Marib on Monday. Four people died.", encoding="utf-8")
    news.add("gwoza", "mora")
    news.pages["/kukawa"] = page("kukawa")
    (tmp_path / "pages.txt").write_text(news.site.url("/kukawa"), encoding="utf-8")
    sources = (inbox, news.url, tmp_path / "pages.txt")
    first = go(*sources)
    expected = sorted(
        [*of("gwoza", "mora", "kukawa"), "Four people died.", "Shells hit Marib on Monday."]
    )
    assert sentences(server) == expected
    assert all(task["predictions"] for task in server.tasks.values() if not task_blind(task))
    assert (first.asked, first.found, first.articles, first.created) == (3, 4, 4, 8)
    assert first.is_clean
    news.fetched()
    again = go(*sources, after=15)
    assert (again.asked, again.found, again.articles, again.created) == (3, 0, 0, 0)
    assert news.fetched() == []
    assert sentences(server) == expected


def task_blind(task: dict[str, Any]) -> bool:
    """Whether it was drawn to be shown without a suggestion."""
    return bool(task["meta"].get("blind")) if task.get("meta") else not task["predictions"]


def test_pages_are_kept_as_they_were_fetched(go: Go, news: News, settings: Settings) -> None:
    news.add("gwoza")
    go(news.url)
    kept = [one for one in (settings.workspace / "sources").rglob("*") if one.suffix == ""]
    assert [one.read_bytes() for one in kept if one.is_file()] == [page("gwoza")]


def test_a_source_is_not_asked_before_its_time(go: Go, news: News) -> None:
    news.add("gwoza")
    assert go(news.url).asked == 1
    news.site.asked.clear()
    assert go(news.url, after=10).asked == 0
    assert news.site.asked == []
    assert go(news.url, after=14.5).asked == 1


def test_sources_may_be_added_to_the_file_while_it_runs(
    settings: Settings, server: FakeStudio, inbox: Path, tmp_path: Path
) -> None:
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    file = tmp_path / "sources.txt"
    file.write_text("empty\n", encoding="utf-8")
    slept = list[float]()
    now = BEGIN

    def clock() -> datetime:
        return now

    def sleep(seconds: float) -> None:
        nonlocal now
        slept.append(seconds)
        now += timedelta(seconds=seconds)

    rules = WatchRules([], file)
    rounds = watch(settings, Quiet(), rules, clock=clock, sleep=sleep)
    assert next(rounds).articles == 0
    file.write_text("empty\ninbox\n", encoding="utf-8")
    assert next(rounds).articles == 1
    assert next(rounds).articles == 0
    assert slept == [900.0, 900.0]


def test_a_round_that_took_longer_than_its_time_is_followed_at_once(
    settings: Settings, inbox: Path, server: FakeStudio
) -> None:
    times = iter([BEGIN, BEGIN + timedelta(hours=2), BEGIN + timedelta(hours=2)])
    slept = list[float]()
    rounds = watch(
        settings, Quiet(), WatchRules([str(inbox)]), clock=lambda: next(times), sleep=slept.append
    )
    assert next(rounds).asked == 1
    assert next(rounds).at == "2027-01-10T12:00:00+00:00"
    assert slept == [0.0]


# ------------------------------------------------------------------------------ feeds that lie


@pytest.mark.parametrize(
    "entry",
    [
        "<item><pubDate>Fri, 31 Dec 9999 00:00:00 GMT</pubDate><link>{}</link></item>",
        "<item><pubDate>yesterday</pubDate><link>{}</link></item>",
        "<item><title>&lt;b&gt;<i>Ten</i> <script>x()</script></title><link>{}</link></item>",
        "<item><author>nobody</author><guid>9</guid><link>{}</link></item>",
    ],
    ids=["date ahead", "no date", "HTML in the title", "one id for all"],
)
def test_what_a_feed_says_of_a_page_is_not_believed(
    go: Go, server: FakeStudio, news: News, entry: str
) -> None:
    news.add("gwoza", "mora")
    news.entry = entry
    assert go(news.url).is_clean
    assert sentences(server) == of("gwoza", "mora")
    data = [task["data"] for task in server.tasks.values()]
    assert {one["title"] for one in data} == {"Raid on gwoza", "Raid on mora"}
    assert all("2026-11-27" in str(one) and "9999" not in str(one) for one in data)


def test_ids_that_change_with_each_reading_bring_nothing_twice(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("gwoza")
    for n in range(3):
        news.entry = f"<item><guid>{n}</guid><link>{{}}?utm_campaign={n}</link></item>"
        go(news.url, after=15 * n)
    assert len(news.fetched()) == 1
    assert sentences(server) == of("gwoza")


def test_an_address_that_changes_with_each_reading_brings_nothing_twice(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("gwoza")
    for n in range(3):
        news.entry = f"<item><link>{{}}?v={n}</link></item>"
        go(news.url, after=15 * n)
    assert len(news.fetched()) == 3
    assert sentences(server) == of("gwoza")


def test_the_same_page_under_two_addresses_comes_once(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("gwoza", "copy")
    news.pages["/copy"] = page("gwoza")
    go(news.url)
    assert sentences(server) == of("gwoza")


def test_the_same_page_in_two_feeds_is_fetched_once(go: Go, server: FakeStudio, news: News) -> None:
    news.add("gwoza")
    other = f"<rss><channel><item><link>{news.listed[0]}</link></item></channel></rss>"
    news.pages["/other"] = other.encode()
    go(news.url, news.site.url("/other"))
    assert news.fetched() == ["/other", "/gwoza"]
    assert sentences(server) == of("gwoza")


def test_of_a_feed_without_end_some_pages_are_fetched_at_a_time(
    go: Go, news: News, server: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "PAGES_A_ROUND", 2)
    news.add("gwoza", "mora", "kukawa")
    news.listed += [news.site.url(f"/{n}") for n in range(10_000)]
    first = go(news.url)
    assert (first.articles, first.waiting, first.found) == (2, 998, 1_000)
    assert len(first.left_out) == 1
    assert "the first 1,000 are read and no others" in first.left_out[0]
    second = go(news.url, after=15)
    assert (second.articles, second.waiting) == (1, 996)
    assert all("the first 1,000" not in one for one in second.left_out)
    assert sentences(server) == of("gwoza", "mora", "kukawa")


@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "/etc/passwd", "-", "javascript:x()", "data:text/plain,Ten%20died."],
)
def test_no_file_of_this_machine_is_read_for_a_feed(
    go: Go, server: FakeStudio, news: News, link: str
) -> None:
    news.listed.append(link)
    done = go(news.url)
    assert done.articles == 0
    assert len(done.left_out) == 1
    assert server.tasks == {}


def test_a_feed_leads_to_no_private_address(go: Go, server: FakeStudio, news: News) -> None:
    done = go(news.url, allow_private=False)
    assert "private address 127.0.0.1" in done.failing[0].problem
    assert news.site.asked == []


def test_a_page_that_leads_to_a_private_address_is_left_out_for_good(
    go: Go, server: FakeStudio, inbox: Path, tmp_path: Path
) -> None:
    addresses = [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://0/",
    ]
    (tmp_path / "pages.txt").write_text("\n".join(addresses), encoding="utf-8")
    done = go(tmp_path / "pages.txt", allow_private=False)
    assert len(done.left_out) == 4
    assert all("private address" in one for one in done.left_out)
    assert go(tmp_path / "pages.txt", after=15, allow_private=False).left_out == ()


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        (b"", "is no feed"),
        (b"<html><p>Log in</p></html>", "is no feed"),
        (b"\x00\x01\x02", "is no feed"),
        (b"<rss>" + b"<b>" * 9_000, "damaged"),
        (b" " * 20_000_001, "more than 20 MB"),
        (404, "the server answers 404"),
        (503, "the server answers 503"),
    ],
)
def test_a_feed_that_cannot_be_read_is_named_and_left_alone_twice_as_long_each_time(
    go: Go, server: FakeStudio, news: News, feed: bytes | int, said: str
) -> None:
    news.feed = feed
    asked = []
    for minute in range(0, 240, 15):
        done = go(news.url, after=minute)
        asked += [minute] * done.asked
        (failing,) = done.failing
        assert failing.source == news.url
        assert said in failing.problem
        assert f"{news.url} fails ({len(asked)}×" in done.text()
    assert asked == [0, 15, 45, 105, 225]
    news.feed = None
    news.add("gwoza")
    assert go(news.url, after=24 * 60).is_clean
    assert sentences(server) == of("gwoza")


def test_one_source_that_fails_keeps_no_other_back(
    go: Go, server: FakeStudio, news: News, inbox: Path
) -> None:
    (inbox / "a.txt").write_text("Four people died.", encoding="utf-8")
    news.feed = 503
    done = go(news.url, inbox / "gone", inbox)
    assert [one.source for one in done.failing] == [news.url, str(inbox / "gone")]
    assert sentences(server) == ["Four people died."]


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
    push = loop.push

    def fails(settings: Settings, progress: Any, inputs: Any, **options: Any) -> Any:
        named = list(inputs)
        if any(one.endswith("bad.txt") for one in named):
            raise ValueError("ours")
        return push(settings, progress, named, **options)

    monkeypatch.setattr(loop, "push", fails)
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


# ------------------------------------------------------------------------------ pages that fail


def test_a_page_without_an_article_is_told_once(go: Go, server: FakeStudio, news: News) -> None:
    news.add("gwoza", "empty")
    news.pages["/empty"] = b"<html><body></body></html>"
    done = go(news.url)
    assert [one.partition(": ")[2].partition(".")[0] for one in done.left_out] == [
        "no article was found in the page"
    ]
    news.fetched()
    assert go(news.url, after=15).is_clean
    assert news.fetched() == []


def test_a_page_whose_server_does_not_answer_is_fetched_later(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("gwoza", "mora")
    news.pages["/mora"] = 503
    first = go(news.url)
    assert (first.waiting, first.left_out, sentences(server)) == (1, (), of("gwoza"))
    news.listed.clear()  # the feed has forgotten it
    news.pages["/mora"] = page("mora")
    news.fetched()
    assert go(news.url, after=15).waiting == 0
    assert news.fetched() == ["/mora"]
    assert sentences(server) == of("gwoza", "mora")


def test_a_page_whose_server_never_answers_is_given_up_and_named(
    go: Go, server: FakeStudio, news: News
) -> None:
    news.add("mora")
    news.pages["/mora"] = 503
    rounds = [go(news.url, after=15 * n) for n in range(60)]
    assert len(news.fetched()) == plan.ATTEMPTS
    assert [one for done in rounds for one in done.left_out] == [
        f"{news.site.url('/mora')}: was given up after 5 attempts."
    ]
    assert rounds[-1].waiting == 0


# ------------------------------------------------------------------------------ kills and faults


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
        patched.setattr(loop, "push", killing(loop.push))
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


def test_a_page_at_which_newsledger_itself_ends_keeps_no_other_back_for_long(
    go: Go, server: FakeStudio, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    news.add("gwoza", "bad", "mora")
    push = loop.push

    def ends(settings: Settings, progress: Any, inputs: Any, **options: Any) -> Any:
        def read() -> Iterator[str]:
            for one in inputs:
                if one.endswith("/bad"):
                    raise Killed
                yield one

        return push(settings, progress, read(), **options)

    monkeypatch.setattr(loop, "push", ends)
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
