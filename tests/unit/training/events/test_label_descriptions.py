"""Likeness to the labels' words orders sentences before anything is labelled."""

from __future__ import annotations

import numpy as np
from sklearn.base import clone

from annotation.schema import parse_schema
from training.events.label_descriptions import LabelDescriptionClassifier, label_descriptions

SCHEMA = parse_schema(
    '<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
    '<Choice value="Air strike" hint="warplanes bombed"/><Choice value="Peace talks"/>'
    '<Choice value="Nothing" hint="No peace, no strike" excludes="rest"/></Choices></View>'
)
TEXTS = ("Two sides clashed", "Aid convoys arrived", "It rained")


def test_inflected_words_are_near_their_label() -> None:
    model = LabelDescriptionClassifier(["armed clash", "humanitarian aid"]).fit(TEXTS)
    scores = model.score_texts(TEXTS)
    assert scores.shape == (3, 2)
    assert scores.argmax(axis=0).tolist() == [0, 1]
    assert ((scores >= 0) & (scores <= 1)).all()


def test_a_label_without_words_scores_nothing() -> None:
    scores = clone(LabelDescriptionClassifier(["", "aid"])).fit(TEXTS).score_texts(TEXTS)
    np.testing.assert_array_equal(scores[:, 0], 0)


def test_a_label_is_described_by_its_name_and_hint() -> None:
    described = label_descriptions(SCHEMA.event_types)
    assert [one.split() for one in described[:2]] == [
        ["Air", "strike", "warplanes", "bombed"],
        ["Peace", "talks"],
    ]
    assert described[2] == ""  # its words do not describe the sentences that it is for


def test_the_words_of_a_label_find_its_sentences() -> None:
    texts = ["The weather was mild", "Warplanes bombed the town", "They were talking of peace"]
    likeness = (
        LabelDescriptionClassifier(label_descriptions(SCHEMA.event_types))
        .fit(texts)
        .score_texts(texts)
    )
    assert likeness[:, :2].argmax(axis=0).tolist() == [1, 2]
    assert not likeness[:, 2].any()


def test_a_sentence_is_near_a_label_with_which_it_shares_no_letters() -> None:
    texts = [
        "Refugees fled across the border",
        "Warplanes bombed a depot",
        "Prices rose by a third",
    ]
    labels = ["Displacement", "Air raid", "Inflation"]
    scores = LabelDescriptionClassifier(labels).fit(texts).score_texts(texts)
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]
    assert ((scores >= 0) & (scores <= 1)).all()


def test_one_sentence_alone_is_told_by_its_letters() -> None:
    scores = LabelDescriptionClassifier(["clash", "aid"]).fit(["They clashed"])
    assert scores.score_texts(["They clashed"])[0].tolist()[0] > 0.1
