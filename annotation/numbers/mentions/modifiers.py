"""How a number is claimed: the modifiers before and after it, and what they make of its value."""

from __future__ import annotations

from decimal import Decimal

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.modifiers import PREPOSITIONS
from annotation.numbers.lexicon.units import LENGTHS, PERIODS
from annotation.numbers.lexicon.verbs import OVER_VERBS, UP_VERBS
from annotation.numbers.tokens.kinds import MODIFIER_KINDS, NUMBER_KINDS, K
from annotation.numbers.tokens.line import TokenLine
from annotation.records import Modifier, Policy


def modifiers_before(line: TokenLine, q: Quantity, free: int) -> tuple[int, str]:
    """The modifiers before a number.

    Args:
        line: the tokens.
        q: the number.
        free: offset in the text before which everything belongs to another mention.

    Returns:
        Where they begin, and their kinds.
    """
    first = q.first
    while line.is_(first - 1, MODIFIER_KINDS) and line.gap(first) <= 2:
        if line.tokens[first - 1].start < free or _is_preposition(line, q, first - 1, free):
            break
        first -= 1
    return first, line.kinds[first : q.first]


def _is_preposition(line: TokenLine, q: Quantity, at: int, free: int) -> bool:
    """Whether "over", "under" or "up to" belongs to the words before it and not to the number."""
    word, before = line.word(at), line.word(at - 1)
    return (
        (word == "over" and before in OVER_VERBS)  # "handed over 63 prisoners"
        or (word == "up to" and before in UP_VERBS)  # "the toll has gone up to 231"
        # "charged eight generals over 303 killings"
        or (word in PREPOSITIONS and at > 0 and line.tokens[at - 1].end == free)
        # "under two flags"
        or (word == "under" and line.is_(q.first, K.SMALL) and q.high <= 10)
        # "buried under six metres of mud"
        or (word == "under" and q.unit in LENGTHS and line.is_(q.last, K.OF))
    )


_SUFFIX_MEANS = {K.ORMORE: K.ATLEAST, K.ORLESS: K.ATMOST, K.ORSO: K.ABOUT}
_GLUED_SUFFIXES = frozenset({"plus", "odd", "ish", "+"})
_ANOTHER_NUMBER = NUMBER_KINDS + K.ABOUT + K.CUR


def modifier_after(line: TokenLine, at: int, number_last: int) -> tuple[int, str, int]:
    """The modifier after a number or its noun: "60-plus", "100+", "30 or so", "10,000 at most".

    Args:
        line: the tokens.
        at: where it would begin.
        number_last: where the number ends.

    Returns:
        Where it ends, the kind that it would have before a number (empty for none), and where the
        number ends with what is glued to it.
    """
    hyphen = line.is_(at, K.HYPHEN)
    kind = _SUFFIX_MEANS.get(line.kind(at + hyphen))
    if kind is None:
        bound = line.word(at) in {"at least", "at most"}
        if bound and not line.is_(at + 1, _ANOTHER_NUMBER):
            return at + 1, line.kind(at), number_last
        return at, "", number_last
    end = at + hyphen + 1
    word = line.word(end - 1)
    glued = word in _GLUED_SUFFIXES and (hyphen or word == "+") and at == number_last
    return end, kind, end if glued else number_last


def claimed(
    q: Quantity, said: str, policy: Policy
) -> tuple[Decimal | None, Decimal | None, Modifier]:
    """Lowest and highest value that a number claims, and how.

    Args:
        q: the number.
        said: the kinds of its modifiers.
        policy: how vague words are read.
    """
    if q.vague is not None:
        return (q.low, None, "vague") if policy == "literal" else (q.vague, q.vague, "vague")
    if q.form == "range":
        return q.low, q.high, "between"
    if K.ATMOST in said:
        return None, q.high, "at_most"
    if K.ATLEAST in said:
        return q.low, None, "at_least"
    return q.low, q.high, "about" if K.ABOUT in said else "exactly"


def rate(line: TokenLine, at: int) -> str:
    """Reads "/d" where "a day" or "per day" follows; else the empty string."""
    each = line.word(at) in {"a", "an", "per", "each", "every"}
    compared = line.word(at + 2) in {"ago", "earlier", "later", "before"}  # "a year earlier"
    if each and line.word(at + 1) in PERIODS and not compared:
        return "/" + PERIODS[line.word(at + 1)]
    return ""
