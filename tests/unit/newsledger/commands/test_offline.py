"""Training without a server: which model suggests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotation.schema import parse_schema
from newsledger.commands import offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
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
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    assert trained.promoted
    model = offline.champion_or_words(settings, Quiet(), parse_schema(change(XML)))
    assert model.id == {"the champion": trained.model, "the words": UNTRAINED}[suggests]
