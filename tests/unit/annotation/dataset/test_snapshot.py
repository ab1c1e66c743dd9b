from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from annotation.dataset.snapshot import Snapshot, adopt_snapshot, read_snapshot, write_snapshot
from annotation.dataset.snapshot_order import last_pulled, snapshots_in_order
from annotation.errors import SnapshotError, UnknownLabelError
from annotation.records import (
    ArticleMetadata,
    EventLabels,
    NumericClaim,
    Picked,
    Sentence,
    SuggestedLabels,
    WithheldSuggestion,
)
from tests.corpus import Corpus, annotate, make_corpus

KEPT = Path(__file__).parents[3] / "kept"
"""State files as each format had them; they must go on loading."""
HARD = "“‘Dozens’ of <b>tanks</b> &  \u2028 أطفال е́ 🙂”"


@pytest.fixture
def corpus() -> Corpus:
    return make_corpus(3, 4)


@pytest.fixture
def snapshot(corpus: Corpus, tmp_path: Path) -> Snapshot:
    return corpus.freeze(tmp_path, seeds=("a01",))


def test_what_was_written_comes_back(corpus: Corpus, tmp_path: Path) -> None:
    sentence = Sentence("x:0000", "x", 0, 0, len(HARD), HARD, boilerplate=True)
    claim = NumericClaim(
        1,
        9,
        HARD[1:9],
        "dead",
        Decimal("24.50"),
        None,
        "vague",
        "count",
        "tanks",
        "the army 🙂",
        read_by="machine",
    )
    mine = replace(
        annotate(corpus.schema, sentence, "fight", claims=(claim,), annotation_id="7"),
        lead_time=3.25,
        suggested_by="m1",
        suggested=SuggestedLabels(("fight",), (claim, replace(claim, high=Decimal(30)))),
    )
    article = ArticleMetadata("x", HARD, "The Paper", "https://x.test", "2026", "2027", "en", "0f")
    picked = {"x:0000": Picked("random", 0.125)}
    written = write_snapshot(
        tmp_path,
        sentences=(*corpus.sentences, sentence),
        annotations=(*corpus.annotations, mine),
        schema=corpus.schema,
        seeds=("a01", "x", "elsewhere"),
        picked=picked,
        articles=(article, ArticleMetadata("not in it")),
    )
    read = read_snapshot(tmp_path / written.id)
    assert read.articles == (article,)
    assert read == written
    assert sentence in read.sentences
    assert mine in read.annotations
    assert str(next(a for a in read.annotations if a.claims == (claim,)).claims[0].low) == "24.50"
    assert read.seeds == {"a01", "x"}
    assert read.picked == picked
    assert read.schema.xml == corpus.schema.xml


