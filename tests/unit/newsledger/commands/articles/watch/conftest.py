"""What the tests of a watch share: the fake studio, and a web server on this machine.

The clock is turned by hand, so that nights and days take no time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newsledger.commands.articles.watch import watch
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from newsledger.watching.rounds import RoundResult, WatchRules
from tests.contract.fake_studio import FakeStudio
from tests.unit.annotation.articles.site import Site
from tests.unit.newsledger.commands.articles.watch.news import BEGIN, Go, News


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def news(site: Site) -> News:
    return News(site)


@pytest.fixture
def settings(tmp_path: Path, server: FakeStudio) -> Settings:
    return read_settings(workspace=tmp_path / "w", environment={})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def go(settings: Settings) -> Go:
    """Makes one round over sources, so many minutes after the first."""

    def run(*sources: object, after: float = 0, **rules: Any) -> RoundResult:
        given = WatchRules([str(one) for one in sources], **{"allow_private": True, **rules})
        now = BEGIN + timedelta(minutes=after)
        (only,) = watch(
            settings, Quiet(), given, once=True, clock=lambda: now, sleep=lambda _: None
        )
        return only

    return run
