"""Which words govern a counted noun, by a light rule: no parser, and no word of any schema.

    >>> from annotation.numbers.reader import read
    >>> from training.claims.sentence_words import words_of
    >>> text = "Militants who beheaded 12 captives, all of them villagers, have fled"
    >>> words = words_of(text)
    >>> [words.words[place] for place in governors(words, read(text)[0]).done_to]
    ['beheaded']

Only what stands near is looked at: the verb or noun to the left, up to the end of the clause, and
the verb to the right, over what is set between commas. What is a verb is told by its ending, by
the verbs that the reader of numbers knows, and by the auxiliary before it.
"""

# ruff: noqa: SIM905 -- lists of words are easier to read and to extend as text

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotation.attribution.lexicon import ADVERBS, AUXILIARIES, BE, SAYING
from annotation.numbers.implied.lexicon import (
    DYING,
    HARMED,
    HARMING,
    ONLY_WITH_MORE,
    SENTENCING,
)
from annotation.numbers.lexicon.persons import ONE_PERSON
from annotation.numbers.lexicon.verbs import VERBS
from annotation.numbers.reader import Mention
from training.claims.sentence_words import SentenceWords

FARTHEST = 8
"""Words between a number and what governs it."""

_TO_LAST_VERB = 12
"""Words between what only tells apart who is counted and what befell them."""

_PREPOSITIONS = frozenset(
    "in on at from with near to into onto about by of for over under against between through"
    " without among across after before during since".split()
)
_DETERMINERS = frozenset("the a an his her its their our some all any these those and or".split())
_CLAUSES = frozenset("that who which when while where but".split())
_BEFORE_VERBS = AUXILIARIES | ADVERBS | frozenset("can could should to not never".split())
_BEFORE_HARM = frozenset(["neither", "almost"])  # "were neither killed nor", "were almost killed"
_PLURAL = frozenset("were are have".split())
_BESIDE = frozenset("and or but then".split())
# Verbs that say nothing themselves: what follows does, as behind "were".
_LINKING = frozenset(
    "remain remains remained stay stayed become became found left reported feared believed"
    " presumed listed thought known confirmed lay lie feel fell got get gets getting".split()
)

_LINKING_PARTICIPLES = frozenset("found left thought known".split())
"""Of them those that are also what somebody does: "12 who *found* a mine"."""

WITNESSING = frozenset(
    "saw found discovered heard watched witnessed noticed learned learnt knew believed thought"
    " feared hoped realised realized told said claimed reported".split()
)
"""Verbs behind which others follow, and what befell these: "who *heard* a boy was killed"."""

_OTHERS = frozenset("those people others anyone anybody everyone everybody".split())
"""Of whom the clause tells that *who* begins: "relatives of *those* who were killed"."""

_HAVE = frozenset(["had", "have", "has"])
_SINGULAR = frozenset(["was", "is", "has"])

_ENDS_WHO_THEY_ARE = (
    _BESIDE | _CLAUSES | SAYING | frozenset("after before as until because if".split())
)

_IS_DONE = (BE | _LINKING) - {"being"}  # "who watched a man *being* killed" were not

# "wounds nine" as well as "wounded nine", but no participle: "shot two men, killing one".
_VERBS = VERBS | DYING | frozenset(word for word in HARMING if not word.endswith("ing"))

_NO_OBJECT = _PREPOSITIONS | _BESIDE | _CLAUSES | ADVERBS | BE | {"down", "last", "overnight"}

_FALLS = frozenset(["in", "to", "and", "while", "when", "as"])
"""What stands behind *fell* where it links nothing."""


class Governors(NamedTuple):
    """The words that govern a counted noun, by their number in the sentence."""

    done_to: tuple[int, ...]
    """What is done to those counted, or what they are: "beheaded 12", "the murder of 12", "12 were
    shot", "12 remain trapped"."""
    done_by: tuple[int, ...]
    """What they do: "12 fled", "attacked by 12"."""
    of_others: bool = False
    """Whether others are told of, too, in between: "12 who saw *a boy* shot fled"."""


NONE = Governors((), ())
"""Where nothing governs it."""


