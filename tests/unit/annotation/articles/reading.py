"""What is read in tests: inputs in, articles and problems out."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

from annotation.articles.intake.inputs import read_articles, read_presplit
from annotation.errors import ArticleError
from annotation.records import Article, Sentence


class Reading:
    """What came out of some inputs, and what went wrong."""

    def __init__(self, *inputs: str | Path, stdin: bytes = b"", presplit: bool = False) -> None:
        self.problems: list[ArticleError] = []
        names = [str(one) for one in inputs]
        self.articles: list[Article] = []
        self.sentences: list[Sentence] = []
        if presplit:
            self.sentences = list(
                read_presplit(names, on_problem=self.problems.append, stdin=io.BytesIO(stdin))
            )
        else:
            self.articles = list(
                read_articles(names, on_problem=self.problems.append, stdin=io.BytesIO(stdin))
            )

    @property
    def texts(self) -> list[str]:
        return [article.text for article in self.articles]

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.problems]

    def only(self) -> Article:
        assert self.messages == []
        (article,) = self.articles
        return article

    def refusal(self) -> str:
        assert not self.articles
        assert not self.sentences
        (message,) = self.messages
        return message


class FileMaker:
    """Writes a file in the current folder and gives its name."""

    def __call__(self, name: str, content: str | bytes) -> str:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name


def jsonl(*objects: object) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


ROWS = {
    "id": "n1",
    "title": "Truce",
    "text": "It holds, for now.\r\nSo far.",
    "url": "https://news.example/1",
    "source": "Example News",
    "published": "2019-03-09",
}


WHOLE = Article(
    id="n1",
    title="Truce",
    text="It holds, for now.\r\nSo far.",
    url="https://news.example/1",
    source="Example News",
    published="2019-03-09",
)


def calls_of(what: Callable[[], object]) -> int:
    """How many functions are called meanwhile: what it takes, without a clock."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        what()
    finally:
        sys.setprofile(None)
    return calls
