"""How long an export takes, and how much memory, beside pandas writing the same rows.

    OMP_NUM_THREADS=1 python -m benchmarks.export [--sentences 10000 30000 100000] [--model]

The texts are those of the seed articles, over and over; every fifth sentence has a claim by a
person, and the rest nobody has labelled. ``--model`` has the champion of the seed labels decide
that. Each export is a process of its own, and has a helping process where there are two cores.
Seconds are of the processor, because a busy machine stretches wall time: all of it, from reading
the snapshot on, in this process and in the helping one, with the wall time beside; and of writing
alone, with every row made before. The peer, pandas, writes each table from rows that are made,
too: ``to_csv``, ``to_parquet``, ``to_sql`` and ``to_excel`` with the library that writes our
workbooks.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from annotation.dataset.snapshot import read_snapshot, write_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.records import ArticleMetadata
from annotation.schema import read_schema
from newsledger.commands.handover.export import export
from newsledger.commands.learning import offline
from newsledger.ledger.columns.table import LedgerTable, Row
from newsledger.ledger.files.formats import write_ledger
from newsledger.ledger.tables.rows import LeftOut, Selection, ledger_rows
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged

ENDINGS = ("", ".parquet", ".sqlite", ".xlsx")
CLAIMS_IN = 5
"""Of so many sentences, one has a claim."""


def make_workspace(settings: Settings, sentences: int) -> None:
    """A snapshot of so many sentences, with a claim in every fifth of them on the average."""
    schema = read_schema(settings.config)
    seeds = read_export(packaged("seeds/labels.json"), schema)
    texts, labels, articles = [], [], []
    claims = 0
    for copy in count():
        articles += [
            ArticleMetadata(f"{key}-{copy}", published="2026-11-20")
            for key in dict.fromkeys(one.article_id for one in seeds.sentences)
        ]
        names = {one.id: f"{copy}-{one.id}" for one in seeds.sentences}
        texts += [
            replace(one, id=names[one.id], article_id=f"{one.article_id}-{copy}")
            for one in seeds.sentences
        ]
        for said in {one.sentence_id: one for one in seeds.annotations}.values():
            if claims + len(said.claims) <= sentences // CLAIMS_IN:
                claims += len(said.claims)
                labels.append(replace(said, sentence_id=names[said.sentence_id]))
        if len(texts) >= sentences:
            break
    kept = {one.id for one in texts[:sentences]}
    write_snapshot(
        settings.snapshots,
        sentences=texts[:sentences],
        annotations=[said for said in labels if said.sentence_id in kept],
        schema=schema,
        articles=articles,
    )


def all_of_it(settings: Settings, out: Path, *, model: bool) -> dict[str, float]:
    """Seconds of an export as the verb does it, and megabytes before and at most."""
    start, wall = time.process_time(), time.monotonic()
    told = export(settings, Quiet(), out, people_only=not model)
    helping = os.times()
    return {
        "seconds": time.process_time() - start,
        "helping": helping.children_user + helping.children_system,
        "wall": time.monotonic() - wall,
        "megabytes": _megabytes(),
        "sentences": told.rows["sentences"],
        "claims": told.rows["claims"],
    }


def reading(settings: Settings) -> dict[str, float]:
    """Seconds and megabytes of the snapshot alone, which an export holds in memory."""
    start = time.process_time()
    (path,) = settings.snapshots.iterdir()
    found = read_snapshot(path)
    seconds = time.process_time() - start
    assert found.sentences
    return {"seconds": seconds, "megabytes": _megabytes()}


def writing(settings: Settings, out: Path, *, peer: bool) -> dict[str, float]:
    """Seconds of writing rows that are made: ours, or pandas'."""
    (path,) = settings.snapshots.iterdir()
    found = read_snapshot(path)
    rows = list(ledger_rows(found, Selection(people_only=True), None, LeftOut()))
    gc.freeze()
    start = time.process_time()
    if peer:
        _with_pandas(rows, out)
    else:
        write_ledger(rows, found.schema, found.id, out)
    return {"seconds": time.process_time() - start}


