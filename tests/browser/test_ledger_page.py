"""The page of the ledger in a real browser, from a file, as somebody gets it by mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from annotation.schema import Schema, parse_schema
from newsledger.ledger.files.page import ledger_page
from tests.browser.file_pages import CONTRAST, OpenedFile, opened_files
from tests.unit.newsledger.ledger.paging import Rows, page_rows

pytestmark = pytest.mark.browser


Opened = OpenedFile[Rows]


@pytest.fixture(scope="module")
def schema(xml: str) -> Schema:
    return parse_schema(xml)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path, schema: Schema) -> Iterator[Opened]:
    def made(rows: Rows) -> str:
        return ledger_page(rows, schema, "s1")

    with opened_files(browser, tmp_path, made) as opens:
        yield opens


@pytest.fixture(scope="module")
def five(schema: Schema) -> Rows:
    return page_rows(5, schema.event_types[0].alias, schema.claim_kinds[0].alias)


@pytest.fixture(scope="module")
def many(schema: Schema) -> Rows:
    return page_rows(5_000, schema.event_types[0].alias, schema.claim_kinds[0].alias)


def rows_of(page: Page) -> int:
    return page.locator("tr[data-incident]").count()


def test_a_number_opens_the_sentence_it_stands_on(opened: Opened, five: Rows) -> None:
    page = opened(five)
    assert rows_of(page) == 5
    toll = page.locator('tr[data-incident="i-0"] button.toll')
    toll.click()
    expect(page.locator(".more mark")).to_have_text("4 people")
    expect(page.locator(".more a")).to_have_attribute("href", "https://news.example/0")
    expect(toll).to_have_attribute("aria-expanded", "true")
    toll.click()
    expect(page.locator(".more")).to_have_count(0)


def test_incidents_of_one_headline_are_told_apart_by_how_their_reports_begin(
    opened: Opened, five: Rows
) -> None:
    titles = ["The week in brief", "The week in brief", None, *(f"Headline {n}" for n in (3, 4))]
    rows = dict(five)
    rows["incidents"] = [
        {**row, "title": title} for row, title in zip(five["incidents"], titles, strict=True)
    ]
    page = opened(rows)
    begins = page.locator(".begins")
    expect(begins).to_have_count(3)
    for number, killed in ((0, 4), (1, 5), (2, 6)):
        row = page.locator(f'tr[data-incident="i-{number}"] .begins')
        expect(row).to_have_text(f"Gunmen killed {killed} people, police said.")


def test_contradictions_are_shown_unasked(opened: Opened, five: Rows) -> None:
    page = opened(five)
    expect(page.locator(".disputed-text")).to_contain_text("police: 8; hospital: 18")
    expect(page.locator("button.disputed b")).to_have_text("8–?–18")
    expect(page.locator("#found")).to_have_text("5 of 5 incidents; sources disagree on 1")


def test_search_and_filters_work_together_on_five_thousand(opened: Opened, many: Rows) -> None:
    page = opened(many)
    found = page.locator("#found")
    assert rows_of(page) == 50
    expect(found).to_contain_text("5,000 of 5,000 incidents")
    page.locator("[name=place]").fill("Nyala")
    expect(found).to_contain_text("1,250 of 5,000")
    page.locator("[name=status]").select_option("decided")
    expect(found).to_contain_text("416 of 5,000")
    page.locator("[name=text]").fill("number 4989")
    expect(found).to_contain_text("1 of 5,000")
    page.get_by_role("button", name="Clear").click()
    expect(found).to_contain_text("5,000 of 5,000")
    page.locator("[name=from]").fill("2025-03-01")
    page.locator("[name=to]").fill("2025-03-02")
    expect(found).to_contain_text("16 of 5,000")
    page.get_by_role("button", name="Clear").click()
    page.locator("[name=disputed]").check()
    expect(found).to_contain_text("1,000 of 5,000")


def test_pages_of_the_table_are_turned(opened: Opened, many: Rows) -> None:
    page = opened(many)
    page.get_by_role("button", name="Further rows").click()
    expect(page.locator("#pages span")).to_have_text("51–100 of 5,000")
    assert rows_of(page) == 50


def test_a_bar_of_time_and_a_point_of_the_map_filter(opened: Opened, five: Rows) -> None:
    page = opened(five)
    page.get_by_role("button", name="2025-03-02: 1 incident").click()
    assert rows_of(page) == 1
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#found")).to_contain_text("5 of 5")
    page.locator('#map circle[data-place="Mubi"]').click()
    expect(page.locator("#found")).to_contain_text("2 of 5")


def test_without_places_there_is_no_map(opened: Opened, five: Rows) -> None:
    bare = [{**row, "latitude": None, "longitude": None} for row in five["incidents"]]
    page = opened({**five, "incidents": bare})
    expect(page.locator("#where-box")).to_be_hidden()


def test_the_keyboard_reaches_a_number_and_comes_back(opened: Opened, five: Rows) -> None:
    page = opened(five)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the incidents")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    toll = page.locator("button.toll").first
    expect(toll).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".more blockquote")).to_have_count(1)
    expect(toll).to_be_focused()
    assert toll.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Escape")
    expect(page.locator(".more")).to_have_count(0)
    expect(toll).to_be_focused()


def test_what_a_screen_reader_hears_of_a_table(opened: Opened, five: Rows) -> None:
    page = opened(five, width=390)
    table = page.get_by_role("table")
    assert table.get_by_role("row").count() == 6
    assert table.get_by_role("columnheader").count() == 5
    expect(table.get_by_role("button", name="8–?–18, sources disagree")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_no_width_breaks_the_page(opened: Opened, five: Rows, width: int) -> None:
    long = [{**row, "title": "Gewalt" * 40} for row in five["incidents"]]
    page = opened({**five, "incidents": long}, width=width)
    page.locator("button.toll").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read(
    opened: Opened, five: Rows, theme: Literal["dark", "light"]
) -> None:
    page = opened(five, theme=theme)
    page.locator("button.disputed").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert dark is (theme == "dark")
    assert page.evaluate(CONTRAST) == []


def test_paper_has_every_row_that_was_chosen(opened: Opened, many: Rows) -> None:
    page = opened(many, theme="dark")
    page.locator("[name=place]").fill("Nyala")
    page.locator("[name=status]").select_option("decided")
    expect(page.locator("#found")).to_contain_text("416 of 5,000")
    page.evaluate("addEventListener('beforeprint', () => { window.printed = "
                  "document.querySelectorAll('tr[data-incident]').length; })")  # fmt: skip
    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.printed") == 416
    assert rows_of(page) == 50
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 33, 38)"


def test_hostile_texts_do_nothing(opened: Opened, five: Rows) -> None:
    hostile = "</script><img src=x onerror=alert(1)><b>bold</b>"
    page = opened(
        {
            **five,
            "incidents": [{**row, "title": hostile, "place": hostile} for row in five["incidents"]],
            "articles": [{**r, "title": hostile, "url": "javascript:alert(1)"}
                         for r in five["articles"]],
            "sentences": [{**row, "text": hostile} for row in five["sentences"]],
        }
    )  # fmt: skip
    page.locator("button.toll").first.click()
    expect(page.locator(".title").first).to_have_text(hostile)
    assert page.locator("main img, main b b, .more a, table b:not(.toll b, caption b)").count() == 0


def test_what_stands_behind_a_rare_character_is_marked_right(opened: Opened, five: Rows) -> None:
    text = "𝕏 😀 Gunmen killed 4 people, police said."
    start = text.index("4 people")
    claims = [{**row, "start_in_sentence": start, "end_in_sentence": start + 8}
              for row in five["claims"]]  # fmt: skip
    sentences = [{**row, "text": text} for row in five["sentences"]]
    page = opened({**five, "claims": claims, "sentences": sentences})
    page.locator("button.toll").first.click()
    expect(page.locator(".more mark")).to_have_text("4 people")
