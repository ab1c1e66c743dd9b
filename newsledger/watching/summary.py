"""The summary of the morning: what is new in the ledger, where sources disagree, what waits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsledger.progress import number_of
from newsledger.watching.state import WatchState

_SHOWN = 20
"""Incidents and contradictions that are listed; of the others the number is told."""


@dataclass(frozen=True, slots=True)
class MorningSummary:
    """What has come since the summary before."""

    incidents: tuple[str, ...]
    """The new incidents, each in a line."""
    contradictions: tuple[str, ...]
    """The tolls on which sources disagree since then, each in a line."""
    queue: int
    """Sentences that wait for a label."""

    def text(self) -> str:
        """The summary, in lines."""
        lines = [
            f"Since the last summary: {number_of(len(self.incidents), 'new incident')}, "
            f"{number_of(len(self.contradictions), 'new contradiction')}; "
            f"{number_of(self.queue, 'sentence')} to be labelled."
        ]
        for title, found in (("new", self.incidents), ("disagree", self.contradictions)):
            lines += [f"  {title}: {one}" for one in found[:_SHOWN]]
            if len(found) > _SHOWN:
                lines.append(f"  {title}: {len(found) - _SHOWN:,} more, in `newsledger ledger`")
        return "\n".join(lines)


def sum_up(
    state: WatchState, incidents: Sequence[Mapping[str, Any]], queue: int, day: str
) -> tuple[WatchState, MorningSummary]:
    """What to tell of the ledger, and the state in which it has been told.

    Args:
        state: what the watch remembers.
        incidents: all incidents, as the verb `ledger` has them.
        queue: how many sentences wait for a label.
        day: the day of the summary, ISO 8601.
    """
    told, disputed = set(state.incidents), set(state.contradictions)
    new = tuple(_line(one) for one in incidents if one["incident_id"] not in told)
    disagree = [
        (toll["toll_id"], f"{_line(one)}: {toll['kind_name']}: {toll['why_no_best']}")
        for one in incidents
        for toll in one["tolls"]
        if toll["why_no_best"]
    ]
    after = replace(
        state,
        morning=day,
        incidents=tuple(one["incident_id"] for one in incidents),
        contradictions=tuple(key for key, _ in disagree),
    )
    return after, MorningSummary(
        new, tuple(line for key, line in disagree if key not in disputed), queue
    )


def _line(incident: Mapping[str, Any]) -> str:
    where = " ".join(filter(None, (incident["day"] or "no day", incident["place"])))
    return f"{where}: {incident['title'] or incident['events']} ({incident['incident_id']})"
