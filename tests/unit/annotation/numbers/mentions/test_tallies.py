"""What a toll or a count came to is a number, where another would be an hour or a year."""

from __future__ import annotations

import pytest

from tests.unit.annotation.numbers.lines import texts


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("The toll was put at 12.", "12"),
        ("The toll from the landslide was put at 14 by the mayor.", "14"),
        ("The death toll now stands at 21, police said.", "21"),
        ("By dusk the count stood at 22.", "22"),
        ("Doctors place the number of injured at 9.", "9"),
        ("The casualty figure remains at six, the ministry said.", "six"),
        ("With the death toll standing at 8, rescuers gave up.", "8"),
        ("The total number of missing is now at 13.", "13"),
        ("The dead were put at 12.", "12"),
        ("Death toll at 23, says army", "23"),
        ("Death toll now 12.", "12"),
        ("The toll was put at about 20.", "about 20"),
        ("The toll stands at 2011.", "2011"),
        ("The official tally was revised to 17 today.", "17"),
        ("The Red Cross lowered the toll to 20 by morning.", "20"),
        ("The toll climbed to 19 by evening.", "19"),
        ("The death toll at the hospital stood at 10 in the morning.", "10"),
        ("Police put the toll at 12 on Friday.", "12"),
        ("The number of dead is at 9.", "9"),
        ("The death toll was set at 15.", "15"),
        ("The ministry of defence put the toll at 12.", "12"),
        ("Nobody counted; fishermen put it at 12.", "12"),
        ("The count of dead, put at 11 on Monday, grew.", "11"),
        ("The number of wounded, originally put at 30, grew.", "30"),
    ],
)
def test_what_a_toll_came_to_is_no_hour(sentence: str, number: str) -> None:
    assert texts(sentence) == [number]


@pytest.mark.parametrize(
    "sentence",
    [
        "The guard post closed at 8.",
        "A count of votes began at 9 on Sunday.",
        "The meeting was put at 12.",
        "The toll booth opened at 7.",
        "The count stands at 12 noon.",
        "The toll rose when the market opened at 7.",
        "The toll was announced at 6.45.",
        "The number of attacks has risen since 2011.",
        # What is at an hour is something else, in whose name a tally stands.
        "Prayers for the dead will be held at 2 on Friday.",
        "The bodies of the dead were left at 5.",
        "They left the dead at 5.",
        "The deadline to submit the figures was set at 5.",
        "The meeting to announce the toll was set at 5.",
        "The session on the death toll was put at 5.",
        "The toll booth was placed at 12.",
        "The total eclipse is at 3.",
        "The count of votes is at 9.",
    ],
)
def test_where_no_toll_is_put_it_is_a_time(sentence: str) -> None:
    assert texts(sentence) == []
