"""What a retraining says in the end, and what people see of another champion."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from annotation.labelstudio.sync import LabelStudio
from annotation.labelstudio.tasks.task_queries import QUEUE_HEAD
from annotation.records import NumericClaim, Sentence
from annotation.schema import read_schema
from newsledger.commands.labelling import pushing, retraining
from newsledger.commands.labelling.pulling import PullResult
from newsledger.commands.labelling.retraining import RetrainResult, labels_by_article
from newsledger.commands.labelling.up import up
from newsledger.commands.learning import models, offline
from newsledger.commands.learning.prune import PruneResult
from newsledger.commands.state import project
from newsledger.commands.state.project import Host
from newsledger.commands.state.seeds import SEED_ARTICLES
from newsledger.commands.state.switches import models_to_keep, unfinished
from newsledger.progress import Quiet
from newsledger.settings import Credentials, Settings, packaged, read_settings
from newsledger.team.acceptance.bulk_rounds import AcceptedRound, BulkRecord, write_bulk
from tests.contract.fake_studio import TOKEN, URL, FakeStudio
from tests.corpus import make_corpus
from tests.scripted_model import Scripted
from tests.unit.newsledger.commands.learning.test_train_result import result
from training.model import Model
from training.predictions import Predictions

PULLED = PullResult("id", "path", 9, 9, 9, 0, ("ann",), 0)
PRUNED = PruneResult(("m0",), (), 900_000, 2, 1, 2_000_000)


@pytest.mark.parametrize("promoted", [True, False])
@pytest.mark.parametrize("pruned", [PRUNED, None])
def test_its_last_line_is_the_one_to_pass_on(promoted: bool, pruned: PruneResult | None) -> None:
    trained = result(promoted=promoted, champion=0.55)
    lines = RetrainResult(PULLED, trained, 40, pruned).text().splitlines()
    assert lines[-1] == trained.outlook
    assert lines[-1].startswith("In short: ")


def test_it_tells_what_was_replaced_and_what_was_removed() -> None:
    text = RetrainResult(PULLED, result(promoted=True, champion=0.55), 1_391, PRUNED).text()
    assert "1,391 suggestions on unlabelled tasks replaced." in text
    assert "Removed: 1 model and 0 snapshots, 0.9 MB." in text


def test_skips_and_verdicts_are_no_labels_of_an_article(tmp_path: Path) -> None:
    snapshot = make_corpus(2, 3).freeze(tmp_path)
    first, second, *rest = snapshot.annotations
    others = [replace(first, verdict=True), replace(second, cancelled=True)]
    snapshot = replace(snapshot, annotations=(first, *others, *rest))
    assert labels_by_article(snapshot) == Counter(a00=2, a01=3)


# ------------------------------------------------------------------------- another champion

WAITING = tuple(f"{number} people fled {place}." for number, place in enumerate("ABCDEF", 10))


@dataclass(frozen=True, slots=True)
class Counting(Scripted):
    """A scripted model that reads each sentence's number in a way of its own."""

    low: int = 0

    def predict(self, sentences: Sequence[Sentence]) -> Predictions:
        found = Scripted.predict(self, sentences)
        low = Decimal(self.low)
        claim = NumericClaim(0, 2, "10", self.schema.claim_aliases[0], low, low, "exactly")
        claims = tuple((replace(claim, text=one.text[:2]),) for one in sentences)
        return replace(found, claims=claims)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "w", url=URL, api_key=TOKEN, environment={})


def champion(settings: Settings, number: int) -> Model:
    return cast(Model, Counting(read_schema(settings.config), id=f"m{number}", low=number))


