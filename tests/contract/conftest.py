"""One suite, two servers: the fake one and the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import pytest

from annotation.labelstudio.sync import LabelStudio, Project
from annotation.records import EventScore, NumericClaim, Prediction, Sentence, Task
from annotation.schema import Schema, parse_schema
from tests.contract import fake_studio

CONFIG = """
<View>
  <Header value="$title"/>
  <Header value="$readings"/>
  <Labels name="claim" toName="text">
    <Label alias="killed" value="killed"/>
    <Label alias="forces" value="fighters and troops"/>
  </Labels>
  <Text name="text" value="$text"/>
  <Number name="low" toName="text" perRegion="true"/>
  <Number name="high" toName="text" perRegion="true"/>
  <Choices name="modifier" toName="text" perRegion="true" choice="single-radio">
    <Choice alias="exactly" value="exactly"/>
    <Choice alias="about" value="about"/>
    <Choice alias="at_least" value="at least"/>
    <Choice alias="at_most" value="at most"/>
    <Choice alias="between" value="between"/>
    <Choice alias="vague" value="vague"/>
  </Choices>
  <TextArea name="attribution" toName="text" perRegion="true"/>
  <Choices name="event" toName="text" choice="multiple">
    <Choice alias="clash" value="Armed clash"/>
    <Choice alias="siege" value="Siege"/>
    <Choice alias="none" value="No event" excludes="rest"/>
  </Choices>
</View>
"""


@dataclass(frozen=True, slots=True)
class World:
    """A server, a client of ours, and hands to do what annotators do."""

    studio: LabelStudio
    annotator: httpx.Client
    schema: Schema
    fake: fake_studio.FakeStudio | None

    def task(self, project: Project, sentence_id: str) -> dict[str, Any]:
        """The task of a sentence, with predictions and annotations in full."""
        found = self.studio._queries(project.id).by_key([sentence_id])[sentence_id]
        answer = self.annotator.get(f"/api/tasks/{found.id}/")
        return dict(answer.raise_for_status().json())

    def annotate(
        self, project: Project, sentence_id: str, result: list[dict[str, Any]], **more: Any
    ) -> dict[str, Any]:
        task = self.task(project, sentence_id)
        answer = self.annotator.post(
            f"/api/tasks/{task['id']}/annotations/", json={"result": result, **more}
        )
        return dict(answer.raise_for_status().json())


@pytest.fixture(scope="module", params=["fake", pytest.param("real", marks=pytest.mark.server)])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "fake":
        fake = fake_studio.FakeStudio()
        url, token, transport = fake_studio.URL, fake_studio.TOKEN, fake
    else:
        real = request.getfixturevalue("label_studio")
        url, token, transport, fake = real.url, real.token, None, None
    headers = {"Authorization": f"Token {token}"}
    with (
        LabelStudio(url, token, transport=transport) as studio,
        httpx.Client(base_url=url, headers=headers, transport=transport, timeout=60) as annotator,
    ):
        yield World(studio, annotator, parse_schema(CONFIG), fake)


_numbers = count(1)


@pytest.fixture
def project(world: World) -> Project:
    return world.studio.ensure_project(f"contract {next(_numbers)}", world.schema)


def sentence(key: str, text: str = "Some 100 fighters fled.") -> Sentence:
    return Sentence(key, "article", 0, 0, len(text), text)


def task(key: str, text: str = "Some 100 fighters fled.") -> Task:
    return Task(sentence(key, text), title="Title", before="Before.", after="After.")


def prediction(key: str, model: str = "model-1") -> Prediction:
    """A suggestion for the standard sentence."""
    claim = NumericClaim(0, 17, "Some 100 fighters", "forces", score=0.9)
    return Prediction(key, (EventScore("clash", 0.8),), (claim,), model, 0.6)


def pairs(number: int, model: str | None = "model-1") -> Iterator[tuple[Task, Prediction | None]]:
    for index in range(number):
        key = f"s{index:05d}"
        yield task(key), prediction(key, model) if model else None
