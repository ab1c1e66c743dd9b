"""The models of a workspace: listing them is quick, and only what works becomes champion."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from annotation.errors import ModelError, ModelVersionError
from annotation.records import Sentence
from annotation.schema import parse_schema
from newsledger.commands.labelling import retraining
from newsledger.commands.learning import models, offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, read_settings
from tests.corpus import XML, make_corpus
from training.registry.champion import set_champion
from training.registry.store import load_model, save_model

REPOSITORY = Path(__file__).parents[5]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A workspace with a champion."""
    settings = read_settings(workspace=tmp_path / "workspace", environment={})
    snapshot = make_corpus(8).freeze(settings.snapshots)
    assert offline.train_challenger(settings, Quiet(), snapshot, promote=True).promoted
    return settings


@pytest.mark.slow
def test_a_list_of_models_does_not_wait_for_scikit_learn(settings: Settings) -> None:
    script = (
        "import sys; from newsledger import cli\n"
        "try: cli.main()\n"
        "except SystemExit as ended: assert not ended.code\n"
        "print([m for m in ('sklearn', 'numpy', 'label_studio_sdk') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "-w", settings.workspace, "models"],
        cwd=REPOSITORY,
        env={name: one for name, one in os.environ.items() if not name.startswith("LABEL_")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_a_policy_that_was_changed_is_said_until_a_model_reads_by_it(settings: Settings) -> None:
    old = models.find_model(settings)
    schema = parse_schema(
        XML.replace(
            '<Text name="text"',
            '<Choices name="modifier" toName="text" perRegion="true" policy="acled">'
            '<Choice value="vague"/></Choices><Text name="text"',
        )
    )
    said = models.other_policy(old, schema, settings.config)
    assert said
    assert "'literal'" in said
    assert "'acled'" in said
    assert "newsledger retrain" in said
    told: list[str] = []
    progress = Quiet()
    progress.say = told.append  # type: ignore[method-assign,assignment]
    assert offline.champion_or_untrained(settings, progress, schema).id == old.id  # it goes on
    assert told == [said]

    snapshot = replace(make_corpus(8), schema=schema).freeze(settings.snapshots)
    trained = offline.train_challenger(settings, Quiet(), snapshot, promote=True)
    assert trained.promoted
    new = models.find_model(settings)
    assert new.id == trained.model != old.id
    assert models.other_policy(new, schema, settings.config) is None
    vague = Sentence("s", "a", 0, 0, 35, "Dozens of civilians dead in clashes")
    for model, low, high, policy in ((old, 24, None, "literal"), (new, 12, 12, "acled")):
        (claim,) = model.predict([vague]).claims[0]
        assert [claim.low, claim.high, claim.policy] == [low, high, policy]


@pytest.mark.slow
def test_a_model_that_no_longer_works_does_not_become_champion(settings: Settings) -> None:
    works = models.find_model(settings)
    said = works.manifest["self_test"]
    odd = replace(
        works, id="z", manifest={**works.manifest, "self_test": [*said, "something else"]}
    )
    save_model(settings.models, odd)
    for asked in ("z", models.LATEST):
        with pytest.raises(ModelVersionError, match="no longer says"):
            models.promote_model(settings, asked)
    assert models.find_model(settings).id == works.id

    set_champion(settings.models, "z", reason="before the code changed")
    later = save_model(settings.models, replace(works, id="later"))
    assert models.promote_model(settings, "later").before == "z"
    with pytest.raises(ModelVersionError, match="no longer says"):
        models.roll_back(settings)
    assert models.find_model(settings).id == later.id
    assert load_model(settings.models / works.id).id == works.id


def test_a_model_is_named_by_its_id_and_never_by_a_path(settings: Settings, tmp_path: Path) -> None:
    outside = Path(shutil.copytree(settings.models, tmp_path / "outside", symlinks=True))
    own = models.find_model(settings).id
    (settings.models / "link").symlink_to(outside / own)
    (settings.models / "up").symlink_to(outside)
    for named in (
        str(outside / own), f"../../outside/{own}", f"up/{own}", "link", "current",
        f"./{own}", f"{own}/", f"{own}/.", "..", ".", "",
    ):  # fmt: skip
        for verb in (models.find_model, models.promote_model):
            with pytest.raises(ModelError, match="There is no model"):
                verb(settings, named)
    assert models.find_model(settings, own).id == own


def test_what_a_rollback_that_was_cut_off_is_finished_by_says_so(settings: Settings) -> None:
    first = models.find_model(settings)
    save_model(settings.models, replace(first, id="later"))
    models.promote_model(settings, "later")
    models.roll_back(settings)  # and killed before anybody was shown its suggestions
    again = models.roll_back(settings)
    assert (again.champion, again.before, again.taken_up) == (first.id, "later", True)
    assert "was cut off" in replace(again, refreshed=3).text()
    retraining.switch(settings, Quiet(), again)  # no server runs, so nobody is shown anything
    with pytest.raises(ModelError, match="none before"):
        models.roll_back(settings)


class TestWhoPromotesByHand:
    """Nobody is kept from it, and nobody is left to think that the gate was asked."""

    @pytest.mark.slow
    def test_is_told_how_it_does_beside_the_champion_on_the_newest_labels(
        self, settings: Settings
    ) -> None:
        snapshot = make_corpus(12).freeze(settings.snapshots)
        trained = offline.train_challenger(settings, Quiet(), snapshot, promote=False)
        told = models.promote_model(settings, trained.model).text()
        whole = trained.ruling.rows[0]
        assert f"You decided, not the gate: on {whole.support:,} labelled decisions" in told
        assert f"F1 is {whole.challenger:.3f} and was {whole.champion:.3f}" in told

    @pytest.mark.slow
    def test_is_told_so_of_an_imported_model_on_what_it_has_not_learnt(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        theirs = read_settings(workspace=tmp_path / "theirs", environment={})
        snapshot = make_corpus(4).freeze(theirs.snapshots)
        offline.train_challenger(theirs, Quiet(), snapshot, promote=True)
        file = tmp_path / "model.zip"
        told = models.model_to_file(theirs, models.LATEST, file).fingerprint
        imported = models.model_from_file(settings, file, told).model
        done = models.promote_model(settings, imported)
        assert done.beside.startswith("You decided, not the gate: on ")
        of_all = models.learnt_by(settings, models.find_model(settings, done.before))
        assert of_all is not None
        assert f"on {of_all.n_decisions:,} " not in done.beside  # four of the eight it had learnt

    def test_is_told_where_nothing_can_tell(self, settings: Settings) -> None:
        own = models.find_model(settings)
        save_model(settings.models, replace(own, id="later"))  # no answers stored, all of it seen
        assert (
            "no labels that neither model has learnt"
            in models.promote_model(settings, "later").text()
        )
        shutil.rmtree(settings.snapshots)
        assert (
            "no labels that neither model has learnt"
            in models.promote_model(settings, own.id).text()
        )

    def test_is_told_nothing_of_the_first_model_and_of_the_champion_itself(
        self, settings: Settings
    ) -> None:
        assert models.promote_model(settings, models.LATEST).beside == ""
        (settings.models / "current").unlink()
        assert models.promote_model(settings, models.LATEST).beside == ""
