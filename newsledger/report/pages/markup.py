"""Pieces of HTML that all sections are made of; every text that comes in is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from newsledger.report.figures.measured import Measured

MarkupRow = tuple[str, Sequence[str]]
"""What a row is about, and its cells."""
MOST_ON_PAPER = 20
"""Rows of a table behind a chart up to which it is printed: about half a page of A4."""


def escaped(text: object) -> str:
    """A text as HTML.

    Args:
        text: whatever somebody typed.
    """
    return html.escape(str(text))


def prose(text: str) -> str:
    """A text as HTML; what stands between backticks is code, and days and weeks stay in one line.

    Args:
        text: whatever somebody typed.
    """
    return _unbroken(re.sub("`([^`]+)`", r"<code>\1</code>", escaped(text)))


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph of plain text.

    Args:
        text: the text.
        kind: class of the paragraph.
    """
    shown = f' class="{kind}"' if kind else ""
    return f"<p{shown}>{prose(text)}</p>" if text else ""


def section(key: str, title: str, *parts: str) -> str:
    """A section of the page.

    Args:
        key: its id.
        title: its heading.
        parts: HTML.
    """
    return (
        f'<section id="{key}" aria-labelledby="{key}-title">'
        f'<h2 id="{key}-title">{escaped(title)}</h2>{"".join(parts)}</section>'
    )


def tiles(*shown: str) -> str:
    """Large numbers beside each other.

    Args:
        shown: made by ``tile`` or ``count``.
    """
    return f'<ul class="numbers">{"".join(shown)}</ul>'


def count(number: int, what: str, more: str = "") -> str:
    """A number that is counted and so has no interval.

    Args:
        number: the number.
        what: what is counted.
        more: a line below it.
    """
    return _tile(f"{number:,}", what, more)


def tile(figure: Measured, what: str, *, digits: int = 2) -> str:
    """A number that is measured, with its interval and n, or why there is none.

    Args:
        figure: the number.
        what: what it is.
        digits: after the point.
    """
    if figure.value is None:
        return _tile("not known", what, figure.why_none, "unknown")
    return _tile(f"{figure.value:,.{digits}f}", what, interval(figure, digits=digits))


def interval(figure: Measured, *, digits: int = 2) -> str:
    """Interval and n of a number, or why there is none.

    Args:
        figure: the number.
        digits: after the point.
    """
    if figure.value is None:
        return figure.why_none
    rests = f"n = {figure.n:,} {figure.of}"
    if figure.low is None or figure.high is None:
        return rests
    return f"{figure.low:,.{digits}f} to {figure.high:,.{digits}f}; {rests}"


def value(figure: Measured, *, digits: int = 2) -> str:
    """A number alone; a dash where there is none.

    Args:
        figure: the number.
        digits: after the point.
    """
    return "–" if figure.value is None else f"{figure.value:,.{digits}f}"


def ends(figure: Measured, *, digits: int = 2) -> str:
    """The interval alone, or why there is no number.

    Args:
        figure: the number.
        digits: after the point.
    """
    if figure.value is None or figure.low is None or figure.high is None:
        return figure.why_none or "–"
    return f"{figure.low:,.{digits}f} to {figure.high:,.{digits}f}"


