"""What people decided of two reports: kept with who and when, weighed against one another.

A decision speaks of two sentences, for reports are cut anew whenever labels change; it is about the
reports in which these stand. Decisions are only ever added, or marked as undone.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state

PairAnswer = Literal["same", "newer", "different", "unsure"]
"""What a person says of two reports: that they are of one incident; also that the second has the
newer figure; that they are not; or that it cannot be said. The ids of ``pairs_config.xml``."""

DecisionState = Literal["holds", "replaced", "contradicts", "without effect"]
"""What a decision does: something; nothing, as a later one on the same reports holds; nothing, as
others join what it keeps apart; nothing, as there are no two such reports."""

_FORMAT = 1
_AGAIN = "Bring it back from a copy: what people decided stands nowhere else once a task has gone."


@dataclass(frozen=True, slots=True)
class PairDecision:
    """What a person decided of two reports."""

    first: str
    """A sentence of one report, by its id."""
    second: str
    """A sentence of the other one, which has the newer figure where there is one."""
    answer: PairAnswer
    """What they are to one another."""
    decided_by: str
    """Who decided."""
    decided_at: str
    """When, ISO 8601; of two on the same reports the later one holds."""
    reason: str = ""
    """Why, in the person's words."""

    @property
    def id(self) -> str:
        """Made of what was decided of, by whom and when, so that it is the same when read again."""
        told = "\n".join((self.first, self.second, self.decided_by, self.decided_at))
        return f"d-{hashlib.sha256(told.encode()).hexdigest()[:10]}"

    def to_json(self) -> dict[str, str]:
        """It in JSON values, as it is kept: the answer is called ``verdict``, as it always was."""
        row = asdict(self)
        row["verdict"] = row.pop("answer")
        return row

    @property
    def joins(self) -> bool:
        """Whether it says that both are of one incident."""
        return self.answer in ("same", "newer")

    @property
    def says(self) -> str:
        """It in a few words: answer, who, when, and its id."""
        return f"'{self.answer}' by {self.decided_by} on {self.decided_at[:10]} ({self.id})"


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as the workspace keeps it."""

    decision: PairDecision
    """What was decided."""
    undone_at: str | None = None
    """When it was taken back, ISO 8601; None while it counts."""


@dataclass(frozen=True, slots=True)
class WeighedDecision:
    """A decision beside all others."""

    decision: PairDecision
    """What was decided."""
    state: DecisionState
    """What it does."""
    why: str = ""
    """A sentence where it does nothing, or where people disagree; empty otherwise."""


def weigh(
    decisions: Iterable[PairDecision], report_of: Mapping[str, str]
) -> tuple[WeighedDecision, ...]:
    """What each decision does, in the order in which they were made.

    Args:
        decisions: those that count.
        report_of: the report in which each sentence stands.
    """
    ordered = sorted(decisions, key=lambda one: (one.decided_at, one.id))
    pair_of = {one.id: _pair(one, report_of) for one in ordered}
    latest = {pair_of[one.id]: one for one in ordered}
    joined: dict[str, list[tuple[str, PairDecision]]] = {}
    for pair, one in latest.items():
        if pair is not None and one.joins:
            for here, there in (pair, pair[::-1]):
                joined.setdefault(here, []).append((there, one))
    return tuple(_weighed(one, pair_of[one.id], latest, joined) for one in ordered)


def _pair(decision: PairDecision, report_of: Mapping[str, str]) -> tuple[str, str] | None:
    """The two reports that it is about; None where there are no two by now."""
    reports = {report_of.get(decision.first), report_of.get(decision.second)}
    if None in reports or len(reports) < 2:
        return None
    first, second = sorted(str(one) for one in reports)
    return first, second


def _weighed(
    one: PairDecision,
    pair: tuple[str, str] | None,
    latest: Mapping[tuple[str, str] | None, PairDecision],
    joined: Mapping[str, Sequence[tuple[str, PairDecision]]],
) -> WeighedDecision:
    if pair is None:
        return WeighedDecision(
            one,
            "without effect",
            f"{_sentence(one.says)} is about two sentences that are not in two reports here.",
        )
    last = latest[pair]
    if last is not one:
        why = f"{_sentence(one.says)} is replaced by {last.says}, which is about the same reports."
        disagree = one.joins != last.joins and last.decided_by != one.decided_by
        return WeighedDecision(one, "replaced", why if disagree else "")
    if one.answer == "different" and (way := _way(*pair, joined)):
        others = ", ".join(other.says for other in way)
        return WeighedDecision(
            one,
            "contradicts",
            f"{_sentence(one.says)} contradicts {others}: joined until one of them is undone.",
        )
    return WeighedDecision(one, "holds")


def _way(
    start: str, goal: str, joined: Mapping[str, Sequence[tuple[str, PairDecision]]]
) -> tuple[PairDecision, ...]:
    """The fewest decisions that join two reports; none where nothing joins them."""
    reached: dict[str, tuple[PairDecision, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, one in joined.get(here, ()):
            if there not in reached:
                reached[there] = (*reached[here], one)
                waiting.append(there)
    return reached.get(goal, ())


def _sentence(words: str) -> str:
    return f"The decision {words}"


# ------------------------------------------------------------------------------------ kept


def in_force(stored: Iterable[StoredDecision]) -> tuple[PairDecision, ...]:
    """The decisions that have not been undone."""
    return tuple(one.decision for one in stored if one.undone_at is None)


def add_decisions(
    stored: Sequence[StoredDecision], found: Iterable[PairDecision]
) -> tuple[StoredDecision, ...]:
    """Those that are kept and those that are new; one that was undone stays so.

    Args:
        stored: what is kept.
        found: what was read again, known ones among it.
    """
    known = {one.decision.id for one in stored}
    new = {one.id: StoredDecision(one) for one in found if one.id not in known}
    return (*stored, *new.values())


def undo_decisions(
    stored: Iterable[StoredDecision], chosen: Collection[str], undone_at: str
) -> tuple[StoredDecision, ...]:
    """Mark decisions as undone, with what the same person had said of the same pair before.

    Args:
        stored: what is kept.
        chosen: the ids of those to undo.
        undone_at: the time, ISO 8601.
    """
    stored = tuple(stored)
    whose = {_by_whom(one.decision) for one in stored if one.decision.id in chosen}
    return tuple(
        replace(one, undone_at=undone_at)
        if one.undone_at is None and _by_whom(one.decision) in whose
        else one
        for one in stored
    )


def _by_whom(one: PairDecision) -> tuple[frozenset[str], str]:
    return frozenset((one.first, one.second)), one.decided_by


def read_decisions(path: Path) -> tuple[StoredDecision, ...]:
    """What people decided so far; nothing before there is a file.

    Raises:
        WorkspaceError: the file is damaged, or of a later newsledger.
    """
    found = read_json_state(path, format=_FORMAT, what="What people decided of pairs", hint=_AGAIN)
    try:
        return tuple(_stored(one) for one in (found or {"pairs": ()})["pairs"])
    except (KeyError, TypeError, ValueError) as error:
        raise WorkspaceError(
            f"{path} holds something else than decisions on pairs of reports.", hint=_AGAIN
        ) from error


def decisions_in_force(path: Path) -> tuple[PairDecision, ...]:
    """Those that are kept and have not been undone.

    Raises:
        WorkspaceError: the file is damaged, or of a later newsledger.
    """
    return in_force(read_decisions(path))


def write_decisions(path: Path, stored: Iterable[StoredDecision]) -> None:
    """Keep decisions, all of them.

    Raises:
        WorkspaceError: it cannot be written; what was there before is still there.
    """
    rows = [{**one.decision.to_json(), "undone_at": one.undone_at} for one in stored]
    write_json_state(path, {"pairs": rows}, format=_FORMAT)


def _stored(row: Mapping[str, Any]) -> StoredDecision:
    names = ("first", "second", "decided_by", "decided_at", "reason")
    texts = {name: row[name] for name in names}
    undone_at = row["undone_at"]
    if not all(isinstance(one, str) for one in texts.values()) or not isinstance(
        undone_at, str | None
    ):
        raise TypeError("a text is none")
    return StoredDecision(PairDecision(answer=as_pair_answer(row["verdict"]), **texts), undone_at)


def as_pair_answer(text: object) -> PairAnswer:
    """A text as what is said of two reports.

    Raises:
        ValueError: it is none.
    """
    for one in get_args(PairAnswer):
        if text == one:
            return one  # type: ignore[no-any-return]
    raise ValueError(f"{text!r} is no answer")
