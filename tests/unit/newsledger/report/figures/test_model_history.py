"""What became of each model, and the curve that they make."""

from __future__ import annotations

from dataclasses import replace

from newsledger.report.figures.measured import Measured
from newsledger.report.figures.model_history import ModelMade, curve_of_models, model_history
from tests.unit.newsledger.report.telling import known
from training.registry.history import Promotion


def test_in_use_replaced_and_refused_with_why() -> None:
    source = known(200)
    found = model_history(source.models, source.acts, source.rulings)
    assert [one.outcome for one in found] == ["replaced", "in use", "refused"]
    assert [one.why for one in found] == [
        "Reason 1.", "Reason 2.", "It is worse: 12 more labels settle it.",
    ]  # fmt: skip


def test_who_promoted_against_the_gate_is_named() -> None:
    source = known(200)
    act = Promotion("2026-10-01", "promote", "m1", None, "It is worse.", "joe")
    found = model_history(source.models, (act,), {})
    assert found[0].why == "Promoted by joe against the gate: It is worse."
    assert found[2].outcome == "not promoted"


def test_a_model_measured_on_few_articles_has_no_figure() -> None:
    source = known(200)
    few = [replace(one, figures={**one.figures, "n_articles": 2}) for one in source.models]
    found = model_history(few, source.acts, source.rulings)
    assert {one.f1.why_none for one in found} == {"measured on 2 articles; it takes 5"}


def made(labels: int, f1: float) -> ModelMade:
    figure = Measured(f1, f1 - 0.1, f1 + 0.1, labels, "sentences")
    return ModelMade(f"m{labels}", "", labels, "own articles", figure, "replaced", "", "")


def test_models_one_after_another_are_a_curve() -> None:
    curve = curve_of_models([made(100, 0.5), made(200, 0.6), made(400, 0.7)])
    assert curve is not None
    assert round(curve.gain_per_doubling, 6) == 0.1
    assert "+10.0 points" in curve.says


def test_too_few_or_too_much_alike_are_none() -> None:
    assert curve_of_models([made(100, 0.5), made(400, 0.7)]) is None
    assert curve_of_models([made(100, 0.5), made(110, 0.6), made(120, 0.7)]) is None
    seeds = [replace(made(n, 0.5), measured_on="seed articles") for n in (100, 200, 400)]
    assert curve_of_models(seeds) is None
