"""Further real servers, without waiting for their migrations; models that are fitted once."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotation.labelstudio.server.local_server import LocalServer
from tests.fits import SharedFits


@pytest.fixture(scope="session", autouse=True)
def trained_once(fits: SharedFits) -> SharedFits:
    """Each model is fitted once."""
    return fits


@pytest.fixture
def settled(local_server: LocalServer, tmp_path: Path) -> Path:
    """The folder of a server that has been started before and does not run."""
    folder = tmp_path / "label-studio"
    (folder / "data").mkdir(parents=True)
    shutil.copy(local_server.folder / "login.json", folder)
    shutil.copy(local_server.folder / "data" / ".env", folder / "data")
    name = "label_studio.sqlite3"
    with (
        closing(sqlite3.connect(local_server.folder / "data" / name)) as source,
        closing(sqlite3.connect(folder / "data" / name)) as copy,
    ):
        source.backup(copy)
    return folder
