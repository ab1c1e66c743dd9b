"""Runs of lines without a full stop: menus, lists of headlines, cookie notices, in any language.

A story consists of sentences; a page's navigation, its teasers and tags consist of lines that end
without a stop. One such line says nothing: it may be a headline, a caption or a by-line. Many in a
row do, where the same text has real sentences, too (Thai has no full stops, and a list of headlines
is nothing but such lines). A list that begins with signs or is full of numbers is left alone: lists
of the dead and of incidents look like that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

_MENU = 5
"""Short lines in a row that are a menu."""
_HEADLINES = 10
"""Lines in a row that are a list of headlines."""
_SHORT = 30
"""Characters of a line of a menu."""
_LONGEST = 150
"""Characters of a headline."""
_REAL = 60
"""Characters of a line with a stop that is a sentence of a story."""
_MOST_NUMBERS = 0.3
"""Share of the lines of such a list that may have a numeral."""
_STOPS = ".!?…。！？؟۔।॥။:;,،؛"
_CLOSING = "'’\"”»)]}*"
_BULLETS = "-–—•*·▪●►○◦+>"


def marked_runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Which lines are no part of a story, as ranges.

    Args:
        lines: all lines or sentences of a text, in order; the first one is taken for the headline.
    """
    bare = [is_bare(line) for line in lines]
    if sum(not one and len(line) >= _REAL for one, line in zip(bare, lines, strict=True)) < 2:
        return
    place = 0
    for is_run, group in groupby(bare):
        first, place = place, place + len(list(group))
        if not is_run:
            continue
        first = max(first, 1)
        run = lines[first:place]
        if len(run) >= _HEADLINES and _has_few_numbers(run):
            yield first, place
        elif len(run) >= _MENU:
            yield from _menus(lines, first, place)


def is_bare(line: str) -> bool:
    """True for a line that ends without a stop, is no longer than a headline, and is in no list."""
    end = line.rstrip(_CLOSING)
    return (
        bool(end)
        and len(line) <= _LONGEST
        and end[-1] not in _STOPS
        and line[0] not in _BULLETS
        and "\n" not in line
    )


def _menus(lines: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretches of short lines within a run."""
    place = first
    for short, group in groupby(lines[first:last], lambda line: len(line) <= _SHORT):
        size = len(list(group))
        if short and size >= _MENU and _has_few_numbers(lines[place : place + size]):
            yield place, place + size
        place += size


def _has_few_numbers(lines: Sequence[str]) -> bool:
    return sum(any(map(str.isdigit, line)) for line in lines) <= _MOST_NUMBERS * len(lines)
