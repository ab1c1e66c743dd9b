"""Charts: where things lie, and that texts are harmless."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from newsledger.report.pages.plots import (
    LEAST_SPAN,
    PlotPoint,
    bar,
    chart,
    columns,
    sparks,
    ticks_from,
    whisker,
)

HOSTILE = '<script>alert("x")</script>&'


def marks(svg: str, tag: str, kind: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(svg)
    return [one for one in root.iter(tag) if one.get("class", "").split()[0] == kind]


def test_points_lie_where_they_should() -> None:
    points = [PlotPoint(0.0, 0.0, None, None, "first"), PlotPoint(1.0, 1.0, 0.5, 1.0, "last")]
    svg = chart(points, label="x", across=[(0, "a")], upward=[(0, "0"), (1, "1")])
    first, last = marks(svg, "circle", "dot")
    assert (first.get("cx"), last.get("cx")) == ("11.00%", "96.00%")
    assert float(first.get("cy", "")) > float(last.get("cy", ""))
    assert len(marks(svg, "line", "whisker")) == 1
    assert len(marks(svg, "line", "curve")) == 1


def test_the_parts_of_a_column_stand_on_each_other() -> None:
    svg = columns([("d1", (1, 3)), ("d2", (0, 2))], ("ann", "bob"), label="x")
    low, high, other = marks(svg, "rect", "part")
    assert float(low.get("y", "")) == pytest.approx(
        float(high.get("y", "")) + float(high.get("height", "")), abs=0.2
    )
    assert other.get("class") == "part p1"


@pytest.mark.parametrize("value", [-1.0, 0.0, 0.5, 1.0, 7.0])
def test_nothing_leaves_its_row(value: float) -> None:
    (dot,) = marks(whisker(value, value, value, "x"), "circle", "dot")
    assert 2 <= float(dot.get("cx", "").rstrip("%")) <= 98
    (drawn,) = marks(bar(value, "x"), "rect", "bar")
    assert 0 <= float(drawn.get("width", "").rstrip("%")) <= 100


def test_texts_are_escaped_wherever_they_stand() -> None:
    point = PlotPoint(0.5, 0.5, 0.4, 0.6, HOSTILE)
    for svg in (
        chart([point], label=HOSTILE, across=[(0, HOSTILE)], upward=[(0, HOSTILE)],
              onward=(1, 1, HOSTILE)),
        columns([(HOSTILE, (1,))], (HOSTILE,), label=HOSTILE),
        whisker(0.5, None, None, HOSTILE),
        bar(0.5, HOSTILE),
        sparks((1, 0, 2), 2, HOSTILE),
    ):  # fmt: skip
        assert "<script" not in svg
        assert ElementTree.fromstring(svg).get("aria-label")


def test_an_axis_has_a_few_round_numbers() -> None:
    assert ticks_from(0.61, 0.68) == (0.55, 0.6, 0.65, 0.7)
    assert ticks_from(0.0, 1.0)[0] == 0.0
    assert ticks_from(0.0, 1.0)[-1] == 1.0
    assert len(ticks_from(0.31, 0.87)) <= 6


@pytest.mark.parametrize("value", [0.0, 0.004, 0.5, 0.937, 0.99, 1.0])
def test_an_axis_around_one_number_stays_within_0_and_1_and_spans_a_tenth(value: float) -> None:
    ticks = ticks_from(value, value)
    assert ticks[0] >= 0.0
    assert ticks[-1] <= 1.0
    assert ticks[0] <= value <= ticks[-1]
    assert ticks[-1] - ticks[0] >= LEAST_SPAN - 1e-9


def test_a_long_number_stands_above_its_line_from_the_edge_on() -> None:
    svg = columns([("d1", (1_050,))], ("ann",), label="x")
    (most,) = marks(svg, "text", "over")
    (none,) = marks(svg, "text", "up")
    assert (most.text, most.get("x")) == ("1,050", "0")
    assert none.text == "0"
