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
        ("Amal Said, seventy-two, and Rami, sixty, fled", []),
        ("A baker of 64 and his son of 17 fled; a leader of 15 men", ["15 men"]),
        ("A force of 64 and a member of one party came", ["64", "one party"]),
        ("He was barely 15 when it hit; she was about 30, the driver was 29.", []),
        ("The girl, just 16, hid; the men, just 16, hid", ["16"]),
        ("A man, about 40, hid; the rebels, about 40, hid", ["about 40"]),
        ("Her sons (12 and 14) and sisters (both 9) hid", []),
        ("Soldiers (12) and rebels (14) hid", ["12", "14"]),
        ("The boy turned 13 in May; they turned 13 men away", ["13 men"]),
        ("They turned 13 back", ["13"]),
        ("The suspects are 19, 22 and 27.", []),
        ("The wards are 9 and 12; most victims were under 18", ["9", "12"]),
        ("Selma was 6 when it hit", []),
        ("Men between 16 and 45 were taken; between 16 and 45 men left", ["between 16 and 45 men"]),
        ("Those under 15 or over 60 left; nobody over 16 stayed", []),
        ("Those over 60 years of age left; the boys were 12 and 14 years of age", []),
    ],
)
def test_an_age_is_no_claim_and_a_toll_beside_it_is(sentence: str, spans: list[str]) -> None:
    assert texts(sentence) == spans
