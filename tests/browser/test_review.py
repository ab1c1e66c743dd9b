"""A disagreement of two people, settled in the browser by a third who sees why it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotation.dataset.adjudication import adjudicate
from annotation.dataset.snapshot import read_snapshot
from newsledger.commands.labelling import pulling
from newsledger.commands.state.project import opened
from newsledger.commands.team import review
from newsledger.progress import Quiet
from newsledger.settings import Settings
from tests.browser.pages import SENTENCE
from tests.conftest import Studio
from tests.people import DISPUTED, join, marked, project_number, push_disputed

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture
def settings(label_studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A workspace whose first sentence two people have labelled differently."""
    monkeypatch.setattr(review, "_opinions", lambda *_: {})  # they take a minute
    settings = label_studio.workspace(tmp_path / "workspace")
    push_disputed(settings, tmp_path)
    with opened(settings, Quiet()) as ours:
        number = project_number(ours.page)
    for name, event, kind in (("ann", "bombing", "killed"), ("bob", "clash", "wounded")):
        person = join(label_studio, name)
        bomb = person.task_with(number, DISPUTED)
        person.says(bomb["id"], [event], marked(bomb["data"]["text"], "12 men", kind))
        person.http.close()
    return settings


def wait_for_sentence(page: Page) -> None:
    page.wait_for_function(
        "selector => document.querySelector(selector)?.textContent &&"
        " window.Htx?.annotationStore?.selected?.objects?.every(one => one.isReady)",
        arg=SENTENCE,
    )


def test_a_third_person_sees_both_answers_settles_it_and_says_why(
    settings: Settings, context: BrowserContext, tmp_path: Path
) -> None:
    filled = review.fill_review(settings, Quiet(), most=5)
    page = context.new_page()
    page.goto(filled.url)
    page.get_by_role("button", name="Label All Tasks").click()
    wait_for_sentence(page)
    box = page.locator(".nl-review")
    expect(box).to_contain_text("1 of 2 ticked ‘Armed clash’, 1 did not")
    expect(box.locator("th")).to_have_text(["First person", "Second person"])
    expect(box).to_contain_text("“12 men”: ‘killed’ (1 of 2), ‘wounded’ (1 of 2)")
    expect(box.locator("td")).to_have_text(
        [
            "Bomb, mine or suicide attack",
            "Armed clash",
            "12 men → 12 · killed",
            "12 men → 12 · wounded",
        ]
    )
    expect(page.locator(f"{SENTENCE} .htx-highlight[data-label]")).to_have_count(1)
    expect(page.locator(".nl-events input:checked:visible")).to_have_count(2)  # both sides of a tie
    page.screenshot(path=str(tmp_path / "review.png"))
    expect(page.locator(".nl-reason")).to_be_visible()

    page.keyboard.press("1")  # the clash goes
    expect(page.locator(".nl-events input:checked:visible")).to_have_count(1)
    field = page.locator(".nl-reason textarea, .nl-reason input").first
    field.fill("It was planted, so no clash")
    field.press("Enter")
    expect(page.locator(".nl-reason")).to_contain_text("It was planted, so no clash")
    with page.expect_response(lambda answer: "/annotations" in answer.url and answer.ok):
        page.locator("[data-testid=bottombar-submit-button]").click()

    pulled = pulling.pull(settings, Quiet())
    assert pulled.verdicts == 1
    snapshot = read_snapshot(Path(pulled.path))
    (verdict,) = (one for one in snapshot.annotations if one.verdict)
    assert verdict.events.aliases == ("bombing",)
    assert [(one.text, one.kind) for one in verdict.claims] == [("12 men", "killed")]
    assert verdict.why == "It was planted, so no clash"
    said = [one for one in snapshot.annotations if one.sentence_id == verdict.sentence_id]
    assert len(said) == 3
    assert adjudicate(said, snapshot.schema).events.aliases == ("bombing",)
    page.close()
