"""Which codebook a workspace labels by, since when, and which labels are older."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.records import Annotation
from annotation.schema import read_schema
from annotation.storage import read_json_state, write_json_state
from newsledger.commands.state.codebooks import (
    codebook_change,
    instructions_in_use,
    note_version,
    version_in_use,
)
from newsledger.settings import Settings, read_settings
from tests.corpus import XML, annotate, make_corpus

CORPUS = make_corpus(1, 4)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    config = tmp_path / "own.xml"
    config.write_text(XML, encoding="utf-8")
    (tmp_path / "codebook.md").write_text("Version 1\n", encoding="utf-8")
    (tmp_path / "workspace").mkdir()
    return read_settings(workspace=tmp_path / "workspace", config=config, environment={})


def note(settings: Settings, text: str | None = None, xml: str | None = None) -> None:
    if text is not None:
        settings.config.with_name("codebook.md").write_text(text, encoding="utf-8")
    if xml is not None:
        settings.config.write_text(xml, encoding="utf-8")
    note_version(settings, version_in_use(settings, read_schema(settings.config)))


def seen(settings: Settings) -> list[dict[str, str]]:
    file = settings.workspace / "codebooks.json"
    found = read_json_state(file, format=1, what="It", hint="")
    return found["seen"] if found else []


def labels(*moments: str) -> list[Annotation]:
    return [annotate(CORPUS.schema, one, "fight", at=at)
            for one, at in zip(CORPUS.sentences, moments, strict=False)]  # fmt: skip


def test_the_same_version_is_noted_once(settings: Settings) -> None:
    note(settings)
    note(settings)
    assert [one["version"] for one in seen(settings)] == ["1"]
    assert codebook_change(settings, labels("2000-01-01T00:00:00Z")) is None


def test_a_change_is_told_with_the_labels_before_it(settings: Settings) -> None:
    note(settings)
    note(settings, "Version 2\n")
    found = codebook_change(settings, labels("2000-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "?"))
    assert found is not None
    assert (found.older, found.labels) == (1, 3)
    assert "from codebook version 1 (" in str(found)
    assert "1 of 3 labels are older" in str(found)
    assert codebook_change(settings, labels("2999-01-01T00:00:00Z")) is None


def test_a_skipped_sentence_has_no_label(settings: Settings) -> None:
    note(settings)
    note(settings, "Version 2\n")
    skipped = [replace(one, cancelled=True) for one in labels("2000-01-01T00:00:00Z")]
    assert codebook_change(settings, skipped) is None


@pytest.mark.parametrize(("text", "xml", "changes"), [
    ("Version 1 \n", None, 2), ("Version 1\n", None, 1), ("", None, 2),
    (None, XML.replace('"help"', '"aid2"'), 2), (None, XML.replace("<View>", "<View> "), 1),
])  # fmt: skip
def test_what_is_a_change(
    settings: Settings, text: str | None, xml: str | None, changes: int
) -> None:
    note(settings)
    note(settings, text, xml)
    assert len(seen(settings)) == changes


def test_without_a_codebook_of_its_own_a_configuration_has_none(settings: Settings) -> None:
    settings.config.with_name("codebook.md").unlink()
    assert version_in_use(settings, CORPUS.schema).digest == ""
    assert "<b>fight</b>" in instructions_in_use(settings, CORPUS.schema)


def test_ours_goes_with_our_configuration(tmp_path: Path) -> None:
    found = read_settings(workspace=tmp_path, environment={})
    schema = read_schema(found.config)
    assert version_in_use(found, schema).version
    text = instructions_in_use(found, schema)
    assert "Ctrl+Enter" in text
    assert "Air or drone strike</b>: anything fired or dropped from the air" in text


def test_a_file_of_a_later_newsledger_is_not_guessed_at(settings: Settings) -> None:
    write_json_state(settings.workspace / "codebooks.json", {"seen": []}, format=99)
    with pytest.raises(Exception, match="reads up to 1"):
        note(settings)


@pytest.mark.parametrize(
    "seen",
    [
        5,
        {"version": "1"},
        ["1"],
        [{"version": "1"}],
        [{"version": 1, "digest": "", "schema": "", "since": "2026-01-01T00:00:00+00:00"}],
        [{"version": "1", "digest": "", "schema": "", "since": "in May"}],
        [{"version": "1", "digest": "", "schema": "", "since": "2026-01-01T00:00:00"}],
    ],
)
def test_a_list_of_something_else_is_told(settings: Settings, seen: object) -> None:
    path = settings.workspace / "codebooks.json"
    write_json_state(path, {"seen": seen}, format=1)
    with pytest.raises(WorkspaceError, match=r"codebooks\.json cannot be read") as told:
        note(settings)
    assert told.value.hint
    with pytest.raises(WorkspaceError, match=r"codebooks\.json cannot be read"):
        codebook_change(settings, ())
