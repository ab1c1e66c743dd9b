"""How names of places are written: one key for all the ways of one name.

Papers write "Qamishli" and "al-Qamishli", "Dar'a" and "Dara". What differs between them is mostly
accents, hyphens, apostrophes and the Arabic article; the rest stands in the gazetteer, as other
names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "the"})
_NOT_ASCII = str.maketrans(
    {"ı": "i", "ə": "a", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d"}
)
_MARKS = re.compile(r"['’‘ʿʾʼ`´ʻ]")
_WORD = re.compile(r"[a-z0-9]+")
_KIND = re.compile(
    r"\s(?:state|province|district|region|county|governorate|department|oblast|raion|prefecture"
    r"|municipality|division|subdistrict|cercle|lga)$"
)


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """What all ways of writing a name have in common; empty where it has no Latin letters.

    Args:
        name: a name as written.
    """
    bare = unicodedata.normalize("NFKD", _MARKS.sub("", name).lower().translate(_NOT_ASCII))
    bare = "".join(one for one in bare if not unicodedata.combining(one))
    if any(ord(one) > 127 and one.isalpha() for one in bare):
        return ""
    words = _WORD.findall(bare)
    rest = [one for one in words if one not in _ARTICLES]
    return " ".join(rest or words)


def district_keys(name: str) -> tuple[str, ...]:
    """The keys of a district, with its kind and without it ("Borno State", "Borno").

    Args:
        name: its name as written.
    """
    key = name_key(name)
    return tuple(dict.fromkeys((key, _KIND.sub("", key))))
