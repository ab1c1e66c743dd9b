"""Tasks come back as a project had them, and a snapshot keeps no word twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotation.articles.tasks import Document
from annotation.dataset.snapshot import adopt_snapshot, read_snapshot, write_snapshot
from annotation.dataset.task_contexts import (
    TaskContext,
    task_context_of,
    task_context_row,
    task_contexts,
    tasks_of,
)
from annotation.records import Article, ArticleMetadata, Picked, Sentence, Task
from tests.corpus import make_corpus


def document(name: str, title: str = "Raid kills 12") -> Document:
    article = Article(name, title, "", source="The Paper", published="2026-11-01")
    texts = (title, "One.", "Two.", "Three.")
    rows = [Sentence(f"{name}:{n}", name, n, n, n + 1, text) for n, text in enumerate(texts)]
    return Document(article, tuple(rows))


TASKS = tuple(task for name in ("a", "b") for task in document(name).tasks())
SENTENCES = tuple(task.sentence for task in TASKS)
ARTICLES = tuple({task.article.id: task.article for task in TASKS if task.article}.values())


def test_what_follows_from_the_sentences_is_not_kept() -> None:
    assert task_contexts(TASKS, SENTENCES, ARTICLES) == ()
    assert tuple(tasks_of(SENTENCES, ARTICLES, {}, {}).values()) == TASKS


def test_what_does_not_follow_comes_back() -> None:
    picked = {"a:1": Picked("random", 0.25)}
    tasks = [
        replace(TASKS[1], also_in=("c:1", "d:2"), picked=picked["a:1"]),
        replace(TASKS[2], blind=True),
        replace(TASKS[3], people=3, after="A sentence that another paper had, too."),
        replace(TASKS[4], title="Another headline", before="", source=""),
    ]
    there = [one.sentence for one in (TASKS[0], *tasks)]
    contexts = task_contexts([TASKS[0], *tasks], there, ARTICLES)
    assert [one.sentence_id for one in contexts] == ["a:1", "a:2", "a:3", "b:0"]
    rows = [task_context_row(one) for one in contexts]
    assert rows[1] == {"sentence_id": "a:2", "blind": True}
    assert rows[2]["people"] == 3
    kept = {one.sentence_id: one for one in map(task_context_of, rows)}
    assert tasks_of(there, ARTICLES, kept, picked) == {
        one.sentence.id: one for one in (TASKS[0], *tasks)
    }


def test_a_neighbour_that_is_in_no_project_is_kept() -> None:
    without = tuple(task for task in TASKS if task.sentence.id != "a:2")
    there = tuple(task.sentence for task in without)
    contexts = {one.sentence_id: one for one in task_contexts(without, there, ARTICLES)}
    assert contexts == {
        "a:1": TaskContext("a:1", after="Two."),
        "a:3": TaskContext("a:3", before="Two."),
    }


def test_a_sentence_that_told_no_language_beside_one_that_did_tells_none_again() -> None:
    told = replace(SENTENCES[1], language="fr")
    there = (SENTENCES[0], told)
    found = tasks_of(there, [ArticleMetadata("a", language="fr")], {}, {})
    languages = [one.article.language if one.article else "" for one in found.values()]
    assert languages == [None, "fr"]


def test_of_no_sentence_there_is_no_task() -> None:
    assert task_contexts(TASKS, (), ARTICLES) == ()
    assert tasks_of((), (), {}, {}) == {}


def test_tasks_of_sentences_that_are_not_there_are_left_out() -> None:
    assert task_contexts([replace(TASKS[0], blind=True)], SENTENCES[1:], ARTICLES) == ()


def test_a_snapshot_has_them_and_hands_them_on(tmp_path: Path) -> None:
    corpus = make_corpus(2, 3)
    blind = Task(corpus.sentences[1], before=corpus.sentences[0].text, blind=True)
    written = write_snapshot(
        tmp_path / "one",
        sentences=corpus.sentences,
        annotations=corpus.annotations,
        schema=corpus.schema,
        articles=[ArticleMetadata("a00", "Title")],
        tasks=[blind],
    )
    assert read_snapshot(written.path) == written
    assert written.tasks()[corpus.sentences[1].id].blind
    assert adopt_snapshot(tmp_path / "two", written.path).contexts == written.contexts
    plain = corpus.freeze(tmp_path / "three")
    assert plain.contexts == {}
    assert not (plain.path / "tasks.jsonl").exists()
    assert plain.id != written.id
