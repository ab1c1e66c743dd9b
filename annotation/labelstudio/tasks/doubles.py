"""What a project holds twice, and what becomes of it.

A server may store what it was sent long after somebody in between has given up on it, and then for
a second time. Of several tasks for one sentence, one stays, and each on which somebody has worked;
nothing that anybody has said is removed, and both are read as labels of the same sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotation.batches import batched
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader

_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class DoubleCounts:
    """What a project holds twice."""

    tasks: int
    """Tasks beside another for the same sentence, on which nobody has worked."""
    kept: int
    """Sentences with several tasks on each of which somebody has worked."""
    suggestions: int
    """Tasks with several suggestions of the model whose suggestions people see."""


def count_doubles(queries: TaskQueries) -> DoubleCounts:
    """What there is twice; nothing is changed."""
    found = queries.in_doubles()
    spare = sum(not task.annotated for tasks in found for task in tasks[1:])
    kept = sum(tasks[1].annotated for tasks in found)
    model = queries.active_model()
    twice = sum(1 for _ in queries.suggested_twice_by(model)) if model else 0
    return DoubleCounts(spare, kept, twice)


def remove_doubled_tasks(queries: TaskQueries, uploader: Uploader) -> tuple[int, int]:
    """Remove tasks beside another for the same sentence, on which nobody has worked.

    Returns:
        How many have gone, and how many sentences still have several tasks.
    """
    found = queries.in_doubles()
    before = sum(len(tasks) - 1 for tasks in found)
    for _ in range(_ROUNDS):
        spare = [task.id for tasks in found for task in tasks[1:] if not task.annotated]
        if not spare:
            break
        sure = [uploader.remove(some, "doubled tasks") for some in batched(spare, TASKS_PER_CALL)]
        found = queries.in_doubles()
        if all(sure):
            break  # what is left has been begun or skipped meanwhile
    return before - sum(len(tasks) - 1 for tasks in found), len(found)


def remove_doubled_suggestions(queries: TaskQueries, uploader: Uploader, model_id: str) -> int:
    """Leave one suggestion of this model on each task; how many have gone.

    The oldest stays, because whoever opened the task before the second came has that one before
    them, and each that somebody has started from.
    """
    gone = 0
    for task in list(queries.suggested_twice_by(model_id)):
        stored = queries.alone(task.id)
        mine = sorted(one.id for one in stored.predictions if one.model_version == model_id)
        started_from = {one.parent_prediction for one in stored.annotations}
        keep = {one for one in mine if one in started_from} or set(mine[:1])
        for number in mine:
            if number not in keep:
                uploader.delete_suggestion(number)
                gone += 1
    return gone
