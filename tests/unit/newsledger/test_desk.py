"""Use cases with a server: which project is the workspace's. The loop is in tests/server."""

from __future__ import annotations

from pathlib import Path

from annotation.schema import read_schema
from annotation.studio import LabelStudio
from newsledger import desk
from newsledger.settings import read_settings
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
