"""Every format that is registered is told of, and no suffix means two things."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.articles.readers.registry import FOLDER_SUFFIXES, FORMATS, SUFFIXES

ROOT = Path(__file__).parents[5]


def test_each_suffix_is_of_one_format_and_in_lower_case() -> None:
    named = [suffix for one in FORMATS for suffix in one.suffixes]
    assert sorted(named) == sorted(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in named)


def test_a_folder_is_searched_for_everything_but_json_of_any_kind() -> None:
    assert set(SUFFIXES) - set(FOLDER_SUFFIXES) == {".json"}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("page", ["README.md", "docs/formats.md"])
def test_the_documents_name_every_suffix(page: str, suffix: str) -> None:
    words = (ROOT / page).read_text(encoding="utf-8").replace("`", " ").replace(",", " ")
    assert suffix in words.replace("(", " ").replace(")", " ").split()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_help_names_every_suffix(suffix: str) -> None:
    from typer.main import get_command

    from newsledger.cli import app

    predict = get_command(app).commands["predict"]  # type: ignore[attr-defined]
    (inputs,) = (one for one in predict.params if one.metavar == "INPUT")
    assert suffix in inputs.help.replace("(", " ").replace(")", " ").split()


def test_each_format_has_a_test_of_its_own() -> None:
    modules = {one.read.__module__.rpartition(".")[2] for one in FORMATS}
    tests = {path.stem.removeprefix("test_") for path in Path(__file__).parent.rglob("test_*.py")}
    assert modules <= tests
