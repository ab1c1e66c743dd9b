"""The use cases that need a Label Studio: up, push, pull, retrain, doctor.

Each is one function of the settings; it tells a report what it is doing and returns a record of
what came of it. ``cli`` prints these records, other programs may call the functions themselves.
"""

from __future__ import annotations

import fcntl
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.articles import read_articles, read_presplit
from annotation.errors import (
    NewsledgerError,
    StudioGoneError,
    StudioUnreachableError,
    WorkspaceError,
)
from annotation.files import locked
from annotation.records import Article, Prediction, Sentence, Task
from annotation.schema import Schema, read_schema
from annotation.sentences import split
from annotation.snapshot import Snapshot
from annotation.studio import Counts, LabelStudio
from newsledger import workbench
from newsledger.outcomes import Diagnosis, Pulled, Pushed, Retrained, Running, Switched
from newsledger.register import Register
from newsledger.report import Report
from newsledger.server import LocalServer
from newsledger.settings import Settings, packaged, read_state, write_state

if TYPE_CHECKING:
    from training.bundle import Model

TITLE = "newsledger"
"""Name of the project in Label Studio."""

_BATCH = 500


@contextmanager
def up(
    settings: Settings, report: Report, *, port: int | None = None, seeds: bool = True
) -> Iterator[Running]:
    """Start or find Label Studio, make the project, train the starter model, push the seeds.

    Args:
        settings: where things are.
        report: what is told meanwhile.
        port: port of the local server, None for a free one; one that another ``up`` runs stays
            where it is.
        seeds: whether to push the seed articles.

    Yields:
        What runs; the local server is stopped when the block ends.

    Raises:
        NewsledgerError: a step failed; run it again when that is mended.
    """
    if settings.half is not None:
        raise settings.half
    schema = read_schema(settings.config)
    with ExitStack() as stack:
        server, ours = None, True
        if settings.connection is None:
            ours = stack.enter_context(_only_one(settings.workspace / ".up"))
            # Another port would move the server away from the people who are labelling.
            server = LocalServer(settings.studio, port=port if ours else None)
            if ours:
                stack.callback(server.stop)
            _start(server, report)
            if not ours and port is not None and not server.url.endswith(f":{port}"):
                report.say(
                    f"Label Studio runs already, at {server.url}, by another `newsledger up`; "
                    f"this one shares it and does not use port {port}."
                )
        studio = stack.enter_context(_studio(settings, server))
        with _locked(settings, report):
            project_id = _project(settings, studio, schema, create=True)
            model = workbench.champion_or_starter(settings, report, schema)
            if seeds:
                articles = [str(packaged(SEEDS))]
                _push(settings, report, studio, project_id, schema, model, articles)
            other = studio.counts(project_id).model_id != model.id
            if other or studio.without_suggestion(project_id):
                # Promoted or rolled back while the server was down, or a run was killed.
                _refresh(settings, report, studio, project_id, schema, model)
        yield Running(
            url=studio.url,
            project_url=_labelling_page(studio.url, project_id),
            counts=studio.counts(project_id),
            login=server.login if server else None,
            login_file=server.folder / "login.json" if server else None,
            server=server if ours else None,
            elsewhere=not ours,
        )


SEEDS = "seeds/articles"
"""The seed articles that newsledger brings along."""


def push(
    settings: Settings,
    report: Report,
    inputs: Sequence[str],
    *,
    presplit: bool = False,
    allow_private: bool = False,
) -> Pushed:
    """Push articles as tasks, pre-annotated by the champion; what is there already stays as it is.

    Raises:
        NewsledgerError: the server or the workspace fails; what could not be read is reported
            instead.
    """
    schema = read_schema(settings.config)
    with _locked(settings, report), _connected(settings) as studio:
        project_id = _project(settings, studio, schema)
        model = workbench.champion_or_words(settings, report, schema)
        return _push(
            settings,
            report,
            studio,
            project_id,
            schema,
            model,
            inputs,
            presplit=presplit,
            allow_private=allow_private,
        )


