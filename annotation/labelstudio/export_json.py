"""What Label Studio exports -> records, as one :class:`Export`.

What cannot be understood is left out and listed; what is understood is put together here: each
sentence once, and the last form of each annotation.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import ExportError
from annotation.records import Annotation, Picked, Sentence
from annotation.schema import Schema
from annotation.storage import read_text_file, why_unread

if TYPE_CHECKING:
    from annotation.labelstudio.export_annotations import ReadAnnotation
    from annotation.labelstudio.export_tasks import ReadTask

_EXPORT_AGAIN = "Export again from Label Studio and choose the format JSON."


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
    return parse_tasks(_load(path), schema, where=str(path), group_by=group_by)


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
    from annotation.labelstudio.export_tasks import read_task  # pydantic takes a while to load

    read = _with_one_text_for_each_id(
        [read_task(number, task, schema, group_by) for number, task in enumerate(tasks, start=1)]
    )
    _check(read, where, group_by)
    problems = [*_renamed_controls(read, schema), *_problems(read)]
    return Export(
        tuple(_sentences(read).values()),
        tuple(_latest(read).values()),
        tuple(ExportError(f"{where}, {problem}.") for problem in problems),
        _picked(read),
    )


def _load(path: Path) -> list[Any]:
    """The list that a file holds as JSON."""
    try:
        text = read_text_file(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(
            f"{path} cannot be read: {why_unread(error)}.", hint=_EXPORT_AGAIN
        ) from error
    if not text.strip():
        raise ExportError(f"{path} is empty.", hint=_EXPORT_AGAIN)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise ExportError(
            f"{path}, line {error.lineno}: not JSON ({error.msg}).", hint=_EXPORT_AGAIN
        ) from error
    except RecursionError as error:
        raise ExportError(f"{path} is nested too deeply to be read.", hint=_EXPORT_AGAIN) from error
    except ValueError as error:  # a number with thousands of digits
        raise ExportError(f"{path} cannot be read: {error}.", hint=_EXPORT_AGAIN) from error
    if not isinstance(content, list):
        from annotation.labelstudio.export_models import kind_of

        raise ExportError(
            f"{path} holds one JSON {kind_of(content)}, not a list of tasks.", hint=_EXPORT_AGAIN
        )
    return content


# ---------------------------------------------------------------- many tasks -> one export


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
            hint=_EXPORT_AGAIN,
        )
    if read and not any(task.sentence for task in read):
        first = next(_problems(read), "")
        raise ExportError(f"{where} has no task that fits. {where}, {first}.", hint=_EXPORT_AGAIN)
    if group_by and read and not any(task.grouped for task in read):
        # Each sentence would be an article, and be written down as held out or not for ever.
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


def _picked(read: Iterable[ReadTask]) -> dict[str, Picked]:
    found: dict[str, Picked] = {}
    for task in read:
        if task.sentence is not None and task.picked is not None:
            found.setdefault(task.sentence.id, task.picked)
    return found


def _latest(read: Iterable[ReadTask]) -> dict[tuple[str, str], Annotation]:
    """The last form of each annotation, by sentence and annotation."""
    found: dict[tuple[str, str], Annotation] = {}
    for task, one in _annotations(read):
        if task.sentence is None or one.annotation is None:
            continue
        key = (task.sentence.id, one.key)
        other = found.get(key)
        if other is None or other.updated_at <= one.annotation.updated_at:
            found[key] = one.annotation
    return found


def _annotations(read: Iterable[ReadTask]) -> Iterator[tuple[ReadTask, ReadAnnotation]]:
    return ((task, annotation) for task in read for annotation in task.annotations)


def _problems(read: Iterable[ReadTask]) -> Iterator[str]:
    for task in read:
        yield from task.problems
        for annotation in task.annotations:
            yield from annotation.problems


def _renamed_controls(read: Sequence[ReadTask], schema: Schema) -> Iterator[str]:
    """A control that nothing was said with, while another of its kind was used, has a new name.

    Other controls are none of ours: a configuration may read a part of what people said.
    """
    used = {name for _, annotation in _annotations(read) for name in annotation.used}
    others = Counter(
        one for _, annotation in _annotations(read) for one in annotation.other_controls
    )
    for kind, control in (("labels", schema.claim_control), ("choices", schema.event_control)):
        names = sorted(name for one, name in others if one == kind)
        if control is not None and control not in used and names:
            count = sum(others[kind, name] for name in names)
            said = ", ".join(f"'{name}'" for name in names)
            yield (
                f"{count} {kind} by the control {said}: the configuration calls it '{control}'; "
                "not taken"
            )
