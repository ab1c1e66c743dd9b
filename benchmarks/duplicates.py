"""Duplicate sentences: how fast they are found, and what each method overlooks or confuses.

    python benchmarks/duplicates.py [--sentences 100000] [--small 10000] [--naive 2000]

The sentences are made from those of the seeds, always the same ones: words of another sentence are
put into each; one in ten is then repeated as a paper repeats it (with a dateline, without an
article, with other dashes), and one in ten with another number or another word, as news of another
event has it. Peers, on sets of word bigrams, threshold 0.8:

- each with each (``naive`` sentences);
- SetSimilaritySearch, exact too, but it must know all sentences before it begins;
- datasketch's MinHashLSH with 128 permutations, approximate, one sentence after the other.

A sentence that is held for a duplicate is not shown to annotators. "missed" counts the repetitions
that are shown although what they repeat is shown too: people label the same twice. "confused"
counts the sentences that are not shown although they tell of something else: an event is lost.
Needs ``pip install datasketch SetSimilaritySearch``.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from annotation.articles.intake.inputs import read_articles
from annotation.articles.near_duplicates import DuplicateIndex
from annotation.articles.sentences import split

SEEDS = Path(__file__).parent.parent / "seeds" / "articles"
THRESHOLD = 0.8
Bigrams = set[tuple[str, str]]
Found = dict[int, int]  # place of a sentence -> place of the earlier one that it repeats


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what it was made from."""

    text: str
    original: int | None = None
    """Place of the sentence that it repeats, None for none."""
    another_event: bool = False
    """True where it repeats it with another number or word."""


def cases(count: int) -> Iterator[Case]:
    """Sentences of which a fifth repeats an earlier one."""
    chance = random.Random(1)
    articles = read_articles([str(SEEDS)], on_problem=print)
    seeds = [s.text.split() for article in articles for s in split(article)]
    seeds = [words for words in seeds if len(words) > 8]
    made: list[list[str]] = []
    for place in range(count):
        kind = place % 10
        original = chance.randrange(max(1, place))
        words = list(made[original]) if made else []
        numbers = [n for n, word in enumerate(words) if word.isdigit()]
        if kind == 8 and words:
            edited = chance.randrange(3)
            if edited == 0:
                words.insert(0, "BEIRUT:")
            elif edited == 1 and "the" in words:
                words.remove("the")
            else:
                words[chance.randrange(len(words))] += " –"
        elif kind == 9 and numbers:
            changed = chance.choice(numbers)
            if place % 20 == 9:
                words[changed] = str(int(words[changed]) + 1)
            else:
                words[chance.randrange(len(words))] = f"Another{place}"
        else:
            original = -1
            words, others = list(chance.choice(seeds)), chance.choice(seeds)
            cut, start = chance.randrange(len(words)), chance.randrange(len(others))
            number = [str(chance.randrange(2, 500))]
            words[cut:cut] = others[start : start + 9] + number + chance.sample(others, 3)
        made.append(words)
        yield Case(" ".join(words), original if original >= 0 else None, kind == 9)


def bigrams(text: str) -> Bigrams:
    """What all peers compare."""
    words = re.findall(r"\w+", text.lower())
    return set(pairwise(words))


def ours(some: Sequence[Case]) -> Found:
    """What the index takes for duplicates."""
    index = DuplicateIndex()
    answers = ((n, index.add(str(n), case.text)) for n, case in enumerate(some))
    return {place: int(earlier) for place, earlier in answers if earlier is not None}


def naive(some: Sequence[Case]) -> Found:
    """The same, by comparing each with each."""
    sets = [bigrams(case.text) for case in some]
    found = {}
    for place, one in enumerate(sets):
        likeness = [
            (len(one & other) / (len(one | other) or 1), -n) for n, other in enumerate(sets[:place])
        ]
        best, earlier = max(likeness, default=(0, 0))
        if best >= THRESHOLD:
            found[place] = -earlier
    return found


def all_pairs(some: Sequence[Case]) -> Found:
    """The same, by SetSimilaritySearch."""
    from SetSimilaritySearch import all_pairs as search

    best: dict[int, tuple[float, int]] = {}
    for one, other, likeness in search([bigrams(case.text) for case in some], "jaccard", THRESHOLD):
        place, earlier = max(one, other), min(one, other)
        best[place] = max(best.get(place, (0.0, 0)), (likeness, -earlier))
    return {place: -earlier for place, (_, earlier) in best.items()}


def minhash(some: Sequence[Case]) -> Found:
    """The same, by datasketch; of several similar ones, the one whose sketch is most similar."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    sketches: list[MinHash] = []
    found = {}
    for place, case in enumerate(some):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(one).encode() for one in bigrams(case.text)])
        if similar := index.query(sketch):
            found[place] = max(similar, key=lambda n: (sketch.jaccard(sketches[n]), -n))
        index.insert(place, sketch)
        sketches.append(sketch)
    return found


def report(name: str, method: Callable[[Sequence[Case]], Found], some: Sequence[Case]) -> float:
    """Times a method and counts what it missed and confused."""
    started = time.process_time()
    found = method(some)
    seconds = time.process_time() - started
    repeats = [case.original is not None and not case.another_event for case in some]
    confused = sum(
        not repeats[place] and some[place].text != some[earlier].text
        for place, earlier in found.items()
    )
    missed = sum(
        repeats[place] and place not in found and case.original not in found
        for place, case in enumerate(some)
    )
    print(
        f"  {name:22} {seconds:7.2f} s for {len(some):7,} sentences: "
        f"{len(found):6,} duplicates, {missed:4} missed, {confused:5} confused"
    )
    return seconds


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--naive", type=int, default=2_000)
    options = parser.parse_args()
    made = list(cases(options.sentences))

    for count, peers in (
        (options.naive, {"each with each": naive}),
        (options.small, {"SetSimilaritySearch": all_pairs, "datasketch MinHashLSH": minhash}),
    ):
        some = made[:count]
        base = report("newsledger", ours, some)
        for name, method in peers.items():
            print(f"    = {report(name, method, some) / base:.1f} x newsledger")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report("newsledger", ours, made)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"    + {(after - before) / 1024:.0f} MB at its peak")


if __name__ == "__main__":
    main()
