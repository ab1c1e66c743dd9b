"""Articles in, rows out: predict, sentences, quantities.

Everything streams, so that memory stays flat however long the input is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from annotation.articles.inputs import read_articles, read_presplit
from annotation.articles.sentences import split
from annotation.errors import UnknownLabelError
from annotation.records import Sentence
from newsledger.commands import models
from newsledger.output import CLAIM, OutputRow
from newsledger.progress import Progress
from newsledger.settings import Settings


def predict(
    settings: Settings,
    progress: Progress,
    inputs: Sequence[str],
    *,
    model_id: str | None = None,
    all_scores: bool = False,
    presplit: bool = False,
    allow_private: bool = False,
    trust: bool = False,
) -> Iterator[OutputRow]:
    """Rows of ``predict``: one for each sentence.

    Raises:
        ModelError: there is no such model.
    """
    model = models.load(settings, model_id, trust=trust)
    found: Iterable[Sentence] = (
        read_presplit(inputs, on_problem=progress.problem)
        if presplit
        else _sentences(inputs, progress, allow_private=allow_private)
    )
    for sentence, prediction in model.stream(found, all_scores=all_scores):
        yield {
            **_sentence_row(sentence),
            "events": [{"label": one.label, "score": one.score} for one in prediction.events],
            "claims": [
                {name: getattr(claim, name) for name in CLAIM} for claim in prediction.claims
            ],
            "model": prediction.model_id,
        }


def sentences(
    progress: Progress, inputs: Sequence[str], *, allow_private: bool = False
) -> Iterator[OutputRow]:
    """Rows of ``sentences``."""
    for sentence in _sentences(inputs, progress, allow_private=allow_private):
        yield {**_sentence_row(sentence), "boilerplate": sentence.boilerplate}


def quantities(
    progress: Progress,
    inputs: Sequence[str],
    *,
    policy: str = "literal",
    allow_private: bool = False,
) -> Iterator[OutputRow]:
    """Rows of ``quantities``: the numeric mentions of each text, with offsets within it.

    Raises:
        UnknownLabelError: there is no such policy.
    """
    from annotation.numbers.reader import Policy, mention_row, read_article

    policies = {one: one for one in get_args(Policy)}
    if policy not in policies:
        raise UnknownLabelError(
            f"There is no policy '{policy}' for vague quantities.",
            hint=f"Say one of: {', '.join(policies)}.",
        )
    for article in read_articles(inputs, on_problem=progress.problem, allow_private=allow_private):
        yield {
            "id": article.id,
            "mentions": [
                mention_row(mention)
                for mention in read_article(article.text, policy=policies[policy])
            ],
        }


def _sentences(
    inputs: Sequence[str], progress: Progress, *, allow_private: bool
) -> Iterator[Sentence]:
    for article in read_articles(inputs, on_problem=progress.problem, allow_private=allow_private):
        yield from split(article)


def _sentence_row(sentence: Sentence) -> dict[str, Any]:
    return {
        "article_id": sentence.article_id,
        "sentence_id": sentence.id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }
