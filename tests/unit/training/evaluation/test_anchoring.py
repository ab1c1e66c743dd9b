"""How far suggestions pull, on labels written by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.records import (
    Annotation,
    NumericClaim,
    Sentence,
    SuggestedLabels,
    WithheldSuggestion,
)
from annotation.schema import parse_schema
from tests.corpus import XML, annotate
from training.evaluation.anchoring import (
    NO_BLIND_LABELS,
    Anchoring,
    anchoring_effect,
    measure_anchoring,
)
from training.evaluation.measurement import Measurement
from training.examples import build_examples
from training.predictions import Predictions

SCHEMA = parse_schema(XML)
FIGHT = SuggestedLabels(("fight",))
CLAIM = NumericClaim(0, 6, "12 men", "dead")
Answers = Predictions | None


def label(
    number: int, *said: str, blind: bool, suggested: SuggestedLabels | None = FIGHT, **more: object
) -> Annotation:
    one = annotate(SCHEMA, f"s{number}", *said, claims=(CLAIM,) if more.get("claim") else ())
    one = replace(one, lead_time=9.0 if blind else 4.0)
    if blind:
        return replace(one, withheld=WithheldSuggestion("m", suggested))
    return replace(one, suggested_by="m", suggested=suggested)


def frozen(folder: Path, labels: list[Annotation], *, seeds: tuple[str, ...] = ()) -> Snapshot:
    n = 1 + max(int(one.sentence_id[1:]) for one in labels)
    sentences = [Sentence(f"s{k}", f"a{k % 10}", k // 10, 0, 6, "12 men") for k in range(n)]
    return write_snapshot(
        folder, sentences=sentences, annotations=labels, schema=SCHEMA, seeds=seeds
    )


def measured(snapshot: Snapshot, answers: Answers = None) -> Anchoring:
    rows = build_examples(snapshot)
    return measure_anchoring(snapshot, Measurement("own articles", rows, answers, None))


def answered(snapshot: Snapshot, hard: dict[str, float] | None = None) -> Predictions:
    """Answers that tick what is suggested, with a doubt about one other type."""
    ids = tuple(one.id for one in snapshot.sentences)
    probability = np.zeros((len(ids), len(SCHEMA.event_types)))
    probability[:, 0] = 1.0
    probability[:, 1] = [(hard or {}).get(key, 0.0) for key in ids]
    return Predictions(
        "m", ids, SCHEMA.event_aliases, probability, probability > 0.5, ((),) * len(ids)
    )


def team(n_shown: int, kept: int, n_blind: int, same: int) -> list[Annotation]:
    """Labels of which so many are as suggested."""
    return [
        *(label(k, "fight" if k < kept else "talk", blind=False) for k in range(n_shown)),
        *(label(n_shown + k, "fight" if k < same else "talk", blind=True) for k in range(n_blind)),
    ]


def test_the_pull_is_what_is_kept_minus_what_comes_out_the_same(tmp_path: Path) -> None:
    found = measured(frozen(tmp_path, team(100, 90, 50, 35)))
    assert (found.events.shown, found.events.blind) == (100, 50)
    assert found.events.kept.value == pytest.approx(0.9)
    assert found.events.same.value == pytest.approx(0.7)
    assert found.events.effect.value == pytest.approx(0.2)
    assert (found.blind_sentences, found.blind_articles) == (50, 10)
    assert (found.seconds_shown, found.seconds_blind) == (4.0, 9.0)
    told = " ".join(found.in_words())
    assert "pull by 20 points" in told
    assert "4.0 s with a suggestion and 9.0 s without" in told


def test_without_blind_labels_it_is_said_that_nothing_is_known(tmp_path: Path) -> None:
    found = measured(frozen(tmp_path, team(60, 50, 0, 0)))
    assert found.in_words() == (NO_BLIND_LABELS,)
    assert found.events.effect.value is None


@pytest.mark.parametrize(("n_shown", "n_blind"), [(19, 60), (60, 19), (0, 60)])
def test_of_few_labels_the_reason_is_told_and_no_figure(
    tmp_path: Path, n_shown: int, n_blind: int
) -> None:
    found = measured(frozen(tmp_path, team(n_shown, n_shown, n_blind, 0)))
    assert found.events.effect.value is None
    how = "with" if n_blind > n_shown else "without"
    why = f"{min(n_shown, n_blind)} of the 20 labels {how} a suggestion that this takes"
    assert found.events.why_none == why
    assert f"event types pull is not known yet: {why}." in " ".join(found.in_words())


def test_an_empty_suggestion_looks_like_none_and_is_not_compared(tmp_path: Path) -> None:
    nothing = [
        label(200 + k, "talk", blind=k % 2 == 0, suggested=SuggestedLabels()) for k in range(80)
    ]
    unknown = [label(300 + k, "talk", blind=True, suggested=None) for k in range(80)]
    found = measured(frozen(tmp_path, [*team(100, 90, 50, 35), *nothing, *unknown]))
    assert found.events.effect.value == pytest.approx(0.2)
    assert found.blind_sentences == 50 + 40 + 80


def test_of_claims_the_share_that_is_kept_counts(tmp_path: Path) -> None:
    two = SuggestedLabels((), (CLAIM, replace(CLAIM, start=3, kind="cash", text=" men"[1:])))
    rows = [
        label(k, "talk", blind=k % 2 == 0, suggested=two, claim=k % 2 == 1 or k < 40)
        for k in range(80)
    ]
    found = measured(frozen(tmp_path, rows)).claims
    assert found.kept.value == pytest.approx(0.5)
    assert found.same.value == pytest.approx(0.25)
    assert found.effect.value == pytest.approx(0.25)


def test_labels_of_seed_articles_say_nothing_once_there_are_others(tmp_path: Path) -> None:
    found = measured(frozen(tmp_path, team(100, 90, 50, 35), seeds=("a0", "a1")))
    assert (found.blind_sentences, found.blind_articles) == (40, 8)


def test_of_each_person_the_latest_label_counts_and_none_that_was_skipped(tmp_path: Path) -> None:
    labels = team(100, 90, 50, 35)
    later = replace(labels[0], updated_at="2026-11-02T10:00:00Z", cancelled=True)
    changed = replace(
        labels[1], updated_at="2026-11-02T10:00:00Z", events=SCHEMA.event_labels(["talk"])
    )
    found = measured(frozen(tmp_path, [later, *labels[1:], changed]))
    assert found.events.shown == 99
    assert found.events.kept.value == pytest.approx(88 / 99)


def test_how_good_the_model_is_is_told_apart(tmp_path: Path) -> None:
    snapshot = frozen(tmp_path, team(100, 90, 50, 25))
    found = measured(snapshot, answered(snapshot))
    assert found.f1_shown.value == pytest.approx(0.9)
    assert found.f1_blind.value == pytest.approx(0.5)
    assert "On these F1 is 0.500" in found.in_words()[0]


def test_sentences_that_are_as_hard_are_compared() -> None:
    """Whoever shows more of the easy ones makes suggestions look as if they pulled."""
    chance = np.random.default_rng(0)
    n = 4_000
    hard = chance.random(n) < 0.5
    shown = chance.random(n) < np.where(hard, 0.5, 0.9)
    as_suggested = (chance.random(n) < np.where(hard, 0.4, 0.9)).astype(float)
    articles = [f"a{number % 50}" for number in range(n)]
    doubt = np.where(hard, 2.0, 0.1) + chance.normal(0, 0.01, n)
    kept, same, effect = anchoring_effect(as_suggested, shown, doubt, articles)
    assert effect.value == pytest.approx(0.0, abs=0.07)  # one stratum holds both kinds
    assert kept.value is not None
    assert same.value is not None
    assert effect.value == pytest.approx(kept.value - same.value)
    unmatched = anchoring_effect(as_suggested, shown, np.zeros(n), articles)[2]
    assert unmatched.value is not None
    assert unmatched.value > 0.2


def test_a_verdict_is_no_label_of_its_own(tmp_path: Path) -> None:
    labels = team(100, 90, 50, 35)
    verdicts = [replace(one, annotator="lead", verdict=True, why="") for one in labels]
    found = measured(frozen(tmp_path, [*labels, *verdicts]))
    assert (found.events.shown, found.events.blind) == (100, 50)


def test_a_verdict_does_not_count_in_how_good_the_model_is_on_blind_labels(tmp_path: Path) -> None:
    """Whoever gave it saw what models say; here it agrees with them wherever people did not."""
    labels = team(100, 90, 50, 25)
    doubted = [one for one in labels if "talk" in one.events]
    agreeing = [
        replace(one, annotator="lead", verdict=True, events=SCHEMA.event_labels(["fight"]))
        for one in doubted
    ]
    split = label(200, "talk", blind=True)  # nobody knows it without the verdict
    undecided = [split, replace(split, annotator="bob", events=SCHEMA.event_labels(["help"]))]
    settled = replace(agreeing[0], sentence_id=split.sentence_id)
    snapshot = frozen(tmp_path, [*labels, *agreeing, *undecided, settled])
    found = measured(snapshot, answered(snapshot))
    assert found.f1_blind.value == pytest.approx(0.5)
    assert found.f1_shown.value == pytest.approx(0.9)
