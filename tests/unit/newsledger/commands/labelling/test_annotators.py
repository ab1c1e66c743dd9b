"""Who may label. Joining a real server is in tests/server."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from annotation.errors import InputError, StudioError, WorkspaceError
from annotation.labelstudio.accounts import login_of
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import read_schema
from newsledger.commands.labelling import annotators
from newsledger.commands.labelling.annotators import LoginResult, _in_file
from newsledger.commands.state import project
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.contract.fake_studio import INVITED, TOKEN, URL, FakeStudio

LOGIN = LoginResult("added", "http://127.0.0.1:8080/projects/1/data", "ann@x.test", "s3cret", None)


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


@pytest.mark.parametrize(
    ("person", "email", "name"),
    [
        ("ann", "ann@newsledger.local", "ann"),
        (" Ann  Lee ", "ann-lee@newsledger.local", "Ann  Lee"),
        ("Zoë Müller-Öz", "zoe-muller-oz@newsledger.local", "Zoë Müller-Öz"),
        ("O'Neil", "o-neil@newsledger.local", "O'Neil"),
        ("2nd reader", "2nd-reader@newsledger.local", "2nd reader"),
        ("Ann@Example.org", "ann@example.org", ""),
        ("a.b+c@example.org", "a.b+c@example.org", ""),
    ],
)
def test_a_name_or_an_address_says_who_logs_in(person: str, email: str, name: str) -> None:
    assert login_of(person) == (email, name)


@pytest.mark.parametrize(
    "person", [None, "", "  ", "@", "a@", "@b", "a@b@c", "a b@c", "Олена", "-"]
)
def test_what_is_neither_is_refused(person: str | None) -> None:
    with pytest.raises(InputError):
        login_of(person)


def test_an_account_is_made_and_its_login_told_once(own: Settings, server: FakeStudio) -> None:
    added = annotators.add_annotator(own, Quiet(), "Ann Lee")
    assert server.passwords == {"ann-lee@newsledger.local": added.password}
    assert server.users[1]["first_name"] == ""
    assert [one.name for one in annotators.list_annotators(own).annotators] == ["", "Ann Lee"]
    assert str(added.password) in added.text()
    assert added.text().count(str(added.password)) == 1
    with pytest.raises(StudioError, match="already"):
        annotators.add_annotator(own, Quiet(), "ann lee")


def test_the_project_of_the_workspace_is_where_people_label(
    own: Settings, server: FakeStudio
) -> None:
    with LabelStudio(URL, TOKEN, transport=server) as studio:
        ours = project.find(own, studio, read_schema(own.config), create=True)
    assert annotators.add_annotator(own, Quiet(), "Ann").url == ours.page
    (table,) = annotators.list_annotators(own).tables()
    assert [row[-1] for row in table.rows] == ["0", "0"]


def test_a_login_goes_into_a_file_of_ones_own_instead_of_the_terminal(
    own: Settings, server: FakeStudio, tmp_path: Path
) -> None:
    file = tmp_path / "ann.txt"
    added = annotators.add_annotator(own, Quiet(), "Ann", login_file=file)
    (password,) = server.passwords.values()
    assert added.password is None
    assert password not in added.text() + str(added.to_json())
    assert file.read_text().endswith(f"Log in as: ann@newsledger.local\nPassword: {password}\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_the_file_cannot_be_written_no_account_is_made(
    own: Settings, server: FakeStudio, tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_text("")
    with pytest.raises(WorkspaceError, match="cannot be written"):
        annotators.add_annotator(own, Quiet(), "Ann", login_file=tmp_path / "in the way" / "a.txt")
    assert server.passwords == {}


def test_a_password_that_was_not_set_is_not_told(tmp_path: Path) -> None:
    file = tmp_path / "ann.txt"
    with pytest.raises(StudioError), _in_file(LOGIN, file):
        raise StudioError("no")
    assert not file.exists()


def test_on_a_server_of_ones_own_people_are_invited(tmp_path: Path, server: FakeStudio) -> None:
    settings = read_settings(workspace=tmp_path, url=URL, api_key=TOKEN, environment={})
    invited = annotators.add_annotator(settings, progress := Quiet(), "Ann")
    assert invited.url == f"{URL}/user/signup/?token={INVITED}"
    assert progress.said == [f"On {URL}, people make their accounts themselves."]
    assert server.passwords == {}
    assert "None" not in invited.text()
    with pytest.raises(StudioError, match="not newsledger's to change") as refused:
        annotators.reset_annotator(settings, Quiet(), "ann")
    assert "reset_password --username" in refused.value.hint


def test_a_tunnel_is_told_with_the_port_of_the_server() -> None:
    assert "ssh -N -L 8080:127.0.0.1:8080" in LOGIN.text()
