"""INCEpTION."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cassis
import pytest

from annotation.errors import LabelsError
from tests.unit.annotation.imports.bringing import TEXT, Brought

CLAIM = "webanno.custom.Claim"


def _cas(*marks: tuple[str, dict[str, str]]) -> tuple[str, str]:
    """A type system and a document with these words marked."""
    types = cassis.TypeSystem()
    kind = types.create_type(CLAIM, supertypeName="uima.tcas.Annotation")
    for name in ("kind", "source"):
        types.create_feature(kind, name, "uima.cas.String")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = TEXT, "text/plain"
    for words, said in marks:
        start = TEXT.index(words)
        cas.add(types.get_type(CLAIM)(begin=start, end=start + len(words), **said))
    return types.to_xml(), cas.to_xmi()


def test_a_folder_and_an_archive_with_offsets_behind_an_emoji(tmp_path: Path) -> None:
    types, document = _cas(("40 wounded", {"kind": "wounded"}), ("attacked", {"kind": "clash"}))
    folder = tmp_path / "doc.txt"
    folder.mkdir()
    (folder / "TypeSystem.xml").write_text(types, encoding="utf-8")
    (folder / "ann.xmi").write_text(document, encoding="utf-8")
    archive = tmp_path / "export.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("annotation/doc.txt/TypeSystem.xml", types)
        written.writestr("annotation/doc.txt/ann.xmi", document)
    for path in (folder, archive, folder / "ann.xmi"):
        brought = Brought(path, "inception")
        assert brought.problems == []
        assert [(who, events, claims) for _, who, events, claims in brought.said] == [
            ("ann", ("clash",), []),
            ("ann", (), [("40 wounded", "wounded")]),
        ]
        assert {one.article_id for one in brought.export.sentences} == {"doc.txt"}


def test_which_feature_is_the_label_is_asked_and_not_guessed(tmp_path: Path) -> None:
    types, document = _cas(("40 wounded", {"kind": "wounded", "source": "police"}))
    (tmp_path / "TypeSystem.xml").write_text(types, encoding="utf-8")
    (tmp_path / "ann.xmi").write_text(document, encoding="utf-8")
    brought = Brought(tmp_path, "inception")
    (problem,) = brought.problems
    assert f"1 of {CLAIM} with 2 features (kind, source) are not read" in problem
    assert brought.said == []
    named = Brought(tmp_path, "inception", label_columns=("kind",))
    assert [claims for *_, claims in named.said] == [[("40 wounded", "wounded")]]


def test_what_is_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK")
    with pytest.raises(LabelsError, match="is no ZIP archive"):
        Brought(tmp_path / "broken.zip", "inception")
    (tmp_path / "ann.xmi").write_text("<xmi", encoding="utf-8")
    with pytest.raises(LabelsError, match=r"TypeSystem\.xml is not beside it"):
        Brought(tmp_path / "ann.xmi", "inception")
