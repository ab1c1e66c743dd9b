"""Which language a sentence is in, so that nothing is read as English that is not.

py3langid tells it, offline, from letters alone. It takes half a millisecond and is unsure of short
texts, names and headlines; so it is asked only of what has neither two plain English words nor
another script, and believed only where it is sure. What is left is in the language of its article.
"""

# ruff: noqa: SIM905 -- a long list of words is easier to read and to extend as text

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from annotation.records import ENGLISH, Sentence

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
"""Code of a language that is surely not English and not known (ISO 639-2)."""

_PLAIN = frozenset(
    "the and with said from that which after who their been were killed have they his its this"
    " had not by would of to are about more than people when into could some while two three"
    " there where near says him them other town city army soldiers since officials".split()
)
"""Frequent English words that no other language in Latin letters has two of in a sentence."""

_WORD = re.compile(r"[^\W\d_]+")
_LONG = 40
"""Characters from which a sentence is told by itself; what is shorter goes with its article."""
_SURE = 0.95
_EXCERPT = 4_000
"""Characters of an article by which its language is told."""
_LAST_LATIN = "\u024f"
_NO_LANGUAGE = "zxx"
"""What py3langid says of text that is in none."""


def languages_of(sentences: Sequence[str]) -> tuple[str, ...]:
    """The language of each sentence of one article, as an ISO 639 code.

    Args:
        sentences: the sentences of the article, or one alone.

    Returns:
        English where in doubt; ``UNKNOWN`` for another script whose language is not known.
    """
    plain = [_is_plainly_english(sentence) for sentence in sentences]
    if all(plain):
        return (ENGLISH,) * len(sentences)
    whole = _language_of_article(sentences, plain)
    return tuple(
        ENGLISH if english else _own_language(sentence) or whole
        for sentence, english in zip(sentences, plain, strict=True)
    )


def not_english(sentences: Mapping[str, int]) -> str:
    """How many sentences are in another language, and in which: "ar 12, fr 3"."""
    told = ", ".join(f"{language} {number:,}" for language, number in sentences.items())
    return f"Not in English, so no numbers are read in them: {told}."


def with_languages(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, with their language where nobody has told it and it is another than English.

    What is taken for English anyway stays as it was, and so does the digest of its snapshot.
    """
    untold: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(sentences):
        if one.language is None:
            untold[one.article_id].append(place)
    told = list(sentences)
    for places in untold.values():
        languages = languages_of([sentences[place].text for place in places])
        for place, language in zip(places, languages, strict=True):
            if language != ENGLISH:
                told[place] = replace(sentences[place], language=language)
    return tuple(told)


def _is_plainly_english(sentence: str) -> bool:
    lowered = sentence.lower()
    # Most sentences have two between blanks, which tells in a third of the time.
    return _are_english(lowered.split()) or _are_english(_WORD.findall(lowered))


def _are_english(words: Sequence[str]) -> bool:
    return len(_PLAIN.intersection(words)) >= 2


def _language_of_article(sentences: Sequence[str], plain: Sequence[bool]) -> str:
    """The language of what is not plainly English, if most of the article is not."""
    english = sum(len(one) for one, is_plain in zip(sentences, plain, strict=True) if is_plain)
    if english * 2 >= sum(map(len, sentences)):
        return ENGLISH
    excerpt = " ".join(sentences)[:_EXCERPT]
    return (_told(excerpt) if len(excerpt) >= _LONG else None) or ENGLISH


def _own_language(sentence: str) -> str | None:
    """The language that a sentence itself shows, None where it does not."""
    if _is_in_another_script(sentence):
        return _told(sentence, least=0.0) or UNKNOWN
    return _told(sentence) if len(sentence) >= _LONG else None


def _is_in_another_script(sentence: str) -> bool:
    """Whether most of the letters are none of the Latin alphabet."""
    if sentence.isascii():
        return False
    letters = "".join(_WORD.findall(sentence))
    return 2 * sum(letter > _LAST_LATIN for letter in letters) > len(letters)


@lru_cache(maxsize=1)  # a sentence alone is its whole article, and asked for twice
def _told(text: str, *, least: float = _SURE) -> str | None:
    """What py3langid says, None where it is less sure than ``least``."""
    language, probability = _identifier().classify(text)
    return str(language) if probability >= least and language != _NO_LANGUAGE else None


@cache
def _identifier() -> LanguageIdentifier:
    """The library with its model, which takes a second to load: only where it is asked."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
