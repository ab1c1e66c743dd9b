"""The workspace's project on Label Studio: its server started or found, itself found or made.

A workspace has one project on each server. Which one is written down in ``project.json``, by
address; where that is lost, it is found by its title and by the mark in its description, which
names the workspace by the id in ``workspace.json``. So several workspaces may share a server, each
with its own project, also the local one of a workspace among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.errors import StudioGoneError, StudioUnreachableError
from annotation.labelstudio.projects.side_projects import SideConfig, SideProject
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import Schema, read_schema
from annotation.storage import locked
from newsledger.commands.state.codebooks import instructions_in_use, note_version, version_in_use
from newsledger.commands.state.restorations import forget_restoration
from newsledger.progress import Progress
from newsledger.settings import Credentials, Settings, packaged, read_state, write_state
from newsledger.workspace import settle_workspace, workspace_id

TITLE = "newsledger"
"""Name of the project in Label Studio."""

_MOST_ON_SQLITE = 2
"""People that SQLite is good for: Label Studio's locks on tasks are none there."""


@dataclass(frozen=True, slots=True)
class WorkspaceProject:
    """The workspace's project, with the server that has it."""

    studio: LabelStudio
    """The server."""
    id: int
    """The project's number there."""
    schema: Schema
    """Its labelling configuration."""
    pushed_file: Path
    """The file that remembers which sentences were pushed into it."""
    workspace: str
    """The workspace's id."""

    @property
    def key(self) -> str:
        """What tells the project from all others of the workspace, on whatever server."""
        return self.pushed_file.stem

    @property
    def shown_file(self) -> Path:
        """The file that remembers which models' suggestions people have seen in it."""
        return self.pushed_file.parents[1] / "shown" / self.pushed_file.name

    @property
    def page(self) -> str:
        """Where people press "Label All Tasks".

        The address that this button leads to (``…/data?labeling=1``) would skip a click, but where
        the button was never pressed Label Studio then goes through its table from the top: without
        the queue's order, and with the same sentence for everybody.
        """
        return page_of(self.studio, self.id)


def page_of(studio: LabelStudio, project_id: int) -> str:
    """The address of a project's table; see ``WorkspaceProject.page``."""
    return f"{studio.url}/projects/{project_id}/data"


@contextmanager
def opened(settings: Settings, progress: Progress) -> Iterator[WorkspaceProject]:
    """The workspace's project on a server that runs; no other command writes meanwhile.

    Raises:
        NewsledgerError: the schema, the server or the project is not there.
    """
    schema = read_schema(settings.config)
    with alone(settings, progress), connected(settings) as studio:
        yield find(settings, studio, schema)


def alone(settings: Settings, progress: Progress) -> AbstractContextManager[bool]:
    """One command at a time writes through this workspace; the others wait."""
    return locked(
        settings.workspace / ".lock",
        on_wait=lambda: progress.say("Waiting for another newsledger in this workspace …"),
    )


# --------------------------------------------------------------------------------------- server


@contextmanager
def connected(settings: Settings) -> Iterator[LabelStudio]:
    """The Label Studio that the settings name, else the workspace's own, which must be running.

    Raises:
        WorkspaceError: half of the credentials were named.
        StudioUnreachableError: the workspace's own does not run.
    """
    named, exports = settings.named_server(), None
    if named is None:
        server = LocalServer(settings.studio)
        if not server.attach():
            raise StudioUnreachableError(
                f"No Label Studio is running for the workspace {settings.workspace}.",
                hint="Start it with `newsledger up` in another terminal, or name one with "
                "--label-studio-url and --api-key.",
            )
        named, exports = Credentials(server.url, server.login.token), server.exports
    with LabelStudio(named.url, named.api_key, export_folder=exports) as studio:
        yield studio


def too_many_for_sqlite(people: int) -> str:
    """What to tell where more people can log in than SQLite is good for, else nothing."""
    if people <= _MOST_ON_SQLITE:
        return ""
    return (
        f"{people} people can log in, and its data is in SQLite, which gives some sentences to two "
        "of several at once and makes them wait: begin a workspace on PostgreSQL, with --workspace "
        "and --database (docs/team-server.md)."
    )


@dataclass(frozen=True, slots=True)
class Host:
    """A Label Studio that runs, and who runs it."""

    studio: LabelStudio
    """The server."""
    local: LocalServer | None
    """The workspace's own, None for one that was named."""
    elsewhere: bool
    """True where another ``newsledger up`` runs it."""


@contextmanager
def running(settings: Settings, progress: Progress, port: int | None) -> Iterator[Host]:
    """The Label Studio that the settings name, else the workspace's own, started where need be.

    What was started is stopped when the block ends.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        port: port of the local server, None for a free one; one that another ``up`` runs stays
            where it is.

    Raises:
        WorkspaceError: half of the credentials were named, or the workspace cannot be written.
        ServerError: the local server does not start.
    """
    named = settings.named_server()
    if named is not None:
        with LabelStudio(named.url, named.api_key) as studio:
            yield Host(studio, None, elsewhere=False)
        return
    with locked(settings.workspace / ".up", wait=False) as first:
        # Another port would move the server away from the people who are labelling.
        server = LocalServer(
            settings.studio, port=port if first else None, database=settings.database
        )
        try:
            _start(server, progress)
            if not first and port is not None and not server.url.endswith(f":{port}"):
                progress.say(
                    f"Label Studio runs already, at {server.url}, by another `newsledger up`; "
                    f"this one shares it and does not use port {port}."
                )
            with LabelStudio(
                server.url, server.login.token, export_folder=server.exports
            ) as studio:
                yield Host(studio, server, elsewhere=not (first or server.spawned))
        finally:
            # The first may have been at its end, and then the server is this one's.
            if first or server.spawned:
                server.stop()


