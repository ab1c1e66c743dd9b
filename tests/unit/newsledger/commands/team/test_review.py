"""The review queue over the fake server: filled, taken back, settled, pulled, printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from annotation.dataset.snapshot import read_snapshot
from newsledger.commands.labelling import pulling, pushing
from newsledger.commands.state import project
from newsledger.commands.team import review
from newsledger.commands.team.review import ReviewResult, WaitingSentence, fill_review
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.team.second_looks.review import review_candidates
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.corpus import make_corpus
from training.model import untrained_model

OPINIONS = review._opinions
TEXT = "A car bomb killed 12 men in Sake. Talks went on in Goma. It rained all day in Kirumba."


@pytest.fixture
def settings(tmp_path: Path, server: FakeStudio, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace with three sentences; without models, whose second opinion takes long."""
    settings = read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})

    monkeypatch.setattr(review, "_opinions", lambda *_: {})
    # It is drawn by a random id.
    monkeypatch.setattr("newsledger.team.second_looks.review.is_drawn", lambda *_: False)
    file = tmp_path / "article.txt"
    file.write_text(f"{TEXT}\n", encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        model = replace(untrained_model(ours.schema), id="m")
        assert pushing.push_into(Quiet(), ours, model, [str(file)]).created == 3
    return settings


def tasks(server: FakeStudio, *, side: bool = False) -> list[dict[str, Any]]:
    return [one for one in server.tasks.values() if ("key" in one["data"]) == side]


def says(server: FakeStudio, task: dict[str, Any], who: str, *events: str, why: str = "") -> None:
    result: list[dict[str, Any]] = [
        {"from_name": "event", "to_name": "text", "type": "choices",
         "value": {"choices": list(events)}}
    ]  # fmt: skip
    if why:
        result.append(
            {"from_name": "reason", "to_name": "text", "type": "textarea", "value": {"text": [why]}}
        )
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(transport=server, base_url=URL, headers=headers) as person:
        person.post(f"/api/tasks/{task['id']}/annotations/", json={"result": result})
    email = f"{who}@x.example"
    server.tasks[task["id"]]["annotations"][-1]["completed_by"] = {"id": hash(who), "email": email}


def disagree(server: FakeStudio, places: tuple[int, ...] = (0,)) -> None:
    for place in places:
        says(server, tasks(server)[place], "ann", "bombing")
        says(server, tasks(server)[place], "bob", "clash")


def test_nothing_labelled_makes_no_project(settings: Settings, server: FakeStudio) -> None:
    found = fill_review(settings, Quiet(), most=5)
    assert (found.waiting, found.url) == ((), "")
    assert found.text().startswith("Nothing is labelled yet, so there is nothing to look at again.")
    assert tasks(server, side=True) == []


def test_a_disagreement_waits_once_and_its_verdict_counts_from_the_next_pull(
    settings: Settings, server: FakeStudio
) -> None:
    disagree(server)
    found = fill_review(settings, Quiet(), most=5)
    assert (len(found.waiting), found.added, found.taken_back) == (1, 1, 0)
    assert "1 on which people disagree" in found.text()
    again = fill_review(settings, Quiet(), most=5)
    assert (len(again.waiting), again.added, again.taken_back) == (1, 0, 0)

    (asked,) = tasks(server, side=True)
    says(server, asked, "cat", "bombing", why="It was planted.")
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.verdicts, pulled.annotations) == (1, 2)
    assert pulled.annotators == ("ann@x.example", "bob@x.example")
    assert "Settled by a second look, whose verdict counts: 1 sentence." in pulled.text()
    kept = read_snapshot(Path(pulled.path)).annotations
    assert [(one.annotator, one.verdict) for one in kept] == [
        ("ann@x.example", False),
        ("bob@x.example", False),
        ("cat@x.example", True),
    ]
    after = fill_review(settings, Quiet(), most=5)
    assert (after.waiting, after.settled, after.taken_back) == ((), 1, 0)
    assert after.url == found.url
    printed = review.print_codebook(settings).text()
    assert printed.endswith("It was planted.")
    assert "(not: Armed clash)" in printed


