"""The whole loop with a person in it: pushed, corrected in the browser, pulled, learnt, shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotation.dataset.snapshot import read_snapshot
from annotation.schema import read_schema
from newsledger.commands.labelling import pulling, pushing, retraining
from newsledger.commands.learning import models, offline
from newsledger.commands.state.project import TITLE
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.browser.pages import SENTENCE, Annotator, Project
from tests.conftest import Studio

# Models are fitted once.
pytestmark = [
    *(pytest.mark.browser, pytest.mark.server, pytest.mark.cores),
    pytest.mark.usefixtures("fits"),
]

ARTICLES = sorted(packaged("seeds/articles").glob("0[12]-*.txt"))


@pytest.fixture
def settings(label_studio: Studio, tmp_path: Path) -> Settings:
    """A workspace with a starter model and no project of another test on the server."""
    settings = label_studio.workspace(tmp_path / "workspace")
    token = {"Authorization": f"Token {label_studio.token}"}
    with httpx.Client(base_url=label_studio.url, headers=token, trust_env=False) as http:
        for project in http.get("/api/projects/", params={"page_size": 100}).json()["results"]:
            if project["title"] == TITLE:
                http.delete(f"/api/projects/{project['id']}/").raise_for_status()
    return settings


def open_and_read_instructions(page: Page, url: str) -> None:
    """Open the labelling page as somebody does who comes for the first time."""
    page.goto(url)
    page.get_by_role("button", name="Label All Tasks").click()
    instructions = page.locator(".lsf-modal-ls_visible")
    button = page.get_by_role("button", name="Instructions")
    expect(button).to_be_visible()
    expect(instructions).to_have_count(0)  # they do not come unasked
    button.click()
    expect(instructions).to_contain_text("Ctrl")
    page.keyboard.press("Escape")
    expect(instructions).to_have_count(0)


def wait_for_another(page: Page, seen: Collection[str]) -> None:
    """Until a sentence is there that has not been seen, and can be marked."""
    page.wait_for_function(
        "([selector, seen]) => { const text = document.querySelector(selector)?.textContent;"
        " return text && !seen.includes(text) &&"
        " window.Htx?.annotationStore?.selected?.objects?.every(one => one.isReady) }",
        arg=[SENTENCE, list(seen)],
    )


def shown(annotator: Annotator) -> tuple[str, list[str]]:
    """The sentence on the page and the event types that are ticked, by alias."""
    aliases = {label.value: label.alias for label in annotator.project.schema.event_types}
    return annotator.sentence, [aliases[value] for value in annotator.ticked()]


def test_what_a_person_corrects_is_learnt_and_suggested_next(
    settings: Settings, label_studio: Studio, context: BrowserContext, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for article in ARTICLES:
        shutil.copy(article, folder)
    schema = read_schema(settings.config)
    starter = offline.champion_or_starter(settings, Quiet(), schema)
    pushed = pushing.push(settings, Quiet(), [str(folder)])
    assert pushed.created == pushed.suggested > 50

    # The person sees the starter's suggestion, changes one tick, and goes on; six times, in the
    # order of the places that the push gave.
    with httpx.Client(
        base_url=label_studio.url,
        headers={"Authorization": f"Token {label_studio.token}"},
        trust_env=False,
    ) as http:
        number = json.loads(settings.project.read_text(encoding="utf-8"))[label_studio.url]
        asked: dict[str, str | int] = {"project": number, "fields": "all", "page_size": 500}
        tasks = http.get("/api/tasks/", params=asked).raise_for_status().json()["tasks"]
    in_turn = [
        task["data"]["text"]
        for task in sorted(tasks, key=lambda task: task["predictions"][0]["score"])
    ]
    page = context.new_page()
    open_and_read_instructions(page, pushed.url)
    project = cast("Project", SimpleNamespace(url=label_studio.url, schema=schema))
    annotator = Annotator(page, project)
    said: dict[str, list[str]] = {}
    for _ in range(6):
        wait_for_another(page, said)
        text, before = shown(annotator)
        annotator.click("Relief or medical help")
        toggled = set(before) ^ {"aid"}
        expect(page.locator(".nl-events input:checked:visible")).to_have_count(len(toggled))
        said[text] = [alias for alias in schema.event_aliases if alias in toggled]
        annotator.submit()

    assert list(said) == in_turn[:6]

    pulled = pulling.pull(settings, Quiet())
    assert pulled.labelled == 6
    snapshot = read_snapshot(Path(pulled.path))
    texts = {sentence.id: sentence.text for sentence in snapshot.sentences}
    came_back = {texts[one.sentence_id]: list(one.events.aliases) for one in snapshot.annotations}
    assert came_back == said
    assert {one.suggested_by for one in snapshot.annotations} == {starter.id}

    # The seventh is open, untouched, while a new champion replaces the suggestions.
    wait_for_another(page, said)
    text, ticked = shown(annotator)
    outcome = retraining.retrain(settings, Quiet(), force=True)
    champion = models.champion(settings)
    assert outcome.promoted
    assert champion is not None
    assert champion.id != starter.id
    annotator.submit()
    (seventh,) = (
        one
        for one in read_snapshot(Path(pulling.pull(settings, Quiet()).path)).annotations
        if texts[one.sentence_id] == text
    )
    assert seventh.suggested_by == starter.id
    assert list(seventh.events.aliases) == ticked

    # The next sentence carries *its* suggestion.
    said[text] = ticked
    wait_for_another(page, said)
    text, ticked = shown(annotator)
    assert text not in said
    (sentence,) = (one for one in snapshot.sentences if one.text == text)
    (suggestion,) = champion.predict([sentence]).records()
    assert ticked == [event.label for event in suggestion.events]