def _start(server: LocalServer, progress: Progress) -> None:
    if server.pid is not None:  # it runs, or somebody else is starting it
        server.start()
        return
    usual = server.usual_wait()
    doing = "is starting" if server.has_database() else "is setting up its database"
    with progress.track(f"Label Studio {doing}, about {usual} s", usual) as advance:
        told = 0

        def tell(waited: float) -> None:
            nonlocal told
            now = min(int(waited), usual)  # it may take longer than usual, but the bar has an end
            advance(now - told)
            told = now

        server.start(on_wait=tell)
        tell(usual)


# -------------------------------------------------------------------------------------- project


def find(
    settings: Settings, studio: LabelStudio, schema: Schema, *, create: bool = False
) -> WorkspaceProject:
    """The workspace's project on this server, with the schema in use; made where it has none.

    Raises:
        StudioUnreachableError: nobody answers, or what answers is no Label Studio.
        StudioAuthError: the token is refused.
        StudioGoneError: it has been deleted or is another's by now, and ``create`` is false.
    """
    studio.check()
    _remember_config(settings)
    instructions = instructions_in_use(settings, schema)
    stored = known(settings)
    owner = _owner(settings, studio, stored)
    if stored is not None:
        try:
            studio.ensure_project(TITLE, schema, instructions, project_id=stored, owner=owner)
        except StudioGoneError:
            if not create:
                raise
            _pushed_file(settings, stored).unlink(missing_ok=True)
        else:
            note_version(settings, version_in_use(settings, schema))
            return WorkspaceProject(studio, stored, schema, _pushed_file(settings, stored), owner)
    project = studio.ensure_project(TITLE, schema, instructions, owner=owner)
    note_version(settings, version_in_use(settings, schema))
    ours = WorkspaceProject(studio, project.id, schema, _pushed_file(settings, project.id), owner)
    if project.created:
        # A server that was set up anew counts from 1 again. What an earlier project of that number
        # held is not in this one: a sentence that only says the same must be shown after all, and
        # what that one was restored from tells nothing of what people say in this one.
        ours.pushed_file.unlink(missing_ok=True)
        ours.shown_file.unlink(missing_ok=True)
        forget_restoration(settings, ours.pushed_file)
    write_state(
        settings.project, {**read_state(settings.project), _server_key(settings): project.id}
    )
    return ours


def side(settings: Settings, ours: WorkspaceProject, config: SideConfig) -> SideProject:
    """The workspace's project of one kind beside its main one; made where it has none."""
    state = read_state(settings.project)
    known_id = _known_sides(settings, state).get(config.kind)
    found = ours.studio.side_project(config, ours.workspace, known_id)
    _remember_side(settings, state, config.kind, found)
    return found


def known_side(
    settings: Settings, ours: WorkspaceProject, config: SideConfig
) -> SideProject | None:
    """The same as it is, None where this server has none of this workspace.

    Where no number is written down it is looked for all the same: the server may have had another
    address, or the file with the numbers was lost, and what people decided there must not drop out.
    """
    state = read_state(settings.project)
    known_id = _known_sides(settings, state).get(config.kind)
    found = ours.studio.find_side_project(config, ours.workspace, known_id)
    if found is not None:
        _remember_side(settings, state, config.kind, found)
    return found


def _remember_side(
    settings: Settings, state: dict[str, Any], kind: str, found: SideProject
) -> None:
    before = _known_sides(settings, state)
    sides = {**before, kind: found.project.id}
    if sides != before:
        beside = {**_dict(state.get("beside")), _server_key(settings): sides}
        write_state(settings.project, {**state, "beside": beside})


def _known_sides(settings: Settings, state: dict[str, Any]) -> dict[str, int]:
    """Numbers of the projects beside the main one on the server in use, by kind."""
    return _dict(_dict(state.get("beside")).get(_server_key(settings)))


def _dict(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def known(settings: Settings) -> int | None:
    """The number of the workspace's project on the server in use, as written down."""
    found = read_state(settings.project).get(_server_key(settings))
    return found if isinstance(found, int) else None


def _owner(settings: Settings, studio: LabelStudio, stored: int | None) -> str:
    """What names this workspace among others on a server.

    Where the file with the id was lost, the project on the workspace's own server still says it.
    """
    found = workspace_id(settings.workspace)
    if found is None and settings.credentials is None and stored is not None:
        with suppress(StudioGoneError):
            found = studio.owner(stored)
    return settle_workspace(settings.workspace, known=found)


def _remember_config(settings: Settings) -> None:
    """A configuration that was named once is the workspace's from then on."""
    named = (
        None if settings.config == packaged("label_config.xml") else str(settings.config.resolve())
    )
    state = read_state(settings.project)
    if state.get("config") != named:
        write_state(settings.project, {**state, "config": named})


def _server_key(settings: Settings) -> str:
    """The workspace's own server keeps its projects when its port changes."""
    return settings.credentials.url if settings.credentials else "own"


def project_key(settings: Settings, project_id: int) -> str:
    """What tells a project on the server in use from all others of the workspace."""
    server = re.sub(r"\W+", "-", _server_key(settings)).strip("-")
    return f"{server}-{project_id}"


def _pushed_file(settings: Settings, project_id: int) -> Path:
    return settings.workspace / "pushed" / f"{project_key(settings, project_id)}.json"
