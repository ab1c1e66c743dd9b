"""What can be known of the local server without starting one; the rest is in tests/server."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import ServerError
from newsledger import server
from newsledger.server import LocalServer


@pytest.mark.parametrize("answer", [None, b"", b"<html>Hello</html>", b"[]", b'{"email": "x@y"}'])
def test_another_program_that_took_the_port_is_told_from_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes | None
) -> None:
    monkeypatch.setattr(server, "_get", lambda url, token=None: answer)
    with pytest.raises(ServerError, match="port 9 is not the Label Studio"):
        LocalServer(tmp_path)._check_identity(9)
