"""What a person marks in the browser comes back character for character."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import BrowserContext, expect

from annotation.records import (
    Annotation,
    EventScore,
    NumericClaim,
    Prediction,
    Sentence,
    Task,
    WithheldSuggestion,
)
from tests.browser.conftest import Open
from tests.browser.pages import Annotator, Project

pytestmark = [pytest.mark.browser, pytest.mark.server]

CASES = {
    "plain": ("At least 12 civilians were killed in Hajin.", "At least 12 civilians"),
    "emoji before": ("🚨🇺🇦 Breaking: 5 dead 👨‍👩‍👧 in Kharkiv.", "5 dead"),
    "emoji inside": ("Police found 7 🔫 rifles in a cellar.", "7 🔫 rifles"),
    "combining marks": (
        "Cafe\u0301 owner Ngu\u0303gi\u0302 saw 30 re\u0301fugie\u0301s flee.",
        "30 re\u0301fugie\u0301s",
    ),
    "Arabic": ("قال مسؤول إن 12 شخصا قتلوا في الحسكة يوم الجمعة.", "شخصا قتلوا"),
    "Arabic in English": (
        "The group (جبهة النصرة) lost 40 fighters near إدلب on Friday.",
        "40 fighters",
    ),
    "markup": ("The <b>army</b> said 3 < 5 & that &amp; 20 <i>men</i> fled.", "20 <i>men</i>"),
    "quotes": ("“We buried 15 people,” he said; 'it’s \"all\" we could do'.", "15 people"),
    "dollars": ("They paid $text and $1.2 million to ${title} in cash.", "$1.2 million"),
    "repeated blanks": ("Some  200   people  fled   the  town.", "200   people"),
    "other blanks": (
        "About\t80\u00a0percent of\u2009the town fell.",
        "80\u00a0percent of\u2009the",
    ),
    "Ukrainian": ("Речник повідомив, що щонайменше 14 людей загинули.", "щонайменше 14 людей"),
    "Burmese": ("မြန်မာ စစ်တပ်က လူ ၂၀ ကို ဖမ်းဆီးခဲ့သည်။", "လူ ၂၀"),
    "last word": ("Rebels freed 9 hostages", "9 hostages"),
    "over two lines": (
        "The governor, who has held the office for ten years and comes from the town itself, said "
        "that no fewer than two hundred and fifty thousand people had left.",
        "no fewer than two hundred and fifty thousand people",
    ),
}


TEXT = "At least 12 civilians were killed and 30 wounded, officials said."
SUGGESTION = Prediction(
    "a:0000",
    (EventScore("strike", 0.9), EventScore("statement", 0.6)),
    (
        NumericClaim(0, 21, TEXT[:21], "killed", Decimal(12), None, "at_least", score=0.9),
        NumericClaim(38, 40, "30", "wounded", Decimal(30), Decimal(30), "exactly", score=0.8),
    ),
    "model-7",
)


@pytest.fixture(scope="module")
def labelled(open_project: Open) -> Project:
    """All of them labelled, one after the other, as the stream shows them."""
    annotator = open_project(*(text for text, _ in CASES.values()))
    for text, phrase in CASES.values():
        annotator.wait_for(text)
        annotator.press("2")
        annotator.mark("q", phrase)
        annotator.select(1)
        annotator.press("b")
        annotator.type_into("low", "12")
        annotator.type_into("high", "15")
        annotator.type_into("attribution", phrase)
        annotator.press("Enter")
        annotator.submit()
    return annotator.project


@pytest.mark.parametrize("case", CASES)
def test_a_claim_is_the_same_slice_of_the_same_text(labelled: Project, case: str) -> None:
    text, phrase = CASES[case]
    number = list(CASES).index(case)
    annotation = labelled.annotation(number)
    start = text.index(phrase)
    assert annotation.claims == (
        NumericClaim(
            start,
            start + len(phrase),
            phrase,
            "killed",
            Decimal(12),
            Decimal(15),
            "between",
            attribution=phrase,
        ),
    )
    assert annotation.events.aliases == ("strike",)
    spans = [r["value"] for r in labelled.results(number) if r["from_name"] == "claim"]
    assert [span["text"] for span in spans] == [phrase], "what the server itself stores as the text"


def test_the_server_keeps_the_configuration_with_our_own_attributes(
    labelled: Project, xml: str
) -> None:
    assert labelled.accepts(xml)
    assert not labelled.accepts(xml.replace('name="event"', 'name="events"')), "the check is blind"
    assert labelled.configuration == xml.strip()
    assert 'excludes="rest" marks="boilerplate"' in labelled.configuration


def test_a_double_click_marks_a_word(open_project: Open) -> None:
    annotator = open_project("Rebels held 1,200 hostages.")
    annotator.mark_word("s", "1,200")
    annotator.submit()
    (claim,) = annotator.project.annotation().claims
    assert (claim.text, claim.kind) == ("1,200", "at_risk")


def test_several_claims_some_overlapping_some_without_values(open_project: Open) -> None:
    annotator = open_project("Of 300 fighters 40 were killed and at least 100 wounded fled.")
    annotator.mark("q", "40")
    annotator.mark("w", "at least 100 wounded")
    annotator.mark("d", "300 fighters 40")
    annotator.mark("a", "100 wounded fled")
    annotator.select(2)
    annotator.type_into("low", "100")
    annotator.leave_field()
    annotator.press("l")
    annotator.submit()
    assert [
        (claim.text, claim.kind, claim.low, claim.high, claim.modifier)
        for claim in annotator.project.annotation().claims
    ] == [
        ("300 fighters 40", "forces", None, None, None),
        ("40", "killed", None, None, None),
        ("at least 100 wounded", "wounded", Decimal(100), None, "at_least"),
        ("100 wounded fled", "displaced", None, None, None),
    ]


def test_numbers_come_back_as_typed(open_project: Open) -> None:
    numbers = ("0", "7", "2.5", "0.25", "1200000", "1234567.89")
    annotator = open_project(*(f"They paid {number}." for number in numbers))
    for number in numbers:
        annotator.wait_for(f"They paid {number}.")
        annotator.mark("c", number)
        annotator.select(1)
        annotator.type_into("low", number)
        annotator.leave_field()
        annotator.submit()
    read = annotator.project.read()
    assert [annotation.claims[0].low for annotation in read.annotations] == [
        Decimal(number) for number in numbers
    ]


@pytest.mark.parametrize(
    ("keys", "stored"), [(["Backspace"], 0), (["2", ".", "0", "5"], 25)], ids=["emptied", "2.05"]
)
def test_traps_of_number_fields_that_annotators_are_told_about(
    open_project: Open, keys: list[str], stored: int
) -> None:
    """Label Studio's, not ours: when one of these fails, it has been mended; change the docs."""
    annotator = open_project(TEXT, suggestions=[SUGGESTION])
    annotator.select(1)
    annotator.type_into("low", "")
    annotator.press(*keys)
    annotator.leave_field()
    annotator.submit()
    low = [result for result in annotator.project.results() if result["from_name"] == "low"]
    assert low[0]["value"]["number"] == stored


