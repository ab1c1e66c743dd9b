"""What the verbs of the loop came to: push, pull, retrain, promote, rollback, up, doctor."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotation.errors import ServerError
from newsledger.commands.offline_results import TrainResult
from newsledger.progress import Result, Table, number_of

if TYPE_CHECKING:
    from annotation.labelstudio.local_server import LocalServer, Login
    from annotation.labelstudio.sync import ProjectCounts


@dataclass(frozen=True, slots=True)
class PushResult(Result):
    """What a push did."""

    articles: int
    """Articles that were read."""
    sentences: int
    """Sentences in them."""
    created: int
    """Tasks that were made."""
    already_there: int
    """Sentences that the project had before."""
    same_as_another: int
    """Sentences that say the same as another one and are shown to nobody."""
    boilerplate: int
    """Sentences that look like no part of the story; they come last in the queue."""
    suggested: int
    """Suggestions that the server stored."""
    resent: int
    """Records that had to be sent again because the server had not stored them."""
    doubles_removed: int
    """Tasks that another push had doubled at the same moment."""
    model: str
    """The model that made the suggestions."""
    url: str
    """Where people label."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [
            f"{number_of(self.articles, 'article')}, {number_of(self.sentences, 'sentence')}: "
            f"{number_of(self.created, 'new task')}, {self.already_there:,} there already, "
            f"{self.same_as_another:,} the same as another."
        ]
        if self.boilerplate:
            lines.append(f"Last in the queue, being boilerplate: {self.boilerplate:,}.")
        lines.append(f"{number_of(self.suggested, 'suggestion')} by {self.model} stored.")
        if self.resent:
            lines.append(f"Sent again, because the server had lost them: {self.resent:,}.")
        if self.doubles_removed:
            doubles = number_of(self.doubles_removed, "task")
            lines.append(f"Removed again, as another push had made them: {doubles}.")
        return "\n".join([*lines, f"Label at {self.url}"])


@dataclass(frozen=True, slots=True)
class PullResult(Result):
    """What a pull found."""

    snapshot: str
    """Id of the snapshot."""
    path: str
    """Its folder."""
    sentences: int
    """Sentences in the project."""
    labelled: int
    """Sentences with at least one label."""
    annotations: int
    """Annotations, skipped ones included."""
    skipped: int
    """Annotations that were skipped."""
    annotators: tuple[str, ...]
    """Who labelled."""
    held_out: int
    """Articles that no model is trained on."""

    def text(self) -> str:
        """The outcome in sentences."""
        by = f" by {', '.join(self.annotators)}" if self.annotators else ""
        return (
            f"{number_of(self.sentences, 'sentence')} in the project, "
            f"{self.labelled:,} labelled{by}: {number_of(self.annotations, 'annotation')}, "
            f"{self.skipped:,} of them skipped.\n"
            f"Held out, so that no model learns from them: {number_of(self.held_out, 'article')}.\n"
            f"Snapshot {self.snapshot} in {self.path}"
        )


@dataclass(frozen=True, slots=True)
class SwitchResult(Result):
    """Another champion."""

    champion: str
    """The champion now."""
    before: str | None
    """The one before."""
    refreshed: int | None = None
    """Suggestions replaced in Label Studio; None where it could not be done."""

    def text(self) -> str:
        """The outcome in sentences."""
        shown = (
            "Suggestions in Label Studio stay as they are until `newsledger up` or `retrain`."
            if self.refreshed is None
            else f"{self.refreshed:,} suggestions on unlabelled tasks replaced."
        )
        if self.before == self.champion:
            return f"{self.champion} was the champion already.\n{shown}"
        return (
            f"{self.champion} is the champion now, instead of {self.before or 'nothing'}.\n{shown}"
        )


@dataclass(frozen=True, slots=True)
class RetrainResult(Result):
    """What a retraining came to."""

    pulled: PullResult
    """The labels that it learnt from."""
    trained: TrainResult
    """The challenger and the verdict."""
    refreshed: int
    """Suggestions replaced."""

    @property
    def promoted(self) -> bool:
        """True where the challenger is the champion now."""
        return self.trained.promoted

    def to_json(self) -> dict[str, Any]:
        """The whole outcome in JSON values."""
        return {
            "pulled": self.pulled.to_json(),
            **self.trained.to_json(),
            "refreshed": self.refreshed,
        }

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [self.trained.text()]
        if self.promoted:
            lines.append(f"{self.refreshed:,} suggestions on unlabelled tasks replaced.")
        return "\n".join(lines)

    def tables(self) -> tuple[Table, ...]:
        """Champion against challenger."""
        return self.trained.tables()


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

    def wait(self) -> None:
        """Return at once where there is nothing to stop; else when the server has ended.

        Raises:
            ServerError: it ended by itself.
            KeyboardInterrupt: somebody pressed Ctrl-C.
        """
        while self.server is not None:
            time.sleep(0.5)
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
        lines = [
            f"{number_of(counts.tasks, 'sentence')} in the project, "
            f"{counts.with_suggestion:,} with a suggestion by {counts.model_id or 'no model'}, "
            f"{counts.annotated:,} labelled.",
            f"Label at      {self.project_url}",
        ]
        if self.login is not None:
            lines.append(f"Log in as     {self.login.user}")
            lines.append(f"The password  is in {self.login_file}")
        lines.append("Then press    Label All Tasks")
        if self.elsewhere:
            lines.append("It is run by another `newsledger up`.")
        elif self.server is not None:
            lines.append("Ctrl-C stops it; `newsledger up` picks up where it was.")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class DoctorResult(Result):
    """What is right and what is to be mended."""

    url: str | None
    """Address of Label Studio, None where none runs."""
    project_id: int | None
    """The project there."""
    tasks: int | None
    """Tasks in it; None where it cannot be asked."""
    with_suggestion: int | None
    """Tasks with a suggestion of the model in use."""
    annotated: int | None
    """Tasks with a label."""
    champion: str | None
    """The model in use."""
    problems: tuple[str, ...]
    """What is wrong and what to do, one sentence or two each."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [
            f"Label Studio  {self.url or 'not running'}",
            f"Project       {self.project_id or 'not made yet'}",
        ]
        if self.tasks is not None:
            lines.append(
                f"Tasks         {self.tasks:,}, {self.with_suggestion:,} with a suggestion, "
                f"{self.annotated:,} labelled"
            )
        lines.append(f"Champion      {self.champion or 'not there yet'}")
        if self.problems:
            return "\n".join([*lines, "", "To mend:", *(f"- {one}" for one in self.problems)])
        return "\n".join([*lines, "Everything is in order."])
