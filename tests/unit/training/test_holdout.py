"""Which articles are held out, and that it never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from tests.corpus import annotate, make_corpus
from training.holdout import (
    FEWEST_ARTICLES,
    MANY,
    choose_holdout,
    freeze_holdout,
    labelled_articles,
)

ARTICLES = [f"article {number}" for number in range(200)]


def test_the_holdout_takes_about_a_fifth_by_hash_alone() -> None:
    decisions = choose_holdout(ARTICLES)
    assert 40 <= sum(decisions.values()) <= 55
    assert choose_holdout(ARTICLES[::-1]) == decisions


def test_the_holdout_takes_one_in_twenty_of_those_beyond_three_hundred() -> None:
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


def test_the_holdout_that_was_larger_stays() -> None:
    decided = {f"old {number}": number % 2 == 0 for number in range(400)}
    grown = choose_holdout([*decided, *ARTICLES], decided)
    assert {article: grown[article] for article in decided} == decided
    assert sum(grown[article] for article in ARTICLES) < 25


def test_the_holdout_waits_for_the_fifth_article_and_then_never_is_empty() -> None:
    assert choose_holdout(ARTICLES[: FEWEST_ARTICLES - 1]) == {}
    for count in range(FEWEST_ARTICLES, 40):
        held_out = sum(choose_holdout(ARTICLES[:count]).values())
        assert 0.2 * count <= held_out < 0.6 * count


def test_the_holdout_grows_only_with_new_articles() -> None:
    decisions: dict[str, bool] = {}
    for count in range(5, 200, 13):
        grown = choose_holdout(ARTICLES[:count], decisions)
        assert {article: grown[article] for article in decisions} == decisions
        decisions = grown


def test_the_holdout_is_written_down_and_survives_articles_that_go(tmp_path: Path) -> None:
    path = tmp_path / "holdout.json"
    first = freeze_holdout(path, ARTICLES[:30])
    assert freeze_holdout(path, ARTICLES[:3]) == first
    assert freeze_holdout(path, ARTICLES[:60]) >= first


def test_the_holdout_of_the_first_format_goes_on_loading(tmp_path: Path) -> None:
    kept = Path(__file__).parents[2] / "kept" / "holdout-1.json"
    path = tmp_path / kept.name
    path.write_bytes(kept.read_bytes())
    assert freeze_holdout(path, ()) == {"a00", "a07", "a09"}


def test_the_holdout_is_never_chosen_anew_by_itself(tmp_path: Path) -> None:
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


def test_the_holdout_counts_only_articles_that_somebody_labelled() -> None:
    corpus = make_corpus(2, 2)
    annotations = (
        corpus.annotations[0],
        annotate(corpus.schema, corpus.sentences[2], cancelled=True),
    )
    assert labelled_articles(corpus.sentences, annotations) == {"a00"}
