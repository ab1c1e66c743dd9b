"""Labels of other tools become those of the configuration, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from tests.unit.annotation.imports.bringing import TEXT, Brought, lines

FIRST, SECOND = TEXT[:32], TEXT[33:]


def _span(words: str, label: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "label": label}


def _row(*spans: dict[str, object], **more: object) -> dict[str, object]:
    return {"text": TEXT, "spans": list(spans), "answer": "accept", **more}


def test_spans_go_to_their_sentences_and_say_kinds_or_event_types(tmp_path: Path) -> None:
    row = _row(
        _span("At least 12 people", "DEAD"), _span("attacked", "clash"), _span("40", "wounded")
    )
    brought = Brought(lines(tmp_path / "a.jsonl", row), "prodigy", {"DEAD": "killed"})
    assert brought.problems == []
    assert brought.said == [
        (FIRST, "imported", ("clash",), []),
        (SECOND, "imported", (), [("At least 12 people", "killed"), ("40", "wounded")]),
    ]
    assert (brought.imported.labelled, brought.imported.unmarked) == (2, 0)


def test_a_label_that_is_not_known_is_told_once_and_leaves_its_sentence_out(tmp_path: Path) -> None:
    rows = [
        _row(_span("40", "HURT"), _span("attacked", "clash")),
        _row(_span("12", "HURT"), meta=1),
    ]
    brought = Brought(lines(tmp_path / "a.jsonl", *rows), "prodigy")
    (problem,) = brought.problems
    assert "a.jsonl:1: the label 'HURT' is not in the configuration" in problem
    assert "--map 'HURT=ALIAS'" in brought.imported.problems[0].hint
    assert brought.said == [(FIRST, "imported", ("clash",), [])]
    dropped = Brought(tmp_path / "a.jsonl", "prodigy", {"HURT": ""})
    assert dropped.problems == []
    assert dropped.said == brought.said
    assert dropped.imported.unmarked == 1


def test_a_span_over_two_sentences_is_told_and_leaves_them_unlabelled(tmp_path: Path) -> None:
    brought = Brought(
        lines(tmp_path / "a.jsonl", _row(_span("in Jos. At least 12", "killed"))), "prodigy"
    )
    (problem,) = brought.problems
    assert "'in Jos. At least 12' (killed) is not within one sentence" in problem
    assert brought.said == []


def test_a_label_of_several_sentences_needs_to_be_told_that_they_are_one(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", {"text": TEXT, "label": "clash", "answer": "accept"})
    brought = Brought(file, "prodigy")
    (problem,) = brought.problems
    assert "nothing says which of its 2 sentences 'clash' is about" in problem
    assert "--presplit" in brought.imported.problems[0].hint
    assert Brought(file, "prodigy", presplit=True).said == [(TEXT, "imported", ("clash",), [])]


def test_what_somebody_ignored_does_not_take_away_what_they_said_of_it_elsewhere(
    tmp_path: Path,
) -> None:
    one = "Gunmen attacked a market."
    file = lines(
        tmp_path / "a.jsonl",
        {"text": one, "label": "strike", "answer": "ignore"},
        {"text": one, "label": "clash", "answer": "accept"},
        {"text": one, "label": "protest", "answer": "ignore"},
        {"text": one, "label": "clash", "answer": "ignore", "_annotator_id": "bob"},
        _row(_span("attacked", "clash")),
        {"text": TEXT, "label": "strike", "answer": "ignore"},
    )
    brought = Brought(file, "prodigy")
    assert [
        (text, who, events, cancelled.cancelled)
        for (text, who, events, _), cancelled in zip(
            brought.said, brought.export.annotations, strict=True
        )
    ] == [
        (one, "bob", (), True),
        (one, "imported", ("clash",), False),
        (FIRST, "imported", ("clash",), False),
        (SECOND, "imported", (), True),
    ]
    assert brought.problems == [
        f"{file}:{line}: 'imported' ignored what they labelled elsewhere: the labels count."
        for line in (1, 3, 6)
    ]


def test_two_people_and_two_texts_with_one_id(tmp_path: Path) -> None:
    file = lines(
        tmp_path / "a.jsonl",
        _row(_span("attacked", "clash"), _annotator_id="ann", meta={"id": "x"}),
        _row(_span("attacked", "strike"), _annotator_id="bob", meta={"id": "x"}),
        {"text": "Another one.", "answer": "accept", "meta": {"id": "x"}},
    )
    brought = Brought(file, "prodigy")
    assert [(who, events) for _, who, events, _ in brought.said] == [
        ("ann", ("clash",)),
        ("bob", ("strike",)),
    ]
    assert brought.problems == [f"{file}:3: the id 'x' has another text already."]
    assert {one.article_id for one in brought.export.sentences} == {"x"}
