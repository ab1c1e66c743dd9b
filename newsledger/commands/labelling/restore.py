"""A project made again from a snapshot, on an empty server or beside other projects: restore.

Tasks, every person's labels under their own name, verdicts, what was drawn, and suggestions on what
waits. It writes only into an empty project, and a run that is killed is run again: what is there is
found by its key and by what it says. At the end everything is read back and held against the
snapshot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.articles.pushed_sentences import PushedSentences
from annotation.dataset.adjudication import by_sentence
from annotation.dataset.restored import controls_used, known_again
from annotation.dataset.snapshot import Snapshot, adopt_snapshot, read_snapshot
from annotation.errors import (
    InputError,
    SchemaMismatchError,
    StudioError,
    StudioStorageError,
)
from annotation.labelstudio.server.passwords import new_password
from annotation.labelstudio.transfer.labelled_again import LabelledAgain
from annotation.records import Annotation, Task
from annotation.schema import Schema, read_schema
from newsledger.commands.handover.export import pulled_path, snapshot_path
from newsledger.commands.labelling.pushing import take_out_seeds
from newsledger.commands.labelling.retraining import labels_by_article
from newsledger.commands.learning import offline
from newsledger.commands.state import project
from newsledger.commands.state.labels import LabelsNow, account_of, labels_now
from newsledger.commands.state.project import Host, WorkspaceProject
from newsledger.commands.state.restorations import Restoration, note_restoration, restoration_of
from newsledger.commands.state.seeds import seed_article_ids
from newsledger.commands.state.task_addresses import keep_task_addresses
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.days_and_places.when_where import with_when_where
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings
from newsledger.team.acceptance.bulk_rounds import read_bulk
from newsledger.team.blind import BlindSlice
from newsledger.team.second_looks.review_config import review_config

if TYPE_CHECKING:
    from annotation.labelstudio.projects.side_projects import SideProject
    from training.model import Model

_ROUNDS = 3
"""How often what is there is read, and what is missing stored, before it is given up."""


@dataclass(frozen=True, slots=True)
class RestoreResult(Result):
    """A project that is as a snapshot says."""

    snapshot: str
    """Id of the snapshot."""
    read_back: str
    """Id of the snapshot that the project gives now: the same, unless people went on labelling, a
    machine had accepted some in bulk, or configuration or codebook are others by now."""
    url: str
    """Where people label."""
    tasks: int
    """Tasks in it."""
    labels: int
    """People's labels that are as they were, skipped tasks included."""
    people: int
    """How many people gave them."""
    verdicts: int
    """Verdicts of second looks that are as they were."""
    suggested: int
    """Suggestions on what waits for a label."""
    model: str
    """The model that made them."""
    accepted: int = 0
    """Sentences that a machine had accepted in bulk, and that wait for a label again."""
    accounts: tuple[str, ...] = ()
    """Login names of the accounts that were made; nobody knows their passwords."""
    local: bool = False
    """Whether the server is the workspace's own."""

    def text(self) -> str:
        """The outcome in sentences."""
        verdicts = f" and {number_of(self.verdicts, 'verdict')}" if self.verdicts else ""
        people = number_of(self.people, "person", "people")
        lines = [
            f"{number_of(self.tasks, 'task')}, {number_of(self.labels, 'label')}{verdicts} of "
            f"{people} are as they were in snapshot {self.snapshot}."
        ]
        if self.suggested:
            suggestions = number_of(self.suggested, "suggestion")
            lines.append(
                f"{suggestions} by {self.model} on what waits, in an order that it made anew."
            )
        if self.accepted:
            given = f"{number_of(self.accepted, 'sentence')} that a machine accepted in bulk"
            again = "waits again" if self.accepted == 1 else "wait again"
            lines.append(f"{given} {again}: `newsledger accept --undo` ends that round.")
        if self.read_back != self.snapshot:
            lines.append(f"As the project is by now, it is snapshot {self.read_back}.")
        if self.accounts:
            lines.append(
                f"New accounts: {', '.join(self.accounts)}. Their passwords did not come along: "
                "newsledger annotators reset-password ADDRESS gives each a new one."
            )
        lines.append(f"{'`newsledger up`, then label' if self.local else 'Label'} at {self.url}")
        return "\n".join(lines)


