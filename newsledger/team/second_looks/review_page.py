"""The tasks of the review project: a sentence, why, and who said what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html import escape

from annotation.dataset.adjudication import adjudicate, by_sentence
from annotation.dataset.snapshot import Snapshot
from annotation.labelstudio.annotation_json import typed_text, typed_when_where
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.labelstudio.projects.side_projects import SideTask
from annotation.records import Annotation, EventScore, NumericClaim, Prediction, Sentence, Task
from annotation.schema import Schema
from newsledger.team.second_looks.reasons import value_in_words
from newsledger.team.second_looks.review import NO_OPINION, ReviewCandidate, best_answer
from newsledger.team.second_looks.review_config import KIND, REASON, SAYS

_ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
"""How people are called whose names are not shown."""


def review_tasks(
    candidates: Iterable[ReviewCandidate],
    snapshot: Snapshot,
    *,
    names: bool = False,
    tasks: Mapping[str, Task] | None = None,
) -> tuple[SideTask, ...]:
    """A task for each sentence, with its neighbours, and the best answer filled in.

    Args:
        candidates: the sentences, in the order in which people are to see them.
        snapshot: where they come from.
        names: show who said what; else people are the first, the second and so on.
        tasks: what the sentences' own tasks show, by sentence id; None for the snapshot's.
    """
    schema = snapshot.schema
    shown = snapshot.tasks() if tasks is None else tasks
    asked = []
    for one in candidates:
        events, claims = best_answer(one, schema)
        scores = tuple(EventScore(alias, 1.0) for alias in events.aliases)
        best = Prediction(one.sentence.id, scores, claims, KIND)
        result = to_prediction(best, one.sentence, schema)["result"]
        assert isinstance(result, list)
        result += typed_when_where(one.found.day, one.found.place, schema, no_day=one.found.no_day)
        data = _data(one, shown, schema, names=names)
        asked.append(SideTask(one.sentence.id, data, tuple(result)))
    return tuple(asked)


def settled_tasks(
    snapshot: Snapshot, row: Callable[[Annotation, Sentence], dict[str, object]]
) -> tuple[SideTask, ...]:
    """A task for each sentence that a second look has settled, with the verdicts in it.

    Args:
        snapshot: the labels, verdicts among them.
        row: an annotation as Label Studio imports it.
    """
    schema, shown, said = snapshot.schema, snapshot.tasks(), by_sentence(snapshot.annotations)
    tasks = []
    for sentence in snapshot.sentences:
        verdicts = [one for one in said.get(sentence.id, ()) if one.verdict]
        if not verdicts:
            continue
        people = adjudicate((one for one in said[sentence.id] if not one.verdict), schema)
        data = _data(ReviewCandidate(sentence, people, (), NO_OPINION), shown, schema, names=False)
        given = tuple(verdict_row(one, row(one, sentence), schema) for one in verdicts)
        tasks.append(SideTask(sentence.id, data, said=given))
    return tuple(tasks)


def verdict_row(
    verdict: Annotation, row: Mapping[str, object], schema: Schema
) -> dict[str, object]:
    """A verdict as Label Studio imports it, with the reason that was typed.

    Args:
        verdict: the verdict.
        row: its labels as Label Studio imports them.
        schema: the labels.
    """
    reason = [typed_text(REASON, schema.text_control, verdict.why)] if verdict.why else []
    result = row["result"]
    assert isinstance(result, list)
    return {**row, "result": [*result, *reason]}


def says_html(candidate: ReviewCandidate, schema: Schema, *, names: bool) -> str:
    """Why, and who said what, side by side, as HTML.

    Args:
        candidate: the sentence.
        schema: what labels are called.
        names: show who said what.
    """
    why = "".join(f"<li>{escape(_capital(one.says))}</li>" for one in candidate.reasons[:4])
    people = candidate.found.counted
    heads = [(names and one.annotator) or _person(n) for n, one in enumerate(people)]
    rows = [heads, [_events(one, schema) for one in people]]
    if any(one.claims for one in people):
        rows.append(["; ".join(_claim(claim, schema) for claim in one.claims) for one in people])
    if any(map(_typed, people)):
        rows.append([_typed(one) for one in people])
    table = "".join(
        f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"
        for tag, row in zip(("th", "td", "td", "td"), rows, strict=False)
    )
    return f"<ul>{why}</ul><table>{table}</table>"


def _data(
    one: ReviewCandidate, shown: Mapping[str, Task], schema: Schema, *, names: bool
) -> dict[str, object]:
    # Whoever looks again is no longer one of those who label by themselves.
    task = replace(shown[one.sentence.id], blind=False, people=1)
    return {**task_data(task, schema), SAYS: says_html(one, schema, names=names)}


def _events(one: Annotation, schema: Schema) -> str:
    values = schema.event_values
    return ", ".join(values[alias] for alias in one.events.aliases) or "nothing ticked"


def _claim(claim: NumericClaim, schema: Schema) -> str:
    kinds = schema.claim_values
    return f"{claim.text} → {value_in_words(claim)} · {kinds[claim.kind]}"


def _typed(one: Annotation) -> str:
    """Day and place that somebody typed."""
    day = one.corrected_day.isoformat() if one.corrected_day else "no day" if one.no_day else ""
    return " · ".join(filter(None, (day, one.corrected_place)))


def _person(number: int) -> str:
    if number < len(_ORDINALS):
        return f"{_ORDINALS[number]} person"
    return f"Person {number + 1}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