@pytest.fixture
def studio(
    settings: Settings, server: FakeStudio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FakeStudio:
    """Six sentences wait, which is many here, with suggestions by m1."""
    monkeypatch.setattr(retraining, "CLEARED_AT_ONCE", 5)
    monkeypatch.setattr(retraining, "AT_HEAD", 2)
    monkeypatch.setattr("annotation.labelstudio.transfer.added_suggestions.TASKS_PER_CALL", 2)
    monkeypatch.setattr("annotation.labelstudio.tasks.upload.time.sleep", lambda _: None)
    file = tmp_path / "article.txt"
    file.write_text("\n".join(WAITING), encoding="utf-8")
    with project.opened(settings, Quiet()) as ours:
        pushing.push_into(Quiet(), ours, champion(settings, 1), [str(file)], presplit=True)
    server.calls.clear()
    return server


def follow(settings: Settings, number: int) -> int:
    with project.opened(settings, Quiet()) as ours:
        return retraining.refresh(settings, Quiet(), ours, champion(settings, number))


def suggested(server: FakeStudio) -> Counter[tuple[str, ...]]:
    """How many tasks have suggestions by these models."""
    return Counter(
        tuple(one["model_version"] for one in task["predictions"]) for task in server.tasks.values()
    )


def lines(server: FakeStudio) -> set[str]:
    """The ends of the lines of readings."""
    return {
        task["data"]["readings"].partition("→ ")[2][:2].strip() for task in server.tasks.values()
    }


def test_where_many_wait_all_follow_and_nothing_is_deleted(
    settings: Settings, studio: FakeStudio
) -> None:
    assert follow(settings, 2) == len(WAITING)
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    assert lines(studio) == {"2"}
    assert not [call for call in studio.calls if "DELETE" in call or "actions" in call]
    assert not settings.replacing.exists()


def test_people_see_the_new_ones_as_soon_as_the_next_sentences_have_theirs(
    settings: Settings, studio: FakeStudio
) -> None:
    (number,) = studio.projects
    by_place = sorted(studio.tasks.values(), key=lambda one: float(one["predictions"][0]["score"]))
    head = [one["id"] for one in by_place[:2]]
    seen: list[Counter[tuple[str, ...]]] = []

    def switched(request: httpx.Request, answer: Any) -> httpx.Response:
        seen.append(suggested(studio))
        assert all(len(studio.tasks[one]["predictions"]) == 2 for one in head)
        return cast(httpx.Response, answer())

    studio.fail("PATCH project", switched)
    places = [task["predictions"][0]["score"] for task in by_place[:2]]
    follow(settings, 2)
    assert [task["predictions"][1]["score"] for task in by_place[:2]] == places
    assert seen == [{("m1", "m2"): 2, ("m1",): len(WAITING) - 2}]
    assert studio.projects[number]["model_version"] == "m2"


@pytest.mark.slow
def test_what_keeps_its_place_keeps_how_it_was_picked(
    settings: Settings, studio: FakeStudio
) -> None:
    follow(settings, 2)
    by_place = sorted(studio.tasks.values(), key=lambda one: float(one["predictions"][1]["score"]))
    head = {one["data"]["sentence_id"] for one in by_place[:2]}

    def picked_for(model: str) -> set[str]:
        rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
        return {key for key, some in rows.items() if model in [named for _, _, named in some]}

    before = picked_for("m2")
    follow(settings, 3)
    everything = {task["data"]["sentence_id"] for task in studio.tasks.values()}
    assert picked_for("m3") | (head - before) == everything
    # Who labels after a rollback finds how the sentence was picked for that suggestion.
    follow(settings, 2)
    assert picked_for("m2") == before
    follow(settings, 4)
    assert picked_for("m2") == before


def test_where_few_wait_what_was_there_is_deleted(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retraining, "CLEARED_AT_ONCE", len(WAITING))
    monkeypatch.setattr("annotation.labelstudio.tasks.task_queries.QUEUE_HEAD", 1)
    assert follow(settings, 2) == len(WAITING)
    assert suggested(studio) == {("m2",): len(WAITING) - 1, ("m1", "m2"): 1}


def test_going_back_shows_what_is_there_and_stores_nothing(
    settings: Settings, studio: FakeStudio
) -> None:
    follow(settings, 2)
    studio.calls.clear()
    assert follow(settings, 1) == 0
    assert "POST project predictions" not in studio.calls
    assert studio.projects[next(iter(studio.projects))]["model_version"] == "m1"
    assert lines(studio) == {"1"}


@pytest.mark.slow
def test_with_the_seeds_alone_all_are_ranked_anew(settings: Settings, server: FakeStudio) -> None:
    with project.opened(settings, Quiet()) as ours:
        seeds = [str(packaged(SEED_ARTICLES))]
        pushing.push_into(Quiet(), ours, champion(settings, 1), seeds)
    server.calls.clear()
    with project.opened(settings, Quiet()) as ours:
        assert ours.studio.count_waiting(ours.id) * 2 < retraining.CLEARED_AT_ONCE
    follow(settings, 2)
    # What people are to get next is ranked with all others, and what is old does not stay.
    rows = json.loads(settings.picked.read_text(encoding="utf-8"))["picked"]
    assert rows.keys() == {task["data"]["sentence_id"] for task in server.tasks.values()}
    assert suggested(server).keys() == {("m2",), ("m1", "m2")}
    assert suggested(server)["m1", "m2"] == QUEUE_HEAD


def test_an_audit_that_was_taken_back_does_not_keep_its_place(
    settings: Settings, studio: FakeStudio
) -> None:
    audit, other = list(studio.tasks.values())[-2:]
    for task in (audit, other):
        task["predictions"][0]["score"] = 0.0
    undone = AcceptedRound(
        "none", 0.98, 0.9, "m1", 0, (audit["data"]["sentence_id"],), (), done=True, undone=True
    )
    write_bulk(settings.accepted, BulkRecord(rounds=(undone,), audited=undone.audit))
    follow(settings, 2)
    places = [task["predictions"][1]["score"] for task in (audit, other)]
    assert places[0] > places[1] == 0.0


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


def passes(request: httpx.Request, answer: Any) -> httpx.Response:
    return cast(httpx.Response, answer())


def kill(request: httpx.Request, answer: Any) -> httpx.Response:
    raise Killed


@contextmanager
def nobody_local(studio: Any) -> Iterator[Host]:
    yield Host(studio, None, elsewhere=False)


def removed(settings: Settings) -> set[str]:
    """The models whose suggestions go when what is old is removed."""
    with project.opened(settings, Quiet()) as ours:
        before = set(ours.studio._queries(ours.id).models())
        ours.studio.suggestions(ours.id).remove_old(keep=models_to_keep(ours), most=100)
        return before - ours.studio._queries(ours.id).models().keys()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("switches", "gone"),
    [
        ((), ""),
        ((2,), ""),
        ((2, 3), "m1"),
        # What was shown before counts, and not who has stored last.
        ((2, 1), ""),
        ((2, 1, 3), "m2"),
        ((2, 3, 2), "m1"),
        ((2, 3, 2, 1), "m3"),
    ],
)
def test_what_people_had_open_before_the_last_switch_stays(
    settings: Settings, studio: FakeStudio, switches: tuple[int, ...], gone: str
) -> None:
    for number in switches:
        follow(settings, number)
    assert removed(settings) == {gone} - {""}


