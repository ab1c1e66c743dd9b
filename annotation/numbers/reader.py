"""Reads numeric mentions: which numbers a text claims, and what they mean. Nothing is learnt.

    >>> [mention] = read("SDF have captured more than 80 percent of the city.")
    >>> mention.text, mention.low, mention.high, mention.modifier, mention.unit, mention.noun
    ('more than 80 percent of the city', Decimal('80'), None, 'at_least', 'percent', 'city')

The reader goes through the text around each number in five steps, each with its own tables in
``annotation.numbers.grammar``:

1. ``tokens`` cuts it into tokens of a kind;
2. ``numbers`` finds the numbers among them and evaluates them;
3. ``amounts`` takes in units and currencies and joins ranges;
4. ``surroundings`` says which are none of ours (dates, ages, phones …);
5. ``nouns`` finds what is counted and ``counts`` says whether the number then means what it says;
   here the modifiers are read and the mention is put together.

What counts as a mention is decided by ``docs/codebook.md``. Offsets are half-open and count code
points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar import units
from annotation.numbers.grammar.amounts import joined, with_unit
from annotation.numbers.grammar.counts import counts
from annotation.numbers.grammar.exclusions import is_no_mention
from annotation.numbers.grammar.kinds import NUMBER_KINDS, TokenLine
from annotation.numbers.grammar.nouns import LENGTHS, noun_after
from annotation.numbers.grammar.numbers import Quantity, numbers
from annotation.numbers.grammar.tokens import tokenise
from annotation.records import Modifier, json_number

Policy = Literal["literal", "acled"]
"""How vague words are read. ``literal``: dozens are at least two dozen, without upper end.
``acled``: as the ACLED codebook codes fatalities, dozens are 12 and hundreds 100."""

LONGEST = 20_000
"""Code points of a sentence that are read; ``read_article`` cuts what is longer."""

MOST_NUMBERS = 200
"""Numbers of a sentence that are looked at; what holds more is a table. Both bound the time."""

LONGEST_NUMERAL = 40
"""Digits, points and commas in a row that may be a number; what is longer is passed over."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One number that a text claims."""

    start: int
    """Where modifier + number + unit or noun begin in the text, in code points."""
    end: int
    """Where they end (exclusive)."""
    text: str
    """The wording: ``text[start:end]``."""
    number_start: int
    """Where the number itself begins, with its sign, currency or per cent."""
    number_end: int
    """Where the number itself ends (exclusive)."""
    low: Decimal | None
    """Smallest value claimed, None where it is open."""
    high: Decimal | None
    """Largest value claimed, None where it is open."""
    modifier: Modifier
    """How it is claimed."""
    unit: str
    """``count``, ``percent`` (80 is 80 per cent), ``fraction`` (0.5 is half), an ISO 4217 code, or
    the symbol of a unit; a rate is written with a stroke ("count/d", "km/h")."""
    noun: str | None
    """What is counted, as written and without determiner; None where it stands elsewhere."""
    policy: Policy | None = None
    """How a vague word was read, None where the number is not vague."""


def mention_row(mention: Mention) -> dict[str, object]:
    """The mention as a row of ``newsledger quantities``, with numbers as JSON numbers."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "number_start": mention.number_start,
        "number_end": mention.number_end,
        "low": None if mention.low is None else json_number(mention.low),
        "high": None if mention.high is None else json_number(mention.high),
        "modifier": mention.modifier,
        "unit": mention.unit,
        "noun": mention.noun,
    }


def _tidy(value: Decimal | None) -> Decimal | None:
    """Whole numbers without a fractional part ("4.5 billion" is 4500000000, not 4500000000.0)."""
    if value is None or value != value.to_integral_value():
        return value
    return Decimal(int(value))


# ── The reader ───────────────────────────────────────────────────────────────────────────────

_TRIGGER_WORDS = "|".join(sorted(lex.TRIGGERS, key=len, reverse=True))
_TRIGGER = re.compile(rf"[0-9{''.join(lex.VULGAR)}][0-9.,]*+|\b(?:{_TRIGGER_WORDS})", re.ASCII)
"""What may be the beginning of a number; a text without it is not looked at."""

_BEFORE, _AFTER = 70, 110
"""Code points around a trigger that are cut into tokens."""


def read(text: str, *, policy: Policy = "literal") -> tuple[Mention, ...]:
    """Every numeric mention of a sentence, in order and without overlaps; never raises.

    Args:
        text: the sentence; beyond ``LONGEST`` code points or ``MOST_NUMBERS`` numbers the rest is
            not read, which bounds the time whatever the content. Use ``read_article`` for more.
        policy: how vague words ("dozens") are read.
    """
    text = text[:LONGEST]
    lowered = text.lower()
    if len(lowered) != len(text):  # only a capital dotted I grows when it is lowered
        lowered = text.replace("İ", "I").lower()
    out: list[Mention] = []
    for start, end in _windows(lowered):
        line = tokenise(lowered, text, start, end)
        for quantity in joined(line, [with_unit(line, q) for q in numbers(line)]):
            free = out[-1].end if out else 0
            if line.tokens[quantity.first].start < free:
                continue  # part of a noun: "eight 500-pound bombs"
            if not is_no_mention(line, quantity):
                mention = _mention(line, quantity, policy, free)
                if mention is not None:
                    out.append(mention)
    return tuple(out)


_LINE = r"(?:[^\n]|\n(?=[a-z]))"  # a hard-wrapped line goes on in lower case
_STRETCH = re.compile(
    rf"{_LINE}{{1,2000}}(?:(?<=[.!?])\s|{_LINE}{{0,400}}?(?:[.!?](?=\s)|(?=\n)|\Z)|{_LINE}{{400}})"
    r"|\n+"
)
"""A line, or as many whole sentences of it as fit into some 2,000 code points."""


def read_article(text: str, *, policy: Policy = "literal") -> Iterator[Mention]:
    """As ``read``, for a text of any length: line by line, long lines cut between sentences."""
    for stretch in _STRETCH.finditer(text):
        for mention in read(stretch[0], policy=policy):
            at = stretch.start()
            yield replace(
                mention,
                start=mention.start + at,
                end=mention.end + at,
                number_start=mention.number_start + at,
                number_end=mention.number_end + at,
            )


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text around the numbers, merged where they meet."""
    start = end = barrier = 0
    count = 0
    for match in _TRIGGER.finditer(text):
        first, last = match.span()
        if last - first > LONGEST_NUMERAL:
            if end:
                yield start, min(end, first)
            end, barrier = 0, last
            continue
        count += 1
        if count > MOST_NUMBERS:
            break
        if end and first - _BEFORE <= end:
            end = last + _AFTER
            continue
        if end:
            yield start, _widen(text, end)
        start, end = max(barrier, first - _BEFORE), last + _AFTER
        if start > barrier:  # begin with a whole word
            start = max(start, text.find(" ", start, first))
    if end:
        yield start, _widen(text, end)


