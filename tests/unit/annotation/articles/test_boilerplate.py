"""Page elements, and headlines of other stories, are marked; the story is not."""

from __future__ import annotations

import pytest

from annotation.articles.boilerplate import BYLINES, CREDITS, PAGE_ELEMENTS, is_boilerplate
from tests.unit.annotation.articles.story import STORY, amid, marked


@pytest.mark.parametrize(
    ("pattern", "example"), [*PAGE_ELEMENTS, *BYLINES, *CREDITS], ids=lambda one: one[:20]
)
def test_each_pattern_finds_its_example(pattern: str, example: str) -> None:
    assert is_boilerplate(example)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sources: Israeli jets strike Damascus",
        "Source close to the army: 12 killed",
        "More news of the massacre came from survivors.",
        "More than 40 people died.",
        "Most of them fled.",
        "Latest reports speak of 12 dead.",
        "Share prices fell when the army moved in.",
        "Follow-up strikes hit the bridge.",
        "By Friday the town had fallen.",
        "By Monday evening, Aleppo was calm.",
        "Read out in court, the names took an hour.",
        "Home to 4,000 people, the camp was shelled again.",
        "Home",  # a lone word of navigation is a page element, see below
        "Published reports say that 300 fighters surrendered.",
        "Updated figures put the toll at 35.",
        "12 commanders of the militia were killed.",
        "Click-bait spread the rumour within minutes.",
        "This story is from a witness who fled.",
        "Advertisements for recruits hang on every wall.",
        "Petrified residents",
        "Smaller control",
        "Killed: 12",
        "هل ذهب إلى حلب؟",
        "ဒါက စာကြောင်း။",
    ],
)
def test_what_a_story_may_say_is_no_boilerplate(sentence: str) -> None:
    assert is_boilerplate(sentence) == (sentence == "Home")


@pytest.mark.parametrize(
    "above", ["More from the region", "Related stories", "Most read", "Recommended", "Also read:"]
)
def test_headlines_below_the_announcement_of_other_stories_are_marked_with_it(above: str) -> None:
    teasers = ["Storm hits the coast again", "Ten tips for a dry cellar"]
    assert amid(above, *teasers) == [above, *teasers]
    assert marked(*STORY, above, *teasers) == [above, *teasers]


def test_a_kicker_above_the_headline_does_not_take_it_along() -> None:
    assert marked("Breaking news", *STORY) == ["Breaking news"]
    assert marked("More news", "Rebels seize a bridge", *STORY[1:]) == ["More news"]


@pytest.mark.parametrize("end", ["", "."])
@pytest.mark.parametrize(
    "line",
    [
        *("This media contains graphic content", "Advertisement", "Bookmark", "Bookmark this page"),
        *("This video may contain disturbing images", "Bookmark the permalink"),
    ],
)
def test_notices_and_buttons_are_page_elements(line: str, end: str) -> None:
    assert amid(f"{line}{end}") == [f"{line}{end}"]
