"""The methods in words: a paragraph to paste, a data card, a model card, a citation.

The cards begin with the front matter that the Hugging Face Hub reads, so that they can be put
beside the data and the model as they are.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from annotation.schema import Schema
from newsledger.progress import number_of
from newsledger.report.figures.label_counts import LabelCounts
from newsledger.report.figures.labelling import Labelling
from newsledger.report.figures.measured import Measured
from newsledger.report.figures.quality import Quality
from newsledger.report.record import Methods
from newsledger.team.agreement import Agreement
from training.registry.files.model_card import model_card

SELECTED = {
    "all": "in the order of the queue before a model had ranked it, or chosen by the annotator",
    "random": "drawn at random",
    "uncertain": "because the model was least certain of them",
    "words": "because they were most like what a label stands for, before there was a model",
}
"""Ways in which sentences are selected, in words; one that is not here is named as it is."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"))
"""What the Hub calls sizes of data sets."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the methods are about."""

    snapshot: str
    """Id of the snapshot."""
    made: str
    """When the report was made, ISO 8601."""
    schema: Schema
    """The labels."""
    codebook: str
    """Version of codebook and schema, in words."""
    labelling: Labelling
    """How the labelling goes."""
    counts: LabelCounts
    """How often each label holds."""
    picked: Mapping[str, int]
    """How many labelled sentences were selected in each way."""
    agreement: Agreement
    """How far people agree."""
    quality: Quality | None
    """How good the model in use is."""
    manifest: Mapping[str, Any] | None
    """The manifest of the model in use."""
    newsledger: str
    """Version of newsledger."""


def methods(made: Made) -> Methods:
    """What to say of how labels and model were made.

    Args:
        made: what they are.
    """
    paragraph = " ".join(_paragraph(made))
    return Methods(
        paragraph=paragraph,
        data_card=_data_card(made, paragraph),
        model_card=model_card(made.manifest, made.schema) if made.manifest else "",
        citation=_citation(made),
    )


def in_figures(figure: Measured) -> str:
    """A number with interval and n, as it stands in a text.

    Args:
        figure: the number.
    """
    if figure.value is None:
        return f"not known ({figure.why_none})"
    rests = f"n = {figure.n:,} {figure.of}"
    if figure.low is None or figure.high is None:
        return f"{figure.value:,.2f} ({rests})"
    return f"{figure.value:,.2f} (95 % CI {figure.low:,.2f}–{figure.high:,.2f}; {rests})"


def _paragraph(made: Made) -> Iterator[str]:
    work = made.labelling
    if work.labelled:
        yield from _on_labels(made)
    else:
        yield (
            "We have labelled no sentence yet: "
            f"{number_of(work.sentences + work.boilerplate, 'sentence')} of "
            f"{number_of(work.articles, 'article')} wait."
        )
    yield _agreement(made)
    if made.quality is not None and made.quality.sentences:
        yield _model(made)
    yield _software(made)


def _on_labels(made: Made) -> Iterator[str]:
    work = made.labelling
    people = len(work.people)
    yield (
        f"We labelled {number_of(work.labelled, 'sentence')} of "
        f"{number_of(work.labelled_articles, 'news article')} (of "
        f"{number_of(work.sentences + work.boilerplate, 'sentence')} of "
        f"{number_of(work.articles, 'article')} collected) for "
        f"{len(made.schema.event_types)} event types and {len(made.schema.claim_kinds)} kinds of "
        "numeric claims."
    )
    yield (
        f"{people} {'person' if people == 1 else 'people'} labelled in Label Studio, one sentence "
        f"at a time between its neighbours, by {made.codebook}."
    )
    if made.picked:
        ways = (
            f"{number:,} {SELECTED.get(way, f'by the strategy {way!r}')}"
            for way, number in sorted(made.picked.items(), key=lambda one: -one[1])
        )
        yield f"Sentences were selected as follows: {'; '.join(ways)}."
    if work.labels:
        yield (
            f"{work.suggested:,} of {number_of(work.labels, 'label')} started from a model's "
            "suggestion, which annotators corrected; "
            f"{number_of(made.counts.sentences, 'sentence')} remained after adjudication by "
            "majority."
        )
    if work.blind:
        yield (
            f"{number_of(work.blind, 'label')} {'was' if work.blind == 1 else 'were'} given in "
            "sentences drawn by chance to be labelled without seeing a suggestion."
        )


def _agreement(made: Made) -> str:
    agreement = made.agreement
    if not agreement.sentences:
        return "No sentence was labelled by two people, so agreement was not measured."
    found = Measured.of_agreement(agreement.event_sets, "sentences")
    kinds = Measured.of_agreement(agreement.kinds, "pairs of spans")
    spans = Measured.of_agreement(agreement.spans[-1], "spans")
    return (
        f"On {number_of(agreement.sentences, 'sentence')} labelled by two or more people, "
        f"Krippendorff's alpha (MASI distance) over sets of event types was {in_figures(found)}; "
        f"spans of claims overlapped with F1 {in_figures(spans)}, and their kinds agreed with "
        f"alpha {in_figures(kinds)}."
    )


