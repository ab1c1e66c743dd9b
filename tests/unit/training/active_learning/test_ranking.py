"""What to label next, on hand-written probabilities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from annotation.records import Picked, Sentence
from annotation.schema import Schema, read_schema
from tests.unit.training.events.test_classifier import corpus
from training.active_learning.ranking import Pool, Ranked, rank, rank_pool
from training.active_learning.strategies import draw_chance
from training.events.classifier import EventClassifier
from training.model import Floats, Model

SURE = np.tile([0.01, 0.99], (50, 1))
APART = [f"article {i}" for i in range(50)]


def order(
    articles: Sequence[str],
    *,
    probability: Floats | None = None,
    words: Floats | None = None,
    learnt: np.typing.NDArray[np.bool_] | None = None,
    **kwargs: object,
) -> Iterator[tuple[int, Picked]]:
    pool = Pool(articles, probability, words, learnt)
    return rank_pool(pool, **kwargs)  # type: ignore[arg-type]


def first(n: int, **kwargs: object) -> list[int]:
    return [row for row, _ in order(APART, **kwargs)][:n]  # type: ignore[arg-type]


def test_every_row_comes_once() -> None:
    assert sorted(row for row, _ in order(APART, probability=SURE)) == list(range(50))
    assert sorted(row for row, _ in order(APART, probability=SURE, limit=7)) == list(range(50))
    assert list(order([])) == []


def test_labels_take_turns_with_what_is_nearest_to_a_coin_toss() -> None:
    probability = SURE.copy()
    probability[[10, 20], 0] = [0.5, 0.4]
    probability[[30, 40], 1] = [0.55, 0.3]
    assert first(4, probability=probability) == [10, 30, 20, 40]


def test_every_fifth_is_drawn_and_its_chance_is_kept() -> None:
    picked = [picked for _, picked in order(APART, probability=SURE, limit=25)][:25]
    assert [one.method for one in picked] == (["uncertain"] * 4 + ["random"]) * 5
    assert all(one.probability == 1 for one in picked if one.method == "uncertain")
    assert all(one.probability == pytest.approx(1 / 1000) for one in picked[4::5])


def test_another_seed_draws_others() -> None:
    drawn = [first(25, probability=SURE, seed=seed)[4::5] for seed in (0, 0, 1)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_chances_are_a_distribution_that_prefers_doubt_and_forgets_nobody() -> None:
    probability = np.array([[0.5], [0.0], [1.0], [0.1]])
    chance = draw_chance(4, probability)
    assert chance.sum() == pytest.approx(1)
    assert chance[0] > chance[3] > chance[1] == chance[2] == pytest.approx(1 / 8)


@pytest.mark.slow
def test_weighing_by_the_chances_gives_the_share_of_positives() -> None:
    rng = np.random.default_rng(0)
    probability = rng.beta(0.2, 2, size=(400, 1))
    truth = rng.random(400) < probability[:, 0]
    articles = [str(i) for i in range(400)]
    estimates = []
    for seed in range(300):
        drawn = [
            (row, picked.probability)
            for row, picked in order(articles, probability=probability, seed=seed, limit=50)
            if picked.method == "random"
        ]
        rows, chance = (np.array(x) for x in zip(*drawn, strict=True))
        estimates.append((truth[rows] / chance).sum() / (1 / chance).sum())
    sure = [
        row for row, p in order(articles, probability=probability, limit=50) if p.method != "random"
    ]
    rest = np.setdiff1d(np.arange(400), sure[:40])
    assert np.mean(estimates) == pytest.approx(truth[rest].mean(), abs=0.04)


def drawn(probability: Floats, *, seed: int) -> list[tuple[int, float]]:
    """Place-by-place draws of one push: the row, and the weight that is its inverse chance."""
    articles = [str(i) for i in range(len(probability))]
    ranked = order(articles, probability=probability, seed=seed)
    return [(row, 1 / one.probability) for row, one in ranked if one.method == "random"]


@pytest.mark.parametrize("size", [30, 33, 7])
def test_many_small_pushes_and_one_big_one_weigh_the_same(size: int) -> None:
    rng = np.random.default_rng(0)
    probability = rng.beta(0.2, 2, size=(990, 1))
    parts = [slice(start, start + size) for start in range(0, 990 - size + 1, size)]
    big = [weight for _, weight in drawn(probability, seed=1)]
    small = [w for i, part in enumerate(parts) for _, w in drawn(probability[part], seed=i)]
    # Of a push of 7, one place is drawn and not 1.4: each such draw stands for more.
    share = size / 5 / (size // 5)
    assert np.mean(small) / share == pytest.approx(np.mean(big), rel=0.15)


def test_small_and_big_pushes_together_give_the_share_of_positives() -> None:
    rng = np.random.default_rng(0)
    probability = rng.beta(0.2, 2, size=(1000, 1))
    # Whatever the model thinks, so that the sure picks leave the share of the others as it was.
    truth = rng.random(1000) < np.repeat([0.02, 0.2], 500)
    articles = [str(i) for i in range(1000)]
    pushes = [slice(start, start + 20) for start in range(0, 500, 20)] + [slice(500, 1000)]
    estimates = []
    for seed in range(40):
        weight = np.zeros(1000)
        for number, push in enumerate(pushes):
            ranked = order(articles[push], probability=probability[push], seed=seed * 99 + number)
            head = (push.stop - push.start) // 4  # of the queue: the same part of each push
            for row, picked in islice(ranked, head):
                if picked.method == "random":
                    weight[push.start + row] = 1 / picked.probability
        estimates.append(np.average(truth, weights=weight))
    assert np.mean(estimates) == pytest.approx(truth.mean(), abs=0.02)


def test_with_nothing_known_of_events_the_draws_go_on_behind_the_limit() -> None:
    articles = [f"article {i}" for i in range(60)]
    whole = list(order(articles, seed=3))
    assert list(order(articles, seed=3, limit=10)) == whole
    assert {one.method for _, one in whole} == {"random"}
    assert all(0 < one.probability < 1 for _, one in whole)
    claims_only = np.zeros((60, 0))
    assert list(order(articles, probability=claims_only, seed=3, limit=10)) == whole


def test_behind_the_limit_the_descriptions_choose_where_no_model_does() -> None:
    words = np.zeros((50, 2))
    words[7, 0] = words[3, 1] = 0.9
    words[11, 0] = 0.4
    behind = list(order(APART, words=words, limit=0))
    assert {row for row, _ in behind[:2]} == {3, 7}
    assert behind[2][0] == 11
    assert {one.method for _, one in behind} == {"words"}


def test_an_article_does_not_fill_the_queue() -> None:
    probability = SURE.copy()
    probability[:20] = 0.5
    articles = ["one"] * 20 + [f"article {i}" for i in range(30)]
    queue = [row for row, _ in order(articles, probability=probability)]
    sure = [row for place, row in enumerate(queue[:20]) if place % 5 != 4]
    assert sum(row < 20 for row in sure) <= 2


def test_articles_with_labels_already_wait() -> None:
    probability = SURE.copy()
    probability[0] = 0.5
    queue = first(4, probability=probability, labelled_in={"article 0": 2})
    assert 0 not in queue


def test_before_the_first_model_the_words_choose() -> None:
    words = np.zeros((50, 2))
    words[7, 0] = words[3, 1] = 0.9
    picked = list(order(APART, words=words))
    assert [row for row, _ in picked[:2]] == [7, 3]
    assert {one.method for _, one in picked[:4]} == {"words"}
    assert picked[4][1].method == "random"


def test_words_stand_in_for_a_label_that_is_not_learnt() -> None:
    words = np.zeros((50, 2))
    words[7, 1] = 0.9
    probability = SURE.copy()
    probability[9, 0] = 0.5
    picked = list(
        order(APART, probability=probability, words=words, learnt=np.array([True, False]))
    )
    assert [(row, one.method) for row, one in picked[:2]] == [(9, "uncertain"), (7, "words")]


def test_with_neither_all_is_drawn() -> None:
    assert {picked.method for _, picked in order(APART)} == {"random"}


def loaded(schema: Schema, events: EventClassifier | None) -> Model:
    return Model("model", schema, events, None)


def ranked_by(model: Model, waiting: list[Sentence], n: int | None = None) -> tuple[Ranked, ...]:
    return rank(model, waiting, model.predict(waiting), n_labelled=n)


@pytest.fixture
def schema(tmp_path: Path) -> Schema:
    path = tmp_path / "config.xml"
    path.write_text(
        '<View><Text name="t" value="$text"/><Choices name="e" toName="t" choice="multiple">'
        '<Choice value="Air strike" hint="warplanes bombed"/><Choice value="Peace talks"/>'
        '<Choice value="Nothing" excludes="rest"/></Choices></View>'
    )
    return read_schema(path)


def sentences(texts: list[str], articles: list[str], boilerplate: int = -1) -> list[Sentence]:
    return [
        Sentence(f"s{i}", article, i, 0, len(text), text, boilerplate=i == boilerplate)
        for i, (text, article) in enumerate(zip(texts, articles, strict=True))
    ]


def test_duplicates_and_boilerplate_come_last(schema: Schema) -> None:
    texts, _, articles = corpus()
    waiting = sentences([*texts, texts[0]], [*articles, "another"], boilerplate=1)
    ranked = ranked_by(loaded(schema, None), waiting)
    assert Counter(one.sentence_id for one in ranked) == Counter(one.id for one in waiting)
    assert {one.sentence_id for one in ranked[-2:]} == {"s1", f"s{len(texts)}"}
    assert {one.picked.method for one in ranked[-2:]} == {"all"}


@pytest.mark.slow
def test_a_model_chooses_once_there_are_labels_enough(schema: Schema) -> None:
    texts, labels, articles = corpus()
    model = loaded(schema, EventClassifier(exclusive=(2,)).fit(texts, labels, groups=articles))
    waiting = sentences(["Warplanes struck and talks resumed", *texts], ["new", *articles])
    methods = [
        {one.picked.method for one in ranked_by(model, waiting, n)[:9]} for n in (10, 25, None)
    ]
    assert methods == [{"words", "random"}, {"uncertain", "random"}, {"uncertain", "random"}]
