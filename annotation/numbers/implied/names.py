"""The names of one person in a sentence: "an inspector", "her son", "one", "a cadre"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from annotation.numbers.implied.clauses import (
    REACH,
    behind_its_details,
    behind_others,
    is_passive,
    is_to_death,
    tells_of_another,
    word_at,
)
from annotation.numbers.implied.idioms import dies_by_idiom
from annotation.numbers.implied.lexicon import (
    AFTER_HARM,
    AFTER_PARTICIPLE,
    ARTICLES_OF_NAMES,
    ATTACKING,
    BEING,
    DEAD,
    DETERMINERS,
    DISAPPEARANCE,
    DYING,
    FATAL,
    HARMING,
    HARMS,
    JOINING,
    KILLING,
    LOSSES,
    NO_DEATH,
    NO_PERSONS,
    OF_AGENTS,
    PARTICLES,
    PASSIVE,
    POSTMODIFIERS,
    PRONOUNS,
    REMAINS,
    SPEAKING,
    TAKEN,
    UNREAL,
)
from annotation.numbers.implied.words import TextWord, Words
from annotation.numbers.lexicon.dates import MONTHS, TIME_UNITS, WEEKDAYS
from annotation.numbers.lexicon.number_words import TRIGGERS
from annotation.numbers.lexicon.persons import ONE_PERSON

_LONGEST_NAME = 6
"""Words from determiner to noun, at most."""
_BEFORE_A_BARE_NAME = HARMING | LOSSES | JOINING | AFTER_HARM | {"of", ":"}
_LIFE_AND_DEATH = frozenset(["death", "life"])
_OF_SOMEBODY = frozenset(["his", "her"])
_FELL = frozenset(
    ["fell", "plunged", "leapt", "leaped", "jumped", "tumbled", "slipped", "slid", "met", "took"]
)
_NOT_WITHIN_A_NAME = (
    HARMING
    | DYING
    | BEING
    | JOINING
    | POSTMODIFIERS
    | UNREAL
    | AFTER_PARTICIPLE
    | TRIGGERS
    | SPEAKING
    | _FELL
)
_BEFORE_A_VERB = BEING | HARMING | DYING | DEAD | {"and"}
_NOUNS = ONE_PERSON | REMAINS
_PARTS_OF_NOUNS = frozenset(max(word.split("-"), key=len) for word in _NOUNS | PRONOUNS)
_BEFORE_A_CAPITAL = re.compile(r"(?<![^\W\d_])([^\W\d_]++)[\s_]++(?=[^\W\da-z_])")
_NO_NAMES = (
    HARMING | DYING | BEING | DEAD | JOINING | AFTER_PARTICIPLE | DETERMINERS | SPEAKING | WEEKDAYS
    | MONTHS | POSTMODIFIERS | TRIGGERS
)  # fmt: skip
"""Words that are none of a name, whatever their capitals."""
_BEFORE_A_NAME = HARMING | {"dead"}
_A = frozenset(["a", "an"])
_BEFORE_ANYBODY = _A | {"the", "his", "her"}
_OF_SEVERAL = frozenset(["were", "are", "have"])
_BEFORE_A_SUBJECT = WEEKDAYS.union(
    [".", ",", ";", ":", "and", "that", "when", "while", "where", "as", "after", "before", "but"],
    ['"', "“", "said", "says", "because", "yesterday", "today"],
)
_BEFORE_SOMEBODY = ATTACKING | {"dead"}
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]+(?: (?:[a-z]{2,4}[ -])?[^\W\d_a-z]|, \d)")
_AGE = re.compile(r"\d{1,3}[-‐]years?[-‐]old|\d{1,3}")


@dataclass(frozen=True, slots=True)
class OnePerson:
    """The name of one person."""

    first: int
    """Its first word."""
    last: int
    """The word behind its last."""
    bare: bool
    """Whether it has no determiner, as in headlines."""


def may_name_a_person(text: str, plain: Sequence[str]) -> bool:
    """Whether ``people_named`` may find any: the quick test that spares many a sentence the rest.

    Args:
        text: the sentence.
        plain: its words as by ``plain_words``.
    """
    # What each of the ways of being named cannot do without, in their order.
    return (
        not _PARTS_OF_NOUNS.isdisjoint(plain)
        or not (KILLING.isdisjoint(plain) or PASSIVE.isdisjoint(plain))
        or (not ATTACKING.isdisjoint(plain) and _attacks_somebody(plain))
        or not _LIFE_AND_DEATH.isdisjoint(plain)
        or not (FATAL.isdisjoint(plain) or _NAME.search(text) is None)
        or not (
            HARMING.isdisjoint(plain)
            or _BEFORE_A_NAME.isdisjoint(map(str.lower, _BEFORE_A_CAPITAL.findall(text)))
        )
    )


def _attacks_somebody(plain: Sequence[str]) -> bool:
    """Whether "a" or "an" stands behind a verb of which somebody is the object."""
    return any(word in _A and before in _BEFORE_SOMEBODY for before, word in pairwise(plain))


def people_named(words: Words) -> tuple[OnePerson, ...]:
    """Whoever is named in the singular, in order.

    Args:
        words: the sentence.
    """
    found = (
        *_named(words),
        *_anybody(words),
        *_attacked(words),
        *_proper(words),
        *_proper_subjects(words),
    )
    return tuple(sorted(found, key=lambda one: (one.first, -one.last)))


def _named(words: Words) -> Iterator[OnePerson]:
    free = 0
    for at, word in enumerate(words):
        if word.lower in PRONOUNS and at >= free and _stands_alone(words, at):
            free = at + 1
            yield OnePerson(at, at + 1, bare=True)
        if at < free or word.lower not in _NOUNS:
            continue
        if at + 1 < len(words) and _goes_on(words[at + 1]):
            continue  # "police officer" ends later
        one = _from_determiner(words, at, free)
        if one is not None:
            if one.bare:  # "Captain Asim T."
                one = replace(one, last=_end_of_name(words, at + 1))
            free = one.last
            yield one


def _anybody(words: Words) -> Iterator[OnePerson]:
    """Whoever *was killed*: "a cadre of the party was killed", "the fugitive was shot dead"."""
    for at, word in enumerate(words):
        if word.lower not in _BEFORE_ANYBODY or (at and words[at - 1].lower in POSTMODIFIERS):
            continue
        for end in range(at + 1, min(at + _LONGEST_NAME, len(words))):
            if _ends_a_name(words[end]):
                noun = words[end - 1].lower
                if end > at + 1 and _is_a_person_by(words, OnePerson(at, end, bare=False), noun):
                    yield OnePerson(at, end, bare=False)
                break
            if words[end].lower in _NOUNS:
                break


def _attacked(words: Words) -> Iterator[OnePerson]:
    """Whoever is the object of a verb that speaks of people: "killed *a grocer* and"."""
    for at, word in enumerate(words):
        if word.lower not in _A or not at:
            continue
        if words[at - 1 - (words[at - 1].lower == "dead")].lower not in ATTACKING:
            continue
        for end in range(at + 1, min(at + _LONGEST_NAME, len(words) + 1)):
            if end == len(words) or _ends_a_name(words[end]):
                if end > at + 1 and _is_attacked(words, at, end):
                    yield OnePerson(at, end, bare=False)
                break
            if words[end].lower in _NOUNS:
                break


def _is_attacked(words: Words, first: int, end: int) -> bool:
    noun = words[end - 1]
    if noun.lower in NO_PERSONS or noun.lower in TIME_UNITS or is_counted(words, first, end):
        return False
    return noun.is_name or noun.lower.endswith(OF_AGENTS)


def _end_of_name(words: Words, at: int) -> int:
    """Where a name ends that may begin at a word: "Captain *Asim T.*"; there if none does."""
    end = at
    while end < len(words) and (_is_of_name(words[end]) or _is_within_name(words, at, end)):
        end += 1
    initial = at < end < len(words) and words[end].text == "." and len(words[end - 1].text) == 1
    return end + initial


def _is_of_name(word: TextWord) -> bool:
    written = word.is_name or (
        word.text.startswith(ARTICLES_OF_NAMES) and word.text[word.text.index("-") + 1].isupper()
    )
    return written and not word.is_possessor and word.lower not in _NO_NAMES


def _is_within_name(words: Words, first: int, at: int) -> bool:
    particle = first < at and words[at].lower in PARTICLES
    return particle and at + 1 < len(words) and _is_of_name(words[at + 1])


def _proper_subjects(words: Words) -> Iterator[OnePerson]:
    """People by their own names before what was done to them: "Omar Sani was arrested"."""
    free = 0
    for at, word in enumerate(words):
        if (
            at < free
            or word.text == word.lower
            or (at and words[at - 1].lower not in _BEFORE_A_SUBJECT)
        ):
            continue
        end = _end_of_name(words, at)
        if end > at and _is_a_name_by(words, at, end):
            yield OnePerson(at, end, bare=True)
        free = end


def _is_a_name_by(words: Words, first: int, end: int) -> bool:
    if any(word.lower in NO_PERSONS or word.lower in _NOUNS for word in words[first:end]):
        return False
    told = words[end].text in (",", "(") if end < len(words) else False
    aged = told and end + 2 < len(words) and _AGE.fullmatch(words[end + 1].text) is not None
    if (end - first == 1 and not aged) or len(words[first].text) == 1:
        return False  # "Omar died", "S. died": too little to be sure of a name
    reach = min(len(words), end + REACH)
    alone = behind_its_details(words, end, reach)
    at = begins = behind_others(words, alone, reach)
    if at == alone and at < reach and words[at].lower in _OF_SEVERAL:
        return False  # a body of people: "Mara Salvatrucha were arrested"
    while at < reach and words[at].lower in BEING and words[at].lower not in UNREAL:
        at += 1
    if at >= reach:
        return False
    verb = words[at].lower
    if verb in FATAL:
        return True
    passive = is_passive(words, begins, at)
    missing = HARMS.get(verb) == DISAPPEARANCE
    return passive and (verb in KILLING or missing or (aged and verb in HARMING))


def _proper(words: Words) -> Iterator[OnePerson]:
    """People by their own names, behind a verb of harm: "killed Ahmad S. near the bridge"."""
    for at, word in enumerate(words[:-2], start=1):
        dead = word.lower == "dead" and at > 1 and words[at - 2].lower in HARMING
        if not (dead or word.lower in HARMING) or not _is_of_name(words[at]):
            continue
        end = at
        while end < len(words) and (words[end].is_name or words[end].text == "."):
            end += 1
        end -= words[end - 1].text == "." and len(words[end - 2].text) > 1
        follows = words[end].lower if end < len(words) else ""
        known = any(word.lower in ONE_PERSON or word.lower in NO_PERSONS for word in words[at:end])
        if end - at > 1 and not known and (follows in AFTER_PARTICIPLE or not follows.isalnum()):
            yield OnePerson(at, end, bare=True)


def _is_a_person_by(words: Words, one: OnePerson, noun: str) -> bool:
    if noun in NO_PERSONS or noun.endswith("s") or is_counted(words, one.first, one.last):
        return False
    at = behind_its_details(words, one.last, min(len(words), one.last + REACH))
    told = {word.lower for word in words[one.last : at]}
    if word_at(words, at + (word_at(words, at) == "who")) in _OF_SEVERAL:
        return False  # said of several: "two who had committed a robbery were lynched"
    if at > one.last and (
        tells_of_another(words, at)
        or (word_at(words, at) == "who" and not _A.isdisjoint(told))
        or ("and" in told and not _begins(words, one.first))
    ):
        return False  # "blocked the road to the town and three were shot"
    while at < len(words) and words[at].lower in BEING and words[at].lower not in UNREAL:
        at += 1
    if not 0 < at < len(words):
        return False
    verb = words[at].lower
    if is_passive(words, one.last, at):
        return verb in KILLING or (verb not in NO_DEATH and is_to_death(words, at + 1))
    if verb in FATAL:
        return noun.endswith(OF_AGENTS)
    behind = [word.lower for word in words[at + 1 : at + 6]]
    # "a ship met its end"
    return not _OF_SOMEBODY.isdisjoint(behind) and dies_by_idiom(verb, behind)


def _begins(words: Words, first: int) -> bool:
    """Whether a name begins the sentence or a clause: it is no object of the verb before it."""
    return first == 0 or words[first - 1].lower in _BEFORE_A_SUBJECT


def _goes_on(word: TextWord) -> bool:
    """Whether a noun is only the first of a compound: "student leader", not "nurse hostage"."""
    return word.lower in ONE_PERSON and word.lower not in TAKEN


def _stands_alone(words: Words, at: int) -> bool:
    """Whether "one", "another" stands for a person: no noun and no *of* behind it."""
    if at and words[at - 1].lower in ("no", "any", "every"):
        return False
    follows = words[at + 1] if at + 1 < len(words) else None
    return follows is None or not follows.is_word or follows.lower in _BEFORE_A_VERB


def _from_determiner(words: Words, at: int, free: int) -> OnePerson | None:
    first = at
    while first > free and at - first < _LONGEST_NAME:
        before = words[first - 1]
        if before.lower in DETERMINERS:
            return OnePerson(first - 1, at + 1, bare=False)
        if before.is_possessor:
            return OnePerson(first, at + 1, bare=True)
        earlier = words[first - 2].lower if first - free > 1 else ""
        attribute = earlier in DETERMINERS and before.lower.endswith("ed")
        if _ends_a_name(before) and not attribute:
            break
        first -= 1
    # In headlines a name begins with the line, behind a verb of harm, or with a capital.
    if first == 0 or words[first - 1].lower in _BEFORE_A_BARE_NAME:
        return None if is_counted(words, first, at) else OnePerson(first, at + 1, bare=True)
    return None


def is_counted(words: Words, first: int, at: int) -> bool:
    """Whether a number stands among some words."""
    return any(word.is_number or word.lower in TRIGGERS for word in words[first:at])


def _ends_a_name(word: TextWord) -> bool:
    """Whether a word cannot stand between a determiner and the noun."""
    if _AGE.fullmatch(word.text):
        return False
    written = word.is_word or word.text in "-/’'"
    return not written or word.is_number or word.lower in _NOT_WITHIN_A_NAME