def restore(
    settings: Settings, progress: Progress, named: str, *, port: int | None = None
) -> RestoreResult:
    """Make the workspace's project again, on the server that is named or the workspace's own.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        named: id of a snapshot of the workspace, ``latest`` for the one that was pulled last, or
            the folder of a snapshot.
        port: port of the local server, None for a free one.

    Raises:
        SnapshotError: there is no such snapshot, or it is damaged.
        SchemaMismatchError: it has labels that the configuration has not.
        StudioError: the project is not empty, or somebody has no account on a server that makes
            none; nothing was written.
        StudioStorageError: what was read back is not what the snapshot has.
        NewsledgerError: the server or the workspace fails.
    """
    path = _path(settings, named)
    found, schema = read_snapshot(path), read_schema(settings.config)
    _check_labels(settings, found, schema)
    with (
        project.running(settings, progress, port) as host,
        project.alone(settings, progress),
    ):
        host.studio.check()
        people, made = _people(progress, host, found)
        ours = project.find(settings, host.studio, schema, create=True)
        _begin(settings, progress, ours, found)
        found = adopt_snapshot(settings.snapshots, path)
        note_restoration(settings, ours.pushed_file, Restoration(found.id, finished=False))
        again = ours.studio.labelled_again(ours.id, schema, people)
        model = offline.champion_or_untrained(settings, progress, schema)
        suggested = _write(settings, progress, ours, found, again, model)
        side = _settle(settings, ours, found, again)
        now, changed = _read_back(settings, progress, ours, found, again, side)
        frozen = offline.freeze(settings, progress, now.export, schema, pulled=True)
        keep_task_addresses(settings, ours.page, now.export.task_ids)
        note_restoration(settings, ours.pushed_file, Restoration(found.id, finished=True))
    kept = list((Counter(found.annotations) - Counter(changed)).elements())
    verdicts = sum(one.verdict for one in kept)
    accepted = {one.sentence_id for one in found.accepted}
    return RestoreResult(
        snapshot=found.id,
        read_back=frozen.id,
        url=ours.page,
        tasks=len(found.sentences),
        labels=len(kept) - verdicts,
        people=len({one.annotator for one in kept}),
        verdicts=verdicts,
        suggested=suggested,
        model=model.id,
        accepted=len(accepted - {one.sentence_id for one in found.annotations}),
        accounts=made,
        local=host.local is not None,
    )


# ------------------------------------------------------------------- before anything is written


def _path(settings: Settings, named: str) -> Path:
    path = Path(named)
    if path.is_dir():
        return path.resolve()
    if path.is_file():
        raise InputError(
            f"{path} is a file, not the folder of a snapshot.",
            hint="Unpack first what `newsledger pack` wrote: newsledger --workspace NEW unpack "
            f"{path}, then newsledger --workspace NEW restore latest",
        )
    return pulled_path(settings) if named == "latest" else snapshot_path(settings, named)


def _check_labels(settings: Settings, found: Snapshot, schema: Schema) -> None:
    hint = (
        f"Name the configuration that they were made with: --config {found.path}/label_config.xml"
    )
    gone = found.schema.labels_not_in(schema)
    if gone:
        raise SchemaMismatchError(
            f"Snapshot {found.id} has labels that {settings.config} does not have: "
            f"{', '.join(gone)}.",
            hint=hint,
        )
    there = {
        "day": schema.day_control,
        "no day": schema.no_day_control,
        "place": schema.place_control,
    }
    there |= {name: name for name in schema.attributes}
    lacking = [name for name in controls_used(found.annotations) if not there.get(name)]
    if lacking:
        raise SchemaMismatchError(
            f"In snapshot {found.id}, people used controls that {settings.config} does not have: "
            f"{', '.join(lacking)}.",
            hint=hint,
        )


def _people(
    progress: Progress, host: Host, found: Snapshot
) -> tuple[dict[str, int], tuple[str, ...]]:
    """The server's number of everybody who labelled, and the accounts that were made for that."""
    logins = {one.annotator: account_of(one.annotator) for one in found.annotations}
    names = {one: "" if name.lower() == one else name for name, one in sorted(logins.items())}
    missing = sorted(names.keys() - {one.email.lower() for one in host.studio.accounts()})
    if missing and host.local is None:
        raise StudioError(
            f"Of the people of snapshot {found.id}, these have no account at {host.studio.url}: "
            f"{', '.join(f'{one} ({names[one]})' if names[one] else one for one in missing)}.",
            hint="Nothing was written. `newsledger annotators add` gives an invitation: have an "
            "account made under each of these addresses, and run this again.",
        )
    for login in missing:
        host.studio.sign_up(login, new_password(), name=names[login])
    if missing:
        progress.say(f"Accounts made: {', '.join(missing)}.")
    ids = {one.email.lower(): one.id for one in host.studio.accounts()}
    return {name: ids[login] for name, login in logins.items()}, tuple(missing)


def _begin(settings: Settings, progress: Progress, ours: WorkspaceProject, found: Snapshot) -> None:
    """Refuse a project that holds something else than a part of this snapshot.

    Seeds on which nobody has worked are nothing: `up` puts them into a new project.

    Raises:
        StudioError: it does.
    """
    there = ours.studio.counts(ours.id).tasks
    before = restoration_of(settings, ours.pushed_file)
    if before is not None and not before.finished and there:
        if before.snapshot == found.id:
            return
        raise StudioError(
            f"The project at {ours.page} is half restored from snapshot {before.snapshot}.",
            hint=f"Finish that first: newsledger restore {before.snapshot}",
        )
    if there and len(ours.studio.unseen(ours.id, seed_article_ids())) == there:
        there -= take_out_seeds(progress, ours)
    if there:
        raise StudioError(
            f"The project at {ours.page} has {number_of(there, 'task')}, and a snapshot is "
            "restored into an empty one.",
            hint="Name a server where this workspace has no project, or delete the project in "
            "Label Studio (its Settings) if nothing in it is needed.",
        )


