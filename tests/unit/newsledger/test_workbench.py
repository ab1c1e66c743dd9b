"""Use cases without a server: which model suggests, and what the seed labels weigh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.records import Annotation, Picked, Sentence
from annotation.schema import parse_schema, read_schema
from annotation.snapshot import write_snapshot
from annotation.wire import read_export
from newsledger import workbench
from newsledger.report import Quiet
from newsledger.settings import Settings, packaged, read_settings
from tests.corpus import XML, make_corpus

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
    trained = workbench.train_on(
        settings, Quiet(), make_corpus(8).freeze(settings.snapshots), promote=True
    )
    assert trained.promoted
    model = workbench.champion_or_words(settings, Quiet(), parse_schema(change(XML)))
    assert model.id == {"the champion": trained.model, "the words": "wording"}[suggests]


def test_a_seed_label_was_not_drawn_from_the_queue(settings: Settings) -> None:
    schema = read_schema(settings.config)
    seed = read_export(packaged(workbench.SEED_LABELS), schema).sentences[0]
    mine = Sentence("mine:0000", "mine", 0, 0, 9, "They fled")
    drawn = Picked("random", 0.001)
    snapshot = write_snapshot(
        settings.snapshots,
        sentences=(seed, mine),
        annotations=(Annotation(mine.id, "ann", schema.event_labels(()), annotation_id="1"),),
        schema=schema,
        picked={seed.id: drawn, mine.id: drawn},
    )
    assert workbench.with_seeds(settings, Quiet(), snapshot).picked == {mine.id: drawn}
