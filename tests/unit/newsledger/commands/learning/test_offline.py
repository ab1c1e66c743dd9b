"""Training without a server: which model suggests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.errors import ModelVersionError
from annotation.schema import parse_schema, read_schema
from newsledger.commands.learning import models, offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import XML, make_corpus
from training.model import UNTRAINED
from training.registry import store
from training.registry.champion import set_champion
from training.registry.store import load_model, save_model

HELP = '<Choice value="help"/>'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings(workspace=tmp_path / "workspace", environment={})


@pytest.mark.slow
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
    snapshot = make_corpus(8).freeze(settings.snapshots)
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    assert trained.promoted
    model = offline.champion_or_untrained(settings, Quiet(), parse_schema(change(XML)))
    assert model.id == {"the champion": trained.model, "the words": UNTRAINED}[suggests]


@pytest.fixture
def of_another_version(settings: Settings) -> str:
    """Id of a champion that another scikit-learn made, signed as it was then."""
    snapshot = make_corpus(8).freeze(settings.snapshots)
    made = load_model(
        settings.models / offline.train_challenger(settings, Quiet(), snapshot, promote=True).model
    )
    versions = {**made.manifest["versions"], "scikit-learn": "1.0.2"}
    older = replace(made, id="older", manifest={**made.manifest, "versions": versions})
    save_model(settings.models, older)
    with pytest.MonkeyPatch.context() as then:
        then.setattr(store, "version", {"scikit-learn": "1.0.2"}.__getitem__)
        set_champion(settings.models, "older", reason="made then")
    return "older"


class TestAChampionThatDoesNotLoad:
    def test_is_reported_and_the_words_suggest(
        self, settings: Settings, of_another_version: str
    ) -> None:
        told = Quiet()
        assert offline.champion_or_untrained(settings, told, parse_schema(XML)).id == UNTRAINED
        (problem,) = told.problems
        assert "scikit-learn 1.0.2" in str(problem)
        assert "newsledger retrain" in str(problem)

    @pytest.mark.slow
    def test_is_reported_and_up_begins_with_the_starter(
        self, settings: Settings, of_another_version: str
    ) -> None:
        told = Quiet()
        schema = read_schema(settings.config)
        started = offline.champion_or_starter(settings, told, schema)
        assert started.id not in (UNTRAINED, of_another_version)
        assert "scikit-learn 1.0.2" in str(told.problems[0])
        assert offline.champion_or_starter(settings, Quiet(), schema).id == started.id

    @pytest.mark.slow
    def test_is_compared_with_nothing(self, settings: Settings, of_another_version: str) -> None:
        snapshot = make_corpus(8).freeze(settings.snapshots)
        told = Quiet()
        trained = offline.train_challenger(settings, told, snapshot, promote=True)
        assert len(told.problems) == 1
        assert trained.promoted
        assert f"The champion {of_another_version} does not load" in trained.text()
        assert all(row.champion is None for row in trained.ruling.rows)
        assert trained.tables()[0].columns == ("", "support", "F1")
        assert models.find_model(settings).id == trained.model

    def test_is_still_refused_where_it_was_asked_for(
        self, settings: Settings, of_another_version: str
    ) -> None:
        with pytest.raises(ModelVersionError, match=r"1\.0\.2"):
            models.find_model(settings)


@pytest.mark.slow
def test_the_same_labels_make_one_model(settings: Settings) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots)
    first, second = (
        offline.train_challenger(settings, Quiet(), snapshot, promote=True) for _ in range(2)
    )
    assert second.model == first.model
    assert [one.id for one in models.listed(settings).models] == [first.model]
    assert f"{first.model} is used, and no other made" in second.text()

    (settings.models / first.model / "model.joblib").write_bytes(b"half")
    third = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    assert third.model != first.model


@pytest.mark.slow
def test_right_after_the_starter_nothing_is_new_and_a_measured_twin_is_kept(
    settings: Settings,
) -> None:
    snapshot = make_corpus(8).freeze(settings.snapshots)
    starter = offline.train_challenger(settings, Quiet(), snapshot, promote=True, is_starter=True)
    twins = [offline.train_challenger(settings, Quiet(), snapshot, promote=True) for _ in range(2)]
    assert all(one.ruling.nothing_new and not one.promoted for one in twins)
    assert starter.figures["measured_on"] == "nothing"
    assert twins[0].figures["measured_on"] == "own articles"
    assert [one.id for one in models.listed(settings).models] == [starter.model, twins[0].model]
    assert twins[1].model == twins[0].model
