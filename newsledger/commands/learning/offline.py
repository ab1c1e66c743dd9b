"""Training without a server: train, and the model to start with.

What learns is imported when it is needed: the command line's help must not wait for scikit-learn.
"""

from __future__ import annotations

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.dataset.snapshot import Snapshot, read_snapshot, write_snapshot
from annotation.errors import ModelError, SchemaMismatchError
from annotation.labelstudio.export_json.export import Export, read_export, with_languages_told
from annotation.schema import Schema, read_schema
from newsledger.commands.learning import models
from newsledger.commands.learning.train_result import TrainResult
from newsledger.commands.state.codebooks import version_in_use
from newsledger.commands.state.seeds import seed_article_ids, seed_export
from newsledger.progress import Progress
from newsledger.settings import Settings
from newsledger.team.blind import with_withheld
from newsledger.workspace import settle_workspace

if TYPE_CHECKING:
    from training.challenger import Challenger
    from training.evaluation.promotion.earlier_models import EarlierModel
    from training.evaluation.promotion.gate import Ruling
    from training.model import Model


def train_model(
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
        export = with_languages_told(read_export(labels, schema, group_by=group_by))
        snapshot = freeze(settings, progress, export, schema)
    return train_challenger(settings, progress, snapshot, promote=promote or force, force=force)


def freeze(
    settings: Settings,
    progress: Progress,
    export: Export,
    schema: Schema,
    *,
    pulled: bool = False,
) -> Snapshot:
    """Write what an export holds as a snapshot.

    Args:
        settings: where things are.
        progress: is told of what was put right, and of what was left out.
        export: the labels.
        schema: what they are labels of.
        pulled: whether it is all that the workspace's project holds.

    Raises:
        WorkspaceError: the workspace cannot be written.
    """
    from training.active_learning.queue import read_picked

    settle_workspace(settings.workspace)
    for note in export.notes:
        progress.say(note)
    for problem in export.problems:
        progress.problem(problem)
    return write_snapshot(
        settings.snapshots,
        sentences=export.sentences,
        annotations=with_withheld(settings.withheld, export.annotations),
        schema=schema,
        seeds=seed_article_ids(),
        picked={**export.picked, **read_picked(settings.picked, export.annotations)},
        articles=export.articles,
        codebook=version_in_use(settings, schema),
        tasks=export.tasks,
        accepted=export.accepted,
        pulled=pulled,
    )


def train_challenger(
    settings: Settings,
    progress: Progress,
    snapshot: Snapshot,
    *,
    promote: bool,
    force: bool = False,
    is_starter: bool = False,
) -> TrainResult:
    """Fit a challenger, judge it against the champion, and promote it if asked and allowed.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        snapshot: the frozen dataset.
        promote: make it the champion if the gate lets it pass.
        force: make it the champion even if not.
        is_starter: it stands in until there are labels to measure by, and is not judged.

    Raises:
        NewsledgerError: the labels do not suffice, or the workspace cannot be written.
    """
    from training.challenger import STEPS, make_challenger
    from training.registry import champion, store

    settle_workspace(settings.workspace)
    progress.say(f"Training on snapshot {snapshot.id} …")
    with progress.track("Fitting models", 1 if is_starter else STEPS) as advance:
        challenger = make_challenger(snapshot, is_starter=is_starter, advance=advance)
    measured = challenger.measurement
    notes = [*challenger.notes]
    same = store.same_model(settings.models, challenger.model)
    if same is not None:
        notes.append(f"The same labels make the same model: {same.id} is used, and no other made.")
    model = same or store.save_model(settings.models, challenger.model, measured.answers)
    before = champion.champion_id(settings.models)
    now = _champion_if_it_loads(settings, progress)
    if now is None and before is not None:
        notes.append(
            f"The champion {before} does not load, so nothing is compared with it: "
            f"{model.id} is judged as the first model is."
        )
    ruling = _unjudged() if is_starter else _judged(settings, progress, challenger, model, now)
    if force and not ruling.promote:
        ruling = ruling.forced(getpass.getuser())
    if model.id != before:  # beside itself a champion is level, which is no news
        _write_down(settings, model, ruling, before)
    promoted = promote and ruling.promote
    if promoted:
        champion.set_champion(
            settings.models,
            model.id,
            reason=ruling.reason,
            forced_by=ruling.forced_by,
            best=ruling.best_so_far,
        )
    return TrainResult(
        model=model.id,
        champion=before,
        promoted=promoted,
        ruling=ruling,
        notes=tuple(notes),
        measured_on=measured.measured_on,
        articles=len(set(measured.rows.groups)),
        decisions=measured.rows.n_decisions,
        started_from_suggestion=measured.rows.n_suggested,
        figures=model.manifest["metrics"],
        seconds=challenger.seconds,
        missed=tuple(
            f"'{one.claim.text}' ({one.claim.kind}) in: {one.sentence}" for one in challenger.missed
        ),
        asked=promote,
        no_events=tuple(one.alias for one in snapshot.schema.event_types if one.excludes_rest),
    )


def _unjudged() -> Ruling:
    """What is said of a starter, which stands in until there is something to judge it by."""
    from training.evaluation.promotion.gate import Ruling

    return Ruling(True, ("It stands in until there are labels to measure by.",))


def _judged(
    settings: Settings, progress: Progress, challenger: Challenger, model: Model, now: Model | None
) -> Ruling:
    """What the gate says of a challenger, saved as ``model``, beside the champion of ``now``."""
    from training.evaluation.promotion.gate import judge_models

    champion, best = None, None
    if now is not None:
        progress.say(f"Comparing it with the champion {now.id} …")
        champion = _earlier(settings, progress, now)
        best = _best_model(settings, progress, now.id)
    return judge_models(model, challenger.learnt, challenger.measurement, champion, best)


def _write_down(settings: Settings, model: Model, ruling: Ruling, champion: str | None) -> None:
    """Keep with a model what the gate said of it, beside the id of the champion of then."""
    from training.registry.files.ruling_file import write_ruling

    write_ruling(
        settings.models / model.id,
        promote=ruling.promote and ruling.forced_by is None,
        reasons=ruling.reasons,
        champion=champion,
        overall=asdict(ruling.table.overall) if ruling.table else None,
        best=asdict(ruling.best) if ruling.best else None,
    )


def _earlier(settings: Settings, progress: Progress, model: Model) -> EarlierModel:
    """A model as the gate wants it; what it learnt from gives answers, where stored ones fail."""
    try:
        return models.as_earlier(settings, model)
    except ModelError as error:
        from training.evaluation.promotion.earlier_models import EarlierModel

        progress.problem(error)
        return EarlierModel(model, None, models.learnt_by(settings, model))


def _best_model(settings: Settings, progress: Progress, champion: str) -> EarlierModel | None:
    """The best model so far, None where that is the champion or does not load."""
    from training.registry.best import best_id
    from training.registry.store import load_model

    best = best_id(settings.models)
    if best is None or best == champion:
        return None
    try:
        return _earlier(settings, progress, load_model(settings.models / best))
    except ModelError:
        return None


def champion_or_starter(settings: Settings, progress: Progress, schema: Schema) -> Model:
    """The champion if one for these labels loads, else one trained on the seed labels.

    Where the seed labels are of another schema, the labels' own words score sentences.
    """
    now = _fitting_champion(settings, progress, schema)
    if now is not None:
        return now
    seeds = seed_export(progress, schema)
    if seeds is not None:
        trained = train_challenger(
            settings,
            progress,
            freeze(settings, progress, seeds, schema),
            promote=True,
            is_starter=True,
        )
        started = models.champion(settings)
        if trained.promoted and started is not None:
            progress.say(
                f"The starter model {started.id}, trained on the seed labels, is only a start. "
                "It gets better with your labels and `newsledger retrain`."
            )
            return started
    return _untrained_model(schema)


def champion_or_untrained(settings: Settings, progress: Progress, schema: Schema) -> Model:
    """The champion if it loads and all its labels are in the schema, else the labels' own words."""
    return _fitting_champion(settings, progress, schema) or _untrained_model(schema)


def _fitting_champion(settings: Settings, progress: Progress, schema: Schema) -> Model | None:
    """The champion, unless it does not load or knows a label that the schema has no more.

    A label that was added is no obstacle: the champion never suggests it, and its other
    suggestions are as good as they were.
    """
    now = _champion_if_it_loads(settings, progress)
    if now is None:
        return None
    try:
        now.schema.require_same(schema, mine="the champion", theirs=str(settings.config))
    except SchemaMismatchError as error:
        progress.say(str(error))
    if other := models.other_policy(now, schema, settings.config):
        progress.say(other)
    return None if now.schema.labels_not_in(schema) else now


def _untrained_model(schema: Schema) -> Model:
    from training.model import untrained_model

    return untrained_model(schema)


def _champion_if_it_loads(settings: Settings, progress: Progress) -> Model | None:
    """A champion that is damaged, or of another version, is reported and keeps nothing back."""
    try:
        return models.champion(settings)
    except ModelError as error:
        progress.problem(error)
        return None
