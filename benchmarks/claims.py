"""Claim kinds on the seed labels, by cross-validation over articles.

    python -m benchmarks.claims [--labels EXPORT.json] [--config label_config.xml] [--quick]
    python -m benchmarks.claims --written development|test

Every figure is of sentences whose article the model did not see: the articles are dealt into folds,
and each fold is answered for by events and claims learnt from the others, the way ``newsledger
train`` learns them. Three dealings are answered for; the intervals come from a bootstrap over
articles for the first of them, and the spread between dealings is printed beside it. Peers in the
same run, none of which knows more than the reader's mentions and the words of the labels:

- *majority*: every mention is a claim of the kind that is most frequent in the other articles;
- *label words*: every mention is a claim of the kind whose label or hint has a word nearest to it,
  else of the majority's kind.

The seeds are 108 articles written for newsledger, so the figures say how well it reads seeds; the
labels' hints were worded by the same people. ``--labels`` takes any other Label Studio export.

``--written`` measures a model of all labels on half of ``kinds_gold.jsonl``: 148 plain sentences of
conflict news, written and labelled before any model read them; the kinds' hints were reworded
after, by who wrote them. Where the codebook leaves the kind open, each of several counts as right.
Choose on the development half.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold

from annotation.dataset.snapshot import write_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.numbers.reader import Mention, read
from annotation.records import NumericClaim, Sentence
from annotation.schema import Schema, read_schema
from training.claims.features import nearness, stems_of
from training.claims.governors import governors
from training.claims.matching import match_mentions
from training.claims.sentence_words import words_of
from training.evaluation.learning_curve import Ints, learning_curve
from training.evaluation.metrics import ClaimMetrics, compute_metrics
from training.events.label_descriptions import label_descriptions
from training.examples import Examples, build_examples
from training.train import fit

ROOT = Path(__file__).parents[1]
FOLDS = 6
WRITTEN = Path(__file__).with_name("kinds_gold.jsonl")

Marked = tuple[NumericClaim, ...]
Claims = list[Marked]


def labelled(labels: Path, schema: Schema) -> Examples:
    """The adjudicated sentences of an export."""
    export = read_export(labels, schema)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = write_snapshot(
            Path(folder),
            sentences=export.sentences,
            annotations=export.annotations,
            schema=schema,
        )
        return build_examples(snapshot)


def deal(articles: Sequence[str], seed: int) -> list[tuple[Ints, Ints]]:
    """Rows seen and unseen of each fold."""
    folds = GroupKFold(min(FOLDS, len(set(articles))), shuffle=True, random_state=seed)
    return list(folds.split(articles, groups=articles))


def learnt(rows: Examples, schema: Schema, seed: int, only: Ints | None = None) -> Claims:
    """What models that saw the other articles (of ``only`` these rows) say of each sentence."""
    said: Claims = [()] * len(rows)
    for seen, unseen in deal(rows.groups, seed):
        known = seen if only is None else np.intersect1d(seen, only)
        model = fit(rows.rows(known), schema)
        # The classifier's own, as the peers do not tell boilerplate by rule either.
        told = model.predict(rows.rows(unseen).sentences, by_rule=False)
        for row, found in zip(unseen, told.claims, strict=True):
            said[row] = found
    return said


def majority(rows: Examples, schema: Schema, seed: int, *, words: bool = False) -> Claims:
    """Every mention is a claim, of the most frequent kind or of the nearest label word's."""
    said: Claims = [()] * len(rows)
    kinds = schema.claim_aliases
    stems = stems_of(label_descriptions(schema.claim_kinds) if words else ())
    texts = rows.texts
    for seen, unseen in deal(rows.groups, seed):
        common = Counter(one.kind for row in seen for one in rows.claims[row]).most_common(1)[0][0]
        for row in unseen:
            text = texts[row]
            places = words_of(text)
            claims = []
            for mention in read(text):
                near = nearness(places, mention, governors(places, mention), stems)
                best = max(near, key=lambda number: near[number], default=None)
                claims.append(_claim(mention, common if best is None else kinds[best]))
            said[row] = tuple(claims)
    return said


def _claim(mention: Mention, kind: str) -> NumericClaim:
    return NumericClaim(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        kind=kind,
        low=mention.low,
        high=mention.high,
        modifier=mention.modifier,
        unit=mention.unit,
        noun=mention.noun,
    )


def said_by(name: str, rows: Examples, schema: Schema, seed: int) -> Claims:
    """The claims of one line of the table."""
    if name in ("majority", "label words"):
        return majority(rows, schema, seed, words=name == "label words")
    if name == "without label words":
        silent = tuple(replace(one, value="", hint="") for one in schema.claim_kinds)
        schema = replace(schema, claim_kinds=silent)
    return learnt(rows, schema, seed)


def figures(groups: Sequence[str], true: Sequence[Marked], said: Claims) -> ClaimMetrics:
    """All figures of the claims."""
    none: npt.NDArray[np.bool_] = np.zeros((len(groups), 0), dtype=bool)
    found = compute_metrics(none, none.astype(float), none, groups, (), claims=(true, said))
    assert found.claims is not None
    return found.claims


