"""Which labels a champion learnt from are gone from what its challenger learnt from.

An export that went wrong, a filter too many or a column mixed up spoils a model in ways that its
figures do not show: it is measured by the same spoilt labels. So what people had said is compared,
sentence by sentence. A few corrections pass; half of the labels gone do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from annotation.schema import Schema
from training.examples import Examples
from training.train import TrainingSummary

LOST_SENTENCES = 0.1
"""Share of the labelled sentences that may go missing, as people skip what they had labelled."""

LOST_DECISIONS = 0.25
"""Share of all decisions that may have vanished or changed. Corrections are fewer, while dropping
half of the labels or shuffling them takes half and more; see ``benchmarks/gate.py``."""

LOST_OF_ONE = 0.5
"""Share of one label's decisions that may have vanished, as recoding does at times."""

FEWEST_OF_ONE = 10
"""Decisions of one label from which a share of them means something; below, all must be gone."""

FEWEST_GONE = 3
"""Decisions below which nothing is said to be lost."""

_SHOWN = 5
"""Labels that are named where some were lost; the rest are counted."""


def labels_lost(challenger: Examples, champion: Examples) -> tuple[str, ...]:
    """What of the champion's labels is gone, one sentence each; empty where hardly any is.

    Only the user's own articles are compared, as soon as the challenger has any: seed labels leave
    on purpose.

    Args:
        challenger: what the new model learnt from.
        champion: what the present one did.
    """
    own = not challenger.measured_articles & challenger.seeds
    before = [row for row, one in enumerate(champion.groups) if not (own and one in champion.seeds)]
    now = {one.id: row for row, one in enumerate(challenger.sentences)}
    had: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    missing = 0
    for row in before:
        decided = decisions_of(champion, row)
        found = now.get(champion.sentences[row].id)
        missing += found is None
        had += decided
        gone += decided if found is None else decided - decisions_of(challenger, found)
    return tuple(_said(len(before), missing, had, gone))


def counts_lost(challenger: TrainingSummary, champion: TrainingSummary) -> tuple[str, ...]:
    """The same by numbers alone, where the champion's snapshot is not there to compare.

    Args:
        challenger: what the new model was trained on.
        champion: the same of the present one.
    """
    had = Counter(champion.positives)
    gone = had - Counter(challenger.positives)
    missing = max(0, champion.sentences - challenger.sentences)
    return tuple(_said(champion.sentences, missing, had, gone))


def schema_lost(challenger: Schema, champion: Schema) -> tuple[str, ...]:
    """The labels that the champion knows and the challenger's schema has no more, in a sentence."""
    dropped = champion.labels_not_in(challenger)
    if not dropped:
        return ()
    return (
        f"Its schema no longer has {_listed([repr(one) for one in dropped])}, which the champion "
        "knows. If that is meant, promote it with --force.",
    )


def decisions_of(rows: Examples, row: int) -> Counter[str]:
    """What people decided on one sentence: each event type ticked, each claim's kind."""
    ticked = rows.labels[row].nonzero()[0].tolist()
    return Counter(
        [
            *(f"event {rows.label_names[column]}" for column in ticked),
            *(f"claim {claim.kind}" for claim in rows.claims[row]),
        ]
    )


def _said(sentences: int, missing: int, had: Counter[str], gone: Counter[str]) -> Iterator[str]:
    if missing >= FEWEST_GONE and missing > LOST_SENTENCES * sentences:
        yield (
            f"Labels were lost: {missing:,} of the {sentences:,} sentences that the champion was "
            "trained on have no label now."
        )
    whole, lost = had.total(), gone.total()
    if lost >= FEWEST_GONE and lost > LOST_DECISIONS * whole:
        most = [f"'{name}' {n} of {had[name]}" for name, n in gone.most_common()]
        yield (
            f"Labels were lost or changed: {lost:,} of the {whole:,} decisions that the champion "
            f"learnt from no longer stand ({_listed(most)}). Is the export whole, and are the "
            "labels those of these sentences? If the change is meant, promote with --force."
        )
        return
    parts = []
    for name, n in gone.most_common():
        most_allowed = LOST_OF_ONE * had[name] if had[name] >= FEWEST_OF_ONE else had[name] - 1
        if n >= FEWEST_GONE and n > most_allowed:
            parts.append(f"'{name}' {n} of {had[name]}")
    if parts:
        yield f"Labels were lost or changed: {_listed(parts)} no longer stand."


def _listed(parts: Sequence[str]) -> str:
    shown = ", ".join(parts[:_SHOWN])
    return shown if len(parts) <= _SHOWN else f"{shown} and {len(parts) - _SHOWN} more"
