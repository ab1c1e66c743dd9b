"""Which sentences several people label: drawn by chance, and spread over labels and articles."""

from __future__ import annotations

from collections import Counter

import pytest

from annotation.records import EventScore, Prediction, Sentence, Task
from newsledger.team.overlap import Overlap


def tasks(n: int, *, articles: int = 20, kinds: int = 4) -> list[tuple[Task, Prediction]]:
    """Sentences in turn of each article; every kinds-th has the same event type."""
    made = []
    for number in range(n):
        sentence = Sentence(f"s{number}", f"a{number % articles}", number, 0, 5, "Words")
        events = (EventScore(f"type {number % kinds}", 0.9), EventScore("other", 0.3))
        made.append((Task(sentence), Prediction(sentence.id, events, (), "m", 0.5)))
    return made


def drawn(made: list[tuple[Task, Prediction]], share: float, workspace: str = "w") -> list[Task]:
    return [one for one, _ in Overlap(workspace, share, 2).given(made) if one.people == 2]


@pytest.mark.slow
@pytest.mark.parametrize(("n", "share"), [(1000, 0.1), (990, 0.37), (400, 1.0), (3000, 0.01)])
def test_the_share_is_kept_to_the_sentence(n: int, share: float) -> None:
    batches = -(-n // 1000)
    assert len(drawn(tasks(n), share)) == pytest.approx(n * share, abs=batches)
    assert drawn(tasks(n), 0.0) == []


def test_each_label_and_each_article_has_its_share() -> None:
    chosen = drawn(tasks(1000, articles=10, kinds=5), 0.1)
    by_type = Counter(int(one.sentence.id[1:]) % 5 for one in chosen)
    by_article = Counter(one.sentence.article_id for one in chosen)
    assert all(19 <= by_type[kind] <= 21 for kind in range(5))
    assert all(8 <= by_article[f"a{number}"] <= 12 for number in range(10))


def test_a_rare_label_is_drawn_in_its_share() -> None:
    made = tasks(1000)
    rare = {"s17", *(f"s{number}" for number in range(400, 420))}
    changed = [
        (one, Prediction(said.sentence_id, (EventScore("rare", 0.8),), (), "m"))
        if one.sentence.id in rare
        else (one, said)
        for one, said in made
    ]
    for workspace in ("w1", "w2", "w3", "w4"):
        found = [one for one in drawn(changed, 0.1, workspace) if one.sentence.id in rare]
        assert 1 <= len(found) <= 3


@pytest.mark.slow
def test_every_sentence_is_as_likely_to_be_drawn() -> None:
    times = Counter(one.sentence.id for n in range(400) for one in drawn(tasks(50), 0.1, f"w{n}"))
    assert sum(times.values()) == pytest.approx(400 * 5, rel=0.05)
    assert all(15 <= times[f"s{number}"] <= 70 for number in range(50))


def test_the_same_run_draws_the_same_and_another_workspace_others() -> None:
    assert drawn(tasks(300), 0.1) == drawn(tasks(300), 0.1)
    assert drawn(tasks(300), 0.1) != drawn(tasks(300), 0.1, "other")


def test_nothing_else_of_a_task_changes() -> None:
    made = tasks(100)
    given = list(Overlap("w", 0.5, 3).given(made))
    assert [(one.sentence, said) for one, said in given] == [
        (one.sentence, said) for one, said in made
    ]
    assert {one.people for one, _ in given} == {1, 3}


def test_boilerplate_and_seeds_are_for_one() -> None:
    made = tasks(100)
    page = Sentence("b", "a1", 1, 0, 5, "Words", boilerplate=True)
    made += [(Task(page), Prediction("b", (), (), "m"))]
    given = list(Overlap("w", 1.0, 2).given(made, but=frozenset({"a0"})))
    alone = {one.sentence.id for one, _ in given if one.people == 1}
    assert alone == {"b", *(f"s{number}" for number in range(0, 100, 20))}
