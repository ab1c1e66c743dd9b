"""E-mails."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from annotation.articles.readers.documents import e_mail as reader
from tests.unit.annotation.articles.reading import Reading


def _message(text: str, subtype: str = "plain") -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"Radio Okapi" <news@okapi.example>'
    message["Date"] = "Sun, 22 Nov 2026 23:30:00 -0500"
    message["Subject"] = "Twelve killed in Béni"
    message.set_content(text, subtype=subtype)
    return message


def test_the_text_with_its_sender_day_and_subject(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(_message("Twelve people were killed in Béni.\n").as_bytes())
    (article,) = Reading(tmp_path).articles
    assert article.text == "Twelve people were killed in Béni.\n"
    assert (article.title, article.source) == ("Twelve killed in Béni", "Radio Okapi")
    assert article.published == "2026-11-22"


def test_one_of_html_is_read_as_a_page_and_what_is_attached_is_named(tmp_path: Path) -> None:
    words = " ".join(f"Twelve people were killed in the town of Beni on day {n}." for n in range(9))
    message = _message(f"<html><body><article><p>{words}</p></article></body></html>", "html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    reading = Reading(tmp_path / "a.eml")
    assert [one.text for one in reading.articles] == [words], reading.problems
    (problem,) = reading.problems
    assert "what is attached was not read (report.pdf)" in problem.message


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: text/plain; charset=nonsense\n\nTen \xff fled.",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Date: 99 Foo 10000\nFrom: <<<>>>\n\nTen fled.",
        b"From: " + b"(" * 3_000 + b"\n\nTen fled.",
        b"Subject: Raid\nDate: " + b"(" * 3_000 + b"\n\nTen fled.",
        b"From: " + b"<" * 3_000 + b"\n\nTen fled.",
        b"From: " + b'"' * 3_001 + b"\n\nTen fled.",
        b"From: " + b"a:" * 3_000 + b"\n\nTen fled.",
        b"Content-Type: text/plain; " + b"(" * 3_000 + b"\n\nTen fled.",
        b"Content-Disposition: " + b"(" * 3_000 + b"\n\nTen fled.",
        pytest.param(
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
                for n in range(1_500)
            ),
            marks=pytest.mark.slow,
        ),
        b"Content-Type: message/rfc822\n\n" * 1_500 + b"\nTen fled.",
    ],
)
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.eml").write_bytes(content)
    reading = Reading(tmp_path / "a.eml")
    assert len(reading.articles) + len(reading.problems) == 1
    assert all("a.eml" in one.message for one in reading.problems)


def test_one_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 10)
    (tmp_path / "a.eml").write_bytes(_message("Ten fled.").as_bytes())
    (problem,) = Reading(tmp_path / "a.eml").problems
    assert "more than 0 MB" in problem.message


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"Content-Type: text/plain; charset=utf-8", "is not in the encoding 'utf-8'."),
        (b"Content-Type: text/plain; charset=x-none", "is not in the encoding 'x-none'."),
        (b"Subject: Raid", "is not in the encoding 'utf-8'."),
    ],
)
def test_letters_are_never_guessed(tmp_path: Path, head: bytes, said: str) -> None:
    (tmp_path / "a.eml").write_bytes(head + b"\n\nTen people fled the Caf\xe9.\n")
    assert Reading(tmp_path / "a.eml").refusal().endswith(said)


@pytest.mark.parametrize("head", [b"Subject: Raid", b"Content-Type: text/plain; charset=us-ascii"])
def test_where_no_encoding_is_named_it_is_utf_8(tmp_path: Path, head: bytes) -> None:
    said = "Ten people fled the Café."
    (tmp_path / "a.eml").write_bytes(b"\xef\xbb\xbf" + head + b"\n\n" + said.encode())
    assert Reading(tmp_path / "a.eml").texts == [said]


def test_a_text_that_is_damaged_on_the_way_is_no_text(tmp_path: Path) -> None:
    head = b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    (tmp_path / "a.eml").write_bytes(head + b"VGVuIHBlb3BsZSBmbGVk\nL")
    assert "is packed as base64 and damaged" in Reading(tmp_path / "a.eml").refusal()


@pytest.mark.slow
def test_what_would_take_minutes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: " + b"a@b.example, " * 1_000 + b"\n\nTen fled.")
    assert "its header 'From' has more than 10,000" in Reading(tmp_path / "a.eml").refusal()
    part = b"--x\nContent-Type: text/plain\n\nTen fled.\n"
    head = b"Content-Type: multipart/mixed; boundary=x\n\n"
    (tmp_path / "b.eml").write_bytes(head + part * 1_001)
    assert "has more than 1,000 parts" in Reading(tmp_path / "b.eml").refusal()
