"""The suggestions of a project, one model's after another's, and whose of them people see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from pathlib import Path

from annotation.batches import Advance, batched
from annotation.labelstudio.client import Client
from annotation.labelstudio.projects import main_project
from annotation.labelstudio.tasks.filters import by_model
from annotation.labelstudio.tasks.task_queries import FoundTask, TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.labelstudio.transfer.added_suggestions import add_suggestions
from annotation.labelstudio.transfer.old_suggestions import (
    count_old_suggestions,
    remove_old_suggestions,
)
from annotation.labelstudio.transfer.replaced_suggestions import SuggestCounts, replace_suggestions
from annotation.labelstudio.transfer.waiting_task import WaitingTask
from annotation.records import Prediction, Sentence
from annotation.schema import Schema


class Suggestions:
    """The suggestions of one project; people see those of the active model.

    Another model's can go in the place of those before (``replace``), or, where tasks are many,
    beside them: those of the head of the queue first (``add_at_head``), then all others
    (``add_beside``), and what is old goes later (``remove_old``).

    Its methods raise what those of :class:`.LabelStudio` raise.

    Args:
        client: the server.
        project_id: the project there.
    """

    def __init__(self, client: Client, project_id: int) -> None:
        self._client = client
        self._project_id = project_id
        self._queries = TaskQueries(client, project_id)

    # ----------------------------------------------------------------- what people see

    def active_model(self) -> str:
        """The model whose suggestions people see, empty for none."""
        return self._queries.active_model()

    def activate(self, model_id: str) -> None:
        """Let people see the suggestions of this model; the server shows no others.

        Raises:
            StudioError: no suggestion in the project is by this model.
        """
        main_project.activate(self._client, self._project_id, model_id)

    def count_lacking(self) -> int:
        """How many tasks wait for a label without a suggestion of the active model."""
        model = self.active_model()
        # In this order: what is labelled in between lacks nothing.
        suggested = self._queries.count_waiting(by_model(model)) if model else 0
        return max(0, self._queries.count_waiting() - suggested)

    # ------------------------------------------------------------ in the place of others

    def replace(
        self,
        predictions: Iterable[Prediction],
        schema: Schema,
        *,
        model_id: str,
        beside: int = 0,
        advance: Advance | None = None,
    ) -> SuggestCounts:
        """Replace the suggestions of all tasks that nobody has labelled.

        People see only the active model's suggestion. Older ones are deleted, except where somebody
        may be looking at one at this moment, as Label Studio refuses an annotation whose suggestion
        has gone: tasks with a draft, those that people were to get next, and what is left of a
        replacement that was cut short. They keep the replaced model's suggestion beside the new
        one until the next replacement.

        Args:
            predictions: one for each sentence of :meth:`.LabelStudio.unlabelled`, the next in the
                queue first; others are skipped and counted.
            schema: the project's labelling configuration.
            model_id: the model that made them; becomes the active one.
            beside: so many, from the first on, are stored beside what is there, which takes a
                fifth of the time; what is old there is left to :meth:`remove_old`.
            advance: called after each batch.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of them; running
                it again adds what is missing.
            UnknownLabelError: a prediction has a label that the schema has not; nothing of its
                batch was changed.
        """
        return replace_suggestions(
            self._client,
            self._queries,
            predictions,
            schema,
            model_id=model_id,
            beside=beside,
            advance=advance,
        )

    def refresh_readings(
        self,
        suggested: Callable[[Sequence[Sentence]], Iterable[Prediction]],
        schema: Schema,
        *,
        model_id: str,
        advance: Advance | None = None,
    ) -> frozenset[int]:
        """Make the line of readings one model's, wherever that has a suggestion already.

        A task that kept the suggestion before beside the new one says what the new one says, until
        its model is gone back to. Only what differs is written.

        Args:
            suggested: what the model says of some sentences, one prediction for each.
            schema: the project's labelling configuration.
            model_id: the model.
            advance: called after each batch.

        Returns:
            The server's ids of the tasks that wait for a label and have a suggestion by this model.
        """
        uploader = Uploader(self._client, self._queries)
        with_suggestion = set[int]()
        found = (
            task for task in self._queries.with_suggestion_by(model_id) if task.has_text(schema)
        )
        for batch in batched(found, TASKS_PER_CALL):
            predictions = suggested([task.sentence(schema) for task in batch])
            for task, prediction in zip(batch, predictions, strict=True):
                uploader.refresh_readings(task, prediction, schema)
            with_suggestion.update(task.id for task in batch)
            if advance is not None:
                advance(len(batch))
        uploader.mend_counts()
        return frozenset(with_suggestion)

    # ------------------------------------------------------------------- beside others

    def waiting_tasks(
        self,
        schema: Schema,
        *,
        without_suggestion_by: str,
        but: Container[int] | None = None,
    ) -> Iterator[WaitingTask]:
        """The tasks that wait for a label, with what a suggestion for each must know of them.

        Args:
            schema: the project's labelling configuration.
            without_suggestion_by: leave out the tasks that have a suggestion by this model.
            but: the server's ids of these, as :meth:`refresh_readings` has found them; None to look
                for them, which costs the server seconds where tasks are many.
        """
        skip = but
        if skip is None:
            skip = {task.id for task in self._queries.with_suggestion_by(without_suggestion_by)}
        for task in self._queries.scan():  # all, for a filter makes the server twice as slow
            if _is_ours(task, schema) and task.id not in skip:
                yield WaitingTask.of(task, schema)

    def add_at_head(
        self,
        suggested: Callable[[Sequence[Sentence]], Iterable[Prediction]],
        schema: Schema,
        *,
        model_id: str,
        number: int,
    ) -> int:
        """Give the tasks that people get next suggestions of another model, and make it active.

        They keep their place in the queue, and what they have beside it. All others must get
        theirs by :meth:`add_beside` soon: until then they have none to show, and come last.

        Args:
            suggested: what the model says of some sentences, one prediction for each; what it says
                nothing of is left to :meth:`add_beside`, and loses its place.
            schema: the project's labelling configuration.
            model_id: the model.
            number: how many tasks.

        Returns:
            How many suggestions were stored; 0 where it was the active model already.
        """
        before = self.active_model()
        if not before or before == model_id:
            return 0
        found = self._queries.head_of_queue(before, number)
        head = [task for task in found if _is_ours(task, schema)]
        # Those that have one already keep it, with the place that it has.
        lacking = [task for task in head if model_id not in task.models]
        if len(lacking) < len(head):
            self.activate(model_id)
        if not lacking:
            return 0
        tasks = {task.key: WaitingTask.of(task, schema, keeps_place=True) for task in lacking}
        predictions = suggested([one.sentence for one in tasks.values()])
        pairs = ((tasks[one.sentence_id], one) for one in predictions)
        return self.add_beside(pairs, schema, model_id=model_id)

    def add_beside(
        self,
        suggested: Iterable[tuple[WaitingTask, Prediction]],
        schema: Schema,
        *,
        model_id: str,
        advance: Advance | None = None,
        aside: Path | None = None,
    ) -> int:
        """Store suggestions beside those that are there; how many.

        Unlike :meth:`replace` it asks for no task and deletes nothing, so that a hundred thousand
        take minutes. The lines of readings follow at the end, those of the next tasks first.
        Streams: a batch is made while the server stores the one before.

        Args:
            suggested: tasks of :meth:`waiting_tasks`, which this model has suggested nothing for,
                each with its suggestion, the first to store first.
            schema: the project's labelling configuration.
            model_id: the model that made them; becomes the active one.
            advance: called after each batch.
            aside: a folder in which there is room for the lines of readings, None for the
                system's own for such files.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of them; running
                it again with what is waiting then adds what is missing.
            UnknownLabelError: a prediction has a label that the schema has not.
        """
        return add_suggestions(
            self._client,
            self._queries,
            suggested,
            schema,
            model_id=model_id,
            advance=advance,
            aside=aside,
        )

    # --------------------------------------------------------------------- what is old

    def count_old(self, *, keep: Collection[str]) -> int:
        """How many suggestions :meth:`remove_old` would remove if nobody was at work."""
        return count_old_suggestions(self._queries, keep)

    def remove_old(
        self, *, keep: Collection[str], most: int, advance: Advance | None = None
    ) -> int:
        """Remove suggestions of earlier models from tasks on which nobody has worked.

        Those of the active model stay, too. May be cut off at any point and run again.

        Args:
            keep: models whose suggestions stay, among them the one that was active before: somebody
                who opened a task before the switch may store them. Empty where they are not known;
                then nothing is removed.
            most: how many at most, the oldest first; one takes about 30 ms.
            advance: called after each batch.

        Returns:
            How many have gone.
        """
        return remove_old_suggestions(
            self._client, self._queries, keep=keep, most=most, advance=advance
        )


def _is_ours(task: FoundTask, schema: Schema) -> bool:
    """Whether a task shows a sentence of ours that somebody is to label still."""
    return bool(task.key) and task.waiting and task.has_text(schema)
