"""The sections on people: what to do next, how the labelling goes, how far people agree."""

from __future__ import annotations

from collections.abc import Sequence

from newsledger.progress import number_of
from newsledger.report.figures.labelling import LabelledDay, Labelling
from newsledger.report.figures.measured import Measured
from newsledger.report.pages import markup, plots
from newsledger.report.record import ProjectReport, ToldPart, ToldTable
from newsledger.team.agreement import AgreementFigure, week_of

MOST_COLUMNS = 45
"""Days shown one by one; more are put together by week."""
FEWEST_HOURS = 2
"""Hours of work below which they are told in minutes."""
_LONGEST_NUMBER = 24
SHOWN_DISPUTES = 8
"""Disputes listed; ``--json`` has all."""


def next_section(report: ProjectReport) -> str:
    """What to do next, and the three questions that a lead asks."""
    steps = "".join(f"<li>{markup.prose(one)}</li>" for one in report.next_steps)
    answers = (
        ("Is the model good enough?", report.good_enough),
        ("Whom to talk to?", report.whom_to_ask),
    )
    told = "".join(
        f"<div><dt>{question}</dt><dd>{markup.prose(answer)}</dd></div>"
        for question, answer in answers
    )
    return markup.section(
        "next", "What to do next", f"<ol>{steps}</ol>", f'<dl class="answers">{told}</dl>'
    )


def progress_section(report: ProjectReport) -> str:
    """How the labelling goes."""
    work = report.labelling
    seeds = (
        f"Not counted: {number_of(report.seed_labels, 'label')} on the articles that newsledger "
        "brought along."
        if report.seed_labels and not report.on_seeds
        else ""
    )
    return markup.section(
        "progress",
        "Progress",
        markup.tiles(
            markup.count(
                work.labelled,
                "sentences labelled",
                f"of {number_of(work.labelled_articles, 'article')}; "
                f"{number_of(work.labels, 'label')}",
            ),
            markup.count(
                work.waiting,
                "sentences waiting",
                f"of {work.sentences:,} in {number_of(work.articles, 'article')}; "
                f"{work.boilerplate:,} more {'is' if work.boilerplate == 1 else 'are'} no part of "
                "a story",
            ),
            markup.tile(work.seconds, "seconds for a sentence (median)", digits=0),
            markup.tile(work.a_day, "labels on a day of labelling", digits=0),
            markup.tile(work.days_left, "days of labelling left at this pace", digits=0),
            _work_left(work.hours_left),
        ),
        markup.paragraph(seeds, "note"),
        markup.charts(_by_day(work), _by_person(work)) if work.people else "",
    )


def _work_left(hours: Measured) -> str:
    """What is left in hours, or in minutes where whole hours would say nothing."""
    if hours.value is None or hours.value >= FEWEST_HOURS:
        return markup.tile(hours, "hours of work left at this median", digits=0)
    low, high = (None if one is None else 60 * one for one in (hours.low, hours.high))
    minutes = Measured(60 * hours.value, low, high, hours.n, hours.of)
    return markup.tile(minutes, "minutes of work left at this median", digits=0)


def agreement_section(report: ProjectReport) -> str:
    """How far people agree."""
    found = report.agreement
    if not found.sentences:
        text = (
            "No sentence was labelled by two people, so nobody knows how far to trust a label. "
            "Let a second person label some that another has labelled."
        )
        return markup.section("agreement", "Agreement", markup.paragraph(text))
    spans = {one.name: one for one in found.spans}
    names = {one.label: one.name for one in report.counts.labels if one.part == "event"}
    people = (*found.pairs, *found.by_person) if len(found.people) > 2 else found.pairs
    return markup.section(
        "agreement",
        "Agreement",
        markup.paragraph(
            f"{number_of(found.sentences, 'sentence')} of {number_of(found.articles, 'article')} "
            f"{'was' if found.sentences == 1 else 'were'} labelled by two or more of "
            f"{len(found.people)} people. Krippendorff's alpha is 1 where all say the same and 0 "
            "where they agree as often as by chance; 0.8 is held to be reliable, and below "
            f"0.67 nothing should rest on a label. Some {found.to_halve:,} more sentences that two "
            "people label would halve the intervals."
        ),
        markup.tiles(
            markup.tile(_of(found.event_sets, "sentences"), "alpha over event types (MASI)"),
            markup.tile(_of(spans["overlapping"], "spans"), "F1 of marked spans (overlapping)"),
            markup.tile(_of(found.kinds, "pairs of spans"), "alpha of claim kinds"),
            markup.tile(_of(found.values[0], "values"), "of values both typed are equal"),
        ),
        markup.charts(
            markup.figure_of(
                "By event type",
                "The bar is the 95 % interval; what few people used has no number.",
                _agreement_rows(
                    "alpha", [(names.get(one.name, one.name), one) for one in found.events], "uses"
                ),
            ),
            markup.figure_of(
                "By person",
                "Alpha over the event types of each two, and of each with all others.",
                _agreement_rows("alpha", [(one.name, one) for one in people], "sentences"),
                _disputes(report),
            ),
        ),
        markup.behind(
            "Spans, kinds, values and weeks",
            _agreement_table("Spans: F1", found.spans, "spans"),
            _agreement_table("Claim kinds: alpha", (found.kinds,), "pairs"),
            _agreement_table("Values that both typed", found.values, "values"),
            _agreement_table("Weeks: alpha over event types", found.weeks, "sentences"),
        ),
    )


