"""How a text is cut into tokens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.numbers.lexicon import modifiers
from annotation.numbers.lexicon.number_words import SEVERAL
from annotation.numbers.tokens import tokenise
from annotation.numbers.tokens.kinds import KINDS, K
from annotation.numbers.tokens.patterns import TOKEN_PATTERNS
from tests.unit.annotation.numbers.lines import line_of

NAMES = {kind: name for name, kind in KINDS.items()}


def names_of(text: str) -> list[str]:
    return [NAMES[kind] for kind in line_of(text).kinds]


def test_each_pattern_names_its_kind_or_has_a_function() -> None:
    assert {row.name for row in TOKEN_PATTERNS if row.kind is None} == set(tokenise._CUTTERS)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("two F-16s", ["SMALL", "CAP"]),
        ("an AK-47", ["A", "NAME"]),
        ("2½ million", ["NUM", "SCALE"]),
        ("½ mile", ["FRACTION", "MEASURE"]),
        (".5", ["NUM"]),
        ("-5", ["SIGN", "NUM"]),
        (")-5", ["CLOSE", "HYPHEN", "NUM"]),
        ("US-backed", ["ACRONYM", "HYPHEN", "WORD"]),
        ("– he", ["DASH", "STOP"]),
        ("men / women", ["WORD", "SEMICOLON", "WORD"]),
        ("men/women", ["WORD", "SLASH", "WORD"]),
        ("(021) 555-1234", ["JUNK"]),
        ("at 10:30 on 12/04/2016", ["AT", "CLOCK", "STOP", "CLOCK"]),
        ("30km", ["NUM", "MEASURE"]),
        ("100+ more than 5", ["NUM", "ORMORE", "ATLEAST", "NUM"]),
        ("May may", ["MONTH", "STOP"]),
        ("the WHO, who", ["THE", "ACRONYM", "COMMA", "STOP"]),
        ("lost\n20", ["WORD", "NEWLINE", "NUM"]),
        ("20\ntrucks", ["NUM", "WORD"]),
        ("24 comments", ["NUM", "REACTION"]),
        ("Resolution 2254", ["DESIGNATOR", "NUM"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert names_of(text) == kinds


PHRASES = [
    *(*modifiers.DEGREES, *modifiers.AT_LEAST, *modifiers.AT_MOST, *modifiers.ABOUT),
    *(*modifiers.EXACT, *modifiers.AFTER_AT_LEAST, *modifiers.AFTER_AT_MOST),
    *(*modifiers.AFTER_ABOUT, *SEVERAL, "per cent", "as of", "no later than", "second of"),
]
PIECES = sorted(
    {piece for phrase in PHRASES for piece in (phrase.replace("\\", ""), *phrase.split())}
)


@given(st.lists(st.sampled_from([*PIECES, *',.;:!?…)]"“”\n', "us $", "men", "Mr."]), max_size=8))
@pytest.mark.slow
def test_the_fast_way_cuts_as_the_table_of_patterns_does(pieces: list[str]) -> None:
    fast = line_of(" ".join(pieces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenise, "PLAIN_TOKEN", re.compile(r"[^\S\n]*+(?:(\Z.)|(\Z.))?"))
        slow = line_of(" ".join(pieces))
    assert fast == slow


@given(st.text(max_size=80))
def test_tokens_are_in_order_and_do_not_overlap(text: str) -> None:
    text = text.replace("İ", "I")
    line = line_of(text)
    ends = [0, *(token.end for token in line.tokens)]
    assert all(token.start >= end for token, end in zip(line.tokens, ends, strict=False))
    assert ends[-1] <= len(text)


def test_around_a_line_stand_newlines_without_a_word() -> None:
    line = line_of("12 men")
    for at in (-1, 2, 99):
        assert line.kind(at) == K.NEWLINE
        assert line.is_(at, K.NEWLINE + K.COMMA)
        assert not line.is_(at, K.NUM)
        assert line.word(at) == ""
