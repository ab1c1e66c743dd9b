"""Reads numeric mentions: which numbers a text claims, and what they mean. Nothing is learnt.

    >>> [mention] = read("SDF have captured more than 80 percent of the city.")
    >>> mention.text, mention.low, mention.high, mention.modifier, mention.unit, mention.noun
    ('more than 80 percent of the city', Decimal('80'), None, 'at_least', 'percent', 'city')

Three steps lead from the text around a number to a mention; each has a folder:

1. ``tokens`` cuts the text into tokens, each of a kind;
2. ``amounts`` finds the numbers, takes in units and currencies, and joins ranges;
3. ``mentions`` leaves out what exclusion rules name (dates, ages, phones …), finds what is counted,
   says whether the number then means what it says, and reads its modifiers.

``lexicon`` holds the words that they know, by the part that these play.

What counts as a mention is decided by ``docs/codebook.md``. Offsets are half-open and count code
points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from annotation.numbers.amounts.money_and_measures import with_unit
from annotation.numbers.amounts.numbers import Quantity, numbers
from annotation.numbers.amounts.ranges import joined
from annotation.numbers.implied.reader import implied_persons
from annotation.numbers.lexicon.number_words import TRIGGERS, VULGAR
from annotation.numbers.mentions.counts import counts
from annotation.numbers.mentions.exclusions import is_excluded
from annotation.numbers.mentions.modifiers import (
    claimed,
    modifier_after,
    modifiers_before,
    rate,
)
from annotation.numbers.mentions.nouns import noun_after
from annotation.numbers.roles import roles_of
from annotation.numbers.tokens.kinds import BOUNDS, RANGE_OPENERS
from annotation.numbers.tokens.line import TokenLine
from annotation.numbers.tokens.tokenise import tokenise
from annotation.records import Modifier, Policy, Role, json_number

__all__ = [
    "LONGEST",
    "MOST_NUMBERS",
    "Mention",
    "has_number",
    "mention_row",
    "read",
    "read_article",
]

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
    """What is written there: ``text[start:end]``."""
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
    harm: str | None = None
    """Of one person who is named without a number: what happened to that person."""
    role: Role = "total"
    """What the number is to the others of its kind, as far as the words say so."""

    @property
    def implied(self) -> bool:
        """True where one person is named and no number is written: "an inspector"."""
        return self.harm is not None


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
        "implied": mention.implied,
        "role": mention.role,
        "policy": mention.policy,
    }


def _tidy(value: Decimal | None) -> Decimal | None:
    """Whole numbers without a fractional part ("4.5 billion" is 4500000000, not 4500000000.0)."""
    if value is None or value != value.to_integral_value():
        return value
    return Decimal(int(value))


# ── The reader ───────────────────────────────────────────────────────────────────────────────


def _any_of(words: Collection[str]) -> str:
    """Regular expression for the longest of some words, by their letters: it fails at once."""
    rests: dict[str, list[str]] = {}
    for word in sorted(filter(None, words)):
        rests.setdefault(word[0], []).append(word[1:])
    some = "|".join(letter + _any_of(rest) for letter, rest in rests.items())
    return f"(?:{some}){'?' if '' in words else ''}" if some else ""


_FIRST_LETTERS = "".join(sorted({word[0] for word in TRIGGERS}))
_TRIGGER = re.compile(
    rf"[0-9{''.join(VULGAR)}][0-9.,]*+"
    rf"|\b(?=[{_FIRST_LETTERS}])"  # most words begin with another letter
    rf"{_any_of(TRIGGERS)}",
    re.ASCII,
)
"""What may be the beginning of a number; a text without it is not looked at."""


_FOOTNOTE_MARK = re.compile(
    r"[¹²³⁰⁴-⁹](?:(?<=[^\W\d_]{3}.)|(?<=[.,;:!?”\")].))[¹²³⁰⁴-⁹]*"  # first what is rare
)
"""Raised digits behind a word or a mark; behind a unit, "km²", they are none."""


def _quoted(mark: re.Match[str]) -> str:
    """What a footnote mark is read as: as long, and no part of a word."""
    return '"' * len(mark[0])


def has_number(text: str) -> bool:
    """Whether a number stands in the text, in digits or words, whatever it means."""
    if any(character.isnumeric() for character in text):
        return True
    lowered = text.lower()
    return any(
        not lowered[end : end + 2].removeprefix("s")[:1].isalpha()  # "dozens", but not "seventh"
        for end in (found.end() for found in _TRIGGER.finditer(lowered))
    )


_BEFORE, _AFTER = 70, 110
"""Code points before and after a trigger that are cut into tokens."""


def read(text: str, *, policy: Policy = "literal", implied: bool = False) -> tuple[Mention, ...]:
    """Every numeric mention of a sentence, in order and without overlaps; never raises.

    Args:
        text: the sentence; beyond ``LONGEST`` code points or ``MOST_NUMBERS`` numbers the rest is
            not read, which bounds the time whatever the content. Use ``read_article`` for more.
        policy: how vague words ("dozens") are read.
        implied: whether one person who came to harm and is named without a number is a mention.

    Returns:
        The mentions; their offsets refer to ``text``.
    """
    text = text[:LONGEST]
    lowered = text.lower()
    if len(lowered) != len(text):  # only a capital dotted I grows when it is lowered
        lowered = text.replace("İ", "I").lower()
    if not text.isascii():
        lowered = _FOOTNOTE_MARK.sub(_quoted, lowered)
    out: list[Mention] = []
    for start, end in _windows(lowered):
        line = tokenise(lowered, text, start, end)
        for quantity in joined(line, [with_unit(line, q) for q in numbers(line)]):
            free = out[-1].end if out else 0
            if line.tokens[quantity.first].start < free:
                continue  # part of a noun: "eight 500-pound bombs"
            if not is_excluded(line, quantity):
                mention = _mention(line, quantity, policy, free)
                if mention is not None:
                    out.append(mention)
    if implied:
        out = _with_persons(text, out)
    if not out:
        return ()
    persons = {number for number, one in enumerate(out) if one.implied}
    values = [one.low if one.modifier == "exactly" and one.unit == "count" else None for one in out]
    roles = roles_of(text, [(one.start, one.end) for one in out], persons, values)
    return tuple(
        one if role == one.role else replace(one, role=role)
        for one, role in zip(out, roles, strict=True)
    )


_ONE = Decimal(1)


def _with_persons(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions, and those who are named without a number, in order and without overlaps."""
    added = [
        Mention(
            start=person.start,
            end=person.end,
            text=person.text,
            number_start=person.noun_start,
            number_end=person.end,
            low=_ONE,
            high=_ONE,
            modifier="exactly",
            unit="count",
            noun=person.noun,
            harm=person.harm,
        )
        for person in implied_persons(text)
        if not any(person.start < other.end and other.start < person.end for other in mentions)
    ]
    return sorted([*mentions, *added], key=lambda mention: mention.start) if added else mentions


