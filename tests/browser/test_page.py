"""What annotators see: everything at once, and a key for everything."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, expect

from annotation.records import EventScore, NumericClaim, Prediction, Sentence, Task
from tests.browser.conftest import Open, find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.server]

TEXT = (
    "At least 12 civilians were killed and 30 wounded when an air strike hit a market in Hajin on "
    "Tuesday, officials said."
)
SUGGESTION = Prediction(
    "a:0000",
    (EventScore("strike", 0.9), EventScore("statement", 0.6)),
    (
        NumericClaim(
            0, 21, TEXT[:21], "killed", Decimal(12), None, "at_least", attribution="officials"
        ),
        NumericClaim(38, 40, "30", "wounded", Decimal(30), Decimal("30.5"), "exactly"),
    ),
    "model-7",
)
ORDINARY = Task(
    Sentence("a:0000", "a", 0, 0, len(TEXT), TEXT),
    title="Hundreds leave last pocket as offensive slows",
    before="The offensive had been paused for three days to let families out of the town.",
    after="The coalition denied that its aircraft were in the area.",
    source="Riverbend Wire, 2019-03-07",
)


def test_an_ordinary_sentence_fits_the_screen_with_everything_around_it(open_project: Open) -> None:
    annotator = open_project(ORDINARY, suggestions=[SUGGESTION])
    annotator.select(1)
    page = annotator.page
    bar = page.get_by_test_id("bottombar-submit-button").bounding_box()
    assert bar is not None
    for what in (".nl-head", ".nl-story", ".nl-fields", ".nl-told", ".nl-claims", ".nl-events"):
        box = page.locator(what).bounding_box()
        assert box is not None
        assert box["y"] >= 0, what
        assert box["y"] + box["height"] < bar["y"], f"{what} must be seen without scrolling"
    overflow = page.locator(".lsf-main-view").evaluate("e => e.scrollWidth - e.clientWidth")
    assert overflow <= 0


def test_the_sentence_stands_out_from_its_surroundings(open_project: Open) -> None:
    annotator = open_project(ORDINARY)
    sentence = annotator.page.locator(".nl-sentence .lsf-richtext__line")
    for text in (ORDINARY.before, ORDINARY.after, ORDINARY.source):
        context = annotator.page.get_by_role("heading", name=text)
        assert _px(context, "fontSize") < _px(sentence, "fontSize")
        assert _css(context, "color") != _css(sentence, "color")
    expect(annotator.page.get_by_role("heading", name=ORDINARY.title)).to_be_visible()


def test_surroundings_that_are_empty_take_no_room(open_project: Open) -> None:
    annotator = open_project("A sentence alone.")
    for context in annotator.page.locator(".nl-context, .nl-readings").all():
        expect(context).to_be_hidden()


def test_a_suggestion_is_ticked_marked_and_filled_in(open_project: Open) -> None:
    annotator = open_project(ORDINARY, suggestions=[SUGGESTION])
    assert annotator.ticked() == ["Air or drone strike", "Accusation, threat or demand"]
    assert annotator.claims() == ["1:killed", "2:wounded"]
    annotator.select(1)
    assert annotator.kind() == ["killed"]
    assert annotator.ticked(".nl-fields") == ["at least"]
    expect(annotator.field("low")).to_have_value("12")
    expect(annotator.field("high")).to_have_value("")
    expect(annotator.page.locator(".nl-fields .lsf-text-area")).to_contain_text("officials")
    annotator.select(2)
    assert annotator.ticked(".nl-fields") == ["exactly"]
    expect(annotator.field("high")).to_have_value("30.5")


def test_the_values_appear_only_while_a_claim_is_selected(open_project: Open) -> None:
    annotator = open_project(ORDINARY, suggestions=[SUGGESTION])
    expect(annotator.page.locator(".nl-fields")).to_be_hidden()
    annotator.select(1)
    annotator.press("Escape")
    expect(annotator.page.locator(".nl-fields")).to_be_hidden()


def test_the_page_says_how_to_leave_a_field_and_then_the_claim(open_project: Open) -> None:
    annotator = open_project(ORDINARY, suggestions=[SUGGESTION])
    leave = annotator.page.get_by_role("heading", name="Shift+Tab leads out of the fields")
    done = annotator.page.get_by_role("heading", name="Esc when done")
    annotator.select(1)
    expect(done).to_be_visible()
    expect(leave).to_be_hidden()
    annotator.press("Tab")
    expect(leave).to_be_visible()
    expect(done).to_be_hidden()
    annotator.press("Escape")
    expect(annotator.field("low")).to_be_focused()  # the page's keys are dead there
    annotator.press("shift+Tab")
    expect(done).to_be_visible()
    expect(leave).to_be_hidden()
    annotator.press("Escape")
    expect(done).to_be_hidden()


def test_each_event_type_has_a_key_that_ticks_it_alone(open_project: Open, xml: str) -> None:
    annotator = open_project("A sentence.")
    for value, key in _keys(xml, "event"):
        annotator.press(key)
        assert annotator.ticked() == [value], key
        annotator.press(key)
        assert annotator.ticked() == [], key


def test_each_claim_kind_has_a_key(open_project: Open, xml: str) -> None:
    annotator = open_project("A sentence.")
    for value, key in _keys(xml, "claim"):
        annotator.press(key)
        assert annotator.kind() == [value], key
        assert annotator.ticked() == [], f"{key} must do nothing else"


def test_the_key_of_a_kind_relabels_the_selected_claim(open_project: Open, xml: str) -> None:
    annotator = open_project("40 people fled.")
    annotator.mark("q", "40 people")
    annotator.select(1)
    for value, key in reversed(_keys(xml, "claim")):
        annotator.press(key)
        expect(annotator.page.locator(f'[data-label="1:{value}"]')).to_be_visible()


def test_each_modifier_has_a_key(open_project: Open, xml: str) -> None:
    annotator = open_project("40 people fled.")
    annotator.mark("q", "40 people")
    annotator.select(1)
    for value, key in _keys(xml, "modifier"):
        annotator.press(key)
        assert annotator.ticked(".nl-fields") == [value], key
        assert annotator.kind() == ["killed"], f"{key} must do nothing else"
    assert annotator.ticked() == []


def test_tab_leads_from_the_claim_through_its_fields(open_project: Open) -> None:
    annotator = open_project("40 people fled, police said.")
    annotator.mark("a", "40 people")
    annotator.select(1)
    for name, value in (("low", "40"), ("high", "50"), ("attribution", "police")):
        annotator.press("Tab")
        expect(annotator.field(name)).to_be_focused()
        annotator.type(value)
    annotator.press("Enter", "2")
    annotator.submit()
    (claim,) = annotator.project.annotation().claims
    assert (claim.low, claim.high, claim.attribution) == (Decimal(40), Decimal(50), "police")
    assert annotator.project.annotation().events.aliases == ("strike",)


def test_without_chromium_the_tests_fail_and_say_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="apt-get install"):
        find_chromium("no-such-chromium", tmp_path / "chrome")


def _keys(xml: str, control: str) -> list[tuple[str, str]]:
    """What people see and the key, for each label of a control."""
    tags = ElementTree.fromstring(xml).iterfind(f".//*[@name='{control}']/*")
    return [(tag.attrib["value"], tag.attrib["hotkey"]) for tag in tags]


def _css(element: Locator, name: str) -> str:
    return str(element.evaluate(f"element => getComputedStyle(element).{name}"))


def _px(element: Locator, name: str) -> float:
    return float(_css(element, name).removesuffix("px"))
