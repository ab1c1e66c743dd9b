"""Any text is read in bounded work, with offsets that hold; what is written out reads back."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.numbers.lexicon.number_words import CARDINALS, TRIGGERS
from annotation.numbers.lexicon.number_words import TENS as TENS_WORDS
from annotation.numbers.reader import MOST_NUMBERS, has_number, mention_row, read, read_article
from annotation.numbers.tokens.words import WORD_KINDS
from tests.unit.annotation.numbers.lines import texts
from tests.unit.annotation.numbers.reading import only, values


def test_offsets_count_code_points() -> None:
    text = "😀 İstanbul: “Zwölf” – about 3,000 people"
    mention = only(text)
    assert text[mention.start : mention.end] == mention.text == "about 3,000 people"


VOCABULARY = (
    *sorted(WORD_KINDS),
    *("-", "–", ",", ".", "/", "(", ")", "[", "]", "$", "€", "%", "+", ">", "<", "=", "~", "½"),
    *("km²", "AK-47", "http://x.y/1", "10:30", "1/2", "007", "1e99", "İ", "\n", "\n\n"),
    *("a few", "at least", "more than", "up to", "or more", "or so", "plus", "people", "killed"),
    *("0", "1", "2", "5", "10", "12", "25", "3,000", "1.5", "5.000", "2016", "1 500", "10k"),
)


sentences = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY), max_size=40).map("".join),
)


@given(sentences)
def test_offsets_always_slice_to_the_text_and_reading_never_raises(text: str) -> None:
    before = 0
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start <= mention.number_start < mention.number_end <= mention.end
        assert mention.start >= before
        assert mention.noun is None or mention.noun in mention.text
        assert mention.low is not None or mention.high is not None
        if mention.low is not None and mention.high is not None:
            assert mention.low <= mention.high
        json.dumps(mention_row(mention), allow_nan=False)
        before = mention.end


@given(sentences)
def test_the_policy_changes_values_only(text: str) -> None:
    spans = [(m.start, m.end, m.modifier) for m in read(text)]
    assert [(m.start, m.end, m.modifier) for m in read(text, policy="acled")] == spans


UNITS = list(CARDINALS)[:20]


TENS = ["", "", *list(TENS_WORDS)[:8]]


def in_words(n: int) -> str:
    """The English cardinal, as a style guide writes it."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if n >= scale:
            rest = n % scale
            joint = "" if not rest else " and " if rest < 100 else " "
            return f"{in_words(n // scale)} {word}{joint}{in_words(rest) if rest else ''}"
    if n >= 100:
        return f"{UNITS[n // 100]} hundred" + (f" and {in_words(n % 100)}" if n % 100 else "")
    if n >= 20:
        return TENS[n // 10] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    return UNITS[n]


@pytest.mark.slow
@given(st.integers(2, 10**12 - 1))
def test_a_number_in_words_reads_back_as_itself(n: int) -> None:
    assert only(f"They counted {in_words(n)} people.").low == n


@given(st.integers(0, 10**12))
def test_a_number_in_digits_reads_back_as_itself(n: int) -> None:
    assert only(f"They counted {n:,} people.").low == n
    assert only(f"They counted {n:,} people.").high == n


@given(st.decimals(0, 10**6, places=2))
def test_an_amount_of_money_reads_back_as_itself(amount: Decimal) -> None:
    mention = only(f"They paid ${amount:,} for it.")
    assert (mention.low, mention.unit) == (amount, "USD")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_range_reads_back_as_itself(low: int, more: int) -> None:
    mention = only(f"They counted between {low:,} and {low + more:,} people.")
    assert mention.modifier == "between"
    assert values(mention) == [low, low + more]


@pytest.mark.parametrize(
    "text",
    ["1" * 1_000_000, "," * 1_000_000, "1," * 500_000, "1." * 500_000, "1-" * 500_000,
     "one hundred and " * 60_000, "(" * 100_000 + "5", "-" * 100_000 + "5", "a-" * 100_000 + " 5",
     "¼" * 277, "5 men, " * 300, "two men, " * 300, "1 " * 1_000, "$5; " * 300],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_the_work_on_one_sentence_is_bounded(text: str) -> None:
    assert len(read(text)) <= MOST_NUMBERS


def test_a_hard_wrapped_line_goes_on() -> None:
    assert only("They lost more than 20\ntrucks.").noun == "trucks"
    assert [m.noun for m in read_article("They lost 20\ntrucks and 5\nmen.")] == ["trucks", "men"]
    assert texts("Toll rises to 20\nTrucks arrive") == ["20"]
    assert texts("Toll rises to 20\n\ntrucks arrive") == ["20"]


def test_an_article_is_read_to_its_end() -> None:
    text = "At least 17 soldiers died.\n" + "At least 17 soldiers died. " * 2000 + "Five men fled."
    mentions = list(read_article(text))
    assert len(mentions) == 2002
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert mentions[-1].text == "Five men"


def test_every_offset_of_a_mention_refers_to_the_article() -> None:
    text = "Toll rises.\nMore than 20 men fled.\nUp to $5 million was paid for 10 or so."
    mentions = [(m, text[m.number_start : m.number_end]) for m in read_article(text)]
    assert [(text[m.start : m.end], number) for m, number in mentions] == [
        ("More than 20 men", "20"),
        ("Up to $5 million", "$5 million"),
        ("10 or so", "10"),
    ]
    assert all(m.start <= m.number_start < m.number_end <= m.end for m, _ in mentions)


# ── What is looked at ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("word", sorted(word for word in TRIGGERS if " " not in word))
def test_every_word_that_begins_a_number_is_seen_to_its_last_letter(word: str) -> None:
    assert has_number(f"There were {word} of them.")
    assert not has_number(f"There were {word}x of them.")
