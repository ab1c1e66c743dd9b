"""What people see next: suggestions, in the order in which labels teach the model most.

``training.active_learning.ranking`` ranks; a sentence's place becomes the score of its suggestion,
by which Label Studio hands out tasks. How each sentence came to its place is kept, because
calibration weighs its label by it: in the task itself when it is pushed, and in a file of the
workspace when a new model orders the tasks that still wait.

Articles that are only there to start with (``later``: the seeds) come after all others. The scores
are divided for that once and for all, so that neither side must know what the other one holds: a
push of one's own articles writes no score but theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from annotation.batches import batched
from annotation.records import Annotation, Picked, Prediction, Sentence, Task
from training.active_learning.picks import add_picks, new_picks, read_picks
from training.active_learning.ranking import rank
from training.active_learning.reordering import LATER_FROM
from training.model import Model
from training.train import TrainingSummary

TASKS_RANKED_TOGETHER = 1_000
"""New tasks that are ranked at a time: memory stays flat however long the input is."""


def suggest(
    model: Model, tasks: Iterable[Task], *, later: Container[str] = ()
) -> Iterator[tuple[Task, Prediction]]:
    """New tasks, each with its suggestion and its place among those that came with it.

    Every batch is spread over the whole queue, so that the first of the last article pushed are as
    near as the first of the first. How a sentence was picked goes with its task.

    Args:
        model: the model that suggests and ranks.
        tasks: any number of tasks.
        later: ids of articles whose sentences come after those of all others.
    """
    for batch in batched(tasks, TASKS_RANKED_TOGETHER):
        sentences = [task.sentence for task in batch]
        picked, predictions = _ranked(model, sentences, later=later)
        for task, prediction in zip(batch, predictions, strict=True):
            yield replace(task, picked=picked[task.sentence.id]), prediction


def reorder(
    path: Path,
    model: Model,
    waiting: Sequence[Sentence],
    labelled_in: Mapping[str, int] | None = None,
    *,
    later: Container[str] = (),
    labelled: Container[str] = (),
) -> Iterator[Prediction]:
    """New suggestions for tasks that wait for a label, each with its place among them.

    How each was picked is written down first, together with the model. Killed before the server has
    them all, this leaves records of picks that nobody sees; but a label counts as picked so only
    if it started from a suggestion by that model (see :func:`read_picked`), and the next run orders
    anew what has none. The other way round, a label could be given before its record was there, and
    no later run would make up for it.

    Args:
        path: the file of the picks; made when missing.
        model: the model that suggests and ranks.
        waiting: the sentences; none that has a suggestion by this model, for it would keep the
            place that it has.
        labelled_in: number of labels so far in each article, to spread the next ones.
        later: ids of articles whose sentences come after those of all others.
        labelled: sentences with a label that may have started from this very model's suggestion, in
            another place; how they were picked is not written down anew.

    Raises:
        WorkspaceError: the file is damaged, or cannot be written.
    """
    picked, predictions = _ranked(model, waiting, labelled_in, later=later)
    rows = {
        key: (one.method, one.probability, model.id)
        for key, one in picked.items()
        if key not in labelled
    }
    add_picks(path, new_picks(rows))
    yield from predictions


def keep_places(path: Path, sentence_ids: Iterable[str], *, before: str, after: str) -> None:
    """Note that sentences keep their places under another model, and how they were picked for them.

    Written before the server has the other model's suggestions, as in :func:`reorder`.

    Args:
        path: the file of the picks.
        sentence_ids: the sentences.
        before: the model whose suggestions they have; another's record is of another place.
        after: the model.

    Raises:
        WorkspaceError: the file is damaged, or cannot be written.
    """
    keys = set(sentence_ids)
    moved = {
        key: (method, chance, after)
        for key, rows in read_picks(path)
        if key in keys
        for method, chance, model in rows
        if model == before
    }
    if moved:
        add_picks(path, new_picks(moved))


def read_picked(path: Path, annotations: Iterable[Annotation]) -> dict[str, Picked]:
    """How labelled sentences were picked, where a reordering has put them in their place.

    Of several records, that of the last model whose suggestion somebody started from. One whose
    labels all started from other models' suggestions, shown or withheld, was labelled in another
    place than the records tell of, and has none here: its task says how it was picked then.
    Verdicts are given in no place of the queue.

    Args:
        path: the file of the picks.
        annotations: the labels.

    Raises:
        WorkspaceError: the file is damaged.
    """
    suggested_by: dict[str, set[str | None]] = defaultdict(set)
    for one in annotations:
        if not one.verdict:
            model = one.withheld.model_id or None if one.withheld else one.suggested_by
            suggested_by[one.sentence_id].add(model)
    return {
        key: Picked(method, probability)
        for key, rows in read_picks(path)
        for method, probability, model in rows  # the last that fits stands
        if suggested_by.get(key, set()) & {model, None}
    }


def _ranked(
    model: Model,
    sentences: Sequence[Sentence],
    labelled_in: Mapping[str, int] | None = None,
    *,
    later: Container[str],
) -> tuple[dict[str, Picked], tuple[Prediction, ...]]:
    """How each sentence was picked, by id; and the suggestions, their place for confidence.

    Place 0 is next, what comes later begins with ``LATER_FROM``, boilerplate is last, with 1.
    """
    picked: dict[str, Picked] = {}
    suggested: dict[str, Prediction] = {}
    own = [one for one in sentences if one.article_id not in later]
    others = [one for one in sentences if one.article_id in later]
    for some, first, behind in ((own, 0.0, LATER_FROM), (others, LATER_FROM, 1.0)):
        if some:
            ranked, predictions = _spread(model, some, labelled_in, first, behind)
            picked |= ranked
            suggested |= {one.sentence_id: one for one in predictions}
    return picked, tuple(suggested[one.id] for one in sentences)


def _spread(
    model: Model,
    sentences: Sequence[Sentence],
    labelled_in: Mapping[str, int] | None,
    first: float,
    behind: float,
) -> tuple[dict[str, Picked], Iterator[Prediction]]:
    """Ranks sentences and spreads them over the scores from ``first`` to below ``behind``."""
    predictions = model.predict(sentences)
    summary = TrainingSummary.of_model(model)
    ranked = rank(
        model,
        sentences,
        predictions,
        # Of a model from a handful of labels the labels' descriptions know more.
        n_labelled=summary.sentences if summary else None,
        labelled_in=labelled_in,
        # The same run draws the same sentences again; another model or another batch, others.
        seed=crc32(f"{model.id} {sentences[0].id}".encode()),
    )
    step = (behind - first) / len(ranked)
    place = {one.sentence_id: first + number * step for number, one in enumerate(ranked)}
    place |= {one.id: 1.0 for one in sentences if one.boilerplate}
    return {one.sentence_id: one.picked for one in ranked}, (
        replace(prediction, confidence=place[prediction.sentence_id])
        for prediction in predictions.records()
    )
