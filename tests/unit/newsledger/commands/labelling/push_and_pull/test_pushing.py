"""What a push makes of articles, and what it tells."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.articles.pushed_sentences import KeptBack
from newsledger.commands.handover.places import build_gazetteer
from newsledger.commands.labelling import pushing
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.state.seeds import SEED_ARTICLES
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.days_and_places.when_where import WhenWhereReader
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.contract.fake_studio import FakeStudio
from tests.docs.console import ROOT
from tests.unit.newsledger.commands.labelling.push_and_pull.people import (
    PUSHED,
    label,
)
from training.model import untrained_model


def test_a_task_shows_its_surroundings_and_the_headline_once(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    file = tmp_path / "article.txt"
    file.write_text("Shells hit Sake\n\nTwo men died. Others fled.\n", encoding="utf-8")
    pushing.push_into(Quiet(), ours, replace(untrained_model(ours.schema), id="m"), [str(file)])
    assert [
        (task["data"]["before"], task["data"]["text"], task["data"]["after"])
        for task in server.tasks.values()
    ] == [
        ("", "Shells hit Sake", "Two men died."),
        ("", "Two men died.", "Others fled."),
        ("Two men died.", "Others fled.", ""),
    ]


def test_a_task_shows_day_and_place_as_they_are_read_in_the_order_of_the_article(
    settings: Settings, ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    build_gazetteer(settings, Quiet(), ["SY"], source=ROOT / "docs" / "places-example.txt")
    told = "Two men died in Idlib on Monday. The next day others fled. Nobody was hurt."
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps({"text": told, "published": "2026-11-20"}), encoding="utf-8")
    pushing.push_into(
        Quiet(),
        ours,
        replace(untrained_model(ours.schema), id="m"),
        [str(file)],
        when_where=WhenWhereReader(open_gazetteer(settings.gazetteer)),
    )
    shown = [task["data"]["when_where"] for task in server.tasks.values()]
    assert shown == ["2026-11-16 · Idlib", "2026-11-17", ""]


def test_a_push_tells_of_tasks_that_another_push_had_doubled() -> None:
    met = replace(PUSHED, doubles_removed=3)
    assert met.to_json()["doubles_removed"] == 3
    (told,) = set(met.text().splitlines()) - set(PUSHED.text().splitlines())
    assert "3 tasks" in told


def test_one_is_one_article_and_not_articles() -> None:
    one = replace(PUSHED, articles=1, sentences=1, created=2000)
    assert one.text().startswith("1 article, 1 sentence: 2,000 new tasks, ")


def test_a_push_of_nothing_has_no_summary() -> None:
    nothing = replace(PUSHED, articles=0, sentences=0, created=0, suggested=0)
    assert nothing.text() == "No article was read, so nothing was pushed."
    known = replace(PUSHED, created=0, already_there=20, suggested=0)
    assert "0 suggestions" not in known.text()
    assert "20 there already" in known.text()


def test_a_push_says_where_to_label_last() -> None:
    assert PUSHED.text().splitlines()[-1] == "Label at http://studio/projects/1/data"


def test_what_says_the_same_is_listed_in_the_result_and_in_its_task(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    model = replace(untrained_model(ours.schema), id="m")
    rows = [
        {"id": "a", "text": "The army killed twelve men near Slavne on Friday, a monitor said."},
        {"id": "b", "text": "KYIV: The army killed 12 men near Slavne on Friday, a monitor said."},
        {"id": "c", "text": "The army killed twelve men near Opytne on Friday, a monitor said."},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    pushed = pushing.push_into(Quiet(), ours, model, [str(file)])
    (same,) = pushed.kept_back
    assert (same.sentence_id.split(":")[0], same.shown_id.split(":")[0]) == ("b", "a")
    assert "“KYIV: The army killed 12 men near Slavne" in pushed.text()
    tasks = {task["data"]["article_id"]: task["data"]["also_in"] for task in server.tasks.values()}
    assert tasks == {"a": [same.sentence_id], "c": []}


def test_of_many_that_say_the_same_a_few_are_shown() -> None:
    one = KeptBack("b:0-9", "Long\nago " * 40, "a:0-9", "Long ago")
    text = replace(PUSHED, kept_back=(one,) * 5).text()
    assert text.count("b:0-9 “Long ago") == 3
    assert "2 more: `newsledger push --json`" in text
    assert max(map(len, text.splitlines())) < 200


@pytest.mark.slow
def test_seeds_that_nobody_has_worked_on_go_and_come_back(
    ours: WorkspaceProject, server: FakeStudio, tmp_path: Path
) -> None:
    seeds = str(min(packaged(SEED_ARTICLES).glob("*.txt")))
    model = replace(untrained_model(ours.schema), id="m")
    number = pushing.push_into(Quiet(), ours, model, [seeds]).created
    tasks = [one["data"] for one in server.tasks.values()]
    label(server, tasks[1]["sentence_id"])
    mine = tmp_path / "mine.txt"
    mine.write_text(f"The same news.\n\n{tasks[5]['text']}\n", encoding="utf-8")
    assert pushing.push_into(Quiet(), ours, model, [str(mine)]).same_as_another == 1

    assert pushing.take_out_seeds(Quiet(), ours) == number - 1
    assert pushing.take_out_seeds(Quiet(), ours) == 0
    assert pushing.push_into(Quiet(), ours, model, [str(mine)]).created == 1
    # One of them is shown as one's own by now.
    assert pushing.push_into(Quiet(), ours, model, [seeds]).created == number - 2
