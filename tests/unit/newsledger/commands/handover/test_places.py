"""The gazetteer of a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import InputError
from newsledger.commands.handover.places import build_gazetteer
from newsledger.ledger.days_and_places.gazetteer import open_gazetteer
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.unit.newsledger.ledger.days_and_places.test_geonames import TEXT


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


def test_a_file_of_geonames_becomes_the_gazetteer(settings: Settings, tmp_path: Path) -> None:
    source = tmp_path / "NG.txt"
    source.write_text(TEXT, encoding="utf-8")
    result = build_gazetteer(settings, Quiet(), ["ng"], source=source)
    assert (result.countries, result.places) == (("NG",), 2)
    assert "CC BY 4.0" in result.text()
    gazetteer = open_gazetteer(settings.gazetteer)
    assert gazetteer is not None
    assert gazetteer.named("Mubi")[0].country == "NG"
    gazetteer.close()


@pytest.mark.parametrize(("country", "says"), [("Nigeria", "no code"), ("UA", "no place of UA")])
def test_what_it_cannot_make_leaves_the_earlier_one(
    settings: Settings, tmp_path: Path, country: str, says: str
) -> None:
    source = tmp_path / "NG.txt"
    source.write_text(TEXT, encoding="utf-8")
    build_gazetteer(settings, Quiet(), ["NG"], source=source)
    before = settings.gazetteer.read_bytes()
    with pytest.raises(InputError, match=says):
        build_gazetteer(settings, Quiet(), [country], source=source)
    assert settings.gazetteer.read_bytes() == before
