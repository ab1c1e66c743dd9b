"""Nouns of time that only say of which kind what is counted is: "two *night* guards".

A number of them is no duration: "two nights", but neither "two night guards" nor "two month-old
babies" (which are two babies), and no "two-day battle" either.
"""

# ruff: noqa: SIM905 -- long lists of words are easier to read and to extend as text

from __future__ import annotations

import re
from collections.abc import Sequence

from annotation.numbers.lexicon.fates import HARMING_SCORES
from annotation.numbers.lexicon.nouns import BOMBS, is_plural
from annotation.numbers.lexicon.number_words import CARDINALS
from annotation.numbers.lexicon.verbs import VERBS
from annotation.numbers.tokens.kinds import OPEN_WORDS, TIME_KINDS, K, any_of, shape
from annotation.numbers.tokens.line import Token

TIMES_OF_WORK = frozenset(
    "night day evening morning afternoon midnight weekend weekday season winter summer".split()
)
"""Times by which people are named who work, visit or live somewhere then."""

_BY_DAY = frozenset("night evening morning afternoon midnight".split())
"""Those of them by which also happenings are named: "six *night* raids"."""

_LENGTHS_OF_STAY = frozenset(
    "stays trips visits cruises tours nights shifts holidays breaks passes bookings curfews"
    " ceasefires truces".split()
)
"""Happenings that "two night" says the length of."""

_PEOPLE = re.compile(
    r"(?:\w{3,}(?:ers|ors|men|ists|ants|ents|ians)|guards?|nurses|people|children|staff|personnel"
    r"|pilots|pupils|police|cooks|marshals|wardens|clerks|hands|guests|crews?|medics|patrols|monks"
    r"|nuns|boys|girls|residents|pilgrims|tourists)"
)
"""Words for people in the plural, by their form mostly."""

_NO_PEOPLE = frozenset(
    "events engagements deployments movements bombardments developments settlements agreements"
    " documents tournaments treatments experiments papers quarters matters numbers orders showers"
    " fires errors sectors".split()
)
"""Words of that form for other things."""

_AT_NIGHT = frozenset(
    "guard nurse watchman watchwoman porter clerk warden cook labourer laborer worker".split()
)
"""People of whom one may be counted: "saw one *night guard*", where "one night" is a time else."""

_WHATEVER_LASTS = frozenset(
    "strike strikes walkout protest march rally conference meeting course training seminar workshop"
    " boycott blockade sit-in camp tournament festival battle fight siege trial".split()
)
"""Happenings that "five day" says the length of, behind whoever is in them."""

_BEFORE_ONE = VERBS | HARMING_SCORES
"""Words behind which "one night" is no time at which something happened."""

_NAMES = {
    "NUMBER": any_of(
        K.NUM + K.ONE + K.SMALL + K.TENS + K.HUNDRED + K.SCALE + K.DOZEN + K.VAGUE + K.SEVERAL
    ),
    "TIMES": any_of(TIME_KINDS + K.DAYTIME),
    "WORDS": any_of(OPEN_WORDS + TIME_KINDS + K.ADJ + K.STOP + K.IN + K.SMALL),
}
_TIME_BEFORE_A_WORD = re.compile(shape("TIMES HYPHEN? WORDS", _NAMES))
_NUMBER_BEFORE = re.compile(shape("NUMBER (ORMORE|ORSO)? (OF THE?)? (ADJ|A)*", _NAMES) + r"\Z")
_FARTHEST = 8
"""Tokens from a number to the noun of time behind it, at most."""


def time_modifiers(tokens: Sequence[Token], kinds: str) -> tuple[int, ...]:
    """Which tokens are nouns of time that modify a noun that a number before them counts.

    Args:
        tokens: the tokens of a line.
        kinds: their kinds.

    Returns:
        their positions.
    """
    found = []
    for time in _TIME_BEFORE_A_WORD.finditer(kinds):
        at = time.start()
        number = _NUMBER_BEFORE.search(kinds, max(0, at - _FARTHEST), at)
        if number is not None and _modifies(tokens, kinds, number.start(), at):
            found.append(at)
    return tuple(found)


def _modifies(tokens: Sequence[Token], kinds: str, number: int, at: int) -> bool:
    word = tokens[at].word
    if word.endswith("s") or tokens[at].start == tokens[at - 1].end:  # "two-day"
        return False
    end = at + 1
    while kinds[end : end + 1] == K.HYPHEN and end + 1 < len(tokens):
        end += 2
    if kinds[number] == K.ONE and number + 1 == at:
        return end == at + 1 and word == "night" and _names_one(tokens, kinds, end)
    if end == at + 1:
        return _names_several(tokens, kinds, number, at)
    told = tokens[at + 2].word
    if told == "old" and not _counts_the_young(tokens, number, at):
        return False
    if told == "long" and word != "day":
        return False  # "six hour-long battles" may be one of six hours
    return is_plural(tokens[end - 1].word) or _plural_behind(tokens, kinds, end)


_MOST_YOUNG = 10


def _counts_the_young(tokens: Sequence[Token], number: int, at: int) -> bool:
    """Whether "three month-old babies" are three: in digits, or of more, it is how old they are.

    Years are: "nine year-old girls" lacks a hyphen.
    """
    if number + 1 < at:
        return True
    return (
        tokens[at].word != "year"
        and CARDINALS.get(tokens[number].word, _MOST_YOUNG + 1) <= _MOST_YOUNG
    )


def _names_one(tokens: Sequence[Token], kinds: str, at: int) -> bool:
    """Whether one of those who work at night is counted, behind a verb: "saw one night guard"."""
    behind_a_verb = at > 2 and tokens[at - 3].word in _BEFORE_ONE
    return behind_a_verb and kinds[at] in OPEN_WORDS and tokens[at].word in _AT_NIGHT


def _names_several(tokens: Sequence[Token], kinds: str, number: int, at: int) -> bool:
    """Whether an ordinary noun of time stands before people: "night guards", "day shift nurses"."""
    word = tokens[at].word
    if word == "time":
        return tokens[at + 1].word in BOMBS and is_plural(tokens[at + 1].word)
    if word not in TIMES_OF_WORK or (number and kinds[number - 1] == K.AT):  # "at 9 evening …"
        return False
    for place in range(at + 1, min(at + 3, len(tokens))):
        head = tokens[place].word
        if kinds[place] not in OPEN_WORDS + TIME_KINDS or head in VERBS:
            return False
        if is_plural(head):
            if _PEOPLE.fullmatch(head) and head not in _NO_PEOPLE:
                behind = {token.word for token in tokens[place + 1 : place + 3]}
                return behind.isdisjoint(_WHATEVER_LASTS)  # "a five day doctors' strike"
            return word in _BY_DAY and head not in _LENGTHS_OF_STAY
    return False


def _plural_behind(tokens: Sequence[Token], kinds: str, at: int) -> bool:
    """Whether a plural stands among the two words from a position on."""
    for token, kind in zip(tokens[at : at + 2], kinds[at : at + 2], strict=True):
        if kind not in OPEN_WORDS or token.word in VERBS:
            return False
        if is_plural(token.word):
            return True
    return False