def governors(words: SentenceWords, mention: Mention) -> Governors:
    """The words that govern what a mention counts."""
    first, behind = words.around(mention)
    if mention.noun and words.words[behind - 1] in HARMED and " of " not in mention.text:
        return Governors((behind - 1,), ())  # "12 captured", but not "12 of the dead"
    several = mention.low != 1 or mention.high != 1
    left, right = _left(words, first), _right(words, behind, several=several)
    relative = behind < len(words.words) and words.words[behind] in _CLAUSES  # "12 men who ran"
    if left.done_to and right != NONE and not relative:
        verb = left.done_to[-1]
        if _is_left_behind(words, verb) or _begins_a_clause(words, first, right):
            left = NONE
    return Governors(left.done_to + right.done_to, left.done_by + right.done_by, right.of_others)


def _left(words: SentenceWords, first: int) -> Governors:
    """The verb whose object it is, and the noun before *of*."""
    preposition = ""
    done_to: tuple[int, ...] = ()
    for place in range(first - 1, max(-1, first - 1 - FARTHEST), -1):
        word = words.words[place]
        # A slice, since no word follows the last, in which a number may stand: "three-nought-four".
        if "." in words.marks[place + 1 : place + 2]:
            break
        if word in _CLAUSES or word in SAYING or word in BE:
            break
        if word in _PREPOSITIONS:
            if not preposition and word == "of" and place:
                done_to = (place - 1,)
            preposition = preposition or word
        elif _is_verb(word) or (word.endswith("ing") and len(word) > 5):
            if not preposition:
                return Governors((*done_to, place), ())
            return Governors(done_to, (place,) if preposition == "by" else ())
    return Governors(done_to, ())


def _is_left_behind(words: SentenceWords, verb: int) -> bool:
    """Whether a verb goes on with no object: "two were *killed* and 12 fled"."""
    return words.marks[verb + 1] == "," or words.words[verb + 1] in _BESIDE


def _begins_a_clause(words: SentenceWords, first: int, right: Governors) -> bool:
    """Whether a mention has a verb of its own: "hit two and *12 were hurt*", "…, and *12 fled*"."""
    if words.words[first - 1] not in _BESIDE:
        return False
    return bool(right.done_to) or words.marks[first - 1] == ","


def _right(words: SentenceWords, behind: int, *, several: bool) -> Governors:
    """The verb whose subject it is, or what is said of it."""
    passive = helped = modified = False
    place = behind
    end = behind + FARTHEST
    if (does := _does_who(words, behind)) >= 0:
        found = _and_at_last(words, (does,), several=several)
        others = words.words[does] in WITNESSING
        return Governors(tuple(found), () if found else (does,), others)
    while place < min(len(words.words), end):
        word = words.words[place]
        if words.marks[place] == ".":
            break
        if words.marks[place] == ",":
            # "12 people, among them a child, were killed"
            place = next((p for p in range(place + 1, len(words.marks)) if words.marks[p]), -1)
            if place < 0 or words.marks[place] == ".":
                break
            word = words.words[place]
        if word in ONLY_WITH_MORE and word in _LINKING and not _links(words, place):
            return Governors((), (place,))
        if word in BE or word in _LINKING:
            passive = True
        elif word in _BEFORE_VERBS or word.endswith("ly"):
            helped = helped or not modified
        elif (
            passive
            and word in _BEFORE_HARM
            and HARMED.issuperset(words.words[place + 1 : place + 2])
        ):
            pass
        elif word in _PREPOSITIONS:
            modified = True
        elif word in _CLAUSES:
            if modified and word == "who" and words.words[place - 1] in ONE_PERSON:
                # "12 friends of a man who fled": what they do is told by a verb in the plural
                place = next(
                    (p for p in range(place + 1, len(words.words)) if words.words[p] in _PLURAL), -1
                )
                if place < 0:
                    break
                end = place + FARTHEST
                modified = False
                continue
            if modified and word == "who" and words.words[place - 1] in _OTHERS:
                theirs = _skip(words, place + 1, BE | _BEFORE_VERBS)
                if HARMED.union(DYING).issuperset(words.words[theirs : theirs + 1]):
                    return _behind_others(words, theirs, several=several)
            modified = False
        elif word not in _DETERMINERS:
            harmed = word in HARMED or word in SENTENCING
            acted = words.words[behind] == "who" and not passive
            if at_last := _and_at_last(words, (place,), several=several) if acted else ():
                return Governors(tuple(at_last), ())  # "12 who had refused to go *were killed*"
            if passive or (place == behind and harmed and not _has_object(words, place)):
                found = _and_then(words, place)
                return Governors(
                    found if passive else (*found, *_and_at_last(words, found, several=several)), ()
                )
            if _is_verb(word) or (helped and not modified):
                return Governors((), (place,))
        place += 1
    return NONE


