"""The sections on the model: quality, history, methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log2

from newsledger.progress import number_of
from newsledger.report.figures.measured import Measured
from newsledger.report.figures.model_history import CurveTold, ModelMade
from newsledger.report.figures.quality import LabelQuality, Quality
from newsledger.report.judgement import FEWEST_USES
from newsledger.report.pages import markup, plots
from newsledger.report.record import ProjectReport

SHOWN_MODELS = 40
"""Models listed; ``--json`` has all."""
_HEADINGS = {
    "own articles": "Quality on your own text",
    "seed articles": "Quality on the seed articles",
}
"""Of the section on quality, by what the model was measured on."""


def quality_section(report: ProjectReport) -> str:
    """How good the model in use is on one's own text."""
    found = report.quality
    if found is None:
        text = f"There is no model yet. {report.promotion}"
        return markup.section("quality", _HEADINGS["own articles"], markup.paragraph(text))
    seeds = (
        "The model in use was measured on the seed articles, which say little about yours."
        if found.measured_on == "seed articles"
        else "The model in use was not measured."
        if found.measured_on == "nothing"
        else ""
    )
    new = (
        f"{number_of(report.not_learnt, 'sentence')} labelled since it learnt "
        f"{'is' if report.not_learnt == 1 else 'are'} not in these numbers."
        if report.not_learnt
        else ""
    )
    return markup.section(
        "quality",
        _HEADINGS.get(found.measured_on, "Quality"),
        markup.paragraph(seeds),
        markup.paragraph(
            f"Measured on {number_of(found.sentences, 'sentence')} of "
            f"{number_of(found.articles, 'article')}, each answered for by models that had not "
            f"seen its article; 95 % intervals from resamples of the articles. {new}"
        )
        if found.sentences
        else "",
        markup.tiles(
            markup.tile(found.overall_f1, "F1 over all decisions"),
            markup.tile(found.events_right, "of its event types are right"),
            markup.tile(found.events_found, "of the event types that hold are found"),
            markup.tile(found.nothing_to_change, "of sentences need no other event types"),
            markup.tile(found.claims_f1, "F1 of claims (kind, overlapping)"),
            markup.tile(found.two_people, "F1 of two people on event types"),
        ),
        markup.charts(
            _champions(report.models), _curve(report.curve), _calibration(found), small=True
        ),
        markup.charts(
            _labels("Event types", [one for one in found.labels if one.part == "event"]),
            _labels("Claim kinds", [one for one in found.labels if one.part == "claim"]),
        ),
        "<h3>The next promotion</h3>",
        markup.paragraph(report.promotion),
    )


def history_section(report: ProjectReport) -> str:
    """The models, and what the gate said of each."""
    if not report.models:
        return markup.section(
            "models", "History of models", markup.paragraph("There is no model yet.")
        )
    shown = report.models[-SHOWN_MODELS:][::-1]
    rows = (
        (
            one.made[:16].replace("T", " ") or one.model,
            (
                one.outcome,
                markup.value(one.f1),
                markup.interval(one.f1),
                f"{one.why} ({one.model})",
            ),
        )
        for one in shown
    )
    more = (
        f"The last {len(shown)} of {len(report.models):,}."
        if len(report.models) > len(shown)
        else ""
    )
    return markup.section(
        "models",
        "History of models",
        markup.paragraph(
            "The newest first. A new model replaces the one in use unless it is worse on articles "
            f"that neither has learnt from. {more}"
        ),
        markup.table(
            "", ("made (UTC)", "", "F1", "95 % interval", "outcome"), rows,
            words=frozenset({0, 2, 3}),
        ),
    )  # fmt: skip


def methods_section(report: ProjectReport) -> str:
    """What to paste into a paper, and to put beside data and model."""
    found = report.methods
    cards = (
        ("Data card (Markdown with front matter)", found.data_card),
        ("Model card (Markdown with front matter)", found.model_card),
        ("Citation (CITATION.cff)", found.citation),
    )
    return markup.section(
        "methods",
        "Methods",
        markup.paragraph("Ready to paste; look it over, as it knows only what is written down."),
        f"<blockquote>{markup.escaped(found.paragraph)}</blockquote>",
        *(
            markup.behind(title, f"<pre>{markup.escaped(text)}</pre>")
            for title, text in cards
            if text
        ),
    )


def _champions(models: Sequence[ModelMade]) -> str:
    """The models in use one after another."""
    title = "The model in use over time"
    shown = [one for one in models if one.promoted and one.f1.value is not None]
    if not shown:
        return ""
    moments = _moments(shown)
    if len(shown) == 1:
        (only,) = shown
        return markup.figure_of(
            title,
            f"One model so far has a figure, promoted on {moments[0]}: F1 {markup.value(only.f1)} "
            f"over all decisions ({markup.interval(only.f1)}). A chart follows with the second.",
            "",
        )
    up, upward = _scale([one.f1 for one in shown])
    points = [
        _point(place / (len(shown) - 1), one.f1, up, f"{moments[place]}: ")
        for place, one in enumerate(shown)
    ]
    return markup.figure_of(
        title,
        "F1 over all decisions of each model that was promoted, on the labels of its time.",
        plots.chart(
            points,
            label="F1 of the models in use",
            across=[(0.0, moments[0]), (1.0, moments[-1])],
            upward=upward,
        ),
        markup.behind(
            "The numbers",
            markup.table(
                "",
                ("promoted (UTC)", "F1", "95 % interval", "sentences"),
                (
                    (
                        moment,
                        (markup.value(one.f1), markup.ends(one.f1), f"{one.f1.n:,}"),
                    )
                    for moment, one in zip(moments, shown, strict=True)
                ),
            ),
        ),
    )


