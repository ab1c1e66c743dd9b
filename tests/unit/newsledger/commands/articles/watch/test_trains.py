"""When a watch trains."""

from __future__ import annotations

from datetime import time as hour
from typing import Any

import pytest

from annotation.errors import (
    StudioUnreachableError,
    TrainingError,
)
from newsledger.commands.labelling import retraining
from newsledger.settings import Settings
from tests.contract.fake_studio import FakeStudio
from tests.unit.newsledger.commands.articles.watch.news import Go, News
from tests.unit.newsledger.commands.articles.watch.people import label


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the trainings of a test come to, in order; taken away as they happen."""
    outcomes = list[str]()

    class Outcome:
        promoted, refreshed = True, 40
        trained = replace_model("m2")

    def retrain(settings: Settings, progress: Any) -> Any:
        outcome = outcomes.pop(0)
        if outcome == "down":
            raise StudioUnreachableError("No Label Studio is running.")
        if outcome == "too few":
            raise TrainingError("There are too few labels.")
        Outcome.promoted = outcome == "promoted"
        return Outcome

    monkeypatch.setattr(retraining, "retrain", retrain)
    return outcomes


def replace_model(name: str) -> Any:
    return type("Trained", (), {"model": name})


@pytest.mark.slow
def test_it_trains_after_so_many_new_labels_and_then_after_as_many_more(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora", "kukawa", "bama")
    rules = {"retrain_after": 2}
    assert go(news.url, **rules).trained == ""
    label(server, 2)
    trainings.append("promoted")
    assert go(news.url, after=15, **rules).trained == (
        "trained (2 new labels): m2 is the champion now, 40 suggestions replaced"
    )
    assert go(news.url, after=30, **rules).trained == ""
    label(server, 1)
    assert go(news.url, after=45, **rules).trained == ""
    label(server, 1)
    trainings.append("refused")
    assert "the gate keeps the champion" in go(news.url, after=60, **rules).trained
    assert trainings == []


def test_labels_that_do_not_suffice_are_tried_again_when_there_are_more(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora")
    go(news.url)
    label(server, 2)
    trainings += ["too few"]
    done = go(news.url, after=15, retrain_after=2)
    assert done.trained == "not trained (2 new labels): There are too few labels"
    assert go(news.url, after=30, retrain_after=2).trained == ""


def test_a_training_for_which_the_server_was_down_is_made_up_for(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora")
    go(news.url)
    label(server, 2)
    trainings += ["down", "promoted"]
    assert go(news.url, after=15, retrain_after=2).trouble == ("No Label Studio is running.",)
    assert "m2 is the champion" in go(news.url, after=30, retrain_after=2).trained


@pytest.mark.slow
def test_by_night_it_trains_once_and_only_on_what_is_new(
    go: Go, server: FakeStudio, news: News, trainings: list[str]
) -> None:
    news.add("gwoza", "mora")
    rules = {"retrain_at": hour(3)}
    assert go(news.url, **rules).trained == ""
    label(server, 1)
    assert go(news.url, after=15, **rules).trained == ""
    night = 17 * 60
    trainings.append("promoted")
    assert "night" in go(news.url, after=night + 5, **rules).trained
    label(server, 1)
    assert go(news.url, after=night + 20, **rules).trained == ""
    trainings.append("promoted")
    assert "night" in go(news.url, after=night + 24 * 60, **rules).trained
    assert go(news.url, after=night + 48 * 60, **rules).trained == ""
