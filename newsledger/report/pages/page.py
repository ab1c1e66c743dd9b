"""The report as one page of HTML that needs nothing else: the record in, text out.

It has no script: what opens, opens by ``<details>``, and charts are SVG. All that people typed is
escaped where it comes in (``markup``), and the page says in a Content-Security-Policy that nothing
runs and nothing is loaded.
"""

from __future__ import annotations

from string import Template

from newsledger.html_pages import page_part, policy_hash, whole_characters
from newsledger.progress import number_of
from newsledger.report.pages.label_sections import counts_section
from newsledger.report.pages.markup import escaped, prose
from newsledger.report.pages.model_sections import (
    history_section,
    methods_section,
    quality_section,
)
from newsledger.report.pages.work_sections import (
    agreement_section,
    next_section,
    progress_section,
    told_section,
)
from newsledger.report.record import ProjectReport

NOT_BLIND = (
    "No sentence that chance drew to be shown without a suggestion is labelled yet, so nobody "
    "knows how far suggestions pull."
)
"""Where there is nothing to tell of anchoring."""
NO_LABELS = "Nothing is labelled yet."
"""Where there is nothing to tell of likely errors."""

_PARTS = "newsledger.report.pages"


def report_page(report: ProjectReport) -> str:
    """The page of a report.

    Args:
        report: everything that it shows.
    """
    style = page_part(_PARTS, "page.css")
    policy = (
        f"default-src 'none'; style-src '{policy_hash(style)}'; base-uri 'none'; form-action 'none'"
    )
    sections = (
        next_section(report),
        progress_section(report),
        quality_section(report),
        agreement_section(report),
        told_section("anchoring", "Anchoring", report.anchoring, NOT_BLIND),
        told_section("errors", "Likely errors waiting", report.likely_errors, NO_LABELS),
        counts_section(report),
        history_section(report),
        methods_section(report),
    )
    text = Template(page_part(_PARTS, "page.html")).substitute(
        policy=policy,
        style=style,
        summary=escaped(_summary(report)),
        sections="\n".join(sections),
        footer=prose(
            f"Made by newsledger {report.version} on {report.made[:10]} from snapshot "
            f"{report.snapshot}. Intervals are 95 %. `newsledger report --json` has the same "
            "numbers for machines."
        ),
    )
    return whole_characters(text)


def _summary(report: ProjectReport) -> str:
    work = report.labelling
    people = len(work.people)
    whose = "the example articles that newsledger brought along" if report.on_seeds else "news"
    sentences = number_of(work.sentences + work.boilerplate, "sentence")
    return (
        f"{work.labelled:,} of {sentences} of {whose} labelled by "
        f"{number_of(people, 'person', 'people')}; as of {report.made[:10]}."
    )
