"""Paragraphs of another story are marked; those of the story are not."""

from __future__ import annotations

import pytest

from annotation.articles.sentences import split
from annotation.records import Article
from tests.unit.annotation.articles.story import STORY, amid, marked


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
