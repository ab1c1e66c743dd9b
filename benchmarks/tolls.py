"""Tolls of notes with coded fatalities: how often the toll that is read is the one that was coded.

    python -m benchmarks.tolls NOTES.jsonl [--labels seeds/labels.json] [--seed 1] [--list]

Each line of NOTES is ``{"id", "notes", "fatalities"}``; the texts are not ours, and none is kept
here. 600 notes with deaths and 600 without are drawn (fewer where there are fewer; ``--part`` 0 or
1 chooses one half of the notes, so that one half stays unseen). Two readers answer: a model of the
labels, and a rule without a model: a number is a claim of the dead where a word of death stands
nearer than any other word of the labels' descriptions. Intervals are Wilson's, at 95 %.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Callable, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from annotation.articles.sentences import split
from annotation.numbers.reader import read
from annotation.records import Article, NumericClaim
from annotation.schema import Schema, read_schema
from benchmarks.claims import labelled
from newsledger.ledger.incidents.tolls import toll
from training.claims.features import nearness, stems_of
from training.claims.governors import governors
from training.claims.sentence_words import words_of
from training.events.label_descriptions import label_descriptions
from training.train import fit

ROOT = Path(__file__).parents[1]
DRAWN = 600
"""Notes with deaths, and as many without."""

Claims = Sequence[Sequence[NumericClaim]]
Reader = Callable[[Article], Claims]


def drawn(path: Path, part: int, seed: int) -> list[dict[str, Any]]:
    """Notes of one half: so many with deaths and without."""
    lines = path.read_text(encoding="utf-8").splitlines()
    half = [
        one for one in map(json.loads, lines) if zlib.crc32(one["id"].encode()) // 2 % 2 == part
    ]
    chance = random.Random(seed)
    chosen: list[dict[str, Any]] = []
    for deadly in (True, False):
        some = [one for one in half if (one["fatalities"] > 0) == deadly]
        chosen += chance.sample(some, min(DRAWN, len(some)))
    return chosen


def by_model(labels: Path, schema: Schema) -> Reader:
    """A model of some labels."""
    model = fit(labelled(labels, schema), schema)

    def claims(article: Article) -> Claims:
        return model.predict(split(article)).claims

    return claims


def by_rule(schema: Schema) -> Reader:
    """The kind whose words stand nearest; of one person without a number, the harm's."""
    stems = stems_of(label_descriptions(schema.claim_kinds))
    harms = schema.harms

    def sentence(text: str) -> tuple[NumericClaim, ...]:
        words, found = words_of(text), []
        for one in read(text, implied=True):
            near = nearness(words, one, governors(words, one), stems)
            place = harms.index(one.harm) if one.harm in harms and one.implied else -1
            if not one.implied and near:
                place = max(near, key=near.__getitem__)
            if place >= 0:
                kind = schema.claim_aliases[place]
                values = one.low, one.high, one.modifier, one.unit, one.noun
                found.append(
                    NumericClaim(
                        one.start,
                        one.end,
                        one.text,
                        kind,
                        *values,
                        implied=one.implied,
                        role=one.role,
                    )
                )
        return tuple(found)

    return lambda article: [sentence(one.text) for one in split(article)]


def share(right: int, total: int) -> str:
    """A share with Wilson's interval at 95 %."""
    if not total:
        return "none"
    p, z = right / total, 1.96
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total**2)) / (1 + z * z / total)
    return f"{right} of {total}: {p:.1%} [{middle - half:.1%}, {middle + half:.1%}]"


def main() -> None:
    """Print the figures of both readers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--labels", type=Path, default=ROOT / "seeds" / "labels.json")
    parser.add_argument("--part", type=int, choices=(0, 1), default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="list what is read wrongly")
    options = parser.parse_args()
    schema = read_schema(ROOT / "label_config.xml")
    kind = next(label.alias for label in schema.claim_kinds if label.harm == "death")
    notes = drawn(options.notes, options.part, options.seed)
    for name, reader in (
        ("model", by_model(options.labels, schema)),
        ("rule", by_rule(schema)),
    ):
        report(name, notes, reader, kind, list_wrong=options.list)


def report(
    name: str, notes: Sequence[dict[str, Any]], reader: Reader, kind: str, *, list_wrong: bool
) -> None:
    """Print what one reader gets right."""
    right = {True: 0, False: 0}
    total = {True: 0, False: 0}
    several = several_right = 0
    for note in notes:
        article = Article(note["id"], "", note["notes"])
        claims = reader(article)
        told = toll(claims, kind, [one.text for one in split(article)])
        best = 0 if told is None else int(told.best)
        deadly = note["fatalities"] > 0
        hit = best == note["fatalities"]
        right[deadly] += hit
        total[deadly] += 1
        if deadly and sum(one.kind == kind for some in claims for one in some) > 1:
            several += 1
            several_right += hit
        if list_wrong and not hit:
            print(f"{name}\t{note['fatalities']}\t{best}\t{note['notes'][:300]}")
    print(f"{name}: exact with deaths {share(right[True], total[True])}")
    print(f"{name}: no toll without {share(right[False], total[False])}")
    print(f"{name}: exact with several claims {share(several_right, several)}")


if __name__ == "__main__":
    main()
