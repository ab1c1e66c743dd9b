"""Train and predict without a server, with any schema, on ordinary Label Studio exports."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from newsledger.settings import packaged
from tests.unit.newsledger.conftest import Run

FLOOD = ("The river flooded {n} houses near {place}.", "flood", "houses hit")
FIRE = ("A fire burned {n} cars in {place}.", "fire", "cars hit")
CALM = ("The mayor of {place} spoke about schools.", None, None)
PLACES = ("Ada", "Bor", "Cuprija", "Doboj", "Evran", "Foca", "Gusinje", "Hisar", "Ig", "Jajce")

CHOICES = """
  <Choices name="what" toName="body" choice="multiple">
    <Choice value="flood"/><Choice value="fire"/>
  </Choices>"""
LABELS = """
  <Labels name="spans" toName="body">
    <Label value="houses hit"/><Label value="cars hit"/>
  </Labels>"""


def config(*controls: str) -> str:
    return f'<View><Text name="body" value="$sentence"/>{"".join(controls)}</View>'


def export(*, events: bool, claims: bool) -> list[dict[str, Any]]:
    """Tasks as Label Studio exports them, with names and fields that are not newsledger's own."""
    draw = random.Random(0)
    tasks = []
    for number in range(120):
        pattern, event, kind = draw.choice((FLOOD, FIRE, CALM))
        n = str(draw.randint(2, 90))
        text = pattern.format(n=n, place=draw.choice(PLACES))
        result: list[dict[str, Any]] = []
        if events and event:
            value: dict[str, Any] = {"choices": [event]}
            result.append(
                {"from_name": "what", "to_name": "body", "type": "choices", "value": value}
            )
        if claims and kind:
            start = text.index(n)
            end = start + len(f"{n} {kind.split()[0]}")
            value = {"start": start, "end": end, "text": text[start:end], "labels": [kind]}
            region = {"from_name": "spans", "to_name": "body", "type": "labels", "value": value}
            result.append({"id": f"r{number}", **region})
        tasks.append(
            {
                "id": number,
                "data": {"sentence": text, "story": f"story-{number // 40}", "nr": number},
                "annotations": [{"id": number, "completed_by": 1, "result": result}],
            }
        )
    return tasks


@pytest.mark.parametrize(
    ("controls", "events", "claims"),
    [((CHOICES,), True, False), ((LABELS,), False, True), ((CHOICES, LABELS), True, True)],
    ids=["Choices", "Labels", "both"],
)
@pytest.mark.slow
def test_train_and_predict_with_a_schema_of_ones_own(
    newsledger: Run, tmp_path: Path, controls: tuple[str, ...], events: bool, claims: bool
) -> None:
    (tmp_path / "mine.xml").write_text(config(*controls), encoding="utf-8")
    labels = export(events=events, claims=claims)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    trained = newsledger(
        *("train", "--labels", "mine.json", "--config", "mine.xml"),
        *("--group-by", "story", "--promote", "--json"),
    )
    assert trained.code == 0, trained.err
    assert json.loads(trained.out)["promoted"]
    (tmp_path / "new.txt").write_text("The flooded river hit 17 houses in Kac.", encoding="utf-8")
    said = newsledger("predict", "new.txt")
    assert said.code == 0, said.err
    row = json.loads(said.out)
    assert [event["label"] for event in row["events"]] == (["flood"] if events else [])
    assert [(one["kind"], one["text"], one["low"]) for one in row["claims"]] == (
        [("houses hit", "17 houses", 17)] if claims else []
    )


@pytest.mark.slow
def test_an_event_type_is_added_in_the_xml_alone(newsledger: Run, tmp_path: Path) -> None:
    """A copy of the schema gets one more <Choice>; labels with it are learnt. No Python changes."""
    xml = packaged("label_config.xml").read_text(encoding="utf-8")
    marker = '<Choice alias="protest"'
    assert marker in xml
    added = xml.replace(marker, f'<Choice alias="earthquake" value="Earthquake"/>{marker}')
    (tmp_path / "mine.xml").write_text(added, encoding="utf-8")
    tasks = []
    for number in range(120):
        shook = number % 3 == 0
        place = PLACES[number % 7]
        text = f"The ground shook in {place}." if shook else f"Shells fell on {place} at noon."
        value = {"choices": ["earthquake" if shook else "shelling"]}
        event = {"from_name": "event", "to_name": "text", "type": "choices", "value": value}
        data = {"text": f"{text} ({number})", "article_id": f"a{number // 40}"}
        annotation = {"id": number, "completed_by": 1, "result": [event]}
        tasks.append({"id": number, "data": data, "annotations": [annotation]})
    (tmp_path / "mine.json").write_text(json.dumps(tasks), encoding="utf-8")
    trained = newsledger(
        "train", "--labels", "mine.json", "--config", "mine.xml", "--promote", "--json"
    )
    assert trained.code == 0, trained.err
    (tmp_path / "new.txt").write_text("The ground shook in Kac.", encoding="utf-8")
    row = json.loads(newsledger("predict", "new.txt").out)
    assert [event["label"] for event in row["events"]] == ["earthquake"]


@pytest.mark.slow
def test_all_scores_lists_every_event_type_with_its_probability(
    newsledger: Run, tmp_path: Path
) -> None:
    (tmp_path / "mine.xml").write_text(config(CHOICES), encoding="utf-8")
    labels = export(events=True, claims=False)
    (tmp_path / "mine.json").write_text(json.dumps(labels), encoding="utf-8")
    newsledger("train", "--labels", "mine.json", "--config", "mine.xml", "--promote")
    rows = newsledger("predict", "-", "--all-scores", stdin='{"text": "The mayor spoke."}').out
    scores = {event["label"]: event["score"] for event in json.loads(rows)["events"]}
    assert scores.keys() == {"flood", "fire"}
    assert all(0 <= score < 0.5 for score in scores.values())
