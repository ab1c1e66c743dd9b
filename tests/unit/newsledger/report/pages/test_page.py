"""The page: complete, escaped, without anything that runs."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from newsledger.report.figures.measured import Measured
from newsledger.report.making import make_report
from newsledger.report.pages.page import NOT_BLIND, report_page
from newsledger.report.record import ToldPart, ToldTable
from tests.unit.newsledger.report.telling import MADE, known, told

VOID = {"meta", "link", "img", "br", "line", "circle", "rect"}


class Tags(HTMLParser):
    """Which elements a page has, and whether each that opens is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("number", [0, 1, 40, 300])
def test_a_page_of_any_size_is_whole(number: int) -> None:
    page = report_page(told(number, models=number > 1))
    tags = Tags(page)
    assert tags.open == []
    assert tags.seen.isdisjoint({"script", "img", "link", "iframe"})
    assert "None" not in page
    assert NOT_BLIND in page
    for key in ("next", "progress", "quality", "agreement", "anchoring", "errors", "labels",
                "models", "methods"):  # fmt: skip
        assert f'<section id="{key}"' in page


def test_every_chart_has_a_table() -> None:
    page = report_page(told(300))
    charts = page.count('<svg class="chart"')
    assert charts >= 4
    assert page.count("<summary>The numbers</summary>") >= charts


def test_names_that_people_choose_do_nothing() -> None:
    source = known(300)
    hostile = '"><script>alert(1)</script>@x.example'
    people = {one.annotator for one in source.snapshot.annotations}
    annotations = tuple(
        replace(one, annotator=hostile if one.annotator == min(people) else one.annotator)
        for one in source.snapshot.annotations
    )
    some = replace(source, snapshot=replace(source.snapshot, annotations=annotations))
    page = report_page(make_report(some, made=MADE, version="0"))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_what_another_part_tells_has_its_section() -> None:
    table = ToldTable("Pull", ("", "n", "points"), (("shown", "100", "+10"),))
    report = replace(told(300), anchoring=ToldPart("Suggestions pull by ten points.", (table,)))
    page = report_page(report)
    assert "Suggestions pull by ten points." in page
    assert "<caption>Pull</caption>" in page
    assert NOT_BLIND not in page


def test_what_was_measured_on_seeds_is_not_headed_as_ones_own_text() -> None:
    report = told(300)
    assert report.quality is not None
    assert "Quality on your own text" in report_page(report)
    seeded = replace(report, quality=replace(report.quality, measured_on="seed articles"))
    page = report_page(seeded)
    assert "Quality on your own text" not in page
    assert "Quality on the seed articles" in page


def test_less_than_two_hours_are_told_in_minutes() -> None:
    report = told(300)
    for hours, shown in ((0.22, ">13<"), (1.9, ">114<"), (2.0, ">2<")):
        left = Measured(hours, hours, hours, 40, "sentences")
        page = report_page(replace(report, labelling=replace(report.labelling, hours_left=left)))
        assert shown in page
        assert ("minutes of work left" in page) == (hours < 2)


def test_one_sentence_of_one_article_is_singular() -> None:
    report = told(1, models=False)
    page = report_page(replace(report, seed_labels=1))
    assert "of 1 article; 1 label<" in page
    assert "Not counted: 1 label on the articles" in page
    assert "Of 1 labelled sentence, after" in page
