"""Each fit once for the whole run of the suite, however many tests need its model.

A fit is a function of the rows, the labels and the seed, and of nothing else (``test_challenger``
holds it to that); it is what most of the suite's time would go into. So models come from a folder
that all processes of a run share and that is new with each run. Whoever calls
``training.train.fit`` itself gets a new one: its own tests do.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from annotation.schema import Schema

if TYPE_CHECKING:  # what tests nothing that learns does not wait for scikit-learn
    from training.examples import Examples
    from training.model import Model

CALLERS = ("training.challenger", "training.evaluation.cross_fitting")


@dataclass(frozen=True, slots=True)
class SharedFits:
    """The models that were fitted in this run.

    Args:
        folder: where all processes of the run keep them.
    """

    folder: Path

    def fit(self, rows: Examples, schema: Schema, *, seed: int = 0) -> Model:
        """As ``training.train.fit``: a model of the caller's own, fitted now or before."""
        from training.train import fit

        read = (  # of a sentence no more than a fit reads: exports do not tell its language
            *(rows.texts, rows.groups, [one.is_english for one in rows.sentences]),
            *(rows.labels.tolist(), rows.claims, rows.weights.tolist()),
            *([one.text for one in rows.unlabelled], rows.claim_ties, rows.partly),
            *(rows.relevance.tolist(), seed),
            *(schema.event_types, schema.claim_kinds, schema.single_choice),
            *(schema.favours_recall, schema.harms),
        )
        file = self.folder / hashlib.sha256(repr(read).encode()).hexdigest()
        with FileLock(f"{file}.lock"):
            if file.exists():
                content = file.read_bytes()
            else:
                content = pickle.dumps(fit(rows, schema, seed=seed))
                whole = file.with_suffix(".new")  # others take it as soon as it is there
                try:
                    whole.write_bytes(content)
                    whole.replace(file)
                except OSError:  # a test leaves no room on the disk
                    whole.unlink(missing_ok=True)
        model: Model = pickle.loads(content)
        return replace(model, schema=schema)

    @contextmanager
    def used(self) -> Iterator[None]:
        """Whoever trains takes its models here."""
        with pytest.MonkeyPatch.context() as patch:
            for module in CALLERS:
                patch.setattr(f"{module}.fit", self.fit)
            yield
