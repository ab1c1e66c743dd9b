"""How each set of ``quantities`` is scored; there is said what is measured, and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from annotation.numbers.reader import Mention, read, read_article
from benchmarks.quantities_peers import Peers, Span, Spans, overlap

Case = dict[str, Any]


@dataclass
class Board:
    """Collects the rows of the table, and what went wrong."""

    listing: bool

    def row(self, name: str, value: float | str, target: str = "", peers: str = "") -> None:
        """One line of the table."""
        shown = value if isinstance(value, str) else f"{value:.4f}"
        print(f"{name:<46}{shown:>10}  {target:<10}{peers}", flush=True)

    def wrong(self, what: str, *details: object) -> None:
        """One case that was not right, if they are listed."""
        if self.listing:
            print("    ", what, *details)


def whole(mention: Mention) -> Span:
    """Modifier, number and noun."""
    return mention.start, mention.end


def inner(mention: Mention) -> Span:
    """The number alone."""
    return mention.number_start, mention.number_end


def f1(cases: list[Case], spans: Spans) -> tuple[float, float]:
    """Overlap F1 and exact F1."""
    found = exact = predicted = labelled = 0
    for case in cases:
        gold = [(s["start"], s["end"]) for s in case["spans"]]
        ours = spans(case["text"])
        predicted += len(ours)
        labelled += len(gold)
        found += sum(any(overlap(g, o) for o in ours) for g in gold)
        exact += len(set(gold) & set(ours))
    return 2 * found / (predicted + labelled), 2 * exact / (predicted + labelled)


def same(ours: Decimal | None, gold: float | None) -> bool:
    """Whether a value is the labelled one, to 0.1 %."""
    if ours is None or gold is None:
        return ours is None and gold is None
    return abs(float(ours) - gold) <= 1e-3 * max(1.0, abs(gold))


def is_money(mention: Mention) -> bool:
    """Whether the unit is a currency."""
    return re.fullmatch(r"[A-Z]{3}(/\w+)?", mention.unit) is not None


def list_missed(board: Board, cases: list[Case], spans: Spans) -> None:
    """Lists the spans that were missed and those that nobody labelled."""
    for case in cases:
        gold, ours = [(s["start"], s["end"]) for s in case["spans"]], spans(case["text"])
        for a, others, word in [(gold, ours, "missed"), (ours, gold, "false ")]:
            for span in a:
                if not any(overlap(span, other) for other in others):
                    board.wrong(word, repr(case["text"][slice(*span)]), "|", case["text"][:100])


def score_re3d(board: Board, cases: list[Case], peers: Peers) -> None:
    """The numeric mentions of re3d."""

    def ours(text: str) -> list[Span]:
        return [inner(m) for m in read_article(text)]

    overlapping, exact = f1(cases, ours)
    others = {name: f1(cases, spans) for name, spans in peers.everything.items()}
    board.row("re3d: overlap F1", overlapping, "≥ .97", shown(others, 0))
    board.row("re3d: exact F1", exact, "≥ .96", shown(others, 1))
    list_missed(board, cases, ours)


def shown(figures: Mapping[str, tuple[float, ...]], at: int) -> str:
    """One figure of each peer."""
    return "  ".join(f"{name} {values[at]:.3f}" for name, values in figures.items())


def score_phrases(board: Board, cases: list[Case], peers: Peers) -> None:
    """The phrases, with readings, nouns and negatives."""
    found = reading = nouns = counted = labelled = false_hits = 0
    for case in cases:
        mentions = read(case["text"])
        if case["negative"]:
            false_hits += len(mentions)
            if mentions:
                board.wrong("false ", case["text"], mentions)
            continue
        for span in case["spans"]:
            labelled += 1
            hits = [m for m in mentions if overlap(whole(m), (span["start"], span["end"]))]
            if not hits:
                board.wrong("missed", span["text"], "|", case["text"])
                continue
            found += 1
            right = same(hits[0].low, span["low"]) and same(hits[0].high, span["high"])
            reading += right
            if span["type"] in {"count", "frac", "percent"}:
                counted += 1
                nouns += (hits[0].noun or "") == span["noun"]
                if not right or (hits[0].noun or "") != span["noun"]:
                    board.wrong("read  ", case["text"], hits[0], span["noun"])
    negatives = [case for case in cases if case["negative"]]
    positives = [case for case in cases if not case["negative"] and not case["ignore"]]
    others = {}
    for name, spans in peers.everything.items():
        hits_of = sum(
            any(overlap(o, (s["start"], s["end"])) for o in spans(case["text"]))
            for case in positives
            for s in case["spans"]
        )
        fired = sum(bool(spans(case["text"])) for case in negatives)
        others[name] = (hits_of / labelled, float(fired))
    board.row("phrases: found", found / labelled, "1", shown(others, 0))
    board.row("phrases: readings right", reading / labelled, "1")
    board.row("phrases: nouns right", nouns / counted, "1")
    board.row(
        f"phrases: false hits on {len(negatives)} negatives", str(false_hits), "0", shown(others, 1)
    )


def score_currency(board: Board, cases: list[Case], peers: Peers) -> None:
    """The Currency suite."""

    def ours(text: str) -> list[Span]:
        return [inner(m) for m in read(text) if is_money(m)]

    others = {name: f1(cases, spans) for name, spans in peers.money.items()}
    overlapping, exact = f1(cases, ours)
    board.row("Currency: overlap F1", overlapping, "≥ .92", shown(others, 0))
    board.row("Currency: exact F1", exact, "", shown(others, 1))
    list_missed(board, cases, ours)


def score_ranges(board: Board, cases: list[Case]) -> None:
    """The NumberRange suite."""
    labelled = right = found = 0
    for case in cases:
        mentions = read(case["text"])
        for span in case["spans"]:
            labelled += 1
            hits = [m for m in mentions if overlap(whole(m), (span["start"], span["end"]))]
            found += bool(hits)
            if any(same(m.low, span.get("low")) and same(m.high, span.get("high")) for m in hits):
                right += 1
            else:
                board.wrong("range ", case["text"], span["value"], [m.text for m in hits])
    board.row("NumberRange: found", found / labelled)
    board.row("NumberRange: values", right / labelled, "≥ .92", "(no peer reads ranges in Python)")


def score_negatives(
    board: Board, name: str, cases: list[Case], target: str, peers: Peers, *, digits: bool = True
) -> None:
    """A suite of what is no mention."""
    cases = [c for c in cases if not digits or re.search(r"\d", c["text"])]

    def rates(spans: Spans) -> tuple[float, float]:
        inside = anywhere = 0
        for case in cases:
            ours = spans(case["text"])
            hit = [
                o for o in ours if any(overlap(o, (s["start"], s["end"])) for s in case["spans"])
            ]
            inside += bool(hit)
            anywhere += bool(ours)
        return inside / len(cases), anywhere / len(cases)

    def ours(text: str) -> list[Span]:
        return [inner(m) for m in read(text)]

    others = {peer: rates(spans) for peer, spans in peers.everything.items()}
    inside, anywhere = rates(ours)
    board.row(f"{name}: false hits, {len(cases)} cases", inside, target, shown(others, 0))
    board.row(f"{name}: any mention", anywhere, target, shown(others, 1))
    for case in cases:
        if mentions := read(case["text"]):
            board.wrong(name, [m.text for m in mentions], "|", case["text"][:100])


def score_looking(
    board: Board, name: str, cases: list[Case], keep: Callable[[Mention], bool]
) -> None:
    """Overlap F1 on sets whose convention is far from ours; no target."""

    def ours(text: str) -> list[Span]:
        return [inner(m) for m in read(text) if keep(m)]

    board.row(f"{name}: overlap F1", f1(cases, ours)[0], "(look)")


def found_by(spans: Spans, rows: list[Case]) -> tuple[float, float]:
    """Share of the gold mentions whose number a peer found, and how many others it claims."""
    found = labelled = false = 0
    for row in rows:
        numbers = [(gold["number_start"], gold["number_end"]) for gold in row["mentions"]]
        theirs = spans(row["text"])
        labelled += len(numbers)
        found += sum(any(overlap(number, span) for span in theirs) for number in numbers)
        false += sum(not any(overlap(number, span) for number in numbers) for span in theirs)
    return found / labelled, float(false)


def score_gold(
    board: Board, name: str, rows: list[Case], texts: dict[str, str], peers: Peers | None = None
) -> None:
    """The mentions that were labelled by hand; with peers where the rows hold their text."""
    counts = dict.fromkeys(["value", "modifier", "noun", "unit", "span"], 0)
    found = labelled = false = 0
    for row in rows:
        text = row.get("text") or texts[row["id"]]
        mentions = list(read_article(text))
        used = set()
        for gold in row["mentions"]:
            labelled += 1
            number = (gold["number_start"], gold["number_end"])
            hits = [m for m in mentions if overlap(inner(m), number)]
            if not hits:
                board.wrong("missed", text[gold["start"] : gold["end"]])
                continue
            mention = hits[0]
            used.add(mention)
            found += 1
            noun = (
                None if gold["noun_start"] is None else text[gold["noun_start"] : gold["noun_end"]]
            )
            right = {
                "value": same(mention.low, gold["low"]) and same(mention.high, gold["high"]),
                "modifier": mention.modifier == gold["modifier"],
                "noun": mention.noun == noun,
                "unit": mention.unit == gold["unit"],
                "span": whole(mention) == (gold["start"], gold["end"]),
            }
            for key, value in right.items():
                counts[key] += value
            if not all(right.values()):
                board.wrong("read  ", mention, text[gold["start"] : gold["end"]], noun)
        for mention in mentions:
            if mention not in used:
                false += 1
                board.wrong("false ", mention.text)
    others = (
        {peer: found_by(spans, rows) for peer, spans in peers.everything.items()} if peers else {}
    )
    board.row(f"{name}: found of {labelled}", found / labelled, "1", shown(others, 0))
    targets = {"value": "≥ .995", "modifier": "≥ .98", "noun": "≥ .96"}
    for key, count in counts.items():
        board.row(f"{name}: {key}", count / found, targets.get(key, ""))
    board.row(f"{name}: false mentions", str(false), "0", shown(others, 1))
