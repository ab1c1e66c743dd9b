"""The labels that are likely wrong, as far as the answers stored with a model tell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from annotation.dataset.snapshot import Snapshot
from newsledger.progress import in_a_line, number_of
from newsledger.report.record import ToldPart, ToldTable
from newsledger.team.second_looks.reasons import AUDIT
from newsledger.team.second_looks.review import review_candidates
from newsledger.team.second_looks.second_opinion import SecondOpinion, opinions_of

if TYPE_CHECKING:
    from training.predictions import Predictions

SHOWN_ERRORS = 8
"""Likely errors listed, the likeliest first; ``newsledger review`` has all."""
MOST_LOOKED_AT = 2_000
"""Labelled sentences that are looked at, those that were labelled last: ``newsledger review`` looks
at all, which takes minutes where there are many."""
_SHORT = 140
_TOO_WEAK = (
    "Whether labels are likely wrong cannot be told: the model in use is not good enough to be "
    "held against them, and nothing else speaks against any."
)


def likely_errors_told(
    snapshot: Snapshot,
    answers: Predictions | None,
    *,
    workspace: str = "",
    believed: bool = True,
) -> ToldPart | None:
    """The labels that are likely wrong, as far as can be said without fitting anything.

    Args:
        snapshot: the user's own labels.
        answers: what was stored with the model in use, of models that had not seen the article;
            None leaves what people disagree on and what cannot be meant.
        workspace: the workspace's id.
        believed: whether the model is good enough to be held against a label; else its answers are
            left out, as it is mostly wrong where it is surest.
    """
    if not snapshot.annotations:
        return None
    last = {one.sentence_id: one.updated_at for one in snapshot.annotations if not one.cancelled}
    looked_at = frozenset(sorted(last, key=lambda key: last[key])[-MOST_LOOKED_AT:])
    some = replace(
        snapshot, sentences=tuple(one for one in snapshot.sentences if one.id in looked_at)
    )
    found = [
        one
        for one in review_candidates(
            some,
            _opinions(answers if believed else None, looked_at),
            audit=0.0,
            workspace=workspace,
        )
        if one.kind != AUDIT
    ]
    of = (
        f"Of the {len(looked_at):,} sentences labelled last: " if len(last) > len(looked_at) else ""
    )
    if not found and not believed:
        return ToldPart(_TOO_WEAK, looked_at=len(looked_at))
    if not found:
        says = f"{of}nothing speaks against any label."
        return ToldPart(says[0].upper() + says[1:], looked_at=len(looked_at))
    expected = sum(one.gain for one in found)
    kinds = Counter(one.kind for one in found)
    says = (
        f"{of}{number_of(len(found), 'labelled sentence')} with a reason for a second look, "
        f"of which about {expected:,.0f} {'is' if round(expected) == 1 else 'are'} expected to be "
        "wrong: "
        f"{', '.join(f'{n:,} {kind}' for kind, n in kinds.most_common())}. "
        "`newsledger review` puts the likeliest into a queue of their own."
    )
    rows = tuple(
        (in_a_line(one.sentence.text, _SHORT), f"{one.gain:.2f}", one.reasons[0].says)
        for one in found[:SHOWN_ERRORS]
    )
    return ToldPart(
        says,
        (ToldTable("The likeliest", ("sentence", "probably wrong", "why"), rows),),
        expected,
        len(looked_at),
    )


def _opinions(answers: Predictions | None, looked_at: frozenset[str]) -> dict[str, SecondOpinion]:
    if answers is None:
        return {}
    return opinions_of(answers.of([key for key in answers.sentence_ids if key in looked_at]), {})
