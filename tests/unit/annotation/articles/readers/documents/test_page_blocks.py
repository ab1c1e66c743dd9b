"""What a page is cut into."""

from __future__ import annotations

import pytest
from trafilatura import load_html

from annotation.articles.readers.documents.page_blocks import (
    blocks,
    is_running_text,
    part_lines,
    part_loose,
    without_repeats,
)
from tests.unit.annotation.articles.reading import calls_of


def said(number: int) -> str:
    return (
        f"On day {number} of the siege the elders of the town said that soldiers had closed the "
        f"bridge, and {number + 3} people died near the market."
    )


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>One</p><div>Two<p>Three</p></div>", ["One", "Three"]),
        ("<div><b>One</b> more</div><ul><li>Two<li>Three</ul>", ["One more", "Two", "Three"]),
        ("<div>One<br>Two<p>Three</p>Four</div>", ["One", "Two", "Three", "Four"]),
        ("<p>One<br><b>Two</b> and<br/>Three</p>", ["One", "Two and", "Three"]),
        ("<h2>One<br>Two</h2>", ["One", "Two"]),
        ("<p> <br> </p><p>One</p>", ["One"]),
        ("<p>One<script>var a</script></p>", ["One"]),
    ],
)
def test_blocks_are_what_holds_no_others(html: str, texts: list[str]) -> None:
    tree = load_html(f"<html><body>{html}</body></html>")
    part_lines(tree)
    assert [one.text for one in blocks(tree)] == texts


def test_only_longer_lines_are_repeats() -> None:
    assert without_repeats(f"Yes.\n{said(1)}\nYes.\n{said(1)}") == f"Yes.\n{said(1)}\nYes."


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<h1>One</h1><time>Two</time><p>Three</p>", ["One", "Two", "Three"]),
        ("<p>One</p>Two <b>and</b> three<p>Four</p>", ["One", "Two and three", "Four"]),
        ("<p>One</p><span>Two</span><a href='/'>Three</a>", ["One", "Two", "Three"]),
        ("<p>One</p><i>T</i><b>wo</b>", ["One", "Two"]),
        ("<p>One</p><i>Two</i><b>and</b>", ["One", "Twoand"]),
        ("<p>One</p><i>Two</i> <b>Three</b>", ["One", "Two Three"]),
        ("<p>One</p>Two<button>Three</button>Four", ["One", "Two", "Three", "Four"]),
        ("<p>One</p>2 or <button>Three</button>4", ["One", "2 or 4", "Three"]),
        ("<p>One</p>Two <button>Three</button><b>Four</b>", ["One", "Two Four", "Three"]),
        ("<p>One</p><i>1,2</i><b>34</b><i> died</i>", ["One", "1,234 died"]),
        ("<p>One</p><i>200</i><b>,000</b>", ["One", "200,000"]),
        ("<p>One</p><i>Covid</i><b>-19</b>", ["One", "Covid-19"]),
        ("<p>One</p><i>MINUS</i><b>CA</b>", ["One", "MINUSCA"]),
        ("<p>One</p><i>Two </i><b>Three</b>", ["One", "Two Three"]),
        ("<p>One</p>Two<noscript>Three</noscript>", ["One", "Two", "Three"]),
        ("<a href='/'>One<h2>Two</h2></a><p>Three</p>", ["One", "Two", "Three"]),
        ("<p>One</p><!-- Two --> <script>var a</script>", ["One"]),
        ("<ul>One<li>Two</li></ul>", ["Two"]),
    ],
)
def test_what_stands_between_blocks_is_a_block(html: str, texts: list[str]) -> None:
    tree = load_html(f"<html><head><title>Zero</title></head><body>{html}</body></html>")
    part_loose(tree)
    assert [one.text for one in blocks(tree)] == texts


@pytest.mark.parametrize(
    ("loose", "is_text"),
    [
        (f"{said(1)}", True),
        (f'{said(1)} <span class="date">3 March</span>', True),
        ('<span class="author">Amina Musa</span> in Bara', False),
        (f'<span class="image"><span class="caption">{said(1)}</span></span>', False),
        (f'<a href="/1"><div><b>{said(1)}</b></div></a>', False),
        (f'<a name="top"><div><b>{said(1)}</b></div></a>', True),
        (f"<button>{said(1)}</button>", False),
    ],
)
def test_loose_words_are_text_unless_they_are_about_it(loose: str, is_text: bool) -> None:
    tree = load_html(f"<html><body><p>One</p>{loose}</body></html>")
    part_loose(tree)
    assert is_running_text(blocks(tree)[-1]) is is_text


def test_twice_as_many_elements_in_a_line_take_twice_as_much() -> None:
    def calls(number: int) -> int:
        tree = load_html(f"<html><body><div><p>x</p>{'<b>a</b>' * number}</div></body></html>")
        return calls_of(lambda: part_loose(tree))

    assert calls(800) < 2.5 * calls(400)
