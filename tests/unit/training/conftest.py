from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus import make_corpus
from training.registry.champion import promote
from training.registry.store import Model, save_model
from training.train import train


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Model:
    corpus = make_corpus(6, 8)
    return train(corpus.freeze(tmp_path_factory.mktemp("snapshots"), ("a00", "a01"))).model


@pytest.fixture
def models(tmp_path: Path, trained: Model) -> Path:
    """A folder with three models, the first of them champion."""
    for number in range(3):
        save_model(tmp_path, replace(trained, id=f"model{number}"))
    promote(tmp_path, "model0", reason="the first")
    return tmp_path
