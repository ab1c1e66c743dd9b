"""How much `push` adds to what Label Studio itself needs, and whether its memory stays flat.

    python benchmarks/push.py [--sentences 20000] [--url URL --api-key TOKEN]

The peer is Label Studio: the same payloads, sent by a bare httpx client into a fresh project of the
same server in the same run, counting only the time of the calls. `push` is counted as a whole
(building the payloads, the SDK, counting, activating the model), without loading the SDK, which is
reported apart. Each push runs in a process of its own, so that its peak memory can be told.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from decimal import Decimal
from itertools import islice
from pathlib import Path

import httpx

from annotation.labelstudio import import_json, sync
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.tasks.upload import TASKS_PER_CALL
from annotation.records import EventScore, NumericClaim, Prediction, Sentence, Task
from annotation.schema import Schema, read_schema

CONFIG = Path(__file__).parent.parent / "label_config.xml"
MODEL = "benchmark"
SMALL = 2_000
"""Sentences of the push whose memory is compared."""


def pairs(number: int, schema: Schema) -> Iterator[tuple[Task, Prediction]]:
    """Sentences of the usual length, with one event type and one or two claims each."""
    events, kinds = schema.event_aliases, schema.claim_aliases
    for index in range(number):
        first = f"At least {index + 2} fighters"
        text = f"{first} were killed and about 40 civilians fled when the convoy was hit on Monday."
        start = text.index("about")
        sentence = Sentence(
            f"a{index // 30:05d}:{index % 30:04d}", f"a{index // 30:05d}", 0, 0, 99, text
        )
        claims = [
            NumericClaim(0, len(first), first, kinds[0], Decimal(index + 2), None, "at_least")
        ]
        if index % 2:
            words = text[start : start + 18]
            claims.append(
                NumericClaim(start, start + 18, words, kinds[1], Decimal(40), Decimal(40), "about")
            )
        event = EventScore(events[index % len(events)], 0.8)
        yield (
            Task(sentence, "A headline of usual length for a story", text, text, "Agency, 2026"),
            Prediction(sentence.id, (event,), tuple(claims), MODEL, 0.7),
        )


def bare(url: str, token: str, project: int, number: int, schema: Schema) -> float:
    """Seconds that the server needs for the calls alone."""
    spent = 0.0
    headers = {"Authorization": f"Token {token}"}
    with httpx.Client(base_url=url, headers=headers, timeout=600, trust_env=False) as client:
        stream = pairs(number, schema)

        def call(method: str, path: str, content: object = None) -> httpx.Response:
            nonlocal spent
            body = json.dumps(content).encode() if content is not None else None
            began = time.perf_counter()
            answer = client.request(
                method, path, content=body, headers={"Content-Type": "application/json"}
            )
            spent += time.perf_counter() - began
            return answer.raise_for_status()

        base = f"/api/projects/{project}"
        call("GET", f"{base}/")
        while batch := list(islice(stream, TASKS_PER_CALL)):
            tasks = [
                {"data": import_json.task_data(task, schema, prediction=suggestion)}
                for task, suggestion in batch
            ]
            ids = call("POST", f"{base}/import?return_task_ids=true", tasks).json()["task_ids"]
            rows = [
                {"task": number, **import_json.to_prediction(suggestion, task.sentence, schema)}
                for number, (task, suggestion) in zip(ids, batch, strict=True)
            ]
            created = call("POST", f"{base}/import/predictions", rows).json()["created"]
            assert created == len(batch)
        call("PATCH", f"{base}/", {"model_version": MODEL})
        call("GET", f"{base}/")
    return spent


def child(url: str, token: str, project: int, number: int) -> None:
    """Push in this process and print what it took."""
    schema = read_schema(CONFIG)
    began = time.perf_counter()
    with sync.LabelStudio(url, token) as ours:
        ours.check()
        loading = time.perf_counter() - began
        began = time.perf_counter()
        report = ours.push(project, pairs(number, schema), schema)
        seconds = time.perf_counter() - began
    assert (report.created, report.suggested) == (number, number), report
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    print(json.dumps({"seconds": seconds, "loading": loading, "peak": peak}))


def main() -> None:
    """Run both and print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--url")
    parser.add_argument("--api-key")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.url, options.api_key, options.child, options.sentences)
        return
    with ExitStack() as stack:
        url, token = options.url, options.api_key
        if url is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            server = stack.enter_context(LocalServer(folder))
            url, token = server.url, server.login.token
        ours = stack.enter_context(sync.LabelStudio(url, token))
        schema = read_schema(CONFIG)

        def fresh(name: str) -> int:
            return ours.ensure_project(f"push {name} {time.time():.0f}", schema).id

        def pushed(number: int) -> dict[str, float]:
            command = [sys.executable, __file__, "--url", url, "--api-key", token]
            command += ["--child", str(fresh(str(number))), "--sentences", str(number)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            return dict(json.loads(done.stdout))

        small = pushed(SMALL)
        calls = bare(url, token, fresh("bare"), options.sentences, schema)
        whole = pushed(options.sentences)
        print(f"{options.sentences:,} sentences with suggestions")
        print(f"  the server's calls alone  {calls:8.1f} s")
        print(f"  push                      {whole['seconds']:8.1f} s")
        print(f"  ratio                     {whole['seconds'] / calls:8.2f}   (at most 1.3)")
        print(f"  loading the SDK, once     {whole['loading']:8.1f} s")
        print(f"  peak memory {SMALL:>7,}       {small['peak']:8.0f} MB")
        print(f"  peak memory {options.sentences:>7,}       {whole['peak']:8.0f} MB")


if __name__ == "__main__":
    main()
