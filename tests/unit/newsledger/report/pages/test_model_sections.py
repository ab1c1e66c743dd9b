"""The sections on the model: when its charts are drawn, and what stands on their axes."""

from __future__ import annotations

import re
from dataclasses import replace

from newsledger.report.pages.model_sections import quality_section
from newsledger.report.record import ProjectReport
from tests.unit.newsledger.report.telling import told

OVER_TIME = "The model in use over time"


def promoted(*moments: str) -> ProjectReport:
    """A report with a model promoted at each of some moments."""
    report = told(300)
    model = report.models[0]
    return replace(report, models=tuple(replace(model, promoted=one) for one in moments))


def over_time(report: ProjectReport) -> str:
    """The chart of the models in use, as HTML."""
    (found,) = re.findall(f"<figure><h3>{OVER_TIME}.*?</figure>", quality_section(report))
    return str(found)


def below(figure: str) -> list[str]:
    """What stands below the axis of a chart."""
    return re.findall('<text class="below[^>]*>([^<]*)<', figure)


def test_one_model_is_told_in_words_and_not_as_a_lonely_dot() -> None:
    figure = over_time(promoted("2026-11-29T09:00:00+00:00"))
    assert "<svg" not in figure
    assert "One model so far has a figure, promoted on" in figure


def test_models_of_several_days_have_their_days_below() -> None:
    figure = over_time(promoted("2026-11-28T09:00:00+00:00", "2026-11-29T09:00:00+00:00"))
    assert below(figure) == ["2026-11-28", "2026-11-29"]


def test_models_of_one_day_have_the_time_below_too() -> None:
    figure = over_time(promoted("2026-11-29T09:00:00+00:00", "2026-11-29T22:35:00+00:00"))
    assert below(figure) == ["2026-11-29 09:00", "2026-11-29 22:35"]


def test_models_that_find_nothing_lie_on_an_axis_from_0_on() -> None:
    report = promoted("2026-11-28T09:00:00+00:00", "2026-11-29T09:00:00+00:00")
    models = tuple(
        replace(one, f1=replace(one.f1, value=0.0, low=0.0, high=0.0)) for one in report.models
    )
    figure = over_time(replace(report, models=models))
    heights = [float(one) for one in re.findall('<text class="up"[^>]*>([^<]*)<', figure)]
    assert min(heights) == 0.0
    assert max(heights) >= 0.1
