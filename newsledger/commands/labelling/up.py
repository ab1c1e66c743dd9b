"""A Label Studio that is ready for people: up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import ServerError
from annotation.schema import read_schema
from newsledger.commands.labelling import pushing, retraining
from newsledger.commands.learning import offline
from newsledger.commands.state import project
from newsledger.commands.state.seeds import SEED_ARTICLES
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.ledger.days_and_places.when_where import WhenWhereReader
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings, packaged

if TYPE_CHECKING:
    from annotation.labelstudio.server.local_server import LocalServer
    from annotation.labelstudio.server.login import Login
    from annotation.labelstudio.sync import ProjectCounts


@dataclass(frozen=True, slots=True)
class UpResult(Result):
    """A Label Studio that is ready for people."""

    url: str
    """Its address."""
    project_url: str
    """Where people label."""
    counts: ProjectCounts
    """What the project holds."""
    login: Login | None
    """How to log in; None for an existing server, where people know."""
    login_file: Path | None
    """Where user and password are written down."""
    server: LocalServer | None = field(repr=False)
    """The server, if it is ours to stop."""
    elsewhere: bool = False
    """True where another `newsledger up` runs it already."""
    database: str | None = None
    """Address of the PostgreSQL that has the local server's data, without user and password; None
    where that is in SQLite, and for an existing server."""
    people: int | None = None
    """How many can log in on the local server; None for an existing one."""

    def wait(self) -> None:
        """Return at once where there is nothing to stop; else when the server has ended.

        Raises:
            ServerError: it ended by itself.
            KeyboardInterrupt: somebody pressed Ctrl-C.
        """
        while self.server is not None:
            time.sleep(0.5)
            self.server.rotate_log()
            if self.server.pid is None:
                raise ServerError(
                    "The local Label Studio has ended.", hint=f"Look at {self.server.log}."
                )

    def to_json(self) -> dict[str, Any]:
        """Addresses and counts; no secrets."""
        return {"url": self.url, "project_url": self.project_url, **asdict(self.counts)}

    def text(self) -> str:
        """The outcome in sentences."""
        counts = self.counts
        there = (
            f"{number_of(counts.tasks, 'sentence')} in the project, "
            f"{counts.with_suggestion:,} with a suggestion by {counts.model_id or 'no model'}, "
            f"{counts.labelled:,} labelled."
        )
        lines = [
            there if counts.tasks else "No sentence yet: newsledger push FOLDER brings yours.",
            f"Label at      {self.project_url}",
        ]
        if self.login is not None:
            lines.append(f"Log in as     {self.login.user}")
            lines.append(f"The password  is in {self.login_file}")
        if counts.tasks:  # a project without any has no such button
            lines.append("Then press    Label All Tasks")
        if self.database is not None:
            lines.append(f"Its data is in {self.database}.")
        elif crowded := project.too_many_for_sqlite(self.people or 0):
            lines.append(crowded)
        if self.elsewhere:
            lines.append("It is run by another `newsledger up`.")
        elif self.server is not None:
            lines.append("Ctrl-C stops it; `newsledger up` picks up where it was.")
        return "\n".join(lines)


@contextmanager
def up(
    settings: Settings,
    progress: Progress,
    *,
    port: int | None = None,
    seeds: bool = True,
) -> Iterator[UpResult]:
    """Start or find Label Studio, make the project, train the starter model, push the seeds.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        port: port of the local server, None for a free one; one that another ``up`` runs stays
            where it is.
        seeds: push the seed articles; else those in the project that nobody has worked on are
            taken out.

    Yields:
        What runs; the local server is stopped when the block ends.

    Raises:
        NewsledgerError: a step failed; run it again when that is fixed.
    """
    from training.registry.rollback import finish_rollback

    schema = read_schema(settings.config)
    with project.running(settings, progress, port) as host:
        studio, local = host.studio, host.local
        with project.alone(settings, progress):
            ours = project.find(settings, studio, schema, create=True)
            model = offline.champion_or_starter(settings, progress, schema)
            if seeds:
                if studio.suggestions(ours.id).active_model() not in ("", model.id):
                    # First, for a push makes its model the active one: all that wait would come
                    # last until they have its suggestion.
                    retraining.refresh(settings, progress, ours, model)
                when_where = WhenWhereReader(open_gazetteer(settings.gazetteer))
                seed_articles = [str(packaged(SEED_ARTICLES))]
                pushing.push_into(progress, ours, model, seed_articles, when_where=when_where)
            else:
                pushing.take_out_seeds(progress, ours)
                studio.remove_doubles(ours.id)
            if retraining.lags_behind(settings, ours, model):
                retraining.refresh(settings, progress, ours, model)
            finish_rollback(settings.models)
        database = local.database.address() if local else None
        yield UpResult(
            url=studio.url,
            project_url=ours.page,
            counts=studio.counts(ours.id),
            login=local.login if local else None,
            login_file=local.login_file if local else None,
            database=None if database is None else str(database),
            people=len(studio.people()) if local else None,
            server=None if host.elsewhere else local,
            elsewhere=host.elsewhere,
        )
