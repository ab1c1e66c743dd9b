"""Exports of labels that are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.newsledger.bad_input_table.told import (
    GOOD,
    LONE,
    LONG_NAME,
    annotated,
    assert_told,
    deep,
    region,
    task,
)
from tests.unit.newsledger.conftest import Run
from tests.unit.newsledger.test_any_schema import CHOICES, config

EXPORTS: dict[str, Any] = {
    "null": None,
    "number": 7,
    "string": "tasks",
    "object": {},
    "empty": [],
    "numbers": [1, 2],
    "strings": ["a"],
    "nulls": [None],
    "lists": [[]],
    "no data": [{"id": 1, "annotations": []}],
    "data null": [task(data=None)],
    "data list": [task(data=[])],
    "text number": [task(data={"text": 3})],
    "text missing": [task(data={"body": "x"})],
    "id missing": [{"data": {"text": GOOD}, "annotations": []}],
    "id string": [task(id="one")],
    "id list": [task(id=[1])],
    "long ids": [task(data={"text": GOOD, "sentence_id": LONG_NAME, "article_id": LONG_NAME})],
    "odd ids": [task(data={"text": GOOD, "sentence_id": {"a": 1}, "article_id": [2]})],
    "annotations null": [task(annotations=None)],
    "annotations object": [task(annotations={})],
    "annotations string": [task(annotations="none")],
    "annotation null": [task(annotations=[None])],
    "annotation list": [task(annotations=[[]])],
    "result null": [annotated(None)],
    "result string": [annotated("[]")],
    "result object": [annotated({})],
    "result numbers": [annotated([1])],
    "value null": [region(None)],
    "value list": [region([])],
    "value string": [region("peace")],
    "choices null": [region({"choices": None})],
    "choices string": [region({"choices": "peace"})],
    "choices numbers": [region({"choices": [1]})],
    "choices deep": [region({"choices": [["a", ["b"]]]})],
    "choice unknown": [region({"choices": ["no such label"]})],
    "choice long": [region({"choices": [LONG_NAME]})],
    "choice escape": [region({"choices": ["\x1b[2J\x07"]})],
    "taxonomy": [region({"taxonomy": [["a", "b"]]}, type="taxonomy")],
    "control unknown": [region({"choices": ["x"]}, from_name="other")],
    "control long": [region({"choices": ["x"]}, from_name=LONG_NAME)],
    "control number": [region({"choices": ["x"]}, from_name=5)],
    "control null": [region({"choices": ["x"]}, from_name=None, type=None, to_name=None)],
    "region id list": [region({"choices": ["x"]}, id=[1])],
    "who null": [annotated([], completed_by=None)],
    "who object": [annotated([], completed_by={"email": None})],
    "who list": [annotated([], completed_by=[1])],
    "who long": [annotated([], completed_by={"id": 1, "email": LONG_NAME})],
    "who escape": [annotated([], completed_by={"id": 1, "email": "\x1b[31m@x"})],
    "when number": [annotated([], updated_at=5)],
    "when list": [annotated([], updated_at=[])],
    "cancelled string": [annotated([], was_cancelled="yes")],
    "time string": [annotated([], lead_time="long")],
    "time negative": [annotated([], lead_time=-1e300)],
    "parent list": [annotated([], parent_prediction=[1])],
    "predictions string": [task(predictions="x")],
    "drafts number": [task(drafts=5)],
}


RAW: dict[str, bytes] = {
    "nothing": b"",
    "blank": b" \n",
    "torn": b'[{"id": 1',
    "deep": deep("[", "]"),
    "deep objects": deep('{"a":', "}"),
    "digits": b"[" + b"1" * 5000 + b"]",
    "latin": b'[{"a": "\xe9"}]',
    "binary": b"\x89PNG\x00",
    "utf-16": "[]".encode("utf-16"),
    "nul": b"\x00\x00",
    "xml": b"<View/>",
    "gzip": b"\x1f\x8b\x08\x00\x00",
    "lone text": json.dumps([task()]).replace("Ten people", LONE).encode(),
    "lone label": json.dumps([region({"choices": [""]})]).replace('[""]', f'["{LONE}"]').encode(),
    "lone who": json.dumps([annotated([], completed_by={"email": "?"})])
    .replace("?", LONE)
    .encode(),
    "lone id": json.dumps([task(data={"text": GOOD, "sentence_id": "?"})])
    .replace("?", LONE)
    .encode(),
    "infinite": b'[{"id": 1e999, "data": {"text": "x"}, "annotations": []}]',
    "not a number": b'[{"id": NaN, "data": {"text": "x"}, "annotations": []}]',
    **{name: json.dumps(content).encode() for name, content in EXPORTS.items()},
}


@pytest.mark.parametrize("name", RAW)
def test_a_bad_export_is_told(newsledger: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "labels.json").write_bytes(RAW[name])
    assert_told(newsledger("train", "--labels", "labels.json"), codes=(1,))
    (tmp_path / "config.xml").write_text(config(CHOICES), encoding="utf-8")
    done = newsledger("train", "--labels", "labels.json", "--config", "config.xml")
    assert_told(done, codes=(1,))
