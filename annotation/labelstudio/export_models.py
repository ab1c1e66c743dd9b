"""Label Studio's JSON export as pydantic models: its tasks, annotations and results.

Anything may stand in a file that claims to be an export. A field without which its record means
nothing refuses the record; every other field that does not fit takes its default, as if it were
missing. Fields that nobody reads are passed by.

pydantic takes a while to load, so only what reads an export imports this module.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    GetCoreSchemaHandler,
    InstanceOf,
    PlainValidator,
    Strict,
)
from pydantic_core import CoreSchema, core_schema


class OrElse:
    """What a field holds where the export has nothing for it, or nothing that fits.

    Args:
        default: that value; never changed by anybody.
    """

    def __init__(self, default: object) -> None:
        self.default = default

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """The field's own rules, with the default for whatever breaks them."""
        return core_schema.with_default_schema(
            handler(source), default=self.default, on_error="default"
        )


def as_texts(value: object) -> tuple[str, ...]:
    """The texts of a list, or the one text that stands in place of a list."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple):
        return ()
    return tuple([one for one in value if isinstance(one, str)])


def kind_of(value: object) -> str:
    """What JSON calls a value."""
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


Id = Annotated[int | str | None, OrElse(None)]
Flag = Annotated[bool, OrElse(False)]
Whole = Annotated[int, OrElse(0)]
Text = Annotated[str, OrElse("")]
Texts = Annotated[tuple[str, ...], PlainValidator(as_texts)]
Items = Annotated[tuple[Any, ...], Strict(False)]


class ExportModel(BaseModel):
    """A part of an export; values are taken as they are and not converted."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class ResultValue(ExportModel):
    """What one control says of a region, or of the whole sentence."""

    start: Any = None
    """Where the region begins, in code points; checked against the text of the sentence."""
    end: Any = None
    """Where it ends (exclusive)."""
    text: Any = None
    """The words that the region covers; the texts that were typed where the control is for that."""
    labels: Texts = ()
    """Labels of the region."""
    choices: Texts = ()
    """What was ticked."""
    number: Any = None
    """What was typed into a number field."""

    @property
    def content(self) -> object:
        """What an attribute of a claim holds, whichever control it came from."""
        given = self.model_fields_set
        if "number" in given:
            return self.number
        return self.choices if "choices" in given else self.text


class ResultItem(ExportModel):
    """One entry of an annotation's result; a relation between regions has no value and is none."""

    id: Id
    """The region that the entry speaks of."""
    from_name: Annotated[str | None, OrElse(None)]
    """Name of the control that it was made with."""
    type: Annotated[str | None, OrElse(None)]
    """Kind of that control."""
    value: ResultValue
    """What it says."""


class Suggestion(ExportModel):
    """A prediction that is stored with a task."""

    id: Id
    """Label Studio's id."""
    model_version: Annotated[int | str | None, OrElse(None)]
    """The model that made it."""


class Person(ExportModel):
    """Somebody who labels."""

    id: Annotated[int | str, OrElse("?")]
    """Label Studio's id."""
    email: Text
    """E-mail address, empty where the export does not tell it."""


class ExportedAnnotation(ExportModel):
    """What one person said of one task."""

    id: Id
    """Label Studio's id."""
    result: Annotated[tuple[Annotated[ResultItem | None, OrElse(None)], ...], Strict(False)]
    """Entries; None for what is none, such as a relation between regions."""
    completed_by: Annotated[Person | int | str | None, OrElse(None)]
    """Who said it: a record, an id, or (from other tools) a name."""
    created_at: Text
    """When it was stored first."""
    updated_at: Text
    """When it was stored last."""
    was_cancelled: Flag
    """True where the person skipped the task."""
    ground_truth: Flag
    """True where it was set as the truth."""
    lead_time: Annotated[FiniteFloat | None, OrElse(None)]
    """Seconds that the person spent."""
    parent_prediction: Id
    """The suggestion that the person started from."""
    prediction: Annotated[Suggestion | None, OrElse(None)]
    """The server's copy of the suggestion that was active when this was stored."""

    @property
    def annotator(self) -> str:
        """Who said it, by the best name that the export has."""
        who = self.completed_by
        if isinstance(who, Person):
            return who.email or f"user {who.id}"
        if isinstance(who, str) and who:
            return who
        return f"user {who}" if isinstance(who, int) else "unknown"


class ExportedTask(ExportModel):
    """A task with what people said of it."""

    data: InstanceOf[dict[str, Any]]
    """The task's data; under which names, the labelling configuration says."""
    annotations: Annotated[
        Items | None,
        BeforeValidator(lambda value: value or ()),  # null stands for an empty list
        OrElse(None),
    ] = ()
    """Entries, each to be read by itself as an :class:`ExportedAnnotation`; None for no list."""
    predictions: Annotated[
        Annotated[tuple[Annotated[Suggestion | None, OrElse(None)], ...], Strict(False)],
        OrElse(()),
    ]
    """Its suggestions; None in place of those of which the export has the id alone."""


class TaskData(ExportModel):
    """What newsledger itself writes into the data of a task; see ``import_json.task_data``."""

    sentence_id: Annotated[str | int, OrElse("")]
    """Our key."""
    index: Whole
    """Position in the article."""
    start: Whole
    """Where the sentence begins in the article."""
    end: Annotated[int | None, OrElse(None)]
    """Where it ends (exclusive)."""
    boilerplate: Flag
    """True where it looks like no part of the story."""
    picked_method: Annotated[str | None, OrElse(None)]
    """How it was selected."""
    picked_probability: Annotated[Annotated[float, Field(gt=0, le=1)] | None, OrElse(None)]
    """With which probability."""
