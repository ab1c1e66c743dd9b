"""Labels that people gave in another project or on another server, stored under their names.

Tasks go in together with their labels, which costs a hundredth of storing each label alone. SQLite
may store such tasks and lose their labels, and says nothing: so they are read back, and what is not
there is stored one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotation.batches import Advance, batched
from annotation.labelstudio.annotation_json import to_annotation
from annotation.labelstudio.client import Client
from annotation.labelstudio.import_json import task_data
from annotation.labelstudio.tasks.doubles import remove_doubled_tasks
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.records import Annotation, Sentence, Task
from annotation.schema import Schema

LabelledTask = tuple[Task, Sequence[Annotation]]
"""A task, and what people said of it."""


class LabelledAgain:
    """A project that gets such labels.

    Its methods raise what those of :class:`.LabelStudio` raise.

    Args:
        client: the server.
        project_id: the project there.
        schema: its labelling configuration.
        people: the server's number of everybody who labelled, by the name that labels have.
    """

    def __init__(
        self, client: Client, project_id: int, schema: Schema, people: Mapping[str, int]
    ) -> None:
        self._client = client
        self._queries = TaskQueries(client, project_id)
        self._uploader = Uploader(client, self._queries)
        self._schema = schema
        self._people = people

    def add(self, tasks: Iterable[LabelledTask], *, advance: Advance | None = None) -> None:
        """Add the tasks that the project does not have, with their labels.

        Args:
            tasks: each with what people said of it.
            advance: called after each batch.
        """
        for batch in batched(tasks, TASKS_PER_CALL):
            wanted = {task.sentence.id: (task, said) for task, said in batch}
            found = self._queries.by_key(wanted)
            new = {key: one for key, one in wanted.items() if key not in found}
            made, _ = self._uploader.tasks(
                {key: task_data(task, self._schema) for key, (task, _) in new.items()},
                {
                    key: [self.row(one, task.sentence) for one in said]
                    for key, (task, said) in new.items()
                },
            )
            ids = made | {key: task.id for key, task in found.items()}
            several = {key: task.people for key, (task, _) in wanted.items() if task.people > 1}
            for enough in (True, False):
                some = [key for key in several if _by_all(*wanted[key]) is enough]
                self._uploader.ask_people({k: ids[k] for k in some}, several, labelled=enough)
            if advance is not None:
                advance(len(batch))
        if self._uploader.settle_open():
            remove_doubled_tasks(self._queries, self._uploader)

    def annotate(self, missing: Iterable[tuple[Annotation, Sentence]]) -> None:
        """Store labels of tasks that are there, one by one.

        Args:
            missing: each with its sentence.
        """
        for batch in batched(missing, TASKS_PER_CALL):
            found = self._queries.by_key({sentence.id for _, sentence in batch})
            for one, sentence in batch:
                if sentence.id in found:
                    self._uploader.annotation(found[sentence.id].id, self.row(one, sentence))

    def row(self, annotation: Annotation, sentence: Sentence) -> dict[str, object]:
        """A label as Label Studio takes it, under the name of who gave it."""
        person = self._people[annotation.annotator]
        return to_annotation(annotation, sentence, self._schema, person=person)


def _by_all(task: Task, said: Sequence[Annotation]) -> bool:
    """Whether as many people have labelled a task as are to."""
    return sum(not one.cancelled for one in said) >= task.people
