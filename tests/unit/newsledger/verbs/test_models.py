"""The verbs below models: a model goes from one workspace to another."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from newsledger.commands.learning import models, offline
from newsledger.progress import Quiet
from newsledger.settings import Settings, packaged
from tests.corpus import make_corpus
from tests.unit.newsledger.conftest import Run


class Terminal(io.TextIOWrapper):
    """Standard input that somebody types into."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with a champion, of other labels than newsledger's own."""
    folder = tmp_path_factory.mktemp("trained") / "workspace"
    settings = Settings(folder, packaged("label_config.xml"))
    snapshot = make_corpus(8).freeze(settings.snapshots, ("a00", "a01"))
    assert offline.train_challenger(settings, Quiet(), snapshot, promote=True).promoted
    return folder


def test_a_model_is_exported_imported_and_promoted(
    newsledger: Run, workspace: Path, tmp_path: Path
) -> None:
    done = newsledger("-w", str(workspace), "models", "export", "latest", "m.zip", "--json")
    assert done.code == 0
    told = json.loads(done.out)
    taken = newsledger("models", "import", "m.zip", "--fingerprint", told["fingerprint"])
    assert taken.code == 0
    assert f"{told['model']} is one of this workspace's models now." in taken.out
    assert "the model" in taken.out  # its labels are others than those in use here
    assert f"newsledger evaluate --model {told['model']}" in taken.out
    listed = json.loads(newsledger("models", "--json").out)["models"]
    assert [(one["id"], one["state"], one["champion"]) for one in listed] == [
        (told["model"], "ok", False)
    ]
    again = newsledger("models", "import", "m.zip", "--fingerprint", told["fingerprint"], "--json")
    assert json.loads(again.out)["act"] == "there already"
    assert newsledger("promote", told["model"]).code == 0
    assert models.listed(Settings(tmp_path / "workspace", Path())).models[0].champion


def test_an_import_that_nobody_vouches_for_is_refused(
    newsledger: Run, workspace: Path, tmp_path: Path
) -> None:
    done = newsledger("-w", str(workspace), "models", "export", "latest", "m.zip")
    fingerprint = next(one for one in done.out.split() if len(one) == 64)
    refused = newsledger("models", "import", "m.zip")
    assert refused.code == 1
    assert "--fingerprint" in refused.err
    assert fingerprint not in refused.err  # else nobody would ask for it
    assert not (tmp_path / "workspace" / "models").exists()


def test_on_a_terminal_the_fingerprint_is_asked_for(
    newsledger: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = newsledger("-w", str(workspace), "models", "export", "latest", "m.zip")
    fingerprint = next(one for one in done.out.split() if len(one) == 64)
    monkeypatch.setattr(io, "TextIOWrapper", Terminal)
    typed = newsledger("models", "import", "m.zip", stdin=f"{fingerprint}\n")
    assert typed.code == 0
    assert "as whoever exported it told you" in typed.err
    assert fingerprint not in typed.err.replace(f"{fingerprint}\n", "", 1)


@pytest.mark.parametrize("model", ["nothing", "../workspace", "/etc", "latest", "."])
def test_only_models_of_this_workspace_are_exported(newsledger: Run, model: str) -> None:
    done = newsledger("models", "export", model, "m.zip")
    assert done.code == 1
    assert f"There is no model '{model}'" in done.err
    assert not Path("m.zip").exists()


def test_a_misspelt_verb_below_models_is_a_misspelt_command(newsledger: Run) -> None:
    assert newsledger("models", "exprot", "latest", "m.zip").code == 2
