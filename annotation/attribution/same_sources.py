"""Which names of sources are one, within an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ACRONYM = re.compile(r"\s*\(([^()]{2,12})\)\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "and", "on", "from", "at", "with"})
_VAGUE = frozenset(
    {
        "official", "officials", "source", "sources", "police", "witness", "witnesses", "resident",
        "residents", "spokesman", "spokeswoman", "spokesperson", "medics", "doctor", "doctors",
        "activists", "authorities", "villagers", "a", "one",
    }
)  # fmt: skip


def same_source_names(names: Iterable[str]) -> dict[str, str]:
    """Each name as written -> the fullest name of the same source in the article.

    A shorter name is that of a longer one when all its words stand in it ("the Observatory", "the
    Syrian Observatory for Human Rights"), when it is its acronym in brackets or of its capitals,
    or when they differ in case and articles only. Where several longer names fit and none of them
    holds the others, it stays by itself, and so does who is not one and the same for certain
    ("officials", "a doctor").

    Args:
        names: the sources of an article, in its order; the same may come again.
    """
    distinct = tuple(dict.fromkeys(names))
    longest_first = sorted(distinct, key=lambda name: (-len(_words(name)), distinct.index(name)))
    full: dict[str, str] = {}
    for name in longest_first:
        homes = [other for other in dict.fromkeys(full.values()) if _holds(other, name)]
        full[name] = homes[0] if len(homes) == 1 else name
    return {name: full[name] for name in distinct}


def _words(name: str) -> tuple[str, ...]:
    """Its words that mean something, in lower case."""
    bare = _ACRONYM.sub("", name)
    cut = (_POSSESSIVE.sub("", word.strip(".,")) for word in bare.split())
    return tuple(word.lower() for word in cut if word and word.lower() not in _SMALL)


def _acronyms(name: str) -> frozenset[str]:
    """What it is called in short: in brackets behind it, and the first letters of its capitals."""
    found = _ACRONYM.search(name)
    capitals = "".join(word[0] for word in _ACRONYM.sub("", name).split() if word[0].isupper())
    given = {found[1].lower()} if found else set()
    return frozenset(given | ({capitals.lower()} if len(capitals) > 2 else set()))


def _holds(full: str, short: str) -> bool:
    """Whether a longer name is the fuller one of the same source."""
    one, other = _words(full), _words(short)
    if not other or one == other:
        return one == other
    bare = re.sub(r"(?i)^the\s+", "", short).strip()
    if bare.isupper() and bare.lower() in _acronyms(full):
        return True
    if short.split()[0].lower() in ("a", "an", "one", "two") or {*other} <= _VAGUE:
        return False
    # "Ukraine" is not "the Ukrainian army", nor "the army" the army's spokesman.
    return {*other} <= {*one} and _head_of(full) in (_head_of(short), *other)


def _head_of(name: str) -> str:
    """The last word before the first preposition, in lower case; of a person, the family name."""
    kept: list[str] = []
    for word in _ACRONYM.sub("", name).split():
        if kept and word.lower() in ("of", "for", "in", "from", "at", "with", "on"):
            break
        kept.append(word)
    return _POSSESSIVE.sub("", kept[-1].strip(".,")).lower() if kept else ""
