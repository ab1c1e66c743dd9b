"""Articles in, rows out: predict, sentences, quantities.

Everything streams, so that memory stays flat however long the input is.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.articles.sentences import cut_row, sentence_place, split
from annotation.articles.tasks import Document, read_sentences
from annotation.errors import UnknownLabelError
from annotation.numbers.reader import Mention, mention_row, read_article
from annotation.records import POLICIES, Article, Policy, Sentence
from newsledger import __version__
from newsledger.commands.articles.corpora import ALONE, Processes, Reading, Unit
from newsledger.commands.learning import models
from newsledger.garbage import collect_seldom
from newsledger.ledger.tables.predicted import predicted_rows, publication
from newsledger.output import CLAIM, FLAT, OutputRow
from newsledger.progress import Progress
from newsledger.resumable import Done
from newsledger.settings import Settings

if TYPE_CHECKING:
    from annotation.records import Prediction
    from training.model import Model

_OF_CLAIM = attrgetter(*CLAIM)


def predicting(
    settings: Settings,
    inputs: Sequence[str],
    *,
    shape: str | None = None,
    model_id: str | None = None,
    all_scores: bool = False,
    implied: bool = True,
    presplit: bool = False,
    allow_private: bool = False,
    trust: bool = False,
    processes: Processes = ALONE,
) -> Reading:
    """The reading of ``predict``: a row for each sentence, or each meaning if a shape is asked for.

    Other processes load the model themselves, each once, and check its signature as this one does;
    a cluster must see the workspace where this machine sees it.

    Raises:
        ModelError: there is no such model.
    """
    model = models.find_model(settings, model_id, trust=trust)
    folder = (settings.models / model.id).resolve()
    loaded = partial(_itself, model) if processes.here else partial(_loaded, folder, trust)
    return Reading(
        inputs=tuple(inputs),
        shape="predict" if shape is None else f"{FLAT}{shape}",
        work=_Predict(loaded, shape, all_scores, implied),
        presplit=presplit,
        allow_private=allow_private,
        asked={
            "model": model.id,
            "all_scores": all_scores,
            "implied": implied,
            "presplit": presplit,
            "newsledger": __version__,
        },
    )


@dataclass(frozen=True, slots=True)
class _Predict:
    """Makes the rows of ``predict``."""

    model: Callable[[], Model]
    """Gives the model; sent to other processes in place of it."""
    shape: str | None
    all_scores: bool
    implied: bool

    def __call__(self, batch: list[Unit]) -> Done:
        model, rows, unread = self.model(), list[OutputRow](), Counter[str]()
        found = _with_articles(batch)
        for sentence, article, told in _predicted(model, found, self.all_scores, self.implied):
            if not sentence.is_english:
                unread[str(sentence.language)] += 1
            if self.shape is None:
                rows.append(_prediction_row(sentence, article, told))
            else:
                rows += predicted_rows(self.shape, sentence, article, told, model.schema)
        return Done(tuple(rows), len(batch), unread)


def _itself(model: Model) -> Model:
    _leave_out_of_collection()
    return model


@lru_cache(maxsize=1)
def _loaded(folder: Path, trust: bool) -> Model:
    """The model in a folder, in a process that lives for one of them."""
    from training.registry.store import load_model

    model = load_model(folder, trust=trust)
    _leave_out_of_collection()
    return model


@lru_cache(maxsize=1)
def _leave_out_of_collection() -> None:
    """Spare the collector libraries and model.

    It would look through them again and again, a tenth of the time, and through each batch dozens
    of times, a twentieth more.
    """
    collect_seldom()


def _with_articles(batch: Iterable[Unit]) -> Iterator[tuple[Sentence, Article]]:
    """Each sentence with its article; of one that came cut already, nothing but its id is known."""
    article = Article("", "", "")
    for one in batch:
        if isinstance(one, Sentence):
            if one.article_id != article.id:
                article = Article(one.article_id, "", "")
            yield one, article
        else:
            for sentence in split(one):
                yield sentence, one


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
        **sentence_place(sentence),
        "language": sentence.language,
        **publication(article),
        "events": [{"label": one.label, "score": one.score} for one in prediction.events],
        "claims": [dict(zip(CLAIM, _OF_CLAIM(claim), strict=True)) for claim in prediction.claims],
        "model": prediction.model_id,
    }


def cutting(inputs: Sequence[str], *, allow_private: bool = False) -> Reading:
    """The reading of ``sentences``."""
    return Reading(
        inputs=tuple(inputs),
        shape="sentences",
        work=_cut,
        allow_private=allow_private,
        asked={"newsledger": __version__},
    )


def _cut(batch: list[Unit]) -> Done:
    return Done(
        tuple(cut_row(sentence) for sentence, _ in _with_articles(batch)),
        len(batch),
    )


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
            yield {**sentence_place(sentence), "same_as": earlier, "same_text": texts[earlier]}


def counting(
    inputs: Sequence[str],
    *,
    policy: str = "literal",
    implied: bool = True,
    allow_private: bool = False,
) -> Reading:
    """The reading of ``quantities``: the numeric mentions of each text, with offsets within it.

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
    return Reading(
        inputs=tuple(inputs),
        shape="quantities",
        work=partial(_count, policies[policy], implied),
        allow_private=allow_private,
        asked={"policy": policy, "implied": implied, "newsledger": __version__},
    )


def _count(policy: Policy, implied: bool, batch: list[Unit]) -> Done:
    rows, unread = list[OutputRow](), Counter[str]()
    for article in batch:
        assert isinstance(article, Article)
        document = Document(article, split(article))
        unread.update(unread_languages(document))
        rows.append(
            {
                "id": article.id,
                "language": document.language,
                "mentions": [
                    mention_row(one)
                    for one in mentions_of(document, policy=policy, implied=implied)
                ],
            }
        )
    return Done(tuple(rows), len(batch), unread)


def mentions_of(document: Document, *, policy: Policy, implied: bool) -> Iterator[Mention]:
    """The numeric mentions of an article's English sentences, with offsets in the article."""
    unread = [(one.start, one.end) for one in document.sentences if not one.is_english]
    for mention in read_article(document.article.text, policy=policy, implied=implied):
        if not any(start <= mention.number_start < end for start, end in unread):
            yield mention


def unread_languages(document: Document) -> Counter[str]:
    """How many sentences of an article are in each language that is not read."""
    return Counter(str(one.language) for one in document.sentences if not one.is_english)