def table(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[MarkupRow],
    *,
    words: frozenset[int] = frozenset(),
) -> str:
    """A table of plain texts, that scrolls by itself where it is too wide.

    On a narrow screen the cells of a table with words stand below each other, each after the
    heading of its column. On paper a table behind a chart that has more than ``MOST_ON_PAPER`` rows
    is left out, and its place says so.

    Args:
        caption: what it shows.
        headings: of the columns, the first of which names the rows.
        rows: what stands in it.
        words: numbers of the columns, without the first, that are words and no numbers.
    """
    head = "".join(
        f'<th scope="col"{"" if not place or place - 1 in words else _RIGHT}>{escaped(one)}</th>'
        for place, one in enumerate(headings)
    )
    said = [
        f' data-heading="{escaped(one)}"' if one and words else "" for one in list(headings)[1:]
    ]
    rows = list(rows)
    body = "".join(
        f'<tr><th scope="row">{_unbroken(escaped(name))}</th>'
        + "".join(
            f'<td class="{"words" if place in words else "n" + _say(one)}"{said[place]}>'
            f"{prose(one)}</td>"
            for place, one in enumerate(cells)
        )
        + "</tr>"
        for name, cells in rows
    )
    long = (
        f' data-paper="{len(rows):,} rows: open the page on a screen to read them."'
        if len(rows) > MOST_ON_PAPER
        else ""
    )
    return (
        f'<div class="wide{" long" if long else ""}" tabindex="0"{long}>'
        f"<table{_TOLD if words else ''}><caption>{escaped(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def pictured(
    caption: str,
    headings: Sequence[str],
    rows: Iterable[tuple[str, str, Sequence[str], bool]],
) -> str:
    """A table in which each row has a small picture of its number.

    Args:
        caption: what it shows.
        headings: of the columns: rows, picture, cells.
        rows: what each is about, its picture (SVG), its cells, and whether it rests on so little
            that it is shown faintly. On a narrow screen only the first two cells are shown.
    """
    head = "".join(
        f'<th scope="col"{_RIGHT if place > 1 else ""}>{escaped(one)}</th>'
        for place, one in enumerate(headings)
    )
    body = []
    for name, picture, cells, faint in rows:
        shown = "".join(
            f'<td class="n{" more" if place > 1 else ""}{_say(one)}">{escaped(one)}</td>'
            for place, one in enumerate(cells)
        )
        kind = ' class="faint"' if faint else ""
        body.append(
            f'<tr{kind}><th scope="row">{escaped(name)}</th><td class="plot">{picture}</td>'
            f"{shown}</tr>"
        )
    return (
        f'<div class="wide"><table class="picture"><caption>{escaped(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def behind(summary: str, *inside: str) -> str:
    """What opens at a click: the table behind a chart.

    Args:
        summary: what it is.
        inside: HTML.
    """
    return f"<details><summary>{escaped(summary)}</summary>{''.join(inside)}</details>"


def figure_of(title: str, caption: str, picture: str, *below: str) -> str:
    """A chart with a heading, a sentence and what stands below it.

    Args:
        title: its heading.
        caption: how to read it.
        picture: SVG, or a table.
        below: HTML.
    """
    return (
        f"<figure><h3>{escaped(title)}</h3><figcaption>{prose(caption)}</figcaption>"
        f"{picture}{''.join(below)}</figure>"
    )


def charts(*figures: str, small: bool = False) -> str:
    """Charts beside each other where there is room.

    Args:
        figures: made by ``figure_of``; empty ones are left out.
        small: they need less room than a table beside a picture does.
    """
    kind = "charts small" if small else "charts"
    return f'<div class="{kind}">{"".join(figures)}</div>' if any(figures) else ""


_RIGHT = ' class="n"'
_TOLD = ' class="told"'
_DAY_OR_WEEK = re.compile(r"\b\d{4}-(?:W\d\d|\d\d-\d\d)\b")
_LONGEST_NUMBER = 18  # characters; what is longer is a sentence, and may be wrapped


def _unbroken(text: str) -> str:
    """HTML in which no line ends within a day or a week: a line may end behind each hyphen."""
    return _DAY_OR_WEEK.sub(r'<span class="whole">\g<0></span>', text)


def _say(cell: str) -> str:
    return " say" if len(cell) > _LONGEST_NUMBER else ""


def _tile(number: str, what: str, more: str, kind: str = "") -> str:
    shown = f' class="{kind}"' if kind else ""
    below = f"<small>{escaped(more)}</small>" if more else ""
    return f"<li><b{shown}>{escaped(number)}</b><span>{escaped(what)}</span>{below}</li>"
