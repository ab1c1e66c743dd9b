"""Charts as inline SVG: numbers in, text out.

Positions across are shares of the width, in per cent, and positions down are pixels; so a chart
fills whatever room it gets while its letters stay as large as they are. Colours are the page's, by
class, for light, dark and paper. Each mark has a ``<title>``, which a mouse shows and a screen
reader reads; the numbers stand in a table behind each chart, too.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

HEIGHT = 220
"""Pixels of a chart with axes."""
LEFT, RIGHT, TOP, BOTTOM = 9.0, 98.0, 12, 190
"""Where the field of a chart lies: per cent across, pixels down."""
MARGIN = 2.0
"""Per cent of the width that the field keeps free at both sides of its points."""
SHADES = 6
"""Classes of colour for people: the seventh has that of the first."""
LEAST_SPAN = 0.1
"""How much of 0 to 1 an axis shows at least, lest a hundredth look like a leap."""
_BESIDE = 4
"""Characters for which there is room left of the field, where the page is 390 pixels wide."""


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """One point of a chart with its interval."""

    x: float
    """Where it lies, from 0 to 1."""
    y: float
    """How high, from 0 to 1."""
    low: float | None
    """Lower end of its interval, from 0 to 1."""
    high: float | None
    """Upper end."""
    says: str
    """What it is, in words."""


def chart(
    points: Sequence[PlotPoint],
    *,
    label: str,
    across: Sequence[tuple[float, str]],
    upward: Sequence[tuple[float, str]],
    joined: bool = True,
    diagonal: bool = False,
    onward: tuple[float, float, str] | None = None,
) -> str:
    """Points with whiskers over two axes.

    Args:
        points: from left to right.
        label: what the chart shows, for those who do not see it.
        across: places from 0 to 1 with what stands below them.
        upward: heights from 0 to 1 with what stands beside them, or above where it is long.
        joined: draw a line through the points.
        diagonal: draw the line on which both axes say the same.
        onward: where the line would go on to, and in words.
    """
    parts = [_grid(across, upward)]
    if diagonal:
        parts.append(_line(0, 0, 1, 1, "rule"))
    if joined:
        parts += [_line(one.x, one.y, other.x, other.y, "curve") for one, other in pairwise(points)]
    if onward is not None and points:
        x, y, says = onward
        parts.append(_line(points[-1].x, points[-1].y, x, y, "onward"))
        parts.append(_dot(x, y, says, "open"))
    for one in points:
        if one.low is not None and one.high is not None:
            parts.append(_line(one.x, one.low, one.x, one.high, "whisker"))
        parts.append(_dot(one.x, one.y, one.says, "dot"))
    return _svg("chart", HEIGHT, label, parts)


def whisker(value: float, low: float | None, high: float | None, says: str) -> str:
    """One number from 0 to 1 as a dot with its interval, to stand in a row of a table.

    Args:
        value: the number.
        low: lower end of the interval.
        high: upper end.
        says: the same in words.
    """
    parts = ['<line class="base" x1="2%" x2="98%" y1="9" y2="9"/>']
    if low is not None and high is not None:
        parts.append(
            f'<line class="whisker" x1="{_inside(low)}" x2="{_inside(high)}" y1="9" y2="9"/>'
        )
    parts.append(f'<circle class="dot" cx="{_inside(value)}" cy="9" r="4"/>')
    return _svg("row", 18, says, parts)


def bar(share: float, says: str) -> str:
    """One number as a bar, to stand in a row of a table.

    Args:
        share: of the greatest, from 0 to 1.
        says: the same in words.
    """
    width = max(0.0, min(share, 1.0)) * 100
    return _svg(
        "row", 18, says, [f'<rect class="bar" x="0" y="4" width="{width:.2f}%" height="10"/>']
    )


def columns(
    stacks: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], *, label: str
) -> str:
    """Columns over time, each of several parts.

    Args:
        stacks: what stands below a column, and how much each part of it is.
        names: of the parts.
        label: what the chart shows, for those who do not see it.
    """
    most = max((sum(parts) for _, parts in stacks), default=0) or 1
    step = (RIGHT - LEFT) / max(len(stacks), 1)
    wide = min(step * 0.8, 6.0)
    parts = [_grid(_few_below(stacks, step), [(0, "0"), (1, f"{most:,}")])]
    for place, (day, numbers) in enumerate(stacks):
        x, below = LEFT + step * (place + 0.5) - wide / 2, 0
        for part, number in enumerate(numbers):
            if not number:
                continue
            top, foot = _down((below + number) / most), _down(below / most)
            below += number
            says = html.escape(f"{day}: {names[part]}, {number:,}")
            parts.append(
                f'<rect class="part p{part % SHADES}" x="{x:.2f}%" y="{top:.1f}" '
                f'width="{wide:.2f}%" height="{max(foot - top, 0.5):.1f}">'
                f"<title>{says}</title></rect>"
            )
    return _svg("chart", HEIGHT, label, parts)


def sparks(numbers: Sequence[int], most: int, says: str) -> str:
    """Small columns, to stand in a row of a table.

    Args:
        numbers: one a column.
        most: what fills the height.
        says: the same in words.
    """
    step = 100 / max(len(numbers), 1)
    parts = [
        f'<rect class="bar" x="{place * step:.2f}%" y="{26 - 24 * number / max(most, 1):.1f}" '
        f'width="{min(step * 0.85, 4):.2f}%" height="{24 * number / max(most, 1):.1f}"/>'
        for place, number in enumerate(numbers)
        if number
    ]
    return _svg(
        "spark", 28, says, ['<line class="base" x1="0" x2="100%" y1="26.5" y2="26.5"/>', *parts]
    )


def ticks_from(low: float, high: float) -> tuple[float, ...]:
    """Round numbers around some, for an axis within 0 and 1 that spans at least ``LEAST_SPAN``.

    Args:
        low: the least of them, from 0 to 1.
        high: the greatest.
    """
    lacking = max(LEAST_SPAN - (high - low), 0.0)
    low = min(max(low - lacking / 2, 0.0), 1 - LEAST_SPAN)
    high = max(min(high + lacking / 2, 1.0), LEAST_SPAN)
    step = next(one for one in (0.05, 0.1, 0.2) if one == 0.2 or (high - low) / one <= 4)
    first, last = int(round(low / step, 6)), ceil(round(high / step, 6))
    return tuple(round(step * number, 4) for number in range(first, last + 1))


def _few_below(stacks: Sequence[tuple[str, Sequence[int]]], step: float) -> list[tuple[float, str]]:
    """The first, the last and, where there is room, one in the middle."""
    n = len(stacks)
    chosen = sorted({0, n - 1, *([n // 2] if n > 6 else [])}) if n else []
    wide = RIGHT - LEFT
    return [(step * (place + 0.5) / wide, stacks[place][0]) for place in chosen]


def _grid(across: Sequence[tuple[float, str]], upward: Sequence[tuple[float, str]]) -> str:
    parts = []
    for height, text in upward:
        y = _down(height)
        where = (
            f'class="up" x="{LEFT - 1}%" y="{y + 4:.1f}"'
            if len(text) <= _BESIDE
            else f'class="over" x="0" y="{y - 3:.1f}"'
        )
        parts.append(
            f'<line class="grid" x1="{LEFT}%" x2="{RIGHT}%" y1="{y:.1f}" y2="{y:.1f}"/>'
            f"<text {where}>{html.escape(text)}</text>"
        )
    for place, text in across:
        side = "first" if place < 0.15 else "last" if place > 0.85 else "middle"
        parts.append(
            f'<text class="below {side}" x="{_across(place)}" y="{BOTTOM + 20}">'
            f"{html.escape(text)}</text>"
        )
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return (
        f'<line class="{kind}" x1="{_across(x1)}" y1="{_down(y1):.1f}" '
        f'x2="{_across(x2)}" y2="{_down(y2):.1f}"/>'
    )


def _dot(x: float, y: float, says: str, kind: str) -> str:
    return (
        f'<circle class="{kind}" cx="{_across(x)}" cy="{_down(y):.1f}" r="4.5">'
        f"<title>{html.escape(says)}</title></circle>"
    )


def _across(place: float) -> str:
    return f"{LEFT + MARGIN + (RIGHT - LEFT - 2 * MARGIN) * max(0.0, min(place, 1.0)):.2f}%"


def _inside(share: float) -> str:
    return f"{2 + 96 * max(0.0, min(share, 1.0)):.2f}%"


def _down(height: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * max(0.0, min(height, 1.0))


def _svg(kind: str, height: int, label: str, parts: Sequence[str]) -> str:
    said = html.escape(label)
    return (
        f'<svg class="{kind}" role="img" aria-label="{said}" width="100%" height="{height}">'
        f"{''.join(parts)}</svg>"
    )
