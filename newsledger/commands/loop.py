"""The use cases that need a Label Studio: up, push, pull, retrain, doctor.

Each is one function of the settings; it tells a ``Progress`` what it is doing and returns a
record of what came of it. ``cli`` prints these records, other programs may call the functions
themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotation.articles.inputs import read_articles, read_presplit
from annotation.articles.sentences import split
from annotation.dataset.snapshot import Snapshot
from annotation.errors import NewsledgerError, StudioUnreachableError
from annotation.labelstudio.sync import ProjectCounts
from annotation.records import MODIFIERS, Article, Sentence, Task
from annotation.schema import Schema, read_schema
from newsledger.commands import models, offline, project, queue
from newsledger.commands.loop_results import (
    DoctorResult,
    PullResult,
    PushResult,
    RetrainResult,
    SwitchResult,
    UpResult,
)
from newsledger.commands.project import WorkspaceProject
from newsledger.commands.pushed_sentences import PushedSentences
from newsledger.progress import Progress
from newsledger.settings import Settings, packaged

if TYPE_CHECKING:
    from training.registry.store import Model

SEEDS = "seeds/articles"
"""The seed articles that newsledger brings along."""


@contextmanager
def up(
    settings: Settings, progress: Progress, *, port: int | None = None, seeds: bool = True
) -> Iterator[UpResult]:
    """Start or find Label Studio, make the project, train the starter model, push the seeds.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        port: port of the local server, None for a free one; one that another ``up`` runs stays
            where it is.
        seeds: whether to push the seed articles.

    Yields:
        What runs; the local server is stopped when the block ends.

    Raises:
        NewsledgerError: a step failed; run it again when that is mended.
    """
    schema = read_schema(settings.config)
    with project.running(settings, progress, port) as host:
        studio, local = host.studio, host.local
        with project.alone(settings, progress):
            ours = project.find(settings, studio, schema, create=True)
            model = offline.champion_or_starter(settings, progress, schema)
            if seeds:
                _push(progress, ours, model, [str(packaged(SEEDS))])
            other = studio.counts(ours.id).model_id != model.id
            if other or studio.without_suggestion(ours.id):
                # Promoted or rolled back while the server was down, or a run was killed.
                _refresh(settings, progress, ours, model)
        yield UpResult(
            url=studio.url,
            project_url=ours.page,
            counts=studio.counts(ours.id),
            login=local.login if local else None,
            login_file=local.folder / "login.json" if local else None,
            server=None if host.elsewhere else local,
            elsewhere=host.elsewhere,
        )


def push(
    settings: Settings,
    progress: Progress,
    inputs: Sequence[str],
    *,
    presplit: bool = False,
    allow_private: bool = False,
) -> PushResult:
    """Push articles as tasks, pre-annotated by the champion; what is there already stays as it is.

    Raises:
        NewsledgerError: the server or the workspace fails; what could not be read is reported
            instead.
    """
    with project.opened(settings, progress) as ours:
        model = offline.champion_or_words(settings, progress, ours.schema)
        return _push(progress, ours, model, inputs, presplit=presplit, allow_private=allow_private)


def pull(settings: Settings, progress: Progress) -> PullResult:
    """Freeze all labels into a snapshot.

    Raises:
        NewsledgerError: the server or the workspace fails; annotations that cannot be understood
            are reported instead.
    """
    with project.opened(settings, progress) as ours:
        return _pull(settings, progress, ours)[0]


def retrain(
    settings: Settings, progress: Progress, *, force: bool = False, seeds: bool = True
) -> RetrainResult:
    """Pull, train, evaluate, gate, promote, and replace the suggestions on unlabelled tasks.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        force: promote even if the gate refuses.
        seeds: learn from the seed labels, too, where nobody has labelled the same sentence.

    Raises:
        NewsledgerError: a step failed; the champion is as it was.
    """
    with project.opened(settings, progress) as ours:
        pulled, snapshot = _pull(settings, progress, ours)
        progress.say(pulled.text())
        articles = {one.id: one.article_id for one in snapshot.sentences}
        labelled_in = Counter(
            articles[one.sentence_id] for one in snapshot.annotations if not one.cancelled
        )
        if seeds:
            snapshot = offline.with_seeds(settings, progress, snapshot)
        trained = offline.train_on(settings, progress, snapshot, promote=True, force=force)
        refreshed = 0
        if trained.promoted:
            model = models.load(settings)
            refreshed = _refresh(settings, progress, ours, model, labelled_in)
        return RetrainResult(pulled, trained, refreshed)


def switch(settings: Settings, progress: Progress, switched: SwitchResult) -> SwitchResult:
    """After a promotion or a rollback: let annotators see the new champion's suggestions.

    The champion is what it is by now: a server that fails is a problem to report, and none where
    the workspace's own does not run. The next `up` or `retrain` replaces the suggestions.
    """
    try:
        with project.opened(settings, progress) as ours:
            model = models.load(settings)
            refreshed = _refresh(settings, progress, ours, model)
    except NewsledgerError as error:
        if settings.credentials is not None or not isinstance(error, StudioUnreachableError):
            progress.problem(error)
        return replace(switched, refreshed=None)
    return replace(switched, refreshed=refreshed)


def doctor(settings: Settings) -> DoctorResult:
    """Check schema, workspace, model, server, token and project; never raises what it can tell."""
    problems: list[str] = []
    schema, champion, counts = None, None, None
    url = project_id = None
    with _noted(problems):
        schema = read_schema(settings.config)
    problems += _schema_problems(schema) if schema else ()
    with _noted(problems):
        champion = models.champion(settings)
        if champion is None:
            problems.append("There is no model yet. `newsledger up` or `retrain` makes one.")
        elif schema is not None:
            champion.schema.require_same(schema, mine="the champion", theirs=str(settings.config))
    with _noted(problems), project.connected(settings) as studio:
        url = studio.url
        studio.check()
        if schema is not None:
            project_id = project.known(settings)
            if project_id is None:
                problems.append("This workspace has no project yet. `newsledger up` makes it.")
            else:
                counts = studio.counts(project_id)
                missing = studio.without_suggestion(project_id)
                problems += _queue_problems(counts, missing, champion)
    return DoctorResult(
        url=url,
        project_id=project_id,
        tasks=counts.tasks if counts else None,
        with_suggestion=counts.with_suggestion if counts else None,
        annotated=counts.annotated if counts else None,
        champion=champion.id if champion else None,
        problems=tuple(problems),
    )


# ---------------------------------------------------------------------------------------- parts


def _push(
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    inputs: Sequence[str],
    *,
    presplit: bool = False,
    allow_private: bool = False,
) -> PushResult:
    register = PushedSentences(ours.register)
    seen = Counter[str]()

    def tasks() -> Iterator[Task]:
        documents = (
            _presplit(inputs, progress)
            if presplit
            else _documents(inputs, progress, allow_private=allow_private)
        )
        for article, sentences in documents:
            seen["articles"] += 1
            for position, sentence in enumerate(sentences):
                seen["sentences"] += 1
                if register.earlier(sentence) is not None:
                    seen["same"] += 1
                    continue
                seen["boilerplate"] += sentence.boilerplate
                yield _task(article, sentences, position)

    with progress.track("Pushing sentences") as advance:
        pushed = ours.studio.push(
            ours.id, queue.pushed(model, tasks()), ours.schema, advance=advance
        )
    register.save()
    return PushResult(
        articles=seen["articles"],
        sentences=seen["sentences"],
        created=pushed.created,
        already_there=pushed.already_there,
        same_as_another=seen["same"],
        boilerplate=seen["boilerplate"],
        suggested=pushed.suggested,
        resent=pushed.resent,
        doubles_removed=pushed.doubles_removed,
        model=model.id,
        url=ours.page,
    )


def _documents(
    inputs: Sequence[str], progress: Progress, *, allow_private: bool
) -> Iterator[tuple[Article, tuple[Sentence, ...]]]:
    for article in read_articles(inputs, on_problem=progress.problem, allow_private=allow_private):
        yield article, split(article)


def _presplit(
    inputs: Sequence[str], progress: Progress
) -> Iterator[tuple[Article, tuple[Sentence, ...]]]:
    """Rows of one article that follow each other are each other's surroundings."""
    current: list[Sentence] = []
    for sentence in read_presplit(inputs, on_problem=progress.problem):
        if current and current[0].article_id != sentence.article_id:
            yield Article(current[0].article_id, "", ""), tuple(current)
            current = []
        current.append(sentence)
    if current:
        yield Article(current[0].article_id, "", ""), tuple(current)


