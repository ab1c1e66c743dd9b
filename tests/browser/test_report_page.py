"""The page of the report in a real browser, from a file, as a lead gets it by mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from newsledger.report.making import make_report
from newsledger.report.pages.page import report_page
from newsledger.report.record import ProjectReport
from tests.browser.file_pages import CONTRAST, OpenedFile, opened_files
from tests.unit.newsledger.report.telling import MADE, known, told

pytestmark = pytest.mark.browser

WIDTHS = (390, 768, 1024, 1280, 1600, 1920)

OUTSIDE = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const field = svg.getBoundingClientRect();
  const out = (box) => box.left < field.left - 6 || box.right > field.right + 6
    || box.top < field.top - 6 || box.bottom > field.bottom + 6;
  return [...svg.querySelectorAll("circle, rect, line, text")]
    .filter((one) => out(one.getBoundingClientRect())).map(() => svg.ariaLabel);
})"""
CUT_OFF = """() => [...document.querySelectorAll("table.picture")]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map((one) => one.innerText.slice(0, 80))"""
SCROLLED = """(tables) => [...document.querySelectorAll("div.wide")]
  .filter((one) => one.checkVisibility() && one.querySelector(tables)
    && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.innerText.slice(0, 80))"""
BROKEN = """() => [...document.querySelectorAll("span.whole")]
  .filter((one) => one.getClientRects().length > 1).map((one) => one.innerText)"""
BEGINNINGS = """() => [...document.querySelectorAll("section > h2 + p")]
  .filter((one) => one.nextElementSibling)
  .map((one) => `${one.previousElementSibling.innerText} ${one.innerText}`)"""
