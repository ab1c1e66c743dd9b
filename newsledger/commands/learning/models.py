"""The models of a workspace: which there are, which is in use, and how to change that.

Listing looks at files only. What is to become champion is loaded first, to see that it still works;
whatever loads a model imports scikit-learn, and does so when it is called.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from annotation.dataset.snapshot import read_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import ModelError, SchemaError, SnapshotError
from annotation.schema import Schema, read_schema
from newsledger.progress import Result, Table
from newsledger.settings import Settings
from newsledger.workspace import settle_workspace

if TYPE_CHECKING:
    from training.evaluation.promotion.earlier_models import EarlierModel
    from training.examples import Examples
    from training.model import Model
    from training.registry.champion import ListedModel

LATEST = "latest"
"""Stands for the id of the model that was made last."""


@dataclass(frozen=True, slots=True)
class ModelsResult(Result):
    """The models of a workspace, oldest first."""

    models: tuple[ListedModel, ...]
    """One for each folder, damaged ones too."""

    def to_json(self) -> dict[str, Any]:
        """The whole list in JSON values."""
        return {"models": [asdict(one) for one in self.models]}

    def text(self) -> str:
        """How many there are, and what is wrong with some."""
        if not self.models:
            return "There is no model yet: `newsledger train`, `retrain` or `up` makes one."
        broken = [one.problem for one in self.models if one.problem]
        return "\n".join(["* marks the champion.", *broken])

    def tables(self) -> tuple[Table, ...]:
        """One line for each model."""
        if not self.models:
            return ()
        return (
            Table(
                "Models",
                # The id says when a model was made.
                ("  model", "promoted", "overall F1", "events F1", "claims F1", "size"),
                tuple(
                    (
                        f"{'*' if one.champion else ' '} {one.id}",
                        _short_time(one.promoted_at) + (" (forced)" if one.forced_by else ""),
                        _figure(one.figures, "overall_f1"),
                        _figure(one.figures, "events", "micro_f1"),
                        _figure(one.figures, "claims", "overlapping", "f1"),
                        one.state if one.state != "ok" else f"{one.size / 1e6:.2f} MB",
                    )
                    for one in self.models
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class SwitchResult(Result):
    """Another champion."""

    champion: str
    """The champion now."""
    before: str | None
    """The one before."""
    refreshed: int | None = None
    """Suggestions replaced in Label Studio; None where it could not be done."""
    taken_up: bool = False
    """True where this finishes a rollback that was cut off."""
    beside: str = ""
    """How it does beside the one before, where somebody promoted it whatever the gate says."""

    def text(self) -> str:
        """The outcome in sentences."""
        shown = (
            "Suggestions in Label Studio stay as they are until `newsledger up` or `retrain`."
            if self.refreshed is None
            else f"{self.refreshed:,} suggestions on unlabelled tasks replaced."
        )
        if self.before == self.champion:
            return f"{self.champion} was the champion already.\n{shown}"
        lines = [
            f"{self.champion} is the champion now, instead of {self.before or 'nothing'}.",
            *([self.beside] if self.beside else []),
            shown,
        ]
        if self.taken_up and self.refreshed is not None:
            lines.append("This finished a rollback that was cut off; another goes further back.")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class HandoverResult(Result):
    """A model that was written to a file, or taken from one."""

    model: str
    """Its id."""
    file: str
    """The file."""
    fingerprint: str
    """SHA-256 of the file; who imports it must have it from who exported it."""
    size: int
    """Bytes of the file."""
    act: Literal["exported", "imported", "there already"]
    """What was done."""
    notes: tuple[str, ...] = ()
    """What to know before it is used."""

    def text(self) -> str:
        """The outcome in sentences."""
        if self.act == "exported":
            return "\n".join(
                (
                    f"{self.model} is in {self.file} ({self.size:,} bytes).",
                    f"Fingerprint {self.fingerprint}",
                    "Give the fingerprint to whoever imports the file, by another route than the "
                    "file itself: read it out, or show it.",
                )
            )
        first = (
            f"{self.model} is one of this workspace's models now."
            if self.act == "imported"
            else f"{self.model} was one of this workspace's models already."
        )
        return "\n".join(
            (
                first,
                *self.notes,
                "Its figures are those of the labels that it was made from. On yours: "
                f"newsledger evaluate --model {self.model}",
                f"To use it: newsledger promote {self.model}",
            )
        )


def champion(settings: Settings) -> Model | None:
    """The model in use, None where none was promoted.

    Raises:
        ModelError: it is damaged or of another version.
    """
    from training.registry.champion import load_champion

    return load_champion(settings.models)


def find_model(settings: Settings, model_id: str | None = None, *, trust: bool = False) -> Model:
    """The model that was asked for, else the champion.

    Args:
        settings: where things are.
        model_id: an id or ``latest``; None for the champion.
        trust: load it although another scikit-learn made it.

    Raises:
        ModelError: there is none, or it is damaged or of another version.
    """
    from training.registry.champion import load_champion, require_model
    from training.registry.store import load_model

    if model_id is not None:
        found = require_model(settings.models, _resolve(settings, model_id))
        return load_model(found, trust=trust)
    now = load_champion(settings.models, trust=trust)
    if now is None:
        raise ModelError(
            f"There is no champion in {settings.models}.",
            hint="Make one with `newsledger train --labels … --promote`, or with `newsledger up`.",
        )
    return now


def learnt_by(settings: Settings, model: Model) -> Examples | None:
    """What a model was trained on; None where its snapshot is not in this workspace."""
    from training.examples import build_examples
    from training.train import TrainingSummary

    try:
        snapshot = read_snapshot(settings.snapshots / model.manifest["snapshot"])
    except SnapshotError:
        return None
    rows = build_examples(snapshot)
    summary = TrainingSummary.of_model(model)
    if summary is None or summary.articles:
        return rows
    # A model of format 3 was not trained on what was held out.
    return rows.rows([r for r, one in enumerate(rows.groups) if one not in snapshot.held_out])


def other_policy(model: Model, schema: Schema, config: Path) -> str | None:
    """A sentence where a model reads vague words in another way than its project; else None.

    It goes on: its kinds and spans are as good as they were, and each value names its policy.
    """
    if model.claims is None or model.schema.policy == schema.policy:
        return None
    return (
        f"The champion {model.id} reads vague words by the policy '{model.schema.policy}', and "
        f"{config} names '{schema.policy}'. `newsledger retrain` makes one that reads by that."
    )


def listed(settings: Settings) -> ModelsResult:
    """All models, oldest first."""
    from training.registry.champion import list_models

    return ModelsResult(list_models(settings.models))


def model_to_file(settings: Settings, model_id: str, file: Path) -> HandoverResult:
    """Write a model into one file, for another workspace.

    Raises:
        ModelError: there is no such model, or it is damaged.
        WorkspaceError: the file cannot be written.
    """
    from training.registry.champion import require_model
    from training.registry.handover import export_model

    done = export_model(require_model(settings.models, _resolve(settings, model_id)), file)
    return HandoverResult(done.id, str(file), done.fingerprint, done.size, "exported")


def model_from_file(settings: Settings, file: Path, fingerprint: str) -> HandoverResult:
    """Take a model from a file that another workspace wrote; it is neither loaded nor promoted.

    Raises:
        ModelError: the file is not the one of this fingerprint, or holds no model for us.
        WorkspaceError: the workspace cannot be written.
    """
    from training.registry.handover import import_model

    settle_workspace(settings.workspace)
    done = import_model(settings.models, file, fingerprint)
    notes = []
    try:
        done.schema.require_same(
            read_schema(settings.config), mine="the model", theirs=str(settings.config)
        )
    except SchemaError as error:
        notes.append(str(error))
    act: Literal["imported", "there already"] = "imported" if done.new else "there already"
    return HandoverResult(done.id, str(file), done.fingerprint, done.size, act, tuple(notes))


def promote_model(settings: Settings, model_id: str) -> SwitchResult:
    """Make a model the champion, whatever the gate says; who did so is written down.

    Raises:
        ModelError: there is no such model, it is damaged, or it no longer works.
    """
    from training.registry import champion

    model = find_model(settings, model_id)
    before = champion.champion_id(settings.models)
    beside = "" if before in (None, model.id) else _beside_champion(settings, model)
    act = champion.set_champion(
        settings.models, model.id, reason="promoted by hand", forced_by=getpass.getuser()
    )
    return SwitchResult(act.model, act.before, beside=beside)


def _beside_champion(settings: Settings, model: Model) -> str:
    """How a model does beside the champion on the newest labels, in a sentence."""
    from training.evaluation.measurement import measurable
    from training.evaluation.promotion.gate import compare_earlier
    from training.examples import build_examples

    found = None
    try:
        snapshot = read_snapshot(snapshots_in_order(settings.snapshots)[-1])
        now = find_model(settings)
        rows = build_examples(snapshot)
        found = compare_earlier(
            as_earlier(settings, model),
            as_earlier(settings, now),
            measurable(rows, rows.measured_articles),
            snapshot.schema,
        )
    except (IndexError, ModelError, SnapshotError):
        pass  # then nobody can tell, and that is said
    if found is None or found.difference is None:
        return (
            "You decided, not the gate: there are no labels that neither model has learnt, to "
            "compare them on."
        )
    return (
        f"You decided, not the gate: on {found.support:,} labelled decisions that neither model "
        f"had seen, its overall F1 is {found.challenger:.3f} and was {found.champion:.3f} "
        f"({found.difference:+.3f}, 95 % interval {found.low:+.3f} to {found.high:+.3f})."
    )


def as_earlier(settings: Settings, model: Model) -> EarlierModel:
    """A model with what was stored beside it, and what it learnt from as far as that is there.

    Raises:
        ModelError: what was stored is damaged.
    """
    from training.evaluation.promotion.earlier_models import EarlierModel
    from training.registry.store import load_answers

    answers = load_answers(settings.models / model.id)
    return EarlierModel(model, answers, learnt_by(settings, model))


def roll_back(settings: Settings) -> SwitchResult:
    """Go back to the champion before this one, or take up a rollback that was cut off.

    Raises:
        ModelError: there is none before it, it is damaged, or it no longer works.
    """
    from training.registry.rollback import begin_rollback, predecessor, unfinished_rollback

    taken_up = unfinished_rollback(settings.models) is not None
    find_model(settings, predecessor(settings.models))
    begun = begin_rollback(settings.models, reason=f"rolled back by {getpass.getuser()}")
    return SwitchResult(begun.goal, begun.start, taken_up=taken_up)


def _resolve(settings: Settings, model_id: str) -> str:
    """``latest`` is the model made last; every other id is taken as it is."""
    from training.registry.champion import newest_id

    return newest_id(settings.models) or model_id if model_id == LATEST else model_id


def _figure(figures: Mapping[str, Any], *path: str) -> str:
    found: Any = figures
    for name in (*path, "value"):
        found = found.get(name) if isinstance(found, Mapping) else None
    return f"{found:.3f}" if isinstance(found, float) else "–"


def _short_time(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else "–"
