"""What was accepted in bulk in a workspace: the rounds, their audits, and who the machine is.

A round is written down before anything is done on the server, with its audit drawn: a run that is
killed is ended by the next one, with the same sentences in the audit. What was undone is
remembered: an audit that broke its promise still says so of the same model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from annotation.dataset.adjudication import Adjudicated, adjudicate, by_sentence
from annotation.dataset.snapshot import Snapshot
from annotation.errors import WorkspaceError
from annotation.labelstudio.import_json import FIRST
from annotation.records import Annotation, Prediction
from annotation.schema import Schema
from annotation.storage import read_json_state, write_json_state
from newsledger.team.acceptance.bulk import AuditCount, AuditPlan

_FORMAT = 1
_WHAT = "The record of what was accepted in bulk"
_HINT = (
    "Bring it back from a copy. Without one, move it away, and run `newsledger accept --undo`: the "
    "audits are lost with it, and what they were to check should not stay."
)


@dataclass(frozen=True, slots=True)
class AcceptedRound:
    """What was accepted at one time, or is being accepted."""

    label: str
    """Alias of the event type."""
    promise: float
    """The precision that is to hold, above 0 and below 1."""
    threshold: float
    """How sure an answer had to be."""
    model: str
    """The model whose answers these are."""
    may_be_wrong: int
    """Errors that the audit may hold."""
    audit: tuple[str, ...]
    """Ids of the sentences that people label instead, drawn by chance."""
    rest: tuple[str, ...]
    """Ids of those from which it was drawn, without it: what may be accepted, and nothing else."""
    done: bool = False
    """Whether all of it was accepted."""
    undone: bool = False
    """Whether it was taken back, or never came to be."""

    def counted(self, annotations: Iterable[Annotation], schema: Schema) -> AuditCount:
        """What people said of the audit so far.

        Args:
            annotations: people's, of any sentences. One on which they are split is wrong, and so is
                one that all skipped. What was said with a suggestion in sight is left out.
            schema: the labels.
        """
        chosen = frozenset(self.audit)
        said = by_sentence(
            one
            for one in annotations
            if one.sentence_id in chosen and not one.verdict and one.suggested_by is None
        )
        seen = [adjudicate(some, schema) for some in said.values()]
        right = sum(says_only(one, self.label) for one in seen)
        return AuditCount(
            AuditPlan(len(self.audit), self.may_be_wrong), len(seen), len(seen) - right
        )

    def begins_anew(self, model: str, snapshot: Snapshot) -> bool:
        """Whether a round that was cut off is drawn anew, as its audit would be worth nothing.

        So it is where nothing of it was accepted, and it is another model's, or people labelled
        some of its audit with a suggestion in sight.

        Args:
            model: the model whose suggestions people see now.
            snapshot: what the project holds.
        """
        if not {one.sentence_id for one in snapshot.accepted}.isdisjoint(self.rest):
            return False
        chosen = frozenset(self.audit)
        return self.model != model or any(
            one.suggested_by is not None and one.sentence_id in chosen
            for one in snapshot.annotations
        )


@dataclass(frozen=True, slots=True)
class BulkRecord:
    """All that is remembered."""

    password: str = ""
    """The password of the machine's account; empty where there is none yet."""
    rounds: tuple[AcceptedRound, ...] = ()
    """In the order in which they were accepted, those that were undone among them."""
    audited: tuple[str, ...] = ()
    """Sentences that were ever in an audit, which are no random sample of all: figures on blind
    labels leave them out."""

    @property
    def valid_rounds(self) -> tuple[AcceptedRound, ...]:
        """Those that were not undone."""
        return tuple(one for one in self.rounds if not one.undone)

    @property
    def cut_off(self) -> AcceptedRound | None:
        """The round that was begun and not ended."""
        last = self.rounds[-1] if self.rounds else None
        return None if last is None or last.done or last.undone else last

    def denied(
        self, label: str, promise: float, threshold: float, model: str, snapshot: Snapshot
    ) -> AcceptedRound | None:
        """An undone round with a broken audit that speaks against another: it was no bolder.

        Args:
            label: alias of the event type that is to be accepted.
            promise: the precision that is to hold.
            threshold: how sure an answer must be.
            model: the model whose answers these are.
            snapshot: what the project holds.
        """
        for one in self.rounds:
            same = one.undone and (one.label, one.model) == (label, model)
            bolder = promise >= one.promise and threshold <= one.threshold
            if same and bolder and one.counted(snapshot.annotations, snapshot.schema).broken:
                return one
        return None

    def audits_first(self, predictions: Iterable[Prediction]) -> Iterator[Prediction]:
        """Suggestions, with those of audits first in the queue.

        The audit of a round that was cut off may be shown with suggestions still: it comes first
        once it is not.
        """
        audit = self._first
        for one in predictions:
            yield replace(one, confidence=FIRST) if one.sentence_id in audit else one

    @property
    def given_up(self) -> frozenset[str]:
        """Sentences of audits that were taken back, which have no claim to come first any more."""
        return frozenset(self.audited) - self._first

    @property
    def _first(self) -> frozenset[str]:
        return frozenset(key for one in self.valid_rounds if one.done for key in one.audit)

    def with_round(self, one: AcceptedRound) -> BulkRecord:
        """The record with another round, which it is about to begin."""
        audited = (*self.audited, *one.audit)
        return replace(self, rounds=(*self.rounds, one), audited=audited)

    def with_last_done(self) -> BulkRecord:
        """The record with its last round done."""
        return replace(self, rounds=(*self.rounds[:-1], replace(self.rounds[-1], done=True)))

    def with_all_undone(self) -> BulkRecord:
        """The record with every round undone."""
        return replace(self, rounds=tuple(replace(one, undone=True) for one in self.rounds))

    def with_last_undone(self) -> BulkRecord:
        """The record with its last round undone."""
        return replace(self, rounds=(*self.rounds[:-1], replace(self.rounds[-1], undone=True)))


