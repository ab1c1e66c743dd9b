"""In which order people see sentences, and what is kept of how each was picked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from annotation.records import Annotation, Sentence, Task, WithheldSuggestion
from annotation.schema import parse_schema
from tests.corpus import XML, make_corpus
from training.active_learning import queue
from training.challenger import make_challenger
from training.model import Model, untrained_model

SCHEMA = parse_schema(XML)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "picked.json"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("trained")
    return make_challenger(make_corpus(8).freeze(folder)).model


def sentences(n: int = 40) -> list[Sentence]:
    """New ones, each in an article of its own."""
    found = [one.text for one in make_corpus(n, 1, seed=7).sentences]
    return [Sentence(f"s{i}", f"n{i}", 0, 0, len(text), text) for i, text in enumerate(found)]


def from_few_labels(model: Model, n: int) -> Model:
    summary = {**model.manifest["training"], "sentences": n}
    return replace(model, manifest={**model.manifest, "training": summary})


def methods(pushed: Iterable[tuple[Task, object]]) -> set[str]:
    return {task.picked.method for task, _ in pushed}


def label(sentence: str, by: str | None) -> Annotation:
    return Annotation(sentence, "ann", SCHEMA.event_labels(()), suggested_by=by)


def test_new_tasks_come_in_order_and_tell_how_they_were_picked(trained: Model) -> None:
    pushed = list(queue.suggest(trained, map(Task, sentences())))
    places = sorted(prediction.confidence for _, prediction in pushed)
    assert places == pytest.approx([n / 80 for n in range(40)])
    inorder = sorted(pushed, key=lambda one: one[1].confidence)
    drawn = [place for place, (task, _) in enumerate(inorder) if task.picked.method == "random"]
    assert drawn == [4, 9, 14, 19, 24, 29, 34, 39]
    assert all(0 < task.picked.probability < 1 for task, _ in inorder[4::5])


def test_some_articles_come_later_in_an_order_of_their_own(path: Path, trained: Model) -> None:
    waiting = sentences()
    later = {one.article_id for one in waiting[::2]}
    pushed = [one for _, one in queue.suggest(trained, map(Task, waiting), later=later)]
    for suggested in (pushed, list(queue.reorder(path, trained, waiting, later=later))):
        assert [one.sentence_id for one in suggested] == [one.id for one in waiting]
        places = [sorted(one.confidence for one in suggested[start::2]) for start in (1, 0)]
        assert places[0] == pytest.approx([n / 40 for n in range(20)])
        assert places[1] == pytest.approx([0.5 + n / 40 for n in range(20)])


def test_boilerplate_is_last(trained: Model) -> None:
    first, *rest = sentences()
    pushed = list(queue.suggest(trained, map(Task, [replace(first, boilerplate=True), *rest])))
    assert [prediction.confidence for _, prediction in pushed if prediction.confidence == 1] == [1]
    assert pushed[0][1].confidence == 1


def test_until_there_are_labels_enough_their_own_words_choose(trained: Model) -> None:
    def chosen_by(model: Model) -> set[str]:
        return methods(queue.suggest(model, map(Task, sentences())))

    assert "words" in chosen_by(untrained_model(SCHEMA))
    assert "uncertain" not in chosen_by(from_few_labels(trained, 24))
    assert "uncertain" in chosen_by(from_few_labels(trained, 25))
    assert trained.manifest["training"]["sentences"] > 25
    assert "uncertain" in chosen_by(trained)


def test_a_reordering_is_written_down_before_anybody_sees_it(path: Path, trained: Model) -> None:
    waiting = sentences()
    first = next(queue.reorder(path, trained, waiting))
    assert first.sentence_id == waiting[0].id
    picked = queue.read_picked(path, [label(one.id, trained.id) for one in waiting])
    assert picked.keys() == {one.id for one in waiting}
    assert Counter(one.method for one in picked.values())["random"] == 8


def test_what_somebody_has_labelled_keeps_its_record(path: Path, trained: Model) -> None:
    waiting = make_corpus(2).sentences
    labelled = {waiting[0].id}
    list(queue.reorder(path, trained, waiting, labelled=labelled))
    recorded = json.loads(path.read_text(encoding="utf-8"))["picked"]
    assert recorded.keys() == {one.id for one in waiting} - labelled


def test_a_label_counts_as_picked_only_if_it_was_given_in_that_place(
    path: Path, trained: Model
) -> None:
    waiting = sentences()
    list(queue.reorder(path, trained, waiting))
    key, how = next(
        (key, one)
        for key, one in queue.read_picked(path, [label(s.id, None) for s in waiting]).items()
        if one.method == "random"
    )
    assert queue.read_picked(path, [label(key, trained.id)]) == {key: how}
    # What is known of its former place stands in its task.
    assert queue.read_picked(path, [label(key, "the one before")]) == {}
    assert queue.read_picked(path, [label("other", trained.id)]) == {}


def test_of_a_label_without_a_suggestion_what_was_withheld_tells_the_place(
    path: Path, trained: Model
) -> None:
    (one, *_) = waiting = sentences()
    list(queue.reorder(path, trained, waiting))

    def blind(model: str) -> Annotation:
        return replace(label(one.id, None), withheld=WithheldSuggestion(model))

    assert queue.read_picked(path, [blind("the one before")]) == {}
    assert queue.read_picked(path, [blind(trained.id)]).keys() == {one.id}
    assert queue.read_picked(path, [blind("")]).keys() == {one.id}  # not known: as without one


def test_a_verdict_says_nothing_of_how_a_sentence_was_picked(path: Path, trained: Model) -> None:
    (one, *_) = waiting = sentences()
    list(queue.reorder(path, trained, waiting))
    verdict = replace(label(one.id, None), verdict=True)
    assert queue.read_picked(path, [verdict]) == {}
    assert queue.read_picked(path, [label(one.id, "the one before"), verdict]) == {}
    assert queue.read_picked(path, [label(one.id, trained.id), verdict]).keys() == {one.id}


DAMAGED = (
    "",
    "[]",
    '{"format": 1}',
    '{"format": 1, "picked": {"s1": ["random", 0.5]}}',
    '{"format": 2, "picked": {"s1": [["random", 0.5]]}}',
    '{"format": 3, "picked": {}}',
)


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_record_of_picks_is_an_error_with_a_way_out(path: Path, damage: str) -> None:
    path.write_text(damage)
    with pytest.raises(WorkspaceError, match=r"picked\.json") as caught:
        queue.read_picked(path, [label("s1", None)])
    assert caught.value.hint
    assert path.read_text() == damage


def test_another_batch_draws_other_places(trained: Model) -> None:
    one, other = sentences(), [replace(s, id=f"t{s.id}") for s in sentences()]
    drawn = [
        [task.sentence.id[-2:] for task, _ in queue.suggest(trained, map(Task, batch))
         if task.picked.method == "random"]
        for batch in (one, one, other)
    ]  # fmt: skip
    assert drawn[0] == drawn[1] != drawn[2]


def test_who_keeps_a_place_under_another_model_keeps_how_it_was_picked(
    path: Path, trained: Model
) -> None:
    list(queue.reorder(path, trained, sentences(4)))
    before = queue.read_picked(path, [label("s0", trained.id), label("s1", trained.id)])
    queue.keep_places(path, ["s0", "s1", "never ordered"], before=trained.id, after="next")
    found = queue.read_picked(path, [label("s0", "next"), label("s2", trained.id)])
    assert found["s0"] == before["s0"]
    assert found.keys() == {"s0", "s2"}


def test_the_record_of_another_place_is_not_carried_over(path: Path, trained: Model) -> None:
    list(queue.reorder(path, trained, sentences(4)))
    queue.keep_places(path, ["s0"], before="in between", after="next")
    assert queue.read_picked(path, [label("s0", "next")]) == {}
    assert queue.read_picked(path, [label("s0", trained.id)]).keys() == {"s0"}


def test_how_a_sentence_was_picked_for_the_last_three_models_is_known(
    path: Path, trained: Model
) -> None:
    waiting = sentences(6)
    for number in range(1, 5):
        list(queue.reorder(path, replace(trained, id=f"m{number}"), waiting[: 6 - number]))
    known = [
        queue.read_picked(path, [label("s0", f"m{number}")]).keys() == {"s0"}
        for number in range(1, 5)
    ]
    assert known == [False, True, True, True]
    # One that has no newer record keeps its own.
    assert queue.read_picked(path, [label("s4", "m1")]).keys() == {"s4"}


def test_of_several_records_the_one_that_a_label_started_from_counts(path: Path) -> None:
    rows = [["random", 0.5, "m1"], ["uncertain", 1.0, "m2"]]
    path.write_text(json.dumps({"format": 2, "picked": {"s0": rows}}), encoding="utf-8")

    def method(*by: str | None) -> str:
        return queue.read_picked(path, [label("s0", one) for one in by])["s0"].method

    assert method("m1") == "random"
    assert method("m2") == "uncertain"
    assert method("m2", "m1") == "uncertain"
    assert method(None) == "uncertain"


def test_a_record_of_the_format_before_is_read_and_added_to(path: Path, trained: Model) -> None:
    old = {"format": 1, "picked": {"s0": ["random", 0.5, "m1"]}}
    path.write_text(json.dumps(old), encoding="utf-8")
    list(queue.reorder(path, trained, sentences(2)))
    found = queue.read_picked(path, [label("s0", "m1"), label("s1", trained.id)])
    assert (found["s0"].method, found["s0"].probability) == ("random", 0.5)
    assert found.keys() == {"s0", "s1"}