def _widen(text: str, end: int) -> int:
    """The end, moved to the next blank if one is near."""
    if end >= len(text):
        return len(text)
    blank = text.find(" ", end, end + 40)
    return blank if blank >= 0 else end


# ── From amounts to mentions ─────────────────────────────────────────────────────────────────


def _mention(line: TokenLine, q: Quantity, policy: Policy, free: int) -> Mention | None:
    """The mention that a quantity makes from ``free`` on, None where it makes none."""
    first, said = _modifiers(line, q, free)
    last, suffix, number_last = _suffix(line, q.last, q.last)
    noun = noun_after(line, q, last)
    if noun is None or not counts(line, q, noun, said + suffix):
        return None
    last = max(last, noun.end)
    if not suffix:  # "100 people or more"
        last, suffix, _ = _suffix(line, last, number_last)
    low, high, modifier = _reading(q, said + suffix, policy)
    tokens = line.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    lead = q.form == "range" and line.kind(q.first) in "bB<>"  # "between", "from", "more than"
    return Mention(
        start=start,
        end=end,
        text=line.text[start:end],
        number_start=tokens[q.first + lead].start,
        number_end=tokens[number_last - 1].end,
        low=_tidy(low),
        high=_tidy(high),
        modifier=modifier,
        unit=q.unit + _rate(line, last),
        noun=line.text[tokens[noun.first].start : tokens[noun.last - 1].end] if noun else None,
        policy=policy if q.vague is not None else None,
    )


def _modifiers(line: TokenLine, q: Quantity, free: int) -> tuple[int, str]:
    """Where the modifiers before a number begin, and their kinds."""
    first = q.first
    while line.kind(first - 1) in "<>~=" and line.gap(first) <= 2:
        if line.tokens[first - 1].start < free or _is_preposition(line, q, first - 1, free):
            break
        first -= 1
    return first, line.kinds[first : q.first]


def _is_preposition(line: TokenLine, q: Quantity, at: int, free: int) -> bool:
    """Whether "over", "under" or "up to" belongs to the words before it and not to the number."""
    word, before = line.word(at), line.word(at - 1)
    return (
        (word == "over" and before in lex.OVER_VERBS)  # "handed over 63 prisoners"
        or (word == "up to" and before in lex.UP_VERBS)  # "the toll has gone up to 231"
        # "charged eight generals over 303 killings"
        or (word in lex.PREPOSITIONS and at > 0 and line.tokens[at - 1].end == free)
        # "buried under six metres of mud"
        or (word == "under" and q.unit in LENGTHS and line.kind(q.last) == "O")
    )


_SUFFIX_KINDS = {"}": ">", "{": "<", "^": "~"}
_GLUED_SUFFIXES = frozenset({"plus", "odd", "ish", "+"})


def _suffix(line: TokenLine, at: int, number_last: int) -> tuple[int, str, int]:
    """Reads "60-plus", "100+", "30 or so": where it ends, its kind, where the number ends."""
    hyphen = line.kind(at) == "-"
    kind = _SUFFIX_KINDS.get(line.kind(at + hyphen))
    if kind is None:
        bound = line.word(at) in {"at least", "at most"}  # "10,000 at most"
        if bound and line.kind(at + 1) not in NUMBER_KINDS + "~$":
            return at + 1, line.kind(at), number_last
        return at, "", number_last
    end = at + hyphen + 1
    word = line.word(end - 1)
    glued = word in _GLUED_SUFFIXES and (hyphen or word == "+") and at == number_last
    return end, kind, end if glued else number_last


def _reading(
    q: Quantity, said: str, policy: Policy
) -> tuple[Decimal | None, Decimal | None, Modifier]:
    """Lowest and highest value claimed, and how."""
    if q.vague is not None:
        return (q.low, None, "vague") if policy == "literal" else (q.vague, q.vague, "vague")
    if q.form == "range":
        return q.low, q.high, "between"
    if "<" in said:
        return None, q.high, "at_most"
    if ">" in said:
        return q.low, None, "at_least"
    return q.low, q.high, "about" if "~" in said else "exactly"


def _rate(line: TokenLine, at: int) -> str:
    """Reads "/d" where "a day" or "per day" follows."""
    each = line.word(at) in {"a", "an", "per", "each", "every"}
    compared = line.word(at + 2) in {"ago", "earlier", "later", "before"}  # "a year earlier"
    if each and line.word(at + 1) in units.PERIODS and not compared:
        return "/" + units.PERIODS[line.word(at + 1)]
    return ""
