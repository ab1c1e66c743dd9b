"""Who says what a number says; see docs/codebook.md."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotation.attribution
from annotation.attribution.reader import attribution_of, attributions, sources_of
from benchmarks.attribution import gold_cases, score


def source_of(text: str, span: str) -> str | None:
    at = text.index(span)
    return attribution_of(text, at, at + len(span))


def test_the_example_in_the_docs_runs() -> None:
    assert doctest.testmod(annotation.attribution).failed == 0


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Police said 12 died.", "Police"),
        ("12 died, police said.", "police"),
        ("The ministry put the injured at 12.", "The ministry"),
        ("A chief was quoted as saying that 12 died.", "A chief"),
        ("A chief has been cited by AFP as saying 12 died.", "A chief"),
        ("12 died, the mayor was quoted as saying.", "the mayor"),
        ("A statement from the governor's office put the dead at 12.", "the governor's office"),
        ("12 died, police said on Monday.", "police"),
        ("12 died, said the mayor.", "the mayor"),
        ("“12 died,” said Halima Osei, the mayor.", "Halima Osei"),
        ("According to the ministry of defence, 12 died.", "the ministry of defence"),
        ("12 died, according to Dr. Samir Haddad of Homs.", "Dr. Samir Haddad of Homs"),
        ("Col. Ali Hassan, a police spokesman, said 12 died.", "Col. Ali Hassan"),
        ("A police spokesman, Ali Hassan, said 12 died.", "A police spokesman"),
        ("A spokesman for Nato in Kyiv said 12 died.", "A spokesman for Nato in Kyiv"),
        ("Police and hospital officials said 12 died.", "Police and hospital officials"),
        ("State television, citing the ministry, reported 12 dead.", "the ministry"),
        ("Citing the ministry, state television said 12 died.", "the ministry"),
        ("The paper quoted a doctor as saying 12 died.", "a doctor"),
        ("A ministry official told AFP that 12 died.", "A ministry official"),
        ("A UN report found that 12 died.", "A UN report"),
        ("Figures from the ministry show 12 dead.", "the ministry"),
        ("By the ministry's count 12 died.", "the ministry"),
        ("The army accused the rebels of killing 12 men.", "The army"),
        ("The ministry put the toll at 12.", "The ministry"),
        ("The army gave a toll of 12.", "The army"),
        ("Bomb kills 12: police", "police"),
        ("Police: 12 killed in blast", "Police"),
        ("It left 12 dead, a toll confirmed by the governor.", "the governor"),
        ("An official who asked not to be named said 12 died.", "An official"),
        ("The rebels, for their part, said 12 died.", "The rebels"),
        ("The toll was put at 12 by the ministry.", "the ministry"),
        ("Residents, reached by phone, said 12 died.", "Residents"),
        ("Local teachers believe 12 died.", "Local teachers"),
        ("According to an initial police report, 12 died.", "an initial police report"),
        ("The mayor visited the camp and said 12 died.", "The mayor"),
        ("The doctor said he had counted 12 bodies.", "The doctor"),
    ],
)  # fmt: skip
def test_the_source_is_the_name_as_written(text: str, source: str) -> None:
    assert source_of(text, "12") == source


@pytest.mark.parametrize(
    "text",
    [
        "He said 12 died.",
        "12 died.",
        "12 died, and police said the area was sealed.",
        "According to reports, 12 died.",
        "The army denied killing 12 men.",
        "The group claimed responsibility for the blast that killed 12.",
        "The blast claimed 12 lives.",
        "12 were reported killed.",
        "The commander told 12 men to leave.",
        "The United States killed 12 men.",
        "BEIRUT: 12 dead in clashes",
        "No group has said it planted the 12 bombs.",
        "The army did not say that 12 had died.",
        "",
    ],
)
def test_nobody_says_so(text: str) -> None:
    assert (
        attribution_of(text, *((text.index("12"), text.index("12") + 2) if text else (0, 0)))
        is None
    )


def test_each_claim_has_the_source_of_its_own_clause() -> None:
    text = "Police said 12 people died, but witnesses put the toll at 20."
    assert (source_of(text, "12"), source_of(text, "20")) == ("Police", "witnesses")
    text = "The raid killed 12, police said, and wounded 20, according to a hospital."
    assert (source_of(text, "12"), source_of(text, "20")) == ("police", "a hospital")
    text = "12 died, the army said; rebels said 20."
    assert sources_of(text, [(0, 2), (36, 38)]) == ("the army", "rebels")


def test_nobody_speaks_for_the_number_of_speakers() -> None:
    text = "Two witnesses said 12 died."
    assert (source_of(text, "Two witnesses"), source_of(text, "12")) == (None, "Two witnesses")


def test_the_gold_sentences_stay_right() -> None:
    for beginning in ("own-", "fresh-", "later-"):
        figures = score(gold_cases(beginning))
        assert min(figures["precision"], figures["recall"]) >= 0.92


def test_a_long_row_of_names_ends() -> None:
    row = "according to " + "police and " * 3000 + "the army 12 died"
    assert len(attributions(row)) == 1
    assert attributions("police and " * 3000 + "the army said 12 died")


MARKS = ("“", "”", ":", "12", ".", ",", "(", ")", "the", "by", "who", "citing", "and")
CUES = ("police", "said", "according", "to", "put", "toll", "at", "told", "reports", "that")


@pytest.mark.slow
@given(st.text() | st.lists(st.sampled_from(MARKS + CUES)).map(" ".join))
def test_any_text_is_read_and_every_offset_slices(text: str) -> None:
    for one in attributions(text):
        assert text[one.start : one.end] == one.source != ""
        assert 0 <= one.scope_start <= one.start < one.end <= len(text)
        assert one.scope_start <= one.scope_end <= len(text)
