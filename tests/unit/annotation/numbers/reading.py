"""The one mention of a text, as the tests of the reader ask for it."""

from __future__ import annotations

from annotation.numbers.reader import Mention, read


def only(text: str) -> Mention:
    [mention] = read(text)
    return mention


def values(mention: Mention) -> list[object]:
    return [mention.low, mention.high]
