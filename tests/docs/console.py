"""Runs the console examples of a Markdown file, as a reader would, and compares what they print.

A line that begins with ``$`` is a command; the lines below are its output, in which ``…`` means
anything. `newsledger up` keeps running until the file is done, and is stopped as people do it.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from sybil import Document, Example, Sybil
from sybil.parsers.markdown import CodeBlockParser

from tests.fits import SharedFits

ROOT = Path(__file__).parent.parent.parent
PORT = "8099"
"""The port that the examples name; any free one takes its place, as this one may be taken."""

_UP_WITHIN = 300.0


class Console:
    """A shell in a folder of its own.

    Args:
        folder: where the commands run; gets links to what the examples name.
        fits: where they take the models that have been fitted in this run.
    """

    def __init__(self, folder: Path, fits: SharedFits) -> None:
        self.folder = folder
        self.commands: list[str] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = str(probe.getsockname()[1])
        self._background: list[tuple[subprocess.Popen[str], Path]] = []
        for name in ("seeds", "label_config.xml", "docs"):
            (folder / name).symlink_to(ROOT / name)
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("LABEL_", "NEWSLEDGER"))}
        started = (str(Path(__file__).parent / "started"), str(ROOT), keep.get("PYTHONPATH", ""))
        self._environment = {
            **keep,
            "PATH": f"{Path(sys.executable).parent}:{keep['PATH']}",
            "PYTHONPATH": os.pathsep.join(filter(None, started)),
            "SHARED_FITS": str(fits.folder),
        }

    def run_file(self, path: Path) -> None:
        """Run all examples of a file, in order."""
        document: Document = Sybil(parsers=[self.parser()], path=str(path.parent)).parse(path)
        for example in document.examples():
            example.evaluate()

    def parser(self) -> CodeBlockParser:
        """What finds the examples in a document and runs them here."""
        return CodeBlockParser(language="console", evaluator=self._evaluate)

    def close(self) -> None:
        """Stop what still runs, as Ctrl-C does."""
        for process, _ in self._background:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=60)

    def _evaluate(self, example: Example) -> None:
        block = str(example.parsed).replace(PORT, self._port)
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            self.commands.append(command)
            printed = (
                self._start(command, expected)
                if command.startswith("newsledger up")
                else self.printed(command)
            )
            assert _matches(expected, printed), (
                f"$ {command}\nexpected:\n{expected}\nprinted:\n{printed}"
            )

    def printed(self, command: str) -> str:
        """What a command prints that comes to an end, and ends well."""
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # The gate may refuse the second of two models of the same labels; that is no mistake.
        assert done.returncode == 0 or "Refused:" in done.stdout, f"$ {command}\n{done.stdout}"
        return done.stdout

    def _start(self, command: str, expected: str) -> str:
        """Run a command that goes on, until it has printed what is expected."""
        log = self.folder / f"background-{len(self._background)}.log"
        with log.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                ["bash", "-c", f"exec {command}"],
                cwd=self.folder,
                env=self._environment,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self._background.append((process, log))
        until = time.monotonic() + _UP_WITHIN
        while time.monotonic() < until and process.poll() is None:
            if _matches(expected, log.read_text(encoding="utf-8")):
                break
            time.sleep(0.5)
        return log.read_text(encoding="utf-8")


def _matches(expected: str, printed: str) -> bool:
    pattern = ".*".join(re.escape(part.strip("\n")) for part in expected.strip("\n").split("…"))
    return re.fullmatch(rf"\s*{pattern}\s*", printed, flags=re.DOTALL) is not None
