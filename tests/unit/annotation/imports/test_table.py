"""Any table."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import LabelsError
from tests.unit.annotation.imports.bringing import Brought


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_by_name_and_labels_in_two_of_them(tmp_path: Path, sign: str) -> None:
    rows = [["Body", "kind", "second", "source"], ["Gunmen attacked.", "Fight", "strike", "BBC"],
            ["Ten fled.", "", "", ""], ["Two fled.", "Other", "", ""]]  # fmt: skip
    file = tmp_path / ("a.tsv" if sign == "\t" else "a.csv")
    file.write_text("\ufeff" + "\n".join(sign.join(row) for row in rows), encoding="utf-8")
    brought = Brought(
        file,
        "table",
        {"Fight": "clash"},
        text_column="Body",
        label_columns=("kind", "second"),
    )
    assert [(text, events) for text, _, events, _ in brought.said] == [
        ("Gunmen attacked.", ("clash", "strike"))
    ]
    assert brought.problems == [
        f"{file}:4: the label 'Other' is not in the configuration; sentences with it stay "
        "unlabelled, 1 in all."
    ]
    assert {one.source for one in brought.export.articles} >= {"BBC"}


def test_what_is_not_told_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("text,label\nTen fled.,clash,more\nTwo fled.,clash\n", encoding="utf-8")
    with pytest.raises(LabelsError, match="nothing says which column holds the labels"):
        Brought(file, "table")
    brought = Brought(file, "table", label_columns=("label",))
    assert brought.problems == [f"{file}:2: has more fields than columns."]
    assert len(brought.said) == 1
    missing = Brought(file, "table", label_columns=("kind",))
    assert "has no 'kind'; there are 'text', 'label'" in missing.problems[1]
    with pytest.raises(LabelsError, match="is not a table"):
        Brought(tmp_path / "a.xlsx", "table", label_columns=("label",))


def test_a_quotation_mark_that_is_never_closed_is_told_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = 'text,label\n"Gunmen\nattacked.",clash\n"Ten fled.,clash\nTwo fled.,clash\n'
    file.write_text(rows, encoding="utf-8")
    brought = Brought(file, "table", label_columns=("label",), presplit=True)
    assert brought.problems == [f"{file}:4: has fewer fields than columns."]
    assert [text for text, *_ in brought.said] == ["Gunmen\nattacked."]
