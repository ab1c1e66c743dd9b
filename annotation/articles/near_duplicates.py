"""Near-duplicates: sentences that say the same, as syndicated and slightly edited news does.

Two sentences say the same when the Jaccard similarity of their sets of word bigrams reaches a
threshold **and** their quantities agree. The second condition is the important one: "killed 12
soldiers" and "killed 13 soldiers" look alike to every measure of similarity. So whatever may be a
number (numerals, number words, negations) has to be the same, in the same order, beside the same
words. That is stricter than need be, which is the right side to err on: a duplicate that is
missed costs one more sentence to label, a false one loses a claim. The number words are English,
so sentences in another script, and very short ones, are duplicates only when they are equal but
for case, punctuation and white space.

The search is exact: nothing is found or missed by chance. It rests on the prefix filter
(Chaudhuri, Ganti and Kaushik, ICDE 2006; Bayardo, Ma and Srikant, WWW 2007): sort each set by one
fixed order; two sets of ``n`` and ``m`` elements with a similarity of ``t`` or more have a common
element among the first ``n - ceil(t*n) + 1`` of the one and ``m - ceil(t*m) + 1`` of the other,
and where the first one stands bounds how many can follow (the positional filter: Xiao, Wang, Lin
and Yu, WWW 2008). ``benchmarks/duplicates.py`` measures it against the libraries that were
considered: MinHash (datasketch) is slower on something as short as a sentence and misses some,
and SetSimilaritySearch has to know all sentences before it can begin.
"""

from __future__ import annotations

import math
import re
import unicodedata
from array import array
from itertools import pairwise

