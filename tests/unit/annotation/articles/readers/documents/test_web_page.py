"""The article is found in a page."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from annotation.articles.readers.documents import web_page
from tests.unit.annotation.articles.reading import FileMaker, Reading

PAGE = """<html lang="en"><head><title>Truce holds - Example News</title>
<meta property="og:title" content="Truce holds">
<meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2019-03-09T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Truce holds</h1>
<p>The truce around the city held on Saturday, officials of both sides said in the capital.</p>
<p>Some 40 people had died in the week before it, according to the hospital, and 300 fled.</p>
</article><footer>© 2019 Example News</footer></body></html>"""


def test_a_page_has_text_title_source_and_date(file: FileMaker) -> None:
    article = Reading(file("a.html", PAGE)).only()

    assert "Some 40 people had died" in article.text
    assert "<p>" not in article.text
    assert "World" not in article.text
    assert (article.title, article.source) == ("Truce holds", "Example News")
    assert article.published == "2019-03-09"


def test_a_page_in_another_encoding_is_read_by_what_it_says(file: FileMaker) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace("city", "café")
    assert "around the café held" in Reading(file("a.htm", page.encode("cp1252"))).only().text


def test_a_page_has_no_rows(file: FileMaker) -> None:
    assert "has no rows" in Reading(file("a.html", PAGE), presplit=True).refusal()
    assert "has no rows" in Reading("https://news.example/a", presplit=True).refusal()


# Nothing is lost, and nothing comes twice


def said(number: int) -> str:
    return (
        f"On day {number} of the siege the elders of the town said that soldiers had closed the "
        f"bridge, and {number + 3} people died near the market."
    )


HEAD = "<h1>Siege of the hill towns</h1>"
AD = "<aside><p>Advertisement for the finest shoes that you can buy in town.</p></aside>"
TEASER = (
    '<div class="box"><h3><a href="/1">Storm hits the coast again</a></h3>'
    "<p>Thousands of homes were without any power on Sunday evening, the company said.</p></div>"
)


def paragraphs(first: int, last: int) -> str:
    return "".join(f"<p>{said(number)}</p>" for number in range(first, last))


def page(body: str, head: str = "") -> str:
    return f"<html><head><title>Siege</title>{head}</head><body>{body}</body></html>"


def lines_of(file: FileMaker, html: str) -> list[str]:
    return Reading(file("a.html", html)).only().text.split("\n")


def declared(body: str) -> str:
    article = {"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "articleBody": body}]}
    return f'<script type="application/ld+json">{json.dumps(article)}</script>'


@pytest.mark.parametrize(
    "html",
    [
        page(
            f"<main><article>{HEAD}"
            + "".join(
                f'<div class="row"><div {name}>{paragraphs(5 * n, 5 * n + 5)}</div>{AD}</div>'
                for n in range(4)
            )
            + f"{TEASER}</article></main>"
        )
        for name in ('class="article__body"', 'itemprop="articleBody"', 'class="post-content"')
    ]
    + [
        page(
            f'<main>{HEAD}<div class="intro">{paragraphs(0, 3)}</div>'
            f'<div class="article-body">{paragraphs(3, 12)}</div>'
            f'<div class="rest">{paragraphs(12, 20)}</div></main>'
        ),
        page(
            f"<main>{HEAD}<article>{paragraphs(0, 10)}</article>"
            f"<article>{paragraphs(10, 20)}</article></main>"
        ),
        page(
            f'<div id="content">{HEAD}'
            + "".join(f'<div class="text">{paragraphs(n, n + 1)}</div>{AD}' for n in range(20))
            + "</div>"
        ),
        page(
            f"<article>{HEAD}{paragraphs(0, 3)}</article>",
            declared("\n\n".join(map(said, range(20)))),
        ),
        page(f"<article>{HEAD}{paragraphs(0, 3)}</article>", declared(paragraphs(0, 20))),
        page(
            f"<article>{HEAD}{paragraphs(0, 3)}</article>",
            declared("<div>" + "<br>".join(map(said, range(20))) + "</div>"),
        ),
    ],
)
def test_all_parts_of_an_article_are_read_in_their_order(file: FileMaker, html: str) -> None:
    lines = [line for line in lines_of(file, html) if line != "Siege of the hill towns"]
    assert lines == [said(number) for number in range(20)]


def test_a_short_line_that_line_breaks_part_comes_once_too(file: FileMaker) -> None:
    story = [
        "Gunmen burnt two villages near Kesh on Tuesday.",
        "Nine people were killed, an elder said.",
        "Soldiers arrived at noon and found 40 houses in ashes.",
    ]
    html = page(f"<article>{HEAD}<div>{story[0]}<br>{story[1]}<br><br>{story[2]}</div></article>")
    assert lines_of(file, html)[-3:] == story


@pytest.mark.parametrize("part", ["<br><br>", "<br/>", "<br>\n<br />\n"])
@pytest.mark.parametrize(
    "around",
    [
        *('<div class="story">{}</div>', "<div>{}</div>", "<p>{}</p>", "<section>{}</section>"),
        *("<div><span>{}</span></div>", '<div class="entry-content"><div>{}</div></div>'),
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_what_line_breaks_part_comes_once(file: FileMaker, around: str, part: str) -> None:
    html = page(f"<article>{HEAD}{around.format(part.join(map(said, range(5))))}</article>")
    lines = [line for line in lines_of(file, html) if line != "Siege of the hill towns"]
    assert lines == [said(number) for number in range(5)]


@pytest.mark.parametrize("heading", ["h1", "h2", "h3"])
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("around", ["<article>{}</article>", "<main>{}</main>", "<div>{}</div>"])
def test_the_heading_of_a_short_page_stands_alone(
    file: FileMaker, around: str, count: int, heading: str
) -> None:
    body = f"<{heading}>Shelling in Bara</{heading}>{paragraphs(0, count)}"
    lines = lines_of(file, page(f"<nav>menu</nav>{around.format(body)}"))
    assert [line for line in lines if line != "Shelling in Bara"] == [
        said(number) for number in range(count)
    ]


FIRST = "Elders count 60 dead after three weeks, and nobody knows when the road will open again"


@pytest.mark.parametrize(
    "standfirst",
    [
        *('<p class="standfirst">{}</p>', '<h2 class="subtitle">{}</h2>', "<h2>{}</h2>"),
        *('<div class="article__summary">{}</div>', '<p itemprop="description">{}</p>'),
        *('<header><p class="lead">{}</p></header>', '<ul class="summary"><li>{}</li></ul>'),
        *('<div class="top"><span class="sub-headline">{}</span></div>', '<p class="dek">{}</p>'),
        '<div data-gu-name="standfirst"><div><p>{}</p></div></div>',
    ],
)
def test_a_standfirst_is_read(file: FileMaker, standfirst: str) -> None:
    html = page(
        f"<main><div>{HEAD}{standfirst.format(FIRST)}</div>"
        '<div class="byline"><p>By our reporter in the hill towns, with help from others.</p></div>'
        f"<figure><figcaption>A street in the evening, with a cart before a shop.</figcaption>"
        f'</figure><div class="entry-content">{paragraphs(0, 8)}</div></main>'
    )
    lines = [line for line in lines_of(file, html) if line != "Siege of the hill towns"]
    assert lines == [FIRST, *map(said, range(8))]


def test_another_story_in_the_same_part_of_a_page_is_left_out(file: FileMaker) -> None:
    story = f'<div class="entry-content">{paragraphs(0, 8)}</div>'
    html = page(f"<main>{HEAD}{story}{TEASER * 3}</main>")
    assert "Thousands of homes" not in Reading(file("a.html", html)).only().text


def test_what_is_left_out_of_a_page_is_told(
    file: FileMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = "".join(
        f'<div class="s{n}"><h2><a href="/{n}">Story number {n} of the day</a></h2>'
        f"<p>{said(n)}</p><p>{said(n + 50)}</p></div>"
        for n in range(12)
    )
    part = SimpleNamespace(text=said(90), title="", url=None, sitename="", hostname="", date=None)
    monkeypatch.setattr(web_page, "_extracted", lambda tree, url: part)
    reading = Reading(
        file("a.html", page(f'<div class="entry-content">{paragraphs(90, 96)}</div>{stories}'))
    )
    assert len(reading.articles) == 1
    (message,) = reading.messages
    assert "24 of the 30 longer paragraphs of the page are not in the article" in message


@pytest.mark.parametrize("script", ["{", "[" * 5000, '{"articleBody": 7}', "null", ""])
def test_a_page_may_declare_anything(file: FileMaker, script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    lines = lines_of(file, page(f"<article>{HEAD}{paragraphs(0, 4)}</article>", head))
    assert said(3) in lines


@pytest.mark.parametrize("part", ["<p>Ten men fled.</p>", "<b>x</b>", "Ten men fled.<br>"])
def test_a_page_of_more_elements_than_are_read_is_refused(file: FileMaker, part: str) -> None:
    reading = Reading(file("a.html", page(f"<article>{part * 20_000}</article>")))
    assert reading.refusal() == "a.html: the page has more than 15,000 elements."


@pytest.mark.parametrize("attribute", ['a{}="x" ', "a{} ", "a{}=x ", "a{}='>'"])
def test_a_page_with_more_attributes_than_are_read_is_refused(
    file: FileMaker, attribute: str
) -> None:
    many = "".join(attribute.format(number) for number in range(10_002))
    reading = Reading(file("a.html", page(f"<article {many}><p>Ten men fled.</p></article>")))
    assert reading.refusal() == "a.html: an element of the page has more than 10,000 attributes."
    reading = Reading(file("b.html", page(f'<img src="{"x = " * 10_002}"><p>{said(1)}</p>')))
    assert said(1) in reading.only().text
