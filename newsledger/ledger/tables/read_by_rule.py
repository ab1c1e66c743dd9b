"""What rules read of a sentence: its day and place, the words it is recognised by, units of claims.

It takes most of the time of an export and needs no more than some whole articles at once, so that
another process can do it ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import attrgetter
from typing import Any

from annotation.articles.near_duplicates import lead_and_words
from annotation.dataset.adjudication import Adjudicated
from annotation.dataset.completion import only_mention
from annotation.numbers.reader import read
from annotation.records import ArticleMetadata, NumericClaim, Sentence
from newsledger.ledger.days_and_places.gazetteer import Gazetteer
from newsledger.ledger.days_and_places.when_where import WhenWhere, WhenWhereReader

_TOGETHER = 500
"""Sentences of a batch, or as many as its last article has: larger ones are no faster."""
_VALUES = attrgetter(*Sentence.__dataclass_fields__)
"""A sentence as a tuple, which goes to another process in a tenth of the time."""


@dataclass(frozen=True, slots=True)
class ReadByRule:
    """What rules read of one sentence."""

    when_where: WhenWhere
    """Its day and place."""
    lead_and_words: tuple[str, str]
    """By what a sentence that says the same is recognised."""
    claims: tuple[NumericClaim, ...]
    """The claims that hold by what people said, each with its unit; empty where there are none."""


Batch = tuple[list[Any], dict[str, ArticleMetadata]]
"""Whole articles: a row of each sentence, and what is known of the articles."""

Spread = Callable[[Callable[[Batch], list[Any]], Iterable[Batch]], Iterator[list[Any]]]
"""What comes of each batch, in order, as ``map`` gives it; who does the work is its own affair."""


def read_by_rule(
    sentences: Iterable[tuple[Sentence, Adjudicated | None]],
    articles: Mapping[str, ArticleMetadata],
    gazetteer: Gazetteer | None,
    spread: Spread = map,
) -> Iterator[tuple[Sentence, Adjudicated | None, ReadByRule]]:
    """Each sentence with what is read of it, in order.

    Args:
        sentences: in the order of reading, article by article, each with what people said of it.
        articles: what is known of the articles, by their ids.
        gazetteer: the places of the workspace; None for no places.
        spread: ``map``, or what does the same ahead.
    """
    ahead: deque[list[tuple[Sentence, Adjudicated | None]]] = deque()

    def batches() -> Iterator[Batch]:
        for some in _whole_articles(sentences):
            ahead.append(some)
            rows = [(_VALUES(one), *_of_people(people)) for one, people in some]
            yield rows, {one.article_id: articles[one.article_id] for one, _ in some}

    for found in spread(partial(_read_batch, gazetteer), batches()):
        for (one, people), (told, words, claims) in zip(ahead.popleft(), found, strict=True):
            if claims is None:
                claims = people.claims if people is not None else ()
            yield one, people, ReadByRule(told or _NEITHER, words, claims)


_NEITHER = WhenWhere()
"""Of most sentences."""


def _whole_articles(
    sentences: Iterable[tuple[Sentence, Adjudicated | None]],
) -> Iterator[list[tuple[Sentence, Adjudicated | None]]]:
    batch: list[tuple[Sentence, Adjudicated | None]] = []
    for pair in sentences:
        if len(batch) >= _TOGETHER and batch[-1][0].article_id != pair[0].article_id:
            yield batch
            batch = []
        batch.append(pair)
    if batch:
        yield batch


def _of_people(
    people: Adjudicated | None,
) -> tuple[Adjudicated | None, tuple[NumericClaim, ...]]:
    """What must be known of what people said: day and place, and claims without a unit."""
    if people is None:
        return None, ()
    without = any(claim.unit is None for claim in people.claims)
    return people if people.typed_when_where else None, people.claims if without else ()


def _read_batch(gazetteer: Gazetteer | None, batch: Batch) -> list[Any]:
    """A row of each sentence: day and place, or None; words; claims, or None where none changes."""
    rows, articles = batch
    reader = WhenWhereReader(gazetteer)
    found = []
    for values, people, claims in rows:
        one = Sentence(*values)
        told = reader.of(one, articles[one.article_id], people)
        found.append(
            (
                None if told == _NEITHER else told,
                lead_and_words(one.text),
                with_units(claims, one.text) if claims else None,
            )
        )
    return found


def with_units(claims: Sequence[NumericClaim], text: str) -> tuple[NumericClaim, ...]:
    """Claims with unit and noun, for which people have no field, as the machine reads them.

    Args:
        claims: of one sentence.
        text: the sentence.
    """
    if all(claim.unit is not None for claim in claims):
        return tuple(claims)
    mentions = read(text)
    found = []
    for claim in claims:
        mention = only_mention(claim, mentions) if claim.unit is None else None
        if mention is not None:
            claim = replace(claim, unit=mention.unit, noun=claim.noun or mention.noun)
        found.append(claim)
    return tuple(found)
