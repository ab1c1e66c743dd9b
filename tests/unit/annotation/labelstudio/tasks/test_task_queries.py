"""Queries that fit through whatever stands before the server, and what they make of its counts."""

from __future__ import annotations

import httpx
import pytest

from annotation.labelstudio.sync import LabelStudio
from annotation.labelstudio.tasks.task_queries import FoundTask
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, pairs, prediction, task
from tests.contract.fake_studio import TOKEN, URL, FakeStudio

SCHEMA = parse_schema(CONFIG)

REQUEST_LINE = 4_094
"""Bytes; gunicorn refuses longer ones as it comes."""


class Narrow(httpx.BaseTransport):
    """Turns away what a server with short request lines turns away."""

    def __init__(self) -> None:
        self.fake = FakeStudio()
        self.longest = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        line = len(request.method) + 1 + len(request.url.raw_path) + len(" HTTP/1.1\r\n")
        self.longest = max(self.longest, line)
        if line > REQUEST_LINE:
            return httpx.Response(400, text="<html>Request Line is too large")
        return self.fake.handle_request(request)


@pytest.mark.slow
@pytest.mark.parametrize(
    "key",
    [
        "a{}",
        "article-{}:0001",
        "https://news.example/2026/11/28/a-headline-with-many-words-{}.html#s0012",
        'a "quoted", key {}',
        "Київ {} 🙂 100%",
        "\\{}\t&=#+/",
        "ش" * 100 + "{}",
        "x" * 600 + "{}",
        "{}" + "%" * 200,
        "{}" + '"' * 200,
    ],
)
def test_queries_by_key_fit_a_short_request_line(key: str) -> None:
    narrow = Narrow()
    keys = [key.format(number) for number in range(120)]
    rows = [(task(one), prediction(one)) for one in keys]
    with LabelStudio(URL, TOKEN, transport=narrow) as ours:
        project = ours.ensure_project("A project", SCHEMA).id
        assert ours.push(project, rows, SCHEMA).created == 120
        assert ours.push(project, rows, SCHEMA).already_there == 120
        new = [
            prediction(one, "a-model-with-a-name-of-usual-length-20261128T201851Z") for one in keys
        ]
        assert (
            ours.suggestions(project).replace(new, SCHEMA, model_id=new[0].model_id).suggested
            == 120
        )
    assert narrow.longest > 1_000


def test_who_has_an_annotation_is_labelled_whatever_the_server_counts() -> None:
    """Its count is set back where a task's data are stored in the same moment."""
    fake = FakeStudio()
    with LabelStudio(URL, TOKEN, transport=fake) as ours:
        project = ours.ensure_project("A project", SCHEMA).id
        ours.push(project, pairs(4), SCHEMA)
        for task, cancelled in zip(fake.tasks.values(), (False, True, False), strict=False):
            task["annotations"] = [{"id": 50, "was_cancelled": cancelled, "result": []}]
        first = next(iter(fake.tasks.values()))
        first["counted"] = 0
        assert [one.id for one in ours.unlabelled(project, SCHEMA)] == ["s00001", "s00003"]


@pytest.mark.parametrize(
    ("data", "labels", "blind", "people", "waiting"),
    [
        ({}, 0, False, 1, True),
        ({}, 1, False, 1, False),
        ({"blind": True, "people": ""}, 0, True, 1, True),
        ({"blind": "true", "people": "2"}, 1, False, 2, True),
        ({"blind": 1, "people": "2"}, 2, False, 2, False),
        ({"blind": None, "people": 3}, 1, False, 1, False),
        ({"people": "0"}, 0, False, 1, True),
        ({"people": "-2"}, 0, False, 1, True),
        ({"people": "two"}, 1, False, 1, False),
        ({"people": "10"}, 9, False, 10, True),
    ],
)
def test_a_task_says_who_is_to_label_it_and_how(
    data: dict[str, object], labels: int, blind: bool, people: int, waiting: bool
) -> None:
    found = FoundTask(1, data, "s", frozenset(), labels, 0, False)
    assert (found.blind, found.people, found.waiting) == (blind, people, waiting)
