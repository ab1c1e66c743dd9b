"""The account under which a machine labels."""

from __future__ import annotations

import pytest

from annotation.labelstudio.machine_account import is_machine, machine_address


@pytest.mark.parametrize("workspace", ["a1b2c3d4", "x", "0"])
def test_every_workspace_has_a_machine_that_every_other_knows_for_one(workspace: str) -> None:
    assert is_machine(machine_address(workspace))
    assert is_machine(machine_address(workspace).upper())  # servers write addresses as they like
    assert machine_address(workspace) != machine_address(workspace + "1")


@pytest.mark.parametrize(
    "person", ["ann@newsledger.local", "newsledger-machine@x.example", "", "user 7", "ann",
               "newsledger-machine-a@newsledger.local.example"]
)  # fmt: skip
def test_people_are_none(person: str) -> None:
    assert not is_machine(person)
