"""Double coding: which sentences several people label, each by themselves.

Drawn by chance, each with the same probability, and spread: the sentences of a batch are put in the
order of the event type that is suggested for them, then of their article, and every so-many-th is
taken, from a random start. (Systematic sampling; W. G. Cochran, "Sampling Techniques", 1977,
chapter 8.) So every type that is suggested often enough and every larger article has its share, and
agreement on a type is not left to luck. The chance is a hash: the same batch gives the same draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotation.batches import batched
from annotation.records import Prediction, Task
from newsledger.team.policy import drawn_number

_TOGETHER = 1_000  # tasks among which are drawn


@dataclass(frozen=True, slots=True)
class Overlap:
    """How a team has its sentences labelled by several people."""

    workspace: str
    """The workspace's id."""
    share: float
    """The chance of each sentence, 0 to 1."""
    people: int
    """How many people label it."""

    def given(
        self, tasks: Iterable[tuple[Task, Prediction]], *, but: frozenset[str] = frozenset()
    ) -> Iterator[tuple[Task, Prediction]]:
        """The same tasks; those that are drawn are for several people.

        Boilerplate is never drawn: nobody gets to it.

        Args:
            tasks: new tasks with their suggestions.
            but: ids of articles of which none is drawn.
        """
        for batch in batched(tasks, _TOGETHER):
            drawn = self._drawn(
                [
                    (task, prediction)
                    for task, prediction in batch
                    if task.sentence.article_id not in but and not task.sentence.boilerplate
                ]
            )
            for task, prediction in batch:
                if task.sentence.id in drawn:
                    yield replace(task, people=self.people), prediction
                else:
                    yield task, prediction

    def _drawn(self, tasks: list[tuple[Task, Prediction]]) -> set[str]:
        def chance(key: str) -> float:
            return drawn_number(self.workspace, "overlap", key)

        if not tasks:
            return set()
        ordered = sorted(
            tasks,
            key=lambda one: (
                _first_type(one[1]),
                one[0].sentence.article_id,
                chance(one[0].sentence.id),
            ),
        )
        start = chance(min(task.sentence.id for task, _ in tasks))
        return {
            task.sentence.id
            for number, (task, _) in enumerate(ordered)
            if int(start + (number + 1) * self.share) > int(start + number * self.share)
        }


def _first_type(prediction: Prediction) -> str:
    """The likeliest event type that is suggested; empty for none."""
    likeliest = max(prediction.events, key=lambda one: one.score, default=None)
    return likeliest.label if likeliest else ""
