"""The self-test of a model: what it says of a few sentences, and whether it still says so later.

A pickle holds the state of its objects, not their code. Loaded by a newsledger whose classes have
changed since, it fails at the first prediction, or worse, reads its words differently and says
something else. A number raised by hand is forgotten, and tells of no change elsewhere; asking again
tells of most, since nearly all words and numbers go through the same code as those asked about. A
change that shows only in other sentences goes unnoticed.
"""

from __future__ import annotations

from annotation.records import Sentence, json_number
from training.model import Model

ROUNDING = 1e-6
"""Difference of probabilities that is no difference: what other processors make of a sum."""

# Another choice of sentences makes all models those of another version.
_SENTENCES = (
    "At least 12 people were killed and dozens wounded when rockets hit a market on Monday.",
    "Between 300 and 400 fighters left the town under the agreement, the army said.",
    "Sign up for our newsletter",
)


def run_self_test(model: Model) -> list[object]:
    """What the model says of the sentences kept here, as JSON has it.

    Args:
        model: the model, fitted or loaded.

    Returns:
        For each sentence the probability of every event type, in the order of the schema, and the
        claims, each with its span, kind, probability and values.
    """
    sentences = [Sentence("", "", 0, 0, len(text), text) for text in _SENTENCES]
    return [
        [
            [event.score for event in said.events],
            [
                [claim.start, claim.end, claim.kind, claim.score, claim.modifier]
                + [None if v is None else json_number(v) for v in (claim.low, claim.high)]
                for claim in said.claims
            ],
        ]
        for said in model.predict(sentences).records(all_scores=True)
    ]


def agree(one: object, other: object) -> bool:
    """True where two self-tests say the same, but for ``ROUNDING``."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(agree, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= ROUNDING
    return one == other
