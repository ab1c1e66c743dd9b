"""What is written for the process of a local Label Studio before it starts."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from annotation.labelstudio.server.server_process import write_secret_key


def test_the_key_of_the_sessions_has_nothing_that_its_reader_would_take_apart(
    tmp_path: Path,
) -> None:
    write_secret_key(tmp_path)
    written = tmp_path / ".env"
    assert re.fullmatch(r"SECRET_KEY=[0-9a-f]{64}\n", written.read_text())
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_a_key_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SECRET_KEY=somebody's\n")
    write_secret_key(tmp_path)
    assert (tmp_path / ".env").read_text() == "SECRET_KEY=somebody's\n"
