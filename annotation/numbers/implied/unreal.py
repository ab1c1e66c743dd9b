"""Whether a word of harm tells of what has happened: no "were *not* killed", "*nearly* killed".

What is looked at are the words before it, back to the one that decides; all in lower case, marks
among them or not.
"""

# ruff: noqa: SIM905 -- lists of words are easier to read and to extend as text

from __future__ import annotations

import re
from collections.abc import Sequence

from annotation.numbers.implied.lexicon import BEING, HARMING, HARMS, LATER, SENTENCING

_HAVE = frozenset(["have", "has", "had", "having"])
_BE = frozenset("be been being is are was were get gets got getting".split())
_WITHIN = (
    _HAVE | _BE | BEING - {"who", "which", "that"} | LATER | frozenset(["ever", "even", "just"])
)
"""What may stand between the word that decides and the verb: "could *even have been* killed"."""

_NOT = frozenset(["not", "never", "neither", "nor", "cannot"])
_NOT_ONLY = frozenset(["only", "just", "merely", "simply"])
_NEARLY = frozenset(["nearly", "almost", "narrowly"])
_NEVER = frozenset("could would should can will shall ought".split())
"""Modal verbs of what has not happened, also with *have*: "*could* have killed 20"."""
_PERHAPS = frozenset(["may", "might", "must"])
"""Those that tell with *have* what somebody takes for true: "*may* have killed 20"."""

_DONE = frozenset(
    # what is done where it is said to be done
    "managed manages went gone going proceeded proceeds continued continues continuing began begun"
    " begins started starts came used helped helping enough able known"
    # what is said of them, or thought
    " said believed thought reported reportedly alleged understood known presumed appears appear"
    " appeared seems seemed only first last latest second third"
    # with a gerund: what was owned up to
    " admitted admits admitting confessed confesses confessing pleaded led leading".split()
)
"""Before *to* and what was done: "*managed* to kill", "*admitted* to killing"."""
_BEHIND_USE = 5
"""Words between *used* and *to*, at most: "*used* a knife *to* kill"."""

_SPARING = frozenset(
    "without avoid avoids avoided avoiding escape escapes escaped escaping evade evaded risk"
    " risks risked risking face faces faced facing from against than".split()
)
"""Before a gerund: "*without* killing", "*escaped* being killed", "saved them *from* drowning"."""
_ESCAPING = frozenset(
    "avoid avoids avoided avoiding escape escapes escaped escaping evade evaded risk risks"
    " risked risking face faces faced facing survive survives survived surviving cheated".split()
)
"""What they do who live: "12 miners *escaped* death"."""
_THREATENED = frozenset(
    "risk risks danger threat threats fear fears possibility prospect chance short brink"
    " verge instead hope hopes intention aim purpose idea plan plans way point".split()
)
"""Before *of* and a gerund: "in *danger* of being killed"."""
_NEAR = frozenset(["close", "near", "closer", "opposed"])
"""Before *to* and a gerund: "came *close* to killing"."""

_UNDONE = _NOT | frozenset("no nobody failed fails failing unable little".split())
"""Before what was not done: "*failed* to save"."""

_SUPPOSING = frozenset(["if", "whether", "unless", "lest"])
_LINKING = _SUPPOSING | {"that"}
_DENYING = frozenset(
    "deny denies denied denying doubt doubts doubted disputes disputed refute refutes"
    " refuted untrue false".split()
)
_ARTICLES = frozenset("the a an his her its their our these those all".split())
_OF_THE = rf" (?:of|among|from|aboard)(?: (?:{'|'.join(sorted(_ARTICLES))}))*\Z"
_NONE_OF = re.compile(r"\b(?:none|neither|nobody|no[ -]one|not one|not a single one)" + _OF_THE)
_ANY_OF = re.compile(r"\bany" + _OF_THE)
_CLAUSES = frozenset("that who which when while where but because after before until".split())
_BESIDE = frozenset(["and", "or"])
_MARKS = frozenset(".,;:")
_REACH = 10
"""Words of a subject between *if* and its verb, at most."""


def has_not_happened(before: Sequence[str], word: str) -> bool:
    """Whether what a verb of harm tells of has not happened, or not so far.

    Args:
        before: the words before it, back to whoever it is told of at most.
        word: the verb.
    """
    before = list(before)
    at, follows = len(before), word
    while at:
        at -= 1
        decides = before[at]
        if decides in _NOT or decides.endswith(("n't", "n’t")):
            return _NOT_ONLY.isdisjoint(before[at + 1 : at + 2])
        if decides in _NEARLY:
            return True
        if decides in _NEVER and _is_plain(follows):
            return True
        if decides in _PERHAPS and _is_plain(follows):
            return follows != "have"
        if decides == "to":
            return follows != "have" and _leads_to(before[:at], follows)
        if follows.endswith("ing") and _spares(before[: at + 1]):
            return decides != "from" or not is_in_vain(before[:at])
        if decides not in _WITHIN and not decides.endswith("ly"):
            return False
        if not decides.endswith("ly"):
            follows = decides
    return False


