"""compose.yaml starts the Label Studio that was tried, told what the local one is told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotation.labelstudio.server.login import USER
from annotation.labelstudio.server.postgres import parse_postgres_address
from annotation.labelstudio.server.server_process import environment

ROOT = Path(__file__).parents[2]
OF_THIS_MACHINE = {
    "PATH", "TMPDIR", "TZ", "HOME", "LANG", "LABEL_STUDIO_BASE_DATA_DIR",
    "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
}  # fmt: skip


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert isinstance(found, dict)
    return found


def test_label_studio_is_told_what_the_local_one_is_told(services: dict[str, Any]) -> None:
    told = services["label-studio"]["environment"]
    address = parse_postgres_address("postgresql://newsledger:p@database/labels")
    local = environment(Path("data"), USER, "p", "t", database=address.environment())
    named = {name: value for name, value in local.items() if name not in OF_THIS_MACHINE}
    secret = {"POSTGRE_PASSWORD", "LABEL_STUDIO_PASSWORD", "LABEL_STUDIO_USER_TOKEN"}
    assert {name: told[name] for name in named if name not in secret} == {
        name: value for name, value in named.items() if name not in secret
    }
    assert set(told) == {*named, "LABEL_STUDIO_HOST", "CSRF_TRUSTED_ORIGINS"}


def test_both_are_told_of_the_same_database(services: dict[str, Any]) -> None:
    makes, uses = services["database"]["environment"], services["label-studio"]["environment"]
    assert makes["POSTGRES_DB"] == uses["POSTGRE_NAME"]
    assert makes["POSTGRES_USER"] == uses["POSTGRE_USER"]
    assert uses["POSTGRE_HOST"] in services


def test_no_secret_stands_in_it_and_none_may_lack(services: dict[str, Any]) -> None:
    for service in services.values():
        for name, value in service["environment"].items():
            if name.endswith(("PASSWORD", "USER_TOKEN")):
                assert value.startswith("${"), name
                assert ":?" in value, name


def test_it_is_reached_from_this_machine_only(services: dict[str, Any]) -> None:
    assert [service.get("ports", []) for service in services.values()] == [
        [],
        ["127.0.0.1:8080:8080"],
    ]


def test_it_is_the_release_that_was_tried(services: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = [one for one in project["optional-dependencies"]["studio"] if "label-studio" in one]
    release = services["label-studio"]["image"].partition(":")[2]
    assert pinned == [f"label-studio=={release}"]
    assert services["database"]["image"].partition(":")[2].isdecimal()