def test_what_people_settle_themselves_is_taken_back(
    settings: Settings, server: FakeStudio
) -> None:
    disagree(server, (0, 1))
    assert fill_review(settings, Quiet(), most=5).added == 2
    for one in tasks(server)[0]["annotations"]:
        one["result"][0]["value"]["choices"] = ["bombing"]
    found = fill_review(settings, Quiet(), most=5)
    assert (found.added, found.taken_back, len(found.waiting)) == (0, 1, 1)


def test_a_sentence_for_several_people_is_asked_once_all_have_labelled_it(
    settings: Settings, server: FakeStudio
) -> None:
    """Whoever is to label it still would see in the queue what the others said."""
    disagree(server, (0, 1))
    for_three, for_two, _ = tasks(server)
    for_three["data"]["people"], for_two["data"]["people"] = "3", "2"
    found = fill_review(settings, Quiet(), most=5)
    assert [one.sentence_id for one in found.waiting] == [for_two["data"]["sentence_id"]]
    assert (found.added, found.more, found.left_out) == (1, 0, 1)
    assert "first to be labelled by others: 1." in found.text()
    for_two["data"]["people"] = "3"
    found = fill_review(settings, Quiet(), most=5)
    assert (found.waiting, found.taken_back, found.left_out) == ((), 1, 2)
    says(server, for_three, "cat", "bombing")
    found = fill_review(settings, Quiet(), most=5)
    assert [one.sentence_id for one in found.waiting] == [for_three["data"]["sentence_id"]]
    assert found.left_out == 1
    assert "2 of 3" in tasks(server, side=True)[0]["data"]["review"]


def test_another_answer_renews_what_the_task_shows(settings: Settings, server: FakeStudio) -> None:
    disagree(server)
    fill_review(settings, Quiet(), most=5)
    says(server, tasks(server)[0], "dan", "bombing")
    found = fill_review(settings, Quiet(), most=5)
    assert (found.added, found.taken_back) == (1, 1)
    (asked,) = tasks(server, side=True)
    assert "2 of 3" in asked["data"]["review"]


def test_no_more_wait_than_asked_for(settings: Settings, server: FakeStudio) -> None:
    disagree(server, (0, 1, 2))
    found = fill_review(settings, Quiet(), most=2)
    assert (len(found.waiting), found.more) == (2, 1)
    assert len(tasks(server, side=True)) == 2
    assert "further down: 1." in found.text()


def test_names_are_shown_only_where_asked_for(settings: Settings, server: FakeStudio) -> None:
    disagree(server)
    fill_review(settings, Quiet(), most=5)
    assert "ann@x.example" not in str(tasks(server, side=True))
    fill_review(settings, Quiet(), most=5, names=True)
    (asked,) = tasks(server, side=True)
    assert "ann@x.example" in asked["data"]["review"]


def test_without_a_reason_there_is_nothing_for_the_codebook(
    settings: Settings, server: FakeStudio
) -> None:
    disagree(server)
    fill_review(settings, Quiet(), most=5)
    says(server, tasks(server, side=True)[0], "cat", "bombing")
    pulling.pull(settings, Quiet())
    assert "has a reason" in review.print_codebook(settings).text()


def test_the_table_shows_the_first_ones_in_a_line_each() -> None:
    one = WaitingSentence("s", "A  long\nsentence " * 9, 0.5, ("likely wrong",), ("because",))
    found = ReviewResult((one,) * 30, 4, 90, 2, 30, 0, "http://x")
    (table,) = found.tables()
    assert len(table.rows) == 10
    assert table.rows[0][0] == "50 %"
    assert "\n" not in table.rows[0][1]
    assert "about 15." in found.text()


@pytest.mark.slow
def test_models_that_have_not_seen_an_article_are_asked_about_every_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review, "with_seeds", lambda _settings, _progress, snapshot: snapshot)
    settings = read_settings(workspace=tmp_path / "w", environment={})
    snapshot = make_corpus(8, noise=0.0).freeze(settings.snapshots)
    wrong = replace(snapshot.annotations[0], events=snapshot.schema.event_labels(["junk"]))
    spoilt = replace(snapshot, annotations=(wrong, *snapshot.annotations[1:]))
    opinions = OPINIONS(settings, Quiet(), spoilt)
    assert len(opinions) == len(snapshot.sentences)
    first = review_candidates(spoilt, opinions)[0]
    assert first.sentence.id == wrong.sentence_id
    assert any(one.says.startswith("ticked: ‘junk’") for one in first.reasons)
