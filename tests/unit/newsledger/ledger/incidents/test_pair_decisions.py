"""What people decided of pairs: weighed against one another, kept, undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from newsledger.ledger.incidents.pair_decisions import (
    PairAnswer,
    PairDecision,
    add_decisions,
    in_force,
    read_decisions,
    undo_decisions,
    weigh,
    write_decisions,
)

KEPT = Path(__file__).parents[4] / "kept"
REPORT_OF = {f"{name}:{index}": f"{name}:0" for name in "abcde" for index in range(2)}
"""The report of each sentence: five articles of two sentences."""


def said(
    first: str, second: str, answer: PairAnswer, when: str = "2026-01-01", by: str = "ann"
) -> PairDecision:
    return PairDecision(first, second, answer, by, when)


def states(*decisions: PairDecision) -> list[str]:
    return [one.state for one in weigh(decisions, REPORT_OF)]


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], []),
        ([said("a:0", "b:1", "same")], ["holds"]),
        ([said("a:0", "b:0", "unsure")], ["holds"]),
        ([said("a:0", "gone:0", "same")], ["without effect"]),
        ([said("a:0", "a:1", "different")], ["without effect"]),
        # the same two reports, named by other sentences and the other way round
        ([said("a:0", "b:0", "same", "1"), said("b:1", "a:1", "different", "2")],
         ["replaced", "holds"]),
        ([said("a:0", "b:0", "different", "1"), said("a:0", "b:0", "unsure", "2")],
         ["replaced", "holds"]),
        # A = B, B = C, A ≠ C
        ([said("a:0", "b:0", "same", "1"), said("b:0", "c:0", "newer", "2"),
          said("a:0", "c:0", "different", "3")], ["holds", "holds", "contradicts"]),
        ([said("a:0", "c:0", "different", "1"), said("a:0", "b:0", "same", "2"),
          said("b:0", "c:0", "same", "3")], ["contradicts", "holds", "holds"]),
        ([said("a:0", "b:0", "same", "1"), said("b:0", "c:0", "same", "2"),
          said("c:0", "d:0", "same", "3"), said("d:0", "a:0", "different", "4")],
         ["holds", "holds", "holds", "contradicts"]),
        # what was replaced joins nothing
        ([said("a:0", "b:0", "same", "1"), said("b:0", "c:0", "same", "2"),
          said("b:0", "a:0", "unsure", "3"), said("a:0", "c:0", "different", "4")],
         ["replaced", "holds", "holds", "holds"]),
        ([said("a:0", "b:0", "different", "1"), said("c:0", "d:0", "same", "2")],
         ["holds", "holds"]),
    ],
)  # fmt: skip
def test_each_decision_is_weighed_beside_the_others(
    decisions: list[PairDecision], expected: list[str]
) -> None:
    assert states(*decisions) == expected
    assert [one.decision for one in weigh(reversed(decisions), REPORT_OF)] == decisions


def test_a_contradiction_names_everything_that_takes_part_in_it() -> None:
    decisions = (
        said("a:0", "b:0", "same", "2026-01-01", "ann"),
        said("b:0", "c:0", "same", "2026-01-02", "bob"),
        said("a:0", "c:0", "different", "2026-01-03", "cem"),
    )
    one, other, apart = (decision.id for decision in decisions)
    assert [weighed.why for weighed in weigh(decisions, REPORT_OF)] == [
        "",
        "",
        f"The decision 'different' by cem on 2026-01-03 ({apart}) contradicts "
        f"'same' by ann on 2026-01-01 ({one}), 'same' by bob on 2026-01-02 ({other}): "
        "joined until one of them is undone.",
    ]


def test_two_people_who_disagree_are_named_and_one_who_thinks_better_of_it_is_not() -> None:
    first = said("a:0", "b:0", "same", "1")
    assert weigh([first, said("a:0", "b:0", "different", "2", "bob")], REPORT_OF)[0].why
    assert not weigh([first, said("a:0", "b:0", "different", "2")], REPORT_OF)[0].why
    assert not weigh([first, said("a:0", "b:0", "newer", "2", "bob")], REPORT_OF)[0].why


def test_what_was_decided_is_kept_once_and_stays_undone(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    assert read_decisions(path) == ()
    one = PairDecision("a:0", "b:0", "newer", "ann@x.org", "2026-01-01T10:00:00Z", "Mubi “twice”")
    other = said("a:0", "c:0", "unsure")
    write_decisions(path, undo_decisions(add_decisions((), [one, other, one]), {one.id}, "now"))
    stored = read_decisions(path)
    assert [(each.decision, each.undone_at) for each in stored] == [(one, "now"), (other, None)]
    assert in_force(stored) == (other,)
    assert add_decisions(stored, [one, other]) == stored
    again = said("a:0", "b:0", "same", "2026-02-02", "ann@x.org")
    assert in_force(add_decisions(stored, [one, again])) == (other, again)


def test_a_file_that_an_earlier_newsledger_kept_is_read_and_written_alike(tmp_path: Path) -> None:
    kept, undone = read_decisions(KEPT / "decisions-1.json")
    write_decisions(tmp_path / "again.json", (kept, undone))
    again, before = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "again.json", KEPT / "decisions-1.json")
    )
    assert again == before
    assert kept.decision == PairDecision(
        "a:0", "b:0", "newer", "ann@x.org", "2026-01-01T10:00:00Z", "Mubi “twice”"
    )
    assert (kept.decision.id, kept.undone_at) == ("d-c18ef64bbe", None)
    assert undone.undone_at == "2026-01-03T00:00:00+00:00"


def test_an_undone_decision_takes_along_what_the_same_person_had_said_of_the_pair_before() -> None:
    before, after = said("a:0", "b:0", "different", "1"), said("b:0", "a:0", "same", "2")
    others = (said("a:0", "b:0", "same", "1", "bob"), said("a:0", "c:0", "same", "1"))
    stored = add_decisions((), [before, after, *others])
    assert in_force(undo_decisions(stored, {after.id}, "now")) == others


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first", None),
        ("verdict", "perhaps"),
        ("verdict", ["same"]),
        ("decided_by", 5),
        ("reason", None),
        ("undone_at", 3),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, field: str, value: object) -> None:
    path = tmp_path / "decisions.json"
    write_decisions(path, add_decisions((), [said("a:0", "b:0", "same")]))
    state = json.loads(path.read_text(encoding="utf-8"))
    (row,) = state["pairs"]
    damaged = [{**row, field: value}, {key: one for key, one in row.items() if key != field}]
    for pairs in ([damaged[0]], [damaged[1]], None, 4, ["row"], {"a": 1}):
        path.write_text(json.dumps({**state, "pairs": pairs}), encoding="utf-8")
        with pytest.raises(WorkspaceError, match=r"decisions\.json holds something else"):
            read_decisions(path)
