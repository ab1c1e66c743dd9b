"""What a page declares and what it shows are read as one."""

from __future__ import annotations

import json

import pytest
from trafilatura import load_html

from annotation.articles.readers.documents.declared_article import with_declared
from annotation.articles.readers.documents.page_blocks import blocks


def said(number: int) -> str:
    return (
        f"On day {number} of the siege the elders of the town said that soldiers had closed the "
        f"bridge, and {number + 3} people died near the market."
    )


def paragraphs(first: int, last: int) -> list[str]:
    return [said(number) for number in range(first, last)]


FIRST = "At least 62 people have starved since March, and 4,000 are cut off, the agency says."


def together(shown: list[str], declared: str, body: str = "") -> list[str]:
    """The lines of a page that shows some and declares a text."""
    script = json.dumps({"@type": "NewsArticle", "articleBody": declared})
    tree = load_html(
        f'<html><head><script type="application/ld+json">{script}</script></head>'
        f"<body>{body or '<p>One</p>'}</body></html>"
    )
    return with_declared(tree, blocks(tree), "\n".join(shown)).split("\n")


@pytest.mark.parametrize("part", ["\n", "\n\n", "<br>", "</p><p>"])
def test_what_is_shown_and_not_declared_stays_in_its_place(part: str) -> None:
    declared = part.join(paragraphs(0, 20))
    items = ["Bara: 14 dead", "Kutum: 9 dead"]
    shown = ["Siege", FIRST, *paragraphs(0, 2), *items, *paragraphs(2, 4)]
    assert together(shown, declared) == [
        *("Siege", FIRST, *paragraphs(0, 2), *items, *paragraphs(2, 20))
    ]


def test_of_what_is_declared_in_one_line_too() -> None:
    shown = [FIRST, *paragraphs(0, 2), "Bara: 14 dead", *paragraphs(2, 4)]
    assert together(shown, " ".join(paragraphs(0, 20))) == [
        *(FIRST, " ".join(paragraphs(0, 2)), "Bara: 14 dead", " ".join(paragraphs(2, 20)))
    ]


def test_in_a_script_without_spaces_too() -> None:
    told = [
        f"居民说第{number}天的炮击在黎明前开始，一直持续到中午，医院称市场上有{number}人死亡，许多人逃往山里过夜。"
        for number in range(9)
    ]
    assert together(["围城", *told[:2], "九人死亡", *told[2:4]], "".join(told)) == [
        *("围城", "".join(told[:2]), "九人死亡", "".join(told[2:]))
    ]


@pytest.mark.parametrize(("last", "begin"), [(10, 4), (6, 4), (5, 4), (9, 8)])
def test_what_is_declared_may_begin_where_the_page_goes_on(last: int, begin: int) -> None:
    declared = "\n".join(paragraphs(begin, 20))
    assert together(paragraphs(0, last), declared) == paragraphs(0, 20)


def test_other_quotes_dashes_and_entities_are_the_same_words() -> None:
    shown = ["“We ate leaves” – all of us, the elder’s son said, and nobody in town had bread."]
    declared = (
        '"We ate leaves" - all of us, the elder&#39;s son said, and nobody in town had bread.'
    )
    lines = together([*shown, said(1)], "\n".join([declared, *paragraphs(1, 9)]))
    assert lines[1:] == paragraphs(1, 9)


def test_a_paragraph_in_slightly_other_words_comes_once() -> None:
    shown = said(2).replace("the elders of the town", "the town's elders")
    assert together([said(1), shown, said(3)], "\n".join(paragraphs(1, 9))) == paragraphs(1, 9)


@pytest.mark.parametrize("shown", [f"BARA (Wire) — {said(2)}", f"{said(2)} {FIRST} {FIRST}"])
def test_a_paragraph_with_more_than_is_declared_comes_once(shown: str) -> None:
    assert together([said(1), shown, said(3)], "\n".join(paragraphs(1, 9))) == [
        *(said(1), shown, *paragraphs(3, 9))
    ]


def test_with_other_numbers_it_is_another_one() -> None:
    shown = said(2).replace("5 people", "15 people")
    lines = together([said(1), shown, said(3)], "\n".join(paragraphs(1, 9)))
    assert shown in lines
    assert said(2) in lines


