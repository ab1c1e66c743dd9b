"""Several people on one real Label Studio: what is for two goes to two, each by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.state import project
from newsledger.commands.state.project import WorkspaceProject
from newsledger.commands.team import agreement
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.team.policy import settle_policy
from tests.conftest import Studio
from tests.people import Person, join
from training.model import untrained_model

pytestmark = pytest.mark.server

SENTENCES = 60


@pytest.fixture
def ours(label_studio: Studio, tmp_path: Path) -> Iterator[tuple[Settings, WorkspaceProject]]:
    settings = label_studio.workspace(tmp_path / "w")
    with LabelStudio(label_studio.url, label_studio.token) as studio:
        found = project.find(settings, studio, read_schema(settings.config), create=True)
        yield settings, found


def test_what_is_for_two_goes_to_two_and_to_no_third_and_what_is_blind_shows_nothing(
    ours: tuple[Settings, WorkspaceProject], label_studio: Studio, tmp_path: Path
) -> None:
    settings, mine = ours
    ann, bob, cat = (join(label_studio, name) for name in ("ann", "bob", "cat"))
    told = ("Warplanes and drones flew air strikes on {}", "Food and relief came to {}")
    rows = [
        {"sentence_id": f"s{n}", "article_id": f"a{n % 12}", "text": told[n % 2].format(n)}
        for n in range(SENTENCES)
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    settle_policy(settings, blind=0.3, overlap=0.4)
    pushed = pushing.push(settings, Quiet(), [str(file)], presplit=True)
    assert pushed.for_several == 24
    assert 5 < pushed.blind < 35
    assert "for several people each: 24" in pushed.text()

    def labelled_by(person: Person, most: int) -> list[dict[str, Any]]:
        """What somebody is handed, one after the other, and labels."""
        handed: list[dict[str, Any]] = []
        while len(handed) < most and (task := person.next(mine.id)) is not None:
            assert not task["annotations"]  # nobody else's answer is in sight
            (shown,) = task["predictions"]
            assert not (task["data"]["blind"] and shown["result"])
            person.says(task["id"], ["strike" if len(handed) % 3 else "aid"])
            handed.append(task)
        return handed

    # The first of the queue are for two.
    first = labelled_by(ann, 24)
    assert {one["data"]["people"] for one in first} == {"2"}
    assert any(one["data"]["blind"] for one in first)
    # Another champion in between: whoever comes second is handed them first all the same.
    retraining.refresh(settings, Quiet(), mine, replace(untrained_model(mine.schema), id="another"))
    second = labelled_by(bob, 24)
    assert {one["id"] for one in second} == {one["id"] for one in first}
    assert {one["predictions"][0]["model_version"] for one in second} == {"another"}
    third = labelled_by(cat, SENTENCES)
    assert {one["data"]["people"] for one in third} == {""}
    assert len(third) == SENTENCES - 24
    assert ann.next(mine.id) is None
    assert bob.next(mine.id) is None
    for person in (ann, bob, cat):
        person.http.close()

    pulled = pulling.pull(settings, Quiet())
    assert pulled.annotations == 24 * 2 + len(third)
    found = agreement.measure_agreement(settings, Quiet(), Path(pulled.path)).agreement
    assert (found.sentences, found.people) == (24, ("ann@review.example", "bob@review.example"))
