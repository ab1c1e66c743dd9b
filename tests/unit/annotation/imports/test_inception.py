"""INCEpTION."""

from __future__ import annotations

import zipfile
from pathlib import Path

import cassis
import pytest

from annotation.errors import LabelsError
from annotation.imports import inception
from annotation.imports.interface import ImportRequest
from tests.unit.annotation.imports.bringing import TEXT, Brought

CLAIM = "webanno.custom.Claim"


def _cas(*marks: tuple[str, dict[str, str]], text: str = TEXT) -> tuple[str, str]:
    """A type system and a document with these words marked."""
    types = cassis.TypeSystem()
    kind = types.create_type(CLAIM, supertypeName="uima.tcas.Annotation")
    for name in ("kind", "source"):
        types.create_feature(kind, name, "uima.cas.String")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    for words, said in marks:
        start = text.index(words)
        cas.add(types.get_type(CLAIM)(begin=start, end=start + len(words), **said))
    return types.to_xml(), cas.to_xmi()


def test_a_folder_and_an_archive_with_offsets_behind_an_emoji(tmp_path: Path) -> None:
    types, document = _cas(("40 wounded", {"kind": "wounded"}), ("attacked", {"kind": "clash"}))
    folder = tmp_path / "annotation" / "doc.txt"
    folder.mkdir(parents=True)
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
    with pytest.raises(LabelsError, match="is not a ZIP archive"):
        Brought(tmp_path / "broken.zip", "inception")
    (tmp_path / "ann.xmi").write_text("<xmi", encoding="utf-8")
    brought = Brought(tmp_path / "ann.xmi", "inception")
    assert brought.problems == [f"{tmp_path / 'ann.xmi'}: its TypeSystem.xml is not beside it."]


def _archive(file: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return file


def _documents(brought: Brought) -> set[tuple[str, str]]:
    return {
        (one.sentence_id.partition(":")[0], one.annotator) for one in brought.export.annotations
    }


def test_each_document_of_a_flat_folder_has_its_own_id(tmp_path: Path) -> None:
    members = {}
    for name in ("one", "two", "more/one"):
        types, members[f"{name}.xmi"] = _cas(
            ("attacked", {"kind": "clash"}), text=f"Men attacked the {name}."
        )
    members["TypeSystem.xml"] = types
    (tmp_path / "flat" / "more").mkdir(parents=True)
    for name, content in members.items():
        (tmp_path / "flat" / name).write_text(content, encoding="utf-8")
    for path in (tmp_path / "flat", _archive(tmp_path / "admin.zip", members)):
        brought = Brought(path, "inception")
        assert brought.problems == []
        assert _documents(brought) == {
            ("one", "imported"),
            ("two", "imported"),
            ("more/one", "imported"),
        }


def test_the_archive_of_one_person_below_a_document(tmp_path: Path) -> None:
    types, document = _cas(("attacked", {"kind": "clash"}))
    for kind in ("annotation", "curation"):
        folder = tmp_path / kind / "doc.txt"
        folder.mkdir(parents=True)
        members = {"TypeSystem.xml": types, "admin.xmi": document}
        brought = Brought(_archive(folder / "admin.zip", members), "inception")
        assert _documents(brought) == {("doc.txt", "admin")}


@pytest.mark.parametrize("cut", [0.4, 0.6])
def test_a_damaged_document_of_an_archive_is_told_and_the_others_are_read(
    tmp_path: Path, cut: float
) -> None:
    types, document = _cas(("attacked", {"kind": "clash"}))
    file = _archive(
        tmp_path / "export.zip",
        {"TypeSystem.xml": types, "bad.xmi": document, "good.xmi": document},
    )
    with zipfile.ZipFile(file) as archive:
        info = archive.getinfo("bad.xmi")
    content = bytearray(file.read_bytes())
    begin = info.header_offset + 30 + len("bad.xmi")
    place = begin + int(info.compress_size * cut)
    content[place : begin + info.compress_size] = b"\xff" * (begin + info.compress_size - place)
    file.write_bytes(content)
    brought = Brought(file, "inception")
    (problem,) = brought.problems
    assert problem.startswith(f"{file}/bad.xmi: cannot be read (")
    assert _documents(brought) == {("good", "imported")}


def test_an_archive_whose_stored_document_ends_early_is_told(tmp_path: Path) -> None:
    types, document = _cas(("attacked", {"kind": "clash"}))
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as written:
        written.writestr("TypeSystem.xml", types)
        written.writestr("good.xmi", document)
        written.writestr("bad.xmi", document)
    content = bytearray(file.read_bytes())
    sizes = content.rindex(b"bad.xmi") - 46 + 20  # of the last entry of the list at the end
    content[sizes : sizes + 8] = (10 * len(content)).to_bytes(4, "little") * 2
    file.write_bytes(content)
    brought = Brought(file, "inception")
    (problem,) = brought.problems
    assert problem.startswith(f"{file}/bad.xmi: cannot be read (")
    assert _documents(brought) == {("good", "imported")}


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    types, document = _cas(("attacked", {"kind": "clash"}))
    file = _archive(
        tmp_path / "export.zip",
        {"TypeSystem.xml": types, "one.xmi": document, "two.xmi": document},
    )
    size = len(document.encode())
    monkeypatch.setattr(inception, "MAX_ALL_UNPACKED", 2 * size)
    assert len(_documents(Brought(file, "inception"))) == 2
    monkeypatch.setattr(inception, "MAX_ALL_UNPACKED", 2 * size - 1)
    with pytest.raises(LabelsError, match=r"documents unpack to more than 0 MB"):
        Brought(file, "inception")


def test_documents_are_read_one_by_one(tmp_path: Path) -> None:
    types, document = _cas(("attacked", {"kind": "clash"}))
    file = _archive(
        tmp_path / "export.zip", {"TypeSystem.xml": types, "a.xmi": document, "b.xmi": document}
    )
    found = inception.read_inception(file, ImportRequest(lambda problem: None))
    with pytest.MonkeyPatch.context() as patched:
        read = list[str]()
        whole = zipfile.ZipFile.read

        def noted(archive: zipfile.ZipFile, name: str) -> bytes:
            read.append(name)
            return whole(archive, name)

        patched.setattr(zipfile.ZipFile, "read", noted)
        next(found)
        assert "b.xmi" not in read
        next(found)
        assert "b.xmi" in read
