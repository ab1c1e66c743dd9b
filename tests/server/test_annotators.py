"""People join a real local Label Studio, and get in again after their password is lost."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import httpx
import pytest

from annotation.errors import ServerError, StudioError
from annotation.labelstudio.server.local_server import LocalServer
from newsledger.commands.labelling import annotators
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.conftest import Studio

pytestmark = pytest.mark.server


@pytest.fixture
def settings(settled: Path) -> Settings:
    """A workspace whose own server has been set up."""
    return read_settings(workspace=settled.parent, environment={})


def logs_in(url: str, email: str, password: str) -> bool:
    """As the login page does it."""
    with httpx.Client(base_url=url, follow_redirects=True, timeout=60, trust_env=False) as browser:
        browser.get("/user/login/")
        form = {"email": email, "password": password}
        form["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
        browser.post("/user/login/", data=form, headers={"Referer": f"{url}/user/login/"})
        me = browser.get("/api/current-user/whoami")
    return me.status_code == 200 and me.json()["email"] == email


def test_somebody_joins_labels_and_gets_a_new_password(settings: Settings, tmp_path: Path) -> None:
    with LocalServer(settings.studio) as server:
        added = annotators.add_annotator(settings, Quiet(), "Ann Å")
        assert added.email == "ann-a@newsledger.local"
        assert logs_in(server.url, added.email, str(added.password))
        assert not logs_in(server.url, added.email, "something else")
        with pytest.raises(StudioError, match="already"):
            annotators.add_annotator(settings, Quiet(), "ann-a@newsledger.local")
        listed = annotators.list_annotators(settings).annotators
        # The server may have served other tests, whose people are listed, too.
        assert [one.name for one in listed if one.email == added.email] == ["Ann Å"]
        assert listed[0].email == server.login.user

        file = tmp_path / "for-ann.txt"
        reset = annotators.reset_annotator(settings, Quiet(), "Ann Å", login_file=file)
        assert reset.url == server.url
        assert reset.password is None
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        password = file.read_text().splitlines()[-1].removeprefix("Password: ")
        assert logs_in(server.url, added.email, password)
        assert not logs_in(server.url, added.email, str(added.password))

        other = tmp_path / "for-bob.txt"
        with pytest.raises(ServerError, match=r"Nobody .* has the address bob@"):
            annotators.reset_annotator(settings, Quiet(), "bob", login_file=other)
        assert not other.exists()


def test_the_owner_gets_in_again_after_the_login_file_is_lost(settings: Settings) -> None:
    path = settings.studio / "login.json"
    before = json.loads(path.read_text())
    path.unlink()
    with pytest.raises(ServerError, match="missing or damaged") as refused:
        LocalServer(settings.studio).start()
    assert "reset-password" in refused.value.hint
    done = annotators.reset_annotator(settings, Quiet(), None)
    assert (done.email, done.password, done.file) == (before["user"], None, str(path))
    after = json.loads(path.read_text())
    assert after["token"] == before["token"]
    assert after["password"] != before["password"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with LocalServer(settings.studio) as server:
        assert logs_in(server.url, after["user"], after["password"])
        assert not logs_in(server.url, before["user"], before["password"])


def test_a_named_server_gives_its_invitation(label_studio: Studio, tmp_path: Path) -> None:
    settings = label_studio.workspace(tmp_path)
    invited = annotators.add_annotator(settings, Quiet(), None)
    assert invited.act == "invited"
    assert httpx.get(invited.url, trust_env=False).status_code == 200
    with pytest.raises(StudioError, match="not newsledger's to change"):
        annotators.reset_annotator(settings, Quiet(), None)
