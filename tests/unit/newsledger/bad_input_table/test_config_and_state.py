"""Configurations and files of a workspace that are damaged or something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.newsledger.bad_input_table.test_exports import RAW
from tests.unit.newsledger.bad_input_table.told import (
    LONG_NAME,
    assert_told,
    deep,
)
from tests.unit.newsledger.conftest import Run
from tests.unit.newsledger.test_any_schema import CHOICES, config

CONFIGS: dict[str, str] = {
    "nothing": "",
    "text": "labels",
    "torn": "<View><Choices",
    "other": "<html/>",
    "no control": '<View><Text name="t" value="$text"/></View>',
    "entities": '<!DOCTYPE x [<!ENTITY a "aa">]><View>&a;</View>',
    "outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><View>&a;</View>',
    "deep": "<View>" * 50_000,
    "deep and closed": "<View>" * 5000 + "</View>" * 5000,
    "half": '<View><Text name="t" value="$text"/><Choices name="e" toName="t">'
    '<Choice value="&#xD800;"/></Choices></View>',
    "control character": '<View><Text name="\x01" value="$text"/></View>',
    "no value": config('<Choices name="w" toName="body"><Choice/></Choices>'),
    "empty value": config('<Choices name="w" toName="body"><Choice value=""/></Choices>'),
    "twice": config(CHOICES, CHOICES),
    "to nowhere": config('<Choices name="w" toName="x"><Choice value="a"/></Choices>'),
    "long": config(
        f'<Choices name="{LONG_NAME}" toName="x"><Choice value="{LONG_NAME}"/></Choices>'
    ),
}


@pytest.mark.parametrize("name", CONFIGS)
def test_a_bad_configuration_is_told(newsledger: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "config.xml").write_text(CONFIGS[name], encoding="utf-8")
    (tmp_path / "labels.json").write_bytes(RAW["data list"])
    done = newsledger("train", "--labels", "labels.json", "--config", "config.xml")
    assert_told(done, codes=(1,))


STATE: dict[str, bytes] = {
    "nothing": b"",
    "torn": b'{"format": 1',
    "list": b"[]",
    "later": b'{"format": 99}',
    "much later": b'{"format": 1' + b"0" * 5000 + b"}",
    "text": b'{"format": "1"}',
    "infinite": b'{"format": 1e999}',
    "other": b'{"format": 1, "held_out": 5, "id": 5, "picked": 5, "config": 5, "start": 5}',
    "half": b'{"format": 1, "id": "\\ud800", "held_out": {"\\ud800": true}}',
    "deep": deep("[", "]"),
    "latin": b'{"format": 1, "id": "\xe9"}',
}


@pytest.mark.parametrize("content", STATE)
@pytest.mark.parametrize(
    "file",
    [
        "workspace.json", "project.json", "holdout.json", "picked.json", "models/rollback.json",
        "models/history.jsonl", "models/current", "models/m/manifest.json",
        "snapshots/0123456789abcdef/manifest.json", "snapshots/0123456789abcdef/order.json",
    ],
)  # fmt: skip
def test_a_state_file_that_is_another_is_told(
    newsledger: Run, tmp_path: Path, file: str, content: str
) -> None:
    path = tmp_path / "workspace" / file
    path.parent.mkdir(parents=True)
    path.write_bytes(STATE[content])
    (tmp_path / "labels.json").write_bytes(RAW["data list"])
    for arguments in (
        ("models",),
        ("rollback",),
        ("train", "--labels", "labels.json"),
        ("train", "--labels", "workspace/snapshots/0123456789abcdef"),
        ("prune", "--keep", "1"),
    ):
        assert_told(newsledger(*arguments))
    assert path.exists()
    assert path.read_bytes() == STATE[content]