def _curve(curve: CurveTold | None) -> str:
    """What more labels bring."""
    if curve is None:
        return markup.figure_of(
            "What more labels bring",
            "Not known yet: `newsledger report --curve` trains anew on growing shares of the "
            "labels and keeps what comes of it.",
            "",
        )
    points = curve.points
    doubled = max(0.0, min((points[-1].f1.value or 0.0) + curve.gain_per_doubling, 1.0))
    ahead = Measured(doubled, None, None, 2 * points[-1].labels, "labels")
    up, upward = _scale([*(one.f1 for one in points), ahead])
    first, last = log2(max(points[0].labels, 1)), log2(max(2 * points[-1].labels, 2))

    def across(labels: int) -> float:
        return (log2(max(labels, 1)) - first) / ((last - first) or 1.0)

    drawn = [_point(across(one.labels), one.f1, up, f"{one.labels:,} labels: ") for one in points]
    return markup.figure_of(
        "What more labels bring",
        f"{curve.says} Each step to the right doubles the labels; the open circle is the guess.",
        plots.chart(
            drawn,
            label="F1 by number of labels",
            across=[
                (0.0, f"{points[0].labels:,}"),
                (across(points[-1].labels), f"{points[-1].labels:,}"),
                (1.0, f"{ahead.n:,}"),
            ],
            upward=upward,
            onward=(1.0, up(doubled), f"{ahead.n:,} labels: about {doubled:.2f}"),
        ),
        markup.behind(
            "The numbers",
            markup.table(
                curve.source,
                ("labels", "F1", "lowest to highest"),
                (
                    (f"{one.labels:,}", (markup.value(one.f1), markup.ends(one.f1)))
                    for one in points
                ),
            ),
        ),
    )


def _calibration(found: Quality) -> str:
    if not found.calibration:
        return ""
    points = [
        plots.PlotPoint(
            one.said, one.true.value or 0.0, one.true.low, one.true.high,
            f"Said {one.said:.2f}, true in {markup.value(one.true)} of {one.true.n:,}",
        )
        for one in found.calibration
    ]  # fmt: skip
    quarters = [(place / 4, f"{place / 4:.2f}") for place in range(5)]
    return markup.figure_of(
        "What its probabilities are worth",
        "Across: how probable it said an event type is; upward: how often that was so. On the "
        "dashed line both are the same.",
        plots.chart(
            points,
            label="Calibration of event types",
            across=quarters,
            upward=quarters,
            joined=False,
            diagonal=True,
        ),
        markup.behind(
            "The numbers",
            markup.table(
                "",
                ("said", "true", "95 % interval", "answers"),
                (
                    (
                        f"{one.said:.2f}",
                        (markup.value(one.true), markup.ends(one.true), f"{one.true.n:,}"),
                    )
                    for one in found.calibration
                ),
            ),
        ),
    )


def _labels(title: str, labels: Sequence[LabelQuality]) -> str:
    if not labels:
        return ""
    rows = []
    for one in labels:
        picture = (
            ""
            if one.f1.value is None
            else plots.whisker(
                one.f1.value, one.f1.low, one.f1.high,
                f"{one.name}: F1 {markup.value(one.f1)}, {markup.ends(one.f1)}",
            )
        )  # fmt: skip
        cells = (
            markup.value(one.f1),
            f"{one.support:,}",
            markup.ends(one.f1),
            markup.value(one.precision),
            markup.value(one.recall),
        )
        rows.append((one.name, picture, cells, one.support < FEWEST_USES))
    return markup.figure_of(
        title,
        f"F1 with its interval, and how many are labelled; faint where under {FEWEST_USES}.",
        markup.pictured(
            "", ("", "0 to 1", "F1", "labelled", "95 % interval", "right", "found"), rows
        ),
    )


def _scale(
    figures: Sequence[Measured],
) -> tuple[Callable[[float], float], list[tuple[float, str]]]:
    """What brings some figures between 0 and 1, and round numbers around them for an axis."""
    ends = [one for f in figures for one in (f.value, f.low, f.high) if one is not None]
    ticks = plots.ticks_from(min(ends), max(ends))
    low, high = ticks[0], ticks[-1]

    def up(value: float) -> float:
        return (value - low) / (high - low)

    return up, [(up(one), f"{one:.2f}") for one in ticks]


def _point(
    x: float, figure: Measured, up: Callable[[float], float], before: str
) -> plots.PlotPoint:
    assert figure.value is not None
    return plots.PlotPoint(
        x,
        up(figure.value),
        None if figure.low is None else up(figure.low),
        None if figure.high is None else up(figure.high),
        f"{before}{markup.value(figure)}, {markup.interval(figure)}",
    )


def _moments(shown: Sequence[ModelMade]) -> list[str]:
    """When each was promoted: the day, and the time (UTC) where several were on one day."""
    days = [one.promoted[:10] for one in shown]
    if len(set(days)) == len(days):
        return days
    return [one.promoted[:16].replace("T", " ") for one in shown]
