"""Whether a word of harm reaches somebody whom a sentence names."""

from __future__ import annotations

from collections.abc import Sequence

from annotation.numbers.implied.clauses import (
    REACH,
    behind_its_details,
    behind_others,
    has_own_verb,
    is_passive,
    is_to_death,
    tells_of_another,
    word_at,
    word_before,
    words_behind,
)
from annotation.numbers.implied.deaths import dies_by_more, dies_then
from annotation.numbers.implied.idioms import THROWING, dies_by_idiom
from annotation.numbers.implied.lexicon import (
    AFTER_HARM,
    AFTER_PARTICIPLE,
    AIMING,
    ASIDES,
    BEING,
    CLAUSES,
    COUNTED_BEFORE,
    DEAD,
    DEATH,
    DETERMINERS,
    DISAPPEARANCE,
    DYING,
    GOING,
    HARMING,
    HARMS,
    JOINING,
    LOSSES,
    LOST,
    NAMING,
    NO_DEATH,
    ONLY_WITH_MORE,
    PARTICIPLES,
    PASSIVE,
    POSSESSIVES,
    PRONOUNS,
    REMAINS,
    SENTENCING,
    SURVIVED,
    TAKEN,
    TAKING,
    VICTIMS,
)
from annotation.numbers.implied.losses import as_lost, begins_a_clause
from annotation.numbers.implied.names import OnePerson, is_counted
from annotation.numbers.implied.outcomes import (
    FARTHEST,
    dies_of_it,
    lower_from,
    said_by,
    stands_for_them,
    told_harm,
)
from annotation.numbers.implied.parts import as_part, is_only_called, list_before
from annotation.numbers.implied.unreal import (
    has_not_happened,
    is_in_supposition,
    is_only_supposed,
)
from annotation.numbers.implied.words import Words

_BEHIND_DEAD = AFTER_PARTICIPLE | {"", ".", ","}
_BEHIND_PARTICIPLE = AFTER_PARTICIPLE | {"", "."}
_BESIDE = AFTER_HARM | BEING | {"then", "but"}
_BEHIND_BESIDE = _BEHIND_DEAD | _BESIDE | {";", ":"}
_TARGETS = (["him"], ["her"], ["them"])
_BEHIND_TAKEN = TAKEN | {"by"}
_GOES_ON_BEHIND_ASIDE = PASSIVE | DYING | {"have", "has", "had", "lost"}
_SEEING = frozenset(["saw", "seen", "watched", "witnessed", "found", "discovered"])
_LONGEST_ASIDE = 10
"""Words from the comma that opens an aside to one who is named in it, at most."""


def who_is_harmed(words: Words, named: tuple[OnePerson, ...]) -> tuple[tuple[OnePerson, str], ...]:
    """Of the people named those whom a word of harm reaches, or one beside whom they stand.

    Args:
        words: the sentence.
        named: who is named in it, in order.

    Returns:
        each with what happened to them: one of the values of ``HARMS``.
    """
    harms = [_harm(words, one) for one in named]
    pairs = [
        number
        for number in range(1, len(named))
        if _are_joined(words, named[number - 1], named[number])
    ]
    for number in reversed(pairs):
        if word_before(words, named[number - 1].first) != "by":  # who did it
            harms[number - 1] = harms[number - 1] or harms[number]
    heads = list(range(len(named)))
    for number in pairs:
        heads[number] = heads[number - 1]
        of = named[heads[number]].first - 1
        if not begins_a_clause(words, of, named[number].last):
            harms[number] = harms[number] or harms[number - 1]
    told = [(one, harm) for one, harm in zip(named, harms, strict=True) if harm]
    return tuple(
        (one, harm)
        for number, (one, harm) in enumerate(told)
        if not any(_is_again(words, one, first) and harm == of for first, of in told[:number])
    )


def _is_again(words: Words, one: OnePerson, first: OnePerson) -> bool:
    """Whether one was named before: "A woman was shot and *the woman* died"."""
    again = words[one.first].lower == "the" and one.last - one.first == 2
    return again and words[one.last - 1].lower == words[first.last - 1].lower


def _harm(words: Words, one: OnePerson) -> str | None:
    """What happened to one person, by the word of harm that reaches them."""
    if words[one.last - 1].lower in REMAINS and (
        word_at(words, one.last) == "of" or words[one.first].lower in POSSESSIVES
    ):
        return None  # of whom, is told behind it, or was told before
    before = word_before(words, one.first)
    noun = words[one.last - 1].lower
    if words[one.first].lower == "the" and one.last - one.first == 2 and noun in COUNTED_BEFORE:
        return None
    if noun == "head" and before in ("on", "in"):
        return None
    if before == "nor" or words[one.first].lower == "neither":
        return None
    if is_only_supposed(_lower_before(words, one.first)):
        return None  # "denied that a man was killed"
    if before == "of" and said_by(word_before(words, one.first - 1)) == DEATH:
        lost = as_lost(words, one)  # "the body of a teacher who had been abducted"
        if lost is not None:
            return lost
    told = _as_object(words, one) or _as_target(words, one) or _as_subject(words, one)
    if one.bare and before.endswith("ing"):  # "a kidnapping suspect was killed"
        told = _as_subject(words, one) or told
    if told not in (None, DEATH) and dies_of_it(lower_from(words, one.last)):
        return DEATH
    return told or as_lost(words, one) or as_part(words, one)


