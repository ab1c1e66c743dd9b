"""What a verb says in the end."""

from __future__ import annotations

from dataclasses import replace

from newsledger.commands.loop_results import PushResult

PUSHED = PushResult(
    articles=1,
    sentences=20,
    created=20,
    already_there=0,
    same_as_another=0,
    boilerplate=0,
    suggested=20,
    resent=0,
    doubles_removed=0,
    model="m",
    url="http://studio/projects/1/data",
)


def test_a_push_tells_of_tasks_that_another_push_had_doubled() -> None:
    met = replace(PUSHED, doubles_removed=3)
    assert met.to_json()["doubles_removed"] == 3
    (told,) = set(met.text().splitlines()) - set(PUSHED.text().splitlines())
    assert "3 tasks" in told


def test_one_is_one_article_and_not_articles() -> None:
    one = replace(PUSHED, articles=1, sentences=1, created=2000)
    assert one.text().startswith("1 article, 1 sentence: 2,000 new tasks, ")


def test_a_push_says_where_to_label_last() -> None:
    assert PUSHED.text().splitlines()[-1] == "Label at http://studio/projects/1/data"