def _with_pandas(rows: Iterable[tuple[LedgerTable, Row]], out: Path) -> None:
    tables: dict[str, list[Row]] = {}
    for table, row in rows:
        tables.setdefault(table.name, []).append(row)
    frames = {name: pd.DataFrame(made) for name, made in tables.items()}
    for frame in frames.values():
        for name, values in frame.items():
            if any(isinstance(one, Decimal) for one in values):  # which SQLite does not know
                frame[name] = values.astype(float)
    if out.suffix == ".sqlite":
        with closing(sqlite3.connect(out)) as database, database:
            for name, frame in frames.items():
                frame.to_sql(name, database, index=False)
        return
    if out.suffix == ".xlsx":
        with pd.ExcelWriter(out, engine="xlsxwriter") as book:
            for name, frame in frames.items():
                frame.to_excel(book, sheet_name=name, index=False)
        return
    out.mkdir()
    for name, frame in frames.items():
        if out.suffix:
            frame.to_parquet(out / f"{name}.parquet", index=False)
        else:
            frame.to_csv(out / f"{name}.csv", index=False)


def _megabytes() -> float:
    """The most memory that this process has had; ``getrusage`` counts its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _alone(task: str, workspace: Path, out: Path) -> dict[str, Any]:
    """What a task measured, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export", "--task", task]
    done = subprocess.run(
        [*command, "--workspace", str(workspace), "--out", str(out)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


TASKS: dict[str, Callable[[Settings, Path], dict[str, float]]] = {
    "reading": lambda settings, _: reading(settings),
    "people": lambda settings, out: all_of_it(settings, out, model=False),
    "model": lambda settings, out: all_of_it(settings, out, model=True),
    "ours": lambda settings, out: writing(settings, out, peer=False),
    "pandas": lambda settings, out: writing(settings, out, peer=True),
}


def main() -> None:
    """Export workspaces of several sizes in each format, and print what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sentences", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--task", choices=TASKS)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    config = packaged("label_config.xml")
    if asked.task:
        print(json.dumps(TASKS[asked.task](Settings(asked.workspace, config), asked.out)))
        return
    for number in asked.sentences:
        with tempfile.TemporaryDirectory(prefix="newsledger-export-") as name:
            settings = Settings(Path(name, "workspace"), config)
            if asked.model:
                labels = packaged("seeds/labels.json")
                offline.train_model(settings, Quiet(), labels, promote=True)
                for path in settings.snapshots.iterdir():
                    path.rename(Path(name, path.name))
            make_workspace(settings, number)
            base = _alone("reading", settings.workspace, Path(name))
            print(f"{number:,} sentences; reading the snapshot {_said(base)}")
            for ending in ENDINGS:
                whole = _alone("people", settings.workspace, Path(name, f"a{ending}"))
                line = f"  {ending or 'csv':9} {_said(whole)}, {whole['claims']:,} claims"
                ours = _alone("ours", settings.workspace, Path(name, f"b{ending}"))["seconds"]
                peer = _alone("pandas", settings.workspace, Path(name, f"c{ending}"))["seconds"]
                line += f"; written in {ours:.1f} s, by pandas in {peer:.1f} s ({ours / peer:.2f})"
                if asked.model:
                    decided = _alone("model", settings.workspace, Path(name, f"d{ending}"))
                    line += f"; with a model {_said(decided)}"
                print(line, flush=True)


def _said(told: dict[str, Any]) -> str:
    beside = ""
    if "wall" in told:
        beside = f" and {told['helping']:.1f} s beside it ({told['wall']:.1f} s of wall time)"
    return f"{told['seconds']:.1f} s{beside}, {told['megabytes']:.0f} MB"


if __name__ == "__main__":
    main()
