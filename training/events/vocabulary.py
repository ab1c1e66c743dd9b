"""Sentences -> counts of words and word pairs, fast.

The words are those of scikit-learn's ``CountVectorizer`` (lower-cased runs of two or more word
characters, here cut to six), the pairs are its bigrams, and ``TermIndex.count`` returns the matrix
that it would return. It is several times faster, because no word of a batch becomes a Python
string: the characters of all texts are one array, a word is a number made of its characters, and
words and pairs are found, looked up and counted by numpy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint64]

LETTERS = 6
"""What counts of a word.

Truncation is the plainest of stemmers and asks for no language ("clashes" and "clashed" become
one). Six is best of four to six by cross-validation on police sentences, and worth one to two
points of F1 on the seeds.
"""
WORD = rf"(\w\w{{1,{LETTERS - 1}}})\w*"
"""A word of two characters or more; the group is what of it counts."""

_find_words = re.compile(WORD).findall

# A word's code is the sum of its characters' code points, each times one of these odd 64-bit
# numbers, modulo 2**64: that two given words have the same code has a chance of about 2**-64.
_FACTORS = np.random.default_rng(0).integers(2**63, size=LETTERS, dtype=np.uint64) * 2 + 1
_NO, _YES = 1, 2
# Whether a code point is a word character; 0 where nobody has asked yet.
_is_word = np.zeros(0x110000, dtype=np.uint8)


def words(text: str) -> list[str]:
    """The words of one text, as ``CountVectorizer(token_pattern=WORD)`` finds them."""
    return _find_words(text.lower())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms worth a weight, and how common they are."""

    terms: tuple[str, ...]
    """Words and pairs (two words with a blank between), sorted."""
    document_frequency: Ints
    """For each term, the number of known texts that contain it, shape ``(n_terms,)``."""
    n_documents: int
    """Number of known texts."""


def learn_vocabulary(
    texts: Sequence[str], background: Sequence[str] = (), *, min_df: int = 2
) -> Vocabulary:
    """The words and pairs of ``texts`` that occur in at least ``min_df`` known texts.

    Known are ``texts`` and ``background``. A term that no labelled text contains can get no
    weight, so ``background`` adds to the counts but not to the terms, which keeps models small.
    """
    n_documents = len(texts) + len(background)
    found = _Words([*texts, *background])
    codes, example, word = np.unique(found.code, return_index=True, return_inverse=True)
    n_words = max(len(codes), 1)
    first, second, pair_document = _pairs(found.document, word)
    terms: list[tuple[str, int]] = []
    for term, document, of_pairs in (
        (word, found.document, False),
        (first * n_words + second, pair_document, True),
    ):
        kept, frequency = _frequent(term, document, n_documents, len(texts), min_df)
        parts = np.divmod(kept, n_words) if of_pairs else (kept,)
        names = zip(*([found.text(at) for at in example[part]] for part in parts), strict=True)
        terms.extend(zip(map(" ".join, names), frequency.tolist(), strict=True))
    terms.sort()
    return Vocabulary(
        terms=tuple(term for term, _ in terms),
        document_frequency=np.array([count for _, count in terms], dtype=np.int64),
        n_documents=n_documents,
    )


