"""The models of a workspace: which there are, which is in use, and how to change that.

Listing looks at files only. What is to become champion is loaded first, to see that it still works;
whatever loads a model imports scikit-learn, and does so when it is called.
"""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from annotation.errors import ModelError
from newsledger.commands.loop_results import SwitchResult
from newsledger.commands.offline_results import Models
from newsledger.settings import Settings

if TYPE_CHECKING:
    from training.model import Model

LATEST = "latest"
"""Stands for the id of the model that was made last."""


def champion(settings: Settings) -> Model | None:
    """The model in use, None where none was promoted.

    Raises:
        ModelError: it is damaged or of another version.
    """
    from training.registry.champion import load_champion

    return load_champion(settings.models)


def load(settings: Settings, model_id: str | None = None, *, trust: bool = False) -> Model:
    """The model that was asked for, else the champion.

    Args:
        settings: where things are.
        model_id: an id or ``latest``; None for the champion.
        trust: load it although another scikit-learn made it.

    Raises:
        ModelError: there is none, or it is damaged or of another version.
    """
    from training.registry.champion import load_champion
    from training.registry.store import load_model

    if model_id is not None:
        model_id = _resolve(settings, model_id)
        if not (settings.models / model_id).is_dir():
            raise ModelError(
                f"There is no model '{model_id}' in {settings.models}.",
                hint="`newsledger models` lists them.",
            )
        return load_model(settings.models / model_id, trust=trust)
    now = load_champion(settings.models, trust=trust)
    if now is None:
        raise ModelError(
            f"There is no champion in {settings.models}.",
            hint="Make one with `newsledger train --labels … --promote`, or with `newsledger up`.",
        )
    return now


def listed(settings: Settings) -> Models:
    """All models, oldest first."""
    from training.registry.champion import list_models

    return Models(list_models(settings.models))


def promote(settings: Settings, model_id: str) -> SwitchResult:
    """Make a model the champion, whatever the gate said; who did so is written down.

    Raises:
        ModelError: there is no such model, it is damaged, or it no longer works.
    """
    from training.registry import champion

    model_id = load(settings, model_id).id
    act = champion.set_champion(
        settings.models, model_id, reason="promoted by hand", forced_by=getpass.getuser()
    )
    return SwitchResult(act.model, act.before)


def rollback(settings: Settings) -> SwitchResult:
    """Go back to the champion before this one.

    Raises:
        ModelError: there is none before it, it is damaged, or it no longer works.
    """
    from training.registry import champion

    load(settings, champion.predecessor(settings.models))
    act = champion.rollback(settings.models, reason=f"rolled back by {getpass.getuser()}")
    return SwitchResult(act.model, act.before)


def _resolve(settings: Settings, model_id: str) -> str:
    """``latest`` is the model made last; every other id is taken as it is."""
    from training.registry.champion import newest_id

    return newest_id(settings.models) or model_id if model_id == LATEST else model_id
