"""Reports in PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from annotation.articles.readers.documents import pdf as reader
from annotation.articles.sentences import split
from tests.unit.annotation.articles.readers.documents.samples import encrypted, lines, pdf
from tests.unit.annotation.articles.reading import Reading

STORY = (
    "Armed men attacked a market in the town of Damasak on Friday and killed at least",
    "12 people, the police said. Forty others were wounded in the attack, which lasted",
    "an hour.",
)


def _read(path: Path, content: bytes) -> Reading:
    path.write_bytes(content)
    return Reading(path)


def test_lines_become_paragraphs_and_the_headline_the_title(tmp_path: Path) -> None:
    page = [*lines("Market attacked"), *lines(*STORY, top=670), *lines(*STORY, top=600)]
    (article,) = _read(tmp_path / "a.pdf", pdf([page])).articles
    paragraph = " ".join(STORY)
    assert article.text == f"Market attacked\n\n{paragraph}\n\n{paragraph}"
    assert article.title == "Market attacked"
    assert article.asides == ()


def test_words_that_are_broken_at_the_end_of_a_line_are_whole_again(tmp_path: Path) -> None:
    broken = (
        "In the whole of the district the humanitarian organ-",
        "isations counted 20 dead. A Russian-",
        "backed militia and a well-",
        "known commander, as well-known as any, took part in Deir ez-",
        "Zor and left.",
    )
    (article,) = _read(tmp_path / "a.pdf", pdf([lines(*broken)])).articles
    assert "humanitarian organisations counted" in article.text
    assert "A Russian-backed militia and a well-known commander" in article.text
    assert "in Deir ez-Zor and left." in article.text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (("a" * 1_000_000, "It ends."), "a" * 1_000_000 + " It ends."),
        (("a" * 1_000_000, "b" * 700_000), "a" * 1_000_000 + " " + "b" * 700_000),
        (("a" * 500_000 + "-", "b" * 500_001), "a" * 500_000 + "b" * 500_001),
        pytest.param(
            ("Ten men fled the town of Beni again.",) * 40_000, None, marks=pytest.mark.slow
        ),
        pytest.param(
            ("no-blank-in-this-line-at-all-and-fro-",) * 40_000, None, marks=pytest.mark.slow
        ),
        pytest.param(("-",) * 40_000, None, marks=pytest.mark.slow),
    ],
    ids=["one word", "two words", "a broken word", "lines", "hyphens", "bare hyphens"],
)
def test_a_paragraph_without_end_takes_time_in_proportion(
    page: tuple[str, ...], text: str | None
) -> None:
    """With time that grows by the square, each of these would take minutes."""
    found = reader._document([reader._Page(page, frozenset(), bare=False)]).text
    assert found == text if text else len(found) > 39_000


def test_a_word_that_is_broken_twice_is_whole_again() -> None:
    page = reader._Page(
        ("Mis", "counted human-", "itarian-", "ism there."), frozenset(), bare=False
    )
    assert "humanitarianism" in reader._document([page]).text


def test_headers_and_footers_stand_beside_the_story(tmp_path: Path) -> None:
    pages = [
        [
            *lines("Situation Report No. 7", top=800),
            *lines(*(line.replace("Friday", day) + day for line in STORY), top=700),
            *lines(f"Page {number} of 4", top=30),
        ]
        for number, day in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday"), 1)
    ]
    (article,) = _read(tmp_path / "a.pdf", pdf(pages)).articles
    asides = [article.text[start:end] for start, end in article.asides]
    assert sorted(set(asides)) == [
        *(f"Page {number} of 4" for number in range(1, 5)),
        "Situation Report No. 7",
    ]
    marked = {one.text for one in split(article) if one.boilerplate}
    assert marked >= set(asides)
    assert not any("Armed men" in one for one in marked)


def test_a_paragraph_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    pages = [
        [*lines(STORY[0], top=60), *lines("1", top=30)],
        [*lines(*STORY[1:]), *lines("2", top=30)],
    ]
    (article,) = _read(tmp_path / "a.pdf", pdf(pages)).articles
    assert " ".join(STORY) in article.text
    assert [article.text[start:end] for start, end in article.asides] == ["1", "2"]


def test_tables_are_marked(tmp_path: Path) -> None:
    rows = [("State", "Killed", "Wounded"), ("Borno", "12", "40"), ("Yobe", "3", "7")]
    table = [
        (72 + 150 * column, 600 - 14 * number, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    page = [*lines(*STORY), *table, *lines(*STORY, top=500)]
    (article,) = _read(tmp_path / "a.pdf", pdf([page])).articles
    ((start, end),) = article.asides
    assert article.text[start:end].split() == [cell for row in rows for cell in row]
    assert article.text.count(" ".join(STORY)) == 2


def test_ligatures_are_letters() -> None:
    assert reader._clean("o\ufb00icials \ufb02ed, \ufb01re, tra\ufb03c\0\ud800") == (
        "officials fled, fire, traffic"
    )


def test_a_scan_is_refused_in_one_sentence(tmp_path: Path) -> None:
    reading = _read(tmp_path / "a.pdf", pdf([[], []], picture=True))
    (problem,) = reading.problems
    assert problem.message.endswith("holds pictures of text and no text, as a scan does.")
    assert "ocrmypdf" in problem.hint
    assert reading.articles == []


def test_pages_without_text_are_named_where_others_have_some(tmp_path: Path) -> None:
    reading = _read(tmp_path / "a.pdf", pdf([lines(*STORY), []], picture=True))
    assert [one.text for one in reading.articles] == [" ".join(STORY)]
    (problem,) = reading.problems
    assert "1 of the 2 pages hold a picture and no text (2)." in problem.message


def test_an_encrypted_one_is_refused_and_one_that_forbids_printing_is_read(tmp_path: Path) -> None:
    content = pdf([lines(*STORY)])
    locked = Reading(encrypted(tmp_path / "locked.pdf", content, "secret"))
    assert [one.message for one in locked.problems] == [
        f"{tmp_path / 'locked.pdf'}: the PDF is encrypted."
    ]
    (article,) = Reading(encrypted(tmp_path / "open.pdf", content, "")).articles
    assert article.text == " ".join(STORY)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7\n", b"GIF89a", b"%PDF-1.4\n%%EOF\n", pdf([lines(*STORY)])[:-200]],
    ids=["empty", "head", "picture", "end", "cut"],
)
def test_what_is_damaged_is_refused_or_read(tmp_path: Path, content: bytes) -> None:
    reading = _read(tmp_path / "a.pdf", content)
    assert len(reading.problems) + len(reading.articles) == 1
    assert all("a.pdf" in one.message and one.hint for one in reading.problems)


def test_a_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 3)
    (problem,) = _read(tmp_path / "a.pdf", pdf([lines(*STORY)] * 4)).problems
    assert "more than 3 pages" in problem.message
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 300)
    (problem,) = _read(tmp_path / "b.pdf", pdf([lines(*STORY)] * 2)).problems
    assert "more than 300 characters" in problem.message
    monkeypatch.setattr(reader, "MAX_BYTES", 300)
    (problem,) = _read(tmp_path / "c.pdf", pdf([lines(*STORY)])).problems
    assert "more than 0 MB" in problem.message
    monkeypatch.undo()
    monkeypatch.setattr(reader, "MAX_PAGE", 100)
    (problem,) = _read(tmp_path / "d.pdf", pdf([lines(*STORY)])).problems
    assert "no text" in problem.message


def test_without_the_extra_the_other_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    monkeypatch.setitem(sys.modules, "docx", None)
    (tmp_path / "a.pdf").write_bytes(pdf([lines(*STORY)]))
    (tmp_path / "b.docx").write_bytes(b"PK")
    (tmp_path / "c.txt").write_text("Ten people fled.", encoding="utf-8")
    reading = Reading(tmp_path)
    assert [one.text for one in reading.articles] == ["Ten people fled."]
    assert [one.hint for one in reading.problems] == [
        "Install it: pip install 'newsledger[documents]'"
    ] * 2
