"""Translates between our records and Label Studio's JSON; pure, no network.

The only module that knows ``from_name``. Label Studio stores what belongs to one marked span as
several results that share a region ``id``: the label, and one result for each attribute
(`format <https://labelstud.io/guide/predictions>`_). Offsets count code points on both sides.

What a person said is taken whole or not at all: an annotation with a label or a span that cannot be
understood is left out and listed, because the rest of it would teach something that nobody said.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeGuard

from annotation.errors import ExportError, UnknownLabelError
from annotation.files import why_unread
from annotation.records import (
    MODIFIERS,
    Annotation,
    Modifier,
    NumericClaim,
    Picked,
    Prediction,
    Sentence,
    Task,
    json_number,
)
from annotation.schema import Schema

KEY = "sentence_id"
"""The field of a task's data under which we find it again; Label Studio reuses its own ids."""

READINGS = "readings"
"""The field with the line that sums up the suggested claims; spans hide values until clicked."""


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


# ------------------------------------------------------------------------------ to Label Studio


def task_data(
    task: Task, schema: Schema, *, prediction: Prediction | None = None
) -> dict[str, object]:
    """The ``data`` of a Label Studio task.

    Args:
        task: the sentence with its surroundings.
        schema: the configuration; each of its variables gets a value, empty where we have none.
        prediction: the suggestion that goes with it, summed up in the field ``readings``.
    """
    sentence = task.sentence
    return {
        **dict.fromkeys(schema.fields, ""),
        KEY: sentence.id,
        "article_id": sentence.article_id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "title": task.title,
        "before": task.before,
        "after": task.after,
        "outlet": task.source,
        "boilerplate": sentence.boilerplate,
        "also_in": list(task.also_in),
        "picked_method": task.picked.method,
        "picked_probability": task.picked.probability,
        READINGS: readings(prediction, schema) if prediction else "",
        schema.text_field: sentence.text,  # last: a schema may call it by one of the names above
    }


def readings(prediction: Prediction, schema: Schema) -> str:
    """One line that says how the suggested claims are read.

    For instance ``Some 100 fighters → about 100 · surrendered``; several are joined by `` | ``.
    """
    shown = {label.alias: label.value for label in schema.claim_kinds}
    return " | ".join(
        f"{claim.text} → {_reading(claim)} · {shown.get(claim.kind, claim.kind)}"
        for claim in prediction.claims
    )


def to_prediction(prediction: Prediction, sentence: Sentence, schema: Schema) -> dict[str, object]:
    """A prediction as Label Studio imports it: ``{"result", "score", "model_version"}``.

    The server checks neither offsets nor, on its fast path, labels; so it is done here. Controls
    that the schema does not offer are left out. Where only one event type can be ticked, the most
    probable one is.

    Raises:
        UnknownLabelError: a label is not in the schema.
        ValueError: a span does not fit the sentence, or a value is not a finite number; the model
            that made it has a bug.
    """
    result: list[dict[str, object]] = []
    events = schema.event_labels(event.label for event in prediction.events).aliases
    if schema.single_choice and len(events) > 1:
        best = max(prediction.events, key=lambda event: event.score)
        events = (best.label,)
    if schema.event_control is not None and events:
        result.append(
            {
                "id": "events",
                "from_name": schema.event_control,
                "to_name": schema.text_control,
                "type": "choices",
                "value": {"choices": list(events)},
            }
        )
    if schema.claim_control is not None:
        for number, claim in enumerate(prediction.claims, start=1):
            result += _region(f"claim-{number}", claim, sentence, schema)
    score = min(1.0, max(0.0, prediction.confidence))
    return {"result": result, "score": score, "model_version": prediction.model_id}


