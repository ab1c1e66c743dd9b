"""What an export says, and what it refuses."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotation.articles.intake.inputs import read_articles
from annotation.errors import InputError, ModelError, SnapshotError
from annotation.labelstudio.export_json.export import read_export
from annotation.schema import parse_schema, read_schema
from newsledger.commands.handover.export import ExportResult, export
from newsledger.commands.learning import offline
from newsledger.helping_process import map_ahead
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings
from tests.corpus import XML, make_corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


@pytest.mark.slow
def test_every_count_agrees_with_label_studios_own_export(
    settings: Settings, tmp_path: Path
) -> None:
    labels = packaged("seeds/labels.json")
    schema = read_schema(settings.config)
    offline.freeze(settings, Quiet(), read_export(labels, schema), schema)
    export(settings, Quiet(), tmp_path / "out", people_only=True)
    tasks = json.loads(labels.read_text(encoding="utf-8"))
    table = {name: _read(tmp_path / "out" / f"{name}.csv") for name in ("sentences", "labels")}
    assert len(table["sentences"]) == len(tasks)
    marks = Counter[tuple[str, str]]()
    for task in tasks:
        for annotation in task["annotations"]:
            for region in annotation["result"]:
                if region["from_name"] == "event":
                    marks.update(("event", one) for one in region["value"]["choices"])
                elif region["from_name"] == "claim":
                    marks.update(("claim", one) for one in region["value"]["labels"])
    told = Counter(
        (r["mark"], r["label"]) for r in table["labels"] if r["mark"] in ("event", "claim")
    )
    assert told == marks
    annotations = {(task["id"], one["id"]) for task in tasks for one in task["annotations"]}
    assert len({(r["sentence_id"], r["annotation_id"]) for r in table["labels"]}) == len(
        annotations
    )


@pytest.mark.slow
def test_every_claim_leads_back_to_the_text_of_its_article(
    settings: Settings, tmp_path: Path
) -> None:
    schema = read_schema(settings.config)
    labels = read_export(packaged("seeds/labels.json"), schema)
    offline.freeze(settings, Quiet(), labels, schema)
    export(settings, Quiet(), tmp_path / "out", people_only=True)
    found = read_articles([str(packaged("seeds/articles"))], on_problem=lambda _: None)
    texts = {one.id: one.text for one in found}
    claims = _read(tmp_path / "out" / "claims.csv")
    assert len(claims) > 1000
    for row in claims:
        start, end = int(row["start_in_article"]), int(row["end_in_article"])
        assert texts[row["article_id"]][start:end] == row["text"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out", "out.parquet"])
def test_with_a_helping_process_every_byte_is_the_same(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    schema = read_schema(settings.config)
    labels = read_export(packaged("seeds/labels.json"), schema)
    offline.freeze(settings, Quiet(), labels, schema)
    helped = list[int]()
    for folder, spread in (("alone", map), ("helped", map_ahead)):

        def chosen(sentences: int, spread: Callable[..., Any] = spread) -> Callable[..., Any]:
            helped.append(sentences)
            return spread

        monkeypatch.setattr("newsledger.commands.handover.export.helped", chosen)
        (tmp_path / folder).mkdir()
        export(settings, Quiet(), tmp_path / folder / name, people_only=True)
    assert helped == [len(labels.sentences)] * 2
    alone, with_help = (
        {path.name: path.read_bytes() for path in (tmp_path / folder / name).iterdir()}
        for folder in ("alone", "helped")
    )
    assert len(alone) > 5
    assert alone == with_help


def test_the_champion_decides_what_nobody_has_labelled(settings: Settings, tmp_path: Path) -> None:
    corpus = make_corpus(8)
    snapshot = corpus.freeze(settings.snapshots)
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    from annotation.dataset.snapshot import write_snapshot

    write_snapshot(
        settings.snapshots,
        sentences=corpus.sentences,
        annotations=corpus.annotations[:20],
        schema=corpus.schema,
    )
    result = export(settings, Quiet(), tmp_path / "out")
    assert result.model == trained.model
    rows = _read(tmp_path / "out" / "events.csv")
    assert {row["decided_by"] for row in rows} == {"people", "model"}
    assert {row["model"] for row in rows} == {"", trained.model}
    assert f"decided by {trained.model}" in result.text()
    assert ("sentences", "96") in result.tables()[0].rows


def test_a_champion_that_knows_a_label_that_is_no_more_is_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its ticks have no name to be told by; until a model of the labels in use is made."""
    make_corpus(2).freeze(settings.snapshots)
    before = parse_schema(
        XML.replace('<Choice value="talk"/>', '<Choice value="talk"/><Choice value="old"/>')
    )
    champion = SimpleNamespace(id="m1", schema=before)
    monkeypatch.setattr("newsledger.commands.learning.models.find_model", lambda _: champion)
    with pytest.raises(ModelError, match="lacks: old") as told:
        export(settings, Quiet(), tmp_path / "out")
    assert "newsledger retrain" in told.value.hint
    export(settings, Quiet(), tmp_path / "out", people_only=True)


def test_what_is_not_there_is_refused_with_the_way_out(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(SnapshotError, match="no snapshot in") as told:
        export(settings, Quiet(), out)
    assert "newsledger pull" in told.value.hint
    make_corpus(2).freeze(settings.snapshots)
    with pytest.raises(SnapshotError, match="no snapshot 'x'"):
        export(settings, Quiet(), out, snapshot="x")
    with pytest.raises(InputError, match="no article 'zz'"):
        export(settings, Quiet(), out, articles=("a00", "zz"))
    with pytest.raises(InputError, match="'yesterday' is no day"):
        export(settings, Quiet(), out, since="yesterday")
    with pytest.raises(ModelError, match="no champion"):
        export(settings, Quiet(), out)
    assert not out.exists()


def test_it_says_what_only_the_labels_have_and_what_has_no_date() -> None:
    result = ExportResult("out", "s", None, {"articles": 0}, ties=3, undated=2)
    assert "split evenly: 3" in result.text()
    assert "2 articles" in result.text()
    assert "Only what people decided" in result.text()


def test_seeds_are_said_and_can_be_left_out(settings: Settings, tmp_path: Path) -> None:
    make_corpus(4).freeze(settings.snapshots, seeds=("a01", "a02"))
    result = export(settings, Quiet(), tmp_path / "all", people_only=True)
    assert (result.seeds, result.seeds_left_out) == (2, 0)
    assert "2 seed articles that newsledger brought along" in result.text()
    assert "--no-seeds" in result.text()
    result = export(settings, Quiet(), tmp_path / "own", people_only=True, seeds=False)
    assert (result.seeds, result.seeds_left_out) == (0, 2)
    assert "Left out: 2 seed articles." in result.text()
    for name in ("articles", "sentences", "events", "claims", "labels"):
        rows = _read(tmp_path / "own" / f"{name}.csv")
        assert {row["article_id"] for row in rows} <= {"a00", "a03"}
        assert rows or name == "claims"


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
