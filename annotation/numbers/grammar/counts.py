"""Whether a number counts, once its noun is known: "one woman", but not "one hopes"."""

from __future__ import annotations

import re

from annotation.numbers.grammar import lexicon as lex
from annotation.numbers.grammar.kinds import TokenLine
from annotation.numbers.grammar.nouns import Noun
from annotation.numbers.grammar.numbers import Quantity


def counts(line: TokenLine, q: Quantity, noun: Noun, said: str) -> bool:
    """Whether a number means what it says.

    Args:
        line: the tokens.
        q: the number, which nothing in its surroundings rules out.
        noun: what it counts.
        said: the kinds of its modifiers.
    """
    if q.unit == "fraction":
        return _fraction_counts(line, q, noun, said)
    if q.unit != "count":
        return True
    word = line.word(q.first)
    bare = not noun and noun.end <= noun.first
    if line.kind(q.last - 1) == "1" and q.low == q.high == 1:
        return _one_counts(line, q, noun)
    if word == "scores":
        return line.kind(q.last) == "O" or line.word(q.last) in lex.AFTER_SCORES
    if q.form == "several":
        return not bare or word == "several"
    under = bare and line.word(q.first - 1) in lex.PREPOSITIONS
    if under and q.low <= 120 and line.word(q.first - 2) in lex.PERSONS:
        return False  # "children under five"
    if _is_title(line, q) and line.word(noun.last - 1) not in lex.COUNTED_IN_CAPITALS:
        return False  # "the Five Eyes", "the Twelve", but not "The Five Soldiers"
    if noun and line.word(noun.last - 1) in lex.STREETS and line.capital(noun.last - 1):
        return False  # "10 Downing Street"
    return said != "" or not bare or not _is_name(line, q)


def _is_title(line: TokenLine, q: Quantity) -> bool:
    """Whether a number in words begins with a capital behind "the", and not all is in capitals."""
    if line.word(q.first - 1) != "the" or line.kind(q.first) not in "uT":
        return False
    article = line.tokens[q.first - 1]
    return line.capital(q.first) and not line.text[article.start : article.end].isupper()


def _one_counts(line: TokenLine, q: Quantity, noun: Noun) -> bool:
    """Whether "one" is a number and no pronoun ("one of the men", "one day", "no one")."""
    if not noun or line.word(q.first - 1) in lex.ONE_BEFORE or line.kind(q.last) in "-O":
        return False
    head = line.word(noun.last - 1)
    adverb = head.endswith("ly") and head not in lex.NOUNS_IN_LY
    if adverb or (lex.is_plural(head) and head not in lex.PLURALS):
        return False  # "one really hopes", "one hopes"
    if head in lex.ONE_IDIOMS or line.word(q.last) in lex.ONE_IDIOMS:
        return False
    to_another = line.word(noun.last) == "to" and line.word(noun.last + 1) in {"another", "the"}
    return not to_another  # "from one tent to another"


def _fraction_counts(line: TokenLine, q: Quantity, noun: Noun, said: str) -> bool:
    """Whether a fraction is one: "a third of", but not "a third convoy" or "the first half"."""
    part, article = line.kind(q.last - 1), line.kind(q.first) == "a"
    of = line.kind(q.last) == "O"
    alone = q.last - q.first == 1
    if line.kind(q.last) == "-" and alone:
        return False  # "half-brother"
    if part == "f" and article:
        return of or (not noun and (said != "" or line.word(q.first - 1) in {"by", "to"}))
    if noun:
        return True
    if alone and part in "qQf":
        by = line.word(q.first - 1) in {"by", "to"}
        return by or (part == "q" and (of or said != ""))
    return not (part == "Q" and article and line.kind(q.last) in "wWn")


_COORDINATE = re.compile(r"\d*\.\d{5,}")


def _is_name(line: TokenLine, q: Quantity) -> bool:
    """Whether a bare number is part of a name or an identifier: "France 24", "3080897"."""
    token = line.tokens[q.last - 1]
    if token.kind != "d" or q.form != "cardinal":
        return False
    if (token.plain and len(token.word) >= 7) or _COORDINATE.fullmatch(token.word):
        return True
    before = line.kind(q.first - 1)
    if token.plain and 1900 <= q.low <= 2100 and before in "\n.;" and line.kind(q.last) == "w":
        return True  # "2016 saw …"
    if line.word(q.first - 1) in lex.CASUALTY_WORDS:  # "Killed 4, wounded 9"
        return False
    if before == ")" and line.kind(q.first - 2) in "AWN":  # "Task Force (CTF) 50"
        before = "A"
    return (token.plain or " " in token.word) and before in "WAGC" and line.kind(q.last) != "O"
