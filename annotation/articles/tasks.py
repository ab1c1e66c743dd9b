"""An article's way to tasks: cut into sentences, each shown between its neighbours."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from annotation.articles.intake.inputs import read_articles, read_presplit
from annotation.articles.readers.interface import KeepPage, OnProblem
from annotation.articles.sentences import split
from annotation.records import Article, ArticleMetadata, Sentence, Task


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its sentences."""

    article: Article
    """The article; of sentences that came cut already, nothing but its id."""
    sentences: tuple[Sentence, ...]
    """Its sentences, in order."""

    @property
    def language(self) -> str | None:
        """The language of most of its text, None where nobody has told it."""
        characters = Counter[str | None]()
        for sentence in self.sentences:
            characters[sentence.language] += len(sentence.text)
        return characters.most_common(1)[0][0] if characters else None

    def tasks(self) -> Iterator[Task]:
        """Each sentence as annotators see it: between its neighbours, below the headline."""
        article, sentences = self.article, self.sentences
        metadata = replace(metadata_of(article), language=self.language)
        for position, sentence in enumerate(sentences):
            before = sentences[position - 1].text if position else ""
            yield Task(
                sentence=sentence,
                title=article.title,
                before=before if before != article.title else "",  # the title is above it already
                after=sentences[position + 1].text if position + 1 < len(sentences) else "",
                source=metadata.dateline,
                article=metadata,
            )


def metadata_of(article: Article) -> ArticleMetadata:
    """What is known of an article, without its text; of sentences that came cut already, its id."""
    digest = hashlib.sha256(article.text.encode()).hexdigest() if article.text else None
    return ArticleMetadata(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        sha256=digest,
        page_sha256=article.page_sha256,
    )


def read_documents(
    inputs: Iterable[str],
    *,
    on_problem: OnProblem,
    presplit: bool = False,
    allow_private: bool = False,
    keep_page: KeepPage | None = None,
) -> Iterator[Document]:
    """The articles of all inputs with their sentences, one after the other.

    Args:
        inputs: what to read, as for :func:`.read_articles` and :func:`.read_presplit`.
        on_problem: is told what could not be read, where, and what to do.
        presplit: each row is one sentence already. Rows of one article that follow each other are
            one document.
        allow_private: read from private, loopback and link-local addresses too.
        keep_page: keeps each page that was fetched; None to keep none.
    """
    if presplit:
        yield from _documents_of(read_presplit(inputs, on_problem=on_problem))
        return
    for article in read_articles(
        inputs, on_problem=on_problem, allow_private=allow_private, keep_page=keep_page
    ):
        yield Document(article, split(article))


def read_sentences(
    inputs: Iterable[str], *, on_problem: OnProblem, allow_private: bool = False
) -> Iterator[Sentence]:
    """The sentences of all inputs; arguments as for :func:`read_documents`."""
    for document in read_documents(inputs, on_problem=on_problem, allow_private=allow_private):
        yield from document.sentences


def _documents_of(sentences: Iterable[Sentence]) -> Iterator[Document]:
    for article, group in groupby(sentences, key=attrgetter("article_id")):
        yield Document(Article(article, "", ""), tuple(group))
