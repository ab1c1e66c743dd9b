"""A model that says what the words say, for tests of what is done with what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from annotation.records import Sentence
from annotation.schema import Schema
from training.predictions import Predictions

SURE = tuple(
    f"The {word} met {place}."
    for word in ("board", "club", "choir", "team", "jury")
    for place in ("in Goma", "in Sake", "on Monday", "at noon", "again", "at home")
)
"""Sentences of which it is sure that nothing happened."""
OTHER = ("Troops fought in Goma.", "A bomb hit Sake.", "Talks may follow.")
"""Others."""


@dataclass(frozen=True, slots=True)
class Scripted:
    """A model that says what the words say."""

    schema: Schema
    id: str = "m1"
    events: None = None
    claims: None = None
    manifest: dict[str, Any] = field(default_factory=dict)

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        names = self.schema.event_aliases
        probability = np.zeros((len(sentences), len(names)))
        for row, one in enumerate(sentences):
            label, chance = ("none", 0.99) if "met" in one.text else ("clash", 0.9)
            label, chance = ("none", 0.4) if "may" in one.text else (label, chance)
            probability[row, names.index(label)] = chance
        keys = tuple(one.id for one in sentences)
        return Predictions(self.id, keys, names, probability, probability > 0.3, ((),) * len(keys))
