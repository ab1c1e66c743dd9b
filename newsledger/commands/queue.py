"""What people see next: suggestions, in the order in which labels teach the model most.

``training.active_learning.ranking`` ranks; a sentence's place becomes the score of its suggestion,
by which Label Studio hands out tasks. How each sentence came to its place is kept, because
calibration weighs its label by it: in the task itself when it is pushed, and in the workspace when
a new model orders the tasks that still wait.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

from annotation.batches import batched
from annotation.records import Annotation, EventScore, Picked, Prediction, Sentence, Task
from newsledger.settings import Settings, read_state, write_state

if TYPE_CHECKING:
    from training.active_learning.ranking import Ranked
    from training.model import Predictor
    from training.registry.store import Model

BATCH = 1_000
"""Sentences read or ranked at a time: memory stays flat however long the input is."""


def suggestions(predictor: Predictor, sentences: Sequence[Sentence]) -> tuple[Prediction, ...]:
    """What a model suggests; boilerplate is told by rule.

    Where all scores are asked for, the model's own stand for boilerplate, too.
    """
    label = predictor.schema.boilerplate_label
    return tuple(
        replace(prediction, events=(EventScore(label, 1.0),), claims=())
        if sentence.boilerplate and label and not predictor.all_scores
        else prediction
        for sentence, prediction in zip(sentences, predictor.predict(sentences), strict=True)
    )


def pushed(model: Model, tasks: Iterable[Task]) -> Iterator[tuple[Task, Prediction]]:
    """New tasks, each with its suggestion and its place among those that came with it.

    Every batch is spread over the whole queue, so that the first of the last article pushed are as
    near as the first of the first. How a sentence was picked goes with its task.
    """
    from training.model import Predictor

    predictor = Predictor(model)
    for batch in batched(tasks, BATCH):
        sentences = [task.sentence for task in batch]
        ranked = _ranked(model, sentences)
        picked = {one.sentence_id: one.picked for one in ranked}
        for task, prediction in zip(batch, _placed(predictor, sentences, ranked), strict=True):
            yield replace(task, picked=picked[task.sentence.id]), prediction


def reordered(
    settings: Settings,
    model: Model,
    waiting: Sequence[Sentence],
    labelled_in: Mapping[str, int] | None = None,
) -> Iterator[Prediction]:
    """New suggestions for tasks that wait for a label, each with its place among them.

    How each was picked is written down first, together with the model. Killed before the server has
    them all, this leaves records of picks that nobody sees; but a label counts as picked so only
    if it started from a suggestion by that model (see :func:`picked`), and the next run orders
    anew what has none. The other way round, a label could be given before its record was there, and
    no later run would make up for it.

    Args:
        settings: where things are.
        model: the model that suggests and ranks.
        waiting: the sentences; none that has a suggestion by this model, for it would keep the
            place that it has.
        labelled_in: number of labels so far in each article, to spread the next ones.
    """
    from training.model import Predictor

    ranked = _ranked(model, waiting, labelled_in)
    rows = {
        one.sentence_id: [one.picked.method, one.picked.probability, model.id] for one in ranked
    }
    write_state(settings.picked, {"picked": {**_recorded(settings), **rows}})
    yield from _placed(Predictor(model), waiting, ranked)


def picked(settings: Settings, annotations: Iterable[Annotation]) -> dict[str, Picked]:
    """How labelled sentences were picked, where a reordering has put them in their place.

    One whose labels all started from other models' suggestions was labelled in another place than
    the record tells of, and stands for itself.
    """
    started: dict[str, set[str | None]] = defaultdict(set)
    for one in annotations:
        started[one.sentence_id].add(one.suggested_by)
    found = {}
    for key, (method, probability, model) in _recorded(settings).items():
        if key in started:
            there = started[key] & {model, None}
            found[key] = Picked(method, probability) if there else Picked()
    return found


def _recorded(settings: Settings) -> dict[str, list[Any]]:
    """By sentence: the method and probability with which a reordering picked it, and its model."""
    return dict(read_state(settings.picked).get("picked", {}))


def _ranked(
    model: Model, sentences: Sequence[Sentence], labelled_in: Mapping[str, int] | None = None
) -> tuple[Ranked, ...]:
    from training.active_learning.ranking import rank

    if not sentences:
        return ()
    return rank(
        model,
        sentences,
        # Of a model from a handful of labels the labels' own words know more.
        n_labelled=model.manifest.get("details", {}).get("n_trained_on"),
        labelled_in=labelled_in,
        # The same run draws the same sentences again; another model or another batch, others.
        seed=crc32(f"{model.id} {sentences[0].id}".encode()),
    )


def _placed(
    predictor: Predictor, sentences: Sequence[Sentence], ranked: Sequence[Ranked]
) -> Iterator[Prediction]:
    """Suggestions with their place for confidence: 0 is next, and boilerplate is last, with 1."""
    place = {one.sentence_id: number / len(ranked) for number, one in enumerate(ranked)}
    place |= {one.id: 1.0 for one in sentences if one.boilerplate}
    for prediction in suggestions(predictor, sentences):
        yield replace(prediction, confidence=place[prediction.sentence_id])