def told_section(key: str, title: str, told: ToldPart | None, otherwise: str) -> str:
    """What another part of newsledger tells, or why there is nothing.

    Args:
        key: id of the section.
        title: its heading.
        told: what is told.
        otherwise: the sentence where nothing is.
    """
    if told is None:
        return markup.section(key, title, markup.paragraph(otherwise))
    tables = (
        markup.table(
            one.title,
            one.columns,
            ((row[0], row[1:]) for row in one.rows),
            words=_in_words(one),
        )
        for one in told.tables
    )
    return markup.section(
        key, title, *(markup.paragraph(line) for line in told.says.split("\n")), *tables
    )


def _in_words(table: ToldTable) -> frozenset[int]:
    """Numbers of the columns, without the first, that hold sentences."""
    cells = ((place - 1, one) for row in table.rows for place, one in enumerate(row) if place)
    return frozenset(place for place, one in cells if len(one) > _LONGEST_NUMBER)


def _by_day(work: Labelling) -> str:
    if not work.days:
        return ""
    names = [one.name for one in work.people]
    stacks = _stacks(work.days)
    legend = "".join(
        f'<li><i class="p{place % plots.SHADES}"></i>{markup.escaped(name)}</li>'
        for place, name in enumerate(names)
    )
    weekly = len(work.days) > MOST_COLUMNS
    return markup.figure_of(
        "Labels by week and person" if weekly else "Labels by day and person",
        "Each column is " + ("a week." if weekly else "a day on which somebody labelled (UTC)."),
        plots.columns(stacks, names, label="Labels over time, by person"),
        f'<ul class="legend">{legend}</ul>',
        markup.behind(
            "The numbers",
            markup.table(
                "Labels", ("", *names), ((day, [f"{n:,}" for n in row]) for day, row in stacks)
            ),
        ),
    )


def _stacks(days: Sequence[LabelledDay]) -> list[tuple[str, Sequence[int]]]:
    if len(days) <= MOST_COLUMNS:
        return [(one.day, one.by_person) for one in days]
    weeks: dict[str, list[int]] = {}
    for one in days:
        week = weeks.setdefault(week_of(one.day), [0] * len(one.by_person))
        for place, number in enumerate(one.by_person):
            week[place] += number
    return list(weeks.items())


def _by_person(work: Labelling) -> str:
    most = max(one.sentences for one in work.people)
    return markup.figure_of(
        "By person",
        "Sentences labelled, and the median of the seconds for one with its interval.",
        markup.pictured(
            "",
            ("", "", "labels", "seconds", "interval", "days", "last"),
            (
                (
                    one.name,
                    plots.bar(one.sentences / most, f"{one.name}: {one.sentences:,}"),
                    (
                        f"{one.sentences:,}",
                        f"{markup.value(one.seconds, digits=0)} s",
                        markup.ends(one.seconds, digits=0),
                        f"{one.days:,}",
                        one.last or "–",
                    ),
                    False,
                )
                for one in work.people
            ),
        ),
    )


def _of(figure: AgreementFigure, what: str) -> Measured:
    return Measured.of_agreement(figure, what)


def _agreement_rows(what: str, figures: Sequence[tuple[str, AgreementFigure]], counted: str) -> str:
    rows = []
    for name, one in figures:
        found = _of(one, counted)
        picture = (
            ""
            if found.value is None
            else plots.whisker(found.value, found.low, found.high, f"{name}: {markup.value(found)}")
        )
        cells = (markup.value(found), f"{one.n:,}", markup.ends(found))
        rows.append((name, picture, cells, found.value is None))
    return markup.pictured("", ("", "0 to 1", what, counted, "95 % interval"), rows)


def _agreement_table(title: str, figures: Sequence[AgreementFigure], counted: str) -> str:
    return markup.table(
        title,
        ("", "", "95 % interval", counted),
        (
            (one.name, (markup.value(found), markup.ends(found), f"{one.n:,}"))
            for one in figures
            for found in (_of(one, counted),)
        ),
    )


def _disputes(report: ProjectReport) -> str:
    if not report.disputes:
        return ""
    return markup.table(
        "What people differ on, the lowest alpha first: sentences in which one of two ticked it, "
        "and the other not",
        ("", "who", "differ", "of ticked"),
        (
            (one.label, (" and ".join(one.people), f"{one.differ:,}", f"{one.used:,}"))
            for one in report.disputes[:SHOWN_DISPUTES]
        ),
        words=frozenset({0}),
    )
