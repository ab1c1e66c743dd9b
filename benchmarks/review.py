"""How many planted wrong labels the review queue finds.

    python -m benchmarks.review [--runs 10] [--first-seed 0] [--share 0.05]

In each run wrong labels are planted by chance in the seed labels (``benchmarks/planted_errors.py``:
one in twenty ticks and claims). Every sentence is then judged by models that have not seen its
article, as ``newsledger review`` does. Printed is which share of the wrong labels lies in the first
tenth of the queue, and how many sentences of that tenth have one; beside the same for

- *random*: the sentences in random order;
- *cleanlab*: the event types by ``multilabel_classification.get_label_quality_scores``, the claim
  kinds by ``rank.get_label_quality_scores``, on the same probabilities; a sentence is as good as
  the worst of its labels. It knows no values;
- *cleanlab and values*: the same, behind the sentences whose values differ from the reader's.

Below it stands whether the expected gain is what it says: the mean that is said of the sentences of
each range, and the share of them that has a planted error.

The seed labels have errors of their own, which count as found without reason. The odds in
``newsledger.team`` were chosen on the seeds 100 to 102; the figures are of others. Intervals are
from a bootstrap over runs: they say how far planting matters, not how far the corpus does.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation, NumericClaim
from annotation.schema import Schema, read_schema
from benchmarks.claims import ROOT, labelled
from benchmarks.planted_errors import Planted, plant
from newsledger.team.second_looks.doubted_claims import other_reading
from newsledger.team.second_looks.review import review_candidates
from newsledger.team.second_looks.second_opinion import SecondOpinion, second_opinions
from training.claims.matching import match_mentions
from training.examples import Examples

Floats = npt.NDArray[np.float64]


def snapshot_of(rows: Examples, schema: Schema) -> Snapshot:
    """The rows as one person's labels."""
    annotations = []
    for sentence, ticked, claims in zip(rows.sentences, rows.labels, rows.claims, strict=True):
        names = [rows.label_names[place] for place in np.flatnonzero(ticked)]
        one = Annotation(sentence.id, "ann", schema.event_labels(names), claims)
        annotations.append(one)
    return Snapshot(Path(), "planted", schema, rows.sentences, tuple(annotations), {})


def by_review(rows: Examples, schema: Schema, opinions: Mapping[str, SecondOpinion]) -> Floats:
    """The expected gain of each row."""
    ranked = review_candidates(snapshot_of(rows, schema), opinions, audit=0)
    gain = {one.sentence.id: one.gain for one in ranked}
    return np.array([gain.get(name, 0.0) for name in rows.sentence_ids])


def by_cleanlab(
    rows: Examples, schema: Schema, opinions: Mapping[str, SecondOpinion], *, values: bool
) -> Floats:
    """How bad cleanlab finds the worst label of each row."""
    from cleanlab import multilabel_classification, rank

    probability = np.array(
        [[opinions[name].events[alias] for alias in rows.label_names] for name in rows.sentence_ids]
    )
    ticked = [np.flatnonzero(row).tolist() for row in rows.labels]
    bad = 1 - multilabel_classification.get_label_quality_scores(ticked, probability)
    places, given, kinds = [], [], []
    for row, name in enumerate(rows.sentence_ids):
        numbers = opinions[name].numbers
        marked = match_mentions([one.mention for one in numbers], rows.claims[row])
        for place, number in enumerate(numbers):
            known = [number.kinds[kind] for kind in schema.claim_aliases]
            claim: NumericClaim | None = marked.get(place)
            places.append(row)
            kinds.append([max(0.0, 1 - sum(known)), *known])
            given.append(0 if claim is None else 1 + schema.claim_aliases.index(claim.kind))
    shares = np.array(kinds)
    scores = rank.get_label_quality_scores(
        np.array(given), shares / shares.sum(axis=1, keepdims=True)
    )
    np.maximum.at(bad, places, 1 - scores)
    for row, name in enumerate(rows.sentence_ids if values else ()):
        mentions = [one.mention for one in opinions[name].numbers]
        if any(other_reading(claim, mentions) for claim in rows.claims[row]):
            bad[row] = 2.0
    return np.asarray(bad, float)


def found(bad: Floats, planted: tuple[Planted, ...]) -> tuple[float, float, Counter[str]]:
    """Share of the errors in the first tenth, share of it that has one, and which were found."""
    first = set(np.argsort(-bad, kind="stable")[: len(bad) // 10].tolist())
    hit = [one for one in planted if one.row in first]
    return (
        len(hit) / len(planted),
        len({one.row for one in hit}) / len(first),
        Counter(one.error for one in hit),
    )


RANGES = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.01)
"""Of the expected gain."""


def interval(values: list[float]) -> str:
    """The mean of the runs and its interval."""
    draws = np.random.default_rng(0).choice(values, (2000, len(values))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{np.mean(values):.1%} [{low:.1%}, {high:.1%}]"


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=0.05)
    asked = parser.parse_args()
    schema = read_schema(ROOT / "label_config.xml")
    rows = labelled(ROOT / "seeds" / "labels.json", schema)
    shares: dict[str, list[tuple[float, float]]] = {}
    gains: list[Floats] = []
    wrong_rows: list[npt.NDArray[np.bool_]] = []
    all_planted, all_found = Counter[str](), Counter[str]()
    for seed in range(asked.first_seed, asked.first_seed + asked.runs):
        since = time.monotonic()
        wrong, planted = plant(rows, schema, asked.share, np.random.default_rng(seed))
        opinions = second_opinions(wrong, schema, frozenset(wrong.groups))
        orders = {
            "review": by_review(wrong, schema, opinions),
            "random": np.random.default_rng(seed).random(len(wrong)),
            "cleanlab": by_cleanlab(wrong, schema, opinions, values=False),
            "cleanlab and values": by_cleanlab(wrong, schema, opinions, values=True),
        }
        for name, bad in orders.items():
            share, precise, which = found(bad, planted)
            shares.setdefault(name, []).append((share, precise))
            if name == "review":
                all_found += which
                gains.append(bad)
                wrong_rows.append(np.isin(np.arange(len(bad)), [one.row for one in planted]))
                print(
                    f"seed {seed}: {len(planted)} planted, {share:.1%} in the first tenth, "
                    f"precision {precise:.1%} ({time.monotonic() - since:.0f} s)",
                    flush=True,
                )
        all_planted += Counter(one.error for one in planted)
    print(f"\n{len(wrong)} sentences, {asked.runs} runs")
    print(f"{'order':20} {'found in the first tenth':28} precision there")
    for name, pairs in shares.items():
        print(
            f"{name:20} {interval([one for one, _ in pairs]):28} "
            f"{interval([other for _, other in pairs])}"
        )
    said, so = np.concatenate(gains), np.concatenate(wrong_rows)
    print("expected gain: sentences, said, with an error")
    for low, high in pairwise(RANGES):
        inside = (said >= low) & (said < high)
        if inside.any():
            print(
                f"  {low:.2f} to {min(high, 1):.2f}  {inside.sum():6,}  "
                f"{said[inside].mean():.1%}  {so[inside].mean():.1%}"
            )
    for error, n in all_planted.items():
        print(f"  {error:15} {all_found[error] / n:.1%} of {n}")


if __name__ == "__main__":
    main()
