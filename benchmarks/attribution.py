"""How often the source of a claim is proposed right, and how fast.

    python -m benchmarks.attribution [--list] [--speed FILE]

``attribution_gold.jsonl`` holds invented sentences in the manner of conflict news, with their
claims and, for each, who says so. ``own-`` were labelled before the first rule was written, and
the rules learnt from them. ``fresh-`` and ``later-`` were written and labelled one after the
other, each before the rules of the time saw them, and learnt from after. What to expect of the
next sentence is what happened at first sight: precision .857 and recall .750 on ``fresh-`` (30
claims), .833 and .800 on ``later-`` (28 claims); by overlap .905, .792 and .875, .840.
``last-`` (20 claims) came at the end and taught nothing: 1 and 1. ``--list`` prints every claim
that is not right. ``--speed`` times the sentences of a file of JSON lines with
``text``.

Metrics
-------
precision
    Of the claims for which a source is proposed, the share with the right one, character for
    character; "overlap" where it shares a word with it.
recall
    Of the claims with a source, the share for which it is proposed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from annotation.attribution.reader import attribution_of, attributions, has_cue_word

HERE = Path(__file__).parent

Case = dict[str, Any]


def gold_cases(beginning: str) -> list[Case]:
    """The sentences whose ids begin so."""
    lines = (HERE / "attribution_gold.jsonl").read_text(encoding="utf-8").splitlines()
    cases: list[Case] = [json.loads(line) for line in lines]
    return [case for case in cases if case["id"].startswith(beginning)]


def score(cases: Sequence[Case], *, listing: bool = False) -> dict[str, float]:
    """Precision and recall, exact and by overlap, over all claims of some sentences."""
    proposed = labelled = exact = overlapping = 0
    for case in cases:
        for claim in case["claims"]:
            gold = claim["attribution"]
            said = attribution_of(case["text"], claim["start"], claim["end"])
            proposed += said is not None
            labelled += gold is not None
            exact += said is not None and said == gold
            both = bool(said and gold)
            overlapping += both and bool({*str(said).split()} & {*str(gold).split()})
            if listing and said != gold:
                print(f"    {case['id']} {claim['text']!r}: {said!r}, not {gold!r}: {case['text']}")
    return {
        "claims": sum(len(case["claims"]) for case in cases),
        "precision": exact / max(1, proposed),
        "recall": exact / max(1, labelled),
        "precision, overlap": overlapping / max(1, proposed),
        "recall, overlap": overlapping / max(1, labelled),
    }


def microseconds(texts: Sequence[str]) -> tuple[float, float]:
    """Microseconds a sentence: of those without a cue word, and of the others; best of five."""
    named = [text for text in texts if has_cue_word(text)]
    bare = [text for text in texts if not has_cue_word(text)]

    def best(group: Sequence[str]) -> float:
        took = []
        for _ in range(5):
            started = time.process_time()
            for text in group:
                attributions(text)
            took.append(time.process_time() - started)
        return min(took) / max(1, len(group)) * 1e6

    return best(bare), best(named)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--speed", type=Path)
    options = parser.parse_args()
    for beginning in ("own-", "fresh-", "later-", "last-"):
        for name, value in score(gold_cases(beginning), listing=options.list).items():
            print(f"{beginning + ' ' + name:<36}{value:8.3f}")
    if options.speed:
        lines = options.speed.read_text(encoding="utf-8").splitlines()
        bare, named = microseconds([json.loads(line)["text"] for line in lines])
        print(f"{'microseconds without a cue word':<36}{bare:8.1f}")
        print(f"{'microseconds with one':<36}{named:8.1f}")


if __name__ == "__main__":
    main()
