"""Checking schema, workspace, model, server and project: doctor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotation.errors import NewsledgerError
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.sync import DoubleCounts, LabelStudio, ProjectCounts
from annotation.records import MODIFIERS
from annotation.schema import Schema, read_schema
from newsledger.commands.learning import models
from newsledger.commands.state import project
from newsledger.commands.state.switches import unfinished
from newsledger.progress import Result
from newsledger.settings import Settings
from newsledger.workspace import workspace_id

if TYPE_CHECKING:
    from training.model import Model


_ASKED = 4
"""How often a project is asked before something is said to be wrong with it."""

_PAUSE = 1.0
"""Seconds in between."""


@dataclass(frozen=True, slots=True)
class DoctorResult(Result):
    """What is in order and what is to be fixed."""

    url: str | None
    """Address of Label Studio, None where none runs."""
    project_id: int | None
    """The project there, as the workspace has it written down."""
    workspace: str | None
    """What tells the workspace from others on the same server; None where nothing was made yet."""
    owner: str | None
    """The workspace that the project says it is kept by; None where it cannot be asked."""
    tasks: int | None
    """Tasks in it; None where it cannot be asked."""
    with_suggestion: int | None
    """Tasks with a suggestion of the model in use."""
    annotated: int | None
    """Tasks with a label."""
    champion: str | None
    """The model in use."""
    problems: tuple[str, ...]
    """What is wrong and what to do, one sentence or two each."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [f"Label Studio  {self.url or 'not running'}"]
        if self.url is not None:  # else nobody was asked
            kept = f", kept by the workspace {self.owner}" if self.owner else ""
            lines.append(f"Project       {self.project_id or 'not made yet'}{kept}")
        if self.tasks is not None:
            lines.append(
                f"Tasks         {self.tasks:,}, {self.with_suggestion:,} with a suggestion, "
                f"{self.annotated:,} labelled"
            )
        lines.append(f"Champion      {self.champion or 'not there yet'}")
        if self.problems:
            return "\n".join([*lines, "", "To fix:", *(f"- {one}" for one in self.problems)])
        return "\n".join([*lines, "Everything is in order."])


def diagnose(settings: Settings) -> DoctorResult:
    """Check schema, workspace, model, server, token and project; never raises what it can tell."""
    problems: list[str] = []
    schema, champion, counts, owner, url = None, None, None, None, None
    mine, project_id = workspace_id(settings.workspace), project.known(settings)
    with _noted(problems):
        schema = read_schema(settings.config)
    problems += _schema_problems(schema) if schema else ()
    with _noted(problems):
        champion = models.champion(settings)
        if champion is None:
            problems.append("There is no model yet. `newsledger up` or `retrain` makes one.")
        elif schema is not None:
            if other := models.other_policy(champion, schema, settings.config):
                problems.append(other)
            champion.schema.require_same(schema, mine="the champion", theirs=str(settings.config))
    with _noted(problems), project.connected(settings) as studio:
        url = studio.url
        studio.check()
        if settings.named_server() is None:
            problems += _crowding(studio, LocalServer(settings.studio))
        if schema is not None:
            if project_id is None:
                problems.append("This workspace has no project yet. `newsledger up` makes it.")
            elif (owner := studio.owner(project_id)) not in (None, mine):
                problems.append(
                    f"Project {project_id} is kept by another workspace, {owner}; this one is "
                    f"{mine}. `newsledger up` makes one for this workspace."
                )
            else:
                counts, found = _asked_again(studio, project_id, champion)
                problems += found
                key = project.project_key(settings, project_id)
                if (model_id := unfinished(settings, key)) is not None:
                    problems.append(
                        f"The suggestions of {model_id} do not show everywhere yet: unless another "
                        "newsledger is replacing the earlier ones right now, `newsledger up` or "
                        "`retrain` does the rest."
                    )
    return DoctorResult(
        url=url,
        project_id=project_id,
        workspace=mine,
        owner=owner,
        tasks=counts.tasks if counts else None,
        with_suggestion=counts.with_suggestion if counts else None,
        annotated=counts.labelled if counts else None,
        champion=champion.id if champion else None,
        problems=tuple(problems),
    )


def _schema_problems(schema: Schema) -> Iterator[str]:
    """What is doubtful about a schema that can be read."""
    if schema.claim_kinds:
        for name in ("low", "high", "modifier", "attribution"):
            if name not in schema.attributes:
                yield (
                    f"The configuration has no control '{name}' for claims; add one with "
                    'perRegion="true", or do without it.'
                )
    missing = [one for one in MODIFIERS if one not in schema.modifiers]
    if missing and "modifier" in schema.attributes:
        yield f"The control 'modifier' does not offer {', '.join(missing)}; add <Choice>s."


def _crowding(studio: LabelStudio, local: LocalServer) -> tuple[str, ...]:
    """What to tell where more people share a SQLite file than it is good for."""
    if local.database.address() is not None:
        return ()
    told = project.too_many_for_sqlite(len(studio.people()))
    return (told,) if told else ()


def _asked_again(
    studio: LabelStudio, project_id: int, champion: Model | None
) -> tuple[ProjectCounts, tuple[str, ...]]:
    """What the project holds, and what is wrong with it each time that it is asked.

    One question follows the other, and people label in between: what does not fit together once
    may only have been counted at two moments.
    """
    for attempt in range(_ASKED):
        if attempt:
            time.sleep(_PAUSE)
        counts = studio.counts(project_id)
        missing = studio.suggestions(project_id).count_lacking()
        found = (
            *_queue_problems(counts, missing, champion),
            *_double_problems(studio.doubles(project_id)),
        )
        if not found:
            break
    return counts, found


def _queue_problems(counts: ProjectCounts, missing: int, champion: Model | None) -> Iterator[str]:
    waiting = counts.tasks - counts.annotated
    if champion is not None and waiting > 0 and counts.model_id != champion.id:
        yield (
            f"Annotators see suggestions by {counts.model_id or 'no model'}, not by the champion "
            f"{champion.id}. `newsledger up` or `retrain` replaces them."
        )
    if missing > 0:
        yield (
            f"{missing:,} unlabelled tasks have no suggestion. "
            "`newsledger up` or `retrain` adds them."
        )


def _double_problems(doubles: DoubleCounts) -> Iterator[str]:
    if doubles.tasks:
        yield (
            f"{doubles.tasks:,} tasks show a sentence that another task shows, too. "
            "`newsledger up`, `push` or `retrain` removes those on which nobody has worked."
        )
    if doubles.suggestions:
        yield (
            f"{doubles.suggestions:,} tasks have the suggestion of the model in use twice. "
            "`newsledger up`, `push` or `retrain` removes one."
        )


@contextmanager
def _noted(problems: list[str]) -> Iterator[None]:
    try:
        yield
    except NewsledgerError as error:
        problems.append(str(error))