def pull(settings: Settings, report: Report) -> Pulled:
    """Freeze all labels into a snapshot.

    Raises:
        NewsledgerError: the server or the workspace fails; annotations that cannot be understood
            are reported instead.
    """
    schema = read_schema(settings.config)
    with _locked(settings, report), _connected(settings) as studio:
        return _pull(settings, report, studio, _project(settings, studio, schema), schema)[0]


def retrain(
    settings: Settings, report: Report, *, force: bool = False, seeds: bool = True
) -> Retrained:
    """Pull, train, evaluate, gate, promote, and replace the suggestions on unlabelled tasks.

    Args:
        settings: where things are.
        report: what is told meanwhile.
        force: promote even if the gate refuses.
        seeds: learn from the seed labels, too, where nobody has labelled the same sentence.

    Raises:
        NewsledgerError: a step failed; the champion is as it was.
    """
    schema = read_schema(settings.config)
    with _locked(settings, report), _connected(settings) as studio:
        project_id = _project(settings, studio, schema)
        pulled, snapshot = _pull(settings, report, studio, project_id, schema)
        report.say(pulled.text())
        if seeds:
            snapshot = workbench.with_seeds(settings, report, snapshot)
        trained = workbench.train_on(settings, report, snapshot, promote=True, force=force)
        refreshed = 0
        if trained.promoted:
            model = workbench.champion(settings)
            assert model is not None
            articles = {one.id: one.article_id for one in snapshot.sentences}
            labelled_in = Counter(
                articles[one.sentence_id] for one in snapshot.annotations if not one.cancelled
            )
            refreshed = _refresh(
                settings, report, studio, project_id, schema, model, labelled_in=labelled_in
            )
        return Retrained(pulled, trained, refreshed)


def switch(settings: Settings, report: Report, switched: Switched) -> Switched:
    """After a promotion or a rollback: let annotators see the new champion's suggestions.

    The champion is what it is by now: a server that fails is a problem to report, and none where
    the workspace's own does not run. The next `up` or `retrain` replaces the suggestions.
    """
    try:
        schema = read_schema(settings.config)
        with _locked(settings, report), _connected(settings) as studio:
            project_id = _project(settings, studio, schema)
            model = workbench.champion(settings)
            assert model is not None
            refreshed = _refresh(settings, report, studio, project_id, schema, model)
    except NewsledgerError as error:
        if settings.connection is not None or not isinstance(error, StudioUnreachableError):
            report.problem(error)
        return replace(switched, refreshed=None)
    return replace(switched, refreshed=refreshed)


