"""Damaged input of every format: it is told where it stands, and what is good beside it is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cassis
import pyarrow as pa
import pytest
from pyarrow import parquet

from annotation.imports.registry import IMPORT_FORMATS
from tests.unit.annotation.imports.bringing import Brought, lines

GOOD = "Gunmen attacked."
SPAN = {"label": "clash", "start": 0, "end": 6}


def _prodigy(row: dict[str, object]) -> Callable[[Path], Path]:
    return lambda folder: lines(
        folder / "a.jsonl",
        {"answer": "accept", **row},
        {"text": GOOD, "answer": "accept", "label": "clash"},
    )


def _doccano(row: dict[str, object]) -> Callable[[Path], Path]:
    return lambda folder: lines(folder / "a.jsonl", row, {"text": GOOD, "label": ["clash"]})


def _brat(line: str) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        (folder / "doc.txt").write_text(GOOD, encoding="utf-8")
        told = f"{line}\nT2\tclash 7 15\tattacked\n"
        (folder / "doc.ann").write_text(told, encoding="utf-8")
        return folder

    return written


def _inception(old: str, new: str) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        types = cassis.TypeSystem()
        kind = types.create_type("custom.Event", supertypeName="uima.tcas.Annotation")
        types.create_feature(kind, "kind", "uima.cas.String")
        cas = cassis.Cas(typesystem=types)
        cas.sofa_string, cas.sofa_mime = GOOD, "text/plain"
        for start, end in ((7, 15), (0, 6)):
            cas.add(types.get_type("custom.Event")(begin=start, end=end, kind="clash"))
        (folder / "TypeSystem.xml").write_text(types.to_xml(), encoding="utf-8")
        whole = cas.to_xmi()
        assert old in whole
        (folder / "bad.xmi").write_text(whole.replace(old, new), encoding="utf-8")
        (folder / "good.xmi").write_text(whole, encoding="utf-8")
        return folder

    return written


def _dataset(folder: Path) -> Path:
    (folder / "bad.arrow").write_bytes(b"ARROW1 and no more")
    table = pa.table({"text": [GOOD], "label": ["clash"]})
    parquet.write_table(table, folder / "good.parquet")  # type: ignore[no-untyped-call]
    return folder


def _argilla(folder: Path) -> Path:
    rows = [
        {"text": "Ten fled.", "label": [{"start": 0, "label": "clash"}]},
        {"text": GOOD, "label": [{"start": 7, "end": 15, "label": "clash"}]},
    ]
    table = pa.Table.from_pylist(rows)
    parquet.write_table(table, folder / "good.parquet")  # type: ignore[no-untyped-call]
    return folder


def _table(name: str, content: bytes) -> Callable[[Path], Path]:
    def written(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return written


DAMAGED = {
    "an offset that is a bool": (
        "prodigy",
        _prodigy({"text": "Ten fled.", "spans": [{**SPAN, "start": False}]}),
        "a.jsonl:1: ",
    ),
    "an answer that is a list": (
        "prodigy",
        _prodigy({"text": "Ten fled.", "answer": ["accept"]}),
        "a.jsonl:1: ",
    ),
    "a label that is a bool": (
        "doccano",
        _doccano({"text": "Ten fled.", "label": [True]}),
        "a.jsonl:1: ",
    ),
    "half a character": (
        "doccano",
        _doccano({"text": "Ten \ud83d fled.", "label": ["clash"]}),
        "a.jsonl:1: ",
    ),
    "three offsets": ("brat", _brat("T1\tclash 0 6 7\tGunmen"), "doc.ann:1: "),
    "an end before its beginning": ("brat", _brat("T1\tclash 6 0\t"), "doc.ann:1: "),
    "no offsets": ("brat", _brat("T1\tclash  \t"), "doc.ann:1: "),
    "a passage without a beginning": (
        "inception",
        _inception('begin="0"', 'begun="0"'),
        "bad.xmi: ",
    ),
    "a document without a text": (
        "inception",
        _inception('sofaString="Gunmen attacked."', ""),
        "bad.xmi: ",
    ),
    "a file that breaks off": ("datasets", _dataset, "bad.arrow: "),
    "a passage without an end": ("datasets", _argilla, "good.parquet: row 1: "),
    "dead of 5,000 digits": (
        "acled",
        _table(
            "a.csv",
            f"notes,event_type,fatalities\nTen fled.,clash,{'9' * 5000}\n{GOOD},clash,0\n".encode(),
        ),
        "a.csv:2: ",
    ),
    "a row that is too short": (
        "ucdp",
        _table(
            "a.csv", f"type_of_violence,best,source_headline\nclash,1\nclash,0,{GOOD}\n".encode()
        ),
        "a.csv:2: ",
    ),
    "bytes of another encoding": (
        "table",
        _table("a.csv", f"text,label\nTen \xff fled.,clash\n{GOOD},clash\n".encode("latin-1")),
        "a.csv:2: ",
    ),
    "a zero byte": (
        "table",
        _table("a.csv", f"text,label\nTen \0 fled.,clash\n{GOOD},clash\n".encode()),
        "a.csv:2: ",
    ),
    "a number that is none": (
        "table",
        _table(
            "a.jsonl",
            f'{{"text": "Ten", "label": NaN}}\n{{"text": "{GOOD}", "label": "clash"}}\n'.encode(),
        ),
        "a.jsonl:1: ",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_told_with_its_place_and_the_good_is_read(
    tmp_path: Path, name: str
) -> None:
    format_name, written, told = DAMAGED[name]
    mapping = {"clash: ": "clash"}  # of ACLED: a type without one below it
    columns = ("label",) if format_name == "table" else ()
    brought = Brought(written(tmp_path), format_name, mapping, label_columns=columns)
    assert any(f"/{told}" in problem for problem in brought.problems), brought.problems
    assert (GOOD, ("clash",)) in [(text, events) for text, _, events, _ in brought.said]


def test_every_format_has_damaged_input_here() -> None:
    assert {format_name for format_name, _, _ in DAMAGED.values()} == set(IMPORT_FORMATS)
