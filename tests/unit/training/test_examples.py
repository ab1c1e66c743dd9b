from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.records import Picked, Sentence
from tests.corpus import Corpus, annotate, make_corpus
from training.examples import build_examples, split_holdout


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
        assert [line.split(": ")[0] for line in examples.left_out] == ["a:0002", "a:0003"]
        assert examples.unlabelled == ("Nobody labelled this.", "Skipped.", "Disputed.")

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

    def test_of_held_out_articles_do_not_lend_their_unlabelled_text(self, tmp_path: Path) -> None:
        corpus = make_corpus(2, 3)
        annotations = tuple(a for a in corpus.annotations if not a.sentence_id.endswith("2"))
        snapshot = Corpus(corpus.schema, corpus.sentences, annotations).freeze(tmp_path, ("a00",))
        assert build_examples(snapshot).unlabelled == (corpus.sentences[5].text,)


class TestSplit:
    LONG = "Officials said the convoy of aid lorries reached the besieged town late on {} night"

    def test_leaves_out_of_training_what_a_held_out_article_says_too(self, tmp_path: Path) -> None:
        schema = make_corpus(1).schema
        rows = (
            sentence("held", 0, f"{self.LONG.format('Monday')}, carrying food and medicine."),
            sentence("held", 1, "Read more."),
            sentence("other", 0, f"{self.LONG.format('Monday')}, carrying food and medicine;"),
            sentence("other", 1, "Read more."),
            sentence("other", 2, f"{self.LONG.format('Friday')} and nobody was told of it before."),
            sentence("third", 0, f"{self.LONG.format('Friday')}, and nobody was told of it before"),
        )
        annotations = tuple(annotate(schema, one, "help") for one in rows)
        snapshot = Corpus(schema, rows, annotations).freeze(tmp_path, ("held",))
        split = split_holdout(build_examples(snapshot), snapshot.held_out)
        assert split.leaking == ("other:0000", "other:0001")
        assert split.training.sentence_ids == ("other:0002", "third:0000")
        assert split.holdout.sentence_ids == ("held:0000", "held:0001")

    def test_keeps_ties_out_of_the_holdout_only(self, tmp_path: Path) -> None:
        schema = make_corpus(1).schema
        rows = (sentence("a", 0, "One tie here."), sentence("b", 0, "Another tie there."))
        annotations = [annotate(schema, one, "help", annotator="x") for one in rows]
        annotations += [annotate(schema, one, "help", "talk", annotator="y") for one in rows]
        snapshot = Corpus(schema, rows, tuple(annotations)).freeze(tmp_path, ("a",))
        split = split_holdout(build_examples(snapshot), snapshot.held_out)
        assert split.tied == ("a:0000",)
        assert len(split.holdout) == 0
        assert split.training.sentence_ids == ("b:0000",)

    def test_what_a_tied_held_out_row_says_is_not_learnt_elsewhere_either(
        self, tmp_path: Path
    ) -> None:
        schema = make_corpus(1).schema
        text = f"{self.LONG.format('Monday')}, carrying food and medicine."
        rows = (sentence("a", 0, text), sentence("b", 0, text), sentence("b", 1, "Another one."))
        annotations = [annotate(schema, one, "help", annotator="x") for one in rows]
        annotations.append(annotate(schema, rows[0], "help", "talk", annotator="y"))
        snapshot = Corpus(schema, rows, tuple(annotations)).freeze(tmp_path, ("a",))
        split = split_holdout(build_examples(snapshot), snapshot.held_out)
        assert split.tied == ("a:0000",)
        assert split.leaking == ("b:0000",)
        assert split.training.sentence_ids == ("b:0001",)
