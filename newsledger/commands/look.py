"""Articles in, rows out: predict, sentences, quantities.

Everything streams, so that memory stays flat however long the input is.
"""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotation.articles.inputs import read_articles
from annotation.articles.languages import not_english
from annotation.articles.near_duplicates import DuplicateIndex
from annotation.articles.sentences import split
from annotation.articles.tasks import Document, read_sentences, read_with_articles
from annotation.errors import UnknownLabelError
from annotation.numbers.reader import Mention, mention_row, read_article
from annotation.records import POLICIES, Article, Policy, Sentence
from newsledger.commands import models
from newsledger.ledger.predicted import predicted_rows, publication
from newsledger.output import CLAIM, OutputRow
from newsledger.progress import Progress
from newsledger.settings import Settings

if TYPE_CHECKING:
    from annotation.records import Prediction
    from training.model import Model


def predict_rows(
    settings: Settings,
    progress: Progress,
    inputs: Sequence[str],
    *,
    shape: str | None = None,
    model_id: str | None = None,
    all_scores: bool = False,
    implied: bool = True,
    presplit: bool = False,
    allow_private: bool = False,
    trust: bool = False,
) -> Iterator[OutputRow]:
    """Rows of ``predict``: one for each sentence, or for each meaning where a shape is asked for.

    Raises:
        ModelError: there is no such model.
    """
    model = models.find_model(settings, model_id, trust=trust)
    found = read_with_articles(
        inputs, on_problem=progress.problem, presplit=presplit, allow_private=allow_private
    )
    # The collector would look through libraries and model again and again, a tenth of the time,
    # and through each batch dozens of times, a twentieth more.
    gc.freeze()
    gc.set_threshold(100_000)
    unread = Counter[str]()
    for sentence, article, prediction in _predicted(model, found, all_scores, implied):
        if not sentence.is_english:
            unread[str(sentence.language)] += 1
        if shape is None:
            yield _prediction_row(sentence, article, prediction)
        else:
            yield from predicted_rows(shape, sentence, article, prediction, model.schema)
    if unread:
        progress.say(not_english(unread))


def prediction_rows(
    model: Model, found: Iterable[tuple[Sentence, Article]], *, all_scores: bool = False
) -> Iterator[OutputRow]:
    """What a model says about each sentence, in the columns of ``predict``; memory stays flat."""
    for sentence, article, prediction in _predicted(model, found, all_scores, implied=True):
        yield _prediction_row(sentence, article, prediction)


def _predicted(
    model: Model, found: Iterable[tuple[Sentence, Article]], all_scores: bool, implied: bool
) -> Iterator[tuple[Sentence, Article, Prediction]]:
    """Each sentence with its article and what a model says of it."""
    read = deque[Article]()  # the model reads some sentences ahead

    def sentences() -> Iterator[Sentence]:
        for sentence, article in found:
            read.append(article)
            yield sentence

    for sentence, prediction in model.stream(sentences(), all_scores=all_scores):
        if not implied:
            claims = tuple(one for one in prediction.claims if not one.implied)
            prediction = replace(prediction, claims=claims)
        yield sentence, read.popleft(), prediction


def _prediction_row(sentence: Sentence, article: Article, prediction: Prediction) -> OutputRow:
    return {
        **_sentence_row(sentence),
        "language": sentence.language,
        **publication(article),
        "events": [{"label": one.label, "score": one.score} for one in prediction.events],
        "claims": [{name: getattr(claim, name) for name in CLAIM} for claim in prediction.claims],
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

    What is not in English is not read, and counted.

    Raises:
        UnknownLabelError: there is no such policy.
    """
    policies = {one: one for one in POLICIES}
    if policy not in policies:
        raise UnknownLabelError(
            f"There is no policy '{policy}' for vague quantities.",
            hint=f"Choose one of: {', '.join(policies)}.",
        )
    unread = Counter[str]()
    for article in read_articles(inputs, on_problem=progress.problem, allow_private=allow_private):
        document = Document(article, split(article))
        unread.update(unread_languages(document))
        yield {
            "id": article.id,
            "language": document.language,
            "mentions": [
                mention_row(one)
                for one in mentions_of(document, policy=policies[policy], implied=implied)
            ],
        }
    if unread:
        progress.say(not_english(unread))


def mentions_of(document: Document, *, policy: Policy, implied: bool) -> Iterator[Mention]:
    """The numeric mentions of an article's English sentences, with offsets in the article."""
    unread = [(one.start, one.end) for one in document.sentences if not one.is_english]
    for mention in read_article(document.article.text, policy=policy, implied=implied):
        if not any(start <= mention.number_start < end for start, end in unread):
            yield mention


def unread_languages(document: Document) -> Counter[str]:
    """How many sentences of an article are in each language that is not read."""
    return Counter(str(one.language) for one in document.sentences if not one.is_english)


def _sentence_row(sentence: Sentence) -> dict[str, Any]:
    return {
        "article_id": sentence.article_id,
        "sentence_id": sentence.id,
        "index": sentence.index,
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
    }
