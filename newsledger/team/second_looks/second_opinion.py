"""A second opinion on each sentence: what models say that have not seen its article.

Asked of models that learnt from the same labels but for the article's own, so that no label speaks
for itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from annotation.batches import Advance
from annotation.numbers.reader import Mention, read
from annotation.records import NumericClaim, Sentence
from annotation.schema import Schema
from training.examples import Examples
from training.predictions import Predictions

if TYPE_CHECKING:
    from training.model import Model


@dataclass(frozen=True, slots=True)
class NumberOpinion:
    """What a number in a sentence is taken for."""

    mention: Mention
    """The number as the reader finds it."""
    kinds: Mapping[str, float]
    """How probable each claim kind is; what is missing to 1 speaks for no claim."""


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What is said of one sentence."""

    events: Mapping[str, float]
    """How probable each event type is, by alias."""
    ticked: tuple[str, ...] = ()
    """The event types that would be suggested."""
    claims: tuple[NumericClaim, ...] = ()
    """The claims that would be suggested."""
    numbers: tuple[NumberOpinion, ...] = ()
    """All numbers in it."""


def second_opinions(
    rows: Examples,
    schema: Schema,
    articles: Collection[str],
    *,
    advance: Advance | None = None,
) -> dict[str, SecondOpinion]:
    """A second opinion on every labelled sentence of some articles, by its id.

    There is none where nothing else is labelled.

    Args:
        rows: all that is labelled, and what is not.
        schema: the labels.
        articles: ids of the articles; all others teach each of the models.
        advance: called with 1 after each fit.
    """
    from training.evaluation.cross_fitting import cross_fit  # with what learns: a report does not

    numbers: dict[str, tuple[NumberOpinion, ...]] = {}

    def ask(model: Model, sentences: Sequence[Sentence]) -> None:
        known = [one for one in sentences if one.id in wanted]
        numbers.update(zip((one.id for one in known), number_opinions(model, known), strict=True))

    labelled = tuple(one.id for one in rows.sentences if one.article_id in articles)
    wanted = frozenset(labelled)
    told = cross_fit(rows, schema, articles, advance=advance, ask=ask)
    if told is None:
        return {}
    return opinions_of(told.of(labelled), numbers)


def opinions_of(
    told: Predictions, numbers: Mapping[str, tuple[NumberOpinion, ...]]
) -> dict[str, SecondOpinion]:
    """What models say of each sentence, by its id.

    Args:
        told: their answers.
        numbers: what they take the numbers in it for, by its id, where that is known.
    """
    return {
        name: SecondOpinion(
            events=dict(zip(told.label_names, probability.tolist(), strict=True)),
            ticked=tuple(told.label_names[place] for place in np.flatnonzero(ticked)),
            claims=claims,
            numbers=numbers.get(name, ()),
        )
        for name, probability, ticked, claims in zip(
            told.sentence_ids, told.probability, told.ticked, told.claims, strict=True
        )
    }


def number_opinions(
    model: Model, sentences: Sequence[Sentence]
) -> tuple[tuple[NumberOpinion, ...], ...]:
    """What a model takes each number of some sentences for; nothing where it knows no claims."""
    if model.claims is None:
        return ((),) * len(sentences)
    texts = [one.text if one.is_english else "" for one in sentences]
    implied = any(model.schema.harms)
    found = [read(text, policy=model.schema.policy, implied=implied) for text in texts]
    places = [place for place, mentions in enumerate(found) for _ in mentions]
    mentions = [mention for some in found for mention in some]
    said: list[list[NumberOpinion]] = [[] for _ in sentences]
    if mentions:
        scores = None if model.events is None else model.events.predict_proba(texts)
        probability = model.claims.predict_mentions(texts, places, mentions, scores)
        for place, mention, row in zip(places, mentions, probability.tolist(), strict=True):
            kinds = dict(zip(model.schema.claim_aliases, row[1:], strict=True))
            said[place].append(NumberOpinion(mention, kinds))
    return tuple(map(tuple, said))