def _told_at(words: Words, at: int) -> str:
    """What a word of harm tells of by the words around it; of a death where it tells nothing."""
    before = [word.lower for word in words[max(0, at - 2) : at]]
    return told_harm(before, words[at].lower, lower_from(words, at + 1)) or DEATH


def _lower_before(words: Words, at: int) -> list[str]:
    return [word.lower for word in words[max(0, at - FARTHEST) : at]]


def _as_object(words: Words, one: OnePerson) -> str | None:
    """Objects: "shot dead an inspector", "leaving a child dead", "took a nurse hostage"."""
    at = one.first - 1
    while at >= 0 and words[at].lower in AFTER_HARM and words[at].lower not in HARMING:
        if words[at].lower == "at" and word_at(words, at + 1) != "least":
            return None  # "shot at a driver"
        at -= 1
    if at >= 0 and words[one.first - 1].lower in JOINING:
        if has_own_verb(words, one.last) or is_only_called(words, one):
            return None  # "killed nine people, an official said"
        at = _before_others(words, one.first - 1)
    if at < 0:
        return None
    verb, behind = words[at].lower, word_at(words, one.last)
    if verb in ("leaving", "left", "leaves") and behind in DEAD:
        return said_by(behind)
    if _names_victims(words, at):
        return said_by(words[at - 1].lower)  # "among the dead were a woman and a child"
    lead = _lower_before(words, at)
    if has_not_happened(lead, verb) or is_in_supposition(lead):
        return None
    if verb not in HARMING:
        killed = verb.endswith("ed") and verb not in NO_DEATH and is_to_death(words, one.last)
        if verb in THROWING and dies_by_idiom(verb, lower_from(words, one.last)):
            return DEATH  # "pushed a man to his death"
        return DEATH if killed else None  # "clubbed a man to death"
    if verb in TAKING:
        near = [word.lower for word in words[one.last : one.last + 3]]  # not "taken hostage" alone
        near += [word.lower for word in words[at + 1 : one.first]]
        return None if TAKEN.isdisjoint(near) else said_by(verb)
    # "the wounded driver" is no object; "was killed a man" is none either
    return _told_at(words, at) if at == 0 or words[at - 1].lower not in DETERMINERS else None


def _as_target(words: Words, one: OnePerson) -> str | None:
    """Targets, by what came of it: "opened fire on a driver, killing him"."""
    if word_before(words, one.first) not in ("at", "on"):
        return None
    if AIMING.isdisjoint(word.lower for word in words[max(0, one.first - 5) : one.first]):
        return None
    behind = lower_from(words, one.last)
    harms = [
        told_harm((), word, ())
        for at, word in enumerate(behind, start=1)
        if behind[at : at + 1] in _TARGETS and stands_for_them(behind, at)
    ]
    return next((harm for harm in harms if harm is not None), None)


def _before_others(words: Words, at: int) -> int:
    """The verb before those who are counted first: "*killed* three soldiers and a child"."""
    for verb in range(at - 1, max(-1, at - 12), -1):
        word = words[verb]
        if _names_victims(words, verb):
            return verb if is_counted(words, verb, at) else -1
        if word.lower in BEING or word.text in ".;:":
            break
        if word.lower in HARMING and (verb == 0 or words[verb - 1].lower not in PASSIVE):
            return verb if is_counted(words, verb, at) else -1
    return -1


def _names_victims(words: Words, at: int) -> bool:
    """Whether a verb leads on to those who are named one by one: "the dead *include*"."""
    if at < 1 or words[at - 1].lower not in VICTIMS:
        return False
    verb = words[at].lower  # "the casualties include" does not say what befell whom
    return verb in PASSIVE or (verb in NAMING and words[at - 1].lower in HARMS)


