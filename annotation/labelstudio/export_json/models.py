"""Label Studio's JSON export as pydantic models: its tasks, annotations and results.

Anything may stand in a file that claims to be an export. A field without which its record means
nothing refuses the record; every other field that does not fit takes its default, as if it were
missing. Fields that nobody reads are passed by.

pydantic takes a while to load, so only what reads an export imports this module.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    GetCoreSchemaHandler,
    InstanceOf,
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


def last_parts(value: object) -> tuple[str, ...] | None:
    """The last text of each path in a list; a text is a path of one.

    Returns:
        Them, or None where it is no such list.
    """
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple):
        return None
    found = []
    for path in value:
        parts = (path,) if isinstance(path, str) else path
        if not isinstance(parts, list | tuple) or not parts:
            return None
        if not all(isinstance(part, str) for part in parts):
            return None
        found.append(parts[-1])
    return tuple(found)


def kind_of(value: object) -> str:
    """What JSON calls a value."""
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def _time(value: object) -> object:
    """A time; Label Studio before 1.0 stored seconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    try:
        return datetime.fromtimestamp(value, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return ""


def _flag(value: object) -> object:
    """A flag; other programs write it as a number or a word."""
    written = {"0": False, "1": True, "false": False, "true": True}
    return written.get(str(value).lower(), value)


Id = Annotated[int | str | None, OrElse(None)]
Flag = Annotated[bool, OrElse(False)]
Whole = Annotated[int, OrElse(0)]
Text = Annotated[str, OrElse("")]
Time = Annotated[str, BeforeValidator(_time), OrElse("")]
Items = Annotated[tuple[Any, ...], Strict(False)]


class ExportPart(BaseModel):
    """A part of an export; values are taken as they are and not converted."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class ResultValue(ExportPart):
    """What one control says of a region, or of the whole sentence."""

    model_config = ConfigDict(extra="allow")  # the other keys tell which control it was

    start: Any = None
    """Where the region begins, in code points; checked against the text of the sentence."""
    end: Any = None
    """Where it ends (exclusive)."""
    text: Any = None
    """The words that the region covers; the texts that were typed where the control is for that."""
    labels: Any = ()
    """Labels of the region."""
    choices: Any = ()
    """What was ticked; a path each where choices are nested."""
    taxonomy: Any = ()
    """What was ticked in a tree: a path each."""
    number: Any = None
    """What was typed into a number field."""
    datetime: Any = None
    """What was typed into a date field."""

    @property
    def is_foreign(self) -> bool:
        """True where it holds something, and nothing that a control says of a sentence or span."""
        said = ("text", "choices", "taxonomy", "number", "datetime")
        given = self.model_fields_set
        return bool(given or self.model_extra) and given.isdisjoint(said)

    @property
    def words(self) -> str:
        """The words that a region covers, empty where they are not told."""
        return self.text if isinstance(self.text, str) else ""

    @property
    def kinds(self) -> tuple[str, ...] | None:
        """Labels of a region, none where it has no label yet; None where they are no texts."""
        texts = as_texts(self.labels)
        whole = isinstance(self.labels, str) or (
            isinstance(self.labels, list | tuple) and len(texts) == len(self.labels)
        )
        return texts if whole and self._labels_read else None

    @property
    def _labels_read(self) -> bool:
        """False where the labels stand under the name of a control that marks no plain text."""
        others = self.model_extra or {}
        return "labels" in self.model_fields_set or not any(
            name.endswith("labels") for name in others
        )

    @property
    def ticked(self) -> tuple[str, ...] | None:
        """What was ticked, the last part of each path; None where that cannot be told."""
        if self.model_fields_set.isdisjoint(("choices", "taxonomy")):
            return None
        choices, leaves = last_parts(self.choices), self._leaves
        return None if choices is None or leaves is None else (*choices, *leaves)

    @property
    def _leaves(self) -> tuple[str, ...] | None:
        paths = self.taxonomy
        # One flat list of several texts may be one path or several.
        flat = isinstance(paths, list) and len(paths) > 1
        return None if flat and any(isinstance(one, str) for one in paths) else last_parts(paths)

    @property
    def content(self) -> object:
        """What an attribute of a claim holds, whichever control it came from."""
        given = self.model_fields_set
        if "number" in given:
            return self.number
        return self.text if given.isdisjoint(("choices", "taxonomy")) else self.ticked


class ResultItem(ExportPart):
    """One entry of an annotation's result; a relation between regions has no value and is none."""

    id: Id
    """The region that the entry speaks of."""
    from_name: Annotated[str | None, OrElse(None)]
    """Name of the control that it was made with."""
    type: Annotated[str | None, OrElse(None)]
    """Kind of that control."""
    value: ResultValue
    """What it says."""


class Suggestion(ExportPart):
    """A prediction that is stored with a task."""

    id: Id
    """Label Studio's id."""
    model_version: Annotated[int | str | None, OrElse(None)]
    """The model that made it."""
    result: Annotated[Items | None, OrElse(None)] = None
    """Entries, each to be read by itself as a :class:`ResultItem`; None where they are not told."""


class Person(ExportPart):
    """Somebody who labels."""

    id: Id
    """Label Studio's id."""
    email: Text
    """E-mail address, empty where the export does not tell it."""


class ExportedAnnotation(ExportPart):
    """What one person said of one task."""

    id: Id
    """Label Studio's id."""
    result: Items
    """Entries, each to be read by itself as a :class:`ResultItem`."""
    completed_by: Annotated[Person | int | str | None, OrElse(None)]
    """Who said it: a record, an id, or (from other tools) a name."""
    created_at: Time
    """When it was stored first."""
    updated_at: Time
    """When it was stored last."""
    was_cancelled: Annotated[
        bool | None,
        BeforeValidator(_flag),
        Field(validation_alias=AliasChoices("was_cancelled", "skipped")),  # before 1.0
        OrElse("not told"),
    ] = False
    """True where the person skipped the task; neither true nor false where it cannot be told."""
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
        """Who said it, by the best name that the export has; empty for somebody who is gone."""
        who = self.completed_by
        if isinstance(who, Person):
            return who.email or ("" if who.id in (None, "") else f"user {who.id}")
        if isinstance(who, str):
            return who
        return f"user {who}" if isinstance(who, int) else ""


class ExportedTask(ExportPart):
    """A task with what people said of it."""

    created_at: Time
    """When it was stored first."""
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
    drafts: Annotated[tuple[Any, ...], Strict(False), OrElse(())] = ()
    """What somebody began and has not submitted."""


class TaskData(ExportPart):
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
    title: Text
    """Headline of the article."""
    source: Text
    """Who published it."""
    published: Text
    """When."""
    url: Text
    """Where."""
    language: Text
    """Code of its language."""
    sha256: Text
    """Digest of its text."""
    page_sha256: Text
    """Digest of the page that it was read from."""
    before: Annotated[str | None, OrElse(None)] = None
    """The sentence before it; None where newsledger did not write the data."""
    after: Text
    """The sentence after it."""
    outlet: Text
    """Publisher and date in one line."""
    also_in: Annotated[tuple[str, ...], Strict(False), OrElse(())] = ()
    """Ids of sentences that say the same, in whose place it is shown."""
    blind: Flag
    """True where the suggestion is withheld."""
    people: Text
    """How many are to label it, empty for one."""
    picked_method: Annotated[str | None, OrElse(None)]
    """How it was selected."""
    picked_probability: Annotated[Annotated[float, Field(gt=0, le=1)] | None, OrElse(None)]
    """With which probability."""