def macro(found: ClaimMetrics) -> float:
    """Mean F1 of the kinds, without an interval."""
    assert found.macro_f1.value is not None
    return found.macro_f1.value


def written(half: str, rows: Examples, schema: Schema) -> None:
    """Print how well a model of all labels reads sentences that were written to test it."""
    lines = [json.loads(line) for line in WRITTEN.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line["half"] == half]
    texts = [line["text"] for line in lines]
    ids = [str(number) for number in range(len(texts))]
    model = fit(rows, schema)
    told = model.predict([Sentence(i, i, 0, 0, len(t), t) for i, t in zip(ids, texts, strict=True)])
    said = list(told.claims)
    true = [
        tuple(_accepted(mark, line["text"], found) for mark in line["claims"])
        for line, found in zip(lines, said, strict=True)
    ]
    kept = [tuple(one for one in each if one is not None) for each in true]
    found = figures(ids, kept, said)
    print(f"{half} half: {len(texts)} sentences, {sum(map(len, kept))} claims")
    print(f"macro F1 {found.macro_f1}\nmicro F1 {found.overlapping.f1}\nany kind {found.found.f1}")
    for kind in found.kinds:
        print(f"  {kind.label:13s} {kind.support:4d}  {kind.f1}")


def _accepted(mark: dict[str, Any], text: str, said: Marked) -> NumericClaim | None:
    """The marked claim, of the kind that was said of it where that may stand; None for no claim."""
    start, end, kinds = mark["start"], mark["end"], mark["kinds"]
    guess = next((one.kind for one in said if one.start < end and start < one.end), None)
    kind = guess if guess in kinds else kinds[0]
    return None if kind is None else NumericClaim(start, end, text[start:end], kind)


def print_proposed(rows: Examples, schema: Schema) -> None:
    """How many of the claims the reader proposes."""
    n_claims = sum(map(len, rows.claims))
    print(
        f"{n_claims} claims of {len(schema.claim_kinds)} kinds in {len(rows)} sentences of "
        f"{len(set(rows.groups))} articles; {FOLDS} folds by article"
    )
    mentions = [read(text) for text in rows.texts]
    proposed = sum(
        len(match_mentions(found, claims))
        for found, claims in zip(mentions, rows.claims, strict=True)
    )
    print(
        f"the reader finds {sum(map(len, mentions))} mentions and so proposes {proposed} of the "
        f"{n_claims} claims ({proposed / n_claims:.1%})"
    )


def print_models(rows: Examples, schema: Schema, *, dealings: int) -> ClaimMetrics:
    """Each way of telling the kinds, in several dealings of the articles; our own in the first."""
    print(f"\n{'':24s} {'macro F1':22s} {'micro F1':22s} any kind, micro F1    other dealings")
    first: dict[str, ClaimMetrics] = {}
    for name in ("majority", "label words", "newsledger", "without label words"):
        each = [
            figures(rows.groups, rows.claims, said_by(name, rows, schema, seed))
            for seed in range(dealings)
        ]
        first[name] = each[0]
        spread = " ".join(f"{macro(one):.3f}" for one in each[1:])
        print(
            f"{name:24s} {each[0].macro_f1}   {each[0].overlapping.f1}   {each[0].found.f1}"
            f"   {spread}"
        )
    return first["newsledger"]


def print_kinds(found: ClaimMetrics) -> None:
    """What is right beside the kind, and each kind."""
    print(f"\nnewsledger, claims found with any kind: recall {found.found.recall}")
    print(f"same kind: value right {found.values_right}, modifier right {found.modifiers_right}")
    print(f"same kind and exact ends: F1 {found.exact.f1}")
    print(f"\n{'kind':13s} support  F1                     precision              recall")
    for kind in found.kinds:
        print(f"{kind.label:13s} {kind.support:7d}  {kind.f1}   {kind.precision}   {kind.recall}")


def print_curve(rows: Examples, schema: Schema) -> None:
    """What more labels bring."""

    def score(chosen: Ints) -> float:
        return macro(figures(rows.groups, rows.claims, learnt(rows, schema, 0, chosen)))

    curve = learning_curve(score, rows.groups, fractions=(0.25, 0.5, 0.75, 1.0), repeats=3)
    share = (FOLDS - 1) / FOLDS
    print(f"\nlearning curve, macro F1 (a model learns from {share:.0%} of these sentences)")
    for point in curve.points:
        print(
            f"  {point.n_labels:6d} labels  {point.score:.3f}  {point.low:.3f} to {point.high:.3f}"
        )
    print(f"  {curve.in_words}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=ROOT / "seeds" / "labels.json")
    parser.add_argument("--config", type=Path, default=ROOT / "label_config.xml")
    parser.add_argument("--quick", action="store_true", help="one dealing, no learning curve")
    parser.add_argument("--written", choices=("development", "test"))
    arguments = parser.parse_args()
    start = time.process_time()
    schema = read_schema(arguments.config)
    rows = labelled(arguments.labels, schema)
    if arguments.written:
        written(arguments.written, rows, schema)
        return
    print_proposed(rows, schema)
    print_kinds(print_models(rows, schema, dealings=1 if arguments.quick else 3))
    if not arguments.quick:
        print_curve(rows, schema)
        print(f"\n{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()
