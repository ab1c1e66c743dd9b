"""What belongs to an article and was not found is put in, and what was run together is parted."""

from __future__ import annotations

import pytest
from trafilatura import load_html

from annotation.articles.readers.documents.missing_text import with_missing
from annotation.articles.readers.documents.page_blocks import (
    blocks,
    left_out,
    part_loose,
)
from annotation.articles.readers.documents.web_page import article_in


def said(number: int) -> str:
    return (
        f"On day {number} of the siege the elders of the town said that soldiers had closed the "
        f"bridge, and {number + 3} people died near the market."
    )


A = "Shells fell on the market of Bara on Monday and killed 14 people, the hospital said."
B = "Another 30 people were wounded, most of them women who were selling vegetables there."
HEADING = "Shelling in Bara"


def lines_of(body: str) -> list[str]:
    """The lines of the article in a page, without its headline and the signs around items."""
    page = f"<html><head><title>{HEADING}</title></head><body><nav>menu</nav>{body}</body></html>"
    text = article_in(page, "a.html", url=None, on_problem=lambda _: None)["text"]
    assert isinstance(text, str)
    lines = [line.removeprefix("- ").strip("| ") for line in text.split("\n")]
    return [line for line in lines if line != HEADING]


def test_what_is_missing_is_put_where_the_page_has_it() -> None:
    tree = load_html(
        "<html><body><main>"
        + "".join(f"<div><p>{said(number)}</p></div>" for number in range(6))
        + "</main></body></html>"
    )
    found = blocks(tree)
    text = f"{said(1)}\nA line of its own\n{said(3)}"
    assert left_out(found, text) == (4, 6)
    assert with_missing(tree, found, text).split("\n") == [
        *(said(0), said(1), "A line of its own", said(2), said(3), said(4), said(5))
    ]


# Short pages, which come in one line


@pytest.mark.parametrize(
    "loose",
    [
        *("<time>3 March 2024</time>", "<span>3 March 2024</span>", "<em>3 March 2024</em>"),
        *(
            '<a href="/amina">3 March 2024</a>',
            "<b>3 March 2024</b>",
            "<small>3 March 2024</small>",
        ),
        *("3 March 2024", "<label>3 March 2024</label>", "<button>3 March 2024</button>"),
        *("<i>3 <u>March</u></i> 2024", '<div class="byline">3 March 2024</div>'),
    ],
)
def test_loose_words_glue_nothing_to_the_heading(loose: str) -> None:
    body = f"<h1>{HEADING}</h1>{loose}<p>{A}</p><p>{B}</p>"
    assert lines_of(f"<article>{body}</article>") == ["3 March 2024", A, B]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (f"<header><h1>{HEADING}</h1><time>3 March</time></header><p>{A}</p>", ["3 March", A]),
        (f"<h1>{HEADING}</h1><p>{A}</p><time>3 March</time><p>{B}</p>", [A, "3 March", B]),
        (
            f"<h1>{HEADING}</h1><span>Amina Musa</span><span>3 March</span><p>{A}</p><p>{B}</p>",
            ["Amina Musa", "3 March", A, B],
        ),
        (
            f"<h1>{HEADING}</h1><p>{A}</p><p>{B}</p><a href='/t'>More</a><span>Topics</span>",
            [A, B, "More", "Topics"],
        ),
        (
            f"<h1>{HEADING}</h1><custom-share>Send</custom-share><p>{A}</p><svg></svg><p>{B}</p>",
            ["Send", A, B],
        ),
    ],
)
def test_each_part_of_a_short_page_has_a_line(body: str, lines: list[str]) -> None:
    assert lines_of(f"<article>{body}</article>") == lines


def test_a_line_is_parted_around_words_that_no_block_has() -> None:
    tree = load_html(f"<html><body><article><p>{A}</p><p>{B}</p></article></body></html>")
    found = blocks(tree)
    assert with_missing(tree, found, f"{A}Send{B}").split("\n") == [A, "Send", B]


@pytest.mark.parametrize(
    "line",
    [f"{A} and so on", f"Soldiers{A.lower()}", f"- {A}{B}", f"Bara | {A} | {B}", "No block at all"],
)
def test_a_line_that_may_be_one_sentence_is_left_alone(line: str) -> None:
    tree = load_html(f"<html><body><article><p>{A}</p><p>{B}</p></article></body></html>")
    part_loose(tree)
    assert with_missing(tree, blocks(tree), line).split("\n")[0] == line


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("12", "12,000 people fled the town."),
        ("5", "5.3 million people fled the town."),
        ("12", "12 000 people fled the town."),
        ("12", "12 Somali soldiers fled the town."),
        ("14", "14-year-old boys fled the town."),
        ("UN", "UNHCR said so."),
        ("Mc", "McDonald said so."),
    ],
)
def test_a_short_word_of_the_page_cuts_no_sentence_that_begins_with_it(
    word: str, sentence: str
) -> None:
    page = f"<html><body><article><div>{word}</div><p>{A}</p><p>{B}</p></article></body></html>"
    tree = load_html(page)
    lines = with_missing(tree, blocks(tree), f"{sentence} {A} {B}").split("\n")
    assert lines == [sentence, A, B]


@pytest.mark.parametrize("first", ["14 people", "200 people", "BBC men"])
@pytest.mark.parametrize("loose", ["3 March 2024", "Live AFP"])
def test_a_paragraph_begins_a_line_whatever_stands_before_it(first: str, loose: str) -> None:
    told = f"{first} fled the market of Bara on Monday, the hospital of the town said."
    body = f"<h1>{HEADING}</h1><time>{loose}</time><p>{told}</p><p>{B}</p>"
    assert lines_of(f"<article>{body}</article>") == [loose, told, B]


