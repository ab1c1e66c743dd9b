"""Articles in, rows out: predict, sentences, quantities.

Everything streams, so that memory stays flat however long the input is.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotation.articles.inputs import read_articles
from annotation.articles.near_duplicates import DuplicateIndex
from annotation.articles.tasks import read_sentences
from annotation.errors import UnknownLabelError
from annotation.records import ENGLISH, POLICIES, Sentence
from newsledger.commands import models
from newsledger.output import CLAIM, OutputRow
from newsledger.progress import Progress, not_english
from newsledger.settings import Settings

if TYPE_CHECKING:
    from training.model import Model


def predict_rows(
    settings: Settings,
    progress: Progress,
    inputs: Sequence[str],
    *,
    model_id: str | None = None,
    all_scores: bool = False,
    implied: bool = True,
    presplit: bool = False,
    allow_private: bool = False,
    trust: bool = False,
) -> Iterator[OutputRow]:
    """Rows of ``predict``: one for each sentence.

    Raises:
        ModelError: there is no such model.
    """
    model = models.find_model(settings, model_id, trust=trust)
    found = read_sentences(
        inputs, on_problem=progress.problem, presplit=presplit, allow_private=allow_private
    )
    # The collector would look through libraries and model again and again: a tenth of the time.
    gc.freeze()
    unread = Counter[str]()
    for row in prediction_rows(model, found, all_scores=all_scores, implied=implied):
        if row["language"] not in (None, ENGLISH):
            unread[row["language"]] += 1
        yield row
    if unread:
        progress.say(not_english(unread))


def prediction_rows(
    model: Model,
    sentences: Iterable[Sentence],
    *,
    all_scores: bool = False,
    implied: bool = True,
) -> Iterator[OutputRow]:
    """What a model says about each sentence, in the columns of ``predict``; memory stays flat."""
    for sentence, prediction in model.stream(sentences, all_scores=all_scores):
        yield {
            **_sentence_row(sentence),
            "language": sentence.language,
            "events": [{"label": one.label, "score": one.score} for one in prediction.events],
            "claims": [
                {name: getattr(claim, name) for name in CLAIM}
                for claim in prediction.claims
                if implied or not claim.implied
            ],
            "model": prediction.model_id,
        }


def sentence_rows(
    progress: Progress, inputs: Sequence[str], *, allow_private: bool = False
) -> Iterator[OutputRow]:
    """Rows of ``sentences``."""
    for sentence in read_sentences(
        inputs, on_problem=progress.problem, allow_private=allow_private
    ):
        yield {**_sentence_row(sentence), "boilerplate": sentence.boilerplate}


def same_rows(
    progress: Progress, inputs: Sequence[str], *, allow_private: bool = False
) -> Iterator[OutputRow]:
    """Rows of ``sentences --same``: what says the same as an earlier sentence, with that one."""
    index = DuplicateIndex()
    texts: dict[str, str] = {}
    for sentence in read_sentences(
        inputs, on_problem=progress.problem, allow_private=allow_private
    ):
        earlier = index.add(sentence.id, sentence.text)
        if earlier is None:
            texts[sentence.id] = sentence.text
        else:
            yield {**_sentence_row(sentence), "same_as": earlier, "same_text": texts[earlier]}


def quantity_rows(
    progress: Progress,
    inputs: Sequence[str],
    *,
    policy: str = "literal",
    implied: bool = True,
    allow_private: bool = False,
) -> Iterator[OutputRow]:
    """Rows of ``quantities``: the numeric mentions of each text, with offsets within it.

    Raises:
        UnknownLabelError: there is no such policy.
    """
    from annotation.numbers.reader import mention_row, read_article

    policies = {one: one for one in POLICIES}
    if policy not in policies:
        raise UnknownLabelError(
            f"There is no policy '{policy}' for vague quantities.",
            hint=f"Choose one of: {', '.join(policies)}.",
        )
    for article in read_articles(inputs, on_problem=progress.problem, allow_private=allow_private):
        yield {
            "id": article.id,
            "mentions": [
                mention_row(mention)
                for mention in read_article(article.text, policy=policies[policy], implied=implied)
            ],
        }


def _sentence_row(sentence: Sentence) -> dict[str, Any]:
    return {
        "article_id": sentence.article_id,
        "sentence_id": sentence.id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }
