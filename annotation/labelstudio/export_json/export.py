"""Label Studio's JSON export -> records, as one :class:`Export`.

What cannot be understood is left out and listed; what is understood is put together here: each
sentence once, and the last form of each annotation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.articles.languages import not_english, with_languages
from annotation.errors import ExportError
from annotation.labelstudio.export_json.files import EXPORT_AGAIN, load_export
from annotation.labelstudio.machine_account import is_machine
from annotation.records import Annotation, ArticleMetadata, Picked, Sentence, Task
from annotation.schema import ATTRIBUTES, Schema

if TYPE_CHECKING:
    from annotation.labelstudio.export_json.annotations import ReadAnnotation
    from annotation.labelstudio.export_json.tasks import ReadTask


_MARKING = ("labels", "hypertextlabels", "paragraphlabels")
_CHOOSING = ("choices", "taxonomy")


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds, as far as it could be understood."""

    sentences: tuple[Sentence, ...]
    """Every sentence, labelled or not, in the order of the export, each once."""
    annotations: tuple[Annotation, ...]
    """What people said, cancelled annotations included, in the order of the export."""
    problems: tuple[ExportError, ...]
    """What was left out or doubtful, one sentence each."""
    picked: Mapping[str, Picked]
    """How each sentence was selected, by sentence id; only where the task tells."""
    notes: tuple[str, ...] = ()
    """What was put right, and how often, one sentence each."""
    task_ids: Mapping[str, int] = field(default_factory=dict)
    """The server's id of each sentence's task, by sentence id."""
    articles: tuple[ArticleMetadata, ...] = ()
    """What the tasks tell of each article, ordered by id."""
    tasks: tuple[Task, ...] = ()
    """What they show and ask beside their sentences, where newsledger made them; without what
    ``picked`` and ``articles`` tell."""
    accepted: tuple[Annotation, ...] = ()
    """What machines said in bulk, in the order of the export; none of it is among ``annotations``.
    """


def read_export(path: Path, schema: Schema, *, group_by: str | None = None) -> Export:
    """Read an ordinary JSON export of Label Studio, of any schema that ``schema`` describes.

    Args:
        path: the file.
        schema: the labelling configuration that the labels were made with.
        group_by: the data field that says which sentences belong together; without it
            ``article_id`` does, and where that is missing each task stands alone.

    Raises:
        ExportError: the file is not such an export, no annotation in it fits the schema, or no
            task has the field ``group_by``.
    """
    return parse_tasks(load_export(path), schema, where=str(path), group_by=group_by)


def with_languages_told(export: Export) -> Export:
    """The export of a project that others keep, whose tasks do not tell their language."""
    sentences = with_languages(export.sentences)
    unread = Counter(str(one.language) for one in sentences if not one.is_english)
    if not unread:
        return export
    return replace(export, sentences=sentences, notes=(*export.notes, not_english(unread)))


def parse_tasks(
    tasks: Iterable[Mapping[str, object]],
    schema: Schema,
    *,
    where: str,
    group_by: str | None = None,
) -> Export:
    """Understand the tasks of an export that is already in memory; see :func:`read_export`.

    Raises:
        ExportError: it is JSON_MIN, or not one task or annotation can be understood.
    """
    from annotation.labelstudio.export_json.tasks import read_task  # pydantic takes a while to load

    read = [read_task(number, task, schema, group_by) for number, task in enumerate(tasks, start=1)]
    read = _with_one_text_for_each_id(_with_one_article_for_each_id(read))
    _check(read, where, group_by)
    problems = [
        *_renamed_controls(read, schema),
        *_lost_spans(read),
        *_problems(read),
        *_overruled(read),
    ]
    said = tuple(_with_names(_latest(read).values()))
    return Export(
        tuple(_sentences(read).values()),
        tuple(one for one in said if not is_machine(one.annotator)),
        tuple(ExportError(f"{where}, {problem}.") for problem in problems),
        _picked(read),
        notes=tuple([f"{where}, {note}." for note in _notes(read, schema)]),
        task_ids=_task_ids(read),
        articles=_articles(read),
        tasks=tuple(_shown(read).values()),
        accepted=tuple(one for one in said if is_machine(one.annotator)),
    )


# ---------------------------------------------------------------- many tasks -> one export


def _with_one_article_for_each_id(read: list[ReadTask]) -> list[ReadTask]:
    """The tasks; where sentence ids repeat from article to article, the article is part of each.

    All ids of such an export are made so, not only those that repeat: an id must not change with
    what else is exported.
    """
    articles: dict[str, str] = {}
    for task in read:
        if task.sentence is not None and task.article:
            first = articles.setdefault(task.sentence.id, task.article)
            if first != task.article:
                return [_with_article_in_id(one) for one in read]
    return read


def _with_article_in_id(task: ReadTask) -> ReadTask:
    known = task.sentence
    if known is None or not task.article or known.id.startswith(f"{task.article}:"):
        return task
    key = f"{task.article}:{known.id}"
    annotations = tuple(
        one
        if one.annotation is None
        else replace(one, annotation=replace(one.annotation, sentence_id=key))
        for one in task.annotations
    )
    return replace(task, sentence=replace(known, id=key), annotations=annotations)


def _with_one_text_for_each_id(read: Iterable[ReadTask]) -> list[ReadTask]:
    """The tasks, but those whose sentence id has stood for another text before."""
    texts: dict[str, str] = {}
    kept = []
    for task in read:
        known = task.sentence
        if known is not None and texts.setdefault(known.id, known.text) != known.text:
            why = f"the sentence id '{known.id}' stands for another text above"
            problems = (f"{task.name}: {why}",)
            task = replace(task, sentence=None, picked=None, annotations=(), problems=problems)
        kept.append(task)
    return kept


def _check(read: Sequence[ReadTask], where: str, group_by: str | None) -> None:
    """Refuse an export of which nothing is of use, with the likeliest reason.

    Raises:
        ExportError: it is none, lacks the field to group by, or is of another configuration.
    """
    if any(task.flat for task in read):
        raise ExportError(
            f"{where} was exported as JSON_MIN, which does not say which values belong to which "
            "span.",
            hint=EXPORT_AGAIN,
        )
    if read and not any(task.sentence for task in read):
        first = next(_problems(read), "")
        raise ExportError(f"{where} has no task that fits. {where}, {first}.", hint=EXPORT_AGAIN)
    if group_by and read and not any(task.grouped for task in read):
        # Each sentence would be an article, and be measured by models that know its neighbours.
        raise ExportError(
            f"{where} has no task with the field '{group_by}' to group by.",
            hint="Give the name of a field of the tasks' data with --group-by.",
        )
    unknown = {name for _, annotation in _annotations(read) for name in annotation.unknown}
    if unknown and not any(one.events.aliases or one.claims for one in _latest(read).values()):
        raise ExportError(
            f"{where} was made with another labelling configuration: it has "
            f"{', '.join(sorted(unknown)[:8])}.",
            hint="Give the configuration that the labels were made with, with --config.",
        )


def _sentences(read: Iterable[ReadTask]) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for task in read:
        if task.sentence is not None:
            found.setdefault(task.sentence.id, task.sentence)
    return found


def _shown(read: Iterable[ReadTask]) -> dict[str, Task]:
    found: dict[str, Task] = {}
    for task in read:
        if task.shown is not None and task.sentence is not None:
            found.setdefault(task.sentence.id, replace(task.shown, sentence=task.sentence))
    return found


def _picked(read: Iterable[ReadTask]) -> dict[str, Picked]:
    found: dict[str, Picked] = {}
    for task in read:
        if task.sentence is not None and task.picked is not None:
            found.setdefault(task.sentence.id, task.picked)
    return found


def _with_names(annotations: Iterable[Annotation]) -> Iterator[Annotation]:
    """The annotations, those of nobody by somebody: of two in one sentence each is an opinion.

    Users that were deleted leave their annotations behind without a name.
    """
    nameless: Counter[str] = Counter()
    for one in annotations:
        if one.annotator:
            yield one
            continue
        nameless[one.sentence_id] += 1
        count = nameless[one.sentence_id]
        yield replace(one, annotator="unknown" if count == 1 else f"unknown {count}")


def _task_ids(read: Iterable[ReadTask]) -> dict[str, int]:
    """The task of each sentence; of two the one that somebody has labelled."""
    found: dict[str, int] = {}
    for task in sorted(read, key=lambda one: bool(one.annotations)):
        if task.sentence is not None and task.task_id is not None:
            found[task.sentence.id] = task.task_id
    return found


def _articles(read: Iterable[ReadTask]) -> tuple[ArticleMetadata, ...]:
    """What is told of each article: by the first task that says it, with the oldest task's time.

    Older tasks do not say where the article comes from.
    """
    found: dict[str, ArticleMetadata] = {}
    for task in read:
        if (one := task.metadata) is None:
            continue
        known = found.setdefault(one.id, one)
        more = {
            name.name: getattr(one, name.name)
            for name in fields(one)
            if not getattr(known, name.name) and getattr(one, name.name)
        }
        if one.added and known.added and one.added < known.added:
            more["added"] = one.added
        if more:
            found[one.id] = replace(known, **more)
    return tuple(found[key] for key in sorted(found))


def _latest(read: Iterable[ReadTask]) -> dict[tuple[str, str, str], Annotation]:
    """The last form of each annotation, by sentence, annotation and who made it."""
    found: dict[tuple[str, str, str], Annotation] = {}
    for task, one in _annotations(read):
        if task.sentence is None or one.annotation is None:
            continue
        key = (task.sentence.id, one.key, one.annotation.annotator)
        other = found.get(key)
        if other is None or other.updated_at <= one.annotation.updated_at:
            found[key] = one.annotation
    return found