# ------------------------------------------------------------------------------------- writing


def _write(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    found: Snapshot,
    again: LabelledAgain,
    model: Model,
) -> int:
    """Store the tasks with their labels, and suggestions on what waits; how many of these."""
    from training.active_learning import queue

    tasks = with_when_where(found.tasks(), open_gazetteer(settings.gazetteer))
    said = by_sentence(one for one in found.annotations if not one.verdict)
    with progress.track("Restoring labelled sentences", len(said)) as advance:
        again.add(((tasks[key], said[key]) for key in tasks if key in said), advance=advance)
    waiting = [task for key, task in tasks.items() if _waits(task, said.get(key, ()))]
    with progress.track("Restoring what waits for a label", len(waiting)) as advance:
        predictions = queue.reorder(
            settings.picked,
            model,
            [task.sentence for task in waiting],
            labels_by_article(found),
            later=seed_article_ids(),
            labelled=said,
        )
        predictions = read_bulk(settings.accepted).audits_first(predictions)
        both = zip(waiting, predictions, strict=True)
        kept = BlindSlice(settings.withheld).kept(both, ours.schema)
        ours.studio.push(ours.id, kept, ours.schema, advance=advance)
    memory = PushedSentences(ours.pushed_file)
    for sentence in found.sentences:
        memory.add(sentence)
    for article in found.articles:
        memory.comes_from(article.page_sha256)
    memory.save()
    return len(waiting)


def _waits(task: Task, said: Sequence[Annotation]) -> bool:
    return sum(not one.cancelled for one in said) < task.people


def _settle(
    settings: Settings, ours: WorkspaceProject, found: Snapshot, again: LabelledAgain
) -> SideProject | None:
    """Store the verdicts in the review project; None where there are none."""
    from newsledger.team.second_looks.review_page import settled_tasks

    tasks = settled_tasks(found, again.row)
    if not tasks:
        return None
    side = project.side(settings, ours, review_config(ours.schema))
    side.add(tasks)
    return side


# ----------------------------------------------------------------------------------- reading back


def _read_back(
    settings: Settings,
    progress: Progress,
    ours: WorkspaceProject,
    found: Snapshot,
    again: LabelledAgain,
    side: SideProject | None,
) -> tuple[LabelsNow, tuple[Annotation, ...]]:
    """Everything in the project once it holds all that the snapshot has; stores what is missing.

    Returns:
        What people have said by now, and what of the snapshot somebody has changed since.

    Raises:
        StudioStorageError: it does not hold it after several attempts.
    """
    from newsledger.team.second_looks.review_page import verdict_row

    sentences = {one.id: one for one in found.sentences}
    for attempt in range(_ROUNDS):
        now = labels_now(settings, progress, ours, restoring=True)
        known = known_again(now.export.annotations, found.annotations, login=account_of)
        missing = known.missing
        if not missing:
            _check_sentences(ours, found, now)
            if known.changed:
                progress.problem(_otherwise(ours, found, known.changed))
            return now, known.changed
        if attempt == _ROUNDS - 1:
            break
        lost = number_of(len(missing), "label")
        progress.say(f"Stored once more, as the server had lost them: {lost}.")
        again.annotate((one, sentences[one.sentence_id]) for one in missing if not one.verdict)
        for one in missing:
            if one.verdict and side is not None:
                row = again.row(one, sentences[one.sentence_id])
                side.answer(one.sentence_id, verdict_row(one, row, ours.schema))
    raise StudioStorageError(
        f"The project at {ours.page} lacks labels of snapshot {found.id}: {_whose(missing)}.",
        hint="Run the same again: it stores only what is missing.",
    )


def _otherwise(
    ours: WorkspaceProject, found: Snapshot, changed: Sequence[Annotation]
) -> StudioStorageError:
    return StudioStorageError(
        f"The project at {ours.page} has labels otherwise than snapshot {found.id}: "
        f"{_whose(changed)}.",
        hint="What the project has counts: somebody changed it since, or the configuration is "
        "another one. The snapshot keeps what was said before.",
    )


def _whose(labels: Sequence[Annotation]) -> str:
    counted = Counter(one.annotator for one in labels)
    people = ", ".join(f"{count:,} of {name}" for name, count in counted.most_common())
    return f"{people} (the first is of sentence {labels[0].sentence_id})"


def _check_sentences(ours: WorkspaceProject, found: Snapshot, now: LabelsNow) -> None:
    there = {one.id: one for one in now.export.sentences}
    lost = [one.id for one in found.sentences if there.get(one.id) != one]
    if lost:
        raise StudioStorageError(
            f"The project at {ours.page} lacks {number_of(len(lost), 'task')} of snapshot "
            f"{found.id}, or has them otherwise (the first is of sentence {lost[0]}).",
            hint="Run the same again: it stores only what is missing.",
        )
