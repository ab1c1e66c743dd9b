"""Each line of a page that is not declared is put where the page has it."""

from __future__ import annotations

import pytest

from annotation.articles.readers.documents.merged_lines import Folded, merged
from tests.unit.annotation.articles.reading import calls_of


def said(number: int) -> str:
    return f"On day {number} of the siege the elders said that {number + 3} people had died there."


def together(declared: str, shown: list[str]) -> str:
    """Lines of which none is declared word for word, and what is declared."""
    whole = Folded.of(declared)
    lines = [Folded.of(one) for one in shown]
    gaps = [(0, len(whole.key))] * len(lines)
    return merged(whole, lines, gaps, passed=set(), told=set(), alike=())


@pytest.mark.parametrize("part", ["\n", " "])
def test_a_line_of_the_page_replaces_the_declared_ones_in_it(part: str) -> None:
    shown = f"BARA (Wire) — {said(1)} {said(2)} Seven fled."
    lines = together(part.join(map(said, range(5))), [shown]).split("\n")
    assert lines == [said(0), shown, *part.join(map(said, range(3, 5))).split("\n")]


def test_those_between_them_stay() -> None:
    shown = f"{said(1)} {said(3)} Seven fled."
    lines = together("\n".join(map(said, range(5))), [shown]).split("\n")
    assert lines == [said(0), shown, said(2), said(4)]


def test_what_stands_before_and_behind_such_a_line_keeps_its_side() -> None:
    shown = ["Siege", f"BARA (Wire) — {said(0)}", "Bara: 14 dead"]
    assert together("\n".join(map(said, range(3))), shown).split("\n") == [
        *(*shown, said(1), said(2))
    ]


def test_signs_before_the_first_word_stay_with_it() -> None:
    assert together(f"“{said(0)}”", ["Siege"]) == f"Siege\n“{said(0)}”"


def test_sentences_around_some_letters_are_whole() -> None:
    text = Folded.of("He said so. Nobody of the town had been killed; all fled.")
    begin = text.key.index("town")
    assert text.stretch(begin, begin + 4).strip() == "Nobody of the town had been killed"


def test_twice_as_many_lines_take_twice_as_much() -> None:
    def calls(number: int) -> int:
        declared = Folded.of("\n".join(map(said, range(number))))
        lines = [Folded.of(f"Elsewhere, {said(one)}") for one in range(5000, 5000 + number)]
        gaps = [(0, len(declared.key))] * number
        return calls_of(lambda: merged(declared, lines, gaps, passed=set(), told=set(), alike=()))

    assert calls(200) < 2.5 * calls(100)
