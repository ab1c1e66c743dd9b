"""The people who label: annotators add, list, reset-password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from annotation.errors import StudioError
from annotation.labelstudio.accounts import Account, login_of
from annotation.labelstudio.server.local_server import LocalServer
from annotation.labelstudio.server.login import USER
from annotation.labelstudio.server.passwords import new_password, reset_password
from annotation.labelstudio.sync import LabelStudio
from annotation.storage import atomic_path, behind_links
from newsledger.commands.state import project
from newsledger.progress import Progress, Result, Table
from newsledger.settings import Settings


@dataclass(frozen=True, slots=True)
class LoginResult(Result):
    """How somebody gets in."""

    act: Literal["added", "password reset", "invited"]
    """What was done."""
    url: str
    """Where they log in, or the invitation; empty where the server does not run."""
    email: str | None
    """Their login name; None for an invitation."""
    password: str | None
    """Their password, told this once; None where it stands in a file."""
    file: str | None
    """The file with login name and password, its owner's alone; None for none."""

    def text(self) -> str:
        """The outcome in sentences."""
        if self.act == "invited":
            return "\n".join(
                (
                    f"Invitation    {self.url}",
                    "Anyone who has this address can make accounts with it, any number of times: "
                    "send it to nobody else. Label Studio's page Organization makes another one.",
                )
            )
        lines = [f"{self.email} {_DONE[self.act]}."]
        if self.url:
            lines.append(f"Label at      {self.url}")
        lines.append(f"Log in as     {self.email}")
        if self.file is not None:
            lines.append(f"The password  is in {self.file}")
        else:
            lines.append(f"The password  {self.password}   (shown this once)")
        port = urlsplit(self.url).port
        if self.act == "added" and port is not None:
            lines += [
                "From another machine, with an account on this one:",
                f"              ssh -N -L {port}:127.0.0.1:{port} THIS-MACHINE",
                "and then the same address there.",
            ]
        return "\n".join(lines)


_DONE = {"added": "can label now", "password reset": "has a new password"}


@dataclass(frozen=True, slots=True)
class AnnotatorsResult(Result):
    """Everybody who can log in."""

    url: str
    """The server."""
    annotators: tuple[Account, ...]
    """The people, in the order in which they came."""

    def to_json(self) -> dict[str, Any]:
        """The whole list in JSON values."""
        return {"url": self.url, "annotators": [asdict(one) for one in self.annotators]}

    def text(self) -> str:
        """How another one joins."""
        return "Another one: newsledger annotators add NAME"

    def tables(self) -> tuple[Table, ...]:
        """One line for each."""
        return (
            Table(
                f"Accounts at {self.url}",
                ("login name", "name", "last seen", "annotations"),
                tuple(
                    (
                        one.email,
                        one.name or "–",
                        (one.last_activity or "–")[:16].replace("T", " "),
                        "–" if one.annotations is None else f"{one.annotations:,}",
                    )
                    for one in self.annotators
                ),
            ),
        )


def add_annotator(
    settings: Settings, progress: Progress, person: str | None, *, login_file: Path | None = None
) -> LoginResult:
    """Make an account on the workspace's own server, or give the invitation to a named one.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        person: their name or e-mail address; on a named server people say it themselves.
        login_file: write login name and password there instead of telling them.

    Raises:
        InputError: nobody was named, or the name gives no address.
        StudioError: they have an account already, or the server makes none.
        StudioUnreachableError: no server runs.
        WorkspaceError: the file cannot be written.
    """
    with project.connected(settings) as studio:
        studio.check()
        if settings.credentials is not None:
            if person is not None:
                progress.say(f"On {studio.url}, people make their accounts themselves.")
            return LoginResult("invited", studio.invitation(), None, None, None)
        email, name = login_of(person)
        done = LoginResult("added", _page(settings, studio), email, new_password(), None)
        with _in_file(done, login_file) as told:
            studio.sign_up(email, str(done.password), name=name)
        return told


def list_annotators(settings: Settings) -> AnnotatorsResult:
    """Who can log in, when they were last seen, and how much of the project they labelled.

    Raises:
        StudioError: the server fails, or none runs.
    """
    with project.connected(settings) as studio:
        studio.check()
        return AnnotatorsResult(studio.url, studio.accounts(project.known(settings)))


def reset_annotator(
    settings: Settings, progress: Progress, email: str | None, *, login_file: Path | None = None
) -> LoginResult:
    """Give somebody a new password on the workspace's own server, which need not run.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        email: whose; None for the account that ``up`` made, whose login file is made anew where it
            is lost.
        login_file: write login name and password there instead of telling them.

    Raises:
        StudioError: another server was named.
        ServerError: nothing is set up, or nobody has this address.
        WorkspaceError: a file cannot be written.
    """
    if settings.credentials is not None:
        raise StudioError(
            f"The passwords at {settings.credentials.url} are not newsledger's to change.",
            hint="On the machine that it runs on: label-studio reset_password --username EMAIL. "
            "For the workspace's own server, unset LABEL_STUDIO_URL.",
        )
    server = LocalServer(settings.studio)
    stored = server.stored_login()
    owner = stored.user if stored else USER
    whose = owner if email is None else login_of(email)[0]
    known = server.running_url()
    progress.say("Asking Label Studio to change the password, about 20 s …")
    done = LoginResult("password reset", known, whose, new_password(), None)
    if whose == owner:  # newsledger needs it, too
        login_file, done = None, replace(done, password=None, file=str(server.login_file))
    with project.alone(settings, progress), _in_file(done, login_file) as told:
        reset_password(server, whose, done.password or new_password())
    return told


@contextmanager
def _in_file(login: LoginResult, file: Path | None) -> Iterator[LoginResult]:
    """The login without its password once that stands in a file, if one is wanted.

    The file is there when the block ends well: a password that was set is never lost because the
    disk is full, and none is told that was not set.
    """
    if file is None:
        yield login
        return
    with atomic_path(behind_links(file), hint="Name another place with --login-file.") as temporary:
        lines = [f"Label at: {login.url}"] if login.url else []
        lines += [f"Log in as: {login.email}", f"Password: {login.password}", ""]
        temporary.write_text("\n".join(lines), encoding="utf-8")
        yield replace(login, password=None, file=str(file))


def _page(settings: Settings, studio: LabelStudio) -> str:
    known = project.known(settings)
    return studio.url if known is None else project.page_of(studio, known)
