"""The places of more sentences than memory should hold, told block by block.

All are ranked together, as :mod:`.ranking` does it. But of each block that has been read only
numbers are kept: what the model thinks, and what is needed to tell what says the same. How like the
labels' descriptions a sentence is, is asked of its block alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Container, Mapping, Sequence
from sys import intern
from zlib import crc32

import numpy as np
import numpy.typing as npt

from annotation.articles.near_duplicates import DuplicateIndex, lead_and_words
from annotation.records import Picked, Sentence
from training.active_learning.digests import short_digest
from training.active_learning.ranking import Pool, labels_learnt, likeness_to_labels, rank_pool
from training.model import Model
from training.predictions import Predictions
from training.train import TrainingSummary

LATER_FROM = 0.5
"""Score from which on the articles that come later are spread; all others have a lower one."""

_METHODS = ("all", "random", "uncertain", "words")


class Reordering:
    """Gives n sentences their places in the queue, once it has been told of all of them.

    Args:
        model: the model that ranks.
        labelled_in: number of labels so far in each article, to spread the next ones.
        later: ids of articles whose sentences come after those of all others.
    """

    def __init__(
        self,
        model: Model,
        labelled_in: Mapping[str, int] | None = None,
        *,
        later: Container[str] = (),
    ) -> None:
        self._model = model
        self._labelled_in = labelled_in
        self._later = later
        summary = TrainingSummary.of_model(model)
        # Of a model from a handful of labels the labels' descriptions know more.
        self._learnt = labels_learnt(model, summary.sentences if summary else None)
        self._own, self._others = _Told(), _Told()
        self._number = 0

    def add(self, sentences: Sequence[Sentence], predictions: Predictions) -> None:
        """Tell of further sentences, and of what the model predicts for them."""
        fresh = [not one.boilerplate for one in sentences]
        likeness = None
        if not self._learnt.all():
            likeness = np.zeros(predictions.probability.shape, dtype=np.float32)
            found = likeness_to_labels(
                self._model, [one for one, new in zip(sentences, fresh, strict=True) if new]
            )
            if found is not None:
                likeness[fresh] = found
        later = np.array([one.article_id in self._later for one in sentences], dtype=bool)
        for told, rows in ((self._own, ~later), (self._others, later)):
            some = np.flatnonzero(rows)
            told.add(
                [sentences[row] for row in some],
                some + self._number,
                None if self._model.events is None else predictions.probability[some],
                None if likeness is None else likeness[some],
            )
        self._number += len(sentences)

    def places(self) -> Places:
        """The place of each sentence, in the order in which they were told; to be asked once."""
        found = Places(self._number)
        for told, first, behind in (
            (self._own, 0.0, LATER_FROM),
            (self._others, LATER_FROM, 1.0),
        ):
            if told.rows:
                self._spread(told, found, first, behind)
        return found

    def _spread(self, told: _Told, found: Places, first: float, behind: float) -> None:
        """Ranks some of them and spreads them from ``first`` to below ``behind``."""
        rows = np.asarray(told.rows)
        fresh = told.fresh()
        pool = Pool(
            articles=[told.articles[row] for row in fresh.tolist()],
            probability=told.stacked(told.probability, fresh),
            likeness=told.stacked(told.likeness, fresh),
            learnt=self._learnt,
        )
        step = (behind - first) / len(rows)
        last = np.ones(len(rows), dtype=bool)
        # The same run draws the same sentences again; another model or another batch, others.
        seed = crc32(f"{self._model.id} {told.first}".encode())
        number = 0
        for place, picked in rank_pool(pool, labelled_in=self._labelled_in, seed=seed):
            row = int(fresh[place])
            last[row] = False
            found.put(int(rows[row]), first + number * step, picked)
            number += 1
        for row in np.flatnonzero(last).tolist():  # boilerplate, and what says the same as another
            found.put(int(rows[row]), first + number * step, Picked())
            number += 1
        for row in told.boilerplate:
            found.place[rows[row]] = 1.0


class Places:
    """Where each of n sentences comes, and how it was picked for that."""

    def __init__(self, n: int) -> None:
        self.place: npt.NDArray[np.float64] = np.zeros(n)
        """``(n,)``: 0 is next, what comes later begins with ``LATER_FROM``, boilerplate is 1."""
        self._method = np.zeros(n, dtype=np.int8)
        self._probability = np.ones(n)

    def put(self, row: int, place: float, picked: Picked) -> None:
        """Say it of one."""
        self.place[row] = place
        self._method[row] = _METHODS.index(picked.method)
        self._probability[row] = picked.probability

    def picked(self, row: int) -> Picked:
        """How one was picked."""
        return Picked(_METHODS[self._method[row]], float(self._probability[row]))


class _Told:
    """What is kept of some sentences."""

    def __init__(self) -> None:
        self.rows = array("l")
        self.articles: list[str] = []
        self.first = ""
        self.probability: list[npt.NDArray[np.float32]] = []
        self.likeness: list[npt.NDArray[np.float32]] = []
        self.boilerplate = array("l")
        self._words = array("Q")
        self._leads: dict[int, str] = {}

    def add(
        self,
        sentences: Sequence[Sentence],
        rows: npt.NDArray[np.intp],
        probability: npt.NDArray[np.float64] | None,
        likeness: npt.NDArray[np.float32] | None,
    ) -> None:
        if not sentences:
            return
        self.first = self.first or sentences[0].id
        for one in sentences:
            place = len(self.articles)
            self.articles.append(intern(one.article_id))
            words = ""
            if one.boilerplate:
                self.boilerplate.append(place)
            else:
                lead, words = lead_and_words(one.text)
                if lead:
                    self._leads[place] = lead
            self._words.append(short_digest(words))
        self.rows.extend(rows.tolist())
        if probability is not None:
            self.probability.append(probability.astype(np.float32))
        if likeness is not None:
            self.likeness.append(likeness)

    def fresh(self) -> npt.NDArray[np.intp]:
        """Places of what is no boilerplate and does not say the same as an earlier one."""
        kept = np.ones(len(self.rows), dtype=bool)
        kept[np.asarray(self.boilerplate, dtype=np.intp)] = False
        digests = np.asarray(self._words)
        order = np.argsort(digests, kind="stable")
        same = digests[order[1:]] == digests[order[:-1]]
        again = np.zeros(len(order), dtype=bool)
        again[1:] |= same
        again[:-1] |= same
        index = DuplicateIndex()
        for place in np.sort(order[again]).tolist():
            if kept[place]:
                told = self._leads.get(place, ""), str(self._words[place])
                kept[place] = index.add_read(str(place), told) is None
        return np.flatnonzero(kept)

    @staticmethod
    def stacked(
        blocks: list[npt.NDArray[np.float32]], rows: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.float32] | None:
        """Some rows of all blocks, which are let go of."""
        if not blocks:
            return None
        whole = np.concatenate(blocks)
        blocks.clear()
        return whole if len(rows) == len(whole) else whole[rows]