def test_a_heading_that_is_cut_within_a_word_stays_one_line() -> None:
    heading = "<h2><b><div></div>Game D</b><b>ay in the town of Bara<div></div></b></h2>"
    assert "Game Day in the town of Bara" in lines_of(f"<article>{heading}<p>{A}</p></article>")


@pytest.mark.parametrize(
    "loose",
    [
        *(
            f"The toll is {aside}1,234, said the mayor of the town on Friday evening."
            for aside in (
                "<button>share</button>",
                "<noscript>share</noscript>",
                '<iframe src="/share"></iframe>',
                "<select><option>share</option></select>",
            )
        ),
        "<span>The toll is 1,2</span><span>34</span>"
        "<span>, said the mayor of the town on Friday evening.</span>",
    ],
)
def test_a_sentence_beside_a_paragraph_stays_whole(loose: str) -> None:
    lines = lines_of(f"<article><h1>{HEADING}</h1><div>{loose}<p>{A}</p><p>{B}</p></div></article>")
    told = "The toll is 1,234, said the mayor of the town on Friday evening."
    assert [line.strip() for line in lines] == [told, A, B]


# What stands between two paragraphs

TABLE = (
    "<table><tr><td>Bara</td><td>14 dead</td></tr><tr><td>Kutum</td><td>9 dead</td></tr></table>"
)


@pytest.mark.parametrize(
    ("between", "lines"),
    [
        ("<h2>Nine killed in Kutum</h2>", ["Nine killed in Kutum"]),
        (
            "<ul><li>Bara: 14 dead</li><li>Kutum: 9 dead</li></ul>",
            ["Bara: 14 dead", "Kutum: 9 dead"],
        ),
        (TABLE, ["Bara | 14 dead", "Kutum | 9 dead"]),
        ("<div>Nine died in Kutum.</div>", ["Nine died in Kutum."]),
        (
            "Nine died in the clinic of Kutum on Tuesday.",
            ["Nine died in the clinic of Kutum on Tuesday."],
        ),
        ("<dl><dt>Dead</dt><dd>Nine in Kutum</dd></dl>", ["Dead", "Nine in Kutum"]),
        ("<section><p>Nine died.</p></section>", ["Nine died."]),
    ],
)
@pytest.mark.parametrize("around", ["<main>{}</main>", "{}", '<div class="c">{}</div>'])
def test_what_stands_between_two_paragraphs_is_read(
    around: str, between: str, lines: list[str]
) -> None:
    body = f"<h1>{HEADING}</h1><p>{A}</p>{between}<p>{B}</p>"
    assert lines_of(around.format(body)) == [A, *lines, B]


@pytest.mark.parametrize(
    "around", ["<main>{}</main>", "<article>{}</article>", "{}", "<div>{}</div>"]
)
@pytest.mark.parametrize(
    "between", ["<div>Nine died in Kutum.</div>", "<h2>Nine died in Kutum.</h2>"]
)
def test_of_a_long_page_too(around: str, between: str) -> None:
    first = "".join(f"<p>{said(number)}</p>" for number in range(6))
    last = "".join(f"<p>{said(number)}</p>" for number in range(6, 12))
    assert lines_of(around.format(f"<h1>{HEADING}</h1>{first}{between}{last}")) == [
        *map(said, range(6)),
        "Nine died in Kutum.",
        *map(said, range(6, 12)),
    ]


def test_paragraphs_may_stand_in_elements_of_their_own() -> None:
    body = f"<div><p>{A}</p></div><h2>Nine killed</h2><div><p>{B}</p></div>"
    assert lines_of(f"<main><h1>{HEADING}</h1>{body}</main>") == [A, "Nine killed", B]


@pytest.mark.parametrize(
    "other",
    [
        '<div><img src="a.jpg"><div>A street in the evening.</div></div>',
        "<figure><figcaption>A street in the evening.</figcaption></figure>",
        '<div class="related">Storm hits the coast again.</div>',
        "<aside>Storm hits the coast again.</aside>",
        '<h3><a href="/1">Storm hits the coast again</a></h3>',
        '<ul><li><a href="/1">Storm hits the coast again</a></li></ul>',
        '<div><h3><a href="/1">Storms hit us</a></h3><div>Homes were without power.</div></div>',
        "<div>Send this page</div>",
        "<form><div>Get our letter by mail.</div></form>",
    ],
)
@pytest.mark.parametrize("around", ["<main>{}</main>", "<div>{}</div>"])
def test_what_is_none_of_the_story_stays_out(around: str, other: str) -> None:
    body = f"<h1>{HEADING}</h1><p>{A}</p>{other}<p>{B}</p>"
    assert lines_of(around.format(body)) == [A, B]


def test_a_date_below_the_headline_hides_no_standfirst() -> None:
    story = "".join(f"<p>{said(number)}</p>" for number in range(1, 8))
    first = "Elders count 60 dead after three weeks, and nobody knows when the road will open"
    page = f"<h1>{HEADING}</h1><time>3 March</time><h2>{first}</h2><div>{story}</div>"
    assert first in lines_of(f"<main>{page}</main>")


def test_a_date_below_the_headline_is_no_standfirst() -> None:
    story = "".join(f"<p>{said(number)}</p>" for number in range(1, 8))
    page = f"<h1>{HEADING}</h1><time>Updated 10:01 pm PST, Tuesday, November 19, 2019</time>"
    lines = lines_of(f"<main><div>{page}</div><div>{story}</div></main>")
    assert lines == [said(number) for number in range(1, 8)]
