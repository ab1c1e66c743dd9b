"""The section on labels: how often each holds, what stands together, claims by week."""

from __future__ import annotations

from newsledger.progress import number_of
from newsledger.report.figures.label_counts import LabelCounts
from newsledger.report.pages import markup, plots
from newsledger.report.record import ProjectReport

MOST_WEEKS = 52
"""Weeks of claims that the chart shows; the table has all."""
SHOWN_PAIRS = 12
"""Event types that stand together: so many pairs are drawn, the table has all."""


def counts_section(report: ProjectReport) -> str:
    """How often each label holds, what stands together, and claims by week."""
    found = report.counts
    if not found.sentences:
        text = "Nothing is labelled yet."
        return markup.section("labels", "Labels", markup.paragraph(text))
    return markup.section(
        "labels",
        "Labels",
        markup.paragraph(
            f"Of {number_of(found.sentences, 'labelled sentence')}, after adjudication. "
            + (
                "Chosen by the queue and not drawn evenly, so these are shares of what was "
                "labelled, not of all articles."
                if report.labelling.unlabelled
                else "All sentences of a story are labelled, so these are shares of all articles."
            )
        ),
        markup.charts(
            _counted("Event types: sentences", found, "event"),
            _counted("Claim kinds: claims", found, "claim"),
            _together(found),
            _weeks(found),
        ),
    )


def _counted(title: str, found: LabelCounts, part: str) -> str:
    shown = [one for one in found.labels if one.part == part]
    if not shown:
        return ""
    most = max(one.number for one in shown) or 1
    return markup.figure_of(
        title,
        "With the share of the labelled sentences that have it.",
        markup.pictured(
            "",
            ("", "", "number", "share", "95 % interval"),
            (
                (
                    one.name,
                    plots.bar(one.number / most, f"{one.name}: {one.number:,}"),
                    (
                        f"{one.number:,}",
                        markup.value(one.share, digits=3),
                        markup.ends(one.share, digits=3),
                    ),
                    not one.number,
                )
                for one in shown
            ),
        ),
    )


def _together(found: LabelCounts) -> str:
    if not found.together:
        return ""
    most = found.together[0].number
    rows = [
        (f"{one.one} + {one.other}", plots.bar(one.number / most, f"{one.number:,}"),
         (f"{one.number:,}",), False)
        for one in found.together[:SHOWN_PAIRS]
    ]  # fmt: skip
    return markup.figure_of(
        "Event types that stand together",
        "Sentences in which both hold.",
        markup.pictured("", ("", "", "sentences"), rows),
        markup.behind("All of them", _matrix(found)),
    )


def _matrix(found: LabelCounts) -> str:
    names = [one.name for one in found.labels if one.part == "event"]
    cells = {(one.one, one.other): one.number for one in found.together}
    cells |= {(other, one): number for (one, other), number in cells.items()}
    most = max(cells.values())
    head = "".join(f'<th scope="col">{markup.escaped(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{markup.escaped(row)}</th>'
        + "".join(
            f'<td class="h{-(-4 * number // most)}">{f"{number:,}" if number else ""}</td>'
            for number in (cells.get((row, column), 0) for column in names)
        )
        + "</tr>"
        for row in names
    )
    return (
        '<div class="wide" tabindex="0"><table class="heat">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _weeks(found: LabelCounts) -> str:
    weeks = [one for one in found.weeks if one.week]
    if not weeks:
        return ""
    shown = weeks[-MOST_WEEKS:]
    rows = []
    for place, name in enumerate(found.kinds):
        numbers = [one.by_kind[place] for one in shown]
        total = sum(one.by_kind[place] for one in found.weeks)
        if total:
            says = f"{name}: {number_of(total, 'claim')}, {shown[0].week} to {shown[-1].week}"
            rows.append((name, plots.sparks(numbers, max(numbers), says), (f"{total:,}",), False))
    undated = sum(sum(one.by_kind) for one in found.weeks if not one.week)
    left = f" Without a date: {number_of(undated, 'claim')}." if undated else ""
    return markup.figure_of(
        "Claims by kind and week",
        f"By the week in which the article was published, {shown[0].week} to {shown[-1].week}; "
        f"each row has a scale of its own.{left}",
        markup.pictured("", ("", "", "claims"), rows),
        markup.behind(
            "The numbers",
            markup.table(
                "",
                ("week", *found.kinds),
                (
                    (one.week or "no date", [f"{n:,}" if n else "" for n in one.by_kind])
                    for one in found.weeks
                ),
            ),
        ),
    )