def is_only_supposed(before: Sequence[str]) -> bool:
    """Whether a clause supposes or denies: "*if* 12 were killed", "*denied that* 12 were killed".

    Args:
        before: the words before whoever it is told of.
    """
    before = list(before)
    while before and before[-1] in _ARTICLES:
        before.pop()
    if not before:
        return False
    if before[-1] in _BESIDE:  # "denied that two guards *and* 12 men were killed"
        near = before[-_REACH:-1]  # but "denied an appeal *and* three men were executed"
        return not _LINKING.isdisjoint(near) and is_in_supposition(before[:-1])
    if before[-1] in _SUPPOSING:
        return True
    denies = before[-2 if before[-1] == "that" else -1 :]
    if _DENYING.intersection(denies):
        return not is_in_vain(before[: -len(denies)])  # "did *not deny* that", "*no doubt* that"
    return before[-1] == "that" and _says_it_is_not(before[:-1])


def is_in_vain(before: Sequence[str]) -> bool:
    """Whether what is told next was not done: "could *not* save", "*no one* denies".

    Args:
        before: the words before it.
    """
    near = before[-_REACH:]
    return not _UNDONE.isdisjoint(near) or any(one.endswith(("n't", "n’t")) for one in near)


def before_none_of(before: Sequence[str]) -> list[str] | None:
    """The words before *none of the*, where of those who are counted next none is meant; else None.

    Args:
        before: the words before them: "denied that *none of the* 12 were killed".
    """
    near = " ".join(before[-_REACH:])
    none = _NONE_OF.search(near)
    return None if none is None else near[: none.start()].split()


def is_none_of(before: Sequence[str]) -> bool:
    """Whether of those who are counted next none is meant, or any: "*none of the* 12 were killed".

    Args:
        before: the words before them.
    """
    return before_none_of(before) is not None or _ANY_OF.search(" ".join(before[-4:])) is not None


def is_in_supposition(before: Sequence[str]) -> bool:
    """Whether a verb with a subject stands in such a clause: "*whether* the blast killed 12".

    Args:
        before: the words before the verb, marks among them.
    """
    before = list(before)
    for back in range(1, min(_REACH, len(before)) + 1):
        word, since = before[-back], before[len(before) - back + 1 :]
        follows = since[:1]
        if word in _SUPPOSING:
            return True
        if word == "that":
            if all(one in _HAVE or one in LATER or one.endswith("ly") for one in since):
                return False  # "a dispute *that* killed 12"
            return is_only_supposed(before[: len(before) - back + 1])
        if word in _DENYING:  # "denied its troops killed 12"; no "denied the charge and killed 12"
            if not (_BE | _CLAUSES).isdisjoint(before[-back - 1 : -back]):
                return False  # "had *been* denied a visa", "*who* denied the result"
            told = _BESIDE.isdisjoint(since) or not _HAVE.isdisjoint(since)
            return (
                told
                and bool(follows)
                and follows[0] in _ARTICLES
                and not is_in_vain(before[:-back])
            )
        if word in _CLAUSES or word in _MARKS:
            return False
        noun = len(before) > back and before[-back - 1] in _ARTICLES  # "the strike"
        if word in HARMING and not noun and follows not in (["and"], ["or"]):
            return False
    return False


def lives_on(behind: Sequence[str]) -> bool:
    """Whether who is told of is told to have lived: "escaped death", "from being killed".

    Args:
        behind: the words from their verb on.
    """
    for at, word in enumerate(behind[:_REACH]):
        if word in _CLAUSES or word in _MARKS or word in ("and", "or"):
            return False
        if at and (word in HARMS or word in HARMING or word == "drowning"):
            if word != "death" and has_not_happened(behind[:at], word):
                return True  # but "starved to death"
            near = ["", "", *(one for one in behind[:at] if one not in _ARTICLES)]
            return near[-1] in _ESCAPING or near[-2] == "from"
    return False


def is_sentenced_to_death(word: str, behind: Sequence[str]) -> bool:
    """Whether a court is told to have said that somebody is to die.

    Args:
        word: the verb.
        behind: the words behind it.
    """
    if word not in SENTENCING:
        return False
    return any(pair in (["to", "death"], ["to", "hang"], ["to", "die"]) for pair in _pairs(behind))


def _pairs(words: Sequence[str]) -> list[list[str]]:
    return [[*words[at : at + 2]] for at in range(min(len(words) - 1, 2 * _REACH))]


def _is_plain(word: str) -> bool:
    """Whether a word can follow a modal verb: "may *kill*", but "in May *killed*"."""
    if word in _HAVE or word in _BE:
        return word in ("have", "be", "get")
    return not word.endswith(("ed", "ing", "s"))


def _leads_to(before: Sequence[str], follows: str) -> bool:
    """Whether what stands before *to* leaves it open whether it was done."""
    leads = [word for word in before if word not in _NOT][-1:]
    if follows.endswith("ing"):
        return bool(leads) and leads[0] in _NEAR
    if not leads:
        return False  # "12 journalists to be killed this year"
    if leads[0] == "on":
        return before[-2:-1] not in (["went"], ["gone"], ["going"], ["goes"], ["go"])
    return leads[0] not in _DONE and "used" not in before[-_BEHIND_USE:]


def _spares(before: Sequence[str]) -> bool:
    last = before[-1]
    return last in _SPARING or (last == "of" and before[-2:-1] != [] and before[-2] in _THREATENED)


def _says_it_is_not(before: Sequence[str]) -> bool:
    """Whether words say that what follows is not so: "no evidence *that*", "not true *that*"."""
    near = before[-3:]
    return "no" in near[-2:] or ("not" in near and near[-1] in ("true", "case"))
