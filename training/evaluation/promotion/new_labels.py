"""How much a challenger has learnt that the champion has not, and what is asked where it is little.

Of two models of the same labels none is better but by chance: nothing argues for a change.
"""

from __future__ import annotations

from math import ceil

from annotation.schema import Schema
from training.evaluation.promotion.comparison import Comparison
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.in_words import seen_on, standing
from training.evaluation.promotion.limits import FEW_NEW, HARDLY_NEW
from training.evaluation.promotion.lost_labels import decisions_of
from training.examples import Examples
from training.model import Model


def count_new(measured: Examples, champion: Examples) -> int:
    """How many of the measured sentences the champion has not learnt, or learnt otherwise.

    Args:
        measured: what both models are measured on.
        champion: what the champion was trained on.
    """
    knew = {one.id: row for row, one in enumerate(champion.sentences)}
    new = 0
    for row, one in enumerate(measured.sentences):
        before = knew.get(one.id)
        new += before is None or decisions_of(measured, row) != decisions_of(champion, before)
    return new


def nothing_new(challenger: Model, measured: Examples, champion: EarlierModel) -> bool:
    """Whether the same code has learnt the measured labels already, each as it is today.

    Args:
        challenger: the new model.
        measured: what both are measured on.
        champion: the model in use.
    """
    return (
        champion.learnt is not None
        and _made(challenger) == _made(champion.model)
        and not count_new(measured, champion.learnt)
    )


def no_reason_to_change(
    overall: Comparison, challenger: Model, measured: Examples, champion: EarlierModel
) -> tuple[str, ...]:
    """Why a challenger of the champion's labels is refused; empty where it has others.

    Another version of the code or another schema is a reason to change, too, and so is a champion
    of which nobody knows what it learnt; that the champion itself came out again is no change.

    Args:
        overall: both models on all decisions.
        challenger: the new model.
        measured: what both are measured on, at least one sentence.
        champion: the model in use.
    """
    if champion.learnt is None or _made(challenger) != _made(champion.model):
        return ()
    if challenger.id == champion.model.id or standing(overall) == "better":
        return ()
    new, asked = count_new(measured, champion.learnt), min(FEW_NEW, HARDLY_NEW * len(measured))
    if new >= asked:
        return ()
    return (
        f"It has learnt hardly anything that the champion has not (of the measured sentences {new} "
        f"are new or decided anew, fewer than {ceil(asked)}) and is not better beyond chance "
        f"({seen_on(overall)}): nothing argues for a change.",
    )


def _made(model: Model) -> tuple[object, Schema]:
    """By which versions of the code, and of which labels."""
    return model.manifest.get("versions"), model.schema
