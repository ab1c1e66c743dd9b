"""How words are cut."""

from __future__ import annotations

import pytest

from training.stems import stems_in


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("", []),
        ("Clashes, clashed; CLASHING", ["clashe", "clashe", "clashi"]),
        ("a 7 12 no", ["12", "no"]),  # one character is no word
        ("l'état", ["état"]),
        ("air-strike", ["air", "strike"]),
    ],
)
def test_a_word_is_its_first_six_letters(text: str, stems: list[str]) -> None:
    assert stems_in(text) == stems