def _as_subject(words: Words, one: OnePerson) -> str | None:
    """Subjects: "a man was killed", "his son died", "woman shot dead in Cali"."""
    if one.first and words[one.first - 1].lower == "of" and list_before(words, one.first):
        return None  # "ten men, including the son of a minister, were killed"
    end = min(len(words), one.last + REACH)
    whose = word_before(words, one.first) == "of" and words[one.first - 2].lower not in LOSSES
    if whose and word_at(words, one.last) != "who":
        return None  # "the wife of a mayor was killed"
    at = one.last if whose else behind_its_details(words, one.last, end)
    if at > one.last and tells_of_another(words, at):
        return None
    at = behind_others(words, at, end)
    at += _is_aside(words, one, at)
    headline = one.bare and words[one.last - 1].lower not in PRONOUNS
    begins = at
    while at < end and (words[at].lower in BEING or _goes_missing(words, at)):
        at += 1
    passive = is_passive(words, begins, at)
    if at >= end or word_before(words, one.first) == "by":
        return None
    word = words[at].lower
    if word == "shot" and not passive and word_at(words, at + 1) in ("at", "on") and not headline:
        return None  # "a gunman shot at a bus", but "Woman shot at market"
    if passive and is_to_death(words, at + 1):
        return None if word in NO_DEATH else DEATH  # "was clubbed to death"
    if dies_by_more(words, at, begins, passive=passive) or dies_then(
        words, at, end, passive=passive
    ):
        return DEATH
    if word == "lost" and words_behind(words, at, 3) & LOST:
        return _told_at(words, at)
    if word in DYING:
        if word == "fell" and words[one.last - 1].lower in PRONOUNS:
            return None  # "one fell on a house": a rocket
        return (
            _told_at(words, at)
            if word not in ONLY_WITH_MORE
            else told_harm((), word, lower_from(words, at + 1))
        )
    if word == "among" or (word == "said" and "among" in words_behind(words, at, 4)):
        victims = [one.lower for one in words[at + 1 : at + 8] if one.lower in VICTIMS]
        return said_by(victims[0]) if victims else None
    apart = not passive and (word in PARTICIPLES or word in SENTENCING)
    if apart and _died_at_last(words, at, end):
        return DEATH
    if (
        (word in DEAD or word in PARTICIPLES)
        and at == begins
        and word_before(words, one.first) in _SEEING
        and words[at + 1].lower not in DETERMINERS
        and not is_counted(words, at + 1, at + 2)
    ):
        return _outcome(words, _beside(words, at))  # "saw a man shot dead"
    beside = _beside(words, at)
    behind = word_at(words, beside[-1] + 1)
    if word in TAKING:
        harmed = passive and word_at(words, at + 1) in _BEHIND_TAKEN
    elif word in DEAD and (passive or word != "shot"):
        harmed = passive or behind in _BEHIND_DEAD
    else:
        harmed = word in PARTICIPLES and (passive or behind in _BEHIND_PARTICIPLE)
    return _outcome(words, beside) if harmed else None


def _died_at_last(words: Words, at: int, end: int) -> bool:
    """Whether one died whom a participle only tells apart: "a man arrested in May *was shot*"."""
    for place in range(at + 1, end - 1):
        word = words[place].lower
        if word in CLAUSES or word in JOINING or not words[place].is_word:
            return False
        if word in PASSIVE and words[place + 1].lower in PARTICIPLES | DEAD:
            return _told_at(words, place + 1) == DEATH
    return False


def _is_aside(words: Words, one: OnePerson, at: int) -> bool:
    """Whether a comma or bracket closes what names one: "ten men, *including a boy*, were"."""
    if word_at(words, at) == ")" and word_at(words, at + 1) in _GOES_ON_BEHIND_ASIDE:
        opens = max((n for n in range(one.first) if words[n].text == "("), default=one.first)
        return one.first - opens < _LONGEST_ASIDE and is_counted(words, opens, one.first)
    if word_at(words, at) != "," or word_at(words, at + 1) not in _GOES_ON_BEHIND_ASIDE:
        return False
    opened = [
        n for n in range(max(0, one.first - _LONGEST_ASIDE), one.first) if words[n].text == ","
    ]
    if not opened or words[opened[-1] + 1].lower not in ASIDES:
        return False
    return all(word.lower != "of" for word in words[opened[-1] : one.first])  # whose wife


def _goes_missing(words: Words, at: int) -> bool:
    return words[at].lower in GOING and HARMS.get(word_at(words, at + 1)) == DISAPPEARANCE


def _beside(words: Words, at: int) -> tuple[int, ...]:
    """A word of harm and those set beside it: "*shot* and later *died*", "*shot* and *injured*"."""
    found = [at]
    for beside in range(at + 1, min(at + REACH, len(words))):
        word = words[beside].lower
        if word in HARMS:
            found.append(beside)
        elif word not in _BESIDE:
            break
    return tuple(found)


def _outcome(words: Words, beside: Sequence[int]) -> str:
    """How it ended, by words of harm in their order: the last one, but the dead stay dead.

    A word with a noun behind it tells of others: "was hurt and *abducted* women were freed".
    """
    ended = beside[0]
    for at in beside[1:]:
        if _told_at(words, ended) == DEATH and words[ended].lower not in SURVIVED:
            break
        if word_at(words, at + 1) in _BEHIND_BESIDE:
            ended = at
    return _told_at(words, ended)


def _are_joined(words: Words, one: OnePerson, other: OnePerson) -> bool:
    """Whether two stand beside each other: "a woman and her son"."""
    between = words[one.last : other.first]
    return 0 < len(between) <= 4 and all(word.lower in JOINING for word in between)
