"""The models of a workspace: which there are, which is in use, and how to change that.

Listing looks at files only. What is to become champion is loaded first, to see that it still works;
whatever loads a model imports scikit-learn, and does so when it is called.
"""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import read_snapshot
from annotation.errors import ModelError, SnapshotError
from newsledger.progress import Result, Table
from newsledger.settings import Settings

if TYPE_CHECKING:
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
                ("  model", "promoted", "events micro F1", "macro F1", "claims F1", "size"),
                tuple(
                    (
                        f"{'*' if one.champion else ' '} {one.id}",
                        _short_time(one.promoted_at) + (" (forced)" if one.forced_by else ""),
                        _figure(one.figures, "events", "micro_f1"),
                        _figure(one.figures, "events", "macro_f1"),
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
            shown,
        ]
        if self.taken_up and self.refreshed is not None:
            lines.append("This finished a rollback that was cut off; another goes further back.")
        return "\n".join(lines)


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


def listed(settings: Settings) -> ModelsResult:
    """All models, oldest first."""
    from training.registry.champion import list_models

    return ModelsResult(list_models(settings.models))


def promote_model(settings: Settings, model_id: str) -> SwitchResult:
    """Make a model the champion, whatever the gate said; who did so is written down.

    Raises:
        ModelError: there is no such model, it is damaged, or it no longer works.
    """
    from training.registry import champion

    model_id = find_model(settings, model_id).id
    act = champion.set_champion(
        settings.models, model_id, reason="promoted by hand", forced_by=getpass.getuser()
    )
    return SwitchResult(act.model, act.before)


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
