"""The article is found in a page."""

from __future__ import annotations

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
