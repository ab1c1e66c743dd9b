"""One word that is near a label's description is enough to be near the label."""

from __future__ import annotations

import numpy as np
import pytest

from training.events.description_words import nearness_to_descriptions
from training.stems import stems_in
from training.word_vectors import Floats

DESCRIPTIONS = ("Battles and gunfights", "Talks and negotiations", "")


def near(*texts: str) -> Floats:
    return nearness_to_descriptions(DESCRIPTIONS, [stems_in(text) for text in texts])


def test_the_nearest_word_of_a_text_counts_whatever_else_it_says() -> None:
    short, long = near("Skirmishes", "Skirmishes near a town whose farmers sell olives and wool")
    assert short[0] > short[1] + 0.2
    assert long[0] == short[0]


def test_a_word_of_the_description_itself_is_nearest() -> None:
    same, like, other = near("gunfight", "firefight", "olives")[:, 0]
    assert same > like > other


@pytest.mark.parametrize("text", ["", "12 -- 14", "Xqzvwk"])
def test_a_text_without_a_known_word_is_near_nothing(text: str) -> None:
    texts = near("Battles", text, "Battles", text)
    assert not texts[[1, 3]].any()
    np.testing.assert_array_equal(texts[0], texts[2])
    assert not near(text).any()


def test_nothing_is_near_a_label_without_a_description() -> None:
    assert not near("Battles", "nothing", "Talks")[:, 2].any()


def test_a_common_word_of_a_description_tells_little() -> None:
    assert near("and")[0].max() < 0.1


def test_there_is_a_row_for_each_text_and_a_column_for_each_label() -> None:
    assert near().shape == (0, 3)
    assert nearness_to_descriptions((), [["battle"], []]).shape == (2, 0)
