"""Rollbacks go through what was champion, one by one, whatever was killed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.errors import ModelDamagedError, ModelError
from tests.rollbacks import roll_back
from training.registry import champion, rollback
from training.registry.champion import champion_id, set_champion
from training.registry.rollback import (
    Rollback,
    begin_rollback,
    finish_rollback,
    predecessor,
    unfinished_rollback,
)


def all_the_way_back(models: Path) -> list[str]:
    """Where rollbacks lead until there is none left."""
    found = []
    with suppress(ModelError):
        while True:
            found.append(roll_back(models).goal)
    return found


def test_whatever_was_champion_is_reached_in_turn(models: Path) -> None:
    for name in ("model1", "model2", "model1"):
        set_champion(models, name, reason="better")
    assert all_the_way_back(models) == ["model2", "model1", "model0"]
    assert champion_id(models) == "model0"


def test_a_rollback_that_was_cut_off_is_finished_and_goes_no_further(models: Path) -> None:
    set_champion(models, "model1", reason="better")
    set_champion(models, "model2", reason="better still")
    begun = Rollback(start="model2", goal="model1")
    assert begin_rollback(models, reason="bad") == begun
    assert predecessor(models) == "model1"
    assert begin_rollback(models, reason="again") == begun == unfinished_rollback(models)
    assert champion_id(models) == "model1"
    finish_rollback(models)
    assert begin_rollback(models, reason="and now further").goal == "model0"


def test_a_promotion_ends_a_rollback_that_was_cut_off(models: Path) -> None:
    set_champion(models, "model1", reason="better")
    begin_rollback(models, reason="bad")
    set_champion(models, "model1", reason="not so bad")
    set_champion(models, "model2", reason="better")
    assert unfinished_rollback(models) is None
    assert all_the_way_back(models) == ["model1", "model0"]


def test_a_goal_that_is_damaged_is_never_named(models: Path) -> None:
    set_champion(models, "model1", reason="better")
    (models / "model0" / "model.joblib").write_bytes(b"")
    with pytest.raises(ModelDamagedError):
        begin_rollback(models, reason="bad")
    assert unfinished_rollback(models) is None
    assert champion_id(models) == "model1"


def test_a_goal_that_cannot_be_read_is_told_with_the_way_out(models: Path) -> None:
    (models / "rollback.json").write_text("[]")
    with pytest.raises(ModelError, match=r"rollback\.json.*not a JSON object"):
        begin_rollback(models, reason="bad")


class Killed(BaseException):
    """What a signal does, at a chosen moment."""


STEPS = ("append_to_history", "_point", "write_json_state", "finish_rollback")


def run_until(step: str, where: str, act: Callable[[], object]) -> None:
    """Run an act, and kill it just before or after a step; an empty step lets it end."""
    if not step:
        act()
        return
    module = champion if hasattr(champion, step) else rollback
    real = getattr(module, step)

    def killing(*args: Any, **options: Any) -> None:
        if where == "after":
            real(*args, **options)
        raise Killed

    with patch.object(module, step, killing), suppress(Killed):
        act()


ACTS = st.tuples(
    st.sampled_from(("a", "b", "c", "back", "back")),
    st.sampled_from(("", *STEPS)),
    st.sampled_from(("before", "after")),
)


@pytest.mark.slow
@given(st.lists(ACTS, max_size=15))
def test_after_any_kills_the_way_back_is_the_way_that_came_true(
    acts: list[tuple[str, str, str]],
) -> None:
    with ExitStack() as stack:
        models = Path(stack.enter_context(TemporaryDirectory()))
        for module in (champion, rollback):  # what is in the folders is another matter
            stack.enter_context(patch.object(module, "verified", lambda *_, **__: None))
        for name in "abc":
            (models / name).mkdir()
        set_champion(models, "a", reason="the first")
        turn = ["a"]
        for act, step, where in acts:
            killed = step if act == "back" or step in STEPS[:2] else ""
            if act == "back":
                if len(turn) == 1:
                    continue
                run_until(killed, where, partial(roll_back, models))
                if killed and (killed, where) != ("finish_rollback", "after"):
                    roll_back(models)  # who sees it cut off runs it again
                turn.pop()
            else:
                run_until(killed, where, partial(set_champion, models, act, reason="better"))
                came_true = not killed or (killed, where) == ("_point", "after")
                if came_true and turn[-1] != act:
                    turn.append(act)
            assert champion_id(models) == turn[-1]
        assert all_the_way_back(models) == turn[-2::-1]
