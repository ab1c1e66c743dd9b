"""Rows come as the input is read. What they hold is in test_cli and test_output."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from newsledger.commands.articles import corpora, look
from newsledger.commands.learning import offline
from newsledger.output import SHAPES, WRITERS
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import make_corpus


def test_sentences_come_before_the_last_article_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.txt").write_text("Ten people fled.", encoding="utf-8")
    progress = Quiet()
    monkeypatch.setattr(corpora, "BATCH", 2)
    inputs = [str(tmp_path / name) for name in ("good.txt", "none.txt")]
    rows = look.cutting(inputs).rows(progress)
    assert next(rows)["text"] == "Ten people fled."
    assert progress.problems == []
    assert list(rows) == []
    assert len(progress.problems) == 1


@pytest.mark.slow
def test_predictions_come_batch_by_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    model = offline.train_challenger(settings, Quiet(), snapshot, promote=False).model
    (tmp_path / "good.txt").write_text("One fled.\nTwo fled.\nThree fled.", encoding="utf-8")
    monkeypatch.setattr(corpora, "BATCH", 2)
    progress = Quiet()
    inputs = [str(tmp_path / name) for name in ("good.txt", "none.txt")]
    rows = look.predicting(settings, inputs, model_id=model).rows(progress)
    texts = ["One fled.", "Two fled.", "Three fled."]
    assert [next(rows)["text"] for _ in range(3)] == texts
    assert progress.problems == []
    assert list(rows) == []
    assert len(progress.problems) == 1


@pytest.mark.slow
def test_what_says_the_same_is_listed_with_the_earlier_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ten people fled Homs.\nAll is quiet.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("10 people fled Homs!\n10 people fled Hama.", encoding="utf-8")
    (row,) = look.same_rows(Quiet(), [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert (row["text"], row["same_text"]) == ("10 people fled Homs!", "Ten people fled Homs.")
    assert str(row["same_as"]).endswith(":0-21")
    assert set(row) == set(SHAPES["same"])


def test_what_is_not_english_is_said_and_not_read(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    model = offline.train_challenger(settings, Quiet(), snapshot, promote=False).model
    text = "Les 12 civils de la ville ont été tués dans une attaque, selon l'hôpital régional."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    progress = Quiet()
    (row,) = look.predicting(settings, [str(tmp_path / "a.txt")], model_id=model).rows(progress)
    assert (row["language"], row["claims"]) == ("fr", [])
    assert progress.said == ["Not in English, so no numbers are read in them: fr 1."]


def test_numbers_of_what_is_not_english_are_not_read_either(tmp_path: Path) -> None:
    english = "The army said that 12 civilians and a doctor were killed in the town."
    foreign = "Les 30 civils de la ville ont été tués dans une attaque, selon l'hôpital régional."
    arabic = "قُتل 12 مدنيا في الغارة على السوق"
    for name, text in (("a", f"{english} {foreign}"), ("b", f"{foreign} {arabic}"), ("c", english)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    progress = Quiet()
    inputs = [str(tmp_path / f"{name}.txt") for name in "abc"]
    rows = list(look.counting(inputs).rows(progress))
    told = [(row["language"], [one["text"] for one in row["mentions"]]) for row in rows]
    both = ["12 civilians", "a doctor"]
    assert told == [("fr", both), ("fr", []), ("en", both)]
    assert progress.said == ["Not in English, so no numbers are read in them: fr 2, ar 1."]


ARTICLE = (
    '{"id": "a", "title": "=1+1", "source": "BBC", "url": "https://x.example/1",'
    ' "published": "2026-11-22", "text": "Ten people fled Homs. Nobody was hurt in the town."}\n'
)


def _model(tmp_path: Path) -> tuple[Settings, str]:
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    return settings, offline.train_challenger(settings, Quiet(), snapshot, promote=False).model


def test_each_row_says_where_its_own_article_was_published(tmp_path: Path) -> None:
    settings, model = _model(tmp_path)
    (tmp_path / "a.jsonl").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Two fled. Three fled.", encoding="utf-8")
    inputs = [str(tmp_path / name) for name in ("a.jsonl", "b.txt")]
    rows = list(look.predicting(settings, inputs, model_id=model).rows(Quiet()))
    assert [(row["title"], row["source"], row["published"], row["url"]) for row in rows] == [
        *[("=1+1", "BBC", "2026-11-22", "https://x.example/1")] * 2,
        *[(None, None, None, None)] * 2,
    ]
    assert all(list(row) == list(SHAPES["predict"]) for row in rows)


@pytest.mark.parametrize("ending", WRITERS)
def test_flat_rows_are_written_in_each_format(tmp_path: Path, ending: str) -> None:
    settings, model = _model(tmp_path)
    (tmp_path / "a.jsonl").write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / f"rows{ending}"
    reading = look.predicting(
        settings, [str(tmp_path / "a.jsonl")], shape="sentences", model_id=model
    )
    assert corpora.write_reading(reading, Quiet(), out) == 2
    frame = {
        ".jsonl": lambda: pd.read_json(out, lines=True),
        ".csv": lambda: pd.read_csv(out),
        ".parquet": lambda: pd.read_parquet(out),
    }[ending]()
    assert list(frame.columns) == list(SHAPES["predict sentences"])
    assert list(frame["text"]) == ["Ten people fled Homs.", "Nobody was hurt in the town."]
    assert set(frame["title"]) == {"'=1+1" if ending == ".csv" else "=1+1"}
    assert list(frame["boilerplate"]) == [False, False]
