"""Synchronisation with Label Studio: make projects, push, suggest, pull, count, invite.

The write path was measured, not guessed. Each batch is uploaded exactly once (`upload`) into what
task queries show to be missing (`task_queries`), so every use can be killed at any point and run
again.

Two pushes into one project at the same moment can still double a task, and so can a server that
stores what it was sent after somebody in between has given up on it; what is there twice goes at
the end of the next push. Callers on one machine should take a lock.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from annotation.batches import Advance, batched
from annotation.labelstudio import accounts
from annotation.labelstudio.accounts import Account
from annotation.labelstudio.client import Client
from annotation.labelstudio.export_json.export import Export, parse_tasks
from annotation.labelstudio.machine_account import is_machine
from annotation.labelstudio.projects import main_project
from annotation.labelstudio.projects.main_project import Project
from annotation.labelstudio.projects.side_projects import (
    SideConfig,
    SideProject,
    ensure_side,
    find_side,
)
from annotation.labelstudio.tasks import doubles, download
from annotation.labelstudio.tasks.doubles import DoubleCounts
from annotation.labelstudio.tasks.filters import LABELLED, LABELLED_FOR_MORE, UNSEEN
from annotation.labelstudio.tasks.task_queries import TaskQueries
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL, Uploader
from annotation.labelstudio.transfer import push
from annotation.labelstudio.transfer.bulk_acceptance import BulkAcceptance
from annotation.labelstudio.transfer.labelled_again import LabelledAgain
from annotation.labelstudio.transfer.push import PushCounts
from annotation.labelstudio.transfer.replaced_suggestions import SuggestCounts
from annotation.labelstudio.transfer.suggestions import Suggestions
from annotation.records import Prediction, Sentence, Task
from annotation.schema import Schema, parse_schema

if TYPE_CHECKING:
    import httpx

__all__ = [
    "DoubleCounts",
    "LabelStudio",
    "Project",
    "ProjectCounts",
    "PushCounts",
    "ServerInfo",
    "SuggestCounts",
    "Suggestions",
]


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """Who answers, and as whom."""

    url: str
    """Address."""
    version: str
    """Label Studio's release."""
    user: str
    """E-mail address that the token belongs to."""


@dataclass(frozen=True, slots=True)
class ProjectCounts:
    """What a project holds."""

    tasks: int
    """Tasks in all."""
    with_suggestion: int
    """Tasks with a suggestion of the active model."""
    annotated: int
    """Tasks with at least one annotation that was not cancelled."""
    model_id: str
    """The model whose suggestions people see; empty for none."""
    accepted: int = 0
    """Tasks that only a machine has labelled, which ``annotated`` counts, too."""

    @property
    def labelled(self) -> int:
        """Tasks that somebody has labelled."""
        return self.annotated - self.accepted


