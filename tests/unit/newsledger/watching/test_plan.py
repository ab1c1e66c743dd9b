"""What a watch decides, on times and lists that are written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from newsledger.watching import plan
from newsledger.watching.plan import Listing
from newsledger.watching.state import ListedItem, SourceState, WaitingItem, WatchState

NOW = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def pages(*names: str) -> tuple[ListedItem, ...]:
    return tuple(ListedItem(name, f"https://a.example/{name}") for name in names)


def files(*names: str) -> tuple[ListedItem, ...]:
    return tuple(ListedItem(name, f"/inbox/{name}") for name in names)


def waiting(source: SourceState) -> list[str]:
    return [one.item.key for one in source.waiting]


def listed(source: SourceState, *items: ListedItem, is_whole: bool = False) -> SourceState:
    known = plan.known_keys(WatchState({"s": source}))
    return plan.after_listing(source, Listing(items, is_whole), known, NOW, EVERY)


def pushed(source: SourceState, unreached: dict[str, float] | None = None) -> SourceState:
    for batch in plan.batches(source, NOW):
        source = plan.before_push(source, batch)
        source = plan.after_push(source, batch, unreached or {}, NOW, EVERY)
    return source


# ------------------------------------------------------------------------------ when to ask


@pytest.mark.parametrize(
    ("again", "every", "due"),
    [
        (None, HOUR, True),
        (NOW, HOUR, True),
        (NOW - DAY, HOUR, True),
        (NOW + timedelta(seconds=59), HOUR, True),
        (NOW + timedelta(minutes=2), HOUR, False),
        (NOW + DAY, HOUR, False),
        (NOW + 3 * DAY, HOUR, True),
        (NOW + 4_000 * DAY, HOUR, True),
        (NOW + 3 * DAY, 3 * DAY, False),
        (NOW + 7 * DAY, 7 * DAY, False),
        (NOW + 13 * DAY, 7 * DAY, False),  # --every was two weeks less an hour before
        (NOW + 15 * DAY, 7 * DAY, True),
    ],
)
def test_a_source_is_due_when_its_time_has_come_or_cannot_be_meant(
    again: datetime | None, every: timedelta, due: bool
) -> None:
    assert plan.is_due(again, NOW, every) is due


def test_a_source_that_fails_is_left_alone_twice_as_long_each_time_and_a_day_at_most() -> None:
    source, pauses = SourceState(), list[timedelta]()
    for _ in range(30):
        source = plan.after_failure(source, "the server answers 503.", 0.0, NOW, EVERY)
        assert source.again is not None
        pauses.append(source.again - NOW)
    assert pauses[:4] == [EVERY, 2 * EVERY, 4 * EVERY, 8 * EVERY]
    assert pauses[-1] == max(pauses) == DAY
    assert (source.failures, source.problem) == (30, "the server answers 503.")


@pytest.mark.parametrize(
    ("wait", "pause"), [(60, EVERY), (7_200, 2 * timedelta(hours=1)), (1e9, DAY)]
)
def test_a_server_is_left_alone_as_long_as_it_asks(wait: float, pause: timedelta) -> None:
    assert plan.after_failure(SourceState(), "", wait, NOW, EVERY).again == NOW + pause


def test_a_source_that_is_read_again_has_no_failures_any_more() -> None:
    source = plan.after_failure(SourceState(), "gone", 0.0, NOW, EVERY)
    source = listed(source, *pages("1"))
    assert (source.failures, source.problem, source.again) == (0, "", NOW + EVERY)


def test_a_failure_loses_nothing_that_waits() -> None:
    source = listed(SourceState(), *pages("1", "2"))
    after = plan.after_failure(source, "gone", 0.0, NOW, EVERY)
    assert (after.waiting, after.done) == (source.waiting, source.done)


# ------------------------------------------------------------------------------ what is new


def test_what_was_listed_before_is_not_new() -> None:
    source = listed(pushed(listed(SourceState(), *pages("1", "2"))), *pages("2", "3"))
    assert waiting(source) == ["3"]
    assert waiting(listed(source, *pages("3", "1"))) == ["3"]


def test_what_a_feed_lists_no_longer_is_pushed_and_known_again_all_the_same() -> None:
    source = listed(listed(SourceState(), *pages("1")), *pages("2"))
    assert waiting(source) == ["1", "2"]
    assert waiting(listed(listed(pushed(source)), *pages("1"))) == []


def test_what_another_source_has_is_not_new() -> None:
    other = pushed(listed(SourceState(), *pages("1")))
    known = plan.known_keys(
        WatchState({"other": other, "third": listed(SourceState(), *pages("2"))})
    )
    listing = Listing(pages("1", "2", "3"), is_whole=False)
    assert waiting(plan.after_listing(SourceState(), listing, known, NOW, EVERY)) == ["3"]


def test_a_file_that_is_gone_is_neither_pushed_nor_remembered() -> None:
    source = listed(SourceState(), *files("1", "2"), is_whole=True)
    assert waiting(listed(source, *files("2"), is_whole=True)) == ["2"]
    assert listed(pushed(source), *files("2"), is_whole=True).done == ("2",)


def test_all_files_of_a_folder_are_remembered_and_of_a_feed_the_last() -> None:
    names = [str(n) for n in range(2 * plan.REMEMBERED)]
    source = SourceState(done=tuple(names))
    assert len(listed(source, *files(*names), is_whole=True).done) == len(names)
    feed = listed(source, *pages("0", "1"))
    assert len(feed.done) == plan.REMEMBERED
    assert feed.done[-3:] == (names[-1], "0", "1")


def test_no_more_than_so_much_waits_and_the_rest_is_taken_later() -> None:
    names = [str(n) for n in range(2 * plan.MAX_WAITING + 1)]
    source, seen = SourceState(), list[str]()
    for _ in range(3):
        source = listed(source, *files(*names), is_whole=True)
        assert len(source.waiting) <= plan.MAX_WAITING
        seen += waiting(source)
        source = pushed(source)
    assert seen == names


# ------------------------------------------------------------------------------ what is pushed


def test_pages_are_fetched_some_at_a_time_and_files_all_at_once() -> None:
    names = [str(n) for n in range(120)]
    (batch,) = plan.batches(listed(SourceState(), *pages(*names)), NOW)
    assert [one.item.key for one in batch] == names[: plan.PAGES_A_ROUND]
    (batch,) = plan.batches(listed(SourceState(), *files(*names)), NOW)
    assert len(batch) == 120


def test_what_is_pushed_is_done() -> None:
    source = pushed(listed(SourceState(), *pages("1", "2")))
    assert (waiting(source), source.done) == ([], ("1", "2"))


def test_a_page_whose_server_does_not_answer_waits_longer_each_time_and_is_given_up() -> None:
    source = listed(SourceState(), *pages("1", "2"))
    now, times = NOW, list[timedelta]()
    for _ in range(plan.ATTEMPTS):
        assert plan.give_up(source)[1] == ()
        for batch in plan.batches(source, now):
            source = plan.before_push(source, batch)
            unreached = {"https://a.example/1": 0.0}
            source = plan.after_push(source, batch, unreached, now, EVERY)
        (one,) = source.waiting
        assert one.again is not None
        assert plan.batches(source, now) == ()
        times.append(one.again - now)
        now = one.again
    assert times == [EVERY * 2**n for n in range(plan.ATTEMPTS)]
    source, given_up = plan.give_up(source)
    assert (waiting(source), source.done, given_up) == ([], ("2", "1"), pages("1"))


def test_what_ended_the_watch_is_pushed_alone_behind_the_others_and_given_up() -> None:
    source = listed(SourceState(), *pages("1", "2"))
    source = plan.before_push(source, plan.batches(source, NOW)[0])  # here it was killed
    source = listed(source, *pages("3"))
    tried = [[one.item.key for one in batch] for batch in plan.batches(source, NOW)]
    assert tried == [["3"], ["1"], ["2"]]
    for _ in range(plan.ATTEMPTS - 1):
        source = plan.before_push(source, source.waiting[:1])
    assert plan.give_up(source)[1] == pages("1")


# ------------------------------------------------------------------------------ training


@pytest.mark.parametrize(
    ("labelled", "after", "at", "night", "why"),
    [
        (149, 100, None, "", ""),
        (150, 100, None, "", "100 new labels"),
        (51, 1, None, "", "1 new label"),
        (50, 1, None, "", ""),
        (50, None, time(3), "2026-11-28", ""),
        (51, None, time(3), "2026-11-28", "the night's training, with 1 new label"),
        (52, None, time(3), "2026-11-28", "the night's training, with 2 new labels"),
        (52, None, time(3), "2026-11-29", ""),
        (52, None, time(10), "2026-11-28", "the night's training, with 2 new labels"),
        (52, None, time(10, 1), "2026-11-28", ""),
        (52, 100, time(3), "2026-11-29", ""),
        (9_999, None, None, "", ""),
        (10, 5, time(3), "2026-11-28", ""),
    ],
)
def test_the_model_is_trained_after_so_many_labels_or_once_a_night(
    labelled: int, after: int | None, at: time | None, night: str, why: str
) -> None:
    state = WatchState(labelled=50, night=night)
    assert plan.why_train(state, labelled, NOW, after=after, at=at) == why


def test_a_watch_that_begins_by_day_trains_in_the_night_that_comes() -> None:
    state = plan.before_first_night(WatchState(), NOW, time(3))
    assert plan.why_train(state, 9, NOW, after=None, at=time(3)) == ""
    night = NOW.replace(day=30, hour=3)
    assert plan.why_train(state, 9, night, after=None, at=time(3)) != ""


def test_a_night_in_which_nothing_was_new_is_over() -> None:
    state = WatchState(night="2026-11-28")
    assert plan.after_night(state, NOW, time(11)) == state
    assert plan.after_night(state, NOW, None) == state
    assert plan.after_night(state, NOW, time(3)) == replace(state, night="2026-11-29")


@pytest.mark.parametrize(
    ("at", "morning", "due"),
    [
        (time(7), "", True),
        (time(7), "2026-11-28", True),
        (time(7), "2026-11-29", False),
        (time(12), "", False),
        (None, "", False),
    ],
)
def test_the_summary_comes_once_a_day(at: time | None, morning: str, due: bool) -> None:
    assert plan.is_morning(WatchState(morning=morning), NOW, at) is due


def test_of_a_source_that_waits_for_nothing_nothing_is_pushed() -> None:
    assert plan.batches(SourceState(), NOW) == ()
    later = WaitingItem(pages("1")[0], 1, NOW + timedelta(hours=1))
    assert plan.batches(SourceState(waiting=(later,)), NOW) == ()
