"""Programs that run inside Label Studio, on the SQLite of a server that has been set up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from annotation.labelstudio.server import server_process


def told_inside(program: str, data: Path) -> Any:
    """The JSON that a program prints as its last line; it has to end well.

    Args:
        program: Python, which sets Label Studio up itself.
        data: the server's data folder.
    """
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=server_process.environment(
            data, "somebody@localhost", "secret-1234", "0" * 40, database={}
        ),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
