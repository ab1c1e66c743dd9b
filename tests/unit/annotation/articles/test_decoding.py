"""Bytes become readable text, or are refused with the place where they are none."""

from __future__ import annotations

import codecs
import io

import pytest

from annotation.articles.decoding import (
    MAX_CHARACTERS,
    check_text,
    content_id,
    sentence_id,
    text_stream,
)
from annotation.articles.sentences import split
from annotation.errors import ArticleError
from annotation.records import Article


@pytest.mark.parametrize(
    "raw",
    [
        "Київ".encode(),
        "Київ".encode("utf-8-sig"),
        "Київ".encode("utf-16"),
        "Київ".encode("utf-32"),
        codecs.BOM_UTF16_BE + "Київ".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be"],
)
def test_the_byte_order_mark_tells_the_encoding(raw: bytes) -> None:
    assert text_stream(io.BytesIO(raw), newline=None).read() == "Київ"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "x: it is empty."),
        (" \n", "x: it holds nothing but white space."),
        ("ab\0c", "x: it is binary, not text (zero byte at 3)."),
        ("one\ntwo\udce9", "x: it is not UTF-8 (byte 0xe9 in line 2)."),
        ("ab\ud83d", "x: it holds half a character (a lone surrogate at 3)."),
        ("a" * (MAX_CHARACTERS + 1), "x: it has more than 5,000,000 characters."),
    ],
    ids=["empty", "blank", "zero byte", "other encoding", "half a character", "long"],
)
def test_what_is_no_readable_text_is_refused_with_its_place(text: str, why: str) -> None:
    with pytest.raises(ArticleError) as caught:
        check_text(text, "x", "it")
    assert caught.value.message == why
    assert caught.value.hint


def test_bytes_that_are_no_text_come_out_as_what_is_refused() -> None:
    with pytest.raises(ArticleError, match="0xe9 in line 1"):
        check_text(text_stream(io.BytesIO(b"caf\xe9"), newline=None).read(), "x", "it")


def test_title_and_text_are_kept_apart_in_an_id() -> None:
    assert len({content_id("ab", "c"), content_id("a", "bc"), content_id("", "abc")}) == 3
    assert content_id("ab", "c") == content_id("ab", "c")


def test_the_id_of_a_sentence_says_where_to_look() -> None:
    article = Article("a:1", "", "One. Two.")
    assert sentence_id("a:1", 5, 9) == "a:1:5-9" == split(article)[1].id
