"""The one way in which a model predicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from annotation.records import POLICIES, EventScore, NumericClaim, Policy, Sentence
from annotation.schema import Schema, read_schema
from tests.unit.training.events.test_classifier import corpus
from training.events import classifier, label_weights
from training.events.classifier import EventClassifier
from training.model import RIGHT_BY_LIKENESS, UNTRAINED, Floats, Model, untrained_model


@cache
def fitted_events() -> EventClassifier:
    """A classifier with all there is: Platt, isotonic, constant, one base estimator and two."""
    texts, labels, articles = corpus()
    constant = np.zeros((len(texts), 1), bool)
    some = labels[:, :1] & (np.arange(len(texts)) % 9 == 0)[:, None]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classifier, "ISOTONIC_FROM", 20)
        patch.setattr(label_weights, "NB_FROM", 20)
        return EventClassifier(exclusive=(2,)).fit(
            texts * 2, np.vstack([np.hstack([labels, some, constant])] * 2), groups=articles * 2
        )


@pytest.mark.slow
def test_the_classifier_under_test_has_every_kind_of_calibration() -> None:
    kinds = {one.method if one else "constant" for one in fitted_events().calibrators_}
    assert kinds == {"platt", "isotonic", "constant"}


class Claims:
    """Marks the first word of every sentence, as sure as the first event."""

    def predict(
        self, texts: Sequence[str], event_scores: Floats | None, *, policy: Policy
    ) -> Sequence[tuple[NumericClaim, ...]]:
        scores = np.full(len(texts), 0.9) if event_scores is None else event_scores[:, 0]
        return [
            (NumericClaim(0, 1, text[:1], "killed", Decimal(1), score=float(score), policy=policy),)
            for text, score in zip(texts, scores, strict=True)
        ]


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    choices = "".join(f'<Choice value="e{j}"/>' for j in range(5))
    path = tmp_path / "config.xml"
    path.write_text(
        f'<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
        f'{choices}</Choices><Labels name="c" toName="t"><Label value="killed"/></Labels></View>'
    )
    return read_schema(path)


NOTHING = object()
"""Stands for no event classifier."""


def loaded(schema: Schema, events: object = None, claims: Claims | None = None) -> Model:
    """A model of these classifiers, the one above where none is named."""
    found = None if events is NOTHING else events or fitted_events()
    return Model("model-1", schema, found, claims)  # type: ignore[arg-type]


def sentence(index: int, text: str) -> Sentence:
    return Sentence(f"a:{index}", "a", index, 0, len(text), text)


def test_a_prediction_lists_what_is_ticked_with_its_probability(schema: Schema) -> None:
    text = "Warplanes struck Aleppo"
    (found,) = loaded(schema).predict([sentence(0, text)]).records()
    probability = fitted_events().predict_proba([text])[0]
    assert found.sentence_id == "a:0"
    assert found.model_id == "model-1"
    assert found.events[0] == EventScore("e0", probability[0])
    assert found.claims == ()


def test_nothing_is_predicted_for_no_sentences(schema: Schema) -> None:
    told = loaded(schema).predict([])
    assert (len(told), told.probability.shape, told.records()) == (0, (0, 5), ())
    assert len(untrained_model(schema).predict([])) == 0


def test_an_exclusive_label_that_could_not_be_learnt_takes_no_learnt_one_away(
    schema: Schema,
) -> None:
    texts, labels, articles = corpus()
    here = np.array([[article == articles[0]] for article in articles])
    everywhere = np.ones((len(texts), 1), bool)
    events = EventClassifier(exclusive=(3, 4)).fit(
        texts, np.hstack([labels, here, everywhere]), groups=articles
    )
    assert events.constant_ == (3, 4)
    asked = ["Warplanes struck Aleppo", "Zebras"] * 8
    told = loaded(schema, events).predict([sentence(n, text) for n, text in enumerate(asked)])
    names = schema.event_aliases
    found = told.records()
    for one, ticked in zip(found, events.predict(asked), strict=True):
        assert [event.label for event in one.events] == [
            names[j] for j in np.flatnonzero(ticked).tolist()
        ]
    assert [event.label for event in found[0].events] == ["e0"]
    assert found[1].events == ()


def test_all_scores_list_every_event_type(schema: Schema) -> None:
    told = loaded(schema).predict([sentence(0, "Talks resumed")])
    (found,) = told.records(all_scores=True)
    assert [one.label for one in found.events] == list(schema.event_aliases)
    assert [one.score for one in found.events] == told.probability[0].tolist()


def test_claims_see_the_event_scores_where_there_are_any(schema: Schema) -> None:
    talks = sentence(0, "Talks resumed")
    (found,) = loaded(schema, claims=Claims()).predict([talks]).records()
    assert found.claims[0].score == fitted_events().predict_proba([talks.text])[0, 0]
    (alone,) = loaded(schema, NOTHING, Claims()).predict([talks]).records()
    assert (alone.events, alone.claims[0].score) == ((), 0.9)


def test_vague_words_are_read_by_the_policy_of_the_models_schema(schema: Schema) -> None:
    for policy in POLICIES:
        model = loaded(replace(schema, policy=policy), claims=Claims())
        (said,) = model.predict([sentence(0, "Dozens died")]).records()
        assert said.claims[0].policy == policy


class TestBoilerplate:
    ROWS = (
        replace(sentence(0, "Warplanes struck Aleppo"), boilerplate=True),
        sentence(1, "Warplanes struck Aleppo"),
    )

    @pytest.fixture
    def marked(self, schema: Schema) -> Schema:
        labels = list(schema.event_types)
        labels[3] = replace(labels[3], boilerplate=True)
        return replace(schema, event_types=tuple(labels))

    def test_is_told_by_rule_for_certain_and_without_claims(self, marked: Schema) -> None:
        told = loaded(marked, claims=Claims()).predict(self.ROWS)
        assert told.ticked[0].tolist() == [False, False, False, True, False]
        assert told.probability[0].tolist() == [0, 0, 0, 1, 0]
        first, second = told.records()
        assert (first.events, first.claims) == ((EventScore("e3", 1.0),), ())
        assert second.events[0].label == "e0"
        assert len(second.claims) == 1

    def test_is_left_to_the_classifiers_where_that_is_asked_for(self, marked: Schema) -> None:
        model = loaded(marked, claims=Claims())
        told = model.predict(self.ROWS, by_rule=False)
        assert told.ticked[0].tolist() == told.ticked[1].tolist()
        (_, first), (_, second) = model.stream(self.ROWS, all_scores=True)
        assert [one.score for one in first.events] == [one.score for one in second.events]
        assert first.claims == second.claims != ()

    def test_is_nothing_special_where_no_label_is_for_it(self, schema: Schema) -> None:
        told = loaded(schema, claims=Claims()).predict(self.ROWS)
        assert told.ticked[0].tolist() == told.ticked[1].tolist()
        assert told.claims[0] == told.claims[1]

    def test_is_told_by_rule_before_there_is_a_model(self, marked: Schema) -> None:
        first, _ = untrained_model(marked).predict(self.ROWS).records()
        assert (first.model_id, first.events) == (UNTRAINED, (EventScore("e3", 1.0),))


def test_before_the_first_label_the_most_alike_description_is_ticked(tmp_path: Path) -> None:
    path = tmp_path / "config.xml"
    path.write_text(
        '<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
        '<Choice value="Air strike" hint="warplanes bombed"/><Choice value="Peace talks"/>'
        '<Choice value="Nothing" excludes="rest"/></Choices></View>'
    )
    texts = ("Warplanes bombed the town", "They talked of peace", "Xyz")
    told = untrained_model(read_schema(path)).predict([*map(sentence, range(3), texts)])
    assert told.ticked.tolist() == [[True, False, False], [False, True, False], [False] * 3]
    assert told.probability[told.ticked].tolist() == [RIGHT_BY_LIKENESS] * 2
    assert told.claims == ((), (), ())


def test_columns_are_put_where_another_schema_has_them(schema: Schema) -> None:
    told = loaded(schema).predict([sentence(0, "Warplanes struck Aleppo")])
    wider = told.with_columns(("new", *schema.event_aliases[::-1]))
    assert not wider.ticked[0, 0]
    assert wider.ticked[0, 1:].tolist() == told.ticked[0, ::-1].tolist()
    assert wider.probability[0, 1:].tolist() == told.probability[0, ::-1].tolist()
    (one,), (other,) = wider.records(), told.records()
    assert set(one.events) == set(other.events)
    assert one.claims == other.claims


def test_a_stream_is_read_a_batch_at_a_time(schema: Schema) -> None:
    read = 0

    def stream() -> Iterator[Sentence]:
        nonlocal read
        for index in range(100):
            read += 1
            yield sentence(index, f"Talks on town {index} resumed")

    predictions = loaded(schema).stream(stream(), batch_size=10)
    assert read == 0
    first, said = next(predictions)
    assert first.id == said.sentence_id == "a:0"
    assert read == 10
    assert [one.sentence_id for _, one in predictions] == [f"a:{i}" for i in range(1, 100)]