def _model(made: Made) -> str:
    quality = made.quality
    assert quality is not None
    came_with = "example articles that came with the software"
    seeds_alone = quality.measured_on == "seed articles" and not made.labelling.labelled
    of = f" of {came_with}" if seeds_alone else ""
    on = f", on {'these articles' if of else came_with}"
    whose = "" if quality.measured_on == "own articles" else on
    learnt = (made.manifest or {}).get("training", {}).get("sentences", 0)
    found = (
        f"F1 over all decisions was {in_figures(quality.overall_f1)}, micro F1 of event types "
        f"{in_figures(quality.events_f1)}, F1 of claims (same kind, overlapping span) "
        f"{in_figures(quality.claims_f1)}; intervals from a bootstrap over "
        f"{number_of(quality.articles, 'article')}."
        if quality.overall_f1.value is not None
        else f"How good it is, is {in_figures(quality.overall_f1)}."
    )
    return (
        f"The model (newsledger {quality.model}: linear classifiers on words and word vectors, "
        f"calibrated) was fitted on {number_of(learnt, 'labelled sentence')}{of} and evaluated by "
        f"cross-fitting{whose}: each article was answered for by models that had not seen it, and "
        f"sentences that say the same as one of its sentences were left out of their training. "
        f"{found}"
    )


def _software(made: Made) -> str:
    versions = {
        "Python": platform.python_version(),
        **{name: version(name) for name in ("scikit-learn", "numpy", "scipy")},
        "label-studio-sdk": version("label-studio-sdk"),
    }
    used = ", ".join(f"{name} {number}" for name, number in versions.items())
    return f"Software: newsledger {made.newsledger} with {used}; snapshot {made.snapshot}."


def _data_card(made: Made, paragraph: str) -> str:
    work, schema, counts = made.labelling, made.schema, made.counts
    size = next((name for most, name in _SIZES if work.labelled < most), "100K<n<1M")
    title = f"Labels of snapshot {made.snapshot}"
    lines = [
        "---",
        f"pretty_name: {json.dumps(title)}",
        "language: [en]",
        "license: unknown",
        "task_categories: [text-classification, token-classification]",
        "annotations_creators: [expert-generated]",
        "source_datasets: [original]",
        f"size_categories: [{json.dumps(size)}]",
        "tags: [news, armed-conflict, event-coding, label-studio, newsledger]",
        "---",
        "",
        f"# {title}",
        "",
        "## What is in it",
        "",
        f"- {number_of(work.articles, 'news article')}, "
        f"{number_of(work.sentences + work.boilerplate, 'sentence')}, "
        f"{work.labelled:,} of them labelled",
        f"- {len(schema.event_types)} event types, several a sentence; {len(schema.claim_kinds)} "
        "kinds of numeric claims, marked as spans with values",
        f"- codebook and schema: {made.codebook}",
        "",
        "## How it was made",
        "",
        paragraph,
        "",
        "## Labels",
        "",
        "| label | what | number | share of sentences |",
        "|---|---|---|---|",
        *(
            f"| {one.name} (`{one.label}`) | {one.part} | {one.number:,} | "
            f"{in_figures(one.share)} |"
            for one in counts.labels
        ),
        "",
        "## What to know before use",
        "",
        "- The articles are their publishers'; whoever passes this on needs the right to do so. "
        "The licence above is a gap to fill.",
        "- A claim is what somebody said, not what is so.",
        "- All sentences of a story are labelled, so shares above are of all articles collected."
        if work.labelled and not work.unlabelled
        else "- Sentences were selected by the queue, not drawn evenly: shares above are of what "
        "was labelled, not of all articles. Inclusion probabilities are kept with the snapshot.",
        "- Labels that started from a suggestion may lean towards it.",
    ]
    return "\n".join(lines) + "\n"


def _citation(made: Made) -> str:
    title = f"Labelled conflict news, newsledger snapshot {made.snapshot}"
    return "\n".join((
        "cff-version: 1.2.0",
        "message: If you use these labels, please cite them as below.",
        "type: dataset",
        f"title: {json.dumps(title)}",
        f"version: {json.dumps(made.snapshot)}",
        f"date-released: {json.dumps(made.made[:10])}",
        "authors:",
        "  - name: FILL IN who labelled",
        "references:",
        "  - type: software",
        "    title: newsledger",
        f"    version: {made.newsledger}",
        "    authors:",
        "      - name: The newsledger maintainers",
        "",
    ))  # fmt: skip
