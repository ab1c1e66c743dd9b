"""Teasers of other stories are told by how they are built."""

from __future__ import annotations

import pytest
from trafilatura import load_html

from annotation.articles.readers.documents.other_stories import other_stories
from annotation.articles.readers.documents.page_blocks import blocks
from tests.unit.annotation.articles.reading import FileMaker, Reading


def said(number: int) -> str:
    return (
        f"On day {number} of the siege the elders of the town said that soldiers had closed the "
        f"bridge, and {number + 3} people died near the market."
    )


def baked(number: int) -> str:
    return f"Bakers in region {number} closed their doors after the price of flour had doubled."


STORY = "".join(f"<p>{said(number)}</p>" for number in range(12))
CARD = '<div class="c{0}"><h3><a href="/{0}">Prices rise in region {0}</a></h3><p>{1}</p></div>'


def marked(body: str, *, card: str = CARD, cards: int = 4, inside: str = "{}") -> list[str]:
    """What is told to be other stories, of a page whose words have all been found."""
    teasers = "".join(inside.format(card.format(number, baked(number))) for number in range(cards))
    found = blocks(load_html(f"<html><body>{body.format(teasers)}</body></html>"))
    text = "\n".join(one.text for one in found)
    return [text[start:end] for start, end in other_stories(found, text)]


BESIDE = f'<div class="row"><div>{STORY}</div><div class="col"><section>{{}}</section></div></div>'


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        '<article><a href="/{0}"><h2>Prices rise in region {0}</h2><p>{1}</p></a></article>',
        '<li><div><h4><a href="/{0}">Prices rise in region {0}</a></h4></div><p>{1}</p></li>',
    ],
)
@pytest.mark.parametrize("inside", ["{}", '<div class="w">{}</div>'])
def test_repeated_linked_headings_with_a_paragraph_are_other_stories(
    card: str, inside: str
) -> None:
    assert marked(BESIDE, card=card, inside=inside) == [
        line for number in range(4) for line in (f"Prices rise in region {number}", baked(number))
    ]


@pytest.mark.parametrize(
    "card",
    [
        "<div><h3>Prices rise in region {0}</h3><p>{1}</p></div>",
        '<div><h3><a href="#{0}">Prices rise in region {0}</a></h3><p>{1}</p></div>',
        '<div><h3><a href="/{0}">Region {0}</a></h3><p>{1}</p><p>Also {1}</p><p>But {1}</p></div>',
    ],
)
def test_sections_of_a_story_are_none(card: str) -> None:
    assert marked(BESIDE, card=card) == []


def test_two_are_no_column() -> None:
    assert marked(BESIDE, cards=2) == []


def test_among_the_paragraphs_of_the_story_they_are_part_of_it() -> None:
    assert marked(f"<div>{STORY}{{}}</div>") == []


def test_in_the_article_itself_they_are_part_of_it() -> None:
    assert marked(f"<article><div>{STORY}</div><div>{{}}</div></article>") == []


def test_without_sentences_they_are_none_of_it_even_there() -> None:
    card = CARD.replace("{1}", "Bakers in the region close their doors for lack of flour")
    assert marked(f"<article><div>{STORY}</div><div>{{}}</div></article>", card=card) != []


def test_in_an_element_for_other_things_they_are_not() -> None:
    assert marked(f"<article><div>{STORY}</div><aside>{{}}</aside></article>") != []


def test_a_page_of_little_else_is_a_list_of_reports() -> None:
    assert marked(f"<div><p>{said(1)}</p></div><div>{{}}</div>") == []


def test_a_paragraph_that_the_story_has_too_is_part_of_it() -> None:
    again = f"<p>{baked(1)}</p>"
    assert baked(1) not in marked(BESIDE.replace("<div>", f"<div>{again}", 1))


def test_their_sentences_are_read_as_boilerplate(file: FileMaker) -> None:
    teasers = "".join(CARD.format(number, baked(number)) for number in range(4))
    page = f"<html><head><title>Siege</title></head><body>{BESIDE.format(teasers)}</body></html>"
    article = Reading(file("a.html", page)).only()
    aside = [article.text[start:end] for start, end in article.asides]
    assert all(said(number) in article.text for number in range(12))
    assert not any(line.startswith("On day") for line in aside)
    assert [line for line in article.text.split("\n") if line.startswith("Bakers")] == [
        line for line in aside if line.startswith("Bakers")
    ]
