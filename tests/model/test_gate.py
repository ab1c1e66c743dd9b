"""The gate before real models, and fifty times before noise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotation.schema import parse_schema
from tests.corpus import XML, Corpus, make_corpus
from training.challenger import Challenger, make_challenger
from training.evaluation.confusion import f1, tally
from training.evaluation.promotion.earlier_models import EarlierModel
from training.evaluation.promotion.gate import Ruling, judge, judge_models
from training.evaluation.promotion.limits import DRIFT

pytestmark = pytest.mark.slow

CORPUS = make_corpus(24, 12, noise=0.15)


def trained_on(corpus: Corpus, folder: Path) -> Challenger:
    return make_challenger(corpus.freeze(folder))


def judged(challenger: Challenger, champion: Challenger) -> Ruling:
    earlier = EarlierModel(champion.model, champion.measurement.answers, champion.learnt)
    return judge_models(challenger.model, challenger.learnt, challenger.measurement, earlier)


def only(corpus: Corpus, articles: range) -> Corpus:
    """The labels of some of the articles."""
    kept = {f"a{number:02d}" for number in articles}
    return replace(
        corpus, annotations=tuple(a for a in corpus.annotations if a.sentence_id[:3] in kept)
    )


def shuffled(corpus: Corpus) -> Corpus:
    """Everything as it was, but the labels belong to other sentences."""
    order = np.random.default_rng(0).permutation(len(corpus.annotations))
    pairs = zip(corpus.annotations, order, strict=True)
    return replace(
        corpus,
        annotations=tuple(replace(a, events=corpus.annotations[o].events) for a, o in pairs),
    )


def without(corpus: Corpus, label: str) -> Corpus:
    """One label is ticked nowhere any more."""
    none = corpus.schema.event_labels(())
    return replace(
        corpus,
        annotations=tuple(
            replace(a, events=none) if label in a.events else a for a in corpus.annotations
        ),
    )


@pytest.fixture(scope="module")
def champion(tmp_path_factory: pytest.TempPathFactory) -> Challenger:
    return trained_on(only(CORPUS, range(16)), tmp_path_factory.mktemp("champion"))


@pytest.mark.parametrize(
    ("corpus", "cause"),
    [
        (shuffled(only(CORPUS, range(16))), "Are the labels mixed up?"),
        (shuffled(only(CORPUS, range(16))), "Labels were lost or changed"),
        (only(CORPUS, range(8)), "96 of the 192 sentences that the champion was trained on"),
        (without(only(CORPUS, range(16)), "talk"), "'event talk'"),
    ],
    ids=["shuffled labels", "shuffled labels beside the champion's", "half the data", "one gone"],
)
def test_a_spoilt_challenger_is_refused_and_the_cause_named(
    corpus: Corpus, cause: str, champion: Challenger, tmp_path: Path
) -> None:
    ruling = judged(trained_on(corpus, tmp_path), champion)
    assert not ruling.promote
    assert cause in ruling.reason


def test_a_few_honest_corrections_pass(champion: Challenger, tmp_path: Path) -> None:
    corpus = only(CORPUS, range(18))
    corrected = tuple(
        replace(a, events=corpus.schema.event_labels(("help",)), claims=()) if row % 16 == 0 else a
        for row, a in enumerate(corpus.annotations)
    )
    ruling = judged(trained_on(replace(corpus, annotations=corrected), tmp_path), champion)
    assert not any("lost" in reason and "no label" not in reason for reason in ruling.reasons)


def test_a_first_model_of_shuffled_labels_is_refused(tmp_path: Path) -> None:
    spoilt = trained_on(shuffled(only(CORPUS, range(16))), tmp_path)
    ruling = judge_models(spoilt.model, spoilt.learnt, spoilt.measurement, None)
    assert not ruling.promote
    assert "Are the labels mixed up?" in ruling.reason


def test_a_better_challenger_is_promoted(tmp_path: Path) -> None:
    weak = trained_on(only(CORPUS, range(4)), tmp_path)
    strong = trained_on(CORPUS, tmp_path)
    ruling = judged(strong, weak)
    assert ruling.promote, ruling.reason
    assert ruling.table is not None
    assert ruling.table.overall.difference is not None
    assert ruling.table.overall.difference > 0


RAID = XML.replace('<Choice value="talk"/>', '<Choice value="raid"/><Choice value="talk"/>')
"""The schema with one more event type, and not at the end."""


def with_raids(corpus: Corpus) -> Corpus:
    """What people called a talk at a summit was a raid all the time."""
    schema = parse_schema(RAID)
    text = {one.id: one.text for one in corpus.sentences}
    annotations = tuple(
        replace(a, events=schema.event_labels(("raid",)))
        if "talk" in a.events and "summit" in text[a.sentence_id]
        else a
        for a in corpus.annotations
    )
    return replace(corpus, schema=schema, annotations=annotations)


def test_a_better_challenger_with_a_new_event_type_is_promoted(
    champion: Challenger, tmp_path: Path
) -> None:
    challenger = trained_on(with_raids(CORPUS), tmp_path)
    ruling = judged(challenger, champion)
    assert ruling.promote, ruling.reason
    raid = next(row for row in ruling.rows if row.label == "raid")
    assert raid.support > 0
    assert (raid.champion, raid.challenger > 0.5) == (0.0, True)
    talk = next(row for row in ruling.rows if row.label == "talk")
    assert talk.champion is not None
    assert talk.champion > 0.5  # the champion's columns were put where ours are


def test_a_challenger_without_one_of_the_champions_labels_is_refused_and_can_be_forced(
    champion: Challenger, tmp_path: Path
) -> None:
    knows_raids = trained_on(with_raids(CORPUS), tmp_path / "raids")
    ruling = judged(champion, knows_raids)
    assert not ruling.promote
    assert "no longer has 'raid'" in ruling.reason
    assert "--force" in ruling.reason
    forced = ruling.forced("ann")
    assert (forced.promote, forced.forced_by, forced.reasons) == (True, "ann", ruling.reasons)


@pytest.mark.parametrize("seed", range(4))
def test_fifty_retrainings_on_noise_lead_nowhere_but_to_the_best_so_far(seed: int) -> None:
    """Models of one quality, each wrong elsewhere, on the same labels; judged on a large world.

    The world is 200,000 sentences with four event types. A model turns over one cell in ten or a
    little more, half of them common to all (what the words do not tell), half its own. The gate
    sees 600 of the sentences. A step may lose a little, but no more than a point is lost of the
    best model so far, which stands beside the champion.
    """
    chance = np.random.default_rng(seed)
    world, labelled = 200_000, 600
    truth = chance.random((world, 4)) < (0.35, 0.25, 0.15, 0.4)
    hard = chance.random(truth.shape) < 0.05

    def model(own: float) -> np.typing.NDArray[np.bool_]:
        return np.asarray(truth ^ (hard | (chance.random(truth.shape) < own)))

    def quality(said: np.typing.NDArray[np.bool_]) -> float:
        hits, false, missed = (truth & said), (~truth & said), (truth & ~said)
        return float(f1(*(np.array(float(cells.sum())) for cells in (hits, false, missed))))

    articles = [f"{row // 20}" for row in range(labelled)]
    names = ("a", "b", "c", "d")

    def difference(one: np.typing.NDArray[np.bool_], other: np.typing.NDArray[np.bool_]) -> Ruling:
        sums = [
            tally(articles, (truth[:labelled], said[:labelled]), event_types=names)
            for said in (one, other)
        ]
        return judge(*sums, n_resamples=200)

    best = now = model(0.05)
    for _ in range(50):
        challenger = model(chance.uniform(0.05, 0.08))
        beside = difference(challenger, best).table
        assert beside is not None
        assert beside.overall.difference is not None
        if difference(challenger, now).promote and beside.overall.difference >= -DRIFT:
            now = challenger
            best = challenger if beside.overall.difference >= 0 else best
    assert quality(now) >= quality(best) - DRIFT
