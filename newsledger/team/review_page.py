"""The tasks of the review project: a sentence, why, and who said what."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from annotation.dataset.adjudication import Adjudicated
from annotation.dataset.snapshot import Snapshot
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.labelstudio.side_projects import SideTask
from annotation.records import (
    Annotation,
    ArticleMetadata,
    EventScore,
    NumericClaim,
    Prediction,
    Sentence,
    Task,
)
from annotation.schema import Schema
from newsledger.team.reasons import value_in_words
from newsledger.team.review import ReviewCandidate, best_answer
from newsledger.team.review_config import KIND, SAYS

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
"""How people are called whose names are not shown."""


def review_tasks(
    candidates: Iterable[ReviewCandidate], snapshot: Snapshot, *, names: bool = False
) -> tuple[SideTask, ...]:
    """A task for each sentence, with its neighbours, and the best answer filled in.

    Args:
        candidates: the sentences, in the order in which people are to see them.
        snapshot: where they come from.
        names: show who said what; else people are the first, the second and so on.
    """
    schema = snapshot.schema
    shown = _tasks(snapshot)
    tasks = []
    for one in candidates:
        events, claims = best_answer(one, schema)
        scores = tuple(EventScore(alias, 1.0) for alias in events.aliases)
        best = Prediction(one.sentence.id, scores, claims, KIND)
        result = to_prediction(best, one.sentence, schema)["result"]
        assert isinstance(result, list)
        result += corrections(one.found, schema)
        data = {
            **task_data(shown[one.sentence.id], schema),
            SAYS: says_html(one, schema, names=names),
        }
        tasks.append(SideTask(one.sentence.id, data, tuple(result)))
    return tuple(tasks)


def corrections(found: Adjudicated, schema: Schema) -> list[dict[str, object]]:
    """Day and place as people typed them, filled in: an empty field would take them back.

    Args:
        found: what people said.
        schema: the controls.
    """
    to_name = schema.text_control
    result: list[dict[str, object]] = []
    if schema.day_control is not None and found.day is not None:
        result.append(
            {"id": "day", "from_name": schema.day_control, "to_name": to_name, "type": "datetime",
             "value": {"datetime": found.day.isoformat()}}
        )  # fmt: skip
    if schema.place_control is not None and found.place is not None:
        result.append(
            {"id": "place", "from_name": schema.place_control, "to_name": to_name,
             "type": "textarea", "value": {"text": [found.place]}}
        )  # fmt: skip
    return result


def says_html(candidate: ReviewCandidate, schema: Schema, *, names: bool) -> str:
    """Why, and who said what, side by side, as HTML.

    Args:
        candidate: the sentence.
        schema: what labels are called.
        names: show who said what.
    """
    why = "".join(f"<li>{escape(_capital(one.says))}</li>" for one in candidate.reasons[:4])
    people = candidate.found.counted
    heads = [(names and one.annotator) or f"{_ordinal(n)} person" for n, one in enumerate(people)]
    rows = [heads, [_events(one, schema) for one in people]]
    if any(one.claims for one in people):
        rows.append(["; ".join(_claim(claim, schema) for claim in one.claims) for one in people])
    table = "".join(
        f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"
        for tag, row in zip(("th", "td", "td"), rows, strict=False)
    )
    return f"<ul>{why}</ul><table>{table}</table>"


def _events(one: Annotation, schema: Schema) -> str:
    values = schema.event_values
    return ", ".join(values[alias] for alias in one.events.aliases) or "nothing ticked"


def _claim(claim: NumericClaim, schema: Schema) -> str:
    kinds = schema.claim_values
    return f"{claim.text} → {value_in_words(claim)} · {kinds[claim.kind]}"


def _ordinal(number: int) -> str:
    return ORDINALS[number] if number < len(ORDINALS) else f"{number + 1}th"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _beside(other: Sentence | None, one: Sentence, article: ArticleMetadata | None) -> str:
    """A neighbour, unless it is another article's or the headline, which is above it already."""
    if other is None or other.article_id != one.article_id:
        return ""
    return "" if article and other.text == article.title else other.text


def _tasks(snapshot: Snapshot) -> dict[str, Task]:
    """The sentences with their neighbours, by id; a snapshot has them by article and position."""
    known = {one.id: one for one in snapshot.articles}
    tasks: dict[str, Task] = {}
    rows = snapshot.sentences
    for before, one, after in zip((None, *rows[:-1]), rows, (*rows[1:], None), strict=True):
        article = known.get(one.article_id)
        tasks[one.id] = Task(
            one,
            title=article.title if article else "",
            before=_beside(before, one, article),
            after=_beside(after, one, article),
            source=" · ".join(filter(None, (article.source, article.published))) if article else "",
            article=article,
        )
    return tasks
