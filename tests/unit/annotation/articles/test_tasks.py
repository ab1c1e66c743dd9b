"""An article becomes tasks: each sentence between its neighbours, below the headline."""

from __future__ import annotations

from hashlib import sha256

from annotation.articles.intake.inputs import read_presplit
from annotation.articles.tasks import Document, read_documents, read_sentences
from annotation.errors import ArticleError
from annotation.records import Article, Sentence
from tests.unit.annotation.articles.reading import FileMaker, jsonl


def documents(*names: str, presplit: bool = False) -> list[Document]:
    problems: list[ArticleError] = []
    found = list(read_documents(names, on_problem=problems.append, presplit=presplit))
    assert problems == []
    return found


def test_a_task_shows_the_neighbours_of_its_sentence_and_the_headline_once(
    file: FileMaker,
) -> None:
    name = file("a.txt", "Shells hit Sake\n\nTwo men died. Others fled.\n")
    (document,) = documents(name)
    assert [
        (task.title, task.before, task.sentence.text, task.after) for task in document.tasks()
    ] == [
        ("Shells hit Sake", "", "Shells hit Sake", "Two men died."),
        ("Shells hit Sake", "", "Two men died.", "Others fled."),
        ("Shells hit Sake", "Two men died.", "Others fled.", ""),
    ]


def test_a_task_names_publisher_and_date_where_they_are_known() -> None:
    def outlet(source: str | None, published: str | None) -> str:
        article = Article("a", "", "One.", source=source, published=published)
        (task,) = Document(article, (Sentence("a:0-4", "a", 0, 0, 4, "One."),)).tasks()
        return task.source

    assert outlet("Reuters", "2019-03-09") == "Reuters · 2019-03-09"
    assert outlet(None, "2019-03-09") == "2019-03-09"
    assert outlet(None, None) == ""


def test_a_task_says_where_its_article_comes_from(file: FileMaker) -> None:
    row = {"id": "7", "text": "One.", "source": "Reuters", "url": "https://x.test/7"}
    (document,) = documents(file("a.jsonl", jsonl({**row, "published": "2019-03-09"})))
    (task,) = document.tasks()
    assert task.article is not None
    assert (task.article.id, task.article.source, task.article.url) == (
        "7",
        "Reuters",
        "https://x.test/7",
    )
    assert task.article.published == "2019-03-09"
    assert task.article.sha256 == sha256(b"One.").hexdigest()


def test_rows_of_one_article_that_follow_each_other_are_neighbours(file: FileMaker) -> None:
    rows = [("a", "One."), ("a", "Two."), ("b", "Three."), ("a", "Four.")]
    name = file("a.jsonl", jsonl(*({"article_id": key, "text": text} for key, text in rows)))
    found = documents(name, presplit=True)
    assert [[(task.before, task.after) for task in document.tasks()] for document in found] == [
        [("", "Two."), ("One.", "")],
        [("", "")],
        [("", "")],
    ]
    assert [document.article for document in found] == [
        Article(key, "", "") for key in ("a", "b", "a")
    ]


def test_sentences_are_those_of_the_documents(file: FileMaker) -> None:
    name = file("a.txt", "Two men died. Others fled.\nSome came back.\n")
    cut = tuple(read_sentences([name], on_problem=print))
    rows = tuple(read_presplit([name], on_problem=print))
    for presplit, found in ((False, cut), (True, rows)):
        whole = documents(name, presplit=presplit)
        assert found == tuple(one for document in whole for one in document.sentences)
        assert len(found) == (2 if presplit else 3)


def test_sentences_that_were_cut_already_come_one_by_one(file: FileMaker) -> None:
    name = file("a.jsonl", jsonl({"article_id": "a", "text": "One."}) + "not json\n")
    problems: list[ArticleError] = []
    found = read_presplit([name], on_problem=problems.append)
    assert next(found).text == "One."
    assert problems == []
