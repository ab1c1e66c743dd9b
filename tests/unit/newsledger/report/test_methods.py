"""What is ready to paste."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsledger.report.figures.measured import Measured
from newsledger.report.making import make_report
from newsledger.report.methods import SELECTED, in_figures
from newsledger.report.pages.page import report_page
from newsledger.report.record import ProjectReport
from tests.unit.newsledger.report.telling import MADE, known, told
from training.active_learning import strategies


@pytest.fixture(scope="module")
def report() -> ProjectReport:
    return told(300)


def test_the_paragraph_says_who_how_and_how_well(report: ProjectReport) -> None:
    text = report.methods.paragraph
    for part in (
        "3 people labelled", "codebook 1", "Krippendorff's alpha (MASI distance)",
        "12 labels were given in sentences drawn by chance",
        "cross-fitting", "95 % CI", "scikit-learn", "snapshot 0123456789abcdef",
    ):  # fmt: skip
        assert part in text


def test_each_way_of_selecting_sentences_is_told_in_words() -> None:
    found = (getattr(one, "method", None) for one in vars(strategies).values())
    ways = {one for one in found if isinstance(one, str)}
    assert {"random", "uncertain"} < ways
    assert ways | {"all"} == set(SELECTED)


@pytest.mark.parametrize("number", [0, 1, 40])
def test_with_few_labels_nothing_is_claimed(number: int) -> None:
    text = told(number, models=False).methods.paragraph
    assert "F1 over all decisions" not in text
    assert "None" not in text


def test_where_only_seeds_are_labelled_nobody_claims_their_labels(report: ProjectReport) -> None:
    source = known(300)
    assert source.manifest is not None
    on_seeds = {**source.manifest["metrics"], "measured_on": "seed articles"}
    names = frozenset(one.article_id for one in source.snapshot.sentences)
    seeded = replace(
        source,
        snapshot=replace(source.snapshot, annotations=(), seeds=names),
        manifest={**source.manifest, "metrics": on_seeds},
    )
    text = make_report(seeded, made=MADE, version="0").methods.paragraph
    assert text.startswith("We have labelled no sentence yet: 360 sentences of 30 articles wait.")
    assert "0 people" not in text
    assert "labelled sentences of example articles that came with the software" in text
    assert "cross-fitting, on these articles" in text
    assert "came with the software" not in report.methods.paragraph
    imported = replace(seeded, manifest=source.manifest)  # measured where it was made
    text = make_report(imported, made=MADE, version="0").methods.paragraph
    assert "came with the software" not in text


def test_a_model_measured_on_few_articles_has_no_figures_in_a_paper() -> None:
    text = told(40).methods.paragraph
    assert "is not known (measured on 3 articles; it takes 5)" in text
    assert "F1 over all decisions" not in text
    assert "bootstrap" not in text


def test_one_of_a_kind_is_singular() -> None:
    text = told(1, models=False).methods.paragraph
    assert "1 sentence of 1 news article" in text
    assert "0 of 1 label started" in text
    assert "1 sentence remained" in text


def test_shares_are_of_all_articles_where_all_is_labelled(report: ProjectReport) -> None:
    assert "Sentences were selected by the queue" in report.methods.data_card
    source = known(300)
    said = {one.sentence_id for one in source.snapshot.annotations}
    some = tuple(one for one in source.snapshot.sentences if one.id in said)
    full = replace(source, snapshot=replace(source.snapshot, sentences=some))
    found = make_report(full, made=MADE, version="0")
    assert "Sentences were selected by the queue" not in found.methods.data_card
    assert "All sentences of a story are labelled" in found.methods.data_card
    assert "not drawn evenly" not in report_page(found)
    assert "not drawn evenly" in report_page(report)


def test_cards_have_front_matter_and_the_citation_the_snapshot(report: ProjectReport) -> None:
    for card in (report.methods.data_card, report.methods.model_card):
        front, _, rest = card.removeprefix("---\n").partition("\n---\n")
        assert "language: [en]" in front
        assert rest.strip().startswith("# ")
    assert 'version: "0123456789abcdef"' in report.methods.citation
    assert told(0, models=False).methods.model_card == ""


def test_a_number_in_a_text_has_interval_and_n() -> None:
    figure = Measured(0.5, 0.4, 0.6, 1_200, "sentences")
    assert in_figures(figure) == "0.50 (95 % CI 0.40–0.60; n = 1,200 sentences)"
    assert in_figures(Measured.none("too few")) == "not known (too few)"
