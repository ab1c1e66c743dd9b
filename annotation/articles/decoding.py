"""Decoding: bytes become readable text, or a refusal that says where they are none.

Text is UTF-8, or UTF-16 or UTF-32 with a byte-order mark. Any other encoding is refused and not
guessed, since a wrong guess puts wrong letters into names without anybody noticing.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from typing import BinaryIO, cast

from annotation.errors import ArticleError

MAX_CHARACTERS = 5_000_000
"""Characters that an article may have; the longest novels have three million."""
UNDECODED = re.compile("[\udc80-\udcff]")
"""What ``text_stream`` makes of bytes that are no text."""

_HALF = re.compile("[\ud800-\udfff]")
_TO_UTF8 = "If it is text, save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, with whose mark it begins
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_stream(raw: BinaryIO, *, newline: str | None) -> io.TextIOWrapper:
    """Text, decoded by the byte-order mark, else as UTF-8; what is neither becomes surrogates."""
    buffered = raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw))
    begin = cast(io.BufferedReader, buffered).peek(4)
    encoding = next((name for mark, name in _BOMS if begin.startswith(mark)), "utf-8")
    return io.TextIOWrapper(buffered, encoding, errors="surrogateescape", newline=newline)


def check_text(text: str, where: str, what: str) -> None:
    """Refuse what is no readable text.

    Args:
        text: what was decoded.
        where: the file or row that has it, for the message.
        what: what it is there: ``"the file"``, ``"'text'"``.

    Raises:
        ArticleError: it is empty, too long, binary, in another encoding, or white space.
    """
    if not text:
        raise ArticleError(f"{where}: {what} is empty.", hint="Put the text in, or leave it out.")
    if len(text) > MAX_CHARACTERS:
        raise ArticleError(
            f"{where}: {what} has more than {MAX_CHARACTERS:,} characters.",
            hint="Cut it into articles.",
        )
    if "\0" in text:
        raise ArticleError(
            f"{where}: {what} is binary, not text (zero byte at {text.index(chr(0)) + 1}).",
            hint="If it is UTF-16 text, save it as UTF-8.",
        )
    if not text.isascii():
        _require_decoded(text, where, what)
    if not text.strip():
        raise ArticleError(
            f"{where}: {what} holds nothing but white space.",
            hint="Put the text in, or leave it out.",
        )


def _require_decoded(text: str, where: str, what: str) -> None:
    """Refuse bytes that are no UTF-8 and halves of characters.

    Raises:
        ArticleError: there is one.
    """
    if match := UNDECODED.search(text):
        line = text.count("\n", 0, match.start()) + 1
        byte = ord(match.group()) - 0xDC00
        raise ArticleError(
            f"{where}: {what} is not UTF-8 (byte 0x{byte:02x} in line {line}).", hint=_TO_UTF8
        )
    if match := _HALF.search(text):
        raise ArticleError(
            f"{where}: {what} holds half a character (a lone surrogate at {match.start() + 1}).",
            hint="It was cut in the middle of an emoji; take the half out.",
        )


def content_id(title: str, text: str) -> str:
    """16 hex digits of the SHA-256 of title and text, which a zero byte keeps apart."""
    return hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()[:16]


def sentence_id(article: str, start: int, end: int) -> str:
    """``{article}:{start}-{end}``: a sentence is known by its place, in code points."""
    return f"{article}:{start}-{end}"
