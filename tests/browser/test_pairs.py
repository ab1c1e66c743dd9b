"""Two reports side by side in a real browser: read, decided with a key, read back."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from annotation.labelstudio.sync import LabelStudio
from newsledger.commands.state.pair_tasks import pair_task, pairs_config, read_pair_answers
from newsledger.ledger.incidents.asked_pairs import AskedPair
from newsledger.ledger.incidents.pair_decisions import PairDecision
from tests.conftest import Studio
from tests.unit.newsledger.ledger.reporting import article, claim, reports

pytestmark = [pytest.mark.browser, pytest.mark.server]

KINDS = {"dead": "killed", "hurt": "wounded"}
MARKET = article(
    "market", "2025-03-05",
    ("A bomb in a handcart killed 12 people at the grain market of Mubi on Tuesday, police said.",
     "bomb", [claim("12 people", 12, "police")]),
    ("At least 30 others were wounded, three of them <children & women>.", "bomb",
     [claim("At least 30", 30, kind="hurt", modifier="at_least")]),
    title="Bomb kills 12 at market in Mubi", source="Adamawa Herald", places=["Mubi"],
)  # fmt: skip
LATER = article(
    "later", "2025-03-07",
    ("The toll of the bomb at the grain market of Mubi rose to 17, the hospital said.",
     "bomb", [claim("17", 17, "the hospital")]),
    *[(f"Traders mourned for the {number}th time behind their stalls, which the blast had torn to "
       "pieces on a crowded morning.", "bomb", ()) for number in range(4, 9)],
    title="Toll of Mubi market bomb rises", source="Lagos Courier", places=["Mubi"],
)  # fmt: skip
LONG = article(
    "long", "2025-03-08",
    *[(f"Sentence {number} of a long report goes on and on about the market of Mubi and about "
       "everything that happened there on Tuesday.", "bomb", ()) for number in range(40)],
    title="العربية: A headline in two scripts that is a good deal longer than headlines are",
)  # fmt: skip


def test_a_pair_is_decided_with_a_key_and_read_back(
    label_studio: Studio, context: BrowserContext, tmp_path: Path
) -> None:
    first, second, long = (reports(one)[0] for one in (MARKET, LATER, LONG))
    some = (AskedPair(first, second, "nearly joined", 0.5), AskedPair(first, long, "check", 2.0))
    with LabelStudio(label_studio.url, label_studio.token) as studio:
        side = studio.side_project(pairs_config(), "browser")
        side.add(pair_task(one, KINDS) for one in some)
        page = context.new_page()
        page.goto(side.project.url)
        page.get_by_role("button", name="Label All Tasks").click()
        left, right = page.locator(".nl-report").first, page.locator(".nl-report").last
        expect(left).to_contain_text("Adamawa Herald · published 2025-03-05")
        expect(left.locator("mark").first).to_have_text("12 people")
        expect(left).to_contain_text("three of them <children & women>")
        expect(right).to_contain_text("no day named")
        page.screenshot(path=tmp_path / "pair.png")
        tops = [box["y"] for one in (left, right) if (box := one.bounding_box())]
        assert tops[0] == pytest.approx(tops[1], abs=1), "side by side"
        choices = page.locator(".lsf-choice")
        expect(choices).to_have_count(4)
        for one in (choices.last, page.get_by_placeholder("Why?")):
            box = one.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 800, "without scrolling at 1280 × 800"
        page.keyboard.press("3")
        expect(page.locator(".lsf-choice input:checked")).to_have_count(1)
        page.get_by_placeholder("Why?").fill("the toll rose")
        page.keyboard.press("Enter")
        page.screenshot(path=tmp_path / "ticked.png")
        page.locator("[data-testid=bottombar-submit-button]").click()
        expect(page.locator(".nl-report").last).to_contain_text("A headline in two scripts")
        page.screenshot(path=tmp_path / "long.png")
        page.keyboard.press("4")
        with page.expect_response(lambda one: "/annotations" in one.url and one.ok):
            page.keyboard.press("Control+Enter")
        found = tuple(read_pair_answers(side.answers().answers))
    assert all(isinstance(one, PairDecision) for one in found)
    told = [(one.first, one.second, one.answer, one.reason) for one in found
            if isinstance(one, PairDecision)]  # fmt: skip
    assert told == [
        ("market:0", "later:0", "newer", "the toll rose"),
        ("market:0", "long:0", "unsure", ""),
    ]
    headers = {"Authorization": f"Token {label_studio.token}"}
    with httpx.Client(base_url=label_studio.url, headers=headers, trust_env=False) as http:
        http.delete(f"/api/projects/{side.project.id}/").raise_for_status()
    page.close()
