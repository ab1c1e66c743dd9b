"""From a snapshot and what the registry knows to the record of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotation.dataset.snapshot import Snapshot
from annotation.records import Annotation
from newsledger.report.anchoring_told import told_anchoring
from newsledger.report.figures.disagreements import disputes
from newsledger.report.figures.label_counts import label_counts
from newsledger.report.figures.labelling import labelling
from newsledger.report.figures.model_history import CurveTold, curve_of_models, model_history
from newsledger.report.figures.quality import quality
from newsledger.report.judgement import (
    Standing,
    good_enough,
    next_steps,
    promotion,
    too_weak_to_doubt,
    whom_to_ask,
)
from newsledger.report.likely_errors import likely_errors_told
from newsledger.report.methods import Made, methods
from newsledger.report.people import renamed, shown_names
from newsledger.report.record import ProjectReport
from newsledger.team.agreement import agreement, double_coded
from training.examples import Examples, build_examples

if TYPE_CHECKING:
    from training.predictions import Predictions
    from training.registry.champion import ListedModel
    from training.registry.files.ruling_file import KeptRuling
    from training.registry.history import Promotion


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a report is made of."""

    snapshot: Snapshot
    """The labels."""
    seed_annotations: frozenset[Annotation]
    """Labels that newsledger brought along, which are nobody's work here."""
    models: Sequence[ListedModel]
    """The models, the one that was made last at the end."""
    acts: Sequence[Promotion]
    """The history of promotions."""
    rulings: Mapping[str, KeptRuling]
    """What the gate said, by model."""
    manifest: Mapping[str, Any] | None
    """The manifest of the model in use, None where there is none."""
    answers: Predictions | None
    """What was stored with it."""
    curve: CurveTold | None
    """What growing shares of the labels were worth, where somebody had it measured."""
    codebook: str
    """Version of codebook and schema, in words."""
    workspace: str = ""
    """Id of the workspace."""


def make_report(known: Known, *, made: str, version: str, emails: bool = False) -> ProjectReport:
    """Reckon everything that a report tells.

    Args:
        known: what it is made of.
        made: now, ISO 8601.
        version: of newsledger.
        emails: name people by their e-mail addresses.
    """
    snapshot, seed_labels, on_seeds = _own(known, emails=emails)
    work = labelling(snapshot.sentences, snapshot.annotations, snapshot.accepted)
    said = {one.sentence_id for one in snapshot.annotations}
    labelled = tuple(one for one in snapshot.sentences if one.id in said)
    rows = build_examples(replace(snapshot, sentences=labelled))
    coded = double_coded(labelled, snapshot.annotations)
    models = model_history(known.models, known.acts, known.rulings)
    manifest = known.manifest
    measured = (
        None
        if manifest is None
        else quality(
            manifest["id"],
            manifest["metrics"],
            snapshot.schema,
            answers=_answered(rows, known.answers),
            coded=coded,
        )
    )
    counts = label_counts(
        rows, snapshot.schema, {one.id: one.published for one in snapshot.articles}
    )
    agreed = agreement(coded, snapshot.schema)
    alphas = {one.name: one.figure.value for one in agreed.events if not one.why_none}
    differ = disputes(coded, snapshot.schema, alphas)
    curve = known.curve or curve_of_models(models)
    last = known.rulings.get(models[-1].model) if models else None
    not_learnt = _not_learnt(rows, manifest)
    errors = likely_errors_told(
        snapshot,
        known.answers,
        workspace=known.workspace,
        believed=not too_weak_to_doubt(measured),
    )
    return ProjectReport(
        made=made,
        version=version,
        snapshot=snapshot.id,
        on_seeds=on_seeds,
        seed_labels=seed_labels,
        next_steps=next_steps(
            Standing(
                on_seeds,
                work,
                measured,
                not_learnt,
                agreed,
                differ,
                curve,
                errors.sentences if errors else 0.0,
                errors.looked_at if errors else 0,
            )
        ),
        good_enough=good_enough(measured, work),
        whom_to_ask=whom_to_ask(agreed, differ),
        labelling=work,
        quality=measured,
        not_learnt=not_learnt,
        curve=curve,
        promotion=promotion(measured, last),
        agreement=agreed,
        disputes=differ,
        anchoring=told_anchoring(manifest),
        likely_errors=errors,
        counts=counts,
        models=models,
        methods=methods(
            Made(
                snapshot=snapshot.id,
                made=made,
                schema=snapshot.schema,
                codebook=known.codebook,
                labelling=work,
                counts=counts,
                picked=Counter(
                    snapshot.picked[one].method if one in snapshot.picked else "all"
                    for one in rows.sentence_ids
                ),
                agreement=agreed,
                quality=measured,
                manifest=manifest,
                newsledger=version,
            )
        ),
    )


def _own(known: Known, *, emails: bool) -> tuple[Snapshot, int, bool]:
    """The user's own articles with what people said of them; the seeds where there are no others.

    Returns:
        The snapshot, labels of people on seed articles, and whether these are all.
    """
    whole = known.snapshot
    brought = known.seed_annotations  # to look something up takes its hash, even among none
    people = [one for one in whole.annotations if not brought or one not in brought]
    if not emails:
        people = list(renamed(people, shown_names(one.annotator for one in people)))
    own = [one for one in whole.sentences if one.article_id not in whole.seeds]
    on_seeds = not own and bool(whole.sentences)
    sentences = tuple(own or whole.sentences)
    ids = {one.id for one in sentences}
    kept = tuple(one for one in people if one.sentence_id in ids)
    return (
        replace(whole, sentences=sentences, annotations=kept),
        len(people) - len(kept) if own else len(people),
        on_seeds,
    )


def _answered(rows: Examples, answers: Predictions | None) -> tuple[Examples, Predictions] | None:
    """The labelled sentences that a stored answer exists for, with these answers."""
    if answers is None or set(answers.label_names) - set(rows.label_names):
        return None
    stored = frozenset(answers.sentence_ids)
    places = [
        place
        for place, (name, tied) in enumerate(zip(rows.sentence_ids, rows.tied, strict=True))
        if name in stored and not tied
    ]
    some = rows.rows(places)
    return some, answers.of(some.sentence_ids).with_columns(rows.label_names)


def _not_learnt(rows: Examples, manifest: Mapping[str, Any] | None) -> int:
    """Labelled sentences beyond those of each article that the model in use learnt from."""
    learnt: Mapping[str, int] = (manifest or {}).get("training", {}).get("articles", {})
    now = Counter(rows.groups)
    return sum(max(0, number - learnt.get(article, 0)) for article, number in now.items())
