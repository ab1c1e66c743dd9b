from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus import make_corpus
from tests.fits import SharedFits
from training.challenger import make_challenger
from training.model import Model
from training.registry.champion import set_champion
from training.registry.store import save_model


@pytest.fixture(scope="session", autouse=True)
def trained_once(fits: SharedFits) -> SharedFits:
    """Each model is fitted once."""
    return fits


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Model:
    corpus = make_corpus(6, 8)
    return make_challenger(corpus.freeze(tmp_path_factory.mktemp("snapshots"))).model


@pytest.fixture
def models(tmp_path: Path, trained: Model) -> Path:
    """A folder with three models, the first of them champion."""
    for number in range(3):
        save_model(tmp_path, replace(trained, id=f"model{number}"))
    set_champion(tmp_path, "model0", reason="the first")
    return tmp_path
