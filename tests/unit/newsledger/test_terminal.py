"""What is told of a long step where nobody watches a bar: a log, a pipe."""

from __future__ import annotations

import pytest

from newsledger.terminal import Terminal


def told(capsys: pytest.CaptureFixture[str], total: int | None, *steps: int) -> list[str]:
    with Terminal().track("Replacing suggestions", total) as advance:
        for step in steps:
            advance(step)
    return [
        line.removeprefix("Replacing suggestions: ")
        for line in capsys.readouterr().err.splitlines()
    ]


def test_a_log_says_how_far_it_is_at_each_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, 2000, *[100] * 20) == [f"{n:,} of 2,000" for n in range(200, 2001, 200)]


@pytest.mark.parametrize(
    ("total", "steps", "lines"),
    [
        (None, [100, 100], ["200"]),
        (None, [], []),
        (50, [50], ["50 of 50"]),
        (50, [], []),
        (100, [1] * 100, [f"{n} of 100" for n in range(10, 101, 10)]),
        (3, [1, 1, 1], ["1 of 3", "2 of 3", "3 of 3"]),
        (10, [7, 0, 3], ["7 of 10", "10 of 10"]),
        (0, [], []),
    ],
)
def test_it_says_no_more_than_there_is(
    capsys: pytest.CaptureFixture[str], total: int | None, steps: list[int], lines: list[str]
) -> None:
    assert told(capsys, total, *steps) == lines


def test_rows_and_json_are_not_accompanied(capsys: pytest.CaptureFixture[str]) -> None:
    for terminal in (Terminal(quiet=True), Terminal(as_json=True)):
        with terminal.track("Replacing suggestions", 10) as advance:
            advance(10)
    assert capsys.readouterr().err == ""