_LINE = r"(?:[^\n]|\n(?=[a-z]))"  # a hard-wrapped line goes on in lower case
_STRETCH = re.compile(
    rf"{_LINE}{{1,2000}}(?:(?<=[.!?])\s|{_LINE}{{0,400}}?(?:[.!?](?=\s)|(?=\n)|\Z)|{_LINE}{{400}})"
    r"|\n+"
)
"""A line, or as many whole sentences of it as fit into some 2,000 code points."""


def read_article(
    text: str, *, policy: Policy = "literal", implied: bool = False
) -> Iterator[Mention]:
    """As ``read``, for a text of any length: line by line, long lines cut between sentences.

    Args:
        text: the article.
        policy: how vague words ("dozens") are read.
        implied: as for ``read``.

    Yields:
        Its mentions in order; their offsets refer to ``text``.
    """
    for stretch in _STRETCH.finditer(text):
        for mention in read(stretch[0], policy=policy, implied=implied):
            at = stretch.start()
            yield replace(
                mention,
                start=mention.start + at,
                end=mention.end + at,
                number_start=mention.number_start + at,
                number_end=mention.number_end + at,
            )


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text around what may be a number, merged where they meet.

    Args:
        text: the whole text in lower case.

    Yields:
        Where a stretch begins, and where it ends (exclusive).
    """
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
            if first < end:  # it stands where the last stretch would still reach
                yield start, first
                return
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
    """The mention that an amount makes.

    Args:
        line: the tokens.
        q: the amount, which no exclusion rule takes out.
        policy: how vague words are read.
        free: offset in the text before which everything belongs to another mention.

    Returns:
        None where it makes none.
    """
    first, said = modifiers_before(line, q, free)
    last, suffix, number_last = modifier_after(line, q.last, q.last)
    noun = noun_after(line, q, last)
    if noun is None or not counts(line, q, noun, said + suffix):
        return None
    last = max(last, noun.end)
    if not suffix:  # "100 people or more"
        last, suffix, _ = modifier_after(line, last, number_last)
    low, high, modifier = claimed(q, said + suffix, policy)
    tokens = line.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    # a range begins with "between", "from", "more than", which are no part of its number
    opened = q.form == "range" and line.is_(q.first, RANGE_OPENERS + BOUNDS)
    return Mention(
        start=start,
        end=end,
        text=line.text[start:end],
        number_start=tokens[q.first + opened].start,
        number_end=tokens[number_last - 1].end,
        low=_tidy(low),
        high=_tidy(high),
        modifier=modifier,
        unit=q.unit + rate(line, last),
        noun=line.text[tokens[noun.first].start : tokens[noun.last - 1].end] if noun else None,
        policy=policy if q.vague is not None else None,
    )
