"""Use cases with a server: which project is the workspace's. The loop is in tests/server."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx import Client

from annotation.errors import StudioError
from annotation.schema import read_schema
from annotation.studio import LabelStudio
from newsledger import desk
from newsledger.report import Quiet
from newsledger.settings import read_settings
from tests.contract.conftest import CONFIG
from tests.contract.fake_studio import TOKEN, URL, FakeStudio


def test_a_new_project_does_not_inherit_what_one_of_its_number_held(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path, url=URL, api_key=TOKEN, environment={})
    schema = read_schema(settings.config)
    with LabelStudio(URL, TOKEN, transport=FakeStudio()) as before:
        first = desk._project(settings, before, schema, create=True)
    register = desk._register_path(settings, first)
    register.parent.mkdir()
    register.write_text("what was pushed")
    with LabelStudio(URL, TOKEN, transport=FakeStudio()) as set_up_anew:
        assert desk._project(settings, set_up_anew, schema, create=True) == first
    assert not register.exists()


def test_a_known_number_that_is_now_somebody_elses_project_is_refused(tmp_path: Path) -> None:
    settings = read_settings(workspace=tmp_path, url=URL, api_key=TOKEN, environment={})
    schema = read_schema(settings.config)
    with LabelStudio(URL, TOKEN, transport=FakeStudio()) as before:
        first = desk._project(settings, before, schema, create=True)
    fake = FakeStudio()
    config = CONFIG.replace("siege", "mutiny")
    body = {"title": "Their own", "label_config": config}
    with Client(transport=fake, base_url=URL, headers={"Authorization": f"Token {TOKEN}"}) as they:
        assert they.post("/api/projects/", json=body).json()["id"] == first
    with LabelStudio(URL, TOKEN, transport=fake) as set_up_anew:
        for create in (True, False):
            with pytest.raises(StudioError, match="'Their own'"):
                desk._project(settings, set_up_anew, schema, create=create)
    assert fake.projects[first]["label_config"] == config


def test_a_second_up_shares_the_server_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wished: list[int | None] = []

    class Running:
        """Stands for the server that the first one runs."""

        pid, url = 1, "http://127.0.0.1:8080"

        def __init__(self, folder: Path, *, port: int | None = None) -> None:
            wished.append(port)

        def start(self, *, on_wait: object) -> None:
            """It runs."""

    def far_enough(*_: object) -> None:
        raise StudioError("Far enough.")

    monkeypatch.setattr(desk, "LocalServer", Running)
    monkeypatch.setattr(desk, "_studio", far_enough)
    settings, report = read_settings(workspace=tmp_path, environment={}), Quiet()
    with (
        desk._only_one(tmp_path / ".up"),
        pytest.raises(StudioError, match="Far enough"),
        desk.up(settings, report, port=9090),
    ):
        pass
    assert wished == [None]
    assert report.said == [
        "Label Studio runs already, at http://127.0.0.1:8080, by another `newsledger up`; "
        "this one shares it and does not use port 9090."
    ]
