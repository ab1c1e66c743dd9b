"""What a trace says, and what it refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.errors import InputError, SnapshotError
from newsledger.commands.handover.ledger import ledger
from newsledger.commands.handover.places import build_gazetteer
from newsledger.commands.handover.trace import trace
from newsledger.commands.learning import offline
from newsledger.commands.state.task_addresses import keep_task_addresses
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import make_corpus
from tests.docs.console import ROOT
from tests.unit.newsledger.ledger.handover import snapshot


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def test_a_claim_of_people_is_told_from_its_words_to_the_model(settings: Settings) -> None:
    snapshot(settings.snapshots)
    told = trace(settings, Quiet(), "a1:0-18#2-12").text()
    for said in (
        "a1:0-18#2-12 (claims)",
        "Article a1: Twelve · The Paper · 2026-11-05 · https://x.example/1",
        "Sentence a1:0-18, code points 0 to 18: “- Twelve men died.”",
        "claims “Twelve men” (2 to 12): dead exactly 12, decided by people (2 for, 1 against)",
        "ann@newsledger.example",
        "changed from m0",
        "Model m0: no longer in this workspace",
    ):
        assert said in told


@pytest.mark.parametrize(
    ("low", "high", "modifier", "said"),
    [
        (12, 12, "exactly", "dead exactly 12, decided"),
        (300, None, "at_least", "dead at least 300, decided"),
        (None, 1200.5, "at_most", "dead at most 1,200.5, decided"),
        (10, 15, "between", "dead 10 to 15, decided"),
        (40, 40, "about", "dead about 40, decided"),
        (24, None, "vague", "dead at least 24 (vague), decided"),
        (None, None, None, "dead no number, decided"),
    ],
)
def test_a_value_is_told_as_people_say_it_and_kept_as_the_code_has_it(
    settings: Settings, low: float | None, high: float | None, modifier: str | None, said: str
) -> None:
    snapshot(settings.snapshots)
    found = trace(settings, Quiet(), "a1:0-18#2-12")
    row: dict[str, object] = {"low": low, "high": high, "modifier": modifier}
    (sentence,) = found.to_json()["sentences"]
    claims = [{**sentence["claims"][0], **row}]
    told = replace(found, sentences=({**sentence, "claims": claims},))
    assert said in told.text()
    assert told.to_json()["sentences"][0]["claims"][0]["modifier"] == modifier


def test_after_a_pull_it_names_the_task(settings: Settings) -> None:
    snapshot(settings.snapshots)
    keep_task_addresses(settings, "http://studio/projects/1/data", {"a1:0-18": 7})
    result = trace(settings, Quiet(), "a1:0-18#2-12")
    assert "    task http://studio/projects/1/data?task=7\n" in result.text()
    assert result.to_json()["sentences"][0]["task"] == "http://studio/projects/1/data?task=7"


@pytest.mark.slow
def test_a_claim_of_the_model_leads_to_its_snapshot_and_ruling(settings: Settings) -> None:
    corpus = make_corpus(8)
    learnt = corpus.freeze(settings.snapshots)
    made = offline.train_challenger(settings, Quiet(), learnt, promote=True)
    now = write_snapshot(
        settings.snapshots,
        sentences=corpus.sentences,
        annotations=corpus.annotations[:20],
        schema=corpus.schema,
    )
    key = corpus.sentences[-1].id
    result = trace(settings, Quiet(), key)
    (model,) = result.models
    assert (model.id, model.snapshot, result.snapshot) == (made.model, learnt.id, now.id)
    assert [one["act"] for one in model.promotions] == ["promote"]
    assert f"trained on snapshot {learnt.id}" in result.text()
    assert model.promotions[0]["reason"] in result.text()
    whole = trace(settings, Quiet(), made.model)
    assert whole.table == "models"
    assert whole.models == (model,)
    assert "more: --json has them all" in whole.text()
    assert json.loads(json.dumps(whole.to_json()))["sentences"]


def test_the_incidents_that_the_ledger_shows_can_be_traced(settings: Settings) -> None:
    snapshot(settings.snapshots)
    shown = ledger(settings, Quiet(), people_only=True).incidents
    assert shown
    for one in shown:
        result = trace(settings, Quiet(), one["incident_id"])
        assert result.table == "incidents"
        assert one["incident_id"] in result.text()


def test_a_sentence_has_the_place_that_the_ledger_has(settings: Settings) -> None:
    corpus = make_corpus(1, 1)
    text = "A bomb hit a market in Raqqa."
    sentence = replace(corpus.sentences[0], text=text, end=len(text))
    write_snapshot(
        settings.snapshots, sentences=[sentence], annotations=corpus.annotations,
        schema=corpus.schema,
    )  # fmt: skip
    build_gazetteer(settings, Quiet(), ["SY"], source=ROOT / "docs" / "places-example.txt")
    (told,) = trace(settings, Quiet(), sentence.id).sentences
    assert (told["place"], told["place_country"]) == ("Raqqa", "SY")


def test_what_is_not_there_is_refused_in_one_sentence(settings: Settings) -> None:
    with pytest.raises(SnapshotError, match="no snapshot in"):
        trace(settings, Quiet(), "a1")
    snapshot(settings.snapshots)
    with pytest.raises(InputError, match="has the id 'nope'") as told:
        trace(settings, Quiet(), "nope")
    assert "sentence_id" in told.value.hint