def test_event_types_ticked_by_key_and_by_mouse(open_project: Open) -> None:
    annotator = open_project("Shelling, looting and talks.")
    annotator.press("3", "shift+6")
    annotator.click("Talks, truce or agreement")
    annotator.click("Protest or riot")
    annotator.click("Protest or riot")
    annotator.submit()
    assert annotator.project.annotation().events.aliases == ("shelling", "talks", "destruction")


def test_an_annotation_that_is_opened_again_and_changed(open_project: Open) -> None:
    annotator = open_project("Rebels freed 9 hostages.")
    annotator.press("1")
    annotator.mark("s", "9 hostages")
    annotator.submit()
    first = annotator.project.annotation()
    annotator.open_task()
    annotator.press("1", "9")
    annotator.select(1)
    annotator.press("t")
    annotator.submit()
    second = annotator.project.annotation()
    assert second.annotation_id == first.annotation_id
    assert second.updated_at > first.updated_at
    assert second.events.aliases == ("surrender",)
    assert [(claim.text, claim.kind) for claim in second.claims] == [("9 hostages", "surrendered")]


def test_a_skipped_task_is_cancelled(open_project: Open) -> None:
    annotator = open_project("Unreadable.", "Next.")
    annotator.press("2")
    annotator.skip()
    annotator.wait_for("Next.")
    assert annotator.project.annotation().cancelled


def test_two_annotators_on_one_task(open_project: Open, second_person: BrowserContext) -> None:
    annotator = open_project("Some 200 people fled.")
    project = annotator.project
    project.patch({"maximum_annotations": 2})
    annotator.press("0")
    annotator.mark("a", "Some 200 people")
    annotator.submit()
    other = Annotator(second_person.new_page(), project)
    other.open_stream()
    assert (other.ticked(), other.claims()) == ([], []), "nobody sees what the other has said"
    other.press("n")
    other.mark("a", "200 people")
    other.submit()
    first, second = project.annotations()
    assert first.annotator != second.annotator
    assert (first.events.aliases, first.claims[0].text) == (("displacement",), "Some 200 people")
    assert (second.events.aliases, second.claims[0].text) == (("none",), "200 people")


def test_two_exclusive_labels_can_be_ticked_beside_others(open_project: Open) -> None:
    """Label Studio cannot forbid it; what it means is decided where examples are made."""
    annotator = open_project("Nothing happened.")
    annotator.press("1", "n")
    annotator.submit()
    assert annotator.project.annotation().events.aliases == ("clash", "none")


