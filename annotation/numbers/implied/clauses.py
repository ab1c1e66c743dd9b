"""How a sentence goes on behind somebody's name: details, others named with them, the verb."""

from __future__ import annotations

from annotation.numbers.implied.idioms import DYING_WITH_MORE
from annotation.numbers.implied.lexicon import (
    BEING,
    CLAUSES,
    DEAD,
    DETERMINERS,
    DYING,
    HARMED,
    HARMING,
    LED_BY_AS,
    LED_BY_TO,
    OWN_VERBS,
    PARTICIPLES,
    PASSIVE,
    POSSESSIVES,
    POSTMODIFIERS,
)
from annotation.numbers.implied.words import TextWord, Words
from annotation.numbers.lexicon.persons import ONE_PERSON

REACH = 14
"""Words between one who is harmed and the verb that says so, at most."""

_ACTIVE = HARMING - PARTICIPLES
_GOES_ON = PASSIVE | DEAD | DYING
_HARMFUL = HARMING | DEAD | DYING
_ENDS_A_CLAUSE = '.,;:()"“”'
_OF_SEVERAL = frozenset(["were", "are"])
_AND = ("and", "or", "but")
_BEGIN_IDIOMS = DYING_WITH_MORE | {"lost", "did"}
_ENDS_A_PHRASE = BEING | HARMING | DYING | DEAD


def behind_its_details(words: Words, at: int, end: int) -> int:
    """Behind apposition, age and place: "a man, 34, from the town,", "a member of the council"."""
    while at < end:
        word = words[at]
        if word.lower in ("who", "whose") and (verb := _main_verb(words, at, end)) is not None:
            return verb
        if word.lower in POSTMODIFIERS:
            at += 1
            while at < end and not (_ends_a_phrase(words[at]) or _begins_an_idiom(words, at)):
                at += 1
        elif word.text in ",(" and at + 1 < end:
            close = next((n for n in range(at + 1, end) if words[n].text in ",)"), None)
            if close is None or any(_ends_a_phrase(one) for one in words[at + 1 : close]):
                return at
            at = close + 1
        else:
            return at
    return at


def _begins_an_idiom(words: Words, at: int) -> bool:
    """Whether a verb stands there that tells with more of a death: "*lost* her life"."""
    word = words[at].lower
    if word not in _BEGIN_IDIOMS:
        return False
    follows = word_at(words, at + 1)
    if word == "did":
        return follows == "not"
    whose = word_at(words, at + 2) if follows == "to" else follows
    return whose in POSSESSIVES or follows == "away"


def behind_others(words: Words, at: int, end: int) -> int:
    """Behind those who are harmed alike: "a policewoman *and seven neighbours* were hurt"."""
    if at + 1 >= end or words[at].lower not in ("and", "or"):
        return at
    for stop in range(at + 2, min(at + 9, end)):
        if words[stop].text in ".;:" or words[stop].lower in _ACTIVE:
            return at
        if words[stop].lower in _GOES_ON:
            return stop
    return at


def has_own_verb(words: Words, behind: int) -> bool:
    """Whether one begins a clause: "killed nine, *a spokesman* for the army *said*".

    Args:
        words: the sentence.
        behind: the word behind the one's name.
    """
    return own_verb(words, behind) is not None


def own_verb(words: Words, behind: int) -> str | None:
    """The finite verb of the clause that one begins.

    Args:
        words: the sentence.
        behind: the word behind the one's name.

    Returns:
        the verb in lower case, None where one begins no clause.
    """
    for at in range(behind, min(behind + REACH, len(words))):
        word = words[at]
        if word.text in _ENDS_A_CLAUSE or word.lower in CLAUSES or word.lower in _AND:
            return None
        if _tells_of_one(words, at) or (at > behind and words[at - 1].lower == "to"):
            continue
        if word.lower in OWN_VERBS or _is_finite(words, at):
            return word.lower
    return None


def _tells_of_one(words: Words, at: int) -> bool:
    """Whether a word is a participle: "a man *said* to be a spy", "a guard *posted* at"."""
    word, behind = words[at].lower, word_at(words, at + 1)
    if behind == "to":
        return word in LED_BY_TO and (word != "claimed" or word_at(words, at + 2) == "be")
    if behind == "by":
        return word not in PASSIVE and word_at(words, at + 2) not in ("phone", "telephone", "email")
    if word == "caught":
        return behind in ("in", "between", "up")
    if word == "called":
        return at + 1 < len(words) and words[at + 1].is_name
    if word == "posted":
        return behind in ("at", "in", "outside", "near")
    return word in LED_BY_AS and (behind == "as" or behind in DEAD)


def _is_finite(words: Words, at: int) -> bool:
    """Whether a word in -ed is no participle: "a guard raised *the* alarm", "a guard fainted"."""
    word, behind = words[at].lower, word_at(words, at + 1)
    past = word.endswith("ed") and len(word) > 4 and word not in _HARMFUL
    return past and (behind in DETERMINERS or behind in ("", ".", ",", "and"))


def is_passive(words: Words, first: int, end: int) -> bool:
    """Whether words before a participle make it a passive: "was later found", not "has"."""
    return any(word.lower in PASSIVE for word in words[first:end])


def word_at(words: Words, at: int) -> str:
    """A word in lower case, empty behind the last."""
    return words[at].lower if at < len(words) else ""


def word_before(words: Words, at: int) -> str:
    """The word before one, in lower case, empty before the first."""
    return words[at - 1].lower if at > 0 else ""


def tells_of_another(words: Words, at: int) -> bool:
    """Whether a clause is that of who is named last: "the burial of a *farmer who* was killed".

    Args:
        words: the sentence.
        at: the word behind the details of another.
    """
    return word_at(words, at) == "who" and word_before(words, at) in ONE_PERSON


def is_to_death(words: Words, at: int) -> bool:
    """Whether *to death* stands at a word: "was clubbed *to death*"."""
    return word_at(words, at) == "to" and word_at(words, at + 1) == "death"


def words_behind(words: Words, at: int, reach: int) -> set[str]:
    """The words behind one, in lower case."""
    return {word.lower for word in words[at + 1 : at + 1 + reach]}


def _main_verb(words: Words, who: int, end: int) -> int | None:
    """Where behind "who was fetching water" the sentence goes on with what harmed them."""
    for at in range(who + 2, end):
        if words[at].text in ",;":
            return None
        behind = next((n for n in range(at, end) if words[n].lower not in BEING), end)
        if (
            words[at].lower in PASSIVE - _OF_SEVERAL
            and behind < end
            and words[behind].lower in HARMED
        ):
            return at
        if words[at].lower in DYING:
            return at
    return None


def _ends_a_phrase(word: TextWord) -> bool:
    return word.lower in _ENDS_A_PHRASE or word.text in ".;:,)"
