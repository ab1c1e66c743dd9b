"""Incidents: whether the reports of one are joined, and whether its tolls are those of a coder.

    python -m benchmarks.incidents                       # our own articles and their gold
    python -m benchmarks.incidents --ecb FOLDER          # the folder "ECB+" of ECB+ 1.0
    python -m benchmarks.incidents --wikinews FILE …     # JSON files of frnsys/galaxy
    python -m benchmarks.incidents --time                # 10,000, 30,000 and 100,000 reports

Our own articles are joined with the labels of people, twice: as they are, and with the places that
the gold names, as a gazetteer or a person would have it. The other sets say of whole articles which
belong together; they have no labels, and each article counts as one report. They are not ours, and
none of them is kept here. Figures are B³ (Bagga and Baldwin, 1998), over sentences of ours and over
articles of others; intervals are percentiles of 2,000 bootstrap samples of incidents or topics.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from annotation.dataset.snapshot import write_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.schema import read_schema
from newsledger.ledger.columns.table import Row
from newsledger.ledger.incidents.grouping import Incident, incidents_of
from newsledger.ledger.incidents.incident_tolls import incident_tolls
from newsledger.ledger.incidents.reports import (
    Report,
    ReportingArticle,
    Told,
    places_written,
    reports_of,
)
from newsledger.ledger.tables.incident_rows import ReportCollector, incident_types
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows

ROOT = Path(__file__).parents[1]
OWN = ROOT / "seeds" / "incidents"

ECB_VIOLENT = (3, 8, 12, 13, 16, 18, 19, 22, 24, 32, 33, 41)
"""Topics of ECB+ in which people harm others or destroy what is theirs."""
WIKINEWS_VIOLENT = re.compile(
    r"kill|attack|bomb|dead|deadly|shoot|shot|strike|clash|murder|troops|ground maneuver|kidnap"
    r"|fire kills|rockets|protest|arrested|captured|militant",
    re.IGNORECASE,
)
"""Words of headlines of Wikinews that tell of violence."""


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> dict[str, tuple[float, float]]:
    """Precision and recall of each item; an item that was not found stands alone."""
    found = {key: found.get(key, f"alone:{key}") for key in gold}
    by_gold, by_found = _sets(gold), _sets(found)
    return {
        key: (
            len(by_gold[gold[key]] & by_found[found[key]]) / len(by_found[found[key]]),
            len(by_gold[gold[key]] & by_found[found[key]]) / len(by_gold[gold[key]]),
        )
        for key in gold
    }


def told(scores: Mapping[str, tuple[float, float]], topic: Callable[[str], str]) -> str:
    """F1 with its interval, precision and recall."""
    by_topic: dict[str, list[tuple[float, float]]] = {}
    for key, one in scores.items():
        by_topic.setdefault(topic(key), []).append(one)
    topics, chance = sorted(by_topic), random.Random(1)
    samples = sorted(
        _f1([one for name in chance.choices(topics, k=len(topics)) for one in by_topic[name]])
        for _ in range(2_000)
    )
    some = list(scores.values())
    precision, recall = (sum(one[side] for one in some) / len(some) for side in (0, 1))
    return (
        f"B³ F1 {_f1(some):.3f} [{samples[50]:.3f}, {samples[1949]:.3f}]  precision "
        f"{precision:.3f}  recall {recall:.3f}  ({len(some)} in {len(topics)} topics)"
    )


def own_reports(*, with_places: bool) -> tuple[tuple[Report, ...], frozenset[str]]:
    """The reports of our own articles."""
    schema = read_schema(ROOT / "label_config.xml")
    export = read_export(OWN / "labels.json", schema)
    gold = json.loads((OWN / "gold.json").read_text(encoding="utf-8"))
    collector = ReportCollector(schema)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = write_snapshot(
            Path(folder), sentences=export.sentences, annotations=export.annotations,
            schema=schema, articles=export.articles,
        )  # fmt: skip
        for table, row in ledger_rows(snapshot, Selection(), None, LeftOut()):
            placed = table.name == "sentences" and with_places
            collector.see(table.name, _placed(row, gold) if placed else row)
    return collector.reports, incident_types(schema)


def own(*, with_places: bool) -> None:
    """Print how our own articles are joined, and their tolls."""
    gold = json.loads((OWN / "gold.json").read_text(encoding="utf-8"))
    incidents = incidents_of(*own_reports(with_places=with_places))
    gold_of = {key: one["id"] for one in gold for key in one["sentences"]}
    found_of = {
        told.sentence_id: incident.id
        for incident in incidents
        for joined in incident.reports
        for told in joined.report.sentences
    }
    print("places of the gold" if with_places else "no places")
    print("  " + told(b_cubed(gold_of, found_of), gold_of.__getitem__))
    where = {one["id"]: (one["place"], one["day"]) for one in gold}
    names = {
        key: {gold_of[one] for one in keys if one in gold_of}
        for key, keys in _sets(found_of).items()
    }
    across = [sorted(some) for some in names.values() if len({where[one] for one in some}) > 1]
    print(f"  incidents joined across place or day: {len(across)} {across or ''}")
    if with_places:
        own_tolls(gold, found_of, {one.id: one for one in incidents})


def own_tolls(
    gold: Sequence[Any], found_of: Mapping[str, str], incidents: Mapping[str, Incident]
) -> None:
    """Print how often the tolls are those of the gold."""
    within = right = known = contradictions = shown = wrongly = 0
    for one in gold:
        keys = [found_of[key] for key in one["sentences"] if key in found_of]
        most = max(set(keys), key=keys.count)
        tolls = {toll.kind: toll for toll in incident_tolls(incidents[most])}
        for wanted in one["tolls"]:
            toll = tolls.get(wanted["kind"])
            empty = toll is not None and toll.best is None
            if wanted["contradiction"]:
                contradictions += 1
                shown += empty
            else:
                known += 1
                right += toll is not None and toll.best == wanted["best"]
                wrongly += empty
                within += toll is not None and (
                    (toll.low or 0)
                    <= wanted["best"]
                    <= (wanted["best"] if toll.high is None else toll.high)
                )
            if toll is None or (toll.low, toll.best, toll.high) != (
                wanted["low"], wanted["best"], wanted["high"],
            ):  # fmt: skip
                said = "none" if toll is None else f"{toll.low} {toll.best} {toll.high}"
                print(f"    {one['id']} {wanted['kind']}: {said}, coded {wanted['low']} "
                      f"{wanted['best']} {wanted['high']}")  # fmt: skip
    print(
        f"  tolls: coded number within low and high {within}/{known}, best right {right}/{known}, "
        f"contradictions found {shown}/{contradictions}, wrongly {wrongly}/{known}"
    )


def articles_of_ecb(folder: Path) -> Iterable[tuple[str, str, ReportingArticle]]:
    """Topic, gold incident and article of the violent topics; the address says the day, if any."""
    for topic in ECB_VIOLENT:
        for path in sorted((folder / str(topic)).glob("*.xml")):
            sentences: dict[int, list[str]] = {}
            for token in ET.parse(path).getroot().iter("token"):
                sentences.setdefault(int(token.get("sentence", 0)), []).append(token.text or "")
            texts = [" ".join(words) for words in sentences.values()]
            published = _address_day(texts[0]) if texts and texts[0].startswith("http") else None
            texts = [text for text in texts if not text.startswith("http")]
            incident = f"{topic}{'plus' if path.stem.endswith('plus') else ''}"
            yield str(topic), incident, _whole(path.stem, "", published, texts)


def articles_of_wikinews(paths: Iterable[Path]) -> Iterable[tuple[str, str, ReportingArticle]]:
    """Topic, gold incident and article of the violent headlines."""
    seen = set()
    for path in paths:
        for number, one in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            if not WIKINEWS_VIOLENT.search(one["title"]):
                continue
            key = f"{path.stem}:{number}"
            for place, article in enumerate(one["articles"]):
                text = article["text"]
                if text.strip() and text not in seen:
                    seen.add(text)
                    yield (
                        key, key,
                        _whole(f"{key}:{place}", article["title"],
                               _address_day(article["ext_url"]), text.splitlines()),
                    )  # fmt: skip


def others(name: str, rows: Iterable[tuple[str, str, ReportingArticle]], half: int | None) -> None:
    """Print how articles of others are joined."""
    articles = [one for one in rows if half is None or _half(one[0]) == half]
    reports = [_one_report(article) for _, _, article in articles]
    gold = {article.id: incident for _, incident, article in articles}
    topic = {article.id: topic for topic, _, article in articles}
    found = {
        joined.report.article.id: incident.id
        for incident in incidents_of(reports, frozenset())
        for joined in incident.reports
    }
    print(name, f"half {half}" if half is not None else "all topics")
    print("  " + told(b_cubed(gold, found), topic.__getitem__))


def timed(count: int) -> float:
    """Seconds of the processor to join made-up reports, four of each incident, over three years."""
    chance = random.Random(count)
    common = [_made_up(number) for number in range(4_000)]
    often = [1 / (number + 1) for number in range(len(common))]
    reports: list[Report] = []
    for number in range(count // 4):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(1_095))
        place = _made_up(chance.randrange(4_000, 6_000)).capitalize()
        own = chance.choices(common, k=8)
        for outlet in range(4):
            words = chance.choices(common, often, k=25) + own
            chance.shuffle(words)
            text = f"Some {' '.join(words)} in {place}"
            days = (day, day) if chance.random() < 0.8 else None
            told_of = Told(f"{number}-{outlet}", text, days, None, ("clash",))
            published = day + timedelta(days=chance.randrange(5))
            article = ReportingArticle(
                f"{number}-{outlet}", "", str(outlet), published, "", (told_of,)
            )
            reports += reports_of(article, frozenset({"clash"}))
    began = time.process_time()
    found = incidents_of(reports, frozenset({"clash"}))
    for incident in found:
        incident_tolls(incident)
    seconds = time.process_time() - began
    print(f"{count:,} reports: {seconds:.1f} s, {len(found):,} incidents", flush=True)
    return seconds


def _made_up(number: int) -> str:
    """A word for a number, of letters alone."""
    return "".join(
        "bdfgklmnprstvz"[number // 14**place % 14] + "aeiou"[place] for place in range(4)
    )


def _whole(key: str, title: str, published: date | None, texts: Sequence[str]) -> ReportingArticle:
    sentences = tuple(Told(f"{key}:{place}", text) for place, text in enumerate(texts) if text)
    return ReportingArticle(key, title, None, published, "", sentences)


def _one_report(article: ReportingArticle) -> Report:
    places = frozenset().union(*(places_written(told.text) for told in article.sentences))
    return Report(article, article.sentences, article.sentences, None, None, places)


def _placed(row: Row, gold: Iterable[Any]) -> Row:
    """A row of a sentence with the place of the gold that it names."""
    for one in gold:
        if re.search(rf"\b{one['place']}\b", row["text"]):
            return {
                **row, "place": one["place"], "place_precision": "place",
                "place_country": one["country"], "latitude": None, "longitude": None,
            }  # fmt: skip
    return row


def _address_day(address: str) -> date | None:
    match = re.search(r"(20\d\d)[-/ ]{1,3}(\d\d?)[-/ ]{1,3}(\d\d?)\b", address)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _half(topic: str) -> int:
    return sum(map(ord, topic)) % 2


def _sets(names: Mapping[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, name in names.items():
        found.setdefault(name, set()).add(key)
    return found


def _f1(some: Sequence[tuple[float, float]]) -> float:
    precision, recall = (sum(one[side] for one in some) / len(some) for side in (0, 1))
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="How well reports are joined.")
    parser.add_argument("--ecb", type=Path)
    parser.add_argument("--wikinews", type=Path, nargs="+", default=[])
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the topics")
    parser.add_argument("--time", action="store_true")
    options = parser.parse_args()
    if options.ecb:
        others("ECB+", articles_of_ecb(options.ecb), options.half)
    if options.wikinews:
        others("Wikinews", articles_of_wikinews(options.wikinews), options.half)
    if options.time:
        for count in (10_000, 30_000, 100_000):
            timed(count)
    if not options.ecb and not options.wikinews and not options.time:
        own(with_places=True)
        own(with_places=False)


if __name__ == "__main__":
    main()
