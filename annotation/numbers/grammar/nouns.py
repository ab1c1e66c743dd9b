"""Finds what is counted: where a noun phrase begins and ends, by closed lists of words."""

from __future__ import annotations

from dataclasses import dataclass

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar.kinds import TokenLine
from annotation.numbers.grammar.numbers import Quantity


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, and how far the mention reaches; positions are indices of tokens."""

    first: int
    """Where the noun begins."""
    last: int
    """Where it ends (exclusive); ``first`` where there is none."""
    end: int
    """Where the mention ends (exclusive)."""

    def __bool__(self) -> bool:
        return self.last > self.first


def noun_after(line: TokenLine, q: Quantity, at: int) -> Noun | None:
    """The noun that a number counts, from the token behind it.

    Returns:
        None where what follows says that the number is no mention ("two-door car").
    """
    nothing = Noun(at, at, at)
    if q.unit.isupper() and len(q.unit) == 3:  # money
        return nothing
    kind = line.kind(at)
    if kind == "[" and line.kind(at + 2) == "]":  # "about 3,000 [people]"
        return Noun(at + 1, at + 2, at + 3)
    if kind == "O":
        found = _after_of(line, q, at + 1)
        return nothing if found is None else found
    if kind == "-" and q.unit in {"count", "fraction"}:
        return _hyphened(line, q, at + 1)
    if q.unit == "fraction":  # "half the city", "two-thirds majority"
        start = _past_determiners(line, at)
        if start == at and line.word(at - 1) == "half":
            return nothing
        return _phrase(line, start, singular=True) or nothing
    if q.unit != "count":
        return nothing
    start = at
    while line.word(start) in lex.BEFORE_NOUN:
        start += 1
    if line.word(start) == "others":
        return Noun(at, at, start + 1)
    if line.word(start) == "than":
        return nothing
    if q.form == "vague" and start == at and line.word(at) not in lex.CASUALTY_WORDS:
        return nothing  # "hundreds walk"
    one = q.low == q.high == 1
    return _phrase(line, start, singular=one, one=one) or Noun(at, at, start)


def _past_determiners(line: TokenLine, at: int) -> int:
    while line.word(at) in lex.DETERMINERS:
        at += 1
    return at


LENGTHS = frozenset({"km", "m", "mi", "ft", "yd", "nmi", "cm", "in"})
"""Units of length."""


def _after_of(line: TokenLine, q: Quantity, at: int) -> Noun | None:
    """Reads "80 percent of the *city*", "10,000 of their *followers*", "scores of others"."""
    start = _past_determiners(line, at)
    if line.word(start) == "others":
        return Noun(at, at, start + 1)
    if q.unit in LENGTHS and line.kind(start) in "WA":
        return None  # "7 km of Tabqa" is a place, not a thing
    return _phrase(line, start, singular=q.unit != "count")


def _hyphened(line: TokenLine, q: Quantity, at: int) -> Noun | None:
    """Reads "40,000-strong *force*", "30,000-member *border force*", "one-third *interest*"."""
    if line.word(at) not in lex.COMPOUND_HEADS:
        return _phrase(line, at, singular=True) if q.unit == "fraction" else None
    phrase = _phrase(line, at + 1, singular=True)
    if phrase:
        return phrase
    return Noun(at, at + 1 if line.word(at) != "strong" else at, at + 1)


def _phrase(line: TokenLine, at: int, *, singular: bool, one: bool = False) -> Noun | None:
    """A noun phrase without determiner, to its head.

    Args:
        line: the tokens.
        at: where to begin.
        singular: whether the head may be a singular ("half of the *city*").
        one: whether exactly one is counted, so that a later word in -s is a verb.
    """
    i, plural = at, -1
    for words in range(8):
        stop = _compound(line, i)
        if stop == i:
            break
        simple = stop - i == 1 and line.kind(i) in "wNnkMCPQR"
        if simple and _is_verb(line, i, words, singular=singular, one=one, plural=plural, at=at):
            break
        counted = lex.is_plural(line.word(stop - 1))
        if plural >= 0:
            modifies = (
                line.word(plural) in lex.MODIFYING_PLURALS
                or line.kind(plural) == "A"  # "GMLRS rockets"
                or (line.kind(plural) == "W" and counted)  # "Abrams tanks"
            )
            goes_on = modifies and (counted or _plural_ahead(line, i))
            if not goes_on and not (counted and line.word(stop - 1) in lex.HEADS_AFTER_PLURAL):
                break
        plural = stop - 1 if counted else -1
        i = stop
        if line.kind(i) == "'" and (not counted or singular):  # "the city's hospitals"
            if _compound(line, i + 1) == i + 1:
                break
            i, plural = i + 1, -1
        elif line.kind(i) == "&" and plural < 0 and not singular and _adjectives_joined(line, i):
            i += 1  # "regional and international nations"
    if i == at:
        return None
    if plural >= 0:
        end = plural + 1
        if line.word(plural) == "prisoners" and line.word(end + 1) == "war":
            end += 2  # the one compound with "of" that the news counts
        end = _and_others(line, end)
        return Noun(at, end, end)
    return _without_plural(line, at, i, singular=singular, one=one)


_CLAUSE_ENDS = frozenset('.,;:)_"|\n')


def _and_others(line: TokenLine, at: int) -> int:
    """End of "drivers *and traders*", where what follows shows that no new clause begins."""
    end = at + 1
    for _ in range(2 if line.kind(at) == "&" else 0):
        stop = _compound(line, end)
        if stop == end or line.word(stop - 1) in lex.VERBS or line.kind(end) in "WAG":
            break
        end = stop
        if lex.is_plural(line.word(end - 1)):
            whole = line.kind(end) in _CLAUSE_ENDS or line.word(end) in lex.PHRASES_BEGIN
            return end if whole else at
    return at


def _adjectives_joined(line: TokenLine, at: int) -> bool:
    return line.kind(at + 1) in "wWA" and _plural_ahead(line, at + 1)


def _without_plural(
    line: TokenLine, at: int, end: int, *, singular: bool, one: bool
) -> Noun | None:
    """A phrase in which no plural was found."""
    head = line.word(end - 1)
    alone = end - at == 1
    if head in (lex.CASUALTY_WORDS if alone else lex.CASUALTY_NOUNS):  # "nine wounded"
        if line.kind(end) in "&j" and line.word(end + 1) in lex.CASUALTY_WORDS:
            end += 2  # "20 dead and wounded"
        transitive = line.kind(end) in "Ea" or line.word(end) in lex.OBJECTS
        return None if transitive else Noun(at, end, end)  # not "four killed the mayor"
    if one and alone and head.endswith("ed"):
        return None
    if singular:
        return Noun(at, end, end)
    if line.word(at) in lex.COUNTED_SINGULAR:  # "60-plus nation coalition"
        return Noun(at, at + 1, end)
    if line.kind(end) == "&" and line.kind(end + 1) in "du1T":
        return None  # "50 big and 30 small tents"
    verbal = head.endswith(("ed", "ing", "ly")) and not (
        head in lex.NOUNS_IN_ING or head in lex.NOUNS_IN_LY
    )
    return None if verbal or (alone and head in lex.VERBS) else Noun(at, end, end)


def _is_verb(
    line: TokenLine, i: int, words: int, *, singular: bool, one: bool, plural: int, at: int
) -> bool:
    """Whether a lower-case word ends the phrase because it is a verb or an adverb."""
    word = line.word(i)
    ahead = i + 1
    if word in lex.VERBS and (
        words or word not in lex.NOUN_VERBS or (word in lex.PLAIN_VERBS and not one)
    ):
        badly = word in lex.NOUN_VERBS and line.word(i - 1).endswith("ly")
        return not (badly and _plural_ahead(line, ahead))  # "two badly burnt bodies"
    if not words:
        return False
    if word in lex.CASUALTY_NOUNS and plural < 0 and line.kind(i - 1) == "w":
        return False
    if word in lex.CASUALTY_WORDS:
        return not _plural_ahead(line, ahead)
    if word.endswith("ed") and (
        word not in lex.ADJECTIVES_IN_ED or line.word(ahead) in {"with", "by"}
    ):
        return one or singular or plural >= 0 or not _plural_ahead(line, ahead)
    if word.endswith("ing") and word not in lex.NOUNS_IN_ING:
        return plural >= 0 or (not singular and not _plural_ahead(line, ahead))
    if word.endswith("ly") and word not in lex.NOUNS_IN_LY:
        return not _plural_ahead(line, ahead)
    if one and word not in lex.PLURALS and lex.is_plural(word):
        return True
    if one or singular or line.word(at) in lex.COUNTED_SINGULAR:
        return line.kind(ahead) in "Ea" or line.word(ahead) in lex.OBJECTS
    return False


_NOUN_KINDS = "wWAGNnMPCLUQYRktS><"
_OLD = frozenset({"-τ-", "-t-"})
_AFTER_HYPHEN = _NOUN_KINDS + "BxiIu1TV&OHfE%"


def _compound(line: TokenLine, at: int) -> int:
    """End of a word with what is hyphened to it ("US-backed"); ``at`` if no noun goes on here."""
    kind = line.kind(at)
    if kind in "d1uTq" and line.kind(at + 1) == "-" and line.kind(at + 2) in "wMC":
        return at + 3  # "eight 500-pound bombs", "two half-burnt bodies"
    if kind in "d1uT" and line.kinds[at + 1 : at + 4] in _OLD:
        return at + 5  # "two 16-year-old boys"
    if kind in "<>" and line.kind(at + 1) == "-":
        return at + 3  # "40 under-fives"
    if kind == "d" and line.kind(at - 1) in "WN" and _plural_ahead(line, at + 1):
        return at + 1  # "20 Leopard 2 tanks"
    if kind not in _NOUN_KINDS:
        return at
    word = line.word(at)
    if word in lex.SOFT_STOPS and line.kind(at + 1) != "-":
        if line.kind(at + 1) not in "wWAN" or not _plural_ahead(line, at + 1):
            return at
    elif line.kind(at) in "<>" or (word in lex.STOP_WORDS and line.kind(at) not in "wWA"):
        return at
    i = at + 1
    while line.kind(i) == "-" and line.kind(i + 1) in _AFTER_HYPHEN:
        i += 2
    return i


def _plural_ahead(line: TokenLine, at: int) -> bool:
    """Whether a plural follows within three words, before any verb."""
    for _ in range(3):
        stop = _compound(line, at)
        word = line.word(stop - 1)
        if stop == at or word in lex.VERBS:
            return False
        if stop - at == 1 and word.endswith("ed") and word not in lex.ADJECTIVES_IN_ED:
            return word in lex.CASUALTY_WORDS and _plural_ahead(line, stop)
        if lex.is_plural(line.word(stop - 1)):
            return True
        at = stop
    return False
