"""What the seed labels weigh beside people's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.labelstudio.export_json.export import read_export
from annotation.records import Annotation, Picked, Sentence
from annotation.schema import read_schema
from newsledger.commands.state.seeds import SEED_LABELS, with_seeds
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


@pytest.mark.slow
@pytest.mark.parametrize("outnumbered", [False, True])
def test_draws_are_weighed_once_the_seeds_are_outnumbered_and_no_seed_was_drawn(
    settings: Settings, outnumbered: bool
) -> None:
    schema = read_schema(settings.config)
    seeds = read_export(packaged(SEED_LABELS), schema).sentences
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
    weighed = with_seeds(settings, Quiet(), snapshot).picked
    assert weighed == ({one.id: drawn for one in mine} if outnumbered else {})


@pytest.mark.slow
def test_a_seed_label_is_not_put_on_another_text(settings: Settings) -> None:
    schema = read_schema(settings.config)
    seed = read_export(packaged(SEED_LABELS), schema).sentences[0]
    other = replace(seed, text="A row with an id of its own.")
    snapshot = write_snapshot(settings.snapshots, sentences=(other,), annotations=(), schema=schema)
    merged = with_seeds(settings, Quiet(), snapshot)
    assert [one.text for one in merged.sentences if one.id == seed.id] == [other.text]
    assert seed.id not in {one.sentence_id for one in merged.annotations}


@pytest.mark.slow
def test_a_persons_label_goes_before_a_seed_label(settings: Settings) -> None:
    schema = read_schema(settings.config)
    seeds = read_export(packaged(SEED_LABELS), schema)
    told = next(one for one in seeds.annotations if one.events.aliases and not one.cancelled)
    seed = next(one for one in seeds.sentences if one.id == told.sentence_id)
    mine = Annotation(seed.id, "ann", schema.event_labels(()), annotation_id="1")
    snapshot = write_snapshot(
        settings.snapshots, sentences=(seed,), annotations=(mine,), schema=schema
    )
    merged = with_seeds(settings, Quiet(), snapshot)
    assert [one for one in merged.annotations if one.sentence_id == seed.id] == [mine]
    assert len(merged.annotations) > 1000
