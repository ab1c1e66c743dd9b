"""A time that only says which people are counted is no duration."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read
from tests.unit.annotation.numbers.lines import texts


@pytest.mark.parametrize(
    "counted",
    [
        "two night guards",
        "three day labourers",
        "15 night watchmen",
        "six more night nurses",
        "two night-shift workers",
        "five weekend hikers",
        "at least 12 evening commuters",
        "dozens of day workers",
        "a dozen night guards",
        "one night guard",
        "two month-old babies",
        "three week-old twins",
        "six minute-men",
        "five day-trippers",
        "five year-end parties",
        "two day-long gun battles",
        "six night raids",
        "two time bombs",
    ],
)
def test_a_time_before_what_is_counted_belongs_to_the_noun(counted: str) -> None:
    [mention] = read(f"Gunmen saw {counted} yesterday.")
    assert mention.text == counted
    assert mention.unit == "count"


@pytest.mark.parametrize(
    "sentence",
    [
        "Two nights later they came.",
        "They held out for three days.",
        "It was a two-day battle.",
        "A three day march ended.",
        "The two day battles ended.",
        "After three days soldiers left.",
        "He was held for two days and guards beat him.",
        "The 20 year-old men fled.",
        "The sixteen year-old girls fled.",
        "The two-week-old babies slept.",
        "Three year old children slept.",
        "Three night shifts passed.",
        "One night guards came.",
        "One day water ran out.",
        "One night power failed.",
        "One day Peter came.",
        "One day murder was committed.",
        "One day doctor Ahmad came.",
        "They came and one evening teacher Ali fled.",
        "They saw nine year-old girls.",
        "They saw two year-old boys.",
        "The five day doctors strike ended.",
        "The five day doctors' strike ended.",
        "Six hour-long battles raged.",
    ],
)
def test_durations_and_ages_stay_what_they_are(sentence: str) -> None:
    assert texts(sentence) == []
