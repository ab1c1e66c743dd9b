from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from annotation.dataset.snapshot import write_snapshot
from annotation.errors import WorkspaceError
from annotation.records import Picked, Sentence
from tests.corpus import Corpus, annotate, make_corpus
from training.examples import (
    FEWEST_ARTICLES,
    MANY,
    build_examples,
    choose_holdout,
    freeze_holdout,
    labelled_articles,
    split_holdout,
)

ARTICLES = [f"article {number}" for number in range(200)]


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


class TestHoldout:
    def test_takes_about_a_fifth_by_hash_alone(self) -> None:
        decisions = choose_holdout(ARTICLES)
        assert 40 <= sum(decisions.values()) <= 55
        assert choose_holdout(ARTICLES[::-1]) == decisions

    def test_takes_one_in_twenty_of_those_beyond_three_hundred(self) -> None:
        many = [f"article {number}" for number in range(2300)]
        wanted = 0.2 * MANY + 0.05 * 2000
        assert wanted <= sum(choose_holdout(many).values()) < 1.2 * wanted
        decisions: dict[str, bool] = {}
        for count in range(100, 2301, 100):
            grown = choose_holdout(many[:count], decisions)
            assert {article: grown[article] for article in decisions} == decisions
            decisions = grown
        assert wanted <= sum(decisions.values()) < 1.2 * wanted
        later = [article for article, out in decisions.items() if out and article in many[1300:]]
        assert 30 <= len(later) <= 80  # new articles still join

    def test_that_was_larger_stays(self) -> None:
        decided = {f"old {number}": number % 2 == 0 for number in range(400)}
        grown = choose_holdout([*decided, *ARTICLES], decided)
        assert {article: grown[article] for article in decided} == decided
        assert sum(grown[article] for article in ARTICLES) < 25

    def test_waits_for_the_fifth_article_and_then_never_is_empty(self) -> None:
        assert choose_holdout(ARTICLES[: FEWEST_ARTICLES - 1]) == {}
        for count in range(FEWEST_ARTICLES, 40):
            held_out = sum(choose_holdout(ARTICLES[:count]).values())
            assert 0.2 * count <= held_out < 0.6 * count

    def test_grows_only_with_new_articles(self) -> None:
        decisions: dict[str, bool] = {}
        for count in range(5, 200, 13):
            grown = choose_holdout(ARTICLES[:count], decisions)
            assert {article: grown[article] for article in decisions} == decisions
            decisions = grown

    def test_is_written_down_and_survives_articles_that_go(self, tmp_path: Path) -> None:
        path = tmp_path / "holdout.json"
        first = freeze_holdout(path, ARTICLES[:30])
        assert freeze_holdout(path, ARTICLES[:3]) == first
        assert freeze_holdout(path, ARTICLES[:60]) >= first

    def test_of_the_first_format_goes_on_loading(self, tmp_path: Path) -> None:
        kept = Path(__file__).parents[2] / "kept" / "holdout-1.json"
        path = tmp_path / kept.name
        path.write_bytes(kept.read_bytes())
        assert freeze_holdout(path, ()) == {"a00", "a07", "a09"}

    def test_is_never_chosen_anew_by_itself(self, tmp_path: Path) -> None:
        path = tmp_path / "holdout.json"
        damaged = (
            *("", "[]", "{}", '{"held_out": 3}', '{"format": 1}'),
            *('{"format": 1, "held_out": 3}', '{"format": 1, "held_out": {"a": 1}}'),
        )
        for content, hint in (
            *((one, "backup") for one in damaged),
            ('{"format": 2, "held_out": {}}', "Update newsledger"),
        ):
            path.write_text(content)
            with pytest.raises(WorkspaceError, match=r"holdout\.json") as caught:
                freeze_holdout(path, ARTICLES)
            assert hint in caught.value.hint
            assert path.read_text() == content

    def test_counts_only_articles_that_somebody_labelled(self) -> None:
        corpus = make_corpus(2, 2)
        annotations = (
            corpus.annotations[0],
            annotate(corpus.schema, corpus.sentences[2], cancelled=True),
        )
        assert labelled_articles(corpus.sentences, annotations) == {"a00"}


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
