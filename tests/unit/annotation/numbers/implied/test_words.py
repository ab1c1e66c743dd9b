"""How a sentence is cut where one person may be named."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from annotation.numbers.implied.words import cut_words, plain_words

_TEXTS = st.text(alphabet=st.sampled_from("aAzZbké'’-_. 1½\nİKſ\ud800🙂"), max_size=30)


def test_plain_words_are_lower_cased_and_cut_at_all_but_a_to_z() -> None:
    assert plain_words("A co-op, Émile 2nd") == ["a", "co", "op", "mile", "nd"]


@given(_TEXTS)
@example("İ\ud800K")
def test_plain_words_are_what_a_regular_expression_finds(text: str) -> None:
    assert plain_words(text) == re.findall("[a-z]+", text.lower())


def test_words_and_marks_know_their_place() -> None:
    text = "Gunmen shot dead ex-mayor O'Neil."

    found = cut_words(text)

    assert [one.lower for one in found] == ["gunmen", "shot", "dead", "ex-mayor", "o'neil", "."]
    assert all(text[one.start : one.end] == one.text for one in found)
