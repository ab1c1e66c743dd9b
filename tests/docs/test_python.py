"""The examples of docs/python.md run as they stand, in a workspace with the starter model."""

from __future__ import annotations

from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from annotation.schema import read_schema
from newsledger.commands.learning import offline
from newsledger.progress import Quiet
from newsledger.settings import read_settings
from tests.docs.console import ROOT

PAGE = ROOT / "docs" / "python.md"


@pytest.mark.slow
def test_the_examples_for_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    offline.champion_or_starter(settings, Quiet(), read_schema(settings.config))
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    python = PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)
    examples = list(Sybil(parsers=[python], path=str(PAGE.parent)).parse(PAGE).examples())
    for example in examples:
        example.evaluate()
    assert len(examples) > 10
