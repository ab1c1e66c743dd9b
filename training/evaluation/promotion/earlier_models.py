"""What an earlier model says of labelled sentences, without having learnt them.

For the articles that it was trained on, the model answers by what was stored beside it: answers of
models like it that had not seen the article. For articles that are new since it answers itself,
except for sentences that say the same as one it has learnt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotation.schema import Schema
from training.evaluation.cross_fitting import cross_fit
from training.examples import Examples, index_of
from training.model import Model
from training.predictions import Predictions
from training.train import TrainingSummary


@dataclass(frozen=True, slots=True)
class EarlierModel:
    """A model that a challenger is compared with, and what is known of its training."""

    model: Model
    """The model."""
    answers: Predictions | None
    """What was stored with it; None for a model of format 3, which has no such answers."""
    learnt: Examples | None
    """What it was trained on; None where its snapshot is not there to tell."""

    @property
    def articles(self) -> frozenset[str]:
        """Ids of the articles that it was trained on, as far as they are known."""
        summary = TrainingSummary.of_model(self.model)
        known = frozenset(summary.articles) if summary else frozenset()
        return known or (frozenset(self.learnt.groups) if self.learnt else frozenset())


def unseen_answers(
    earlier: EarlierModel, rows: Examples, schema: Schema
) -> tuple[tuple[int, ...], Predictions | None]:
    """Which of the rows an earlier model can be measured on, and what it says of them.

    A model of format 3 that has seen all of these articles is fitted anew on what it learnt, once
    for each fold, to answer for them.

    Args:
        earlier: the model.
        rows: labelled sentences.
        schema: whose columns the answers are to have.

    Returns:
        Numbers of the rows, and the answers for them; none and None where it has seen them all, or
        nobody can tell.
    """
    found = _unseen(earlier, rows)
    if not found and earlier.answers is None and earlier.learnt is not None:
        mine = frozenset(rows.groups).intersection(earlier.learnt.groups)
        answers = cross_fit(earlier.learnt, earlier.model.schema, mine) if mine else None
        earlier = replace(earlier, answers=answers)
        found = _unseen(earlier, rows)
    if not found:
        return (), None
    stored = frozenset(earlier.answers.sentence_ids) if earlier.answers else frozenset()
    ids = [rows.sentences[row].id for row in found]
    said = earlier.model.predict(
        [rows.sentences[row] for row in found if rows.sentences[row].id not in stored]
    )
    if earlier.answers is not None:
        said = said.joined(earlier.answers.of([one for one in ids if one in stored]))
    return tuple(found), said.of(ids).with_columns(schema.event_aliases)


def _unseen(earlier: EarlierModel, rows: Examples) -> list[int]:
    """Rows that have a stored answer, or are of other articles and say something else."""
    stored = frozenset(earlier.answers.sentence_ids) if earlier.answers else frozenset()
    summary = TrainingSummary.of_model(earlier.model)
    only = frozenset(summary.held_out) if summary and not earlier.articles else None
    learnt = index_of(earlier.learnt.texts if earlier.learnt else ())
    found = []
    for row, one in enumerate(rows.sentences):
        elsewhere = (
            one.article_id in only if only is not None else (one.article_id not in earlier.articles)
        )
        if one.id in stored or (elsewhere and learnt.find(one.text) is None):
            found.append(row)
    return found
