"""What tasks show and ask beside their sentences, so that a project can be made again.

Most of it follows from the other sentences of the article and from what is known of it. Kept is
only what does not: a neighbour that is in no project because it says the same as another sentence,
and what was drawn or found when the task was made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from annotation.records import ArticleMetadata, Picked, Sentence, Task


@dataclass(frozen=True, slots=True)
class TaskContext:
    """What a task has that does not follow from the sentences and articles of its dataset."""

    sentence_id: str
    """The sentence that it shows."""
    title: str | None = None
    """Headline, None where it is the one that is known of the article."""
    before: str | None = None
    """The sentence before it, None where it is the dataset's."""
    after: str | None = None
    """The sentence after it, likewise."""
    source: str | None = None
    """Publisher and date in one line, None where they are those that are known."""
    also_in: tuple[str, ...] = ()
    """Ids of sentences that say the same, in whose place it is shown."""
    blind: bool = False
    """True where it was drawn to be labelled without a suggestion."""
    people: int = 1
    """How many people are to label it."""


_SHOWN = ("title", "before", "after", "source")
_DRAWN = ("also_in", "blind", "people")


def task_contexts(
    tasks: Iterable[Task], sentences: Sequence[Sentence], articles: Iterable[ArticleMetadata]
) -> tuple[TaskContext, ...]:
    """The contexts of those tasks that have any, ordered by their sentences' ids.

    Args:
        tasks: as they are in a project; those of other sentences are left out.
        sentences: all of a dataset, by article and position.
        articles: what is known of the articles.
    """
    known = {task.sentence.id: task for task in tasks}
    found = {}
    for follows in _that_follow(sentences, articles):
        key = follows.sentence.id
        task = known.get(key)
        if task is None:
            continue
        shown: dict[str, Any] = {
            name: getattr(task, name)
            for name in _SHOWN
            if getattr(task, name) != getattr(follows, name)
        }
        one = TaskContext(key, **shown, **{name: getattr(task, name) for name in _DRAWN})
        if one != TaskContext(key):
            found[key] = one
    return tuple(found[key] for key in sorted(found))


def tasks_of(
    sentences: Sequence[Sentence],
    articles: Iterable[ArticleMetadata],
    contexts: Mapping[str, TaskContext],
    picked: Mapping[str, Picked],
) -> dict[str, Task]:
    """The tasks of a dataset as a project had them, by their sentences' ids.

    Args:
        sentences: all of the dataset, by article and position.
        articles: what is known of the articles.
        contexts: what does not follow from these, by sentence id.
        picked: how sentences came to be labelled, by id.
    """
    found = {}
    for task in _that_follow(sentences, articles):
        key = task.sentence.id
        context = contexts.get(key, TaskContext(key))
        more = {
            name: getattr(context, name)
            for name in (*_SHOWN, *_DRAWN)
            if getattr(context, name) is not None
        }
        found[key] = replace(task, picked=picked.get(key, Picked()), **more)
    return found


def task_context_row(context: TaskContext) -> dict[str, Any]:
    """A context in JSON values, without what is as usual."""
    usual = TaskContext(context.sentence_id)
    return {
        one.name: getattr(context, one.name)
        for one in fields(context)
        if one.name == "sentence_id" or getattr(context, one.name) != getattr(usual, one.name)
    }


def task_context_of(row: Mapping[str, Any]) -> TaskContext:
    """A context of JSON values.

    Raises:
        KeyError, TypeError: they are none.
    """
    return TaskContext(**{**row, "also_in": tuple(row.get("also_in", ()))})


def _that_follow(
    sentences: Sequence[Sentence], articles: Iterable[ArticleMetadata]
) -> Iterator[Task]:
    """A task for each sentence, with the neighbours that it has in the dataset."""
    known = {one.id: one for one in articles}
    neighbours = zip((None, *sentences), sentences, (*sentences[1:], None), strict=False)
    for before, one, after in neighbours:
        article = known.get(one.article_id)
        if article is not None and article.language != one.language:
            # A task names one language: of its article, and so of its sentence. Older ones none.
            article = replace(article, language=one.language)
        yield Task(
            one,
            title=article.title if article else "",
            before=_beside(before, one, article),
            after=_beside(after, one, article),
            source=article.dateline if article else "",
            article=article,
        )


def _beside(other: Sentence | None, one: Sentence, article: ArticleMetadata | None) -> str:
    """A neighbour, unless it is another article's or the headline, which is above it already."""
    if other is None or other.article_id != one.article_id:
        return ""
    return "" if article and other.text == article.title else other.text
