"""The use cases that learn and measure without a server: train, evaluate, the starter model.

What learns is imported when it is needed: the command line's help must not wait for scikit-learn.
"""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.dataset.snapshot import Snapshot, read_snapshot, write_snapshot
from annotation.errors import ExportError, ModelError, SchemaMismatchError, SnapshotError
from annotation.labelstudio.export_json import Export, read_export
from annotation.schema import Schema, read_schema
from newsledger.commands import models
from newsledger.commands.offline_results import EvaluateResult, TrainResult
from newsledger.progress import Progress
from newsledger.settings import Settings, packaged

if TYPE_CHECKING:
    from training.examples import Examples
    from training.model import Model

SEED_LABELS = "seeds/labels.json"
"""The labels that newsledger brings along; see seeds/README.md for what they are worth."""


# ------------------------------------------------------------------------------------- training


def train(
    settings: Settings,
    progress: Progress,
    labels: Path,
    *,
    promote: bool = False,
    force: bool = False,
    group_by: str | None = None,
) -> TrainResult:
    """Train on a Label Studio export or a snapshot, without a server.

    Args:
        settings: where things are, and which schema.
        progress: what is told meanwhile.
        labels: a JSON export, or a snapshot's folder.
        promote: make it the champion if the gate lets it pass.
        force: make it the champion even if not.
        group_by: the task field that names the article.

    Raises:
        NewsledgerError: the labels cannot be read, or do not suffice.
    """
    if labels.is_dir():
        snapshot = read_snapshot(labels)
    else:
        schema = read_schema(settings.config)
        export = read_export(labels, schema, group_by=group_by)
        snapshot = freeze(settings, progress, export, schema)
    return train_on(settings, progress, snapshot, promote=promote or force, force=force)


def freeze(settings: Settings, progress: Progress, export: Export, schema: Schema) -> Snapshot:
    """Write what an export holds as a snapshot; new articles join the holdout or do not.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    from training.active_learning.queue import read_picked
    from training.holdout import freeze_holdout, labelled_articles

    for problem in export.problems:
        progress.problem(problem)
    held_out = freeze_holdout(
        settings.holdout, labelled_articles(export.sentences, export.annotations)
    )
    return write_snapshot(
        settings.snapshots,
        sentences=export.sentences,
        annotations=export.annotations,
        schema=schema,
        held_out=held_out,
        picked={**export.picked, **read_picked(settings.picked, export.annotations)},
    )


def train_on(
    settings: Settings,
    progress: Progress,
    snapshot: Snapshot,
    *,
    promote: bool,
    force: bool = False,
) -> TrainResult:
    """Fit a challenger, judge it against the champion, and promote it if asked and allowed.

    Raises:
        NewsledgerError: the labels do not suffice, or the workspace cannot be written.
    """
    from training.challenger import make_challenger
    from training.evaluation import gate
    from training.registry import champion, store

    progress.say(f"Training on snapshot {snapshot.id} …")
    challenger = make_challenger(snapshot)
    model = store.save_model(settings.models, challenger.model)
    now = _champion_if_it_loads(settings, progress)
    verdict = gate.judge_models(challenger.model, challenger.measurement, now)
    if force and not verdict.promote:
        verdict = verdict.forced(getpass.getuser())
    promoted = promote and verdict.promote
    if promoted:
        champion.set_champion(
            settings.models, model.id, reason=verdict.reason, forced_by=verdict.forced_by
        )
    return TrainResult(
        model=model.id,
        champion=now.id if now else None,
        promoted=promoted,
        verdict=verdict,
        notes=challenger.notes,
        measured_on=challenger.measurement.measured_on,
        figures=model.manifest["metrics"],
        seconds=challenger.seconds,
        missed=tuple(
            f"'{one.claim.text}' ({one.claim.kind}) in: {one.sentence}" for one in challenger.missed
        ),
        asked=promote,
    )


def with_seeds(settings: Settings, progress: Progress, snapshot: Snapshot) -> Snapshot:
    """The snapshot and, for sentences that nobody has labelled, the seed labels.

    Seed labels of another schema are left out, with a sentence.
    """
    from training.holdout import freeze_holdout, labelled_articles

    seeds = _seed_export(progress, snapshot.schema)
    if seeds is None:
        return snapshot
    labelled = {one.sentence_id for one in snapshot.annotations if not one.cancelled}
    known = {one.id: one.text for one in snapshot.sentences}
    # Rows that came with ids of their own may have a seed's id and another text.
    fits = {one.id for one in seeds.sentences if known.get(one.id, one.text) == one.text}
    added = [one for one in seeds.annotations if one.sentence_id in fits - labelled]
    sentences = (*snapshot.sentences, *(one for one in seeds.sentences if one.id not in known))
    annotations = (*snapshot.annotations, *added)
    # A seed sentence waits in the queue like any other, but its seed label was not drawn from it:
    # weighed as a draw, a few seeds would stand for thousands of the user's sentences. Nor do a few
    # draws beside many seeds stand for them well; see decision 6.
    outnumbered = len(labelled) < len({one.sentence_id for one in added})
    picked = {key: how for key, how in snapshot.picked.items() if key in labelled}
    return write_snapshot(
        settings.snapshots,
        sentences=sentences,
        annotations=annotations,
        schema=snapshot.schema,
        held_out=freeze_holdout(settings.holdout, labelled_articles(sentences, annotations)),
        picked={} if outnumbered else picked,
    )


def champion_or_starter(settings: Settings, progress: Progress, schema: Schema) -> Model:
    """The champion if there is one for these labels, else one trained on the seed labels.

    Where the seed labels are of another schema, the labels' own words score sentences.
    """
    now = _fitting_champion(settings, progress, schema)
    if now is not None:
        return now
    seeds = _seed_export(progress, schema)
    if seeds is not None:
        trained = train_on(
            settings, progress, freeze(settings, progress, seeds, schema), promote=True
        )
        started = models.champion(settings)
        if trained.promoted and started is not None:
            progress.say(
                f"Starter model {started.id}, from the seed labels: a start, no more. "
                "It gets better with your labels and `newsledger retrain`."
            )
            return started
    return _untrained_model(schema)


def champion_or_words(settings: Settings, progress: Progress, schema: Schema) -> Model:
    """The champion if all its labels are in the schema, else a model of the labels' own words."""
    return _fitting_champion(settings, progress, schema) or _untrained_model(schema)


