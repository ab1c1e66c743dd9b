from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.records import Picked, Sentence
from tests.corpus import Corpus, annotate, make_corpus
from training.examples import SEEDS_FADE, build_examples, without_what_they_say


def sentence(article: str, index: int, text: str) -> Sentence:
    return Sentence(f"{article}:{index:04d}", article, index, 0, len(text), text)


class TestRows:
    def test_follow_the_schema_and_the_articles(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 4)
        examples = build_examples(corpus.freeze(tmp_path))
        assert examples.sentence_ids == tuple(one.id for one in corpus.sentences)
        assert examples.groups == tuple(one.article_id for one in corpus.sentences)
        assert examples.label_names == corpus.schema.event_aliases
        for row, annotation in enumerate(corpus.annotations):
            ticked = np.array(examples.label_names)[examples.labels[row]]
            assert tuple(ticked) == annotation.events.aliases
            assert examples.claims[row] == annotation.claims

    def test_are_not_measured_by_where_a_span_could_not_be_placed(self, tmp_path: Path) -> None:
        schema = make_corpus(1).schema
        rows = [sentence("a", index, f"Fight {index}.") for index in range(3)]
        partly = replace(annotate(schema, rows[1], "fight"), spans_left_out=1)
        corrected = replace(annotate(schema, rows[2], "fight"), spans_left_out=1)
        verdict = annotate(schema, rows[2], "fight", annotator="cat")
        annotations = (
            annotate(schema, rows[0], "fight"),
            partly,
            corrected,
            replace(verdict, verdict=True),
        )
        examples = build_examples(Corpus(schema, tuple(rows), annotations).freeze(tmp_path))
        assert examples.partly == (False, True, False)
        assert examples.tied.tolist() == [False, True, False]

    def test_leave_out_what_nobody_decided_and_say_why(self, tmp_path: Path) -> None:
        schema = make_corpus(1).schema
        texts = ("Labelled.", "Nobody labelled this.", "Skipped.", "Disputed.", "Half disputed.")
        rows = [sentence("a", index, text) for index, text in enumerate(texts)]
        annotations = (
            annotate(schema, rows[0], "fight"),
            annotate(schema, rows[2], cancelled=True),
            annotate(schema, rows[3], "fight", annotator="one"),
            annotate(schema, rows[3], "nothing", annotator="two"),
            annotate(schema, rows[4], "fight", "talk", annotator="one"),
            annotate(schema, rows[4], "fight", annotator="two"),
        )
        examples = build_examples(Corpus(schema, tuple(rows), annotations).freeze(tmp_path))
        assert examples.texts == ("Labelled.", "Half disputed.")
        assert examples.ties == ((), ("talk",))
        assert [(one.id, why) for one, why in examples.left_out] == [
            ("a:0002", "skipped by everyone"),
            ("a:0003", "people are split evenly on fight, nothing"),
        ]
        assert [one.text for one in examples.unlabelled] == [
            "Nobody labelled this.",
            "Skipped.",
            "Disputed.",
        ]
        assert examples.tied.tolist() == [False, True]
        assert examples.n_decisions == 2

    def test_weigh_by_how_they_were_picked(self, tmp_path: Path) -> None:
        corpus = make_corpus(1, 4)
        picked = {corpus.sentences[0].id: Picked("random", 0.1)}
        snapshot = write_snapshot(
            tmp_path,
            sentences=corpus.sentences,
            annotations=corpus.annotations,
            schema=corpus.schema,
            picked=picked,
        )
        weights = build_examples(snapshot).weights
        assert weights[0] / weights[1] == pytest.approx(10)
        assert weights.mean() == pytest.approx(1)

    def test_know_whose_articles_they_are(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 4)
        mixed = build_examples(corpus.freeze(tmp_path, ("a00", "a02")))
        assert mixed.measured_articles == {"a01"}
        brought = build_examples(corpus.freeze(tmp_path, ("a00", "a01", "a02")))
        assert brought.measured_articles == {"a00", "a01", "a02"}
        assert build_examples(corpus.freeze(tmp_path)).measured_articles == brought.seeds

    def test_count_seeds_for_less_the_more_own_sentences_there_are(self, tmp_path: Path) -> None:
        corpus = make_corpus(3, 50)
        assert build_examples(corpus.freeze(tmp_path)).relevance.tolist() == [1.0] * 150
        alone = build_examples(corpus.freeze(tmp_path, ("a00", "a01", "a02")))
        assert alone.relevance.tolist() == [1.0] * 150
        few, many = (
            build_examples(corpus.freeze(tmp_path, seeds)).relevance
            for seeds in (("a00", "a01"), ("a00",))
        )
        assert few.tolist() == [SEEDS_FADE / (SEEDS_FADE + 50)] * 100 + [1.0] * 50
        assert many.tolist() == [SEEDS_FADE / (SEEDS_FADE + 100)] * 50 + [1.0] * 100


class TestWhatAModelOfOtherArticlesMayLearn:
    LONG = "Officials said the convoy of aid lorries reached the besieged town late on {} night"

    def test_is_what_says_something_else(self, tmp_path: Path) -> None:
        schema = make_corpus(1).schema
        rows = (
            sentence("unseen", 0, f"{self.LONG.format('Monday')}, carrying food and medicine."),
            sentence("unseen", 1, "Read more."),
            sentence("unseen", 2, "Nobody has labelled that men came to the town at night, yet."),
            sentence("other", 0, f"{self.LONG.format('Monday')}, carrying food and medicine;"),
            sentence("other", 1, "Read more."),
            sentence("other", 2, f"{self.LONG.format('Friday')} and nobody was told of it before."),
            sentence("other", 3, "Nobody has labelled that men came to the town at night yet"),
            sentence("third", 0, f"{self.LONG.format('Friday')}, and nobody was told of it before"),
            sentence("third", 1, "This waits."),
        )
        waits = {"unseen:0002", "third:0001"}
        annotations = tuple(annotate(schema, one, "help") for one in rows if one.id not in waits)
        examples = build_examples(Corpus(schema, rows, annotations).freeze(tmp_path))
        known = [one for one in rows if one.article_id == "unseen"]
        left = without_what_they_say(examples, {"unseen"}, known)
        assert left.sentence_ids == ("other:0002", "third:0000")
        assert [one.id for one in left.unlabelled] == ["third:0001"]
