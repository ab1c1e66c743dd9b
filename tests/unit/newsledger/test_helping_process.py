"""A process that works ahead: the same results in order, and none that outlives this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import islice

import pytest

from newsledger import helping_process
from newsledger.helping_process import AHEAD, WORTH_IT, helped, map_ahead
from tests.processes import by_whom, gone, only_here, refuses_three


@pytest.mark.slow
def test_results_come_in_order_whoever_made_them_and_few_items_are_held() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(50):
            taken += 1
            yield number

    helper = 0
    for place, (number, process) in enumerate(map_ahead(by_whom, items())):
        assert number == place
        assert taken <= place + AHEAD
        if not place:
            helper = process
    assert helper != os.getpid()
    assert gone(helper)


@pytest.mark.slow
def test_it_goes_with_whoever_takes_no_more_results() -> None:
    results = map_ahead(by_whom, range(100))
    ((_, helper),) = islice(results, 1)
    results.close()  # type: ignore[attr-defined]
    assert gone(helper)


@pytest.mark.slow
def test_where_it_is_ended_the_work_is_done_here() -> None:
    work = partial(only_here, os.getpid())
    assert list(map_ahead(work, range(30))) == list(range(30))


@pytest.mark.parametrize("what", ["__init__", "submit"])
def test_where_none_can_be_had_the_work_is_done_here(
    monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("[Errno 38] Function not implemented")

    monkeypatch.setattr(
        f"joblib.externals.loky.process_executor.ProcessPoolExecutor.{what}", refuse
    )
    assert list(map_ahead(refuses_three, [*range(3), *range(4, 30)])) == [*range(3), *range(4, 30)]


@pytest.mark.slow
def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="3"):
        list(map_ahead(refuses_three, range(10)))


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_none_is_left_behind_when_this_process_is_ended(how: signal.Signals) -> None:
    code = (
        "from newsledger.helping_process import map_ahead\n"
        "from tests.processes import by_whom\n"
        "import time\n"
        "for number, process in map_ahead(by_whom, range(100)):\n"
        "    print(process, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        helper = int(parent.stdout.readline())
        parent.send_signal(how)
    assert gone(helper)


@pytest.mark.parametrize(
    ("sentences", "cores", "expected"),
    [(WORTH_IT, 2, map_ahead), (WORTH_IT - 1, 2, map), (WORTH_IT, 1, map)],
)
def test_it_helps_where_there_is_enough_to_do_and_a_core_for_it(
    monkeypatch: pytest.MonkeyPatch, sentences: int, cores: int, expected: object
) -> None:
    monkeypatch.setattr(helping_process, "cores", lambda: cores)
    assert helped(sentences) is expected
