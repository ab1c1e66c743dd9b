"""The record of a report: what counts, and what people are called."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from newsledger.report.making import make_report
from tests.unit.newsledger.report.telling import MADE, PEOPLE, known, told


@pytest.mark.parametrize("number", [0, 1, 40, 200])
def test_any_number_of_labels_makes_a_record(number: int) -> None:
    for models in (True, False) if number else (False,):
        text = json.dumps(told(number, models=models).to_json())
        assert json.loads(text)["labelling"]["labels"] == number
        assert "NaN" not in text
        assert PEOPLE[0] not in text


def test_addresses_stand_in_it_only_where_somebody_asks() -> None:
    found = make_report(known(100), made=MADE, version="0", emails=True)
    assert {one.name for one in found.labelling.people} == set(PEOPLE)


def test_labels_that_newsledger_brought_along_are_nobodys_work() -> None:
    source = known(100, models=False, seeds=("a00",))
    mine = [one for one in source.snapshot.annotations if not one.sentence_id.startswith("a00")]
    seeds = frozenset(source.snapshot.annotations) - {*mine}
    first = next(iter(sorted(seeds, key=repr)))
    found = make_report(replace(source, seed_annotations=seeds - {first}), made=MADE, version="0")
    assert (found.labelling.labels, found.seed_labels, found.on_seeds) == (len(mine), 1, False)


def test_where_there_are_only_seeds_they_are_told_of_and_it_says_so() -> None:
    source = known(40, models=False)
    names = frozenset(one.article_id for one in source.snapshot.sentences)
    only = replace(source, snapshot=replace(source.snapshot, seeds=names))
    found = make_report(only, made=MADE, version="0")
    assert found.on_seeds
    assert found.labelling.labels == 40
    assert found.next_steps[0].startswith("Bring articles of your own")


def test_without_articles_the_same_advice_is_not_given_twice() -> None:
    source = known(0, models=False)
    none = replace(source.snapshot, sentences=(), annotations=())
    found = make_report(replace(source, snapshot=none), made=MADE, version="0")
    assert [step.count("newsledger push") for step in found.next_steps] == [1, 0]
    assert found.next_steps[1].startswith("Label some 50 of their sentences")


def test_labels_since_the_model_learnt_are_counted() -> None:
    source = known(100)
    assert source.manifest is not None
    learnt = {"articles": {"a00": 3}, "sentences": 3}
    some = replace(source, manifest={**source.manifest, "training": learnt})
    found = make_report(some, made=MADE, version="0")
    assert found.not_learnt == found.counts.sentences - 3