@pytest.mark.slow
def test_what_a_switch_that_never_came_has_stored_was_not_shown_before(
    settings: Settings, studio: FakeStudio
) -> None:
    follow(settings, 2)
    studio.fail("PATCH project", kill)
    with pytest.raises(Killed):
        follow(settings, 3)
    # People see m2 still, and may have m1 open.
    assert removed(settings) == set()
    follow(settings, 4)
    assert removed(settings) == {"m1", "m3"}


@pytest.mark.slow
def test_where_another_has_made_a_model_the_shown_one_nothing_goes(
    settings: Settings, studio: FakeStudio
) -> None:
    for number in (2, 3, 4):
        follow(settings, number)
    studio.projects[next(iter(studio.projects))]["model_version"] = "m1"
    assert removed(settings) == set()


@pytest.mark.slow
@pytest.mark.parametrize("call", ["POST project predictions", "PATCH task"])
def test_a_retraining_ends_what_was_cut_off_where_the_gate_keeps_the_champion(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    studio.fail(call, passes, kill)
    with pytest.raises(Killed):
        follow(settings, 2)
    kept = result(promoted=False, champion=0.55)
    monkeypatch.setattr(retraining, "write_workspace_report", lambda *_: None)
    monkeypatch.setattr(offline, "train_challenger", lambda *_, **__: kept)
    monkeypatch.setattr(models, "champion", lambda _: champion(settings, 2))
    retraining.retrain(settings, Quiet(), seeds=False, prune=False)
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    assert lines(studio) == {"2"}
    studio.calls.clear()
    retraining.retrain(settings, Quiet(), seeds=False, prune=False)
    assert not [one for one in studio.calls if one.startswith("PATCH task") or "import" in one]


def test_what_is_unfinished_in_one_project_is_not_finished_in_another(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.fail("PATCH task", kill)
    with pytest.raises(Killed):
        follow(settings, 2)
    other = FakeStudio()
    named = replace(settings, credentials=Credentials("http://other.test", TOKEN))
    with monkeypatch.context() as patched:
        patched.setattr(
            project,
            "connected",
            lambda _: LabelStudio("http://other.test", TOKEN, transport=other),
        )
        with project.opened(named, Quiet()) as ours:
            assert not unfinished(named, ours.key)
        follow(named, 2)
    with project.opened(settings, Quiet()) as ours:
        assert unfinished(settings, ours.key) == "m2"
    follow(settings, 2)
    assert lines(studio) == {"2"}
    assert not settings.replacing.exists()


@pytest.mark.slow
def test_up_lets_the_next_sentences_follow_before_it_pushes_seeds(
    settings: Settings, studio: FakeStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Counter[tuple[str, ...]]] = []

    def switched(request: httpx.Request, answer: Any) -> httpx.Response:
        seen.append(suggested(studio))
        return cast(httpx.Response, answer())

    studio.fail("PATCH project", switched)
    monkeypatch.setattr(
        project, "running", lambda *_: nobody_local(LabelStudio(URL, TOKEN, transport=studio))
    )
    monkeypatch.setattr(offline, "champion_or_starter", lambda *_: champion(settings, 2))
    with up(settings, Quiet()) as found:
        assert found.counts.with_suggestion == found.counts.tasks > len(WAITING)
    assert seen == [{("m1", "m2"): 2, ("m1",): len(WAITING) - 2}]


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("call", "times"),
    [("PATCH project", 1), *(("POST project predictions", n) for n in (1, 2, 3)),
     *(("PATCH task", n) for n in range(1, 7))],
)  # fmt: skip
def test_killed_at_any_point_it_is_finished_by_up(
    settings: Settings,
    studio: FakeStudio,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    times: int,
    after: bool,
) -> None:
    def cut_off(request: httpx.Request, answer: Any) -> httpx.Response:
        if after:
            answer()
        raise Killed

    studio.fail(call, *[passes] * (times - 1), cut_off)
    with pytest.raises(Killed):
        follow(settings, 2)
    monkeypatch.setattr(
        project, "running", lambda *_: nobody_local(LabelStudio(URL, TOKEN, transport=studio))
    )
    monkeypatch.setattr(offline, "champion_or_starter", lambda *_: champion(settings, 2))
    with up(settings, Quiet(), seeds=False) as found:
        assert (found.counts.model_id, found.counts.with_suggestion) == ("m2", len(WAITING))
    assert suggested(studio) == {("m1", "m2"): len(WAITING)}
    assert lines(studio) == {"2"}
    assert not settings.replacing.exists()