def test_a_suggestion_accepted_as_it_is(open_project: Open) -> None:
    annotator = open_project(TEXT, suggestions=[SUGGESTION])
    annotator.submit()
    annotation = annotator.project.annotation()
    assert annotation.suggested_by == "model-7"
    assert annotation.events.aliases == ("strike", "statement")
    assert annotation.claims == _without_scores(SUGGESTION.claims)
    assert {result["origin"] for result in annotator.project.results()} == {"prediction"}


def test_a_sentence_whose_suggestion_is_withheld_shows_nothing_of_it(open_project: Open) -> None:
    blind = Task(Sentence("a:0000", "a", 0, 0, len(TEXT), TEXT), blind=True)
    again = replace(SUGGESTION, sentence_id="a:0001")
    annotator = open_project(blind, f"{TEXT} ", suggestions=[SUGGESTION, again])
    assert (annotator.ticked(), annotator.claims()) == ([], [])
    assert "blind" not in annotator.page.locator("body").inner_text().lower()
    annotator.press("1")
    annotator.submit()
    annotator.wait_for(f"{TEXT} ")
    assert annotator.ticked() != []
    annotation = annotator.project.annotation()
    assert annotation.events.aliases == ("clash",)
    assert (annotation.suggested_by, annotation.suggested) == (None, None)
    assert annotation.withheld == WithheldSuggestion("model-7")
    assert {result["origin"] for result in annotator.project.results()} == {"manual"}


def test_a_suggested_span_is_corrected_and_keeps_its_values(open_project: Open) -> None:
    annotator = open_project(TEXT, suggestions=[SUGGESTION])
    annotator.select(2)
    annotator.move_end("right", TEXT.index(","))
    annotator.submit()
    annotation = annotator.project.annotation()
    assert [claim.text for claim in annotation.claims] == ["At least 12 civilians", "30 wounded"]
    assert _values(annotation) == [
        (Decimal(12), None, "at_least"),
        (Decimal(30), Decimal(30), "exactly"),
    ]
    origins = {result["id"]: result["origin"] for result in annotator.project.results()}
    assert sorted(origins.values()) == ["prediction", "prediction", "prediction-changed"]


def test_a_suggested_claim_is_deleted(open_project: Open) -> None:
    annotator = open_project(TEXT, suggestions=[SUGGESTION])
    annotator.select(1)
    annotator.press("Backspace")
    annotator.submit()
    assert [claim.text for claim in annotator.project.annotation().claims] == ["30"]


def _values(annotation: Annotation) -> list[tuple[object, ...]]:
    return [(claim.low, claim.high, claim.modifier) for claim in annotation.claims]


def _without_scores(claims: tuple[NumericClaim, ...]) -> tuple[NumericClaim, ...]:
    return tuple(replace(claim, score=None) for claim in claims)


def test_day_and_place_are_typed_beside_what_was_read_and_kept(open_project: Open) -> None:
    sentence = Sentence("a:0000", "a", 0, 0, 22, "Two fled Hajin Monday.")
    annotator = open_project(Task(sentence, when_where="2019-03-04 · Hajin"), "Next.")
    expect(annotator.page.locator(".nl-told")).to_contain_text("2019-03-04 · Hajin")
    annotator.press("0")
    annotator.fill_day("2019-02-25")
    annotator.type_place("Sousa, Syria")
    annotator.leave_field()
    annotator.submit()
    annotator.wait_for("Next.")
    expect(annotator.page.locator(".nl-told")).not_to_contain_text("2019")
    annotator.press("n")
    annotator.submit()
    said, untouched = annotator.project.read().annotations
    assert said.events.aliases == ("displacement",)
    assert (said.corrected_day, said.corrected_place) == (date(2019, 2, 25), "Sousa, Syria")
    assert (untouched.corrected_day, untouched.corrected_place) == (None, None)


@pytest.mark.parametrize("by", ["key", "click"])
def test_a_day_that_was_read_is_taken_away_and_given_back(open_project: Open, by: str) -> None:
    sentence = Sentence("a:0000", "a", 0, 0, 24, "They left Friday Harbor.")
    annotator = open_project(Task(sentence, when_where="2019-03-01"), "Next.", "Last.")
    takes_away = annotator.click if by == "click" else annotator.press
    answer = "no day" if by == "click" else "Shift+D"
    takes_away(answer)
    annotator.press("n")
    annotator.submit()
    annotator.wait_for("Next.")
    for _ in range(2):
        takes_away(answer)
    annotator.press("n")
    annotator.submit()
    taken_away, given_back = annotator.project.read().annotations
    assert (taken_away.events.aliases, taken_away.no_day) == (("none",), True)
    assert (given_back.events.aliases, given_back.no_day) == (("none",), False)
