"""Verdicts: what came of a second look, out of the review project and into the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from annotation.dataset.adjudication import adjudicate, by_sentence, latest_verdict
from annotation.dataset.snapshot import Snapshot
from annotation.errors import ExportError
from annotation.labelstudio.export_json.export import parse_tasks
from annotation.records import Annotation, EventLabels, NumericClaim
from annotation.schema import Schema
from newsledger.team.second_looks.reasons import value_in_words
from newsledger.team.second_looks.review_config import REASON

_MEND = (
    "Give the verdict anew in the review project, or take the label into the configuration again."
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What the review project holds."""

    annotations: tuple[Annotation, ...]
    """The verdicts; sentences that were skipped have none."""
    problems: tuple[ExportError, ...]
    """What could not be understood."""


@dataclass(frozen=True, slots=True)
class CloseCall:
    """A verdict with the reason that somebody gave for it."""

    sentence: str
    """The words of the sentence."""
    verdict: str
    """What counts, in words."""
    instead_of: tuple[str, ...]
    """What people had said that is something else, in words."""
    why: str
    """The reason, as it was typed."""


def read_verdicts(tasks: Sequence[Mapping[str, Any]], schema: Schema, *, where: str) -> Verdicts:
    """Read the export of the review project.

    Where nothing in it can be understood, that is a problem, too, and no error: people's labels are
    there all the same.

    Args:
        tasks: as Label Studio's JSON has them.
        schema: the labels.
        where: what to call the project in messages.
    """
    if not tasks:
        return Verdicts((), ())
    try:
        # The reason is no label; of an answer with nothing else it would look like one unheard of.
        export = parse_tasks(map(_without_reason, tasks), schema, where=where)
    except ExportError as error:
        return Verdicts((), (ExportError(f"The review's {error.message}", hint=_MEND),))
    why = {
        str(one.get("id")): _reason(one)
        for task in tasks
        for one in task["annotations"]
        if isinstance(one, dict)
    }
    verdicts = tuple(
        replace(
            one,
            verdict=True,
            why=why.get(one.annotation_id, ""),
            ground_truth=True,
            # The same number may be another annotation's in the main project.
            annotation_id=f"review-{one.annotation_id}",
            # What was filled in was people's own answer, and no model's.
            suggested_by=None,
            suggested=None,
        )
        for one in export.annotations
        if not one.cancelled
    )
    return Verdicts(verdicts, export.problems)


def close_calls(snapshot: Snapshot) -> tuple[CloseCall, ...]:
    """The verdicts for which somebody gave a reason, by sentence.

    Args:
        snapshot: the labels.
    """
    said = by_sentence(snapshot.annotations)
    calls = []
    for sentence in snapshot.sentences:
        annotations = said.get(sentence.id, ())
        verdict = latest_verdict(annotations)
        if verdict is None or not verdict.why:
            continue
        found = _in_words(verdict.events, verdict.claims, snapshot.schema)
        people = adjudicate((one for one in annotations if not one.verdict), snapshot.schema)
        others = dict.fromkeys(
            _in_words(one.events, one.claims, snapshot.schema) for one in people.counted
        )
        instead = tuple(one for one in others if one != found)
        calls.append(CloseCall(sentence.text, found, instead, verdict.why))
    return tuple(calls)


def as_codebook(calls: Iterable[CloseCall]) -> str:
    """Close calls in Markdown, one entry each, to be added to a codebook."""
    entries = []
    for one in calls:
        instead = f" (not: {'; '.join(one.instead_of)})" if one.instead_of else ""
        words = " ".join(one.sentence.split())
        entries.append(f"- “{words}” → {one.verdict}{instead}. {one.why}")
    return "\n".join(entries)


def _in_words(events: EventLabels, claims: Sequence[NumericClaim], schema: Schema) -> str:
    types = schema.event_values
    kinds = schema.claim_values
    said = [types[alias] for alias in events.aliases]
    said += [f"“{one.text}” {kinds[one.kind]}, {value_in_words(one)}" for one in claims]
    return "; ".join(said) or "nothing"


def _without_reason(task: Mapping[str, Any]) -> dict[str, Any]:
    annotations = [
        {**one, "result": [item for item in one["result"] if not _is_reason(item)]}
        if isinstance(one, dict) and isinstance(one.get("result"), list)
        else one
        for one in task["annotations"]
    ]
    return {**task, "annotations": annotations}


def _is_reason(item: object) -> bool:
    return isinstance(item, dict) and item.get("from_name") == REASON


def _reason(annotation: Mapping[str, Any]) -> str:
    """What was typed as the reason, on one line."""
    for item in annotation.get("result") or ():
        if _is_reason(item):
            text = (item.get("value") or {}).get("text") or ()
            return " ".join(" ".join([text] if isinstance(text, str) else text).split())
    return ""
