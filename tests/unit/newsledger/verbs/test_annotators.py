"""The verbs below annotators, where no server runs. With one, see tests/server and the README."""

from __future__ import annotations

import pytest

from tests.unit.newsledger.conftest import Run


@pytest.mark.parametrize("verb", [["add", "Ann"], ["list"]])
def test_without_a_server_the_way_to_start_one_is_named(newsledger: Run, verb: list[str]) -> None:
    done = newsledger("annotators", *verb)
    assert done.code == 1
    assert "No Label Studio is running" in done.err
    assert "newsledger up" in done.err


def test_without_a_database_there_is_no_password_to_change(newsledger: Run) -> None:
    done = newsledger("annotators", "reset-password")
    assert done.code == 1
    assert "There is no local Label Studio in" in done.err


def test_a_verb_below_is_needed(newsledger: Run) -> None:
    assert newsledger("annotators").code == 2
