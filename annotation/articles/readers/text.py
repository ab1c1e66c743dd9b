"""Plain text: one article, or one sentence in each line."""

from __future__ import annotations

import re
from pathlib import Path

from annotation.articles.decoding import MAX_CHARACTERS, check_text, content_id
from annotation.articles.readers.interface import Format, InputRows, Request, opened_text

_ENDS_SENTENCE = re.compile(r"[.!?…;:,。؟۔။]['’\"”»)\]]*$")
_TITLE_LENGTH = 150


def read_text(path: Path, request: Request) -> InputRows:
    """The rows of a text file."""
    with opened_text(path) as stream:
        content = stream.read(MAX_CHARACTERS + 1)
    yield from text_rows(content, str(path), presplit=request.presplit)


def text_rows(text: str, where: str, *, presplit: bool) -> InputRows:
    """The rows of a plain text: one, or one for each line that is not blank."""
    check_text(text, where, "the file")
    if not presplit:
        yield where, {"text": text, "title": headline(text)}
        return
    article, position, index = content_id("", text), 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        if bare := line.strip():
            start = position + line.index(bare)
            row = {"text": bare, "article_id": article, "start": start, "end": start + len(bare)}
            yield f"{where}:{number}", row | {"index": index}
            index += 1
        position += len(line) + 1


def headline(text: str) -> str:
    """The first line, where it stands alone, is short and ends like no sentence; else nothing.

    It stays in the text too: annotators see it as context of every sentence, and label it as one.
    """
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    alone = not rest.partition("\n")[0].strip() and bool(rest.strip())
    return (
        first if alone and len(first) <= _TITLE_LENGTH and not _ENDS_SENTENCE.search(first) else ""
    )


TEXT = Format("a plain text", (".txt",), read_text)
