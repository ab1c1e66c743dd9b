"""How old somebody is, which is no claim, and how many, which looks alike."""

from __future__ import annotations

import pytest

from tests.unit.annotation.numbers.lines import texts


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("The death toll, then 12, rose; the hostages, now 45, fled", ["12", "45"]),
        ("They fired at Omar Saleh, 19, in Nablus.", []),
        ("A boy, eight, and Ali, 45; then Omar, who was 34, fled", []),
        ("Ali, then 34, his sons, both 15, and Sara, 11 – all fled", []),
        ("In Aleppo, six, and in Deir Hafer, 12, were killed", ["six", "12"]),
        ("The toll was 34; the dead, nine, were buried", ["34", "nine"]),
    ],
)
def test_an_age_is_no_claim_and_a_toll_beside_it_is(sentence: str, spans: list[str]) -> None:
    assert texts(sentence) == spans
