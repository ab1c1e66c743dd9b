"""Sure sentences labelled in bulk by the machine: accept."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotation.batches import batched
from annotation.dataset.adjudication import adjudicate, by_sentence
from annotation.dataset.snapshot import Snapshot
from annotation.errors import InputError, StudioError, TrainingError
from annotation.labelstudio.import_json import FIRST, shown_labels
from annotation.labelstudio.machine_account import machine_address
from annotation.labelstudio.server.passwords import new_password
from annotation.labelstudio.sync import LabelStudio
from annotation.records import SuggestedLabels, Task
from newsledger.commands.labelling.pulling import pull_from
from newsledger.commands.learning import models
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import with_seeds
from newsledger.commands.state.turns import take_turn
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import (
    AcceptedRound,
    BulkRecord,
    in_percent,
    read_bulk,
    says_only,
    write_bulk,
)
from newsledger.team.blind import BlindSlice
from newsledger.team.policy import drawn_number

if TYPE_CHECKING:
    from newsledger.team.acceptance.bulk import AcceptanceThreshold, JudgedAnswer
    from training.model import Model

_TOGETHER = 1_000
"""Sentences that the model reads at a time."""
_SHOW_ALL = "`newsledger up` puts the present model's suggestions into the project."
_UNDO = "`newsledger accept --undo` takes back all that was accepted in bulk."


@dataclass(frozen=True, slots=True)
class AcceptResult(Result):
    """What was accepted."""

    label: str
    """Alias of the event type."""
    promise: float
    """The precision that is to hold, 0 to 1."""
    threshold: float
    """How sure an answer had to be."""
    model: str
    """The model whose answers these are."""
    in_all: int
    """Sentences that are accepted by now, of all rounds."""
    audit: int
    """Sentences of this round that people are to label instead."""
    may_be_wrong: int
    """How many of these may come out otherwise."""

    def text(self) -> str:
        """The outcome in sentences."""
        return "\n".join(
            [
                f"Accepted in bulk as '{self.label}', by {self.model}: "
                f"{number_of(self.in_all, 'sentence')} in all.",
                f"First in the queue, without a suggestion, to check them: "
                f"{number_of(self.audit, 'sentence')}, of which {self.may_be_wrong:,} may come out "
                f"otherwise for {in_percent(self.promise)} to hold.",
                _UNDO,
            ]
        )


@dataclass(frozen=True, slots=True)
class TakenBackResult(Result):
    """What was taken back."""

    taken_back: int
    """Sentences that are no longer accepted."""
    without_suggestion: int = 0
    """Sentences that wait without a suggestion of the model that people see; another one was when
    they were accepted."""

    def text(self) -> str:
        """The outcome in a sentence or two."""
        back = number_of(self.taken_back, "sentence")
        told = f"Taken back, and waiting for people again: {back}."
        if not self.without_suggestion:
            return told
        lack = number_of(self.without_suggestion, "sentence")
        return f"{told}\nWithout a suggestion: {lack}. {_SHOW_ALL}"


def accept(
    settings: Settings,
    progress: Progress,
    *,
    label: str,
    precision: float,
    all_labels: bool = False,
) -> AcceptResult:
    """Pull, find from where on the model is sure enough, draw an audit, and accept the rest.

    A run that was killed is ended first, as it was begun.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        label: alias of the event type.
        precision: share of whole answers that is to be right, in per cent.
        all_labels: go by labels of people who saw a suggestion, too.

    Raises:
        InputError: the event type may not be given in bulk, or the precision is none.
        TrainingError: people's labels do not bear it out, or an audit is open or broken.
        NewsledgerError: the server or the workspace fails.
    """
    from newsledger.team.acceptance.bulk import find_threshold, plan_audit

    if not 50 <= precision < 100:
        raise InputError(
            f"A precision of {precision:g} % cannot be promised.",
            hint="Name one from 50 to below 100, --precision 98.",
        )
    promise = precision / 100
    with project.opened(settings, progress) as ours:
        if label not in ours.schema.bulk_labels:
            raise _not_allowed(label, ours)
        take_turn(settings, ours)
        record = read_bulk(settings.accepted)
        _, snapshot = pull_from(settings, progress, ours)
        _check_audits(record, snapshot)
        model = models.find_model(settings)
        _check_shown(ours, model)
        if record.cut_off and record.cut_off.begins_anew(model.id, snapshot):
            record = record.with_last_undone()
        if not record.cut_off:
            judged = tuple(_judged(settings, progress, snapshot, label, all_labels=all_labels))
            found = find_threshold(judged, promise)
            if found.threshold is None:
                raise _not_borne_out(found, promise, label, _blind_labels(snapshot, all_labels))
            if denied := record.denied(label, promise, found.threshold, model.id, snapshot):
                raise _denied(denied)
            sure = _sure(ours, progress, model, label, found.threshold)
            plan = plan_audit(promise, len(sure))
            if plan is None:
                raise _too_few_sure(ours, len(sure))
            drawn = f"audit {len(record.rounds) + 1}"
            order = sorted(sure, key=lambda key: drawn_number(ours.workspace, drawn, key))
            begun = AcceptedRound(
                label, promise, found.threshold, model.id, plan.may_be_wrong,
                audit=tuple(order[: plan.size]), rest=tuple(order[plan.size :]),
            )  # fmt: skip
            record = record.with_round(begun)
            write_bulk(settings.accepted, record)
        record = _carry_out(settings, progress, ours, model, snapshot, record)
        last = record.rounds[-1]
        return AcceptResult(
            label=last.label,
            promise=last.promise,
            threshold=last.threshold,
            model=last.model,
            in_all=ours.studio.bulk(ours.id).count(),
            audit=len(last.audit),
            may_be_wrong=last.may_be_wrong,
        )


def undo_accept(settings: Settings, progress: Progress) -> TakenBackResult:
    """Take back all that was accepted in bulk; killed at any point, it is done again.

    What people labelled stays, that of the audits, too.

    Raises:
        NewsledgerError: the server or the workspace fails.
    """
    with project.opened(settings, progress) as ours:
        gone = ours.studio.bulk(ours.id).take_back()
        record = read_bulk(settings.accepted)
        # Last: what is still there is known for accepted as long as any of it is.
        write_bulk(settings.accepted, record.with_all_undone())
        return TakenBackResult(
            gone, ours.studio.suggestions(ours.id).count_lacking() if gone else 0
        )


def _carry_out(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    snapshot: Snapshot,
    record: BulkRecord,
) -> BulkRecord:
    """Put the audit of the last round before people, and accept the rest of it."""
    last = record.rounds[-1]
    bulk = ours.studio.bulk(ours.id)
    chosen = frozenset(last.audit)
    audit = [one for one in snapshot.sentences if one.id in chosen]
    records = model.predict(audit).records()
    predictions = tuple(replace(one, confidence=FIRST) for one in records)
    with progress.track("Putting the audit into the queue", len(audit)) as advance:
        shown = zip((Task(one, blind=True) for one in audit), predictions, strict=True)
        deque(BlindSlice(settings.withheld).kept(shown, ours.schema), maxlen=0)
        bulk.withhold(predictions, ours.schema, model_id=model.id, advance=advance)
    if last.model == model.id:  # else what is accepted of it by now is all: it was another's answer
        record = _with_account(settings, ours, record)
        # Those that a run before this one accepted, too: it may not have come to count them.
        some = {one.sentence_id for one in snapshot.accepted}
        some |= {one.id for one in bulk.waiting(ours.schema, model.id)}
        rest = tuple(key for key in last.rest if key in some)
        with _machine(ours, record) as machine, progress.track("Accepting", len(rest)) as advance:
            machine.bulk(ours.id).accept(rest, model_id=model.id, advance=advance)
    record = record.with_last_done()
    write_bulk(settings.accepted, record)
    return record


def _with_account(settings: Settings, ours: WorkspaceProject, record: BulkRecord) -> BulkRecord:
    """The record with a password, written down before the account is made."""
    address = machine_address(ours.workspace)
    if not record.password:
        record = replace(record, password=new_password())
        write_bulk(settings.accepted, record)
    if address not in {one.email for one in ours.studio.accounts()}:
        ours.studio.sign_up(address, record.password, name="newsledger (machine)")
    return record


def _machine(ours: WorkspaceProject, record: BulkRecord) -> LabelStudio:
    address = machine_address(ours.workspace)
    found = ours.studio.logged_in(address, record.password)
    if found is None:
        raise StudioError(
            f"The machine cannot log in at {ours.studio.url} as {address}.",
            hint="Give that account the password in accepted.json of the workspace, and let the "
            "server give legacy tokens: it may have switched them off.",
        )
    return found


def _not_allowed(label: str, ours: WorkspaceProject) -> InputError:
    allowed = ", ".join(f"'{one}'" for one in ours.schema.bulk_labels)
    return InputError(
        f"'{label}' may not be given in bulk." if label else "No event type was named.",
        hint=f"Name one with --label; the schema allows {allowed}."
        if allowed
        else 'The schema allows none: write bulk="true" at a <Choice> of label_config.xml.',
    )


def _not_borne_out(
    found: AcceptanceThreshold, promise: float, label: str, labels: int
) -> TrainingError:
    """Why nothing is accepted, with the number of labels that would help."""
    told = (
        f"of {found.seen:,} answers that they judge {found.wrong:,} are wrong, so that only "
        f"{in_percent(found.at_least)} are right for certain"
        if found.seen
        else "not one of them is of a sentence that the machine would accept"
    )
    what = f"People's labels do not bear out {in_percent(promise)} for '{label}': {told}."
    if found.more_needed is None:
        return TrainingError(what, hint="Label more for a better model, or promise less.")
    # What is judged is a share of what is labelled.
    more = -(-found.more_needed * max(labels, 1) // max(found.seen, 1))
    return TrainingError(
        what,
        hint=f"About {number_of(more, 'more label')} without a suggestion would be needed: "
        "`newsledger up --blind 20%` has more of what is pushed labelled so.",
    )


def _too_few_sure(ours: WorkspaceProject, sure: int) -> TrainingError:
    return TrainingError(
        f"Only {number_of(sure, 'sentence')} that nobody has labelled are sure enough: to check "
        "them, people would have to see half of them or more.",
        hint=_SHOW_ALL
        if ours.studio.suggestions(ours.id).count_lacking()
        else "Push more articles, or label these.",
    )


def _check_audits(record: BulkRecord, snapshot: Snapshot) -> None:
    """Accept nothing more while an audit is open, or after one has broken its promise.

    A round that was cut off is ended although its audit is open.

    Raises:
        TrainingError: one is.
    """
    for one in record.valid_rounds:
        count = one.counted(snapshot.annotations, snapshot.schema)
        if count.broken:
            raise TrainingError(
                f"The audit of what was accepted as '{one.label}' breaks its promise: of "
                f"{count.seen:,} sentences {count.wrong:,} are something else, and "
                f"{one.may_be_wrong:,} may be for {in_percent(one.promise)}. As many as "
                f"{in_percent(count.error_bound)} may be wrong.",
                hint=_UNDO,
            )
        if one.done and not count.kept:
            raise TrainingError(
                f"The audit of '{one.label}' is still open: people have labelled {count.seen:,} "
                f"of its {number_of(len(one.audit), 'sentence')} without a suggestion.",
                hint="They come first in the queue. " + _UNDO,
            )


def _denied(one: AcceptedRound) -> TrainingError:
    return TrainingError(
        f"An audit has shown that {one.model} breaks {in_percent(one.promise)} for '{one.label}', "
        "and it would accept the same again.",
        hint="Promise less, or label more: `newsledger retrain` may make a better model.",
    )


def _check_shown(ours: WorkspaceProject, model: Model) -> None:
    if ours.studio.counts(ours.id).model_id != model.id:
        raise TrainingError(f"People do not see the suggestions of {model.id}.", hint=_SHOW_ALL)


def _blind_labels(snapshot: Snapshot, all_labels: bool) -> int:
    """Labelled sentences that could have judged an answer."""
    return len(
        {
            one.sentence_id
            for one in snapshot.annotations
            if not one.cancelled and (all_labels or one.withheld is not None)
        }
    )


def _judged(
    settings: Settings, progress: Progress, snapshot: Snapshot, label: str, *, all_labels: bool
) -> Iterator[JudgedAnswer]:
    """Answers of models that have not seen the article, where people labelled blindly."""
    from newsledger.team.acceptance.bulk import JudgedAnswer, answer_chance
    from newsledger.team.second_looks.second_opinion import second_opinions
    from training.evaluation.cross_fitting import FOLDS
    from training.examples import build_examples

    said = by_sentence(
        one
        for one in snapshot.annotations
        if not one.verdict and (all_labels or one.withheld is not None)
    )
    people = {key: adjudicate(some, snapshot.schema) for key, some in said.items()}
    people = {key: one for key, one in people.items() if one.annotators}
    articles = {one.article_id for one in snapshot.sentences if one.id in people}
    if not articles:
        return
    rows = build_examples(with_seeds(settings, progress, snapshot))
    with progress.track(
        "Asking models that have not seen the article", min(FOLDS, len(articles))
    ) as advance:
        opinions = second_opinions(rows, snapshot.schema, articles, advance=advance)
    for key, one in people.items():
        chance = answer_chance(opinions[key], label) if key in opinions else None
        if chance is not None:
            yield JudgedAnswer(chance, says_only(one, label))


def _sure(
    ours: WorkspaceProject, progress: Progress, model: Model, label: str, threshold: float
) -> tuple[str, ...]:
    """Ids of the waiting sentences of which the champion is sure enough."""
    from newsledger.team.acceptance.bulk import answer_chance
    from newsledger.team.second_looks.second_opinion import number_opinions, opinions_of

    found: list[str] = []
    only = SuggestedLabels((label,))
    with progress.track("Reading what waits") as advance:
        waiting = ours.studio.bulk(ours.id).waiting(ours.schema, model.id)
        for some in batched(waiting, _TOGETHER):
            told = model.predict(some)
            numbers = dict(zip((one.id for one in some), number_opinions(model, some), strict=True))
            opinions = opinions_of(told, numbers)
            for sentence, said in zip(some, told.records(), strict=True):
                chance = answer_chance(opinions[sentence.id], label)
                sure = chance is not None and chance >= threshold
                if sure and shown_labels(said, ours.schema) == only:
                    found.append(sentence.id)
            advance(len(some))
    return tuple(found)
