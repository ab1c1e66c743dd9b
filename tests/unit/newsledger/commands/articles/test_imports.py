"""Labels of other tools, from the file to a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation.errors import InputError
from annotation.imports.registry import IMPORT_FORMATS
from annotation.labelstudio.export_json.export import read_export
from annotation.schema import read_schema
from newsledger.commands.articles.imports import import_labels, read_mapping
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings

ROWS = [
    {"text": "Gunmen attacked. 12 people were killed.", "answer": "accept",
     "spans": [{"start": 17, "end": 19, "label": "DEAD"}, {"start": 7, "end": 15, "label": "ODD"}]},
    {"text": "Ten fled.", "answer": "reject"},
]  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "prodigy.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def test_a_file_for_train_and_what_was_not_understood(
    settings: Settings, file: Path, tmp_path: Path
) -> None:
    progress, out = Quiet(), tmp_path / "labels.json"
    result = import_labels(
        settings, progress, file, out, format_name="prodigy", mapping={"DEAD": "killed"}
    )
    assert (result.sentences, result.labelled, result.unmarked) == (2, 1, 1)
    assert result.text().splitlines()[0] == f"Wrote 2 sentences, 1 of them labelled, to {out}."
    assert len(progress.problems) == 2
    export = read_export(out, read_schema(settings.config))
    assert export.problems == ()
    ((claim,),) = [one.claims for one in export.annotations]
    assert (claim.text, claim.kind, claim.low) == ("12", "killed", None)


def test_sentences_alone_for_push(settings: Settings, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "sentences.jsonl"
    result = import_labels(settings, Quiet(), file, out, format_name="prodigy", mapping={})
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == ["Gunmen attacked.", "12 people were killed."]
    assert f"push --presplit {out}" in result.text()


@pytest.mark.parametrize(
    ("name", "out", "told"),
    [
        ("spacy", "a.json", "no format 'spacy'"),
        ("prodigy", "a.csv", "a .json file, or a .jsonl file"),
        ("table", "a.json", "which column holds the labels"),
        ("brat", "a.json", "no text that is understood"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    settings: Settings, file: Path, tmp_path: Path, name: str, out: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        import_labels(settings, Quiet(), file, tmp_path / out, format_name=name, mapping={})
    assert not (tmp_path / out).exists()
    nowhere, out_file = tmp_path / "none", tmp_path / "a.json"
    with pytest.raises(InputError, match="no such file"):
        import_labels(settings, Quiet(), nowhere, out_file, format_name="brat", mapping={})


def test_every_format_refuses_bytes_of_something_else(settings: Settings, tmp_path: Path) -> None:
    for name in IMPORT_FORMATS:
        for ending, content in ((".jsonl", b"\xff\xfe\x00"), (".csv", b"\x00,\x00\n"), ("", b"")):
            path = tmp_path / f"other{ending}"
            path.write_bytes(content)
            with pytest.raises(InputError) as refused:
                import_labels(
                    settings, Quiet(), path, tmp_path / "a.json", format_name=name, mapping={}
                )
            assert str(path.stem) in refused.value.message


def test_pairs_of_labels() -> None:
    assert read_mapping(["A=b", "X=", "A=B=c"]) == {"A": "b", "X": "", "A=B": "c"}
    for wrong in (["A"], ["=a"], ["A=b", "A=c"]):
        with pytest.raises(InputError, match="which label stands"):
            read_mapping(wrong)
