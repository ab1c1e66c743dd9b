"""Out-of-fold answers in a file: compressed JSON, so that comparing models unpickles nothing."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from typing import Any

import numpy as np

from annotation.errors import ModelVersionError
from annotation.records import NumericClaim
from training.predictions import Predictions
from training.registry.files.signing import RETRAIN

_FORMAT = 1
"""Number of the layout; a change of it comes with a kept file that goes on loading."""


def answers_to_bytes(answers: Predictions) -> bytes:
    """The file's content: of each sentence the probabilities, the ticks, the claims."""
    rows = [
        [name, probability, ticked, [_claim_row(one) for one in claims]]
        for name, probability, ticked, claims in zip(
            answers.sentence_ids,
            answers.probability.tolist(),
            [np.flatnonzero(row).tolist() for row in answers.ticked],
            answers.claims,
            strict=True,
        )
    ]
    whole = {
        "format": _FORMAT,
        "model": answers.model_id,
        "event_types": list(answers.label_names),
        "sentences": rows,
    }
    # Without the time, so that the same answers are the same bytes.
    return gzip.compress(json.dumps(whole, ensure_ascii=False).encode(), mtime=0)


def answers_from_bytes(content: bytes) -> Predictions:
    """The answers in a file whose bytes are known to be ours.

    Raises:
        ModelVersionError: a later newsledger wrote it.
    """
    whole: dict[str, Any] = json.loads(gzip.decompress(content))
    if whole["format"] != _FORMAT:
        raise ModelVersionError(
            f"The out-of-fold answers of a model have format {whole['format']}; this newsledger "
            f"reads {_FORMAT}.",
            hint=f"Update newsledger. {RETRAIN}",
        )
    names = tuple(whole["event_types"])
    rows = whole["sentences"]
    shape = (len(rows), len(names))
    ticked = np.zeros(shape, dtype=bool)
    for number, row in enumerate(rows):
        ticked[number, row[2]] = True
    return Predictions(
        model_id=whole["model"],
        sentence_ids=tuple(row[0] for row in rows),
        label_names=names,
        probability=np.array([row[1] for row in rows], dtype=float).reshape(shape),
        ticked=ticked,
        claims=tuple(tuple(map(_claim_of, row[3])) for row in rows),
    )


def _claim_row(claim: NumericClaim) -> list[Any]:
    values = [None if value is None else str(value) for value in (claim.low, claim.high)]
    return [claim.start, claim.end, claim.kind, *values, claim.modifier]


def _claim_of(row: list[Any]) -> NumericClaim:
    """What figures ask of a claim; its words stand in the sentence."""
    start, end, kind, low, high, modifier = row
    low, high = (None if value is None else Decimal(value) for value in (low, high))
    return NumericClaim(
        start, end, "", kind, low=low, high=high, modifier=modifier, read_by="machine"
    )
