"""Work on all cores: the same results in order, whoever made them, and no process that stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from tests.processes import by_whom, gone, only_here, refuses_three
from training import other_cores
from training.other_cores import on_all_cores


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_cores, "cores", lambda: 2)


def in_the_midst() -> None:
    """Write who made the first result, and stay there."""
    with on_all_cores(by_whom, range(50)) as results:
        _, helper = next(results)
        os.write(1, f"{helper}\n".encode())
        time.sleep(60)


@pytest.mark.slow
def test_another_process_is_at_it_before_a_result_is_asked_for() -> None:
    with on_all_cores(by_whom, range(50)) as results:
        number, helper = next(results)
        assert (number, helper != os.getpid()) == (0, True)
        rest = list(results)
    assert [number for number, _ in rest] == list(range(1, 50))
    assert {process for _, process in rest} <= {helper, os.getpid()}
    assert gone(helper)


@pytest.mark.slow
def test_it_goes_where_no_more_results_are_wanted() -> None:
    with on_all_cores(by_whom, range(50)) as results:
        _, helper = next(results)
    assert gone(helper)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 30])
def test_where_it_is_ended_the_work_is_done_here(number: int) -> None:
    with on_all_cores(partial(only_here, os.getpid()), range(number)) as results:
        assert list(results) == list(range(number))


@pytest.mark.slow
def test_what_the_work_raises_is_raised_here() -> None:
    with on_all_cores(refuses_three, range(10)) as results, pytest.raises(ValueError, match="3"):
        list(results)


@pytest.mark.parametrize("what", ["__init__", "submit"])
def test_where_none_can_be_had_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("[Errno 38] Function not implemented")

    monkeypatch.setattr(
        f"joblib.externals.loky.process_executor.ProcessPoolExecutor.{what}", refuse
    )
    with on_all_cores(refuses_three, range(3)) as results:
        assert list(results) == [0, 1, 2]


@pytest.mark.parametrize(("cores", "worth_it"), [(1, True), (2, False)])
def test_with_one_core_or_little_to_do_there_is_no_other_process(
    monkeypatch: pytest.MonkeyPatch, cores: int, worth_it: bool
) -> None:
    monkeypatch.setattr(other_cores, "cores", lambda: cores)
    with on_all_cores(by_whom, range(3), worth_it=worth_it) as results:
        assert list(results) == [(number, os.getpid()) for number in range(3)]


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_none_is_left_behind_when_this_process_is_ended(how: signal.Signals) -> None:
    code = (
        "from tests.unit.training import test_other_cores as this\n"
        "this.other_cores.cores = lambda: 2\n"
        "this.in_the_midst()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        helper = int(parent.stdout.readline())
        assert helper != parent.pid
        parent.send_signal(how)
    assert gone(helper)