def _task(article: Article, sentences: Sequence[Sentence], position: int) -> Task:
    outlet = " · ".join(part for part in (article.source, article.published) if part)
    before = sentences[position - 1].text if position else ""
    return Task(
        sentence=sentences[position],
        title=article.title,
        before=before if before != article.title else "",  # the title stands above it already
        after=sentences[position + 1].text if position + 1 < len(sentences) else "",
        source=outlet,
    )


def _pull(
    settings: Settings, progress: Progress, ours: WorkspaceProject
) -> tuple[PullResult, Snapshot]:
    with progress.track("Pulling labels"):
        export = ours.studio.pull(ours.id, ours.schema)
    snapshot = offline.freeze(settings, progress, export, ours.schema)
    counted = [one for one in export.annotations if not one.cancelled]
    pulled = PullResult(
        snapshot=snapshot.id,
        path=str(snapshot.path),
        sentences=len(export.sentences),
        labelled=len({one.sentence_id for one in counted}),
        annotations=len(export.annotations),
        skipped=len(export.annotations) - len(counted),
        annotators=tuple(sorted({one.annotator for one in export.annotations})),
        held_out=len(snapshot.held_out),
    )
    return pulled, snapshot


def _refresh(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    model: Model,
    labelled_in: Mapping[str, int] | None = None,
) -> int:
    """Replace the suggestions on tasks that nobody has labelled; how many were stored."""
    from training.model import Predictor

    # First, because a run that is killed here leaves what `up` looks for: another model that is
    # shown, or tasks that lack a suggestion.
    with_suggestion = ours.studio.refresh_readings(
        ours.id, partial(queue.suggestions, Predictor(model)), ours.schema, model_id=model.id
    )
    waiting = tuple(ours.studio.unlabelled(ours.id, ours.schema, without_suggestion_by=model.id))
    if not waiting:
        # Each has its own; a run that was killed may not have come to show them.
        if with_suggestion:
            ours.studio.activate(ours.id, model.id)
        return 0
    with progress.track("Replacing suggestions", len(waiting)) as advance:
        stored = ours.studio.suggest(
            ours.id,
            queue.reordered(settings, model, waiting, labelled_in),
            ours.schema,
            model_id=model.id,
            advance=advance,
        )
    return stored.suggested


def _schema_problems(schema: Schema) -> Iterator[str]:
    """What is doubtful about a schema that can be read."""
    if schema.claim_kinds:
        for name in ("low", "high", "modifier", "attribution"):
            if name not in schema.attributes:
                yield (
                    f"The configuration has no control '{name}' for claims; add one with "
                    'perRegion="true", or live without.'
                )
    missing = [one for one in MODIFIERS if one not in schema.modifiers]
    if missing and "modifier" in schema.attributes:
        yield f"The control 'modifier' does not offer {', '.join(missing)}; add <Choice>s."


def _queue_problems(counts: ProjectCounts, missing: int, champion: Model | None) -> Iterator[str]:
    waiting = counts.tasks - counts.annotated
    if champion is not None and waiting and counts.model_id != champion.id:
        yield (
            f"Annotators see suggestions by {counts.model_id or 'no model'}, not by the champion "
            f"{champion.id}. `newsledger up` or `retrain` replaces them."
        )
    if missing:
        yield (
            f"{missing:,} unlabelled tasks have no suggestion. "
            "`newsledger up` or `retrain` adds them."
        )


@contextmanager
def _noted(problems: list[str]) -> Iterator[None]:
    try:
        yield
    except NewsledgerError as error:
        problems.append(str(error))
