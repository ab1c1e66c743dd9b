"""A real browser in front of the session's real Label Studio."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import (
    APIRequestContext,
    Browser,
    BrowserContext,
    Playwright,
    expect,
    sync_playwright,
)

from annotation.records import Prediction, Sentence, Task
from tests.browser.pages import Annotator, Project
from tests.conftest import Studio

ROOT = Path(__file__).parents[2]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 60_000
"""Milliseconds that a page may take on a busy machine, whatever is waited for."""

SECOND = "second@newsledger.example"
"""E-mail address of the second annotator."""


class Open(Protocol):
    """Makes a project of the given sentences and opens the first one for labelling."""

    def __call__(self, *tasks: str | Task, suggestions: Sequence[Prediction] = ()) -> Annotator: ...


def as_task(index: int, what: str | Task) -> Task:
    """A sentence without surroundings, unless it is a task already."""
    if isinstance(what, Task):
        return what
    return Task(Sentence(f"a:{index:04d}", "a", index, 0, len(what), what))


@pytest.fixture(scope="session")
def xml() -> str:
    return (ROOT / "label_config.xml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = find_chromium(os.environ.get("CHROMIUM"), Path(playwright.chromium.executable_path))
    launched = playwright.chromium.launch(executable_path=path, args=ARGS)
    yield launched
    launched.close()


def find_chromium(named: str | None, own: Path) -> str:
    """The Chromium to use: the named one, an installed one, or Playwright's own.

    Without any the tests fail, with a sentence that says how to get one; they never skip.
    """
    names = (
        [named]
        if named
        else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    )
    for name in names:
        if path := shutil.which(name):
            return path
    if not named and own.exists():
        return str(own)
    pytest.fail(
        f"No Chromium found (looked for {', '.join(names)}): install one (Debian: apt-get install "
        "chromium), or run `playwright install chromium`, or name one in CHROMIUM.",
        pytrace=False,
    )


@pytest.fixture(scope="session")
def api(playwright: Playwright, label_studio: Studio) -> Iterator[APIRequestContext]:
    headers = {"Authorization": f"Token {label_studio.token}", "Content-Type": "application/json"}
    context = playwright.request.new_context(extra_http_headers=headers, timeout=PATIENCE)
    yield context
    context.dispose()


@pytest.fixture(scope="session")
def context(browser: Browser, label_studio: Studio) -> Iterator[BrowserContext]:
    """Somebody's browser, logged in; one for the session, as its cache saves seconds a test."""
    with new_context(browser) as new:
        page = new.new_page()
        page.goto(f"{label_studio.url}/user/login/")
        page.fill("input[name=email]", label_studio.user)
        page.fill("input[name=password]", label_studio.password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/user/login" not in url)
        page.close()
        yield new


@contextmanager
def new_context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of the smallest size that the page must fit, with nothing in it yet."""
    new = browser.new_context(viewport={"width": 1280, "height": 800})
    new.set_default_timeout(PATIENCE)
    yield new
    new.close()


@pytest.fixture(scope="session")
def second_person(
    browser: Browser, api: APIRequestContext, label_studio: Studio
) -> Iterator[BrowserContext]:
    """Another person's browser: signed up through the link that invites people, logged in."""
    invitation = api.get(f"{label_studio.url}/api/invite").json()["invite_url"]
    with new_context(browser) as new:
        page = new.new_page()
        page.goto(f"{label_studio.url}{invitation}")
        page.fill("input[name=email]", SECOND)
        page.fill("input[name=password]", "a-password-for-tests")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/user/" not in url)
        page.close()
        yield new


@pytest.fixture(scope="module")
def open_project(
    api: APIRequestContext, label_studio: Studio, context: BrowserContext, xml: str
) -> Iterator[Open]:
    projects = []

    def open_(*tasks: str | Task, suggestions: Sequence[Prediction] = ()) -> Annotator:
        for page in context.pages:
            page.close()
        numbered = [as_task(index, what) for index, what in enumerate(tasks)]
        project = Project(api, label_studio.url, xml, numbered, suggestions)
        projects.append(project)
        annotator = Annotator(context.new_page(), project)
        annotator.open_stream()
        return annotator

    yield open_
    for project in projects:
        project.delete()
