"""The places of many sentences, told block by block, are those of all together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.articles.near_duplicates import DuplicateIndex
from annotation.batches import batched
from annotation.records import Picked, Sentence
from annotation.schema import parse_schema
from tests.corpus import XML, make_corpus
from training.active_learning import queue
from training.active_learning.picks import read_picks
from training.active_learning.reordering import Reordering
from training.challenger import make_challenger
from training.model import Model, untrained_model


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("trained")
    return make_challenger(make_corpus(8).freeze(folder)).model


def sentences() -> list[Sentence]:
    """Some of them boilerplate, some the same as an earlier one, some in the same article."""
    texts = [one.text for one in make_corpus(60, 1, seed=7).sentences]
    found = [
        Sentence(f"s{i}", f"n{i // 2}", i % 2, 0, len(text), text) for i, text in enumerate(texts)
    ]
    found[3] = replace(found[3], boilerplate=True)
    found[40] = replace(found[40], text=found[5].text.upper())
    found[41] = replace(found[41], text=f"BEIRUT, March 9 (Reuters) - {found[6].text}")
    return found


def told(
    model: Model, some: Sequence[Sentence], size: int, later: Collection[str] = ()
) -> tuple[list[float], list[Picked]]:
    reordering = Reordering(model, {"n1": 3}, later=later)
    for block in batched(some, size):
        reordering.add(block, model.predict(block))
    places = reordering.places()
    return places.place.tolist(), [places.picked(row) for row in range(len(some))]


@pytest.mark.parametrize("later", [(), {f"n{number}" for number in range(0, 30, 3)}])
def test_they_are_those_that_all_get_together(
    trained: Model, later: Collection[str], tmp_path: Path
) -> None:
    waiting, path = sentences(), tmp_path / "picked.json"
    together = list(queue.reorder(path, trained, waiting, {"n1": 3}, later=later))
    places, picked = told(trained, waiting, 7, later)
    assert places == pytest.approx([one.confidence for one in together])
    rows = dict(read_picks(path))
    assert [(one.method, trained.id) for one in picked] == [
        (rows[one.id][-1][0], rows[one.id][-1][2]) for one in waiting
    ]
    chances = [rows[one.id][-1][1] for one in waiting]
    assert [one.probability for one in picked] == pytest.approx(chances, rel=1e-5)


def test_what_says_the_same_as_another_comes_behind_it_across_blocks(trained: Model) -> None:
    waiting = sentences()
    index = DuplicateIndex()
    again = [one.id for one in waiting if index.add(one.id, one.text)]
    assert {"s40", "s41"} <= set(again)
    places, picked = told(trained, waiting, 10)
    first = [place for one, place in zip(waiting, places, strict=True) if one.id not in again]
    last = [place for one, place in zip(waiting, places, strict=True) if one.id in again]
    assert max(place for place in first if place < 1) < min(last)
    assert picked[40] == Picked()
    assert places[3] == 1.0  # boilerplate


def test_without_a_model_it_goes_by_what_labels_are_called() -> None:
    model = untrained_model(parse_schema(XML))
    places, picked = told(model, sentences(), 20)
    assert len(set(places)) == 60
    assert {one.method for one in picked} >= {"random", "words"}


def test_of_no_sentence_there_is_no_place(trained: Model) -> None:
    assert told(trained, [], 10) == ([], [])
