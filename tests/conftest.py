"""What several kinds of tests share: models and a real Label Studio, once for the session."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from annotation.labelstudio.server.local_server import LocalServer
from newsledger.settings import Settings, read_settings
from tests.fits import SharedFits
from tests.postgres import Cluster, running_cluster

# How long an example takes says nothing on a busy machine. Where CI is set, Hypothesis has a
# profile of its own, without a deadline and with the same examples each time.
settings.register_profile("newsledger", deadline=None)
if "CI" not in os.environ:
    settings.load_profile("newsledger")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Tests and modules stay until the end: Python need not look through them time and again.

    Nor need it look as often as it does by itself, after each 700 objects, for what tests make and
    leave: it took 7 % of their time, for some verbs thaw what was frozen here.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What several cores do together comes last, when the other half of the tests has ended."""
    items.sort(key=lambda one: one.get_closest_marker("cores") is not None)


@pytest.fixture(scope="session", autouse=True)
def nothing_is_synced() -> Iterator[None]:
    """No power cut is survived by what tests write: the disk need not keep them waiting.

    What has to be synced, and when, is told by the tests of ``storage``, with an ``fsync`` of their
    own; what other processes write is synced.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session")
def of_all_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is one for all processes of this run; whoever makes something there, locks."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def fits(of_all_processes: Path) -> Iterator[SharedFits]:
    """The models of this run; where a folder's tests ask for it, training takes them from here.

    Of both halves of it, where ``scripts/tests.py`` has begun them.
    """
    folder = Path(os.environ.get("SHARED_FITS", of_all_processes / "fits"))
    folder.mkdir(exist_ok=True)
    shared = SharedFits(folder)
    with shared.used():
        yield shared


@dataclass(frozen=True, slots=True)
class Studio:
    """A running Label Studio and how to get in."""

    url: str
    token: str
    user: str
    password: str

    def workspace(self, folder: Path) -> Settings:
        """A workspace in a folder whose Label Studio this is, whatever the environment names."""
        return read_settings(workspace=folder, url=self.url, api_key=self.token, environment={})


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A real PostgreSQL of our own making, stopped at the end."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def local_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalServer]:
    """A server of our own making: SQLite in a temporary folder, a free port, stopped at the end."""
    server = LocalServer(tmp_path_factory.mktemp("label-studio"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def label_studio(local_server: LocalServer) -> Studio:
    """Address and credentials of the session's Label Studio."""
    login = local_server.login
    return Studio(local_server.url, login.token, login.user, login.password)
