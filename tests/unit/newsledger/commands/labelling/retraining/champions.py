"""Champions that differ in what they read, and what people see of them on the server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from annotation.records import NumericClaim, Sentence
from annotation.schema import read_schema
from newsledger.commands.labelling import retraining
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings
from tests.contract.fake_studio import FakeStudio
from tests.scripted_model import Scripted
from training.model import Model
from training.predictions import Predictions

WAITING = tuple(f"{number} people fled {place}." for number, place in enumerate("ABCDEF", 10))


@dataclass(frozen=True, slots=True)
class Counting(Scripted):
    """A scripted model that reads each sentence's number in a way of its own."""

    low: int = 0

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        found = Scripted.predict(self, sentences)
        low = Decimal(self.low)
        claim = NumericClaim(0, 2, "10", self.schema.claim_aliases[0], low, low, "exactly")
        claims = tuple((replace(claim, text=one.text[:2]),) for one in sentences)
        return replace(found, claims=claims)


def champion(settings: Settings, number: int) -> Model:
    return cast(Model, Counting(read_schema(settings.config), id=f"m{number}", low=number))


def follow(settings: Settings, number: int) -> int:
    with project.opened(settings, Quiet()) as ours:
        return retraining.refresh(settings, Quiet(), ours, champion(settings, number))


def suggested(server: FakeStudio) -> Counter[tuple[str, ...]]:
    """How many tasks have suggestions by these models."""
    return Counter(
        tuple(one["model_version"] for one in task["predictions"]) for task in server.tasks.values()
    )


def lines(server: FakeStudio) -> set[str]:
    """The ends of the lines of readings."""
    return {
        task["data"]["readings"].partition("→ ")[2][:2].strip() for task in server.tasks.values()
    }
