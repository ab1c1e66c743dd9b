"""Which numbers are no numeric mentions."""

from __future__ import annotations

import pytest

from tests.unit.annotation.numbers.lines import texts


def test_what_people_are_of_is_their_age_unless_it_is_counted() -> None:
    assert texts("Women of 12 villages and a man of 30 fled.") == ["12 villages"]


@pytest.mark.parametrize(
    "sentence",
    [
        "On Jan. 8, 2016 and on 5 June at 10:30 a.m. they met.",
        "In mid-2014, in 2015-16, the early 1990s and the '90s.",
        "They arrived 13 Sept nineteen seventy two, at 6.45.",
        "It lasted two and a half years, 24 hours, 3h and ten-day truces.",
        "The 14-year-old, Mohammed, 42, of Aleppo, aged 9 and children as young as 10.",
        "Call +44 20 7946 0958, (021) 555-1234 or 0800-000-0000.",
        "My phone number is 280930640.",
        "Resolution 2254, Article 51, page 12, Chapter 7, No. 2 and Channel 4.",
        "Armed with AK-47, RPG-7, T-72, F-16 and Su-34 and COVID-19.",
        "The G20, 9/11, the M5 and the 5+1 talks.",
        "One of the men said that no one saw this one, one another or number one.",
        "One day, on the one hand, the one-time mayor left one by one.",
        "The first half, the second quarter, a third convoy, the twenty-first.",
        "The score was 3-1; he scores twice and scored again.",
        "See http://t.co/123, @user123, #4 and user4@example.org.",
        "Task Force (CTF) 50 and USS Hopper (DDG 70) at 36.2N 37.1E.",
        "Boeing 737, France 24 and Passcode 3080897.",
        "It was 30 degrees and a 6.1-magnitude quake at 12 on Monday.",
        "Page 3 of 12 | Share 5 | 24 comments",
        "He won 7 times, four times a week.",
        "UNSCR 2139, SCR 2253 and Article 2(4).",
        "a three-storey building and a two-state solution",
        "Children under five, men over 18 and women aged over 65.",
        "A man of 67, a girl of about twelve and boys of 14 or 15.",
        "The Five Eyes met the Twelve at 10 Downing Street, House No 12.",
        "They marched from Colonia 20 de Noviembre to Avenida 9 de Julio.",
        "The Five Nations saw the Seven Sisters and the Three Gorges.",
        "The accused, 43, my boss, 50, and the wounded man, 120, denied it.",
        "2016 saw version 2.0 and 5G, © 2023 Reuters.",
        "She was the second of four daughters.",
        "By a vote of 13 to 0.",
        "One hopes that one really wins, one well worth it.",
        "In the spring of '45 the oldest was 12.",
        "Where were they between 3 and 8 yesterday?",
        "",
        "No numbers here.",
    ],
)
def test_what_is_no_mention(sentence: str) -> None:
    assert texts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("On 18 September four gunmen attacked.", ["four gunmen"]),
        ("In September four gunmen attacked.", ["four gunmen"]),
        ("On Monday, six are still missing.", ["six"]),
        ("On 18 September, 6 were found.", ["6"]),
        ("They found 40 bodies on Monday and 17 today.", ["40 bodies", "17"]),
        ("27 dead before noon, nineteen more by dusk", ["27 dead", "nineteen more"]),
        ("three on Monday and two on Tuesday", ["three", "two"]),
        ("Happenings since February 27 are known.", []),
    ],
)
def test_a_number_beside_a_date_is_not_part_of_it(sentence: str, spans: list[str]) -> None:
    assert texts(sentence) == spans


def test_mentions_do_not_overlap_where_a_noun_ends_in_a_modifier() -> None:
    assert texts("twelve males-over four") == ["twelve males-over", "four"]


def test_one_is_a_number_before_a_noun() -> None:
    assert texts("one woman said") == ["one woman"]
    assert texts("there is only one way") == ["one way"]
