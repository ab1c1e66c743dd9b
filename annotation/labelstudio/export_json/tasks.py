"""One task of a Label Studio export -> its sentence, and what people said of it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from sys import intern

from pydantic import ValidationError

from annotation.labelstudio.export_json.annotations import ReadAnnotation, read_annotation
from annotation.labelstudio.export_json.models import ExportedTask, TaskData, kind_of
from annotation.records import (
    ArticleMetadata,
    Picked,
    Sentence,
    Task,
    people_asked,
    picked_by,
)
from annotation.schema import Schema

_HALF = "holds half a character (a lone surrogate)"


@dataclass(frozen=True, slots=True)
class ReadTask:
    """What could be read of a task, and what could not."""

    name: str
    """What to call it in messages."""
    sentence: Sentence | None = None
    """The sentence that it shows, None where it cannot be understood."""
    grouped: bool = False
    """True where its data say which sentences belong together."""
    article: str = ""
    """The article that its data name, empty for none or where its id is made of its words."""
    metadata: ArticleMetadata | None = None
    """What its data tell of the article; the id is that of the sentence's article."""
    picked: Picked | None = None
    """How the sentence was selected, None where the data do not tell."""
    shown: Task | None = None
    """What it shows and asks beside the sentence, None where newsledger did not write its data."""
    annotations: tuple[ReadAnnotation, ...] = ()
    """What people said."""
    problems: tuple[str, ...] = ()
    """What was left out of the task itself: where and why."""
    task_id: int | None = None
    """The server's id of the task, None where the export does not tell it."""
    drafts: int = 0
    """How many drafts it has: what somebody began and has not submitted."""
    flat: bool = False
    """True where it comes from a JSON_MIN export."""


def read_task(position: int, raw: object, schema: Schema, group_by: str | None) -> ReadTask:
    """Read one task.

    Args:
        position: its place in the export, counted from 1.
        raw: as the export has it.
        schema: the labelling configuration that it was labelled with.
        group_by: the data field that says which sentences belong together, None for ours.
    """
    raw = _as_task(raw)
    name = f"item {position}"
    if isinstance(raw, Mapping) and "id" in raw:
        name = f"task {raw['id']}"

    def refused(why: str) -> ReadTask:
        return ReadTask(name, problems=(f"{name}: {why}",))

    halves: tuple[str, ...] = ()
    if isinstance(raw, Mapping) and _holds_half(raw):
        raw, left_out = _without_halves(raw)
        if _holds_half(raw):
            return refused(f"it {_HALF}")
        halves = tuple(f"{name}, annotation {number}: it {_HALF}" for number in left_out)

    try:
        found = ExportedTask.model_validate(raw)
    except ValidationError:
        if not isinstance(raw, Mapping):
            return refused(f"a JSON {kind_of(raw)} is not a task")
        if "result" in raw:
            return refused(
                "it is an annotation of a storage, without the data of its task; add the data as "
                '"task", or export the project as JSON'
            )
        flat = not raw.keys().isdisjoint(("annotation_id", "annotator", "lead_time"))
        return replace(refused("it has no data"), flat=flat)
    text = found.data.get(schema.text_field)
    if not isinstance(text, str):
        return refused(f"its data has no text in the field '{schema.text_field}'")
    data = TaskData.model_validate(found.data)
    group = _group(found.data, group_by)
    sentence = _sentence(data, text, group)
    annotations = found.annotations
    task_id = raw.get("id") if isinstance(raw, Mapping) else None
    return ReadTask(
        name,
        sentence,
        grouped=group != "",
        article=(_group(found.data, None) or group) if data.sentence_id != "" else "",
        metadata=_metadata(data, sentence.article_id, found.created_at),
        picked=_picked(data),
        shown=_shown(data, sentence),
        annotations=_told_apart(
            read_annotation(
                one,
                number,
                sentence,
                schema,
                task=name,
                position=position,
                suggestions=found.predictions,
                blind=data.blind,
            )
            for number, one in enumerate(annotations or (), start=1)
        ),
        task_id=task_id if type(task_id) is int else None,
        drafts=len(found.drafts),
        problems=halves
        if annotations is not None
        else (*halves, f"{name}: its annotations are not a list"),
    )


