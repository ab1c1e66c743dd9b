"""The blind slice: drawn, and what was withheld written down before anybody can label it."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.records import (
    EventScore,
    NumericClaim,
    Prediction,
    Sentence,
    SuggestedLabels,
    Task,
    WithheldSuggestion,
)
from annotation.schema import parse_schema
from annotation.storage import read_json_state, write_json_state
from newsledger.team.blind import BlindSlice, with_withheld
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
CLAIM = NumericClaim(0, 6, "12 men", "dead", score=0.9)
UNSURE = replace(CLAIM, kind="cash", score=0.1)


def said(key: str, model: str = "m1", label: str = "fight") -> Prediction:
    events = (EventScore(label, 0.8), EventScore("help", 0.1))
    return Prediction(key, events, (CLAIM, UNSURE), model, 0.5)


def pushed(*keys: str, blind: bool = True) -> list[tuple[Task, Prediction]]:
    return [(Task(Sentence(key, "a", 0, 0, 6, "12 men"), blind=blind), said(key)) for key in keys]


def labels(path: Path, key: str, model: str) -> SuggestedLabels | None:
    one = replace(annotate(SCHEMA, key, "fight"), withheld=WithheldSuggestion(model))
    (found,) = with_withheld(path, [one])
    assert found.withheld is not None
    return found.withheld.labels


def test_what_would_have_been_shown_comes_back_with_the_label(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    assert list(BlindSlice(path).kept(pushed("s1"), SCHEMA)) == pushed("s1")
    # What is too unsure to be ticked or marked would not have been shown either.
    assert labels(path, "s1", "m1") == SuggestedLabels(("fight",), (CLAIM,))
    assert labels(path, "s1", "m2") is None
    assert labels(path, "s2", "m1") is None


def test_it_is_written_down_before_the_task_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    stream = BlindSlice(path).kept(pushed("s1", "s2"), SCHEMA)
    next(stream)
    assert labels(path, "s2", "m1") is not None


def test_what_is_shown_is_not_written_down(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    list(BlindSlice(path).kept(pushed("s1", blind=False), SCHEMA))
    assert not path.exists()


def test_another_model_is_written_down_for_what_is_in_the_slice(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    slice_ = BlindSlice(path)
    list(slice_.kept(pushed("s1"), SCHEMA))
    slice_.keep([said("s1", "m2", "talk"), said("s9", "m2")], SCHEMA)
    # Pushed again when the share is smaller, it stays one of them.
    list(slice_.kept([(pushed("s1", blind=False)[0][0], said("s1", "m3", "help"))], SCHEMA))
    found = [labels(path, "s1", model) for model in ("m1", "m2", "m3")]
    assert [one.events for one in found if one] == [("fight",), ("talk",), ("help",)]
    assert labels(path, "s9", "m2") is None


def test_of_many_models_the_last_are_remembered(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    slice_ = BlindSlice(path)
    list(slice_.kept(pushed("s1"), SCHEMA))
    for number in range(2, 9):
        slice_.keep([said("s1", f"m{number}")], SCHEMA)
    known = [number for number in range(1, 9) if labels(path, "s1", f"m{number}")]
    assert known == [4, 5, 6, 7, 8]


def test_a_push_forgets_nothing_of_a_sentence_that_may_be_labelled_by_now(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    for number in range(1, 9):
        task = pushed("s1")[0][0]
        list(BlindSlice(path).kept([(task, said("s1", f"m{number}"))], SCHEMA))
    assert all(labels(path, "s1", f"m{number}") for number in range(1, 9))


@pytest.mark.slow
def test_a_push_reads_the_file_once_and_writes_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reads, writes = tmp_path / "withheld.json", [], []

    def read(*args: object, **more: object) -> object:
        reads.append(args)
        return read_json_state(*args, **more)  # type: ignore[arg-type]

    def write(*args: object, **more: object) -> None:
        writes.append(args)
        write_json_state(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("newsledger.team.blind.read_json_state", read)
    monkeypatch.setattr("newsledger.team.blind.write_json_state", write)
    tasks = pushed(*(f"s{number}" for number in range(2_500)))
    for _ in range(2):
        list(BlindSlice(path).kept(tasks, SCHEMA))
    assert (len(reads), len(writes)) == (2, 3)
    assert labels(path, "s0", "m1") is not None
    assert labels(path, "s2499", "m1") is not None


def test_labels_that_saw_their_suggestion_need_no_file(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    path.write_text("damaged")
    one = annotate(SCHEMA, "s1", "fight")
    assert with_withheld(path, [one]) == (one,)


def test_what_a_restored_label_knows_stands_whatever_is_withheld_since(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    list(BlindSlice(path).kept(pushed("s1"), SCHEMA))  # the same model, which suggests a fight now
    then = WithheldSuggestion("m1", SuggestedLabels((), ()))
    one = replace(annotate(SCHEMA, "s1", "fight"), withheld=then)
    assert with_withheld(path, [one]) == (one,)


@pytest.mark.parametrize(
    "content",
    [
        "damaged",
        '{"format": 9, "withheld": {}}',
        '{"format": 1}',
        '{"format": 1, "withheld": {"s1": []}}',
        '{"format": 1, "withheld": {"s1": {"m1": 3}}}',
        '{"format": 1, "withheld": {"s1": {"m1": {"events": ["fight"]}}}}',
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "withheld.json"
    path.write_text(content)
    with pytest.raises(WorkspaceError, match="withheld") as caught:
        labels(path, "s1", "m1")
    assert "is then lost" in caught.value.hint or '"format": 9' in content
    assert "nothing else" not in caught.value.hint


def test_the_file_has_a_format(tmp_path: Path) -> None:
    path = tmp_path / "withheld.json"
    list(BlindSlice(path).kept(pushed("s1"), SCHEMA))
    assert json.loads(path.read_text())["format"] == 1


def test_a_kept_file_goes_on_loading() -> None:
    found = labels(Path(__file__).parents[3] / "kept" / "withheld-1.json", "a:0-6", "m1")
    assert found is not None
    assert found.events == ("fight",)
    assert [(one.text, one.low) for one in found.claims] == [("12 men", Decimal(12))]
