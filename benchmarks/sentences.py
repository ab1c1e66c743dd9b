"""Sentences and boilerplate: how many are right, and how fast, against pySBD and plain sentencex.

    python benchmarks/sentences.py [--data FOLDER] [--rounds 9]

FOLDER (else the environment variable NEWSLEDGER_DATA) is searched for the two real articles of
``GOLD`` and for ``re3d_numeric_dev.jsonl``; what is not there is left out of the tables and named.
Their texts are not ours to publish, so ``GOLD`` holds nothing but the offsets of their sentences,
as read by a person. The seeds of the repository are always there.

A sentence is right if both offsets are. Times are processor time of one thread; each round times
all peers one after the other on the same texts, and the ratio reported is the median of the rounds.
Boilerplate is measured on ``seeds/labels.json`` (what its annotators call no part of the story; the
rules were developed on it, so the figure flatters) and on re3d, which has none: each mark there is
a false alarm.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pysbd
import sentencex

from annotation.articles.intake.inputs import read_articles
from annotation.articles.sentences import spans_of, split
from annotation.records import Article
from annotation.schema import read_schema

ROOT = Path(__file__).parent.parent
Spans = Sequence[tuple[int, int]]

GOLD: dict[str, tuple[tuple[tuple[int, int], ...], frozenset[int]]] = {
    "000_0d31f08f7a82d1db.txt": (
        (
            *((0, 128), (130, 312), (314, 540), (542, 758), (760, 802), (804, 894), (896, 1041)),
            *((1043, 1121), (1124, 1139), (1141, 1321), (1323, 1541), (1543, 1714), (1715, 1925)),
            *((1927, 2089), (2090, 2265), (2267, 2286), (2288, 2461), (2463, 2625), (2626, 2730)),
            *((2732, 2847), (2849, 2912), (2913, 2998), (3000, 3041), (3043, 3201), (3203, 3352)),
            *((3354, 3371),),
        ),
        frozenset({25}),
    ),
    "002_fbcba355377e102d.txt": (
        (
            *((0, 61), (63, 105), (107, 160), (162, 335), (337, 480), (482, 572), (573, 664)),
            *((666, 831), (833, 901), (902, 991), (993, 1098), (1100, 1338), (1340, 1395)),
            *((1396, 1526), (1527, 1618), (1620, 1832), (1834, 2061), (2063, 2257), (2259, 2397)),
            *((2399, 2720), (2722, 2951), (2953, 2964)),
        ),
        frozenset({12, 13, 14, 21}),
    ),
}
"""By file: the sentences of a real article, and which of them are no part of its story."""


def _ours(text: str) -> Spans:
    return [(sentence.start, sentence.end) for sentence in split(Article("a", "", text))]


def _pysbd() -> Callable[[str], Spans]:
    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: [(span.start, span.end) for span in segmenter.segment(text)]


def _sentencex(text: str) -> Spans:
    found = sentencex.get_sentence_boundaries("en", text)
    return [(one["start_index"], one["end_index"]) for one in found]


PEERS: dict[str, Callable[[str], Spans]] = {
    "pySBD": _pysbd(),
    "sentencex": _sentencex,
    "newsledger, spans": lambda text: list(spans_of(text)),
    "newsledger, split": _ours,
}


def stripped(text: str, spans: Spans) -> set[tuple[int, int]]:
    """The spans without white space at their ends: nobody shall lose by it."""
    found = set()
    for start, end in spans:
        piece = text[start:end]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            found.add((start + left, start + len(piece.rstrip())))
    return found


def accuracy(texts: dict[str, str]) -> None:
    """How many sentences of the real articles each peer gets right."""
    gold = sum(len(GOLD[name][0]) for name in texts)
    print(f"\nSentences of the real articles ({len(texts)} of {len(GOLD)} found, {gold} sentences)")
    for peer, cut in PEERS.items():
        right = found = 0
        for name, text in texts.items():
            spans = stripped(text, cut(text))
            found += len(spans)
            right += len(spans & set(GOLD[name][0]))
        if gold:
            f1 = 200 * right / (gold + found)
            print(f"  {peer:18} {right:3} right, {found:3} found, F1 {f1:5.1f}")


def seconds(cut: Callable[[str], Spans], texts: Iterable[str]) -> float:
    """Processor time for all texts."""
    started = time.process_time()
    for text in texts:
        cut(text)
    return time.process_time() - started


def speed(what: str, texts: Sequence[str], rounds: int) -> None:
    """How many times faster than pySBD each peer is."""
    times: dict[str, list[float]] = {peer: [] for peer in PEERS}
    for _ in range(rounds):
        for peer, cut in PEERS.items():
            again = 1 if peer == "pySBD" else 30  # so that all are timed about as long
            times[peer].append(seconds(cut, [*texts] * again) / again)
    characters = sum(map(len, texts))
    print(f"\nSpeed on {what} ({len(texts)} texts, {characters:,} characters, {rounds} rounds)")
    for peer, taken in times.items():
        ratios = [slow / fast for slow, fast in zip(times["pySBD"], taken, strict=True)]
        rate, ratio = characters / statistics.median(taken) / 1e6, statistics.median(ratios)
        print(f"  {peer:18} {rate:7.2f} million characters/s, {ratio:7.1f} x pySBD")


def boilerplate(texts: dict[str, str], plain: Sequence[str]) -> None:
    """Hits, misses and false alarms of the marks."""
    print("\nBoilerplate")
    for name, text in texts.items():
        marks = {s.index for s in split(Article("a", "", text)) if s.boilerplate}
        _report(name, marks, GOLD[name][1])
    schema = read_schema(ROOT / "label_config.xml")
    labels = json.loads((ROOT / "seeds" / "labels.json").read_text(encoding="utf-8"))
    articles = read_articles([str(ROOT / "seeds" / "articles")], on_problem=print)
    marks_of = {s.text: s.boilerplate for article in articles for s in split(article)}
    marked, gold = set(), set()
    known = [task for task in labels if task["data"]["text"] in marks_of]
    for number, task in enumerate(known):
        chosen = {
            choice
            for region in task["annotations"][0]["result"]
            if region["from_name"] == schema.event_control
            for choice in region["value"]["choices"]
        }
        if schema.boilerplate_label in chosen:
            gold.add(number)
        if marks_of[task["data"]["text"]]:
            marked.add(number)
    _report(f"seeds ({len(known)} of {len(labels)} labelled sentences)", marked, gold)
    if plain:
        sentences = [s for text in plain for s in split(Article("a", "", text))]
        alarms = {n for n, s in enumerate(sentences) if s.boilerplate}
        _report(f"re3d ({len(sentences)} sentences, none is)", alarms, set())


def _report(what: str, marked: set[int], gold: set[int] | frozenset[int]) -> None:
    hits = len(marked & gold)
    print(f"  {what}: {hits} of {len(gold)} found, {len(marked - gold)} false alarms")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=os.environ.get("NEWSLEDGER_DATA"))
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()

    found = {path.name: path for path in options.data.rglob("*")} if options.data else {}
    real = {name: found[name].read_text(encoding="utf-8") for name in GOLD if name in found}
    re3d = found.get("re3d_numeric_dev.jsonl")
    rows = re3d.read_text(encoding="utf-8").splitlines() if re3d else []
    plain = [str(json.loads(row)["text"]) for row in rows]
    for name in {*GOLD, "re3d_numeric_dev.jsonl"} - set(found):
        print(f"left out: {name} is not in --data")
    seeds = [path.read_text(encoding="utf-8") for path in (ROOT / "seeds/articles").glob("*.txt")]

    accuracy(real)
    for what, texts in (("real articles", [*real.values()]), ("re3d", plain), ("seeds", seeds)):
        if texts:
            speed(what, texts, options.rounds)
    boilerplate(real, plain)


if __name__ == "__main__":
    main()
