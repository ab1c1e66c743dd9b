"""Whether a number is what a toll or a count came to, which looks like an hour: "was put at 12"."""

from __future__ import annotations

import re

from annotation.numbers.amounts.numbers import Quantity
from annotation.numbers.lexicon.nouns import TALLIES
from annotation.numbers.tokens.kinds import MODIFIER_KINDS, TIME_KINDS, K
from annotation.numbers.tokens.line import TokenLine

_REACH = 130
"""Code points before a number in which its tally is looked for."""

_FURTHER = r"(?:(?!(?:when|while|who|which|as|until|since|but)\b)[\w'’-]+ )"
"""A word that begins no other clause."""

_TALLY = (
    rf"\b(?:(?:{'|'.join(sorted(TALLIES))}|tallie)s?"
    r"|casualties|fatalities|deaths|dead|injuries|losses)\b"
)

_ON = (
    r"(?=,? (?:of|from|in|at|by|for|among|across|after|on|since|so|to|per|with|over"
    r"|is|are|was|were|be|been|has|have|had|now|still|currently|today|also|then|remains?|remained"
    r"|st(?:ands?|ood|anding|ays?|ayed|aying)|put|placed|pegged|set|given|hold(?:s|ing)?|held)\b"
    r"|, )"
)
"""How a sentence goes on behind a tally that is no first word of another noun ("toll booth")."""

_HARM = (
    r"(?:dead|missing|injured|wounded|killed|hurt|dying|detained|arrested|abducted|kidnapped"
    r"|displaced|deaths|casualties|fatalities|victims|injuries|hostages|infected)\b"
)

_TOLL = (
    r"\b(?:tolls?|tally|tallies|(?:death|casualty|dead|injured|wounded|body) (?:count|figure)s?"
    rf"|(?:number|total|count|figure)s? of (?:the |those |people )?{_HARM}){_ON}"
)
"""A tally that is of nothing else than people."""

_PUT = r"\b(?:put(?:s|ting)?|plac(?:es?|ed|ing)|peg(?:s|ged)?)\b"
"""Whoever counts puts a tally *at* a number."""

_STANDS = (
    r"\b(?:stands?|stood|standing|stays?|stayed|staying|remain(?:s|ed|ing)?|put|placed|pegged|given)"
    r"\b"
)
"""A tally stands at a number."""

_IS = r"\b(?:is|are|was|were|been|set|kept|holds?|held|holding)\b"
"""Also other things *are* at an hour: so is what is a tally of people for certain."""

_ONE = r"(?:the |its |their |an? |this |that )?"
_STILL = r"(?: (?:now|still|currently|today|steady|unchanged|provisionally|officially|already))*"

_CHANGES = (
    r"\b(?:r(?:ise|ises|isen|ising|ose)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|grow(?:s|n|ing)?|grew"
    r"|go(?:es|ne|ing)?|went|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|increas(?:es?|ed|ing)"
    r"|revis(?:es?|ed|ing)|rais(?:es?|ed|ing)|lower(?:s|ed|ing)?|updat(?:es?|ed|ing)"
    r"|correct(?:s|ed|ing)?|br(?:ings?|inging|ought)|tak(?:es?|en|ing)|took|push(?:es|ed|ing)?"
    r"|amend(?:s|ed|ing)?|cut(?:s|ting)?|reduc(?:es?|ed|ing)|soar(?:s|ed|ing)?"
    r"|swell(?:s|ed|ing)?|swollen|mount(?:s|ed|ing)?|c(?:omes?|ame|reeps?|rept))\b"
)
"""A tally is brought, or comes, *to* a number."""

_COMES_TO = re.compile(
    # "the toll from the blast stood at", "the toll, put at", "the toll, police say, is now at"
    rf"(?:{_TALLY}{_ON},? (?:{_FURTHER}{{0,9}}|{_FURTHER}{{0,4}}[\w'’-]+, {_FURTHER}{{0,2}})"
    rf"|{_TALLY}, [^,.;]{{1,40}}, {_FURTHER}{{0,3}})"
    rf"{_STANDS}{_STILL} at $"
    # "the number of missing is now at"
    rf"|(?:{_TOLL},? {_FURTHER}{{0,9}}|{_TOLL}, [^,.;]{{1,40}}, {_FURTHER}{{0,3}})"
    rf"{_IS}{_STILL} at $"
    # "doctors put the number of injured at"
    rf"|{_PUT} {_ONE}{_FURTHER}{{0,4}}{_TALLY} {_FURTHER}{{0,7}}at $"
    # "death toll at"
    rf"|\b(?:tolls?|tally|casualties|fatalities|(?:dead|death|deaths|injured|wounded|body) count)"
    rf"{_STILL} at $"
    # "the toll has climbed from 12 to"
    rf"|{_TALLY},? {_FURTHER}{{0,9}}{_CHANGES}(?: up| down| back| again| slightly| sharply)?"
    r"(?: from (?!(?:1[5-9]|20|21)\d\d )[\w,]+)? to $"
    # "raised the toll to"
    rf"|{_CHANGES} {_ONE}{_FURTHER}{{0,4}}{_TALLY} {_FURTHER}{{0,7}}to $"
    # "death toll now"
    rf"|\b(?:tolls?|tally) {_FURTHER}{{0,6}}(?:now|today) $"
)
"""What stands before the number and its modifiers."""

_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:to \w+|for|of|on|about|over)(?: (?:the|its|their|all))?(?: \w+)? $"
)
"""What stands before a tally that is said of something else: "the hour *to submit the* figures"."""

_PUT_IT = re.compile(rf"{_PUT} (?:it|them) at $")
"""A tally that was named before: "12 died, residents *put it at* 20"."""

_BY_SOMEBODY = re.compile(rf"{_PUT}|{_CHANGES}")
"""Where a verb comes first, who counts stands before it: "the ministry of *defence* put"."""

_ANY_TALLY = re.compile(_TALLY)
"""Without such a word the rest is not looked for."""

_NO_COUNT = TIME_KINDS + K.MONTH + K.DAYTIME + K.ZONE + K.CLOCK
"""What stands right behind a number that is a time all the same: "at 12 noon"."""

_BEFORE_NUMBER = MODIFIER_KINDS + K.BETWEEN

_COMES_AT = K.AT + K.TO + K.TODAY
"""What stands before what a tally came to: the test that spares most numbers the rest."""


def is_tally(line: TokenLine, q: Quantity) -> bool:
    """Whether a number is what a toll, a count or the like came to.

    Args:
        line: the tokens.
        q: the number with its unit.
    """
    first = q.first
    while line.is_(first - 1, _BEFORE_NUMBER):
        first -= 1
    if not line.is_(first - 1, _COMES_AT) or line.is_(q.last, _NO_COUNT):
        return False
    if q.low != int(q.low):
        return False  # "at 6.45"
    start = line.tokens[first].start
    before = line.text[max(0, start - _REACH) : start].lower()
    if _PUT_IT.search(before):
        return True
    if _ANY_TALLY.search(before) is None:
        return False
    said = " ".join(before.split()) + " "
    found = _COMES_TO.search(said)
    if found is None:
        return False
    by_somebody = _BY_SOMEBODY.match(found[0]) is not None
    return by_somebody or _OF_SOMETHING_ELSE.search(said[: found.start()]) is None
