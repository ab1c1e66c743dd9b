"""The examples of docs/python.md run as they stand, in a workspace of their own."""

from __future__ import annotations

from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

from tests.docs.console import ROOT, Console

PAGE = ROOT / "docs" / "python.md"


def test_the_examples_for_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    console = Console(tmp_path)
    python = PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)
    sybil = Sybil(parsers=[console.parser(), python], path=str(PAGE.parent))
    examples = list(sybil.parse(PAGE).examples())
    for example in examples:
        example.evaluate()
    assert len(console.commands) == 1
    assert len(examples) > 10
