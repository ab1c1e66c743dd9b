"""What a watch takes in: what is new, of feeds that lie and pages that fail, and each once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from newsledger.commands.articles.watch import watch
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.watching import plan
from newsledger.watching.rounds import WatchRules
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.articles.watch.news import BEGIN, Go, News, of, page, sentences


@pytest.mark.slow
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
    assert all(task["predictions"] for task in server.tasks.values())
    assert (first.asked, first.found, first.articles, first.created) == (3, 4, 4, 8)
    assert first.is_clean
    news.fetched()
    again = go(*sources, after=15)
    assert (again.asked, again.found, again.articles, again.created) == (3, 0, 0, 0)
    assert news.fetched() == []
    assert sentences(server) == expected


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


@pytest.mark.slow
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


@pytest.mark.slow
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
        (b"", "is not an RSS or Atom feed"),
        (b"<html><p>Log in</p></html>", "is not an RSS or Atom feed"),
        (b"\x00\x01\x02", "is not an RSS or Atom feed"),
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


@pytest.mark.slow
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