@dataclass(frozen=True, slots=True)
class AuditTold:
    """How an audit stands."""

    label: str
    """Alias of the event type that was accepted."""
    promise: float
    """The precision that is to hold, above 0 and below 1."""
    count: AuditCount
    """What people said of it so far."""

    def __str__(self) -> str:
        count = self.count
        told = (
            f"Audit of '{self.label}' in bulk: {count.seen:,} of {count.plan.size:,} sentences "
            f"labelled, {count.wrong:,} of them as something else"
        )
        if count.broken:
            return (
                f"{told}; {in_percent(self.promise)} is broken, as many as "
                f"{in_percent(count.error_bound)} may be wrong. `newsledger accept --undo` takes "
                "it back."
            )
        return f"{told}; {in_percent(self.promise)} holds." if count.kept else f"{told}."


def in_percent(share: float) -> str:
    """A share in per cent, with a digit behind the point where it has one."""
    return f"{round(100 * share, 1):g} %"


def read_bulk(path: Path) -> BulkRecord:
    """What is remembered; nothing where the file is not there.

    Raises:
        WorkspaceError: the file is damaged.
    """
    state = read_json_state(path, format=_FORMAT, what=_WHAT, hint=_HINT)
    if state is None:
        return BulkRecord()
    try:
        return BulkRecord(
            password=str(state["password"]),
            rounds=tuple(map(_round, state["rounds"])),
            audited=_texts(state["audited"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise WorkspaceError(f"{_WHAT} in {path} cannot be read: {error!r}.", hint=_HINT) from error


def _round(row: Mapping[str, Any]) -> AcceptedRound:
    """One round; whatever does not fit is a TypeError."""
    one = AcceptedRound(**{**row, "audit": _texts(row["audit"]), "rest": _texts(row["rest"])})
    numbers = (one.promise, one.threshold, one.may_be_wrong)
    if not (
        all(isinstance(value, str) for value in (one.label, one.model))
        and all(isinstance(value, int | float) for value in numbers)
        and all(isinstance(value, bool) for value in (one.done, one.undone))
    ):
        raise TypeError("a round of something else")
    return one


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise TypeError("no list of ids")
    return tuple(found)


def write_bulk(path: Path, record: BulkRecord) -> None:
    """Write it whole or not at all.

    Raises:
        WorkspaceError: the disk is full or the folder is not ours.
    """
    write_json_state(path, asdict(record), format=_FORMAT)


def without_audits(record: BulkRecord, annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """The annotations; those of audits no longer say that a suggestion was withheld.

    The blind slice is drawn from all sentences, and an audit from the sure ones: taken for part of
    it, it would make every model look better than it is.
    """
    audited = frozenset(record.audited)
    return tuple(
        replace(one, withheld=None) if one.sentence_id in audited else one for one in annotations
    )


def says_only(said: Adjudicated, label: str) -> bool:
    """Whether people say one event type alone, with no claim, and are not split on anything."""
    return said.events.aliases == (label,) and not said.claims and not said.undecided
