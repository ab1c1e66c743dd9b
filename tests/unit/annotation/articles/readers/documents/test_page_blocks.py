"""The paragraphs of a page, and what is put in."""

from __future__ import annotations

import pytest
from trafilatura import load_html

from annotation.articles.readers.documents.page_blocks import (
    blocks,
    left_out,
    part_lines,
    with_missing,
    without_repeats,
)


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
