"""Suggestions of another champion where many tasks wait: all are ranked, and none is held.

What waits is listed page by page, read by the model, and put aside in a file of the workspace;
memory holds numbers alone. Once all have their places, the suggestions are stored as they lie
there. The server is at the next page, or the next batch, while this process is at the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from annotation.aside import Aside
from annotation.batches import Advance, ahead, batched
from annotation.labelstudio.transfer.waiting_task import WaitingTask
from annotation.records import Prediction
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import seed_article_ids
from newsledger.progress import Progress
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import read_bulk
from newsledger.team.blind import BlindSlice

if TYPE_CHECKING:
    from training.active_learning.reordering import Places
    from training.model import Model

_Suggested = list[tuple[WaitingTask, Prediction]]
"""A page of tasks, each with what the model says of it."""


def suggest_beside(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    labelled_in: Mapping[str, int] | None,
    *,
    number: int,
    but: Collection[int],
) -> int | None:
    """Give all tasks that have none by a model its suggestion, beside what they have.

    What is withheld of them, and how each was picked, is written down before the first is stored.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        ours: the workspace's project.
        model: the model that suggests and ranks.
        labelled_in: number of labels so far in each article, to spread the next ones.
        number: how many tasks wait.
        but: the server's ids of those that have a suggestion by this model.

    Returns:
        How many were stored; None where no task waits for one.
    """
    suggestions = ours.studio.suggestions(ours.id)
    with (
        Aside[_Suggested](settings.workspace) as aside,
        Aside[list[str]](settings.workspace) as names,
    ):
        with progress.track("Ranking the sentences that wait", number - len(but)) as advance:
            found = suggestions.waiting_tasks(ours.schema, without_suggestion_by=model.id, but=but)
            places = _ranked(settings, ours, model, labelled_in, found, advance, aside, names)
        if not len(places.place):
            return None
        with progress.track("Replacing suggestions", len(places.place)) as advance:
            return suggestions.add_beside(
                _placed(settings, aside, places),
                ours.schema,
                model_id=model.id,
                advance=advance,
                aside=settings.workspace,
            )


def _ranked(
    settings: Settings,
    ours: WorkspaceProject,
    model: Model,
    labelled_in: Mapping[str, int] | None,
    found: Iterable[WaitingTask],
    advance: Advance,
    aside: Aside[_Suggested],
    names: Aside[list[str]],
) -> Places:
    """The places of all tasks; their suggestions and the ids of their sentences are put aside."""
    from training.active_learning.picks import NewPicks, PickRow, add_picks
    from training.active_learning.reordering import Reordering
    from training.model import STREAM_BATCH

    reordering = Reordering(model, labelled_in, later=seed_article_ids())
    blind = BlindSlice(settings.withheld)
    drawn, withheld = blind.drawn(), list[Prediction]()
    for tasks in ahead(batched(found, STREAM_BATCH)):
        sentences = [one.sentence for one in tasks]
        told = model.predict(sentences)
        reordering.add(sentences, told)
        predictions = told.records()
        withheld += (one for one in predictions if one.sentence_id in drawn)
        aside.add(list(zip(tasks, predictions, strict=True)))
        names.add([one.id for one in sentences])
        advance(len(tasks))
    places = reordering.places()

    def row(number: int) -> PickRow:
        picked = places.picked(number)
        return picked.method, picked.probability, model.id

    if len(places.place):
        add_picks(settings.picked, NewPicks(lambda: (key for some in names for key in some), row))
        blind.keep(withheld, ours.schema)
    return places


def _placed(
    settings: Settings, aside: Aside[_Suggested], places: Places
) -> Iterator[tuple[WaitingTask, Prediction]]:
    """Tasks and their suggestions as they lie aside, each with its place; audits come first."""
    bulk = read_bulk(settings.accepted)
    number = map(float, places.place)
    for some in aside:
        yield from zip(
            (task for task, _ in some),
            bulk.audits_first(replace(one, confidence=next(number)) for _, one in some),
            strict=True,
        )
