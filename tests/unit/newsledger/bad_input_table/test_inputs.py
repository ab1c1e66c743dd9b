"""Inputs and arguments that are none: pipes, devices, addresses, what standard input says."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.newsledger.bad_input_table.told import (
    GOOD,
    LONG_NAME,
    assert_told,
)
from tests.unit.newsledger.conftest import Run


def fifo(path: Path) -> None:
    os.mkfifo(path)


def sparse(path: Path) -> None:
    # Lines may be many, and so are read to the end; what else is too large is not begun with.
    size = 100_000_000 if path.suffix == ".jsonl" else 3_000_000_000
    with path.open("wb") as file:
        file.truncate(size)


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


MADE: dict[str, Callable[[Path], object]] = {
    **{f"pipe.{ending}": fifo for ending in ("txt", "jsonl", "json", "csv", "html", "parquet")},
    **{f"huge.{ending}": sparse for ending in ("txt", "jsonl", "json", "csv", "html", "parquet")},
    "socket.txt": bound,
    "loop.txt": lambda path: path.symlink_to(path),
    "dangling.txt": lambda path: path.symlink_to("nowhere"),
    "zero.txt": lambda path: path.symlink_to("/dev/zero"),
    "folder.txt": lambda path: path.mkdir(),
    "\x1b[2J.txt": lambda path: path.write_bytes(b"\xff"),
    "new\nline.txt": lambda path: path.write_bytes(b"\xff"),
    os.fsdecode(b"\xff\xfe.txt"): lambda path: path.write_bytes(b"\xff"),
    os.fsdecode(b"\xff-good.txt"): lambda path: path.write_bytes(b"Ten people fled."),
    "x" * 251 + ".txt": lambda path: path.write_bytes(b"\xff"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_what_is_no_file_or_too_large_is_never_waited_for(
    newsledger: Run, tmp_path: Path, name: str
) -> None:
    MADE[name](tmp_path / name)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = newsledger("sentences", name, "good.txt")
    assert_told(done, codes=(0, 1))
    assert GOOD in done.out
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / name).rename(tmp_path / "folder" / name)
    assert_told(done := newsledger("sentences", "folder"), codes=(0, 1))
    assert GOOD in done.out


@pytest.mark.parametrize(
    "given",
    [
        "", " ", "\t", "nowhere.txt", "nowhere/", "/dev/zero", "/dev/null", "/dev/stdin",
        "/proc/self/mem", "\x00", "a\x00b.txt", "a\nb.txt", "\x1b[2J", "\udcff.txt", "\ud800",
        LONG_NAME, f"{LONG_NAME}.txt", "/".join(["x"] * 5000), "http://", "https://", "http://[",
        "http://[::1", "http://a b/", "http:///x", "http://127.0.0.1:1/", "http://localhost/",
        "http://0x7f.1/", "http://a:99999/", "http://a:x/", "ftp://x/y", "file:///etc/passwd",
        "gopher://x", f"http://{LONG_NAME}/", f"http://x/{LONG_NAME}\x00", "http://\ud800/",
        "http://user:secret@127.0.0.1/", "HTTP://127.0.0.1/", "//x/y", "data:text/plain,Ten",
        "javascript:1", "--", "~nobody/x.txt", "*.txt",
    ],
)  # fmt: skip
def test_an_input_that_is_none_is_told(newsledger: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = newsledger("sentences", given, "good.txt")
    assert_told(done)
    assert "secret" not in done.err
    assert done.code == 2 or GOOD in done.out


@pytest.mark.parametrize(
    "said", [b"", b"\n", b"\xff\xfe\xfd", b"\x00", b"\x1b[2J", b"\xed\xa0\x80", b"{", b"<html>"]
)
def test_what_standard_input_says(newsledger: Run, said: bytes) -> None:
    assert_told(newsledger("quantities", "-", stdin=said.decode("latin-1")), codes=(0, 1))


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            (verb, option, given)
            for given in ("", "\x00", "\x1b[2J", "\udcff", LONG_NAME, "../../etc", "/dev/full")
            for verb, option in (
                ("evaluate", "--model"), ("evaluate", "--labels"), ("train", "--labels"),
                ("train", "--config"), ("promote", "--"), ("-w", "x"),
            )
        ),
        ("quantities", "-", "--policy", LONG_NAME), ("quantities", "-", "--policy", "\x1b[2J"),
        ("sentences", "good.txt", "--out", ""), ("sentences", "good.txt", "--out", "\x00.csv"),
        ("sentences", "good.txt", "--out", f"{LONG_NAME}.csv"),
        ("sentences", "good.txt", "--out", "rows.docx"), ("sentences", "good.txt", "--out", "."),
        ("sentences", "good.txt", "--out", "/dev/null/x.csv"),
        ("sentences", "good.txt", "--out", "good.txt/x.csv"),
        ("-w", LONG_NAME, "models"), ("-w", "\x00", "models"), ("-w", "good.txt", "models"),
        ("-w", "good.txt", "prune"), ("-w", "/dev/null", "train", "--labels", "good.txt"),
        *(
            (verb, "good.txt", option, "\x1b[2J\u202e")
            for verb, option in (
                ("watch", "--every"), ("watch", "--retrain-at"), ("watch", "--summary-at"),
                ("push", "--blind"), ("push", "--overlap"), ("accept", "--precision"),
            )
        ),
        ("--\x1b[2J",), ("\x1b[2J\u202e",), ("models", "--\x9b31m"), ("models", "\x1b[2J"),
        ("prune", "--keep", "-1"), ("prune", "--keep", "9" * 5000), ("prune", "--keep", "x"),
    ],
)  # fmt: skip
def test_an_argument_that_is_none_is_told(
    newsledger: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    assert_told(newsledger(*arguments, stdin=GOOD))
    assert (tmp_path / "good.txt").read_text(encoding="utf-8") == GOOD
