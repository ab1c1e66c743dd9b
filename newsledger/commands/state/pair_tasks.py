"""Two reports side by side as a task of Label Studio, and what people answer as decisions.

Texts of articles are strangers' texts; they go into the task's HTML escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import chain

from annotation.labelstudio.projects.side_answers import SideAnswer
from annotation.labelstudio.projects.side_projects import SideConfig, SideTask
from newsledger.ledger.incidents.asked_pairs import AskedPair
from newsledger.ledger.incidents.pair_decisions import PairDecision, as_pair_answer
from newsledger.ledger.incidents.reports import Days, Report, Told

_SENTENCES = 12
"""Sentences of a report that are shown; those with claims always are."""


def pairs_config() -> SideConfig:
    """The project in which pairs are decided."""
    xml = (files("newsledger.commands") / "pairs_config.xml").read_text(encoding="utf-8")
    return SideConfig("pairs", "newsledger: pairs", xml)


def pair_task(pair: AskedPair, kinds: Mapping[str, str]) -> SideTask:
    """The task that asks about a pair.

    Args:
        pair: the two reports.
        kinds: what each claim kind is called, by alias.
    """
    return SideTask(
        pair.key,
        {
            "first": _shown(pair.first, kinds),
            "second": _shown(pair.second, kinds),
            "first_id": pair.first.id,
            "second_id": pair.second.id,
            "asked_because": pair.why,
        },
    )


def read_pair_answers(answers: Iterable[SideAnswer]) -> Iterator[PairDecision | str]:
    """Each answer as a decision, or a sentence that says why it is none."""
    for one in answers:
        said = one.values.get("verdict", ())
        first, second = one.data.get("first_id"), one.data.get("second_id")
        who = one.annotator or "somebody unknown"
        what = f"Task {one.task_id} of 'pairs': the answer by {who}"
        if len(said) != 1:
            yield f"{what} ticks {', '.join(map(repr, said)) or 'nothing'}; left out."
            continue
        try:
            answer = as_pair_answer(said[0])
        except ValueError:
            yield f"{what} ticks {said[0]!r}, which is none of its choices; left out."
            continue
        if not (isinstance(first, str) and isinstance(second, str) and first and second):
            yield f"{what} is of a task that names no two reports; left out."
            continue
        reason = " ".join(
            chain.from_iterable(text.split() for text in one.values.get("reason", ()))
        )
        yield PairDecision(first, second, answer, who, one.answered_at, reason)


def _shown(report: Report, kinds: Mapping[str, str]) -> str:
    """A report as HTML: headline, who published it when, day, place, and sentences with claims."""
    article = report.article
    published = article.published.isoformat() if article.published else "no date"
    where = report.place
    place = f"{where.name}{f' ({where.country})' if where.country else ''}" if where else None
    place = place or ", ".join(sorted(report.written_places)) or "no place named"
    told = [one for number, one in enumerate(report.sentences) if number < _SENTENCES or one.claims]
    left_out = len(report.sentences) - len(told)
    more = f"<p>… {left_out} more sentences</p>" if left_out else ""
    return (
        f'<h3 dir="auto">{html.escape(article.title or "No headline")}</h3>'
        f"<p>{html.escape(f'{article.source or article.id} · published {published}')}</p>"
        f"<p><b>When</b> {_days(report.days)}<br><b>Where</b> {html.escape(place)}</p>"
        f"{''.join(_sentence(one, kinds) for one in told)}{more}"
    )


def _days(days: Days | None) -> str:
    if days is None:
        return "no day named"
    first, last = days
    return f"{first:%A} {first}" if first == last else f"{first} to {last}"


def _sentence(told: Told, kinds: Mapping[str, str]) -> str:
    """A sentence in which claims are marked, each with its kind; of two that overlap the first."""
    parts, end = [], 0
    for _, claim in sorted(told.claims, key=lambda pair: (pair[1].start, -pair[1].end)):
        if claim.start < end:
            continue
        kind = html.escape(kinds.get(claim.kind, claim.kind))
        words = html.escape(told.text[claim.start : claim.end])
        parts += [
            html.escape(told.text[end : claim.start]),
            f"<mark>{words}</mark><sup> {kind}</sup>",
        ]
        end = claim.end
    return f'<p dir="auto">{"".join(parts)}{html.escape(told.text[end:])}</p>'