class TermIndex:
    """Looks terms up: texts -> columns of a vocabulary.

    The dictionaries serve one text at a time, where setting up arrays would take longer.

    Attributes:
        n_words: Number of words that are a term or part of one.
        word_number: Number of each of these words.
        word_term: For each word number, the column of the word itself, -1 for none.
        pair_term: ``first * n_words + second`` -> column of the pair.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        pairs = [(term.split(" "), column) for term, column in vocabulary.items() if " " in term]
        known = dict.fromkeys(term for term in vocabulary if " " not in term)
        known.update(dict.fromkeys(chain.from_iterable(pair for pair, _ in pairs)))
        self.n_terms = len(vocabulary)
        self.n_words = len(known)
        self.word_number = {word: number for number, word in enumerate(known)}
        self.word_term = [vocabulary.get(word, -1) for word in known]
        number = self.word_number
        self.pair_term = {
            number[pair[0]] * self.n_words + number[pair[1]]: column for pair, column in pairs
        }
        self._words = _Table(_Words(list(known)).code, np.arange(self.n_words))
        self._word_term = np.array([*self.word_term, -1], dtype=np.int64)  # -1 finds the last
        self._pairs = _Table(
            np.fromiter(self.pair_term, np.int64, len(pairs)),
            np.fromiter(self.pair_term.values(), np.int64, len(pairs)),
        )

    def count(self, texts: Sequence[str]) -> csr_matrix:
        """How often each text has each term, shape ``(n_texts, n_terms)``, float64."""
        found = _Words(texts)
        word = self._words.find(found.code)
        first, second, pair_document = _pairs(found.document, word)
        both = (first >= 0) & (second >= 0)
        pair = self._pairs.find(first[both] * self.n_words + second[both])
        columns = np.concatenate([self._word_term[word], pair])
        rows = np.concatenate([found.document, pair_document[both]])
        known = columns >= 0
        counts = csr_matrix(
            (np.ones(int(known.sum())), (rows[known], columns[known])),
            shape=(len(texts), self.n_terms),
        )
        counts.sum_duplicates()
        return counts


class _Words:
    """All words of some texts.

    Attributes:
        code: Code of each word, shape ``(n_words,)``.
        document: Number of its text, same shape.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        lowered = [text.lower() for text in texts]
        self._joined = "\n".join(lowered)
        points = np.frombuffer(self._joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        # Where words begin and end: a change between characters that belong to words or do not.
        edge = np.flatnonzero(np.diff(_word_characters(points), prepend=False, append=False))
        start, length = edge[::2], edge[1::2] - edge[::2]
        long = length >= 2
        self._start = start[long]
        self._length = np.minimum(length[long], LETTERS)
        self.code: Codes = np.zeros(len(self._start), dtype=np.uint64)
        for place, factor in enumerate(_FACTORS):
            has = self._length > place
            at = self._start[has] + place
            self.code[has] += points[at] * factor
        ends = np.cumsum(np.fromiter(map(len, lowered), np.int64, len(lowered)) + 1)
        self.document = np.repeat(
            np.arange(len(lowered)), np.diff(np.searchsorted(self._start, ends), prepend=0)
        )

    def text(self, at: int) -> str:
        """The word with that place among all."""
        start = int(self._start[at])
        return self._joined[start : start + int(self._length[at])]


class _Table:
    """A dictionary of integers that is asked for many keys at once."""

    def __init__(self, keys: npt.NDArray[np.integer], values: Ints) -> None:
        order = np.argsort(keys)
        self._keys = keys[order]
        self._values = values[order]

    def find(self, keys: npt.NDArray[np.integer]) -> Ints:
        """The values of the keys, -1 for a key that is not there."""
        if not len(self._keys):
            return np.full(len(keys), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        return np.where(self._keys[at] == keys, self._values[at], -1)


def _word_characters(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Which code points are word characters, as regular expressions understand it."""
    kind = _is_word[points]
    if not kind.all():
        for point in np.unique(points[kind == 0]).tolist():
            character = chr(point)
            _is_word[point] = _YES if character.isalnum() or character == "_" else _NO
        kind = _is_word[points]
    return np.asarray(kind == _YES)


def _pairs(document: Ints, word: Ints) -> tuple[Ints, Ints, Ints]:
    """First word, second word and text of every pair of neighbouring words in one text."""
    same = document[1:] == document[:-1]
    return word[:-1][same], word[1:][same], document[1:][same]


def _frequent(
    term: Ints, document: Ints, n_documents: int, n_labelled: int, min_df: int
) -> tuple[Ints, Ints]:
    """Terms in ``min_df`` texts, one of the first ``n_labelled`` among them, and in how many."""
    once = np.unique(term * n_documents + document)
    term, document = np.divmod(once, n_documents)
    kept, frequency = np.unique(term, return_counts=True)
    labelled = np.isin(kept, term[document < n_labelled])
    keep = (frequency >= min_df) & labelled
    return kept[keep], frequency[keep]
