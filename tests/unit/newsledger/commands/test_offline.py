"""Use cases without a server: which model suggests, and what the seed labels weigh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.errors import ExportError
from annotation.labelstudio.export_json import read_export
from annotation.records import Annotation, Picked, Sentence
from annotation.schema import parse_schema, read_schema
from newsledger.commands import offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings
from tests.corpus import XML, make_corpus
from training.model import UNTRAINED

HELP = '<Choice value="help"/>'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


@pytest.mark.parametrize(
    ("change", "suggests"),
    [
        (lambda xml: xml, "the champion"),
        (lambda xml: xml.replace(HELP, HELP + '<Choice value="new"/>'), "the champion"),
        (lambda xml: xml.replace(HELP, ""), "the words"),
        (lambda xml: xml.replace('<Label value="cash"/>', ""), "the words"),
    ],
    ids=["the same labels", "one more event type", "one less", "one claim kind less"],
)
def test_the_champion_suggests_as_long_as_all_its_labels_are_there(
    settings: Settings, change: Callable[[str], str], suggests: str
) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots, held_out=("a01", "a05"))
    trained = offline.train_on(settings, Quiet(), snapshot, promote=True)
    assert trained.promoted
    model = offline.champion_or_words(settings, Quiet(), parse_schema(change(XML)))
    assert model.id == {"the champion": trained.model, "the words": UNTRAINED}[suggests]


@pytest.mark.parametrize("outnumbered", [False, True])
def test_draws_are_weighed_once_the_seeds_are_outnumbered_and_no_seed_was_drawn(
    settings: Settings, outnumbered: bool
) -> None:
    schema = read_schema(settings.config)
    seeds = read_export(packaged(offline.SEED_LABELS), schema).sentences
    seed, n = seeds[0], len(seeds) + 1 if outnumbered else 1
    mine = [Sentence(f"mine:{i}", f"mine {i}", 0, 0, 9, "They fled") for i in range(n)]
    drawn, nothing = Picked("random", 0.001), schema.event_labels(())
    snapshot = write_snapshot(
        settings.snapshots,
        sentences=(seed, *mine),
        annotations=[Annotation(one.id, "ann", nothing, annotation_id="1") for one in mine],
        schema=schema,
        picked={one.id: drawn for one in (seed, *mine)},
    )
    weighed = offline.with_seeds(settings, Quiet(), snapshot).picked
    assert weighed == ({one.id: drawn for one in mine} if outnumbered else {})


def test_a_persons_label_goes_before_a_seed_label(settings: Settings) -> None:
    schema = read_schema(settings.config)
    seeds = read_export(packaged(offline.SEED_LABELS), schema)
    told = next(one for one in seeds.annotations if one.events.aliases and not one.cancelled)
    seed = next(one for one in seeds.sentences if one.id == told.sentence_id)
    mine = Annotation(seed.id, "ann", schema.event_labels(()), annotation_id="1")
    snapshot = write_snapshot(
        settings.snapshots, sentences=(seed,), annotations=(mine,), schema=schema
    )
    merged = offline.with_seeds(settings, Quiet(), snapshot)
    assert [one for one in merged.annotations if one.sentence_id == seed.id] == [mine]
    assert len(merged.annotations) > 1000


def test_a_model_is_measured_on_what_it_has_not_learnt_from(settings: Settings) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots, held_out=("a01", "a05"))
    assert offline.train_on(settings, Quiet(), snapshot, promote=True).promoted
    progress = Quiet()
    measured = offline.evaluate(settings, progress, snapshot.path)
    held_out = offline.evaluate(settings, Quiet(), None)
    assert measured.figures == held_out.figures
    assert "it has learnt from them" in progress.said[-1]


def test_labels_that_a_model_has_learnt_from_measure_nothing(settings: Settings) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots)
    assert offline.train_on(settings, Quiet(), snapshot, promote=True).promoted
    with pytest.raises(ExportError, match="the model has not seen"):
        offline.evaluate(settings, Quiet(), snapshot.path)


def test_a_seed_label_is_not_put_on_another_text(settings: Settings) -> None:
    schema = read_schema(settings.config)
    seed = read_export(packaged(offline.SEED_LABELS), schema).sentences[0]
    other = replace(seed, text="A row with an id of its own.")
    snapshot = write_snapshot(settings.snapshots, sentences=(other,), annotations=(), schema=schema)
    merged = offline.with_seeds(settings, Quiet(), snapshot)
    assert [one.text for one in merged.sentences if one.id == seed.id] == [other.text]
    assert seed.id not in {one.sentence_id for one in merged.annotations}