def _told_apart(read: Iterable[ReadAnnotation]) -> tuple[ReadAnnotation, ...]:
    """The annotations of a task; those of nobody differ in their key even where the ids repeat."""
    found: list[ReadAnnotation] = []
    known: Counter[str] = Counter()
    for one in read:
        if one.annotation is not None and not one.annotation.annotator:
            known[one.key] += 1
            if known[one.key] > 1:
                one = replace(one, key=f"{one.key}/{known[one.key]}")
        found.append(one)
    return tuple(found)


def _holds_half(value: object) -> bool:
    """Whether a text in it has a lone surrogate, which no file can be written with."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (TypeError, ValueError, RecursionError):  # not of JSON, which is for others to tell
        return False
    return False


def _without_halves(raw: Mapping[str, object]) -> tuple[dict[str, object], list[int]]:
    """A task without what need not be there and holds a half, and which annotations those were."""
    kept, left_out = dict(raw), list[int]()
    for key in ("predictions", "drafts"):
        if _holds_half(kept.get(key)):
            del kept[key]
    annotations = kept.get("annotations")
    if isinstance(annotations, list):
        halves = [_holds_half(one) for one in annotations]
        left_out = [number for number, half in enumerate(halves, start=1) if half]
        kept["annotations"] = [
            one for one, half in zip(annotations, halves, strict=True) if not half
        ]
    return kept, left_out


def _as_task(raw: object) -> object:
    """What is written in another form, as a task with annotations.

    Label Studio before 1.0 called annotations completions; to a storage it writes each annotation
    alone, with its task inside.
    """
    if not isinstance(raw, Mapping):
        return raw
    before, now = raw.get("completions"), raw.get("annotations")
    if before and not now:
        return {**raw, "annotations": before}
    if before and isinstance(before, list) and isinstance(now, list):
        # A completion with the id of an annotation is an earlier form of it.
        known = {one.get("id") for one in now if isinstance(one, dict)} - {None}
        more = [one for one in before if not (isinstance(one, dict) and one.get("id") in known)]
        return {**raw, "annotations": [*now, *(one for one in more if one not in now)]}
    task = raw.get("task")
    if "result" in raw and "data" not in raw and isinstance(task, Mapping):
        return {**task, "annotations": [{key: raw[key] for key in raw if key != "task"}]}
    return raw


def _group(data: Mapping[str, object], group_by: str | None) -> str:
    group = data.get(group_by or "article_id")
    return str(group) if isinstance(group, str | int) else ""


def _sentence(data: TaskData, text: str, group: str) -> Sentence:
    key = str(data.sentence_id)
    if not key:
        # The same words in another article are another sentence, with labels of their own.
        said = f"{group}\0{text}".encode("utf-8", "surrogatepass")
        key = hashlib.sha256(said).hexdigest()[:16]
    return Sentence(
        id=key,
        article_id=intern(group or key),
        index=data.index,
        start=data.start,
        end=data.start + len(text) if data.end is None else data.end,
        text=intern(text),  # which is its neighbours' ``before`` and ``after``, too
        boilerplate=data.boilerplate,
        language=data.language or None,
    )


def _metadata(data: TaskData, article: str, created_at: str) -> ArticleMetadata:
    return ArticleMetadata(
        id=article,
        title=data.title,
        source=data.source or None,
        url=data.url or None,
        published=data.published or None,
        added=created_at or None,
        language=data.language or None,
        sha256=data.sha256 or None,
        page_sha256=data.page_sha256 or None,
    )


def _picked(data: TaskData) -> Picked | None:
    if data.picked_method is None or data.picked_probability is None:
        return None
    return picked_by(data.picked_method, data.picked_probability)


def _shown(data: TaskData, sentence: Sentence) -> Task | None:
    if data.before is None or data.sentence_id == "":
        return None
    return Task(
        sentence,
        title=intern(data.title),
        before=intern(data.before),
        after=intern(data.after),
        source=intern(data.outlet),
        also_in=data.also_in,
        blind=data.blind,
        people=people_asked(data.people),
    )
