"""Currencies by the words and letters beside a number; the tests of the reader tell the rest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.numbers.reader import read


@pytest.mark.parametrize(
    ("sentence", "span", "amount", "unit"),
    [
        ("They took 15 million FCFA.", "15 million FCFA", 15_000_000, "XOF"),
        ("It costs 250 francs CFA.", "250 francs CFA", 250, "XOF"),
        ("A tax of 5,000 CFA francs is due.", "5,000 CFA francs", 5_000, "XOF"),
        ("They paid Rs.50,000/- in cash.", "Rs.50,000", 50_000, "INR"),
        ("They paid Dh 500,000 in cash.", "Dh 500,000", 500_000, "AED"),
        ("They paid 300 Dhs in cash.", "300 Dhs", 300, "AED"),
        ("A fine of R4.5-million is due.", "R4.5-million", 4_500_000, "ZAR"),
        ("A fine of GH₵5 million is due.", "GH₵5 million", 5_000_000, "GHS"),
        ("They paid GHS 2m in cash.", "GHS 2m", 2_000_000, "GHS"),
        ("A fine of Frw 3 million is due.", "Frw 3 million", 3_000_000, "RWF"),
    ],
)
def test_money_is_read_with_its_currency(sentence: str, span: str, amount: int, unit: str) -> None:
    [mention] = read(sentence)
    assert (mention.text, mention.low, mention.unit) == (span, Decimal(amount), unit)


@pytest.mark.parametrize("sentence", ["The SR 71 flew.", "The Mk 19 was lost.", "They paid R-80."])
def test_two_letters_before_a_small_number_are_a_name(sentence: str) -> None:
    assert read(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "span", "share", "unit"),
    [
        ("Some 62 per mille died.", "Some 62 per mille", "6.2", "percent"),
        ("It struck 12 per 1,000 residents.", "12 per 1,000 residents", "0.012", "fraction"),
    ],
)
def test_shares_are_told_out_of_a_thousand(sentence: str, span: str, share: str, unit: str) -> None:
    [mention] = read(sentence)
    assert (mention.text, str(mention.high), mention.unit) == (span, share, unit)


def test_who_gets_so_many_each_is_no_share() -> None:
    assert [one.text for one in read("They gave 5 each 1,000 dinars.")] == ["5", "1,000 dinars"]


def test_a_score_may_be_more() -> None:
    [mention] = read("A score or more of rebels left.")
    assert (mention.low, mention.high) == (Decimal(20), None)
