"""What is ready to paste."""

from __future__ import annotations

import pytest

from newsledger.report.figures.measured import Measured
from newsledger.report.methods import in_figures
from newsledger.report.record import ProjectReport
from tests.unit.newsledger.report.telling import told


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


@pytest.mark.parametrize("number", [0, 1, 40])
def test_with_few_labels_nothing_is_claimed(number: int) -> None:
    text = told(number, models=False).methods.paragraph
    assert "F1 over all decisions" not in text
    assert "None" not in text


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
