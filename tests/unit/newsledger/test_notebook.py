"""From Python: rows that data frames take as they are, and types that a checker knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import newsledger as nl
from annotation.errors import ModelError
from newsledger import notebook
from newsledger.commands.learning import offline
from newsledger.output import CLAIM, SHAPES
from newsledger.progress import Quiet
from newsledger.settings import read_settings
from tests.corpus import XML, make_corpus

SNIPPET = """
from typing import assert_type
import newsledger as nl

model = nl.load("workspace")
rows = model.predict(["Ten died.", nl.Article("a", "", "Ten fled.")])
assert_type(model.id, str)
assert_type(rows[0]["events"][0]["score"], float)
assert_type(rows[0]["claims"][0]["high"], float | None)
assert_type(nl.quantities("Ten died.")[0]["low"], float | None)
assert_type(nl.read_labels("labels.json")[0]["events"], list[str])
rows[0]["claim"]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = read_settings(workspace=tmp_path_factory.mktemp("workspace"), environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    offline.train_challenger(settings, Quiet(), snapshot, promote=True, force=True)
    return settings.workspace


@pytest.mark.slow
def test_rows_are_those_of_predict_with_floats_for_bounds(workspace: Path) -> None:
    text = "Some 12 people fled. They got 1,500 dollars in cash."
    rows = nl.load(str(workspace)).predict(text)
    (workspace / "a.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "newsledger", "-w", ".", "predict", "a.txt"],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=True,
    )
    assert rows == [json.loads(line) for line in done.stdout.splitlines()]
    bounds = [claim["low"] for row in rows for claim in row["claims"]]
    assert bounds
    assert {type(bound) for bound in bounds} == {float}


def test_an_article_keeps_its_id_and_texts_may_come_one_by_one(workspace: Path) -> None:
    model = nl.load(workspace)
    articles = (nl.Article(f"a{n}", "", "Ten fled. Two fell.") for n in range(2))
    rows = model.predict(articles)
    assert [row["article_id"] for row in rows] == ["a0", "a0", "a1", "a1"]
    assert {row["model"] for row in rows} == {model.id}
    assert {
        event["label"] for event in model.predict("Ten fled.", all_scores=True)[0]["events"]
    } == (set(model.labels))


def test_columns_are_the_documented_ones() -> None:
    def columns(row: type) -> set[str]:
        return set(get_type_hints(row))

    assert columns(notebook.PredictionRow) == SHAPES["predict"].keys()
    assert columns(notebook.ClaimRow) == CLAIM.keys()
    assert columns(notebook.EventRow) == SHAPES["predict"]["events"][0].keys()
    assert columns(notebook.MentionRow) == SHAPES["quantities"]["mentions"][0].keys()


def test_a_mention_has_the_columns_it_says(workspace: Path) -> None:
    (mention,) = nl.quantities("At least 12 people fled.")
    assert set(mention) == set(get_type_hints(notebook.MentionRow))
    assert (mention["low"], mention["high"]) == (12.0, None)
    assert type(mention["low"]) is float


def test_what_is_not_english_is_not_read_with_a_warning() -> None:
    with pytest.warns(UserWarning, match="Not in English.*fr 1"):
        assert nl.quantities("Les 12 civils de la ville ont été tués dans une attaque.") == []


@pytest.mark.slow
def test_labels_are_the_same_from_an_export_and_from_its_snapshot(workspace: Path) -> None:
    seeds = Path("seeds/labels.json")
    rows = nl.read_labels(seeds)
    assert len(rows) > 1900
    assert all(set(row) == set(get_type_hints(notebook.LabelRow)) for row in rows)
    claims = [claim for row in rows for claim in row["claims"]]
    assert all(set(one) == set(get_type_hints(notebook.LabelledClaimRow)) for one in claims)
    assert all(
        row["text"][c["start"] : c["end"]] == c["text"] for row in rows for c in row["claims"]
    )
    (snapshot,) = (workspace / "snapshots").iterdir()
    assert {row["annotator"] for row in nl.read_labels(snapshot)} == {"ann@newsledger.example"}


def test_a_verdict_is_told_from_what_a_person_labelled(tmp_path: Path) -> None:
    corpus = make_corpus(2, 2)
    first = corpus.annotations[0]
    verdict = replace(
        first, annotation_id="review-1", ground_truth=True, verdict=True, why="A close call."
    )
    corpus = replace(corpus, annotations=(*corpus.annotations, verdict))
    rows = nl.read_labels(corpus.freeze(tmp_path).path)
    assert [row["why"] for row in rows if row["verdict"]] == ["A close call."]
    assert {row["why"] for row in rows if not row["verdict"]} == {None}
    assert len(rows) == len(corpus.annotations)


def test_what_cannot_be_understood_is_a_warning(tmp_path: Path) -> None:
    config, export = tmp_path / "config.xml", tmp_path / "export.json"
    config.write_text(XML, encoding="utf-8")
    result = {"from_name": "event", "to_name": "text", "type": "choices"}
    tasks: list[dict[str, Any]] = [
        {
            "id": number,
            "data": {"text": "Ten fled."},
            "annotations": [{"id": number, "result": [{**result, "value": {"choices": [choice]}}]}],
        }
        for number, choice in enumerate(("fight", "no such label"), 1)
    ]
    export.write_text(json.dumps(tasks), encoding="utf-8")
    with pytest.warns(UserWarning, match="no such label"):
        rows = nl.read_labels(export, config=config)
    assert [row["events"] for row in rows] == [["fight"]]


def test_without_a_model_there_is_one_sentence_and_a_hint(tmp_path: Path) -> None:
    with pytest.raises(nl.NewsledgerError, match="There is no champion") as raised:
        nl.load(tmp_path)
    assert isinstance(raised.value, ModelError)
    assert raised.value.hint


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'lode'"):
        nl.lode  # type: ignore[attr-defined]  # noqa: B018
    assert set(nl.__all__) <= set(dir(nl))


@pytest.mark.slow
def test_a_type_checker_knows_it_all(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (tmp_path / "snippet.py").write_text(SNIPPET, encoding="utf-8")
    checker = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent"]
    assert pytestconfig.cache is not None
    known = pytestconfig.cache.mkdir("mypy")  # what it found in files that are as they were
    checked = subprocess.run(
        [*checker, "--cache-dir", known, "snippet.py"],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "MYPYPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    (error,) = [line for line in checked.stdout.splitlines() if ": error:" in line]
    assert error.startswith("snippet.py:12: error: TypedDict ")
    assert '"claim"' in error
