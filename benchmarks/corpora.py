"""Sentences a second of ``predict``: a plain loop, one process, several, and a Dask cluster.

    OMP_NUM_THREADS=1 python -m benchmarks.corpora [--sentences 20000] [--jobs 2] [--dask]
    python -m benchmarks.corpora --sentences 10000000 --only "2 processes"

Everything is learnt from the seed labels. The input is generated: articles of the seeds' sentences
with other numbers in them, written to a file as it goes. Each way reads the same file and writes
the same bytes, which is checked. The plain loop is what one would write without newsledger's
``Reading``: read the articles, ask the model for all sentences of each, write a line for each.
Memory is the peak of the process that reads and writes, after a tenth of the input and after all.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from itertools import islice
from pathlib import Path

from annotation.articles.intake.inputs import read_articles
from annotation.articles.sentences import split
from newsledger.commands.articles import look
from newsledger.commands.articles.corpora import Processes, write_reading
from newsledger.commands.learning import models, offline
from newsledger.output import plain
from newsledger.progress import Quiet
from newsledger.safe_text import visible_json
from newsledger.settings import Settings, packaged, read_settings

_NUMBER = re.compile(r"\d+")


def generated(sentences: int, seed: int = 0) -> Iterator[str]:
    """JSON lines with articles of about 28 sentences, that many sentences in all."""
    chance = random.Random(seed)
    articles = list(read_articles([str(packaged("seeds") / "articles")], on_problem=_loud))
    known = [one.text for article in articles for one in split(article)]
    for number in range(sentences // 28):
        some = [_NUMBER.sub(lambda _: str(chance.randint(2, 900)), one) for one in
                chance.sample(known, 28)]  # fmt: skip
        yield json.dumps({"id": f"g{number}", "title": some[0], "text": "\n\n".join(some)})


def plain_loop(settings: Settings, file: Path, out: Path) -> None:
    """Article by article, without batches."""
    model = models.find_model(settings)
    with out.open("w", encoding="utf-8") as written:
        for article in read_articles([str(file)], on_problem=_loud):
            pairs = [(sentence, article) for sentence in split(article)]
            for row in look.prediction_rows(model, pairs):
                line = json.dumps(row, ensure_ascii=False, default=plain)
                written.write(visible_json(line) + "\n")


def predicted(settings: Settings, file: Path, out: Path, processes: Processes) -> None:
    """What the verb does."""
    reading = look.predicting(settings, [str(file)], processes=processes)
    write_reading(reading, Quiet(), out, processes)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """The address of a scheduler on this machine with some workers."""
    file = folder / "scheduler.json"
    common = ["--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1"]
    dask = f"{sys.prefix}/bin/dask"
    started = [_quietly([dask, "scheduler", *common, "--port", "0"])]
    try:
        while not file.exists():
            time.sleep(0.1)
        worker = [dask, "worker", *common, "--nthreads", "1", "--no-nanny"]
        local = ["--local-directory", str(folder)]
        started += [_quietly([*worker, *local]) for _ in range(workers)]
        time.sleep(5)  # so that what is measured is not how they start
        yield str(json.loads(file.read_text())["address"])
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def _quietly(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _loud(problem: Exception) -> None:
    raise problem


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure each way once, after a warm-up on a tenth of the input."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--only", default="", help="the one way to measure, as the table names it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        folder = Path(name)
        settings = read_settings(workspace=folder / "workspace", environment={})
        offline.train_model(settings, Quiet(), packaged("seeds") / "labels.json", force=True)
        with (folder / "all.jsonl").open("w") as file:
            file.writelines(f"{line}\n" for line in generated(asked.sentences))
        with (folder / "all.jsonl").open() as file:
            tenth = "".join(islice(file, max(1, asked.sentences // 280)))
            (folder / "tenth.jsonl").write_text(tenth)
        ways: dict[str, Callable[[Path, Path], None]] = {
            "one process": lambda file, out: predicted(settings, file, out, Processes()),
            "a plain loop": lambda file, out: plain_loop(settings, file, out),
            f"{asked.jobs} processes": lambda file, out: predicted(
                settings, file, out, Processes(asked.jobs)
            ),
        }
        digests = set()
        with cluster(Path(other), asked.jobs) as address:
            if asked.dask:
                ways[f"a cluster of {asked.jobs} workers"] = lambda file, out: predicted(
                    settings, file, out, Processes(scheduler=address)
                )
            for way, run in ways.items():
                if asked.only not in ("", way):
                    continue
                out = folder / "out.jsonl"
                run(folder / "tenth.jsonl", out)
                before = _peak()
                start = time.perf_counter()
                run(folder / "all.jsonl", out)
                taken = time.perf_counter() - start
                with out.open("rb") as written:
                    rows = sum(1 for _ in written)
                    written.seek(0)
                    digests.add(file_digest(written, "sha256").hexdigest())
                print(
                    f"{way:28} {rows:9,} sentences {taken:7.1f} s {rows / taken:8,.0f} a second; "
                    f"peak {before:5.0f} MB after a tenth, {_peak():5.0f} MB after all"
                )
        if not asked.only:
            print("the same bytes each way" if len(digests) == 1 else "NOT the same bytes each way")


if __name__ == "__main__":
    main()
