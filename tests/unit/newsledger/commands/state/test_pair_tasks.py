"""Two reports as a task, and answers as decisions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from annotation.labelstudio.projects.side_answers import SideAnswer
from newsledger.commands.state.pair_tasks import pair_task, pairs_config, read_pair_answers
from newsledger.ledger.incidents.asked_pairs import AskedPair
from newsledger.ledger.incidents.pair_decisions import PairAnswer, PairDecision
from tests.unit.newsledger.ledger.reporting import article, claim, reports

HOSTILE = article(
    "hostile", "2025-03-05",
    ("<script>alert(1)</script> killed 12 & hurt 3 on Tuesday.", "bomb",
     [claim("12", 12), claim("3", 3, kind="hurt")]),
    title='<img src=x onerror="alert(2)">', source="A & B <News>",
)  # fmt: skip
PLAIN = article("plain", None, ("A bomb hit Mubi.", "bomb", ()), places=["Mubi"])
ANSWER = SideAnswer(
    "key", {"first_id": "a:0", "second_id": "b:0"}, 7, "ann@x.org", "2026-01-01T00:00:00Z",
    {"verdict": ("newer",), "reason": ("the toll \n rose",)},
)  # fmt: skip


def pair() -> AskedPair:
    first, second = reports(HOSTILE, PLAIN)
    return AskedPair(first, second, "joined", 0.6)


def test_a_task_shows_headline_source_date_day_place_and_claims() -> None:
    task = pair_task(pair(), {"dead": "killed", "hurt": "wounded"})
    first, second = (str(task.data[name]) for name in ("first", "second"))
    assert "published 2025-03-05" in first
    assert "<b>When</b> Tuesday 2025-03-04" in first
    assert "<mark>12</mark><sup> killed</sup> &amp; hurt <mark>3</mark><sup> wounded</sup>" in first
    assert "No headline" in second
    assert "published no date" in second
    assert "<b>When</b> no day named<br><b>Where</b> Mubi" in second
    assert (task.data["first_id"], task.data["second_id"]) == ("hostile:0", "plain:0")
    assert task.key == "hostile:0 plain:0"


def test_nothing_of_an_article_is_html() -> None:
    first = str(pair_task(pair(), {"dead": "<b>"}).data["first"])
    assert set(re.findall(r"<(\w+)", first)) == {"h3", "p", "b", "br", "mark", "sup"}
    assert "A &amp; B &lt;News&gt;" in first
    assert "&lt;img src=x onerror=&quot;" in first


def test_a_long_report_is_cut_but_for_its_claims() -> None:
    some = [(f"Sentence {number}.", "bomb", ()) for number in range(20)]
    long = article("long", "2025-03-05", *some, ("It killed 9.", "bomb", [claim("9", 9)]))
    (report,) = reports(long)
    shown = str(pair_task(replace(pair(), first=report), {}).data["first"])
    assert "Sentence 11." in shown
    assert "Sentence 12." not in shown
    assert "<mark>9</mark>" in shown
    assert "… 8 more sentences" in shown


def test_the_configuration_offers_each_answer_with_a_key() -> None:
    config = pairs_config()
    root = ElementTree.fromstring(config.xml)
    choices = {one.get("alias"): one.get("hotkey") for one in root.iter("Choice")}
    assert choices == {"same": "1", "different": "2", "newer": "3", "unsure": "4"}
    fields = set(re.findall(r"\$(\w+)", config.xml))
    assert fields <= pair_task(pair(), {}).data.keys()


def test_an_answer_becomes_a_decision() -> None:
    (found,) = read_pair_answers([ANSWER])
    assert found == PairDecision(
        "a:0", "b:0", "newer", "ann@x.org", "2026-01-01T00:00:00Z", "the toll rose"
    )
    answers: tuple[PairAnswer, ...] = ("same", "different", "newer", "unsure")
    for answer in answers:
        (found,) = read_pair_answers([replace(ANSWER, values={"verdict": (answer,)})])
        assert isinstance(found, PairDecision)
        assert (found.answer, found.reason) == (answer, "")
    (found,) = read_pair_answers([replace(ANSWER, annotator="")])
    assert isinstance(found, PairDecision)
    assert found.decided_by == "somebody unknown"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "ticks nothing"),
        ({"reason": ("why",)}, "ticks nothing"),
        ({"verdict": ()}, "ticks nothing"),
        ({"verdict": ("same", "different")}, "ticks 'same', 'different'"),
        ({"verdict": ("perhaps",)}, "ticks 'perhaps', which is none of its choices"),
        ({"verdict": ("",)}, "ticks '', which is none of its choices"),
    ],
)
def test_a_bad_answer_is_named(values: Mapping[str, tuple[str, ...]], why: str) -> None:
    (found,) = read_pair_answers([replace(ANSWER, values=values)])
    assert found == f"Task 7 of 'pairs': the answer by ann@x.org {why}; left out."


@pytest.mark.parametrize("data", [{}, {"first_id": "a:0"}, {"first_id": "", "second_id": "b:0"}])
def test_an_answer_to_no_pair_is_named(data: Mapping[str, str]) -> None:
    (found,) = read_pair_answers([replace(ANSWER, data=data)])
    assert str(found).endswith("is of a task that names no two reports; left out.")
