"""Which project is the workspace's, and who runs its server. The loop is in tests/server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from httpx import Client

from annotation.batches import Advance
from annotation.errors import StudioError, StudioGoneError, WorkspaceError
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from annotation.storage import locked
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.workspace import workspace_id
from tests.contract.conftest import CONFIG
from tests.contract.fake_studio import TOKEN, URL, FakeStudio


class Watched(Quiet):
    """Keeps what was tracked, with the total and how far it came."""

    def __init__(self) -> None:
        super().__init__()
        self.tracked: dict[str, list[int | None]] = {}

    @contextmanager
    def track(self, what: str, total: int | None = None) -> Iterator[Advance]:
        done = 0

        def advance(more: int) -> None:
            nonlocal done
            assert more >= 0
            done += more

        yield advance
        self.tracked[what] = [total, done]


def workspace(folder: Path) -> Settings:
    return read_settings(workspace=folder, url=URL, api_key=TOKEN, environment={})


def found(
    settings: Settings, server: FakeStudio, *, create: bool = True
) -> project.WorkspaceProject:
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        return project.find(settings, studio, read_schema(settings.config), create=create)


def test_a_new_project_does_not_inherit_what_one_of_its_number_held(tmp_path: Path) -> None:
    first = found(workspace(tmp_path), FakeStudio())
    first.pushed_file.parent.mkdir()
    first.pushed_file.write_text("what was pushed")
    set_up_anew = FakeStudio()
    assert found(workspace(tmp_path), set_up_anew).id == first.id
    assert not first.pushed_file.exists()


def test_a_known_number_that_is_now_somebody_elses_project_is_refused(tmp_path: Path) -> None:
    first = found(workspace(tmp_path), FakeStudio())
    set_up_anew = FakeStudio()
    config = CONFIG.replace("siege", "mutiny")
    body = {"title": "Their own", "label_config": config}
    headers = {"Authorization": f"Token {TOKEN}"}
    with Client(transport=set_up_anew, base_url=URL, headers=headers) as they:
        assert they.post("/api/projects/", json=body).json()["id"] == first.id
    for create in (True, False):
        with pytest.raises(StudioError, match="'Their own'"):
            found(workspace(tmp_path), set_up_anew, create=create)
    assert set_up_anew.projects[first.id]["label_config"] == config


def test_two_workspaces_on_one_server_have_a_project_each(tmp_path: Path) -> None:
    server = FakeStudio()
    one, other = workspace(tmp_path / "one"), workspace(tmp_path / "other")
    ids = [found(settings, server).id for settings in (one, other, one, other)]
    assert ids[0] != ids[1]
    assert ids[:2] == ids[2:]


def test_a_known_number_that_is_now_another_workspaces_project_is_gone(tmp_path: Path) -> None:
    mine = workspace(tmp_path / "mine")
    first = found(mine, FakeStudio())
    set_up_anew = FakeStudio()
    theirs = found(workspace(tmp_path / "theirs"), set_up_anew)
    assert theirs.id == first.id
    with pytest.raises(StudioGoneError, match="another workspace"):
        found(mine, set_up_anew, create=False)
    assert found(mine, set_up_anew).id != theirs.id


def test_a_workspace_that_lost_the_number_of_its_project_finds_it_again(tmp_path: Path) -> None:
    server = FakeStudio()
    other, mine = found(workspace(tmp_path / "other"), server), workspace(tmp_path / "mine")
    first = found(mine, server)
    mine.project.unlink()
    assert found(mine, server).id == first.id != other.id


def test_a_project_is_handed_over_by_taking_the_workspace_out_of_its_description(
    tmp_path: Path,
) -> None:
    server = FakeStudio()
    first = found(workspace(tmp_path / "lost"), server)
    server.projects[first.id]["description"] = "Kept by newsledger."
    assert found(workspace(tmp_path / "new"), server).id == first.id
    assert found(workspace(tmp_path / "a third"), server).id != first.id


def own(folder: Path) -> Settings:
    """A workspace with a local server."""
    return read_settings(workspace=folder, environment={})


def test_a_workspace_never_adopts_the_project_of_anothers_local_server(tmp_path: Path) -> None:
    server, schema = FakeStudio(), read_schema(own(tmp_path).config)
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        first = project.find(own(tmp_path / "one"), studio, schema, create=True)
        theirs = found(workspace(tmp_path / "other"), server)
        assert theirs.id != first.id
        assert project.find(own(tmp_path / "one"), studio, schema).id == first.id
        # Nor the first one its guest's, where both files that name its own are lost.
        for file in ("workspace.json", "project.json"):
            (tmp_path / "one" / file).unlink()
        again = project.find(own(tmp_path / "one"), studio, schema, create=True)
    assert again.id != theirs.id


def test_a_workspace_that_lost_its_id_has_it_back_from_the_project_on_its_own_server(
    tmp_path: Path,
) -> None:
    server, mine = FakeStudio(), own(tmp_path / "one")
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        first = project.find(mine, studio, read_schema(mine.config), create=True)
        was = workspace_id(mine.workspace)
        (mine.workspace / "workspace.json").unlink()
        assert project.find(mine, studio, read_schema(mine.config)).id == first.id
    assert workspace_id(mine.workspace) == was is not None


def test_half_a_connection_is_no_connection(tmp_path: Path) -> None:
    half = read_settings(workspace=tmp_path, environment={"LABEL_STUDIO_API_KEY": "k"})
    for way in (project.connected(half), project.running(half, Quiet(), None)):
        with pytest.raises(WorkspaceError, match="no address"), way:
            pytest.fail("connected")


def test_a_second_up_shares_the_server_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished: list[int | None] = []

    class Running:
        """Stands for the server that the first one runs; it must not be stopped."""

        pid, url, login = 1, "http://127.0.0.1:8080", type("Login", (), {"token": "t"})
        spawned, exports = False, Path("export")

        def __init__(self, folder: Path, *, port: int | None, database: str | None) -> None:
            wished.append(port)

        def start(self) -> None:
            """It runs."""

    monkeypatch.setattr(project, "LocalServer", Running)
    settings, progress = read_settings(workspace=tmp_path, environment={}), Quiet()
    with locked(tmp_path / ".up"), project.running(settings, progress, 9090) as host:
        assert host.elsewhere
    assert wished == [None]
    assert progress.said == [
        "Label Studio runs already, at http://127.0.0.1:8080, by another `newsledger up`; "
        "this one shares it and does not use port 9090."
    ]


def test_a_second_up_that_had_to_start_the_server_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It came while the first, at its end, had stopped its own and still held the lock."""
    done: list[str] = []

    class Gone:
        pid, url, login = None, "http://127.0.0.1:8080", type("Login", (), {"token": "t"})
        spawned, exports = False, Path("export")

        def __init__(self, folder: Path, *, port: int | None, database: str | None) -> None:
            pass

        def has_database(self) -> bool:
            return False

        def usual_wait(self) -> int:
            return 60

        def start(self, *, on_wait: Callable[[float], None]) -> None:
            for waited in (0.4, 20.9, 95.0):
                on_wait(waited)
            done.append("started")
            self.spawned = True

        def stop(self) -> None:
            done.append("stopped")

    monkeypatch.setattr(project, "LocalServer", Gone)
    settings, watched = read_settings(workspace=tmp_path, environment={}), Watched()
    with locked(tmp_path / ".up"), project.running(settings, watched, None) as host:
        assert not host.elsewhere
    assert done == ["started", "stopped"]
    # A wait has a name and an end, and the bar comes to it however long it took.
    assert watched.tracked == {"Label Studio is setting up its database, about 60 s": [60, 60]}