class LabelStudio:
    """One server, seen with one person's token.

    Args:
        url: address, e.g. ``http://127.0.0.1:8080``.
        api_key: a legacy token or a personal access token; the SDK tells them apart.
        transport: what carries the requests instead of the network; the seam for tests.
        export_folder: where the server keeps the files of exports, which are removed after each;
            None where it is not ours.

    Every method raises:
        StudioUnreachableError: nobody answers, or what answers is no Label Studio.
        StudioAuthError: the token is refused.
        StudioGoneError: the project has been deleted.
        StudioUncertainError: the server fails or falls silent; whether it did what was asked is
            open, and running the same again does what is missing.
        StudioStorageError: the server has stored less than it was sent.
        StudioError: the server refuses what we ask, with its own words.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        transport: httpx.BaseTransport | None = None,
        export_folder: Path | None = None,
    ) -> None:
        self._client = Client(url, api_key, transport=transport, export_folder=export_folder)
        self._transport = transport
        self.url = self._client.url

    def __repr__(self) -> str:
        return f"LabelStudio({self.url!r})"

    def __enter__(self) -> LabelStudio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the object may be used again."""
        self._client.close()

    # ------------------------------------------------------------------- projects

    def check(self) -> ServerInfo:
        """Ask who answers and whether the token is good."""
        user, release = self._client.who()
        return ServerInfo(self.url, release, user)

    def ensure_project(
        self,
        title: str,
        schema: Schema,
        instructions: str = "",
        *,
        project_id: int | None = None,
        owner: str = "",
    ) -> Project:
        """The project with this configuration: found, brought up to date, or made.

        Args:
            title: its name, 3 to 50 characters; the key by which it is found again.
            schema: the labelling configuration that it is to have.
            instructions: what annotators read before they begin (HTML).
            project_id: look for this one instead of the title.
            owner: name of the workspace that keeps it, letters and digits; what is marked as
                another's is left alone. Empty where every project with the mark is meant.

        Raises:
            StudioError: what is found is neither marked as newsledger's nor has the same labels.
            StudioGoneError: the project of this id is another owner's.
            SchemaMismatchError: labels that are in use would vanish; the message names them.
            SchemaError: the server refuses the configuration, with its own words.
        """
        return main_project.ensure(self._client, title, schema, instructions, project_id, owner)

    def side_project(
        self, config: SideConfig, owner: str, project_id: int | None = None
    ) -> SideProject:
        """A workspace's project of one kind beside its main one; see :func:`.ensure_side`."""
        return ensure_side(self._client, config, owner, project_id)

    def find_side_project(
        self, config: SideConfig, owner: str, project_id: int | None = None
    ) -> SideProject | None:
        """The same where it is there already; see :func:`.find_side`."""
        return find_side(self._client, config, owner, project_id)

    def owned_project(self, title: str, owner: str) -> int | None:
        """The number of a workspace's project of this title, None where the server has none."""
        return main_project.owned(self._client, title, owner)

    def owner(self, project_id: int) -> str | None:
        """The workspace that a project's description names, None where it names none."""
        return main_project.owner_of(self._queries(project_id).project())

    def turn(self, project_id: int) -> str | None:
        """What ``write_turn`` last wrote, None for nothing."""
        return main_project.turn_of(self._queries(project_id).project())

    def write_turn(self, project_id: int, turn: str) -> None:
        """Write letters and digits into the description, where each copy of a workspace looks."""
        main_project.write_turn(self._client, self._queries(project_id).project(), turn)

    def counts(self, project_id: int) -> ProjectCounts:
        """How many tasks the project has, with a suggestion, and labelled."""
        queries = self._queries(project_id)
        project = queries.project()
        model = project.model_version
        return ProjectCounts(
            tasks=project.task_number,
            with_suggestion=queries.count_suggested(model) if model else 0,
            annotated=queries.count(LABELLED),
            model_id=model,
            accepted=self.bulk(project_id).count(overruled=False),
        )

    # -------------------------------------------------------------------- writing

    def push(
        self,
        project_id: int,
        tasks: Iterable[tuple[Task, Prediction | None]],
        schema: Schema,
        *,
        advance: Advance | None = None,
    ) -> PushCounts:
        """Add the tasks that the project does not have, each with its suggestion.

        Streams: no more tasks are held at a time than go into one call. A sentence that is already
        there is not added again; if nobody has labelled it and it has no suggestion of this model,
        it gets one. The model of the last suggestion becomes the active one.

        Args:
            project_id: the project.
            tasks: what to add, in the order in which people are to see it.
            schema: the project's labelling configuration.
            advance: called after each batch.

        Raises:
            StudioStorageError: after several attempts the server still lacks some of it; running
                the push again adds what is missing.
        """
        return push.push_tasks(self._client, project_id, tasks, schema, advance=advance)

    def suggestions(self, project_id: int) -> Suggestions:
        """What models suggest in a project; see :class:`.Suggestions`."""
        return Suggestions(self._client, project_id)

    def bulk(self, project_id: int) -> BulkAcceptance:
        """What a machine does in a project; see :class:`.BulkAcceptance`."""
        return BulkAcceptance(self._client, project_id)

    def labelled_again(
        self, project_id: int, schema: Schema, people: Mapping[str, int]
    ) -> LabelledAgain:
        """A project into which labels go that people gave elsewhere.

        Args:
            project_id: the project.
            schema: its labelling configuration.
            people: the server's number of everybody who labelled, by the name that labels have.
        """
        return LabelledAgain(self._client, project_id, schema, people)

    def remove(self, project_id: int, sentence_ids: Collection[str]) -> int:
        """Take sentences out of the project on which nobody has worked; how many have gone.

        Args:
            project_id: the project.
            sentence_ids: the sentences; those that somebody has labelled, begun or skipped stay.
        """
        queries = self._queries(project_id)
        uploader = Uploader(self._client, queries)
        ids = [task.id for task in queries.by_key(sentence_ids).values()]
        for some in batched(ids, TASKS_PER_CALL):
            uploader.remove(some, "tasks")
        project = queries.project()
        if ids and not project.task_number:
            main_project.arrange_table(self._client, project_id, parse_schema(project.label_config))
        return len(ids) - len(queries.by_key(sentence_ids))

    def remove_doubles(self, project_id: int) -> int:
        """Remove what the project holds twice and nobody has worked on; how many tasks have gone.

        A push does so at its end; this is for what comes to be stored after that.
        """
        queries = self._queries(project_id)
        uploader = Uploader(self._client, queries)
        if model := queries.active_model():
            doubles.remove_doubled_suggestions(queries, uploader, model)
        return doubles.remove_doubled_tasks(queries, uploader)[0]

    # --------------------------------------------------------------------- people

    def accounts(self, project_id: int | None = None) -> tuple[Account, ...]:
        """Everybody who can log in, and how much of a project they have labelled."""
        return accounts.list_accounts(self._client, project_id)

    def people(self) -> tuple[Account, ...]:
        """Everybody who can log in and is no machine."""
        return tuple(one for one in self.accounts() if not is_machine(one.email))

    def invitation(self) -> str:
        """The address at which whoever has it makes an account of their own."""
        return accounts.invitation(self._client)

    def sign_up(self, email: str, password: str, *, name: str = "") -> None:
        """Make an account for somebody.

        Args:
            email: their login name.
            password: their password, at least 8 characters.
            name: what others see of them.

        Raises:
            StudioError: they have an account already, or the server makes none.
        """
        accounts.sign_up(self._client, email, password, name)

    def logged_in(self, email: str, password: str) -> LabelStudio | None:
        """The same server, seen by somebody else; None where they cannot log in like that.

        Args:
            email: their login name.
            password: their password.
        """
        token = accounts.token_of(self._client, email, password)
        return None if token is None else LabelStudio(self.url, token, transport=self._transport)

    # -------------------------------------------------------------------- reading

    def doubles(self, project_id: int) -> DoubleCounts:
        """What the project holds twice."""
        return doubles.count_doubles(self._queries(project_id))

    def unseen(self, project_id: int, article_ids: Container[str]) -> tuple[str, ...]:
        """Ids of the sentences of these articles that nobody has labelled, begun or skipped."""
        return tuple(
            task.key
            for task in self._queries(project_id).scan(UNSEEN)
            if task.data.get("article_id") in article_ids and task.key
        )

    def unlabelled(
        self, project_id: int, schema: Schema, *, without_suggestion_by: str | None = None
    ) -> Iterator[Sentence]:
        """Every sentence that waits for a label, streamed; one for several people, until all have.

        Pages by id, not by number: people who label meanwhile shift the pages, not the ids.

        Args:
            project_id: the project.
            schema: its labelling configuration.
            without_suggestion_by: leave out the sentences that have a suggestion by this model.
        """
        queries = self._queries(project_id)
        skip: set[int] = set()
        if without_suggestion_by is not None:
            skip = {task.id for task in queries.with_suggestion_by(without_suggestion_by)}
        for task in queries.waiting():
            if task.id not in skip and task.has_text(schema):
                yield task.sentence(schema)

    def count_waiting(self, project_id: int) -> int:
        """How many tasks wait for a label."""
        return self._queries(project_id).count_waiting()

    def labelled_for_more(self, project_id: int) -> frozenset[str]:
        """Ids of the sentences that somebody has labelled, and others are to label as well."""
        found = self._queries(project_id).scan(LABELLED_FOR_MORE)
        return frozenset(task.key for task in found if task.waiting)

    def pull(self, project_id: int, schema: Schema) -> Export:
        """Everything in the project: all sentences, labelled or not, and what people said.

        Taken from one export snapshot, a single read of the database; drafts are left out.

        Raises:
            ExportError: the project was labelled with another configuration.
        """
        exported = download.download_export(self._client, project_id)
        tasks = download.with_parents(self._queries(project_id), exported)
        return parse_tasks(tasks, schema, where=f"project {project_id} at {self.url}")

    def _queries(self, project_id: int) -> TaskQueries:
        return TaskQueries(self._client, project_id)
