"""Whether the intervals of agreement hold what they promise.

    python -m benchmarks.agreement [--runs 500] [--articles 30]

Two annotators who err are simulated on the labels of the seed articles: each ticks an event type
that is there with a chance of 90 %, one that is not with a chance of 1 %, and takes one claim in
ten for another kind or overlooks it. Articles are drawn with replacement. The truth is the same
figure on 2,000 articles. Printed is in how many runs the 95 % interval covers it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from annotation.records import Annotation, NumericClaim
from annotation.schema import Schema, read_schema
from benchmarks.claims import ROOT, labelled
from newsledger.team.agreement import Agreement, AgreementFigure, DoubleCoded, agreement

HIT, FALSE_ALARM, MISSED = 0.9, 0.01, 0.1
"""Chances of ticking what is there, of ticking what is not, and of erring on a claim."""
LARGE = 2_000
"""Articles that the truth is taken from."""


def annotate(
    truth: Annotation, name: str, schema: Schema, chance: np.random.Generator
) -> Annotation:
    """The same sentence as somebody sees it who errs."""
    ticked = [
        alias
        for alias in schema.event_aliases
        if chance.random() < (HIT if alias in truth.events else FALSE_ALARM)
    ]
    claims: list[NumericClaim] = []
    for claim in truth.claims:
        luck = chance.random()
        if luck >= MISSED:
            claims.append(claim)
        elif luck >= MISSED / 2:
            claims.append(replace(claim, kind=str(chance.choice(schema.claim_aliases))))
    return replace(truth, annotator=name, events=schema.event_labels(ticked), claims=tuple(claims))


def draw(
    articles: Sequence[Sequence[Annotation]], n: int, schema: Schema, chance: np.random.Generator
) -> list[DoubleCoded]:
    """Articles with replacement, coded by two."""
    return [
        DoubleCoded(
            str(number), tuple(annotate(truth, name, schema, chance) for name in ("a", "b"))
        )
        for number, place in enumerate(chance.integers(0, len(articles), n))
        for truth in articles[place]
    ]


def figures(found: Agreement) -> dict[str, AgreementFigure]:
    """Those that are checked."""
    common = sorted(found.events, key=lambda one: -one.n)[:5]
    return {one.name: one for one in (found.event_sets, *common, *found.spans, found.kinds)}


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--articles", type=int, default=30)
    asked = parser.parse_args()
    schema = read_schema(ROOT / "label_config.xml")
    rows = labelled(ROOT / "seeds" / "labels.json", schema)
    by_article: dict[str, list[Annotation]] = {}
    for sentence, ticked, claims in zip(rows.sentences, rows.labels, rows.claims, strict=True):
        names = [alias for alias, on in zip(rows.label_names, ticked, strict=True) if on]
        one = Annotation(sentence.id, "truth", schema.event_labels(names), tuple(claims))
        by_article.setdefault(sentence.article_id, []).append(one)
    articles = list(by_article.values())
    chance = np.random.default_rng(0)
    truth = figures(agreement(draw(articles, LARGE, schema, chance), schema))
    covered: dict[str, list[bool]] = {name: [] for name in truth}
    for _ in range(asked.runs):
        found = figures(agreement(draw(articles, asked.articles, schema, chance), schema))
        for name, true_figure in truth.items():
            if name in found and found[name].figure.value is not None:
                interval, true = found[name].figure, true_figure.figure.value
                assert interval.low is not None
                assert interval.high is not None
                assert true is not None
                covered[name].append(interval.low <= true <= interval.high)
    print(f"{asked.runs} runs of {asked.articles} articles; intervals that cover the truth:")
    for name, held in covered.items():
        value = truth[name].figure.value
        share = f"{np.mean(held):.1%}" if held else "none"
        print(f"  {name:22} truth {value:.3f}  {share:>6} of {len(held)}")


if __name__ == "__main__":
    main()