def _overruled(read: Iterable[ReadTask]) -> Iterator[str]:
    """Annotations that give way to one of another task with their id, which says something else.

    Ids begin anew on another server; in one export, or in two of one project, they do not.
    """
    found: dict[tuple[str, str, str], tuple[str, Annotation]] = {}
    for task, one in _annotations(read):
        if task.sentence is None or one.annotation is None:
            continue
        said = one.annotation
        name, other = found.setdefault(
            (said.sentence_id, one.key, said.annotator), (task.name, said)
        )
        if name != task.name and _said(other) != _said(said):
            yield (
                f"{name} and {task.name} are the same sentence, with two annotations by "
                f"'{said.annotator}' that have the id {one.key} and differ; the later one is taken"
            )


def _said(one: Annotation) -> tuple[object, ...]:
    return one.events, one.claims, one.corrected_day, one.corrected_place, one.cancelled


def _annotations(read: Iterable[ReadTask]) -> Iterator[tuple[ReadTask, ReadAnnotation]]:
    return ((task, annotation) for task in read for annotation in task.annotations)


def _problems(read: Iterable[ReadTask]) -> Iterator[str]:
    for task in read:
        yield from task.problems
        for annotation in task.annotations:
            yield from annotation.problems


def _notes(read: Sequence[ReadTask], schema: Schema) -> Iterator[str]:
    """What was put right, what is not read, and what is read but cannot be learnt."""
    moved = Counter(counted for _, one in _annotations(read) for counted in one.moved)
    for counted_in, count in moved.items():
        yield (
            f"{count:,} span{'' if count == 1 else 's'} put right: their offsets count "
            f"{counted_in}, and the words stored with them tell where they are"
        )
    others = Counter(
        one for _, annotation in _annotations(read) for one in annotation.other_controls
    )
    renamed = _unused_kinds(read, schema)
    for (kind, name), count in others.items():
        if schema.event_control is None and kind in _CHOOSING:
            yield (
                f"{count:,} {kind} by the control '{name}' not read, because event types are read "
                f'of whole sentences: give a configuration with a <Choices name="{name}"> that '
                'has no perRegion="true", and tick sentences'
            )
        elif name in schema.unread:
            yield (
                f"{count:,} {kind} by the control '{name}' not read, because they speak of single "
                f"spans, of which newsledger reads {', '.join(ATTRIBUTES)}"
            )
        elif kind not in renamed:
            yield (
                f"{count:,} {kind} by the control '{name}' not read, because the configuration "
                "reads no such control"
            )
    drafts = sum(task.drafts for task in read)
    if drafts:
        yield (
            f"{drafts:,} draft{'' if drafts == 1 else 's'} not read, because nobody has submitted "
            f"{'it' if drafts == 1 else 'them'}"
        )
    shared = 0
    for one in _latest(read).values():
        kinds = Counter(place for place, _ in {((c.start, c.end), c.kind) for c in one.claims})
        shared += sum(count > 1 for count in kinds.values())
    if shared:
        yield (
            f"{shared:,} span{'' if shared == 1 else 's'} with two claim kinds or more: each is "
            "read as a claim of its own, but a model learns one kind for a number"
        )


def _lost_spans(read: Iterable[ReadTask]) -> Iterator[str]:
    count = sum(one.annotation.spans_left_out for _, one in _annotations(read) if one.annotation)
    if count:
        yield (
            f"{count:,} span{'' if count == 1 else 's'} left out: the words stored with them are "
            "not there; the event types of their annotations are kept, and what these leave "
            "unmarked is not learnt from"
        )


def _renamed_controls(read: Sequence[ReadTask], schema: Schema) -> Iterator[str]:
    """A control that nothing was said with, while another of its kind was used, has a new name.

    Other controls are none of ours: a configuration may read a part of what people said.
    """
    others = Counter(
        one for _, annotation in _annotations(read) for one in annotation.other_controls
    )
    for kind, control in _unused_kinds(read, schema).items():
        names = sorted(name for one, name in others if one == kind)
        if names:
            count = sum(others[kind, name] for name in names)
            said = ", ".join(f"'{name}'" for name in names)
            yield (
                f"{count} {kind} by the control {said}: the configuration calls it '{control}'; "
                "not taken"
            )


def _unused_kinds(read: Iterable[ReadTask], schema: Schema) -> dict[str, str]:
    """The kinds of controls of which the schema has one that nothing was said with; its name."""
    used = {name for _, annotation in _annotations(read) for name in annotation.used}
    return {
        kind: control
        for kinds, control in ((_MARKING, schema.claim_control), (_CHOOSING, schema.event_control))
        for kind in kinds
        if control is not None and control not in used
    }
