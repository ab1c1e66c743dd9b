"""Whether a word of harm reaches somebody whom a sentence names."""

from __future__ import annotations

from annotation.numbers.implied.clauses import (
    REACH,
    behind_its_details,
    behind_others,
    is_passive,
    word_at,
    words_behind,
)
from annotation.numbers.implied.lexicon import (
    AFTER_HARM,
    AFTER_PARTICIPLE,
    BEING,
    DEAD,
    DEATH,
    DETERMINERS,
    DYING,
    HARMING,
    HARMS,
    JOINING,
    LOSSES,
    LOST,
    PARTICIPLES,
    PASSIVE,
    POSSESSIVES,
    REMAINS,
    TAKEN,
    TAKING,
    UNREAL,
    VICTIMS,
)
from annotation.numbers.implied.names import OnePerson, is_counted
from annotation.numbers.implied.words import Words

_BEHIND_DEAD = AFTER_PARTICIPLE | {"", ".", ","}
_BEHIND_PARTICIPLE = AFTER_PARTICIPLE | {"", "."}
_BEHIND_TAKEN = TAKEN | {"by"}


def who_is_harmed(words: Words, named: tuple[OnePerson, ...]) -> tuple[OnePerson, ...]:
    """Of the people named those whom a word of harm reaches, or one beside whom they stand.

    Args:
        words: the sentence.
        named: who is named in it, in order.
    """
    reached = [_is_harmed(words, one) for one in named]
    pairs = [
        number
        for number in range(1, len(named))
        if _are_joined(words, named[number - 1], named[number])
    ]
    for number in reversed(pairs):
        reached[number - 1] = reached[number - 1] or reached[number]
    for number in pairs:
        reached[number] = reached[number] or reached[number - 1]
    return tuple(one for one, harmed in zip(named, reached, strict=True) if harmed)


def harm_of(words: Words, one: OnePerson) -> str:
    """What happened to somebody who is harmed: by the nearest word of harm, death where in doubt.

    Args:
        words: the sentence.
        one: who is harmed.
    """
    told = [
        (min(abs(at - one.first), abs(at + 1 - one.last)), HARMS[word.lower])
        for at, word in enumerate(words)
        if word.lower in HARMS and not one.first < at < one.last - 1
    ]
    return min(told)[1] if told else DEATH


def _is_harmed(words: Words, one: OnePerson) -> bool:
    if words[one.last - 1].lower in REMAINS and (
        word_at(words, one.last) == "of" or words[one.first].lower in POSSESSIVES
    ):
        return False  # of whom, is told behind it, or was told before
    return _is_object(words, one) or _is_subject(words, one) or _is_lost(words, one)


def _is_object(words: Words, one: OnePerson) -> bool:
    """Objects: "shot dead an inspector", "leaving a child dead", "took a nurse hostage"."""
    at = one.first - 1
    while at >= 0 and words[at].lower in AFTER_HARM and words[at].lower not in HARMING:
        at -= 1
    if at >= 0 and words[one.first - 1].lower in JOINING:
        at = _before_others(words, one.first - 1)
    if at < 0:
        return False
    verb = words[at].lower
    if verb in ("leaving", "left", "leaves") and word_at(words, one.last) in DEAD:
        return True
    if verb in PASSIVE and at >= 1 and words[at - 1].lower in VICTIMS:
        return True  # "among the dead were a woman and a child"
    if verb not in HARMING or _is_unreal(words, at):
        return False
    if verb in TAKING:
        near = [word.lower for word in words[at + 1 : one.last + 3]]
        return not TAKEN.isdisjoint(near)
    # "the wounded driver" is no object; "was killed a man" is none either
    return at == 0 or words[at - 1].lower not in DETERMINERS


def _before_others(words: Words, at: int) -> int:
    """The verb before those who are counted first: "*killed* three soldiers and a child"."""
    for verb in range(at - 1, max(-1, at - 12), -1):
        word = words[verb]
        if word.lower in BEING or word.text in ".;:":
            break
        if word.lower in HARMING and (verb == 0 or words[verb - 1].lower not in PASSIVE):
            return verb if is_counted(words, verb, at) else -1
    return -1


def _is_subject(words: Words, one: OnePerson) -> bool:
    """Subjects: "a man was killed", "his son died", "woman shot dead in Cali"."""
    end = min(len(words), one.last + REACH)
    at = behind_others(words, behind_its_details(words, one.last, end), end)
    begins = at
    while at < end and words[at].lower in BEING:
        at += 1
    passive = is_passive(words, begins, at)
    if at >= end:
        return False
    word = words[at].lower
    if word in DYING or (word == "lost" and words_behind(words, at, 3) & LOST):
        return True
    if word == "among" or (word == "said" and "among" in words_behind(words, at, 4)):
        return bool(words_behind(words, at, 7) & VICTIMS)
    if word in DEAD and (passive or word != "shot"):
        return passive or word_at(words, at + 1) in _BEHIND_DEAD
    if word not in PARTICIPLES:
        return False
    if word in TAKING:
        return passive and word_at(words, at + 1) in _BEHIND_TAKEN
    return passive or word_at(words, at + 1) in _BEHIND_PARTICIPLE


def _is_lost(words: Words, one: OnePerson) -> bool:
    """Bodies: "a body was found", "the body of a man", "the killing of a judge"."""
    if (
        one.first >= 2
        and words[one.first - 1].lower == "of"
        and words[one.first - 2].lower in LOSSES
    ):
        return True
    return words[one.last - 1].lower in REMAINS


def _are_joined(words: Words, one: OnePerson, other: OnePerson) -> bool:
    """Whether two stand beside each other: "a woman and her son"."""
    between = words[one.last : other.first]
    return 0 < len(between) <= 4 and all(word.lower in JOINING for word in between)


def _is_unreal(words: Words, at: int) -> bool:
    return any(word.lower in UNREAL for word in words[max(0, at - 2) : at])
