"""Folds of articles, and features of sentences as models that have not seen them would see them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.preprocessing import normalize

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


def as_if_new(features: csr_matrix, seen: Bools, n_words: int) -> csr_matrix:
    """Features of the sentences not seen, as they would be if their own words were unknown.

    In a sentence that nobody labelled, words that no labelled sentence has are left out before its
    features are scaled to length 1. Out of fold it has to be the same, or margins there are
    smaller than those of new sentences, and all probabilities turn out too high.

    Args:
        features: Of n sentences, shape ``(n, n_features)``.
        seen: Which sentences are learnt from, shape ``(n,)``.
        n_words: How many of the columns are words; the others are left as they are.
    """
    words = features[:, :n_words]
    known = np.zeros(n_words)
    known[words[seen].indices] = 1.0
    unseen = words[~seen]
    unseen.data *= known[unseen.indices]
    return csr_matrix(hstack([normalize(unseen), features[~seen, n_words:]]))


def article_folds(truth: Bools, group: Ints, n_folds: int, seed: int) -> Ints:
    """Fold of each sentence, whole articles together, positives spread evenly over the folds.

    Articles with the rarest labels are dealt out first, each to the fold that has least of that
    label (after Sechidis et al., "On the Stratification of Multi-label Data", 2011). Every fold
    leaves positives to learn from, as long as a label has them in two articles.
    """
    n_groups = int(group.max()) + 1
    counts = np.zeros((n_groups, truth.shape[1]))
    np.add.at(counts, group, truth)
    sizes = np.bincount(group, minlength=n_groups)
    per_label = (counts > 0).sum(axis=0)
    rarest = np.where(counts > 0, per_label, n_groups + 1).min(axis=1, initial=n_groups + 1)
    rank = np.random.default_rng(seed).permutation(n_groups)
    n_folds = max(2, min(n_folds, n_groups))
    fold_of = np.zeros(n_groups, dtype=np.int64)
    load, held = np.zeros(n_folds), np.zeros((n_folds, truth.shape[1]))
    for one in np.lexsort((rank, -sizes, rarest)):
        mine = np.flatnonzero(counts[one])
        rare = mine[np.argmin(per_label[mine])] if len(mine) else None
        key = (load,) if rare is None else (load, held[:, rare])
        fold = np.lexsort(key)[0]
        fold_of[one] = fold
        load[fold] += sizes[one]
        held[fold] += counts[one]
    return fold_of[group]
