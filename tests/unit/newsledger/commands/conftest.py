"""What the tests of the verbs share: a server that a workspace is connected to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from annotation.labelstudio.sync import LabelStudio
from newsledger.commands.state import project
from newsledger.settings import Settings
from tests.contract.fake_studio import TOKEN, URL, FakeStudio


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> FakeStudio:
    """A server that answers whatever a workspace is connected to."""
    server = FakeStudio()

    @contextmanager
    def connected(settings: Settings) -> Iterator[LabelStudio]:
        with LabelStudio(URL, TOKEN, transport=server) as studio:
            yield studio

    monkeypatch.setattr(project, "connected", connected)
    return server
