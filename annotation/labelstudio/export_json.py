"""What Label Studio exports -> records.

What a person said is taken whole or not at all: an annotation with a label or a span that cannot be
understood is left out and listed, because the rest of it would teach something that nobody said.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from annotation.errors import ExportError, UnknownLabelError
from annotation.labelstudio.fields import KEY
from annotation.labelstudio.json_values import (
    as_decimal,
    as_float,
    as_int,
    as_strings,
    is_int,
    kind_of,
    shown,
)
from annotation.records import MODIFIERS, Annotation, Modifier, NumericClaim, Picked, Sentence
from annotation.schema import Schema
from annotation.storage import why_unread


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
    try:
        text = path.read_text(encoding="utf-8-sig")
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
    except (ValueError, RecursionError) as error:
        raise ExportError(
            f"{path} is JSON beyond all measure ({error}).", hint=_EXPORT_AGAIN
        ) from error
    if not isinstance(content, list):
        raise ExportError(
            f"{path} holds one JSON {kind_of(content)}, not a list of tasks.", hint=_EXPORT_AGAIN
        )
    return parse_tasks(content, schema, where=str(path), group_by=group_by)


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
    reader = _Reader(schema, where, group_by)
    for position, task in enumerate(tasks, start=1):
        reader.read(position, task)
    return reader.finish()


_EXPORT_AGAIN = "Export again from Label Studio and choose the format JSON."


class _UnfitError(Exception):
    """An annotation that cannot be taken; the message says why."""


class _Reader:
    """Collects one export; a class because half a dozen collections grow at once."""

    def __init__(self, schema: Schema, where: str, group_by: str | None) -> None:
        self.schema = schema
        self.where = where
        self.group_by = group_by
        self.sentences: dict[str, Sentence] = {}
        self.annotations: dict[tuple[str, str], Annotation] = {}
        self.problems: list[ExportError] = []
        self.picked: dict[str, Picked] = {}
        self.unknown: Counter[str] = Counter()
        self.used: set[object] = set()
        self.elsewhere: Counter[tuple[str, str]] = Counter()
        self.tasks = 0
        self.grouped = False
        self.refused = 0

    def read(self, position: int, task: object) -> None:
        self.tasks += 1
        if not isinstance(task, Mapping):
            self.problem(f"item {position}", f"a JSON {kind_of(task)} is not a task")
            return
        what = f"task {task['id']}" if "id" in task else f"item {position}"
        data = task.get("data")
        if not isinstance(data, Mapping):
            if {"annotation_id", "annotator", "lead_time"} & task.keys():
                raise ExportError(
                    f"{self.where} was exported as JSON_MIN, which does not say which values "
                    "belong to which span.",
                    hint=_EXPORT_AGAIN,
                )
            self.problem(what, "it has no data")
            return
        text = data.get(self.schema.text_field)
        if not isinstance(text, str):
            self.problem(what, f"its data has no text in the field '{self.schema.text_field}'")
            return
        sentence = self.sentence(data, text)
        known = self.sentences.setdefault(sentence.id, sentence)
        if known.text != text:
            self.problem(what, f"the sentence id '{sentence.id}' stands for another text above")
            return
        if (picked := _picked(data)) is not None:
            self.picked.setdefault(sentence.id, picked)
        annotations = task.get("annotations") or ()
        if not isinstance(annotations, list | tuple):
            self.problem(what, "its annotations are not a list")
            return
        for number, annotation in enumerate(annotations, start=1):
            self.annotation(what, number, annotation, sentence, task)

    def sentence(self, data: Mapping[str, object], text: str) -> Sentence:
        group = data.get(self.group_by or "article_id")
        if not isinstance(group, str | int):
            group = ""
        self.grouped = self.grouped or group != ""
        key = data.get(KEY)
        if not isinstance(key, str | int) or key == "":
            # The same words in another article are another sentence, with labels of their own.
            said = f"{group}\0{text}".encode("utf-8", "surrogatepass")
            key = hashlib.sha256(said).hexdigest()[:16]
        if group == "":
            group = key
        start = as_int(data.get("start"), 0)
        return Sentence(
            id=str(key),
            article_id=str(group),
            index=as_int(data.get("index"), 0),
            start=start,
            end=as_int(data.get("end"), start + len(text)),
            text=text,
            boilerplate=data.get("boilerplate") is True,
        )

    def annotation(
        self,
        what: str,
        number: int,
        found: object,
        sentence: Sentence,
        task: Mapping[str, object],
    ) -> None:
        name = found.get("id", number) if isinstance(found, Mapping) else number
        where = f"{what}, annotation {name}"
        try:
            if not isinstance(found, Mapping):
                raise _UnfitError(f"a JSON {kind_of(found)} is not an annotation")
            annotation = self.understand(where, found, sentence, task)
        except _UnfitError as unfit:
            self.refused += 1
            self.problem(where, f"{unfit}; left out")
            return
        key = (sentence.id, annotation.annotation_id or f"{what}/{number}")
        other = self.annotations.get(key)
        if other is None or other.updated_at <= annotation.updated_at:
            self.annotations[key] = annotation

    def understand(
        self,
        where: str,
        found: Mapping[str, object],
        sentence: Sentence,
        task: Mapping[str, object],
    ) -> Annotation:
        result = found.get("result")
        if not isinstance(result, list | tuple):
            raise _UnfitError("its result is not a list")
        ticked: list[str] = []
        spans: dict[str, tuple[int, int, tuple[str, ...]]] = {}
        values: dict[str, dict[str, object]] = {}
        for number, item in enumerate(result):
            value = item.get("value") if isinstance(item, Mapping) else None
            if not isinstance(item, Mapping) or not isinstance(value, Mapping):
                continue  # relations between regions have no value, and nothing of ours
            name, region = item.get("from_name"), str(item.get("id", f"result {number}"))
            if name is not None and name == self.schema.event_control:
                ticked += as_strings(value.get("choices"))
            elif name is not None and name == self.schema.claim_control:
                spans[region] = self.span(where, value, sentence)
            elif name in self.schema.attributes:
                values.setdefault(region, {})[str(name)] = _content(value)
            else:
                self.unknown[f"control '{name}'"] += 1
                self.elsewhere[str(item.get("type")), str(name)] += 1
                continue
            self.used.add(name)
        marked = [kind for _, _, kinds in spans.values() for kind in kinds]
        self.unknown.update(
            [f"event type '{one}'" for one in ticked if one not in self.schema.event_aliases]
            + [f"claim kind '{one}'" for one in marked if one not in self.schema.claim_aliases]
        )
        try:
            events = self.schema.event_labels(ticked)
            for kind in marked:
                self.schema.check_kind(kind)
        except UnknownLabelError as error:
            raise _UnfitError(error.message[0].lower() + error.message[1:].rstrip(".")) from error
        claims = [
            self.claim(where, sentence, start, end, kind, values.get(region, {}))
            for region, (start, end, kinds) in spans.items()
            for kind in kinds
        ]
        for region in sorted(values.keys() - spans.keys()):
            self.problem(where, f"values without a marked span (region {region}); not taken")
        return Annotation(
            sentence_id=sentence.id,
            annotator=_annotator(found.get("completed_by")),
            events=events,
            claims=tuple(sorted(claims, key=lambda claim: (claim.start, claim.end, claim.kind))),
            annotation_id=str(found.get("id") or ""),
            updated_at=str(found.get("updated_at") or found.get("created_at") or ""),
            cancelled=found.get("was_cancelled") is True,
            ground_truth=found.get("ground_truth") is True,
            lead_time=as_float(found.get("lead_time")),
            suggested_by=_suggested_by(found, task),
        )

    def span(
        self, where: str, value: Mapping[str, object], sentence: Sentence
    ) -> tuple[int, int, tuple[str, ...]]:
        start, end = value.get("start"), value.get("end")
        if not is_int(start) or not is_int(end) or not 0 <= start < end <= len(sentence.text):
            raise _UnfitError(
                f"a span from {start} to {end} lies outside the text of "
                f"{len(sentence.text)} characters"
            )
        stored = value.get("text")
        if isinstance(stored, str) and stored != sentence.text[start:end]:
            self.problem(
                where,
                f"the span {start} to {end} is stored as {shown(stored)} but reads "
                f"{shown(sentence.text[start:end])}; the offsets were trusted",
            )
        kinds = tuple(dict.fromkeys(as_strings(value.get("labels"))))
        if not kinds:
            self.problem(where, f"the span {start} to {end} has no label; not taken")
        return start, end, kinds

    def claim(
        self,
        where: str,
        sentence: Sentence,
        start: int,
        end: int,
        kind: str,
        values: Mapping[str, object],
    ) -> NumericClaim:
        claim = NumericClaim(start, end, sentence.text[start:end], kind)
        for name, value in values.items():
            if name in ("low", "high"):
                number = as_decimal(value)
                if number is None and value not in (None, ""):
                    self.problem(where, f"{name} {shown(str(value))} is not a number; not taken")
                claim = replace(claim, **{name: number})  # type: ignore[arg-type]
            elif name == "modifier" and (chosen := as_strings(value)):
                modifier = _modifier(chosen[0])
                if modifier is None:
                    self.problem(where, f"the modifier {shown(chosen[0])} is not known; not taken")
                claim = replace(claim, modifier=modifier)
            elif name == "attribution" and (typed := as_strings(value)):
                claim = replace(claim, attribution="; ".join(typed))
        return _with_open_ends(claim)

    def problem(self, what: str, why: str) -> None:
        self.problems.append(ExportError(f"{self.where}, {what}: {why}."))

    def tell_of_renamed_controls(self) -> None:
        """A control that nothing was said with, while another of its kind was used, has a new name.

        Other controls are none of ours: a configuration may read a part of what people said.
        """
        for kind, control in (
            ("choices", self.schema.event_control),
            ("labels", self.schema.claim_control),
        ):
            names = sorted(name for one, name in self.elsewhere if one == kind)
            if control is not None and control not in self.used and names:
                count = sum(self.elsewhere[kind, name] for name in names)
                said = ", ".join(f"'{name}'" for name in names)
                told = (
                    f"{count} {kind} by the control {said}: the configuration calls it '{control}'"
                )
                # First, for it explains the others.
                self.problems.insert(0, ExportError(f"{self.where}, {told}; not taken."))

    def finish(self) -> Export:
        if self.tasks and not self.sentences:
            first = self.problems[0].message if self.problems else ""
            raise ExportError(f"{self.where} has no task that fits. {first}", hint=_EXPORT_AGAIN)
        if self.group_by and self.tasks and not self.grouped:
            # Each sentence would be an article, and be written down as held out or not for ever.
            raise ExportError(
                f"{self.where} has no task with the field '{self.group_by}' to group by.",
                hint="Give the name of a field of the tasks' data with --group-by.",
            )
        fits = [a for a in self.annotations.values() if a.events.aliases or a.claims]
        if self.unknown and not fits:
            raise ExportError(
                f"{self.where} was made with another labelling configuration: it has "
                f"{', '.join(sorted(self.unknown)[:8])}.",
                hint="Give the configuration that the labels were made with, with --config.",
            )
        self.tell_of_renamed_controls()
        return Export(
            tuple(self.sentences.values()),
            tuple(self.annotations.values()),
            tuple(self.problems),
            self.picked,
        )


def _with_open_ends(claim: NumericClaim) -> NumericClaim:
    """A number field of Label Studio cannot be emptied: clearing it stores 0.

    So a zero that cannot be meant is read as an open end: a high below the low, and the end that
    the modifier leaves open.
    """
    low, high = claim.low, claim.high
    if high == 0 and ((low is not None and low > 0) or claim.modifier == "at_least"):
        claim = replace(claim, high=None)
    if low == 0 and claim.modifier == "at_most":
        claim = replace(claim, low=None)
    return claim


def _picked(data: Mapping[str, object]) -> Picked | None:
    method, probability = data.get("picked_method"), as_float(data.get("picked_probability"))
    if not isinstance(method, str) or probability is None or not 0 < probability <= 1:
        return None
    return Picked(method, probability)


def _annotator(who: object) -> str:
    """``completed_by`` is an id, a record of the user, or (from other tools) a name."""
    if isinstance(who, Mapping):
        return str(who.get("email") or f"user {who.get('id', '?')}")
    if isinstance(who, str) and who:
        return who
    return f"user {who}" if is_int(who) else "unknown"


def _suggested_by(found: Mapping[str, object], task: Mapping[str, object]) -> str | None:
    """The model of the suggestion that the person started from, as far as it is known.

    Else that of the server's copy, which outlives the suggestion: the active one at the time.
    """
    parent = found.get("parent_prediction")
    predictions = task.get("predictions")
    known = list(predictions) if isinstance(predictions, list | tuple) else []
    started = [
        one
        for one in known
        if isinstance(one, Mapping) and parent is not None and one.get("id") == parent
    ]
    for suggestion in (*started, found.get("prediction")):
        if isinstance(suggestion, Mapping) and suggestion.get("model_version"):
            return str(suggestion["model_version"])
    return None


def _content(value: Mapping[str, object]) -> object:
    """What an attribute's result holds, whichever control it came from."""
    return next((value[key] for key in ("number", "choices", "text") if key in value), None)


def _modifier(word: str) -> Modifier | None:
    return next((m for m in MODIFIERS if m == word), None)
