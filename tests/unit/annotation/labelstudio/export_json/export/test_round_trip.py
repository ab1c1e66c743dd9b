"""What goes out to Label Studio comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.records import (
    MODIFIERS,
    EventScore,
    NumericClaim,
    Prediction,
    Sentence,
    Task,
)
from tests.unit.annotation.labelstudio.exports import (
    parse,
)
from tests.unit.annotation.labelstudio.sample import SCHEMA


def _fits_its_modifier(claim: NumericClaim) -> bool:
    """Whether a value that stands alone is at the end that its modifier speaks of; see below."""
    alone = {
        "exactly": (True, True),
        "about": (True, True),
        "at_least": (True, False),
        "at_most": (False, True),
    }
    there = (claim.low is not None, claim.high is not None)
    return sum(there) != 1 or alone.get(claim.modifier or "", there) == there


_claims = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 30)).flatmap(
        lambda bounds: (
            st.builds(
                NumericClaim,
                start=st.just(bounds[0]),
                end=st.just(bounds[0] + bounds[1]),
                text=st.just(""),
                kind=st.sampled_from(SCHEMA.claim_aliases),
                # No zeros: as the end that stays open they are read as emptied fields, see below.
                low=st.none() | st.integers(-(10**12), 10**12).filter(bool).map(Decimal),
                high=st.none()
                | st.decimals(
                    -(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3
                ).filter(bool),
                modifier=st.none() | st.sampled_from(MODIFIERS),
                attribution=st.none() | st.text(min_size=1),
            )
            .filter(_fits_its_modifier)
            .flatmap(lambda claim: st.sampled_from((claim, replace(claim, high=claim.low))))
            .filter(_fits_its_modifier)
        )
    ),
    max_size=4,
)


@given(
    text=st.text(st.characters(codec="utf-8"), min_size=60, max_size=80),
    claims=_claims,
    events=st.sets(st.sampled_from(SCHEMA.event_aliases)),
)
@pytest.mark.slow
def test_what_goes_out_comes_back(text: str, claims: list[NumericClaim], events: set[str]) -> None:
    sentence = Sentence("s", "a", 0, 0, len(text), text)
    sent = tuple(replace(claim, text=text[claim.start : claim.end]) for claim in claims)
    scores = tuple(EventScore(one, 0.5) for one in events)
    out = to_prediction(Prediction("s", scores, sent, "m"), sentence, SCHEMA)
    task = {
        "id": 1,
        "data": task_data(Task(sentence), SCHEMA),
        "annotations": [{"id": 1, "completed_by": 1, "result": out["result"]}],
    }
    export = parse(json.loads(json.dumps(task)))
    assert export.problems == ()
    assert export.sentences == (sentence,)
    (annotation,) = export.annotations
    assert set(annotation.events.aliases) == events

    def order(claim: NumericClaim) -> str:
        return repr((claim.start, claim.end, claim.kind, claim))

    def plain(claim: NumericClaim) -> NumericClaim:  # 12.500 and 12.5 are the same number
        low, high = (None if v is None else v.normalize() for v in (claim.low, claim.high))
        return replace(claim, low=low, high=high)

    assert sorted(map(plain, annotation.claims), key=order) == sorted(map(plain, sent), key=order)