def _fitting_champion(settings: Settings, progress: Progress, schema: Schema) -> Model | None:
    """The champion, unless it knows a label that the schema has no more.

    A label that was added is no obstacle: the champion never suggests it, and its other
    suggestions are as good as they were.
    """
    now = models.champion(settings)
    if now is None:
        return None
    try:
        now.schema.require_same(schema, mine="the champion", theirs=str(settings.config))
    except SchemaMismatchError as error:
        progress.say(str(error))
    return None if now.schema.labels_not_in(schema) else now


def _untrained_model(schema: Schema) -> Model:
    from training.model import untrained_model

    return untrained_model(schema)


# ------------------------------------------------------------------------------------ measuring


def evaluate(
    settings: Settings,
    progress: Progress,
    labels: Path | None,
    *,
    model_id: str | None = None,
    group_by: str | None = None,
    trust: bool = False,
    curve: bool = False,
) -> EvaluateResult:
    """Measure a model on an export or snapshot, else on the workspace's held-out articles.

    Sentences that the model has learnt from are left out, with a sentence.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        labels: an export or a snapshot; None for the held-out articles.
        model_id: the model; None for the champion.
        group_by: the task field that names the article.
        trust: load a model that another scikit-learn made.
        curve: train anew on growing shares of the model's labels, too.

    Raises:
        NewsledgerError: there is no such model, or nothing to measure on.
    """
    from training.evaluation.learning_curve import learning_curve_on
    from training.evaluation.measurement import measure
    from training.examples import build_examples, split_holdout

    model = models.load(settings, model_id, trust=trust)
    if labels is None:
        snapshot = read_snapshot(settings.snapshots / model.manifest["snapshot"])
        rows = split_holdout(build_examples(snapshot), snapshot.held_out).holdout
        what = "the held-out articles"
    else:
        snapshot = _foreign_labels(progress, labels, model.schema, group_by)
        rows = _unseen(settings, progress, model, build_examples(snapshot))
        what = str(labels)
    if not len(rows):
        raise ExportError(
            f"There is no labelled sentence in {what} to measure on that the model has not seen.",
            hint="Give other labels with --labels, or label more articles.",
        )
    figures = measure(model, rows)
    learnt = None
    if curve:
        progress.say("Training anew on growing shares of the labels …")
        source = read_snapshot(settings.snapshots / model.manifest["snapshot"])
        training = split_holdout(build_examples(source), source.held_out).training
        learnt = learning_curve_on(rows, training, source.schema)
    return EvaluateResult(model.id, what, figures, learnt)


def _unseen(settings: Settings, progress: Progress, model: Model, rows: Examples) -> Examples:
    """The rows that the model has not learnt from, as far as its snapshot is there to tell."""
    from training.examples import build_examples, split_holdout

    try:
        snapshot = read_snapshot(settings.snapshots / model.manifest["snapshot"])
    except SnapshotError:
        progress.say(
            f"The snapshot of {model.id} is not in this workspace, so nobody can tell whether it "
            "has learnt from these labels."
        )
        return rows
    learnt = set(split_holdout(build_examples(snapshot), snapshot.held_out).training.texts)
    unseen = [row for row, text in enumerate(rows.texts) if text not in learnt]
    if len(unseen) < len(rows):
        progress.say(f"{len(rows) - len(unseen):,} sentences left out: it has learnt from them.")
    return rows.rows(unseen)


# ----------------------------------------------------------------------------------------- parts


def _champion_if_it_loads(settings: Settings, progress: Progress) -> Model | None:
    """A champion that is damaged must not keep a new one from being trained."""
    try:
        return models.champion(settings)
    except ModelError as error:
        progress.problem(error)
        return None


def _seed_export(progress: Progress, schema: Schema) -> Export | None:
    try:
        return read_export(packaged(SEED_LABELS), schema)
    except ExportError as error:
        progress.say(f"The seed labels do not fit this schema and are left out: {error.message}")
        return None


def _foreign_labels(
    progress: Progress, labels: Path, schema: Schema, group_by: str | None
) -> Snapshot:
    if labels.is_dir():
        snapshot = read_snapshot(labels)
        snapshot.schema.require_same(schema, mine=str(labels), theirs="the model")
        return snapshot
    export = read_export(labels, schema, group_by=group_by)
    for problem in export.problems:
        progress.problem(problem)
    return Snapshot(
        path=labels,
        id="",
        schema=schema,
        sentences=export.sentences,
        annotations=export.annotations,
        held_out=frozenset(),
        picked=export.picked,
    )
