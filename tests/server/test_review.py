"""A disagreement of two people, settled by a third in the review project of a real Label Studio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotation.dataset.adjudication import adjudicate
from annotation.dataset.snapshot import Snapshot, read_snapshot
from newsledger.commands.labelling import pulling
from newsledger.commands.state.project import opened
from newsledger.commands.team import review
from newsledger.progress import Quiet
from newsledger.settings import Settings
from newsledger.team.second_looks.review_config import KIND
from tests.conftest import Studio
from tests.people import DISPUTED, Person, join, project_number, push_disputed, reason
from training.examples import build_examples

pytestmark = pytest.mark.server


@pytest.fixture
def people(label_studio: Studio) -> Iterator[tuple[Person, Person, Person]]:
    """Ann and Bob label, Cat looks again."""
    ann, bob, cat = (join(label_studio, name) for name in ("ann", "bob", "cat"))
    yield ann, bob, cat
    for one in (ann, bob, cat):
        one.http.close()


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without second opinions, which take a minute: what people say is enough here."""
    monkeypatch.setattr(review, "_opinions", lambda *_: {})


@pytest.fixture
def settings(label_studio: Studio, tmp_path: Path) -> Settings:
    """A fresh workspace with one article pushed."""
    settings = label_studio.workspace(tmp_path / "workspace")
    assert push_disputed(settings, tmp_path).created >= 3
    return settings


def frozen(pulled: pulling.PullResult) -> Snapshot:
    return read_snapshot(Path(pulled.path))


def disagree(settings: Settings, ann: Person, bob: Person) -> tuple[int, dict[str, Any]]:
    """Two people label the disputed sentence differently: the main project, and the task there."""
    with opened(settings, Quiet()) as ours:
        main = project_number(ours.page)
    bomb = ann.task_with(main, DISPUTED)
    ann.says(bomb["id"], ["bombing"])
    bob.says(bomb["id"], ["clash"])
    return main, bomb


def test_what_two_people_say_differently_is_settled_by_a_third_and_taught(
    settings: Settings, people: tuple[Person, Person, Person]
) -> None:
    ann, bob, cat = people
    main, bomb = disagree(settings, ann, bob)
    snapshot = frozen(pulling.pull(settings, Quiet()))
    key = bomb["data"]["sentence_id"]
    assert key not in build_examples(snapshot).sentence_ids  # people are split: it teaches nothing

    filled = review.fill_review(settings, Quiet(), most=20, names=True)
    assert filled.waiting[0].sentence_id == key
    assert filled.waiting[0].kinds[0] == "people disagree"
    assert any("1 of 2 ticked ‘Armed clash’" in one for one in filled.waiting[0].reasons)
    side = project_number(filled.url)
    task = next(one for one in cat.tasks(side) if one["data"]["sentence_id"] == key)
    assert "ann@review.example" in task["data"]["review"]
    assert task["predictions"][0]["model_version"] == KIND
    again = review.fill_review(settings, Quiet(), most=20, names=True)
    assert (again.added, again.taken_back) == (0, 0)

    cat.says(task["id"], ["bombing"], reason("Planted, so no clash"))
    pulled = pulling.pull(settings, Quiet())
    assert (pulled.verdicts, pulled.annotations) == (1, 2)
    assert set(pulled.annotators) == {"ann@review.example", "bob@review.example"}
    snapshot = frozen(pulled)
    found = [one for one in snapshot.annotations if one.sentence_id == key]
    assert {one.annotator.split("@")[0]: one.events.aliases for one in found} == {
        "ann": ("bombing",),
        "bob": ("clash",),
        "cat": ("bombing",),
    }
    decided = adjudicate(found, snapshot.schema)
    assert decided.events.aliases == ("bombing",)
    assert [one.annotator for one in decided.counted] == ["cat@review.example"]
    rows = build_examples(snapshot)
    taught = rows.labels[rows.sentence_ids.index(key)]
    assert [a for a, on in zip(rows.label_names, taught, strict=True) if on] == ["bombing"]

    # Settled, it is not asked again; and it never becomes an annotation of the main project.
    after = review.fill_review(settings, Quiet(), most=20)
    assert key not in {one.sentence_id for one in after.waiting}
    (same,) = (one for one in ann.tasks(main) if one["id"] == bomb["id"])
    assert same["total_annotations"] == 2
    (call,) = review.print_codebook(settings).close_calls
    assert call.why == "Planted, so no clash"


def test_what_is_settled_in_the_main_project_meanwhile_is_taken_back(
    settings: Settings, people: tuple[Person, Person, Person]
) -> None:
    ann, bob, cat = people
    _, bomb = disagree(settings, ann, bob)
    side = project_number(review.fill_review(settings, Quiet(), most=20).url)
    assert [one["data"]["sentence_id"] for one in cat.tasks(side)] == [bomb["data"]["sentence_id"]]
    # Label Studio's own star settles it, too.
    (first, *_) = cat.http.get(f"/api/tasks/{bomb['id']}/annotations/").json()
    cat.http.patch(
        f"/api/annotations/{first['id']}/", json={"ground_truth": True}
    ).raise_for_status()
    filled = review.fill_review(settings, Quiet(), most=20)
    assert (filled.taken_back, filled.waiting) == (1, ())
    assert cat.tasks(side) == []