def _has_object(words: SentenceWords, place: int) -> bool:
    """Whether a verb goes on with whom it harms: "two men killed a guard", not "two killed in"."""
    behind = place + 1
    if behind == len(words.words) or words.marks[behind]:
        return False
    word = words.words[behind]
    return word not in _NO_OBJECT and not word.endswith("ly")


def _links(words: SentenceWords, place: int) -> bool:
    """Whether a verb leads to what somebody is: "fell *ill*", but "fell in battle"."""
    follows = words.words[place + 1 : place + 2]
    return bool(follows) and not words.marks[place + 1] and follows[0] not in _FALLS


def _and_then(words: SentenceWords, place: int) -> tuple[int, ...]:
    """A participle and those set beside it: "shot and injured", "killed, wounded or captured"."""
    found = [place]
    for beside in range(place + 1, min(len(words.words), place + FARTHEST)):
        word, mark = words.words[beside], words.marks[beside]
        if _is_verb(word) and (mark == "," or words.words[beside - 1] != words.words[found[-1]]):
            found.append(beside)
        elif mark == "." or not (word in _BESIDE or word in ADVERBS or word.endswith("ly")):
            break
    return tuple(found)


def _does_who(words: SentenceWords, behind: int) -> int:
    """Where *who* acts: "12 men who *heard* a boy was killed".

    Args:
        words: the words of the sentence.
        behind: the word behind the name of those counted.

    Returns:
        its place, -1 where there is none.
    """
    if words.words[behind : behind + 1] != ("who",):
        return -1
    place = _skip(words, behind + 1, ADVERBS | _HAVE)
    verb, object_ = (*words.words[place : place + 2], "", "")[:2]
    acts = verb in WITNESSING or (verb in _LINKING_PARTICIPLES and object_ not in HARMED)
    return place if acts else -1


def _behind_others(words: SentenceWords, theirs: int, *, several: bool) -> Governors:
    """What is told behind others: "12 relatives of those who were *killed* protested".

    Args:
        words: the words of the sentence.
        theirs: what befell these.
        several: as for ``_and_at_last``.
    """
    found = _and_at_last(words, (theirs,), several=several)
    last = min(len(words.words), theirs + FARTHEST)
    verbs = [place for place in range(theirs + 1, last) if _is_verb(words.words[place])]
    return Governors(tuple(found), () if found else tuple(verbs[-1:]), of_others=True)


def _skip(words: SentenceWords, place: int, some: frozenset[str]) -> int:
    """The first place from one on at which none of some words stands."""
    while place < len(words.words) and words.words[place] in some:
        place += 1
    return place


def _and_at_last(words: SentenceWords, found: Sequence[int], *, several: bool) -> Sequence[int]:
    """What befell those whom a participle only tells apart: "12 abducted on Friday *were killed*".

    Args:
        words: the words of the sentence.
        found: the participle and those set beside it.
        several: whether more than one is counted, of whom nobody says "was".
    """
    theirs = _SINGULAR if several else frozenset[str]()
    if words.words[found[0]] in WITNESSING:
        theirs |= _HAVE
    for place in range(found[-1] + 1, min(len(words.words), found[-1] + _TO_LAST_VERB)):
        word = words.words[place]
        goes_on = word == "and" and _is_verb("".join(words.words[place + 1 : place + 2]))
        if words.marks[place] or (word in _ENDS_WHO_THEY_ARE and not goes_on):
            break  # but "who heard shots *and ran* were killed"
        if words.words[place - 1] in theirs:
            continue  # "who heard a boy was killed"
        if word in DYING and words.words[place - 1] != "to":
            return (place,)
        done = place - 1
        while words.words[done] in ADVERBS or words.words[done].endswith("ly"):
            done -= 1  # "were *later* killed"
        if word in HARMED and words.words[done] in _IS_DONE:
            return _and_then(words, place)
    return ()


def _is_verb(word: str) -> bool:
    return (word in _VERBS or (len(word) > 4 and word.endswith("ed"))) and word not in BE
