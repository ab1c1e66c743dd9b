"""How words are cut, so that forms of one word are one."""

from __future__ import annotations

import re

N_LETTERS = 6
"""Letters of a word that count.

Truncation is the plainest of stemmers and asks for no language ("clashes" and "clashed" become
one). Six is best of four to six by cross-validation on police sentences, and worth one to two
points of F1 on the seeds.
"""

TOKEN_PATTERN = rf"(\w\w{{1,{N_LETTERS - 1}}})\w*"
"""A word of two characters or more; the group is what of it counts."""


def stems_in(text: str) -> list[str]:
    """What counts of each word of a text, lower-cased, in order."""
    return _STEMS(text.lower())


_STEMS = re.compile(TOKEN_PATTERN).findall