_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|[+-]?[$€£¥₹₽₴₪]?\d(?:[\d.,:/⁄]*\d)?\w*|[$€£¥₹₽₴₪%‰]"
)
"""A word with its apostrophes; a numeral with its sign, currency and separators; a lone sign."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufefc\U00010000-\U0001efff\U00020000-\U0003ffff]"
)

_QUANTITY_WORDS = (
    "zero nil one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty "
    "sixty seventy eighty ninety hundred thousand million billion trillion lakh crore dozen "
    "score couple pair trio quartet handful myriad tens ones twenties thirties forties "
    "fifties sixties seventies eighties nineties hundreds thousands millions billions "
    "trillions lakhs crores dozens scores couples pairs half halves quarter quarters third "
    "thirds fourths fifths sixths sevenths eighths ninths tenths first second fourth fifth "
    "sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth "
    "hundredth thousandth last once twice thrice single double triple quadruple twofold "
    "threefold fourfold fivefold tenfold hundredfold halved doubled tripled quadrupled lone "
    "sole both several few many most all some any every each numerous m mn bn tn k ii iii "
    "iv vi vii viii ix xi xii no not never none nobody nothing neither nor without cannot "
)
_QUANTITIES = frozenset(_QUANTITY_WORDS.split())
"""English words that are a number, may stand for one, or take the whole statement back."""
_NEGATED = ("n't", "n’t")

_SLACK = 1e-9  # for the rounding of floats: what is at the threshold counts as similar
_SHORTEST = 5
"""Bigrams from which similarity means something; below it, one word is too much of a sentence."""


class DuplicateIndex:
    """An index of sentences, which recognises those that come again in almost the same words.

    Only sentences that say something new are remembered: each duplicate is measured against one of
    them directly, so that a chain of small changes cannot drift.

    Args:
        threshold: Jaccard similarity of the word bigrams, above 0 and at most 1, from which two
            sentences say the same. At 0.8, one word within a sentence of 19 words may differ.

    Raises:
        ValueError: the threshold is out of range.
    """

    def __init__(self, threshold: float = 0.8) -> None:
        if not 0 < threshold <= 1:
            raise ValueError(f"threshold must be above 0 and at most 1, not {threshold}")
        self.threshold = threshold
        self._equal: dict[str, str] = {}  # normalised sentence -> key of the first that had it
        self._texts: list[str] = []  # the normalised sentences that can be similar to others
        self._sizes = array("I")  # how many bigrams each of them has
        self._postings: dict[int, array[int]] = {}  # (quantities, bigram) -> place, rank; in turn

    def add(self, key: str, text: str) -> str | None:
        """Remember a sentence under its key, unless it says nothing new.

        Args:
            key: the id of the sentence.
            text: the sentence.

        Returns:
            The key of the earlier sentence that says the same (of several, the most similar), None
            where there is none or where it is this very key.
        """
        tokens, normal = _normal(text)
        if (earlier := self._equal.get(normal)) is not None:
            return None if earlier == key else earlier
        if _can_be_similar(tokens, normal):
            bigrams, quantities = _bigrams(tokens), _quantities(tokens)
            prefix = self._prefix(bigrams, quantities)
            if (earlier := self._most_similar(bigrams, quantities, prefix)) is not None:
                # Equal ones are found at once from now on; they are as similar to the earlier one.
                self._equal[normal] = earlier
                return None if earlier == key else earlier
            place = len(self._texts)
            self._texts.append(normal)
            self._sizes.append(len(bigrams))
            for rank, mark in enumerate(prefix):
                self._postings.setdefault(mark, array("I")).extend((place, rank))
        self._equal[normal] = key
        return None

    def find(self, text: str) -> str | None:
        """Look a sentence up and remember nothing.

        Args:
            text: the sentence.

        Returns:
            The key of the remembered sentence that says the same (of several, the most similar),
            None where there is none.
        """
        tokens, normal = _normal(text)
        if (earlier := self._equal.get(normal)) is not None:
            return earlier
        if not _can_be_similar(tokens, normal):
            return None
        bigrams, quantities = _bigrams(tokens), _quantities(tokens)
        return self._most_similar(bigrams, quantities, self._prefix(bigrams, quantities))

    def _prefix(self, bigrams: set[str], quantities: tuple[str, ...]) -> list[int]:
        """Marks of the first bigrams in the fixed order, of which similar sentences share one.

        Any order is right; the best puts rare bigrams first. Long ones are rare, and to know that
        takes no look at the other sentences.
        """
        ordered = sorted(bigrams)
        ordered.sort(key=len, reverse=True)
        length = len(ordered) - math.ceil(self.threshold * len(ordered) - _SLACK) + 1
        return [hash((quantities, bigram)) for bigram in ordered[:length]]

    def _most_similar(
        self, bigrams: set[str], quantities: tuple[str, ...], prefix: list[int]
    ) -> str | None:
        """Key of the remembered sentence that is most like this one, the earliest of several."""
        size, best, found = len(bigrams), self.threshold - _SLACK, None
        least = self.threshold / (1 + self.threshold)  # J >= t means: common >= least * (n + m)
        places: dict[int, int] = {}  # place -> how many bigrams can be common at most
        for rank, mark in enumerate(prefix):
            posting = self._postings.get(mark, ())
            for place, other in zip(posting[::2], posting[1::2], strict=True):
                if place not in places:  # their first common one: what stands before is not common
                    places[place] = min(size - rank, self._sizes[place] - other)
        for place in sorted(places):
            if places[place] < least * (size + self._sizes[place]) - _SLACK:
                continue
            tokens = self._texts[place].split(" ")
            common = len(bigrams & _bigrams(tokens))
            likeness = common / (size + self._sizes[place] - common)
            if (
                likeness >= best
                and (found is None or likeness > best)
                and _quantities(tokens) == quantities
            ):
                best, found = likeness, place
        return None if found is None else self._equal[self._texts[found]]


def _normal(text: str) -> tuple[list[str], str]:
    """The tokens of a sentence, and what equal sentences have in common."""
    tokens = _tokens(text)
    return tokens, " ".join(tokens) or text.strip()


def _can_be_similar(tokens: list[str], normal: str) -> bool:
    """False where only an equal sentence says the same."""
    return len(_bigrams(tokens)) >= _SHORTEST and not _OTHER_SCRIPT.search(normal)


def _bigrams(tokens: list[str]) -> set[str]:
    return set(map(" ".join, pairwise(tokens)))


def _tokens(text: str) -> list[str]:
    """Words and numerals, without case, punctuation and compatibility forms."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    return _TOKEN.findall(plain)


def _quantities(tokens: list[str]) -> tuple[str, ...]:
    """Whatever may be a number, in order, each with the words beside it."""
    found = [
        place
        for place, token in enumerate(tokens)
        if token in _QUANTITIES or (not token.isalpha() and _is_quantity(token))
    ]
    return tuple(" ".join(tokens[max(0, place - 1) : place + 2]) for place in found)


def _is_quantity(token: str) -> bool:
    """True for numerals, signs of quantity and what ends in "n't"."""
    return any(map(str.isnumeric, token)) or token.endswith(_NEGATED) or not token[0].isalpha()
