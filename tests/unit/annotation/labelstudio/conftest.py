"""What the tests of the write path share: a fake Label Studio, and waits that take no time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotation.labelstudio.sync import LabelStudio
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG
from tests.contract.fake_studio import TOKEN, URL, FakeStudio


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the upload would have waited, one after the other."""
    waited: list[float] = []
    monkeypatch.setattr("annotation.labelstudio.tasks.upload.time.sleep", waited.append)
    return waited


@pytest.fixture
def fake(waits: list[float]) -> FakeStudio:
    return FakeStudio()


@pytest.fixture
def ours(fake: FakeStudio) -> Iterator[LabelStudio]:
    with LabelStudio(URL, TOKEN, transport=fake) as client:
        yield client


@pytest.fixture
def project(ours: LabelStudio) -> int:
    return ours.ensure_project("A project", parse_schema(CONFIG)).id