def _region(
    region: str, claim: NumericClaim, sentence: Sentence, schema: Schema
) -> list[dict[str, object]]:
    schema.check_kind(claim.kind)
    if not 0 <= claim.start < claim.end <= len(sentence.text):
        raise ValueError(
            f"{sentence.id}: the span {claim.start} to {claim.end} lies outside the sentence of "
            f"{len(sentence.text)} characters"
        )
    span = {"start": claim.start, "end": claim.end}
    span_text = sentence.text[claim.start : claim.end]
    if claim.text != span_text:
        raise ValueError(f"{sentence.id}: the span reads {span_text!r}, not {claim.text!r}")

    def part(name: str | None, kind: str, **value: object) -> dict[str, object]:
        return {
            "id": region,
            "from_name": name,
            "to_name": schema.text_control,
            "type": kind,
            "value": {**span, "text": span_text, **value},
        }

    label = part(schema.claim_control, "labels", labels=[claim.kind])
    if claim.score is not None:
        label["score"] = min(1.0, max(0.0, claim.score))
    parts = [label]
    for name, bound in (("low", claim.low), ("high", claim.high)):
        if bound is not None and name in schema.attributes:
            parts.append(part(name, "number", number=_to_number(bound)))
    if claim.modifier is not None and "modifier" in schema.attributes:
        parts.append(part("modifier", "choices", choices=[claim.modifier]))
    if claim.attribution is not None and "attribution" in schema.attributes:
        parts.append(
            {**part("attribution", "textarea"), "value": {**span, "text": [claim.attribution]}}
        )
    return parts


def _to_number(value: Decimal) -> int | float:
    if not value.is_finite():
        raise ValueError(f"{value} is not a number that Label Studio could show")
    return json_number(value)


def _reading(claim: NumericClaim) -> str:
    low, high = (f"{v:,f}" if v is not None else None for v in (claim.low, claim.high))
    if low is None and high is None:
        value = "no number"
    elif low == high:
        value = str(low)
    elif low is None:
        value = f"at most {high}"
    elif high is None:
        value = f"at least {low}"
    else:
        value = f"{low} to {high}"
    if claim.modifier in ("about", "vague"):
        return f"{claim.modifier} {value}"
    return value


# ---------------------------------------------------------------------------- from Label Studio


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
            f"{path} holds one JSON {_json_name(content)}, not a list of tasks.", hint=_EXPORT_AGAIN
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
            self.problem(f"item {position}", f"a JSON {_json_name(task)} is not a task")
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
        start = _int(data.get("start"), 0)
        return Sentence(
            id=str(key),
            article_id=str(group),
            index=_int(data.get("index"), 0),
            start=start,
            end=_int(data.get("end"), start + len(text)),
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
                raise _UnfitError(f"a JSON {_json_name(found)} is not an annotation")
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
                ticked += _strings(value.get("choices"))
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
            lead_time=_float(found.get("lead_time")),
            suggested_by=_suggested_by(found, task),
        )

    def span(
        self, where: str, value: Mapping[str, object], sentence: Sentence
    ) -> tuple[int, int, tuple[str, ...]]:
        start, end = value.get("start"), value.get("end")
        if not _is_int(start) or not _is_int(end) or not 0 <= start < end <= len(sentence.text):
            raise _UnfitError(
                f"a span from {start} to {end} lies outside the text of "
                f"{len(sentence.text)} characters"
            )
        stored = value.get("text")
        if isinstance(stored, str) and stored != sentence.text[start:end]:
            self.problem(
                where,
                f"the span {start} to {end} is stored as {_short(stored)} but reads "
                f"{_short(sentence.text[start:end])}; the offsets were trusted",
            )
        kinds = tuple(dict.fromkeys(_strings(value.get("labels"))))
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
                number = _decimal(value)
                if number is None and value not in (None, ""):
                    self.problem(where, f"{name} {_short(str(value))} is not a number; not taken")
                claim = replace(claim, **{name: number})  # type: ignore[arg-type]
            elif name == "modifier" and (chosen := _strings(value)):
                modifier = _modifier(chosen[0])
                if modifier is None:
                    self.problem(where, f"the modifier {_short(chosen[0])} is not known; not taken")
                claim = replace(claim, modifier=modifier)
            elif name == "attribution" and (typed := _strings(value)):
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
    method, probability = data.get("picked_method"), _float(data.get("picked_probability"))
    if not isinstance(method, str) or probability is None or not 0 < probability <= 1:
        return None
    return Picked(method, probability)


def _annotator(who: object) -> str:
    """``completed_by`` is an id, a record of the user, or (from other tools) a name."""
    if isinstance(who, Mapping):
        return str(who.get("email") or f"user {who.get('id', '?')}")
    if isinstance(who, str) and who:
        return who
    return f"user {who}" if _is_int(who) else "unknown"


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


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _int(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")


def _json_name(value: object) -> str:
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
