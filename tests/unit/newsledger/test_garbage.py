"""Collections are seldom for a while, and as they were afterwards."""

from __future__ import annotations

import gc

import pytest

from newsledger.garbage import RARELY, seldom_collected


def test_afterwards_all_is_as_it_was() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] == RARELY
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_afterwards_is_also_after_a_failure() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), seldom_collected():
        raise KeyError
    assert gc.get_threshold() == before
