"""Files for the tests of reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.annotation.articles.reading import FileMaker


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileMaker:
    monkeypatch.chdir(tmp_path)
    return FileMaker()
