"""The words of a sentence, looked at once for all of its numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from annotation.numbers.reader import Mention

STEM = 6
"""Characters of a word without its ending that count."""

_INFLECTION = re.compile(r"(?<=\w\w\w)(?:'s|’s|ings?|e[ds]|e|s)\Z")
_PERSON = re.compile(r"(?:[eo]r|ist|[^m]ent|ant|hold)\Z")
"""How a word ends that names who does something, or lives together, after the thing."""

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word with its apostrophes and hyphens."""

_BETWEEN_AND_WORDS = re.compile(f"({WORD.pattern})")

_CLAUSE_END = re.compile(r"[.;:!?]")


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of one sentence, looked at once for all of its mentions."""

    starts: tuple[int, ...]
    """Where each word begins, in code points."""
    words: tuple[str, ...]
    """Each word, lower-cased."""
    stems: tuple[str, ...]
    """What counts of each, as by ``stem_of``."""
    marks: tuple[str, ...]
    """What stands before each word: ``.`` where a clause may end there, ``,``, or nothing."""

    def around(self, mention: Mention) -> tuple[int, int]:
        """Number of the mention's first word, and of the first word behind it."""
        return bisect_left(self.starts, mention.start), bisect_left(self.starts, mention.end)


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """What counts of a word in lower case: "kill", "killed" and "killing" are one.

    Who does it is another word than what is done, and those who live somewhere than the place:
    "attackers" and "attacks", "villagers" and "villages", "households" and "houses".
    """
    base = _INFLECTION.sub("", word)
    return base[:STEM] + "+" if _PERSON.search(base) else base[:STEM]


def words_of(text: str) -> SentenceWords:
    """The words of a sentence, in order."""
    parts = _BETWEEN_AND_WORDS.split(text)  # what is between, a word, what is between, …
    ends = tuple(accumulate(map(len, parts)))
    words = tuple(map(str.lower, parts[1::2]))
    return SentenceWords(
        starts=ends[:-1:2],
        words=words,
        stems=tuple(map(stem_of, words)),
        marks=tuple(["" if gap == " " else _mark(gap) for gap in parts[:-1:2]]),
    )


def _mark(between: str) -> str:
    """What counts of the characters between two words."""
    return "." if _CLAUSE_END.search(between) else "," if "," in between else ""
