"""A plain text is an article, or a sentence in each line."""

from __future__ import annotations

import pytest

from tests.unit.annotation.articles.reading import FileMaker, Reading


def test_a_plain_text_is_an_article_character_for_character(file: FileMaker) -> None:
    article = Reading(file("a.txt", "  Two men died 😢.\n\nThey fled. \n")).only()

    assert article.text == "  Two men died 😢.\n\nThey fled. \n"
    assert (article.title, article.url, article.source, article.published) == ("", None, None, None)


def test_a_headline_is_the_title_and_stays_in_the_text(file: FileMaker) -> None:
    article = Reading(file("a.txt", "Rebels seize bridge\n\nThey came at dawn.")).only()

    assert article.title == "Rebels seize bridge"
    assert article.text.startswith("Rebels seize bridge")


@pytest.mark.parametrize(
    "text",
    [
        "They came at dawn.\n\nThey left at dusk.",
        "They came at dawn",
        "They came\nat dawn",
        f"{'They came ' * 20}\n\nThey left.",
        "“Where is he?”\n\nNobody knew.",
    ],
    ids=["a sentence", "alone", "wrapped", "too long", "a question"],
)
def test_a_first_line_that_is_no_headline_is_no_title(file: FileMaker, text: str) -> None:
    assert Reading(file("a.txt", text)).only().title == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_byte_order_mark(file: FileMaker, encoding: str) -> None:
    text = "Naïve Київ ကူညီပါ 😢\n"
    assert Reading(file("a.txt", text.encode(encoding))).only().text == text


def test_line_ends_of_a_file_are_normalised(file: FileMaker) -> None:
    assert Reading(file("a.txt", b"One.\r\nTwo.\rThree.\n")).only().text == "One.\nTwo.\nThree.\n"


def test_an_article_of_fifty_megabytes_is_refused(file: FileMaker) -> None:
    reading = Reading(file("big.txt", b"word " * 10_000_000), file("good.txt", "Two men died."))
    assert reading.texts == ["Two men died."]
    assert reading.messages == ["big.txt: the file has more than 5,000,000 characters."]


def test_the_lines_of_a_plain_text_are_sentences(file: FileMaker) -> None:
    text = " One.\n\nTwo. \n"
    one, two = Reading(file("a.txt", text), presplit=True).sentences
    assert (one.id, two.id) == (f"{one.article_id}:1-5", f"{one.article_id}:7-11")
    assert [text[s.start : s.end] for s in (one, two)] == ["One.", "Two."]
