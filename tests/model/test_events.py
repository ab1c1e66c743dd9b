"""How an event model trained on the seeds behaves: minimum cases, invariance, direction.

Ribeiro et al., "Beyond Accuracy: Behavioral Testing of NLP Models with CheckList" (ACL 2020). The
seeds are few (some forty sentences for each of eighteen labels), so a minimum case asks that the
right label is among the first two, not that it is ticked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from annotation.schema import Schema, read_schema
from newsledger.commands.learning import offline
from newsledger.progress import Quiet
from newsledger.settings import read_settings
from training.events.classifier import EventClassifier, Floats

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Seeded:
    schema: Schema
    model: EventClassifier

    def scores(self, *texts: str) -> Floats:
        return self.model.predict_proba(texts)

    def score(self, text: str, alias: str) -> float:
        return float(self.scores(text)[0, self.schema.event_aliases.index(alias)])

    def ticked(self, text: str) -> set[str]:
        return {
            alias
            for alias, on in zip(
                self.schema.event_aliases, self.model.predict([text])[0], strict=True
            )
            if on
        }


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """The starter model's, which everybody begins with."""
    settings = read_settings(workspace=tmp_path_factory.mktemp("workspace"), environment={})
    schema = read_schema(settings.config)
    model = offline.champion_or_starter(settings, Quiet(), schema)
    assert model.events is not None
    return Seeded(schema, model.events)


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("Warplanes carried out air strikes on the town overnight.", "strike"),
        ("Artillery shells landed in a residential district.", "shelling"),
        ("A suicide bomber blew himself up at a checkpoint.", "bombing"),
        ("Heavy clashes broke out between the rebels and government troops.", "clash"),
        ("Thousands of families fled their homes for the camps.", "displacement"),
        ("The two sides agreed to a ceasefire after talks in Geneva.", "talks"),
        ("Police arrested dozens of suspects in a raid.", "detention"),
        ("Protesters marched through the capital.", "protest"),
        ("Government forces captured the village and two hills.", "territory"),
        ("Aid trucks with food and medicine reached the camp.", "aid"),
    ],
)
def test_minimum_cases(seeded: Seeded, text: str, alias: str) -> None:
    scores = seeded.scores(text)[0]
    first_two = [seeded.schema.event_aliases[j] for j in np.argsort(-scores)[:2]]
    assert alias in first_two, scores.round(2)


@pytest.mark.parametrize("text", ["Subscribe to our newsletter", "Share this article"])
def test_boilerplate_is_off_topic(seeded: Seeded, text: str) -> None:
    assert seeded.ticked(text) == {"off_topic"}


@pytest.mark.parametrize("alias", ["none", "off_topic"])
def test_what_excludes_the_rest_stands_alone(seeded: Seeded, alias: str) -> None:
    ticked = seeded.model.predict(["It rained.", "Share this article", "Shells fell.", ""])
    column = seeded.schema.event_aliases.index(alias)
    assert (ticked[ticked[:, column]].sum(axis=1) == 1).all()
    assert ticked.any(axis=1).all()


@pytest.mark.parametrize(
    ("pattern", "fillings"),
    [
        ("Warplanes carried out air strikes on {} overnight.", ("Qalmar", "Vershyn", "Tanbaw")),
        ("Shelling killed {} people in the village.", ("three", "17", "a dozen", "1,204")),
        ("{} fled the fighting, officials said.", ("Ahmed's family", "Olena's family")),
    ],
)
def test_names_and_numbers_change_little(
    seeded: Seeded, pattern: str, fillings: tuple[str, ...]
) -> None:
    scores = seeded.scores(*(pattern.format(one) for one in fillings))
    assert np.ptp(scores, axis=0).max() < 0.25
    assert (seeded.model.decide(scores) == seeded.model.decide(scores[:1])).all()


@pytest.mark.parametrize(
    "pattern",
    [
        "WARPLANES BOMBED THE MARKET",
        "  Warplanes  bombed the market\n",
        "“warplanes bombed the market”",
    ],
)
def test_case_blanks_and_quotes_change_nothing(seeded: Seeded, pattern: str) -> None:
    np.testing.assert_allclose(seeded.scores(pattern), seeded.scores("warplanes bombed the market"))


@pytest.mark.parametrize(
    ("less", "more", "alias"),
    [
        ("They stayed in the town.", "They were arrested in the town.", "detention"),
        ("It went on all night.", "Shelling went on all night.", "shelling"),
        ("Residents were in the camp.", "Residents fled to the camp.", "displacement"),
        ("The minister spoke on Monday.", "The minister met envoys for talks.", "talks"),
    ],
)
def test_a_telling_word_raises_its_label(seeded: Seeded, less: str, more: str, alias: str) -> None:
    assert seeded.score(more, alias) > seeded.score(less, alias)
