"""A real browser in front of the session's real Label Studio."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Playwright, sync_playwright

from tests.browser.pages import Annotator, Data, Project
from tests.conftest import Studio

ROOT = Path(__file__).parents[2]
ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

Open = Callable[..., Annotator]
"""Makes a project of the given sentences and opens it: ``open_project(sentence, …)``."""


def sentence(text: str, **more: str) -> Data:
    """The data of a task as the house writes it."""
    fields = ("title", "outlet", "before", "after", "readings", "article_id")
    return {**dict.fromkeys(fields, ""), "sentence_id": "a:0000", **more, "text": text}


@pytest.fixture(scope="session")
def label_studio() -> Studio:
    return Studio(*os.environ["DEV_STUDIO"].split(","))


@pytest.fixture(scope="session")
def xml() -> str:
    return (ROOT / "label_config.xml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = find_chromium(playwright)
    launched = playwright.chromium.launch(executable_path=chromium, args=ARGS)
    yield launched
    launched.close()


def find_chromium(playwright: Playwright) -> str:
    """An installed Chromium, else Playwright's own; without one the tests fail, never skip."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    for name in names:
        if path := shutil.which(name):
            return path
    if not named and Path(playwright.chromium.executable_path).exists():
        return playwright.chromium.executable_path
    pytest.fail(
        f"No Chromium: {' and '.join(names)} not found. Install one (Debian: apt-get install "
        "chromium), run `playwright install chromium`, or name one in the variable CHROMIUM.",
        pytrace=False,
    )


@pytest.fixture(scope="session")
def api(playwright: Playwright, label_studio: Studio) -> Iterator[APIRequestContext]:
    headers = {"Authorization": f"Token {label_studio.token}", "Content-Type": "application/json"}
    context = playwright.request.new_context(extra_http_headers=headers)
    yield context
    context.dispose()


@pytest.fixture(scope="session")
def logged_in(browser: Browser, label_studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of somebody who has logged in."""
    return log_in(browser, label_studio, tmp_path_factory.mktemp("browser") / "state.json")


def log_in(browser: Browser, who: Studio, path: Path) -> Path:
    """Log in through the login page and keep the cookies."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{who.url}/user/login/")
    page.fill("input[name=email]", who.user)
    page.fill("input[name=password]", who.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/user/login" not in url)
    context.storage_state(path=path)
    context.close()
    return path


@pytest.fixture(scope="session")
def context(browser: Browser, logged_in: Path) -> Iterator[BrowserContext]:
    """One for the session: its cache spares each test the download of Label Studio's pages."""
    new = browser.new_context(storage_state=logged_in, viewport={"width": 1280, "height": 800})
    new.set_default_timeout(20_000)
    yield new
    new.close()


@pytest.fixture
def open_project(
    api: APIRequestContext, label_studio: Studio, context: BrowserContext, xml: str
) -> Iterator[Open]:
    projects = []

    def open_(*sentences: str | Data, suggest: Sequence[Sequence[dict[str, object]]] = ()) -> Annotator:
        data = [sentence(one) if isinstance(one, str) else one for one in sentences]
        project = Project(api, label_studio.url, xml, data)
        projects.append(project)
        if suggest:
            project.suggest(suggest)
        annotator = Annotator(context.new_page(), project)
        annotator.open_stream()
        return annotator

    yield open_
    for page in context.pages:
        page.close()
    for project in projects:
        project.delete()
