"""brat."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import LabelsError
from tests.unit.annotation.imports.bringing import TEXT, Brought

DEAD = TEXT.index("At least 12")


def _written(folder: Path, told: str, text: str = TEXT, name: str = "doc") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_bytes(text.encode())
    (folder / f"{name}.ann").write_bytes(told.encode())
    return folder


def test_spans_and_event_triggers(tmp_path: Path) -> None:
    told = (
        f"T1\tKilled {DEAD} {DEAD + 11}\tAt least 12\nT2\tAttack 7 15\tattacked\nE1\tAttack:T2\n"
        "R1\tBy Arg1:T1 Arg2:T2\t\nA1\tNegated E1\n#1\tAnnotatorNotes T1\tsure\n"
    )
    mapping = {"Killed": "killed", "Attack": "clash"}
    for path in (_written(tmp_path, told), tmp_path / "doc.txt", tmp_path / "doc.ann"):
        brought = Brought(path, "brat", mapping)
        assert [(events, claims) for _, _, events, claims in brought.said] == [
            (("clash",), []),
            ((), [("At least 12", "killed")]),
        ]
        (problem,) = brought.problems
        assert problem.endswith("not read are 1 events, 1 relations, 1 attributes, 1 notes.")


def test_line_ends_of_two_characters_count_as_two(tmp_path: Path) -> None:
    text = "Title\r\n\r\nTen people fled."
    _written(tmp_path, "T1\tdisplaced 9 19\tTen people\n", text)
    brought = Brought(tmp_path, "brat", {"displaced": "wounded"})
    assert [claims for *_, claims in brought.said] == [[("Ten people", "wounded")]]


def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    told = "T1\tclash 7 11;12 15\tatta ked\nT2\tclash 7 15\tattacks\nnonsense\n"
    told += "T3\tclash 7 15\tattacked\n"
    brought = Brought(_written(tmp_path, told), "brat")
    file = tmp_path / "doc.ann"
    assert brought.problems == [
        f"{file}:1: the span 'atta ked' has a gap, which claims cannot have.",
        f"{file}:2: the text there is 'attacked', not 'attacks'.",
        f"{file}: not read are 1 lines of no kind that brat has.",
    ]
    assert len(brought.said) == 1


def test_a_folder_without_annotations_is_refused_and_a_lone_file_told(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match=r"there is no \.ann file"):
        Brought(tmp_path, "brat")
    (tmp_path / "lone.ann").write_text("T1\tclash 0 1\tx\n", encoding="utf-8")
    _written(tmp_path, "T3\tclash 7 15\tattacked\n")
    brought = Brought(tmp_path, "brat")
    assert brought.problems == [f"{tmp_path / 'lone.txt'}: is not there."]


def test_folders_with_the_same_texts_are_annotators_and_this_is_said(tmp_path: Path) -> None:
    for place, label in (("ann/a", "clash"), ("bob/a", "strike")):
        _written(tmp_path / place, f"T1\t{label} 7 15\tattacked\n")
    _written(tmp_path / "ann" / "b", "T1\tstrike 4 12\tattacked\n", "Men attacked us.")
    _written(tmp_path / "bob" / "b", "T1\tclash 6 14\tattacked\n", "A mob attacked us.")
    _written(tmp_path / "ann" / "c", "T1\tclash 7 15\tattacked\n", "A gang attacked us.")
    brought = Brought(tmp_path, "brat")
    assert {
        (one.sentence_id.partition(":")[0], one.annotator, one.events.aliases)
        for one in brought.export.annotations
    } == {
        ("a/doc", "ann", ("clash",)),
        ("a/doc", "bob", ("strike",)),
        ("ann/b/doc", "ann", ("strike",)),
        ("bob/b/doc", "bob", ("clash",)),
        ("c/doc", "ann", ("clash",)),
    }
    (problem,) = brought.problems
    assert problem == (
        f"{tmp_path}: the same text is in several folders, whose names, ann and bob, are read as "
        "those of annotators."
    )


def test_texts_of_one_name_in_several_folders_are_kept_apart(tmp_path: Path) -> None:
    _written(tmp_path / "a", "T1\tclash 7 15\tattacked\n", name="1")
    _written(tmp_path / "b", "T1\tclash 6 14\tattacked\n", "A mob attacked us.", name="1")
    brought = Brought(tmp_path, "brat")
    assert brought.problems == []
    assert [
        (one.sentence_id.partition(":")[0], one.annotator) for one in brought.export.annotations
    ] == [("a/1", "imported"), ("b/1", "imported")]


def test_what_only_python_calls_the_end_of_a_line_is_none(tmp_path: Path) -> None:
    told = "T1\tclash 0 15\tGunmen\u2028attacked\n"
    _written(tmp_path, told, "Gunmen\u2028attacked us.")
    brought = Brought(tmp_path, "brat", presplit=True)
    assert brought.problems == []
    assert [events for *_, events, _ in brought.said] == [("clash",)]
