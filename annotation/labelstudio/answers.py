"""What Label Studio answers, as pydantic models: the fields that are read, and nothing else.

Whatever stands between the server and us may answer in its place, with JSON, too. So each answer is
held against its shape where it comes in, and nothing behind that has to doubt it.

pydantic takes a while to load, so this module is imported where an answer is read.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

_T = TypeVar("_T")


def _or(default: object) -> BeforeValidator:
    return BeforeValidator(lambda value: default if value is None else value)


_Text = Annotated[str, _or("")]
_Number = Annotated[int, _or(0)]


class _Answer(BaseModel):
    model_config = ConfigDict(
        from_attributes=True, extra="ignore", frozen=True, protected_namespaces=()
    )


class User(_Answer):
    """Whose token it is."""

    email: Annotated[str, Field(min_length=1)]
    """E-mail address."""


class Release(_Answer):
    """Which Label Studio it is."""

    release: Annotated[str, Field(min_length=1)]
    """Its number."""


class Invitation(_Answer):
    """The way in for another person."""

    invite_url: str
    """Path of the form on the server."""


class Numbered(_Answer):
    """Something that was made."""

    id: int
    """Its id."""


class ListedUser(Numbered):
    """A person in a list."""

    email: str
    """E-mail address."""
    first_name: _Text = ""
    """First name."""
    last_name: _Text = ""
    """Last name."""
    last_activity: str | None = None
    """When the server last heard of them, ISO 8601."""


class ListedExport(Numbered):
    """An export in a list."""

    title: _Text = ""
    """What whoever made it called it."""
    md5: _Text = ""
    """The digest of its file, empty for none."""
    created_at: datetime | None = None
    """When it was asked for."""


class ListedProject(Numbered):
    """A project in a list."""

    title: _Text = ""
    """Its name."""
    description: _Text = ""
    """What people read beside its name."""


class StoredProject(ListedProject):
    """A project with its settings and counts."""

    task_number: _Number
    """Tasks in it."""
    total_predictions_number: _Number = 0
    """Suggestions in it, by whatever models."""
    model_version: _Text = ""
    """The model whose suggestions people see, empty for none."""
    label_config: _Text = ""
    """Its labelling configuration."""
    expert_instruction: _Text = ""
    """What annotators read before they begin."""
    sampling: _Text = ""
    """The order of its queue."""


class ListedTask(Numbered):
    """A task in a list of the Data Manager."""

    data: Annotated[dict[str, Any], _or({})]
    """What it shows, and our key."""
    predictions_model_versions: _Text = ""
    """Who made its suggestions, with commas; filled only by queries that filter by it."""
    annotations_ids: _Text = ""
    """Its annotations, with commas, cancelled ones included; filled only by queries that filter by
    them."""
    total_annotations: _Number = 0
    """The server's count of those that were not cancelled."""
    cancelled_annotations: _Number = 0
    """The server's count of the others."""
    total_predictions: _Number = 0
    """Suggestions, by whatever models."""
    predictions_score: float | None = None
    """Score of the active model's suggestion; filled only by queries that ask for it."""


class TaskPage(_Answer):
    """A page of such a list."""

    tasks: tuple[ListedTask, ...]
    """Its tasks."""
    total: int
    """How many there are on all pages."""


class StoredPrediction(Numbered):
    """A suggestion."""

    model_version: _Text = ""
    """The model that made it."""


class StoredAnnotation(Numbered):
    """An annotation of a task."""

    was_cancelled: bool = False
    """True where the task was skipped."""
    parent_prediction: int | None = None
    """The suggestion that somebody started from."""


class StoredTask(Numbered):
    """A task alone, with what belongs to it."""

    annotations: Annotated[tuple[StoredAnnotation, ...], _or(())]
    """Its annotations."""
    predictions: Annotated[tuple[StoredPrediction, ...], _or(())]
    """Its suggestions."""
    overlap: _Number = 1
    """How many people are to label it."""


class TaskWithPredictions(Numbered):
    """A task in a list, with its suggestions and nothing else."""

    predictions: Annotated[tuple[StoredPrediction, ...], _or(())]
    """Its suggestions."""


class AccountToken(_Answer):
    """The token of whoever is logged in."""

    token: Annotated[str, Field(min_length=1)]
    """The token."""


class ImportedTasks(_Answer):
    """What an import of tasks says."""

    task_count: int
    """Tasks that were stored."""
    task_ids: Annotated[tuple[int, ...], _or(())] = ()
    """Their ids, in the order in which they were sent."""


class ImportedPredictions(_Answer):
    """What an import of suggestions says."""

    created: int
    """Suggestions that were stored."""


class StoredExport(Numbered):
    """An export that is made, or is being made."""

    status: _Text
    """How far it is."""


class TaskInExport(Numbered):
    """As much of a task in an export as must be there."""

    annotations: tuple[dict[str, Any], ...]
    """Its annotations."""


def as_shape(shape: type[_T], answer: object) -> _T | None:
    """The answer in this shape, None where it has another."""
    try:
        return TypeAdapter(shape).validate_python(answer, from_attributes=True)
    except ValidationError:
        return None
