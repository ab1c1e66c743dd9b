"""Suggestions of a project accepted in bulk as annotations of a machine, and taken back again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotation.batches import Advance, batched
from annotation.labelstudio.accounts import list_accounts
from annotation.labelstudio.client import Client
from annotation.labelstudio.machine_account import is_machine
from annotation.labelstudio.tasks.filters import LABELLED_ONCE, UNSEEN, both, by_annotator, by_model
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.labelstudio.transfer.replaced_suggestions import replace_suggestions
from annotation.records import Prediction, Sentence
from annotation.schema import Schema


class BulkAcceptance:
    """What a machine does in one project; each step may be cut off and done again.

    Args:
        client: the server, with the token of the machine for ``accept``, of anybody for the rest.
        project_id: the project.
    """

    def __init__(self, client: Client, project_id: int) -> None:
        self._client = client
        self._queries = TaskQueries(client, project_id)

    def waiting(self, schema: Schema, model_id: str) -> Iterator[Sentence]:
        """The sentences that may be accepted: those that only wait for one person to accept them.

        Left out is what somebody has begun, skipped or is about to get, what several people are to
        label, and what is to be labelled without a suggestion.

        Args:
            schema: the project's labelling configuration.
            model_id: the model whose suggestions people see.
        """
        next_up = self._queries.next_up(model_id)
        for task in self._queries.scan(both(UNSEEN, by_model(model_id))):
            alone = model_id in task.models and task.people == 1 and not task.blind
            if alone and task.key and not task.annotated and task.id not in next_up:
                yield task.sentence(schema)

    def withhold(
        self,
        predictions: Sequence[Prediction],
        schema: Schema,
        *,
        model_id: str,
        advance: Advance | None = None,
    ) -> None:
        """Have people label sentences soon, and without a suggestion.

        Args:
            predictions: what is withheld, one for each sentence; their confidence is the place in
                the queue.
            schema: the project's labelling configuration.
            model_id: the model whose suggestions people see.
            advance: called after each batch.
        """
        uploader = Uploader(self._client, self._queries)
        for batch in batched(predictions, TASKS_PER_CALL):
            found = self._queries.by_key([one.sentence_id for one in batch]).values()
            waiting = [task for task in found if not task.annotated]
            for task in waiting:
                if not task.blind:
                    uploader.withhold(task)
            # What they have said something: they are stored anew, and empty.
            uploader.delete_suggestions(waiting, model_id, keep=())
        uploader.mend_counts()
        replace_suggestions(
            self._client, self._queries, predictions, schema, model_id=model_id, advance=advance
        )

    def accept(
        self, sentence_ids: Sequence[str], *, model_id: str, advance: Advance | None = None
    ) -> None:
        """Make the model's suggestions annotations of whom the token is.

        Args:
            sentence_ids: the sentences; where somebody has been meanwhile, nothing is done.
            model_id: whose suggestions.
            advance: called after each batch.
        """
        uploader = Uploader(self._client, self._queries)
        for batch in batched(sentence_ids, TASKS_PER_CALL):
            ids = {key: task.id for key, task in self._queries.by_key(batch).items()}
            if ids:  # an action on no task is one on all
                uploader.accept_suggestions(ids, model_id)
            if advance is not None:
                advance(len(batch))
        uploader.mend_counts()

    def count(self, *, overruled: bool = True) -> int:
        """How many tasks machines have labelled.

        Args:
            overruled: also those that people have labelled, too.
        """
        only = None if overruled else LABELLED_ONCE
        return sum(self._queries.count(both(by_annotator(one), only)) for one in self._machines())

    def take_back(self) -> int:
        """Delete what machines have said; of how many tasks. What people said stays."""
        uploader = Uploader(self._client, self._queries)
        gone = 0
        for machine in self._machines():
            tasks = [task.id for task in self._queries.scan(by_annotator(machine))]
            for ids in batched(tasks, TASKS_PER_CALL):
                uploader.take_back_annotations(ids, machine)
            gone += len(tasks)
        return gone

    def _machines(self) -> list[int]:
        return [one.id for one in list_accounts(self._client, None) if is_machine(one.email)]
