"""Reports in DOCX."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from annotation.articles.readers.documents import word_document as reader
from annotation.articles.sentences import split
from tests.unit.annotation.articles.reading import Reading

STORY = "Armed men attacked a market on Friday. At least 12 people were killed, the police said."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _saved(path: Path, opened: Any) -> Path:
    opened.save(str(path))
    return path


@pytest.mark.slow
def test_paragraphs_tables_headers_and_footers(tmp_path: Path) -> None:
    opened = docx.Document()
    opened.sections[0].header.paragraphs[0].text = "Weekly bulletin"
    opened.sections[0].footer.paragraphs[0].text = "Not for quotation"
    opened.add_heading("Market attacked", 1)
    opened.add_paragraph(STORY)
    table = opened.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("State", "Killed", "Borno", "12"), strict=True):
        cell.text = text
    opened.add_paragraph("Nobody claimed it.")
    (article,) = Reading(_saved(tmp_path / "a.docx", opened)).articles
    assert article.text.split("\n\n") == [
        "Market attacked",
        STORY,
        "State | Killed\nBorno | 12",
        "Nobody claimed it.",
        "Weekly bulletin",
        "Not for quotation",
    ]
    assert article.title == "Market attacked"
    marked = [one.text for one in split(article) if one.boilerplate]
    assert marked == ["State | Killed", "Borno | 12", "Weekly bulletin", "Not for quotation"]


def test_tracked_changes_are_taken_as_made_and_nothing_is_lost(tmp_path: Path) -> None:
    opened = docx.Document()
    opened.core_properties.title = "A title"
    paragraph = opened.add_paragraph("Ten ")._element
    xml = (
        f'<w:p xmlns:w="{W}"><w:del><w:r><w:delText>soldiers</w:delText></w:r></w:del><w:ins><w:r>'
        "<w:t>civilians</w:t></w:r></w:ins><w:r><w:tab/><w:t>fled.</w:t></w:r></w:p>"
    )
    for child in parse_xml(xml):
        paragraph.append(child)
    control = parse_xml(
        f'<w:sdt xmlns:w="{W}"><w:sdtContent><w:p><w:r><w:t>Two died.</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    paragraph.addnext(control)
    (article,) = Reading(_saved(tmp_path / "a.docx", opened)).articles
    assert article.text == "Ten civilians\tfled.\n\nTwo died."
    assert article.title == "A title"


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    (problem,) = Reading(_saved(tmp_path / "a.docx", docx.Document())).problems
    assert "the document is empty" in problem.message


@pytest.mark.slow
def test_a_package_that_unpacks_to_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.docx", docx.Document())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/more.xml", b"\0" * (reader.MAX_XML + 1))
    assert path.stat().st_size < 1_000_000
    (problem,) = Reading(path).problems
    assert "unpacks to more than any report would hold" in problem.message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is encrypted, or in Word's old format."),
        (b"", "is not a DOCX file, or is damaged"),
        (b"PK\x03\x04 and no more", "is not a DOCX file, or is damaged"),
        (b"%PDF-1.4", "is not a DOCX file, or is damaged"),
    ],
)
def test_what_is_none_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    (problem,) = Reading(tmp_path / "a.docx").problems
    assert told in problem.message
    assert problem.hint


def test_a_package_without_a_document_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        package.writestr("hello.txt", "Hello")
    (problem,) = Reading(tmp_path / "a.docx").problems
    assert "is not a DOCX file, or is damaged" in problem.message


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    whole, bomb = _saved(tmp_path / "whole.docx", docx.Document()), tmp_path / "a.docx"
    entities = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in pairwise("abcdefgh")
    )
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(bomb, "w") as new:
        for one in old.infolist():
            content = old.read(one).decode("latin-1")
            if one.filename == "word/document.xml":
                content = (
                    f'<?xml version="1.0"?>{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r>'
                    "<w:t>&h; Ten fled.</w:t></w:r></w:p></w:body></w:document>"
                )
            new.writestr(one, content.encode("latin-1"))
    reading = Reading(bomb)
    assert len(reading.articles) + len(reading.problems) == 1
    assert all(len(one.text) < 1_000 for one in reading.articles)


@pytest.mark.slow
def test_the_name_of_a_part_does_not_hide_how_much_it_is(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.docx", docx.Document())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.bin", b"\0" * (reader.MAX_XML + 1))
    assert "unpacks to more than any report" in Reading(path).refusal()


def test_sections_that_share_a_header_are_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = docx.Document()
    opened.sections[0].header.paragraphs[0].text = "Weekly bulletin"
    opened.add_paragraph(STORY)
    for _ in range(9):
        opened.add_section()
    looked: list[bool] = []
    linked: Any = docx.section._Header.is_linked_to_previous

    def look(one: Any) -> bool:
        looked.append(True)
        return bool(linked.fget(one))

    monkeypatch.setattr(docx.section._Header, "is_linked_to_previous", property(look))
    (article,) = Reading(_saved(tmp_path / "a.docx", opened)).articles
    assert article.text.count("Weekly bulletin") == 1
    assert len(looked) == 3  # of the first page, of even ones, of all others
