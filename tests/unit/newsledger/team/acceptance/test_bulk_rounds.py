"""What is remembered of acceptance in bulk, and what people say of an audit."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from annotation.dataset.snapshot import Snapshot, write_snapshot
from annotation.errors import WorkspaceError
from annotation.records import Annotation, NumericClaim, Sentence, WithheldSuggestion
from annotation.schema import parse_schema
from newsledger.team.acceptance.bulk import AuditCount, AuditPlan
from newsledger.team.acceptance.bulk_rounds import (
    AcceptedRound,
    AuditTold,
    BulkRecord,
    in_percent,
    read_bulk,
    without_audits,
    write_bulk,
)
from tests.corpus import XML, annotate

SCHEMA = parse_schema(XML)
ROUND = AcceptedRound("nothing", 0.9, 0.97, "m1", 1, ("s1", "s2", "s3"), ("s4", "s5"))
CLAIM = NumericClaim(0, 2, "12", "dead")


def says(
    key: str, *labels: str, who: str = "ann", claims: tuple[NumericClaim, ...] = ()
) -> Annotation:
    return annotate(SCHEMA, key, *labels, annotator=f"{who}@x.org", claims=claims)


def held(
    folder: Path, said: tuple[Annotation, ...], accepted: tuple[Annotation, ...] = ()
) -> Snapshot:
    sentences = [Sentence(f"s{n}", "a", n, 0, 1, "x") for n in range(1, 10)]
    return write_snapshot(
        folder, sentences=sentences, annotations=said, schema=SCHEMA, accepted=accepted
    )


def counted(*annotations: Annotation) -> tuple[int, int]:
    found = ROUND.counted(annotations, SCHEMA)
    return found.seen, found.wrong


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ((), (0, 0)),
        ((says("s1", "nothing"),), (1, 0)),
        ((says("s1", "fight"),), (1, 1)),
        ((says("s1"),), (1, 1)),  # nothing ticked is not the same as that nothing happened
        ((says("s1", "nothing", claims=(CLAIM,)),), (1, 1)),  # the whole answer
        ((says("s1", "nothing", "junk"),), (1, 1)),
        ((says("s9", "fight"),), (0, 0)),  # no part of the audit
        ((replace(says("s1"), cancelled=True),), (1, 1)),  # all skipped it: nobody says it is right
        ((replace(says("s1"), cancelled=True), says("s1", "nothing", who="ben")), (1, 0)),
        ((replace(says("s1", "nothing"), suggested_by="m1"),), (0, 0)),  # it was in sight
        ((replace(says("s1", "fight"), suggested_by="m1"),), (0, 0)),
        ((says("s1", "nothing"), says("s1", "fight", who="ben")), (1, 1)),  # split
        ((says("s1", "nothing"), replace(says("s1", "fight", who="cat"), verdict=True)), (1, 0)),
        ((says("s1", "nothing"), says("s2", "nothing"), says("s3", "talk")), (3, 1)),
    ],
)
def test_what_people_say_of_an_audit(said: tuple[Annotation, ...], found: tuple[int, int]) -> None:
    assert counted(*said) == found


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "accepted.json"
    assert read_bulk(path) == BulkRecord()
    record = replace(BulkRecord(), password="secret").with_round(ROUND)
    for one in (record, record.with_last_done(), record.with_last_done().with_round(ROUND)):
        write_bulk(path, one)
        assert read_bulk(path) == one
    assert [one.done for one in read_bulk(path).rounds] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"format": 1}',
        '{"format": 9, "password": "", "rounds": [], "audited": []}',
        '{"format": 1, "password": "", "rounds": [{"label": "x"}], "audited": []}',
        '{"format": 1, "password": "", "rounds": [3], "audited": []}',
        '{"format": 1, "password": "", "rounds": [], "audited": "s1"}',
        '{"format": 1, "password": "", "rounds": [], "audited": [1]}',
        *(
            json.dumps(
                {"format": 1, "password": "", "rounds": [{**asdict(ROUND), key: []}], "audited": []}
            )
            for key in ("label", "promise", "threshold", "model", "may_be_wrong", "done", "undone")
        ),
        json.dumps(
            {
                "format": 1,
                "password": "",
                "rounds": [{**asdict(ROUND), "audit": "s1"}],
                "audited": [],
            }
        ),
    ],
)
def test_a_damaged_record_says_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "accepted.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"accepted\.json") as refused:
        read_bulk(path)
    assert refused.value.hint


def test_audits_are_no_part_of_the_blind_slice_also_after_they_were_undone() -> None:
    blind = [
        replace(says(key, "nothing"), withheld=WithheldSuggestion("m1")) for key in ("s1", "s9")
    ]
    record = BulkRecord().with_round(ROUND).with_all_undone()
    audit, other = without_audits(record, blind)
    assert audit.withheld is None
    assert other == blind[1]


BROKEN = (says("s1", "fight"), says("s2", "talk"))


@pytest.mark.parametrize(
    ("label", "promise", "threshold", "model", "said", "denied"),
    [
        ("nothing", 0.9, 0.97, "m1", BROKEN, True),
        ("nothing", 0.95, 0.97, "m1", BROKEN, True),
        ("nothing", 0.9, 0.96, "m1", BROKEN, True),
        ("nothing", 0.89, 0.97, "m1", BROKEN, False),  # less is promised
        ("nothing", 0.9, 0.98, "m1", BROKEN, False),  # only surer ones
        ("nothing", 0.95, 0.98, "m1", BROKEN, False),
        ("nothing", 0.9, 0.97, "m2", BROKEN, False),  # another model
        ("talk", 0.9, 0.97, "m1", BROKEN, False),
        ("nothing", 0.9, 0.97, "m1", BROKEN[:1], False),  # as many errors as it may hold
        ("nothing", 0.9, 0.97, "m1", (), False),
        ("nothing", 0.9, 0.97, "m1", tuple(replace(one, suggested_by="m1") for one in BROKEN),
         False),
        ("nothing", 0.9, 0.97, "m1", tuple(replace(one, cancelled=True) for one in BROKEN), True),
    ],
)  # fmt: skip
def test_what_a_broken_audit_denies_after_it_was_undone(
    tmp_path: Path,
    label: str,
    promise: float,
    threshold: float,
    model: str,
    said: tuple[Annotation, ...],
    denied: bool,
) -> None:
    snapshot = held(tmp_path, said)
    record = BulkRecord().with_round(ROUND).with_last_done()
    assert record.denied(label, promise, threshold, model, snapshot) is None
    undone = record.with_all_undone()
    assert bool(undone.denied(label, promise, threshold, model, snapshot)) is denied


SHOWN = replace(says("s1", "nothing"), suggested_by="m1")
MACHINES = says("s4", "nothing")


@pytest.mark.parametrize(
    ("model", "said", "accepted", "anew"),
    [
        ("m1", (), (), False),
        ("m1", BROKEN, (), False),
        ("m1", (SHOWN,), (), True),
        ("m1", (replace(SHOWN, sentence_id="s4"),), (), False),
        ("m1", (SHOWN,), (MACHINES,), False),
        ("m2", (), (), True),
        ("m2", (SHOWN,), (), True),
        ("m2", (), (MACHINES,), False),
        ("m2", (), (replace(MACHINES, sentence_id="s9"),), True),  # of another round
        ("m2", (SHOWN,), (MACHINES,), False),
    ],
)
def test_which_round_that_was_cut_off_begins_anew(
    tmp_path: Path,
    model: str,
    said: tuple[Annotation, ...],
    accepted: tuple[Annotation, ...],
    anew: bool,
) -> None:
    assert ROUND.begins_anew(model, held(tmp_path, said, accepted)) is anew


@pytest.mark.parametrize(
    ("seen", "wrong", "ends"),
    [
        (2, 0, "2 of 46 sentences labelled, 0 of them as something else."),
        (46, 1, "1 of them as something else; 90 % holds."),
        (
            20,
            2,
            "broken, as many as 28.3 % may be wrong. `newsledger accept --undo` takes it back.",
        ),
    ],
)
def test_how_an_audit_stands(seen: int, wrong: int, ends: str) -> None:
    told = str(AuditTold("nothing", 0.9, AuditCount(AuditPlan(46, 1), seen, wrong)))
    assert told.startswith("Audit of 'nothing' in bulk: ")
    assert told.endswith(ends)


@pytest.mark.parametrize(("share", "words"), [(0.98, "98 %"), (0.995, "99.5 %"), (1.0, "100 %")])
def test_a_share_in_per_cent(share: float, words: str) -> None:
    assert in_percent(share) == words
