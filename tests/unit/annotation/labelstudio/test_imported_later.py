"""Libraries that others bring along and nothing here uses are loaded where somebody does."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from annotation.labelstudio.imported_later import OF_NLTK, OF_THE_SDK, imported_later

HEAVY = """
loaded = True
def doubled(number):
    return 2 * number
class Table:
    @classmethod
    def of(cls, *rows):
        return list(rows)
"""
NEEDS = "from heavy import Table, doubled\nfrom heavy import below\nimport heavy as h\n"


@pytest.fixture
def libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``needs``, which imports ``heavy``, a package with the module ``below``."""
    (tmp_path / "heavy").mkdir()
    (tmp_path / "heavy" / "__init__.py").write_text(HEAVY)
    (tmp_path / "heavy" / "below.py").write_text("def tripled(number):\n    return 3 * number\n")
    (tmp_path / "needs.py").write_text(NEEDS)
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("needs", "heavy", "heavy.below"):
        monkeypatch.delitem(sys.modules, name, raising=False)


@pytest.mark.usefixtures("libraries")
def test_a_library_is_there_once_something_of_it_is_called() -> None:
    with imported_later("heavy"):
        needs = importlib.import_module("needs")
    assert "heavy" not in sys.modules
    assert needs.doubled(4) == 8
    assert sys.modules["heavy"].loaded


@pytest.mark.usefixtures("libraries")
def test_so_it_is_within_the_block_and_for_what_a_class_or_a_module_has() -> None:
    with imported_later("heavy"):
        needs = importlib.import_module("needs")
        assert needs.Table.of(1, 2) == [1, 2]
        assert needs.below.tripled(2) == 6
        assert needs.h.doubled(1) == 2
    assert sys.modules["heavy"].loaded


@pytest.mark.usefixtures("libraries")
def test_whoever_imports_it_afterwards_gets_the_library() -> None:
    with imported_later("heavy"):
        importlib.import_module("needs")
    assert importlib.import_module("heavy").loaded


@pytest.mark.usefixtures("libraries")
def test_what_is_loaded_already_stays() -> None:
    heavy = importlib.import_module("heavy")
    with imported_later("heavy"):
        assert importlib.import_module("needs").h is heavy
    assert sys.modules["heavy"] is heavy


@pytest.mark.usefixtures("libraries")
def test_an_error_meanwhile_leaves_no_stand_in() -> None:
    with pytest.raises(ZeroDivisionError), imported_later("heavy"):
        raise ZeroDivisionError
    assert importlib.import_module("heavy").loaded


@pytest.mark.slow
@pytest.mark.parametrize(
    ("does", "unneeded"),
    [
        (
            "from annotation.labelstudio.client import Client\n"
            "sdk = Client('http://127.0.0.1:9', 'x' * 40).sdk\n"
            "sdk.users, sdk.versions, sdk.actions, sdk.views, sdk.tasks, sdk.predictions\n"
            "sdk.annotations, sdk.projects.exports",
            (*OF_THE_SDK, "faker", "smart_open", "boto3"),
        ),
        (
            "from annotation.labelstudio.imported_later import OF_NLTK, imported_later\n"
            "with imported_later(*OF_NLTK):\n"
            "    import nltk.tokenize.treebank",
            OF_NLTK,
        ),
    ],
    ids=["the SDK", "NLTK"],
)
def test_nothing_of_that_is_loaded_with(does: str, unneeded: tuple[str, ...]) -> None:
    tell = f"import sys; print([one for one in {unneeded} if one in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{does}\n{tell}"], capture_output=True, text=True, check=False
    )
    assert done.stdout == "[]\n", done.stderr
