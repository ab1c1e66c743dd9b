"""Compiled scoring gives what the plain pipeline gives; predictions come in a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.records import NumericClaim, Sentence
from annotation.schema import Schema, read_schema
from tests.unit.training.events.test_classifier import corpus
from training.events.base_estimators import Floats
from training.events.classifier import EventClassifier
from training.model import BATCH, FEW, CompiledEvents, Predictor

ROOT = Path(__file__).parents[3]
WORDS = ["warplanes", "struck", "talks", "resumed", "in", "mosul", "Air", "strike", "zzz", "über"]


def _model() -> EventClassifier:
    """A model with all there is: Platt, isotonic, constant, both heads."""
    texts, labels, articles = corpus()
    constant = np.zeros((len(texts), 1), bool)
    return EventClassifier(isotonic_from=20, nb_from=20, exclusive=(2,)).fit(
        texts * 2,
        np.vstack(
            [
                np.hstack(
                    [labels, labels[:, :1] & (np.arange(len(texts)) % 9 == 0)[:, None], constant]
                )
            ]
            * 2
        ),
        groups=articles * 2,
    )


MODEL = _model()
COMPILED = CompiledEvents(MODEL)


def test_the_model_under_test_has_every_kind_of_calibration() -> None:
    kinds = {one.method if one else "constant" for one in MODEL.calibrators_}
    assert kinds == {"platt", "isotonic", "constant"}


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
        ),
        min_size=1,
        max_size=3 * FEW,
    )
)
def test_compiled_probabilities_are_those_of_the_pipeline(texts: list[str]) -> None:
    expected = MODEL.predict_proba(texts)
    np.testing.assert_allclose(COMPILED.predict_proba(texts), expected, rtol=0, atol=1e-6)
    one_by_one = np.vstack([COMPILED.predict_proba([text]) for text in texts])
    np.testing.assert_allclose(one_by_one, expected, rtol=0, atol=1e-6)


def test_batches_of_any_size_agree() -> None:
    texts = [f"Warplanes struck town {i}" if i % 3 else "" for i in range(BATCH + 5)]
    np.testing.assert_allclose(
        COMPILED.predict_proba(texts), MODEL.predict_proba(texts), rtol=0, atol=1e-6
    )
    assert COMPILED.predict_proba([]).shape == (0, 5)


class Claims:
    """Marks the first word of every sentence, as sure as the first event."""

    def predict(
        self, texts: Sequence[str], event_scores: Floats | None
    ) -> Sequence[tuple[NumericClaim, ...]]:
        scores = np.full(len(texts), 0.9) if event_scores is None else event_scores[:, 0]
        return [
            (NumericClaim(0, 1, text[:1], "killed", Decimal(1), score=float(score)),)
            for text, score in zip(texts, scores, strict=True)
        ]


@dataclass
class Loaded:
    schema: Schema
    events: EventClassifier | None
    claims: Claims | None
    id: str = "model-1"


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    choices = "".join(f'<Choice value="e{j}"/>' for j in range(5))
    path = tmp_path / "config.xml"
    path.write_text(
        f'<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
        f'{choices}</Choices><Labels name="c" toName="t"><Label value="killed"/></Labels></View>'
    )
    return read_schema(path)


def sentence(index: int, text: str) -> Sentence:
    return Sentence(f"a:{index}", "a", index, 0, len(text), text)


def test_a_prediction_lists_what_is_ticked_with_its_probability(schema: Schema) -> None:
    text = "Warplanes struck Aleppo"
    (found,) = Predictor(Loaded(schema, MODEL, None)).predict([sentence(0, text)])
    probability = MODEL.predict_proba([text])[0]
    assert found.sentence_id == "a:0"
    assert found.model_id == "model-1"
    assert found.events[0].label == "e0"
    assert found.events[0].score == pytest.approx(probability[0], abs=1e-6)
    assert found.claims == ()


def test_an_exclusive_label_that_could_not_be_learnt_takes_no_learnt_one_away(
    schema: Schema,
) -> None:
    texts, labels, articles = corpus()
    here = np.array([[article == articles[0]] for article in articles])
    everywhere = np.ones((len(texts), 1), bool)
    model = EventClassifier(exclusive=(3, 4)).fit(
        texts, np.hstack([labels, here, everywhere]), groups=articles
    )
    assert model.constant_ == (3, 4)
    asked = ["Warplanes struck Aleppo", "Zebras"] * FEW
    found = list(Predictor(Loaded(schema, model, None)).predict(map(sentence, range(99), asked)))
    names = schema.event_aliases
    for one, ticked in zip(found, model.predict(asked), strict=True):
        assert [event.label for event in one.events] == [
            names[j] for j in np.flatnonzero(ticked).tolist()
        ]
    assert [event.label for event in found[0].events] == ["e0"]
    assert found[1].events == ()


def test_all_scores_lists_every_event_type(schema: Schema) -> None:
    predictor = Predictor(Loaded(schema, MODEL, None), all_scores=True)
    (found,) = predictor.predict([sentence(0, "Talks resumed")])
    assert [one.label for one in found.events] == list(schema.event_aliases)


def test_claims_see_the_event_scores_where_there_are_any(schema: Schema) -> None:
    (found,) = Predictor(Loaded(schema, MODEL, Claims())).predict([sentence(0, "Talks resumed")])
    score = found.claims[0].score
    assert score == pytest.approx(MODEL.predict_proba(["Talks resumed"])[0, 0], abs=1e-6)
    (alone,) = Predictor(Loaded(schema, None, Claims())).predict([sentence(0, "Talks")])
    assert alone.events == ()


def test_a_stream_is_read_a_batch_at_a_time(schema: Schema) -> None:
    read = 0

    def stream() -> Iterator[Sentence]:
        nonlocal read
        for index in range(100):
            read += 1
            yield sentence(index, f"Talks on town {index} resumed")

    predictions = Predictor(Loaded(schema, MODEL, None)).predict(stream(), batch_size=10)
    assert read == 0
    assert next(predictions).sentence_id == "a:0"
    assert read == 10
    assert [one.sentence_id for one in predictions] == [f"a:{i}" for i in range(1, 100)]
