"""What typical corrections cost, in keys, clicks and drags: measured, and told in the docs."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from annotation.records import Annotation, EventScore, NumericClaim, Prediction
from tests.browser.conftest import Open
from tests.browser.pages import Annotator

pytestmark = [pytest.mark.browser, pytest.mark.server]

DOCS = Path(__file__).parents[2] / "docs" / "annotating.md"

TEXT = "At least 12 civilians were killed and 30 wounded near Hajin, where 5 homes burnt down."
SUGGESTION = Prediction(
    "a:0000",
    (EventScore("strike", 0.9),),
    (
        NumericClaim(9, 21, "12 civilians", "killed", Decimal(12), Decimal(12), "exactly"),
        NumericClaim(38, 40, "30", "missing", Decimal(30), Decimal(30), "exactly"),
    ),
    "model-7",
)


def accept(_: Annotator) -> None:
    pass


def tick_another_event(annotator: Annotator) -> None:
    annotator.press("shift+6")


def replace_the_event(annotator: Annotator) -> None:
    annotator.press("2", "3")


def change_the_kind(annotator: Annotator) -> None:
    annotator.select(2)
    annotator.press("w")


def change_the_modifier(annotator: Annotator) -> None:
    annotator.select(2)
    annotator.press("p")


def open_an_end(annotator: Annotator) -> None:
    annotator.select(2)
    annotator.press("m")


def change_a_number(annotator: Annotator) -> None:
    annotator.select(2)
    annotator.press("Tab")
    annotator.type("25")
    annotator.press("shift+Tab")


def move_an_end(annotator: Annotator) -> None:
    annotator.select(1)
    annotator.move_end("left", 0)


def delete_a_claim(annotator: Annotator) -> None:
    annotator.select(1)
    annotator.press("Backspace")


def name_another_place(annotator: Annotator) -> None:
    annotator.type_place("Hajin")
    annotator.leave_field()


def mark_a_claim(annotator: Annotator) -> None:
    annotator.mark("x", "5 homes")


def mark_a_claim_with_values(annotator: Annotator) -> None:
    annotator.mark("x", "5 homes")
    annotator.select(3)
    annotator.press("i", "Tab", "5", "shift+Tab")


def mark_a_range(annotator: Annotator) -> None:
    annotator.mark("x", "5 homes")
    annotator.select(3)
    annotator.press("b", "Tab", "5", "Tab", "6", "shift+Tab", "shift+Tab")


def _values(claim: NumericClaim) -> tuple[object, ...]:
    return claim.low, claim.high, claim.modifier


CORRECTIONS: dict[str, tuple[Callable[[Annotator], None], Callable[[Annotation], bool]]] = {
    "accept a suggestion": (accept, lambda a: len(a.claims) == 2),
    "tick another event type": (
        tick_another_event,
        lambda a: a.events.aliases == ("strike", "destruction"),
    ),
    "replace an event type": (replace_the_event, lambda a: a.events.aliases == ("shelling",)),
    "change the kind of a claim": (change_the_kind, lambda a: a.claims[1].kind == "wounded"),
    "change its modifier": (
        change_the_modifier,
        lambda a: _values(a.claims[1]) == (30, 30, "about"),
    ),
    "open one end of it": (open_an_end, lambda a: _values(a.claims[1]) == (None, 30, "at_most")),
    "change a number of two digits": (
        change_a_number,
        lambda a: _values(a.claims[1]) == (25, 25, "exactly"),
    ),
    "move one end of a claim": (move_an_end, lambda a: a.claims[0].text == TEXT[:21]),
    "delete a claim": (delete_a_claim, lambda a: [c.text for c in a.claims] == ["30"]),
    "name another place, of five letters": (
        name_another_place,
        lambda a: a.corrected_place == "Hajin",
    ),
    "mark a claim": (mark_a_claim, lambda a: a.claims[2].text == "5 homes"),
    "mark a claim with modifier and value": (
        mark_a_claim_with_values,
        lambda a: _values(a.claims[2]) == (5, 5, "exactly"),
    ),
    "mark a claim with modifier, low and high": (
        mark_a_range,
        lambda a: _values(a.claims[2]) == (5, 6, "between"),
    ),
}


def test_each_correction_costs_what_the_docs_say(open_project: Open) -> None:
    sentences = [f"{TEXT} {number}" for number in range(len(CORRECTIONS))]
    annotator = open_project(*sentences, suggestions=[SUGGESTION] * len(sentences))
    cost = {}
    for sentence, (name, (do, _)) in zip(sentences, CORRECTIONS.items(), strict=True):
        annotator.wait_for(sentence)
        annotator.did.clear()
        do(annotator)
        annotator.submit()
        cost[name] = (annotator.did["keys"], annotator.did["clicks"], annotator.did["drags"])
    for number, (name, (_, is_done)) in enumerate(CORRECTIONS.items()):
        assert is_done(annotator.project.annotation(number)), name
    told = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|", DOCS.read_text(), re.MULTILINE)
    assert {name: (int(k), int(c), int(d)) for name, k, c, d in told} == cost
