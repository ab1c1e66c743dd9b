"""The files of a snapshot, line by line."""

from __future__ import annotations

import hashlib

import pytest

from annotation.dataset.json_lines import digest_of, lines_of, rows_of

ROWS = [{"a": "ü\u2028", "b": [1, None]}, {}]


def test_what_is_written_is_read() -> None:
    content = b"".join(lines_of(ROWS))
    assert content == '{"a": "ü\u2028", "b": [1, null]}\n{}\n'.encode()
    assert list(rows_of(content)) == ROWS


def test_the_digest_is_that_of_the_whole_file() -> None:
    whole = hashlib.sha256(b"".join(lines_of(ROWS))).hexdigest()
    assert digest_of(lines_of(ROWS)) == whole


@pytest.mark.parametrize("line", [b"{} {}", b"{", b"\xff"])
def test_a_damaged_line_is_an_error(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"row|Expecting|decode"):
        list(rows_of(line))