MEETING = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll("text")]
    .map((one) => [one.textContent, one.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  return boxes.flatMap(([said, box], place) => boxes.slice(place + 1)
    .filter(([, other]) => meet(box, other)).map(([other]) => `${said} on ${other}`));
})"""


Opened = OpenedFile[ProjectReport]


def with_days(report: ProjectReport, number: int, *, times: int = 1) -> ProjectReport:
    """A report with so many days of labelling, on each of which as much is done so many times."""
    first = report.labelling.days[0]
    start = date.fromisoformat(first.day)
    days = tuple(
        replace(
            first,
            day=(start + timedelta(days=place)).isoformat(),
            by_person=tuple(times * one for one in first.by_person),
        )
        for place in range(number)
    )
    return replace(report, labelling=replace(report.labelling, days=days))


def with_long_names(report: ProjectReport) -> ProjectReport:
    """A report whose labels are called as long as those that newsledger brings along."""
    counts = report.counts
    labels = tuple(
        replace(one, name=f"{one.name}, hostages or human shields") for one in counts.labels
    )
    quality = report.quality and replace(
        report.quality,
        labels=tuple(
            replace(one, name=f"{one.name}, hostages or human shields")
            for one in report.quality.labels
        ),
    )
    return replace(report, counts=replace(counts, labels=labels), quality=quality)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    with opened_files(browser, tmp_path, report_page) as opens:
        yield opens


@pytest.fixture(scope="module")
def some() -> ProjectReport:
    return told(400)


@pytest.mark.parametrize("number", [0, 1, 40, 400])
def test_no_width_breaks_a_page_of_any_size(opened: Opened, number: int) -> None:
    page = opened(told(number, models=number > 1))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_long_names_break_no_width(opened: Opened) -> None:
    source = known(200)
    long = {one.annotator: one.annotator[0] * 90 for one in source.snapshot.annotations}
    annotations = tuple(
        replace(one, annotator=long[one.annotator]) for one in source.snapshot.annotations
    )
    named = replace(source, snapshot=replace(source.snapshot, annotations=annotations))
    page = opened(make_report(named, made=MADE, version="0"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("number", [1, 40, 400])
def test_no_table_of_figures_must_be_scrolled_to_be_read(opened: Opened, number: int) -> None:
    page = opened(with_long_names(told(number)))
    for width in (360, *WIDTHS, 704, 720, 960, 1000, 1120, 1200, 1260, 1300, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SCROLLED, "table.picture") == [], width


def test_on_a_telephone_words_stand_below_each_other(opened: Opened, some: ProjectReport) -> None:
    page = opened(some, width=390)
    assert page.evaluate(SCROLLED, "table.told") == []
    outcome = page.locator("#models td").filter(has_text="Reason 2.")
    assert outcome.evaluate("one => getComputedStyle(one, '::before').content").startswith(
        '"outcome'
    )
    box = outcome.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390


def test_no_line_ends_within_a_day_or_a_week(opened: Opened, some: ProjectReport) -> None:
    page = opened(some, width=390)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.locator("#labels details span.whole").count() > 5
    assert page.evaluate(BROKEN) == []


def test_what_a_lead_asks_stands_on_the_first_screen(opened: Opened, some: ProjectReport) -> None:
    page = opened(some)
    for text in ("What to do next", "Is the model good enough?", "Whom to talk to?"):
        expect(page.get_by_text(text, exact=True)).to_be_in_viewport()


def test_the_table_behind_a_chart_opens_by_the_keyboard(
    opened: Opened, some: ProjectReport
) -> None:
    page = opened(some)
    numbers = page.locator("#progress details").first
    numbers.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(numbers.get_by_role("table")).to_be_visible()
    expect(numbers.get_by_role("columnheader").nth(1)).to_have_text(some.labelling.people[0].name)


def test_no_mark_of_a_chart_leaves_its_field(opened: Opened, some: ProjectReport) -> None:
    page = opened(some, width=390)
    outside = page.evaluate(OUTSIDE)
    assert outside == []


def test_a_thousand_labels_stay_in_the_field_of_their_chart(
    opened: Opened, some: ProjectReport
) -> None:
    page = opened(with_days(some, 40, times=300), width=390)
    for width in (360, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OUTSIDE) == []
        field = page.locator("#progress svg.chart").bounding_box()
        most = page.locator("#progress svg.chart text.over").bounding_box()
        assert field is not None
        assert most is not None
        assert most["x"] >= field["x"]


def test_no_two_texts_of_an_axis_lie_on_each_other(opened: Opened, some: ProjectReport) -> None:
    page = opened(some, width=390)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        meet = page.evaluate(MEETING)
        assert meet == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_of_the_report_can_be_read(
    opened: Opened, some: ProjectReport, theme: Literal["dark", "light"]
) -> None:
    page = opened(some, theme=theme)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert dark is (theme == "dark")
    assert page.evaluate(CONTRAST) == []


def test_paper_is_light_and_shows_the_tables(opened: Opened, some: ProjectReport) -> None:
    page = opened(some, theme="dark")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(29, 33, 38)"
    shown = page.locator("#progress details table").first
    assert shown.evaluate("one => one.getBoundingClientRect().height") > 20
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between its margins
    assert page.evaluate(CUT_OFF) == []


def test_long_tables_behind_charts_are_left_out_on_paper(
    opened: Opened, some: ProjectReport
) -> None:
    page = opened(with_days(some, 300))
    page.emulate_media(media="print")
    weeks = page.locator("#progress details .wide")
    assert weeks.locator("tbody").is_hidden()
    said = weeks.evaluate("one => getComputedStyle(one, '::after').content")
    assert said == '"43 rows: open the page on a screen to read them."'


@pytest.mark.parametrize("days", [2, 14, 26, 41])
def test_no_heading_stands_at_the_foot_of_a_sheet_without_what_it_heads(
    opened: Opened, some: ProjectReport, days: int
) -> None:
    page = opened(with_days(some, days))
    beginnings = [" ".join(one.split()) for one in page.evaluate(BEGINNINGS)]
    assert len(beginnings) >= 4
    for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages:
        text = " ".join(sheet.extract_text().split())
        for beginning in beginnings:
            place = text.rfind(beginning[:30])
            assert place < 0 or not beginning.startswith(text[place:]), beginning