@pytest.mark.parametrize("part", ["\n", " "])
def test_several_declared_paragraphs_in_one_of_the_page_come_once(part: str) -> None:
    shown = f"BARA (Wire) — {said(1)} {said(2)} Seven more were hurt."
    lines = together([said(0), shown, said(3)], part.join(paragraphs(0, 9)))
    assert lines[:2] == [said(0), shown]
    assert lines[2:] == part.join(paragraphs(3, 9)).split("\n")


def test_a_short_declared_line_among_them_too() -> None:
    shown = f"Nine died. {said(1)} Ten fled. {said(2)} Seven more were hurt."
    declared = [said(0), "Nine died.", said(1), "Ten fled.", *paragraphs(2, 9)]
    lines = together([said(0), shown, said(3)], "\n".join(declared))
    assert lines == [said(0), shown, *paragraphs(3, 9)]


def test_headline_and_standfirst_stand_before_a_paragraph_with_a_dateline() -> None:
    shown = ["Siege", FIRST, f"BARA (Wire) — {said(0)}", "Bara: 14 dead", said(1)]
    assert together(shown, "\n".join(paragraphs(0, 9))) == [*shown, *paragraphs(2, 9)]


def test_and_before_one_with_another_number() -> None:
    other = said(0).replace("3 people", "13 people")
    shown = ["Siege", FIRST, other, "Bara: 14 dead", said(1)]
    assert together(shown, "\n".join(paragraphs(0, 9))) == [
        *("Siege", FIRST, said(0), other, "Bara: 14 dead", *paragraphs(1, 9))
    ]


def test_and_before_a_sentence_that_only_is_declared() -> None:
    declared = " ".join(["5,000 people fled.", *paragraphs(0, 9)])
    assert together(["Siege", said(0)], declared)[0] == "Siege"


KILLED = (
    "Soldiers of the army of the north said on Monday that they had killed twelve rebels near the "
    "village of Kutum in the hills."
)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("twelve", "twenty"),
        ("had killed", "had not killed"),
        ("had killed", "hadn't killed"),
        ("Kutum", "Kulbus"),
        ("Soldiers", "None"),
    ],
)
def test_what_says_another_thing_stays_beside_it(word: str, other: str) -> None:
    for shown, declared in (
        (KILLED, KILLED.replace(word, other)),
        (KILLED.replace(word, other), KILLED),
    ):
        text = "\n".join([said(0), declared, *paragraphs(1, 9)])
        lines = together([said(0), shown, said(1)], text)
        assert lines == [said(0), shown, declared, *paragraphs(1, 9)]


def test_a_short_line_is_not_told_because_its_word_is() -> None:
    declared = "\n".join(paragraphs(0, 9))
    assert together([said(0), "The market", said(1)], declared)[1] == "The market"


@pytest.mark.parametrize("part", ["\n", " "])
def test_a_short_line_that_is_declared_comes_once(part: str) -> None:
    declared = part.join([said(0), "Nine died.", *paragraphs(1, 9)])
    lines = together([said(0), "Nine died.", said(1)], declared)
    assert "".join(lines).count("Nine died.") == 1


@pytest.mark.parametrize("name", ["paywall", "reg-wall", "subscribe-box"])
def test_a_call_to_pay_is_not_part_of_what_it_hides(name: str) -> None:
    call = "Read on for two euros a month"
    body = f'<p>{said(0)}</p><div class="{name}">{call}</div>'
    assert together([said(0), call], "\n".join(paragraphs(0, 9)), body) == paragraphs(0, 9)


def test_what_is_paid_for_is_no_call_to_pay() -> None:
    body = f'<div class="paywall"><p>{FIRST}</p><p>{said(0)}</p></div>'
    assert together([FIRST, said(0)], "\n".join(paragraphs(0, 9)), body)[0] == FIRST


def test_nor_is_a_paragraph_that_the_page_calls_like_the_declared_ones() -> None:
    shown = [said(0), FIRST, said(1)]
    body = "".join(f'<p class="paywall">{one}</p>' for one in shown)
    assert together(shown, "\n".join(paragraphs(0, 9)), body) == [*shown, *paragraphs(2, 9)]


@pytest.mark.parametrize(
    "declared",
    [
        "\n".join(paragraphs(0, 3)),
        "\n".join(
            f"Bakers in region {n} closed their doors after flour prices doubled."
            for n in range(40)
        ),
    ],
)
def test_what_has_no_more_or_is_another_article_is_not_read(declared: str) -> None:
    assert together(paragraphs(0, 4), declared) == paragraphs(0, 4)
