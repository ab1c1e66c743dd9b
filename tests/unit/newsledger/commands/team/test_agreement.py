"""agreement: on an export, on what was pulled last, and on nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotation.errors import SnapshotError
from newsledger.commands.state.seeds import seed_annotators
from newsledger.commands.team.agreement import measure_agreement
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings
from tests.corpus import Corpus, make_corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def twice(corpus: Corpus) -> Corpus:
    second = tuple(replace(one, annotator="bob@newsledger.example") for one in corpus.annotations)
    return Corpus(corpus.schema, corpus.sentences, (*corpus.annotations, *second))


@pytest.mark.slow
def test_the_seeds_were_labelled_twice_in_part(settings: Settings) -> None:
    found = measure_agreement(settings, Quiet(), packaged("seeds/labels.json"))
    assert found.agreement.sentences > 500
    assert found.agreement.event_sets.figure.low is not None
    assert found.agreement.event_sets.figure.low > 0.7
    assert "with labels of two or more of 2 people" in found.text()
    assert found.to_json()["to_halve"] == 3 * found.agreement.sentences


def test_ones_own_articles_are_measured_without_the_seeds(settings: Settings) -> None:
    corpus = twice(make_corpus(8, 6))
    corpus.freeze(settings.snapshots, seeds=("a00", "a01"))
    found = measure_agreement(settings, Quiet(), None)
    assert found.agreement.articles == 6
    corpus.freeze(settings.snapshots, seeds=tuple(f"a{one:02d}" for one in range(8)))
    found = measure_agreement(settings, Quiet(), None)
    assert found.agreement.articles == 8
    assert "which say little about yours" in found.measured_on


def test_what_came_with_newsledger_is_no_agreement_of_ones_own_people(settings: Settings) -> None:
    corpus = make_corpus(4, 6)
    first, second = sorted(seed_annotators())[:2]
    brought = tuple(
        replace(one, annotator=who) for one in corpus.annotations for who in (first, second)
    )
    Corpus(corpus.schema, corpus.sentences, brought).freeze(settings.snapshots, seeds=("a00",))
    found = measure_agreement(settings, Quiet(), None)
    assert found.tables() == ()
    assert "has labels of two people" in found.text()


def test_where_nobody_labelled_what_another_did_there_is_nothing_to_compare(
    settings: Settings,
) -> None:
    make_corpus(4, 6).freeze(settings.snapshots)
    found = measure_agreement(settings, Quiet(), None)
    assert found.tables() == ()
    assert "Let a second person label some" in found.text()


def test_without_a_snapshot_it_says_how_to_make_one(settings: Settings) -> None:
    with pytest.raises(SnapshotError) as caught:
        measure_agreement(settings, Quiet(), None)
    assert "newsledger pull" in (caught.value.hint or "")
