"""Every example of the README runs as it stands, against a Label Studio that it starts itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.console import ROOT, Console
from tests.fits import SharedFits


@pytest.mark.server
@pytest.mark.cores
def test_the_examples_of_the_readme_run(tmp_path: Path, fits: SharedFits) -> None:
    console = Console(tmp_path, fits)
    try:
        console.run_file(ROOT / "README.md")
    finally:
        console.close()
    assert len(console.commands) >= 12
