"""Page elements and paragraphs from another story are marked; the story is not."""

from __future__ import annotations

import pytest

from annotation.articles.boilerplate import BYLINES, CREDITS, PAGE_ELEMENTS, is_boilerplate
from annotation.articles.sentences import split
from annotation.records import Article

STORY = (
    "Rebels seize a bridge near Deir Ezzor",
    "Fighters of the Syrian Democratic Forces took a bridge near Deir Ezzor on Monday, said Bali.",
    "Some 40 militants gave up, and the Syrian Observatory counted 12 dead.",
    "Residents told of shelling that went on all night. “We hid in the cellar,” one said.",
    "Bali expects the battle for the rest of the province to end within weeks.",
)


def marked(*paragraphs: str, title: str = "") -> list[str]:
    """The sentences that are marked in an article of these paragraphs."""
    article = Article(id="a", title=title, text="\n\n".join(paragraphs))
    return [sentence.text for sentence in split(article) if sentence.boilerplate]


def amid(*inserted: str) -> list[str]:
    """What is marked when paragraphs stand in the middle of the story."""
    return marked(*STORY[:3], *inserted, *STORY[3:])


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
    "inserted",
    [
        "Striker Marco Bellini scored twice as Torino beat Lecce in the cup final.",
        "The midfielder has joined Ajax from Porto for a fee of nine million, both clubs said. "
        "Coach Jan Visser called it a dream transfer.",
        "Wickets fell quickly in Colombo before Perera steadied the innings with a patient 80.",
        "The Nasdaq fell by two percent in New York as investors sold shares of Globex.",
        "Singer Lola Marsh opened the festival with songs from her new album.",
        "The zoo in Vienna has shown its panda cub for the first time; tickets were gone at noon.",
    ],
)
def test_a_paragraph_of_sport_markets_or_entertainment_is_another_story(inserted: str) -> None:
    assert " ".join(amid(inserted)) == inserted


def test_a_headline_above_another_story_belongs_to_it() -> None:
    headline = "Captain 'hurt' by coach's decision"
    text = "Bellini, the striker, said he had learned of it on the phone."
    assert amid(headline, text) == [headline, text]
    assert amid(f"{headline}\n{text}") == [headline, text]


@pytest.mark.parametrize(
    "paragraph",
    [
        "A rocket hit a football pitch, and seven children who were playing a match were killed.",
        "Bali, once a football coach and a captain of his club, joined the forces in 2014.",
        "The goal of the final match between the two sides is control of the river.",
        "Hamza al-Khatib and Rania Barakat of the Turkmen Relief League gave no details.",
        "Nobody slept. It rained all morning, and the river had turned the colour of tin.",
    ],
    ids=["violence", "known name", "shared words only", "new names only", "no names"],
)
def test_a_paragraph_of_the_story_is_no_other(paragraph: str) -> None:
    assert amid(paragraph) == []


def test_an_article_about_a_topic_has_no_other_stories() -> None:
    sport = [f"The striker scored goal number {n} for the club, said Coach {n}." for n in "ABCDEF"]
    assert marked(*sport) == []


def test_an_article_of_few_paragraphs_has_no_other_stories() -> None:
    assert marked(STORY[0], STORY[1], "Striker Marco Bellini scored twice in the cup final.") == []


def test_paragraphs_may_be_lines() -> None:
    inserted = "Striker Marco Bellini scored twice as Torino won the cup final."
    article = Article(id="a", title="", text="\n".join((*STORY[:3], inserted, *STORY[3:])))
    assert [s.text for s in split(article) if s.boilerplate] == [inserted]


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
