"""How a plural is told from its form."""

from __future__ import annotations

import pytest

from annotation.numbers.lexicon.nouns import is_plural


@pytest.mark.parametrize("word", ["soldiers", "men", "gunmen", "people", "aircraft", "f-16s"])
def test_plurals(word: str) -> None:
    assert is_plural(word)


@pytest.mark.parametrize("word", ["soldier", "gas", "crisis", "regimen", "princess", "famous", ""])
def test_what_is_no_plural(word: str) -> None:
    assert not is_plural(word)