def doctor(settings: Settings) -> Diagnosis:
    """Check schema, workspace, model, server, token and project; never raises what it can tell."""
    problems: list[str] = []
    schema, champion, counts = None, None, None
    url = project_id = None
    with _noted(problems):
        schema = read_schema(settings.config)
    problems += workbench.check_schema(schema) if schema else ()
    with _noted(problems):
        champion = workbench.champion(settings)
        if champion is None:
            problems.append("There is no model yet. `newsledger up` or `retrain` makes one.")
        elif schema is not None:
            champion.schema.require_same(schema, mine="the champion", theirs=str(settings.config))
    with _noted(problems), _connected(settings) as studio:
        url = studio.url
        studio.check()
        if schema is not None:
            project_id = _stored_project(settings)
            if project_id is None:
                problems.append("This workspace has no project yet. `newsledger up` makes it.")
            else:
                counts = studio.counts(project_id)
                missing = studio.without_suggestion(project_id)
                problems += _queue_problems(counts, missing, champion)
    return Diagnosis(
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
    settings: Settings,
    report: Report,
    studio: LabelStudio,
    project_id: int,
    schema: Schema,
    model: Model,
    inputs: Sequence[str],
    *,
    presplit: bool = False,
    allow_private: bool = False,
) -> Pushed:
    register = Register(_register_path(settings, project_id))
    seen = {"articles": 0, "sentences": 0, "same": 0, "boilerplate": 0}

    def tasks() -> Iterator[Task]:
        documents = (
            _presplit(inputs, report)
            if presplit
            else _documents(inputs, report, allow_private=allow_private)
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

    with report.track("Pushing sentences") as advance:
        pushed = studio.push(project_id, _suggested(tasks(), model), schema, progress=advance)
    register.save()
    return Pushed(
        articles=seen["articles"],
        sentences=seen["sentences"],
        created=pushed.created,
        already_there=pushed.already_there,
        same_as_another=seen["same"],
        boilerplate=seen["boilerplate"],
        suggested=pushed.suggested,
        resent=pushed.resent,
        model=model.id,
        url=_labelling_page(studio.url, project_id),
    )


def _documents(
    inputs: Sequence[str], report: Report, *, allow_private: bool
) -> Iterator[tuple[Article, tuple[Sentence, ...]]]:
    for article in read_articles(inputs, on_problem=report.problem, allow_private=allow_private):
        yield article, split(article)


def _presplit(
    inputs: Sequence[str], report: Report
) -> Iterator[tuple[Article, tuple[Sentence, ...]]]:
    """Rows of one article that follow each other are each other's surroundings."""
    current: list[Sentence] = []
    for sentence in read_presplit(inputs, on_problem=report.problem):
        if current and current[0].article_id != sentence.article_id:
            yield Article(current[0].article_id, "", ""), tuple(current)
            current = []
        current.append(sentence)
    if current:
        yield Article(current[0].article_id, "", ""), tuple(current)


def _task(article: Article, sentences: Sequence[Sentence], position: int) -> Task:
    outlet = " · ".join(part for part in (article.source, article.published) if part)
    return Task(
        sentence=sentences[position],
        title=article.title,
        before=sentences[position - 1].text if position else "",
        after=sentences[position + 1].text if position + 1 < len(sentences) else "",
        source=outlet,
    )


def _suggested(tasks: Iterable[Task], model: Model) -> Iterator[tuple[Task, Prediction]]:
    from training.predict import Predictor

    predictor = Predictor(model)
    for batch in workbench.batches(tasks, _BATCH):
        predictions = workbench.suggestions(predictor, [task.sentence for task in batch])
        yield from zip(batch, predictions, strict=True)


def _pull(
    settings: Settings, report: Report, studio: LabelStudio, project_id: int, schema: Schema
) -> tuple[Pulled, Snapshot]:
    with report.track("Pulling labels"):
        export = studio.pull(project_id, schema)
    snapshot = workbench.freeze(settings, report, export, schema)
    counted = [one for one in export.annotations if not one.cancelled]
    pulled = Pulled(
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
    report: Report,
    studio: LabelStudio,
    project_id: int,
    schema: Schema,
    model: Model,
    *,
    labelled_in: Mapping[str, int] | None = None,
) -> int:
    """Replace the suggestions on tasks that nobody has labelled; how many were stored."""
    counts = studio.counts(project_id)
    if counts.tasks == 0:
        return 0
    waiting = tuple(studio.unlabelled(project_id, schema))
    with report.track("Replacing suggestions", len(waiting)) as advance:
        stored = studio.suggest(
            project_id,
            workbench.queue(settings, model, waiting, labelled_in),
            schema,
            model_id=model.id,
            progress=advance,
        )
    return stored.suggested


def _queue_problems(counts: Counts, missing: int, champion: Model | None) -> Iterator[str]:
    if champion is not None and counts.tasks and counts.model_id != champion.id:
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


# ------------------------------------------------------------------------------ server, project


@contextmanager
def _connected(settings: Settings) -> Iterator[LabelStudio]:
    """The Label Studio that the settings name, else the workspace's own, which must be running."""
    server = None
    if settings.half is not None:
        raise settings.half
    if settings.connection is None:
        server = LocalServer(settings.studio)
        if server.pid is None:
            raise StudioUnreachableError(
                f"No Label Studio is running for the workspace {settings.workspace}.",
                hint="Start it with `newsledger up` in another terminal, or name one with "
                "--label-studio-url and --api-key.",
            )
        server.start()  # it runs: this only finds its port
    with _studio(settings, server) as studio:
        yield studio


@contextmanager
def _studio(settings: Settings, server: LocalServer | None) -> Iterator[LabelStudio]:
    if server is not None:
        studio = LabelStudio(server.url, server.login.token)
    else:
        assert settings.connection is not None
        studio = LabelStudio(settings.connection.url, settings.connection.api_key)
    with studio:
        yield studio


def _start(server: LocalServer, report: Report) -> None:
    if server.pid is None:
        report.say(
            "Starting Label Studio (the first time it sets up its database: about a minute) …"
        )
    with report.track("Waiting for Label Studio (seconds)") as advance:
        told = 0

        def tell(waited: float) -> None:
            nonlocal told
            advance(int(waited) - told)
            told = int(waited)

        server.start(on_wait=tell)


def _project(
    settings: Settings, studio: LabelStudio, schema: Schema, *, create: bool = False
) -> int:
    """The workspace's project on this server, with the schema in use.

    Raises:
        StudioUnreachableError: nobody answers, or what answers is no Label Studio.
        StudioAuthError: the token is refused.
        StudioGoneError: it has been deleted, and ``create`` is false.
    """
    studio.check()
    _remember_config(settings)
    stored = _stored_project(settings)
    instructions = packaged("docs/instructions.html").read_text(encoding="utf-8")
    if stored is not None:
        try:
            return studio.ensure_project(TITLE, schema, instructions, project_id=stored).id
        except StudioGoneError:
            if not create:
                raise
    project = studio.ensure_project(TITLE, schema, instructions)
    if project.created:
        # A server that was set up anew counts from 1 again. What an earlier project of that number
        # held is not in this one: a sentence that only says the same must be shown after all.
        _register_path(settings, project.id).unlink(missing_ok=True)
    write_state(
        settings.project, {**read_state(settings.project), _server_key(settings): project.id}
    )
    return project.id


def _remember_config(settings: Settings) -> None:
    """A configuration that was named once is the workspace's from then on."""
    named = (
        None if settings.config == packaged("label_config.xml") else str(settings.config.resolve())
    )
    known = read_state(settings.project)
    if known.get("config") != named:
        write_state(settings.project, {**known, "config": named})


def _stored_project(settings: Settings) -> int | None:
    found = read_state(settings.project).get(_server_key(settings))
    return found if isinstance(found, int) else None


def _server_key(settings: Settings) -> str:
    """The workspace's own server keeps its projects when its port changes."""
    return settings.connection.url if settings.connection else "own"


def _register_path(settings: Settings, project_id: int) -> Path:
    server = re.sub(r"\W+", "-", _server_key(settings)).strip("-")
    return settings.workspace / "pushed" / f"{server}-{project_id}.jsonl"


def _labelling_page(url: str, project_id: int) -> str:
    return f"{url}/projects/{project_id}/data?labeling=1"


def _locked(settings: Settings, report: Report) -> AbstractContextManager[None]:
    """One command at a time writes through this workspace; the others wait."""
    return locked(
        settings.workspace / ".lock",
        on_wait=lambda: report.say("Waiting for another newsledger in this workspace …"),
    )


@contextmanager
def _only_one(path: Path) -> Iterator[bool]:
    """True for the first process that holds ``path``; the lock goes with the process."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise WorkspaceError(
            f"{path} cannot be written: {error.strerror or error}.",
            hint="Free some space, or choose another folder with --workspace.",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            first = False
        else:
            first = True
        yield first
