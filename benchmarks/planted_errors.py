"""Wrong labels, planted in labels that are taken for true.

Errors as people make them: a type that is overlooked, taken for another, or ticked without reason;
a claim of another kind; a value with a digit too many or another digit. Drawn by chance; what a
type or kind is taken for is drawn by how common it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np
import numpy.typing as npt

from annotation.records import NumericClaim
from annotation.schema import Schema
from training.examples import Examples

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Error = Literal["dropped tick", "swapped type", "added type", "swapped kind", "changed value"]
EVENT_ERRORS: tuple[Error, ...] = ("dropped tick", "swapped type", "added type")
CLAIM_ERRORS: tuple[Error, ...] = ("swapped kind", "changed value")


@dataclass(frozen=True, slots=True)
class Planted:
    """One wrong label."""

    row: int
    """The sentence."""
    error: Error
    """What was done to it."""


def plant(
    rows: Examples, schema: Schema, share: float, chance: np.random.Generator
) -> tuple[Examples, tuple[Planted, ...]]:
    """The rows with a share of their ticks and of their claims made wrong, one in each sentence.

    An event type that excludes the rest stands in for types that have all been dropped, and goes
    where one is added, so that no error is seen by the empty or contradictory annotation alone.
    """
    labels, claims = rows.labels.copy(), list(rows.claims)
    alone = [place for place, label in enumerate(schema.event_types) if label.excludes_rest]
    nothing = next(place for place in alone if not schema.event_types[place].boilerplate)
    specific = np.setdiff1d(np.arange(labels.shape[1]), alone)
    common = labels.sum(axis=0) / labels.sum()
    kinds = np.array([one.kind for marked in claims for one in marked])
    planted: list[Planted] = []
    free = list(chance.permutation(len(rows)))
    n_events = round(share * int(labels.sum()))
    n_claims = round(share * sum(map(len, claims)))
    asked: list[Error] = [EVENT_ERRORS[n % 3] for n in range(n_events)]
    asked += [CLAIM_ERRORS[n % 2] for n in range(n_claims)]
    # Those of claims first: fewer sentences have any.
    for error in reversed(asked):
        row = next(one for one in free if _takes(error, labels[one], claims[one], specific))
        free.remove(row)
        if error in CLAIM_ERRORS:
            marked = list(claims[row])
            place = int(chance.integers(len(marked)))
            if error == "swapped kind":
                others = kinds[kinds != marked[place].kind]
                marked[place] = replace(marked[place], kind=str(chance.choice(others)))
            else:
                marked[place] = _with_another_value(marked[place], chance)
            claims[row] = tuple(marked)
        else:
            if error != "added type":
                gone = chance.choice(np.intersect1d(np.flatnonzero(labels[row]), specific))
                labels[row, gone] = False
            else:
                gone = -1
                labels[row, alone] = False
            if error != "dropped tick":
                left = [one for one in specific if one != gone and not rows.labels[row, one]]
                labels[row, chance.choice(left, p=common[left] / common[left].sum())] = True
            if not labels[row].any():
                labels[row, nothing] = True
        planted.append(Planted(int(row), error))
    return replace(rows, labels=labels, claims=tuple(claims)), tuple(planted)


def _takes(error: Error, ticked: Bools, claims: tuple[NumericClaim, ...], specific: Ints) -> bool:
    """Whether a sentence can have this error."""
    if error == "swapped kind":
        return bool(claims)
    if error == "changed value":
        return bool(claims) and any(one.low is not None or one.high is not None for one in claims)
    return error == "added type" or bool(ticked[specific].any())


def _with_another_value(claim: NumericClaim, chance: np.random.Generator) -> NumericClaim:
    """The claim with a digit too many, or with another first digit, at both ends alike."""
    factor = Decimal(10)
    named = claim.low if claim.low is not None else claim.high
    if named and chance.random() < 0.5:
        first = int(str(named.normalize().as_tuple().digits[0]))
        other = int(chance.choice([digit for digit in range(1, 10) if digit != first]))
        factor = (named + (other - first) * Decimal(10) ** named.adjusted()) / named
    low, high = (None if one is None else round(one * factor, 2) for one in (claim.low, claim.high))
    return replace(claim, low=low, high=high)
