"""How long `newsledger --help` takes, against a bare Typer application that prints its help.

    python -m benchmarks.startup [--runs 20]

Whole processes, run in turn, so that a machine whose speed drifts slows both alike; the figure is
the median of the ratios of pairs. Target: at most 1.5.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import typer

app = typer.Typer()


@app.command()
def greet(name: str) -> None:
    "Greet somebody."


app()
"""


def seconds(command: list[str]) -> float:
    """Wall time of one run, output thrown away."""
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Print both medians and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, encoding="utf-8")
        ours = [sys.executable, "-m", "newsledger", "--help"]
        theirs = [sys.executable, str(bare), "--help"]
        seconds(ours), seconds(theirs)  # warms the disk's cache
        pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    print(f"newsledger --help   {statistics.median(a for a, _ in pairs):.3f} s (median of {runs})")
    print(f"bare Typer --help   {statistics.median(b for _, b in pairs):.3f} s")
    print(f"ratio               {statistics.median(a / b for a, b in pairs):.2f} (target: 1.5)")


if __name__ == "__main__":
    main()
