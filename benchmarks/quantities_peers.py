"""The libraries that ``quantities`` compares with, and when two spans are of one place."""

from __future__ import annotations

import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

Span = tuple[int, int]


Spans = Callable[[str], list[Span]]


def load_quantulum() -> Callable[[str], list[Any]]:
    """quantulum3's parser, without its classifier."""
    warnings.simplefilter("ignore")
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    return lambda text: list(parser.parse(text))


def load_recognizers() -> dict[str, Callable[[str], list[Any]]]:
    """The recognisers by name; each gives results with ``start`` and an inclusive ``end``."""
    vars(import_module("emoji")).setdefault("UNICODE_EMOJI", import_module("emoji").EMOJI_DATA)
    warnings.simplefilter("ignore")
    numbers = import_module("recognizers_number")
    amounts = import_module("recognizers_number_with_unit")

    def of(module: types.ModuleType, name: str) -> Callable[[str], list[Any]]:
        recognise = getattr(module, f"recognize_{name}")
        return lambda text: list(recognise(text, "en-us"))

    return {
        "number": of(numbers, "number"),
        "percentage": of(numbers, "percentage"),
        "currency": of(amounts, "currency"),
        "dimension": of(amounts, "dimension"),
    }


@dataclass
class Peers:
    """Spans by each library: everything, and money alone."""

    everything: dict[str, Spans]
    money: dict[str, Spans]
    quantulum: Callable[[str], list[Any]]


def load_peers() -> Peers:
    """Both libraries, ready to run."""
    parse = load_quantulum()
    recognise = load_recognizers()

    def quantulum(keep: Callable[[str], bool]) -> Spans:
        return lambda text: [q.span for q in parse(text) if keep(q.unit.entity.name)]

    def recognizers(*names: str) -> Spans:
        def spans(text: str) -> list[Span]:
            found: list[Span] = []
            for name in names:
                for result in recognise[name](text):
                    span = (result.start, result.end + 1)
                    if not any(overlap(span, other) for other in found):
                        found.append(span)
            return found

        return spans

    return Peers(
        everything={
            "quantulum3": quantulum(lambda entity: entity != "time"),
            "recognizers": recognizers("currency", "dimension", "percentage", "number"),
        },
        money={
            "quantulum3": quantulum(lambda entity: entity == "currency"),
            "recognizers": recognizers("currency"),
        },
        quantulum=parse,
    )


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a code point."""
    return a[0] < b[1] and b[0] < a[1]