def test_what_a_machine_gave_in_bulk_comes_back_beside_what_people_said(
    corpus: Corpus, snapshot: Snapshot, tmp_path: Path
) -> None:
    first, second = corpus.sentences[:2]
    given = [annotate(corpus.schema, one, "fight", annotator="machine") for one in (second, first)]
    written = write_snapshot(
        tmp_path,
        sentences=corpus.sentences,
        annotations=corpus.annotations,
        schema=corpus.schema,
        seeds=("a01",),
        accepted=given,
    )
    assert written.accepted == tuple(reversed(given))  # in the order of the sentences' ids
    assert read_snapshot(tmp_path / written.id) == written
    assert written.annotations == snapshot.annotations
    assert written.id != snapshot.id
    assert adopt_snapshot(tmp_path / "elsewhere", written.path).accepted == written.accepted
    (written.path / "accepted.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"accepted\.jsonl is damaged"):
        read_snapshot(written.path)


def test_a_verdict_comes_back_with_its_reason_and_a_label_is_stored_as_ever(
    corpus: Corpus, tmp_path: Path
) -> None:
    sentence = corpus.sentences[0]
    settled = replace(annotate(corpus.schema, sentence, "fight"), verdict=True, why=HARD)
    written = write_snapshot(
        tmp_path,
        sentences=corpus.sentences,
        annotations=(*corpus.annotations, settled),
        schema=corpus.schema,
    )
    assert settled in read_snapshot(written.path).annotations
    rows = [
        json.loads(line)
        for line in (written.path / "annotations.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    assert sum("verdict" in row for row in rows) == sum("why" in row for row in rows) == 1


def test_the_same_content_in_any_order_is_the_same_snapshot_and_writes_nothing(
    corpus: Corpus, snapshot: Snapshot, tmp_path: Path
) -> None:
    before = {file: file.stat().st_mtime_ns for file in snapshot.path.iterdir()}
    again = write_snapshot(
        tmp_path,
        sentences=(*corpus.sentences[::-1], corpus.sentences[0]),
        annotations=corpus.annotations[::-1],
        schema=corpus.schema,
        seeds=("a01",),
    )
    assert again.id == snapshot.id
    assert {file: file.stat().st_mtime_ns for file in snapshot.path.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == [snapshot.id]


def test_other_content_is_another_snapshot(corpus: Corpus, snapshot: Snapshot) -> None:
    assert corpus.freeze(snapshot.path.parent, seeds=()).id != snapshot.id


@pytest.mark.parametrize(
    "name", ["sentences.jsonl", "annotations.jsonl", "label_config.xml", "manifest.json"]
)
class TestAnyFileThat:
    def test_is_truncated_is_named(self, snapshot: Snapshot, name: str) -> None:
        file = snapshot.path / name
        file.write_bytes(file.read_bytes()[:-20])
        with pytest.raises(SnapshotError, match=name):
            read_snapshot(snapshot.path)

    def test_was_changed_is_named(self, snapshot: Snapshot, name: str) -> None:
        file = snapshot.path / name
        file.write_bytes(file.read_bytes().replace(b"a01", b"a02").replace(b"dead", b"cash"))
        with pytest.raises(SnapshotError, match=name):
            read_snapshot(snapshot.path)

    def test_is_missing_is_named(self, snapshot: Snapshot, name: str) -> None:
        (snapshot.path / name).unlink()
        with pytest.raises(SnapshotError, match=name) as caught:
            read_snapshot(snapshot.path)
        assert caught.value.hint


def test_a_later_format_is_refused_with_the_way_out(snapshot: Snapshot) -> None:
    file = snapshot.path / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": 99}))
    with pytest.raises(SnapshotError, match="format 99") as caught:
        read_snapshot(snapshot.path)
    assert "Update" in caught.value.hint


def test_a_snapshot_of_the_first_format_goes_on_loading() -> None:
    (path,) = (KEPT / "snapshot-1").iterdir()
    snapshot = read_snapshot(path)
    assert snapshot.sentences[-1] == Sentence("x:0000", "x", 0, 0, len(HARD), HARD, True)
    (claim,) = snapshot.annotations[-1].claims
    assert (claim.low, claim.high, claim.attribution) == (Decimal("24.50"), None, "the army 🙂")
    assert claim.read_by == "person"
    assert snapshot.held_out == {"a00", "x"}
    assert snapshot.seeds == frozenset()
    assert snapshot.picked == {"x:0000": Picked("random", 0.125)}


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="not a snapshot") as refused:
        read_snapshot(tmp_path)
    assert "A folder that Label Studio wrote as a storage" in str(refused.value.hint)


def test_a_damaged_snapshot_is_set_aside_and_written_anew(
    corpus: Corpus, snapshot: Snapshot, tmp_path: Path
) -> None:
    (snapshot.path / "sentences.jsonl").write_text("")
    again = corpus.freeze(tmp_path, seeds=("a01",))
    assert again.id == snapshot.id
    assert read_snapshot(again.path).sentences == corpus.sentences
    assert (tmp_path / f".damaged-{snapshot.id}-1" / "sentences.jsonl").exists()


def test_an_annotation_without_its_sentence_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    stray = annotate(corpus.schema, "elsewhere:0001", "fight")
    with pytest.raises(SnapshotError, match="elsewhere:0001"):
        write_snapshot(tmp_path, sentences=(), annotations=(stray,), schema=corpus.schema)
    assert not list(tmp_path.iterdir())


def test_two_sentences_with_one_id_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    first = corpus.sentences[0]
    with pytest.raises(SnapshotError, match=first.id):
        write_snapshot(
            tmp_path,
            sentences=(first, replace(first, text="Something else.")),
            annotations=(),
            schema=corpus.schema,
        )


def test_a_label_of_another_schema_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    wrong = replace(corpus.annotations[0], events=EventLabels(("flood",)))
    with pytest.raises(UnknownLabelError, match="flood"):
        write_snapshot(
            tmp_path, sentences=corpus.sentences, annotations=(wrong,), schema=corpus.schema
        )


def test_the_last_is_what_was_made_last_whatever_its_id_and_the_clock(
    corpus: Corpus, tmp_path: Path
) -> None:
    made = [corpus.freeze(tmp_path, seeds=(f"a0{number}",)).path for number in range(4)]
    for day, path in enumerate(made):
        os.utime(path, (10**9 - day * 86400,) * 2)
    assert snapshots_in_order(tmp_path) == tuple(made)
    corpus.freeze(tmp_path, seeds=("a01",))  # the same labels as then: the last again
    assert snapshots_in_order(tmp_path) == (made[0], made[2], made[3], made[1])
    (made[3] / "order.json").write_bytes(b"{")  # no content is lost with it
    assert snapshots_in_order(tmp_path) == (made[3], made[0], made[2], made[1])
    assert read_snapshot(made[3]).id == made[3].name


def test_what_is_no_snapshot_has_no_place(tmp_path: Path, snapshot: Snapshot) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "0123456789abcdef").mkdir()
    (tmp_path / f".{snapshot.id}.x").mkdir()
    assert snapshots_in_order(tmp_path) == (snapshot.path,)
    assert snapshots_in_order(tmp_path / "nowhere") == ()


@pytest.mark.parametrize("labels", [None, SuggestedLabels(), SuggestedLabels(("fight",), ())])
def test_what_was_withheld_comes_back(
    labels: SuggestedLabels | None, corpus: Corpus, tmp_path: Path
) -> None:
    first, *others = corpus.annotations
    blind = replace(first, withheld=WithheldSuggestion("m1", labels))
    snapshot = replace(corpus, annotations=(blind, *others)).freeze(tmp_path)
    assert blind in read_snapshot(snapshot.path).annotations


def test_one_from_elsewhere_stays_as_it_is_and_is_the_last(
    corpus: Corpus, snapshot: Snapshot, tmp_path: Path
) -> None:
    folder = tmp_path / "other"
    make_corpus(2, 4, seed=9).freeze(folder)
    manifest = snapshot.path / "manifest.json"
    found = adopt_snapshot(folder, snapshot.path)
    assert found.annotations == snapshot.annotations
    assert (found.path / "manifest.json").read_bytes() == manifest.read_bytes()
    assert snapshots_in_order(folder)[-1] == found.path == folder / snapshot.id
    assert adopt_snapshot(folder, snapshot.path).id == snapshot.id
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("a01", "a02"))
    with pytest.raises(SnapshotError):
        adopt_snapshot(tmp_path / "third", snapshot.path)


def test_day_and_place_come_back_and_are_stored_only_where_they_were_typed(
    corpus: Corpus, tmp_path: Path
) -> None:
    first, *others = corpus.annotations
    typed = replace(first, corrected_day=date(2026, 11, 24), corrected_place="Mubi")
    found = write_snapshot(
        tmp_path, sentences=corpus.sentences, annotations=(typed, *others), schema=corpus.schema
    )
    assert typed in found.annotations
    lines = (found.path / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    assert ["corrected" in line for line in lines].count(True) == 1
    assert not any("no_day" in line for line in lines)


def test_that_there_is_no_day_comes_back(corpus: Corpus, tmp_path: Path) -> None:
    first, *others = corpus.annotations
    said = (replace(first, no_day=True), *others)
    found = write_snapshot(
        tmp_path, sentences=corpus.sentences, annotations=said, schema=corpus.schema
    )
    assert [one.no_day for one in found.annotations].count(True) == 1


def test_what_was_pulled_last_is_known_among_what_was_made_for_training(
    corpus: Corpus, tmp_path: Path
) -> None:
    def freeze(number: int, *, pulled: bool) -> Snapshot:
        first = replace(corpus.annotations[0], updated_at=str(number))
        return write_snapshot(
            tmp_path,
            sentences=corpus.sentences,
            annotations=(first,),
            schema=corpus.schema,
            pulled=pulled,
        )

    assert last_pulled(tmp_path) is None
    training = freeze(0, pulled=False)
    assert last_pulled(tmp_path) is None
    pulled = freeze(1, pulled=True)
    freeze(2, pulled=False)
    assert last_pulled(tmp_path) == pulled.path
    # Nor does training on it make it another, and what was made for training may be pulled later.
    freeze(1, pulled=False)
    assert last_pulled(tmp_path) == snapshots_in_order(tmp_path)[-1] == pulled.path
    for _ in range(2):
        freeze(0, pulled=True)
        assert last_pulled(tmp_path) == training.path
    (training.path / "order.json").write_text("{", encoding="utf-8")
    assert last_pulled(tmp_path) == pulled.path
