"""What a watch decides: which sources are due, what is new, when to train and when to sum up.

Nothing here reads a file, a page or a clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from newsledger.progress import number_of
from newsledger.watching.state import ListedItem, SourceState, WaitingItem, WatchState

MAX_WAITING = 1_000
"""Files and pages of a source that may wait; what it lists beyond these is looked at later."""
PAGES_A_ROUND = 50
"""Pages of a source that are fetched in one round, for its server's sake."""
ATTEMPTS = 5
"""How often a page is tried whose server does not answer, or at which the watch itself ended."""
SLACK = timedelta(minutes=1)
"""How much too early is early enough: a cron job is never on the second."""
LONGEST = timedelta(days=1)
"""The longest time for which a source that fails is left alone."""
REMEMBERED = 10_000
"""Pages of a feed that are known again, ten times what is read of one."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source lists now."""

    items: tuple[ListedItem, ...]
    """Its files or pages, in order."""
    is_whole: bool
    """True where it lists all that it has, as a folder does, and a feed does not."""
    notes: tuple[str, ...] = ()
    """What is wrong with it, though it could be read."""


def is_due(again: datetime | None, now: datetime, every: timedelta) -> bool:
    """Whether a source or a page may be asked again.

    A time that lies further ahead than anything is ever put off was written under another clock.

    Args:
        again: when it may be; None for at once.
        now: the time.
        every: how often the source is read.
    """
    return again is None or again <= now + SLACK or again > now + 2 * max(LONGEST, every)


def after_listing(
    source: SourceState,
    listing: Listing,
    known: Collection[str],
    now: datetime,
    every: timedelta,
) -> SourceState:
    """The source after it was read: what is new waits.

    Args:
        source: what was known of it.
        listing: what it lists.
        known: keys of what all sources have waiting or done.
        now: the time.
        every: how often it is read.
    """
    listed, seen = {one.key: one for one in listing.items}, set(source.done)
    waiting, unlisted = source.waiting, [key for key in source.done if key not in listed]
    if listing.is_whole:  # what is there no longer is neither read nor remembered
        waiting, unlisted = tuple(one for one in waiting if one.item.key in listed), []
    new = [one for key, one in listed.items() if key not in known]
    done = (*unlisted, *(key for key in listed if key in seen))
    return replace(
        source,
        again=now + every,
        failures=0,
        problem="",
        notes=listing.notes,
        waiting=(*waiting, *map(WaitingItem, new[: max(0, MAX_WAITING - len(waiting))])),
        done=done if listing.is_whole else done[-REMEMBERED:],
    )


def after_failure(
    source: SourceState, problem: str, wait: float, now: datetime, every: timedelta
) -> SourceState:
    """The source after it could not be read: it is left alone for twice as long each time.

    Args:
        source: what was known of it.
        problem: why not.
        wait: seconds for which its server asked to be left alone.
        now: the time.
        every: how often it is read.
    """
    failures = source.failures + 1
    return replace(
        source, again=now + _pause(failures, wait, every), failures=failures, problem=problem
    )


def batches(source: SourceState, now: datetime) -> tuple[tuple[WaitingItem, ...], ...]:
    """What of a source is to be pushed in this round, and what of it in one go.

    What was tried before is pushed alone: it may be what ended the watch, and must not keep the
    others back.
    """
    due = [one for one in source.waiting if is_due(one.again, now, LONGEST)]
    pages = [one for one in due if "://" in one.item.where]
    due = pages[:PAGES_A_ROUND] or due
    fresh = tuple(one for one in due if not one.failures)
    return (*((fresh,) if fresh else ()), *((one,) for one in due if one.failures))


def before_push(source: SourceState, batch: Iterable[WaitingItem]) -> SourceState:
    """The source while some of what waits is being pushed: each of these may have failed.

    So a watch that ends in between, whatever the reason, knows what it was about.
    """
    keys = {one.item.key for one in batch}
    return replace(
        source,
        waiting=tuple(
            replace(one, failures=one.failures + 1) if one.item.key in keys else one
            for one in source.waiting
        ),
    )


def after_push(
    source: SourceState,
    batch: Iterable[WaitingItem],
    unreached: Mapping[str, float],
    now: datetime,
    every: timedelta,
) -> SourceState:
    """The source after some of what waited was pushed.

    Args:
        source: as :func:`before_push` left it.
        batch: what was given to the push.
        unreached: of these, the pages whose server did not answer, with the seconds for which it
            asked to be left alone.
        now: the time.
        every: how often the source is read.
    """
    keys = {one.item.key for one in batch}
    waiting, done = list[WaitingItem](), list(source.done)
    for one in source.waiting:
        if one.item.key not in keys:
            waiting.append(one)
        elif one.item.where in unreached:
            pause = _pause(one.failures, unreached[one.item.where], every)
            waiting.append(replace(one, again=now + pause))
        else:
            done.append(one.item.key)
    return replace(source, waiting=tuple(waiting), done=tuple(done))


def give_up(source: SourceState) -> tuple[SourceState, tuple[ListedItem, ...]]:
    """The source without what was tried often enough, and what that is."""
    given_up = tuple(one.item for one in source.waiting if one.failures >= ATTEMPTS)
    if not given_up:
        return source, ()
    stays = tuple(one for one in source.waiting if one.failures < ATTEMPTS)
    done = (*source.done, *(one.key for one in given_up))
    return replace(source, waiting=stays, done=done), given_up


def known_keys(state: WatchState) -> frozenset[str]:
    """Of all sources, the keys of what waits or is done: two feeds may list the same page."""
    return frozenset(
        key
        for one in state.sources.values()
        for key in (*one.done, *(waiting.item.key for waiting in one.waiting))
    )


def why_train(
    state: WatchState, labelled: int, now: datetime, *, after: int | None, at: time | None
) -> str:
    """Why the model is to be trained now; empty where it is not.

    Args:
        state: what the watch remembers.
        labelled: how many sentences are labelled.
        now: the time, of the place where it is used.
        after: how many new labels are enough; None for never.
        at: the hour of the night at which any new label is enough; None for never.
    """
    new = labelled - state.labelled
    if after is not None and new >= after:
        return number_of(new, "new label")
    if at is not None and new > 0 and _is_past(at, state.night, now):
        return f"the night's training, with {number_of(new, 'new label')}"
    return ""


def before_first_night(state: WatchState, now: datetime, at: time | None) -> WatchState:
    """The state with its first night still to come, where the watch begins later in the day."""
    if state.night or at is None or now.time() < at:
        return state
    return replace(state, night=now.date().isoformat())


def after_night(state: WatchState, now: datetime, at: time | None) -> WatchState:
    """The state when it has been settled whether to train in this night."""
    if at is None or not _is_past(at, state.night, now):
        return state
    return replace(state, night=now.date().isoformat())


def is_morning(state: WatchState, now: datetime, at: time | None) -> bool:
    """Whether the summary of the day is to be made: once a day, at the first round after ``at``."""
    return at is not None and _is_past(at, state.morning, now)


def _is_past(at: time, last_day: str, now: datetime) -> bool:
    return now.time() >= at and now.date().isoformat() != last_day


def _pause(failures: int, wait: float, every: timedelta) -> timedelta:
    """How long to leave a server alone: twice as long each time, and no shorter than it asks."""
    doubled = every * (1 << min(failures - 1, 20))
    return min(max(doubled, timedelta(seconds=wait)), LONGEST)
