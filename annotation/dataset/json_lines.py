"""The files of a snapshot: JSON objects, one a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any


def lines_of(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The lines of a file, in UTF-8, each as it is asked for."""
    return ((json.dumps(row, ensure_ascii=False) + "\n").encode() for row in rows)


def digest_of(lines: Iterable[bytes]) -> str:
    """The SHA-256 of a file of these lines, as 64 hex digits."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()


def rows_of(content: bytes) -> Iterator[dict[str, Any]]:
    """The objects of a file, each as it is asked for.

    Raises:
        ValueError: a line is no JSON, or holds more than one value.
    """
    # Not splitlines(): that would also split at U+2028 and its like inside a sentence. One decoder
    # for all rows: to make one for each takes as long as reading it.
    read = json.JSONDecoder().raw_decode
    for line in BytesIO(content):
        if text := line.decode().strip():
            row, end = read(text)
            if end < len(text):
                raise ValueError(f"after a row stands {text[end : end + 20]!r}")
            yield row
