"""The environment is read in one place, and secrets stay out of sight."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from newsledger.commands.labelling import pulling
from newsledger.commands.learning import models
from newsledger.progress import Quiet
from newsledger.settings import Credentials, packaged, read_settings, read_state, write_state


def test_the_workspace_is_the_option_else_the_variable_else_a_folder_here() -> None:
    variable = {"NEWSLEDGER_WORKSPACE": "/elsewhere"}
    assert read_settings(workspace=Path("w"), environment=variable).workspace == Path("w")
    assert read_settings(environment=variable).workspace == Path("/elsewhere")
    assert read_settings(environment={}).workspace == Path("workspace")


def test_the_variables_of_the_sdk_name_an_existing_server() -> None:
    settings = read_settings(
        environment={"LABEL_STUDIO_URL": "http://studio/", "LABEL_STUDIO_API_KEY": "secret"}
    )
    assert settings.credentials == Credentials("http://studio", "secret")
    assert settings.named_server() == settings.credentials
    assert read_settings(environment={}).named_server() is None


@pytest.mark.parametrize(
    ("given", "missing"), [({"url": "http://studio"}, "no token"), ({"api_key": "k"}, "no address")]
)
def test_half_a_connection_is_refused(given: dict[str, str], missing: str) -> None:
    with pytest.raises(WorkspaceError, match=missing):
        read_settings(**given, environment={})  # type: ignore[arg-type]


def test_half_a_connection_in_the_environment_matters_only_where_one_is_needed(
    tmp_path: Path,
) -> None:
    settings = read_settings(workspace=tmp_path, environment={"LABEL_STUDIO_API_KEY": "k"})
    with pytest.raises(WorkspaceError, match="no address"):
        settings.named_server()
    with pytest.raises(WorkspaceError, match="no address"):
        pulling.pull(settings, Quiet())
    assert list(models.listed(settings).models) == []


def test_a_token_is_never_shown() -> None:
    settings = read_settings(url="http://studio", api_key="s3cret", environment={})
    assert "s3cret" not in repr(settings)


def test_a_database_is_the_option_else_the_variable_and_never_shown() -> None:
    one, other = "postgresql://a:s3cret@one/x", "postgresql://a:s3cret@other/x"
    assert read_settings(database=one, environment={"NEWSLEDGER_DATABASE": other}).database == one
    settings = read_settings(environment={"NEWSLEDGER_DATABASE": other})
    assert settings.database == other
    assert "s3cret" not in repr(settings)
    assert read_settings(environment={"NEWSLEDGER_DATABASE": ""}).database is None


def test_a_database_is_for_the_workspaces_own_server() -> None:
    there = {"LABEL_STUDIO_URL": "http://studio", "LABEL_STUDIO_API_KEY": "k"}
    with pytest.raises(WorkspaceError, match="--database is for") as refused:
        read_settings(database="postgresql://a:s3cret@h/x", environment=there)
    assert "s3cret" not in str(refused.value)


def test_the_schema_is_brought_along() -> None:
    assert packaged("label_config.xml").is_file()


def test_state_comes_back_as_written_and_secrets_are_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "state.json"
    assert read_state(path) == {}
    write_state(path, {"token": "é"})
    assert read_state(path) == {"token": "é"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["{", "[]", "\x00"])
def test_damaged_state_is_told_with_the_file_and_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "state.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"state\.json .*Move it away"):
        read_state(path)


def test_a_workspace_is_closed_when_it_is_opened_and_no_other_folder_is(tmp_path: Path) -> None:
    ours, other = tmp_path / "workspace", tmp_path / "shared"
    (ours / "models").mkdir(parents=True)
    other.mkdir()
    for folder in (ours, other):
        folder.chmod(0o755)
        read_settings(workspace=folder, environment={})
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700
    assert stat.S_IMODE(other.stat().st_mode) == 0o755
