"""What a numeric mention amounts to: modifiers, values, units and ranges; see docs/codebook.md."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.numbers.reader import read
from tests.unit.annotation.numbers.reading import only, values

# ── Values and modifiers ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "modifier", "low", "high"),
    [
        ("100", "exactly", 100, 100),
        ("exactly 100", "exactly", 100, 100),
        *[(f"{w} 100", "about", 100, 100) for w in
          ("about", "around", "some", "roughly", "nearly", "almost", "close to", "an estimated",
           "~")],
        *[(f"{w} 100", "at_least", 100, None) for w in
          ("more than", "over", "at least", "no fewer than", "not less than", "upwards of", "above",
           "in excess of", "greater than", "exceeding", "≥")],
        *[(f"{w} 100", "at_most", None, 100) for w in
          ("up to", "as many as", "fewer than", "less than", "no more than", "at most", "under",
           "not exceeding", "below", "<=")],
        *[(f"{w} 100", "at_least", 100, None) for w in
          ("as few as", "well over", "just over", "only just above", "far more than")],
        *[(f"{w} 100", "at_most", None, 100) for w in ("just under", "well below", "not quite")],
        *[(f"{w} 100", "about", 100, 100) for w in ("perhaps", "barely", "the best part of")],
        ("100 or more", "at_least", 100, None),
        ("100-plus", "at_least", 100, None),
        ("100+", "at_least", 100, None),
        ("100 or less", "at_most", None, 100),
        ("100 at most", "at_most", None, 100),
        ("100 or so", "about", 100, 100),
        ("100-odd", "about", 100, 100),
        ("between 100 and 150", "between", 100, 150),
        ("from 100 to 150", "between", 100, 150),
        ("100-150", "between", 100, 150),
        ("100–150", "between", 100, 150),
        ("100 to 150", "between", 100, 150),
        ("100 or 150", "between", 100, 150),
        ("5 to 10 million", "between", 5_000_000, 10_000_000),
        ("more than 10 but less than 15", "between", 10, 15),
        ("at most 15 and at least 10", "between", 10, 15),
    ],
)  # fmt: skip
def test_modifiers(words: str, modifier: str, low: int | None, high: int | None) -> None:
    mention = only(f"They counted {words} men.")
    assert mention.modifier == modifier
    assert values(mention) == [low, high]
    assert mention.text == f"{words} men"


def test_a_preposition_that_belongs_to_the_verb_is_no_modifier() -> None:
    assert only("The rebels handed over 63 prisoners.").modifier == "exactly"
    assert only("The toll has gone up to 231.").modifier == "exactly"
    assert read("They charged eight men over 303 killings.")[1].modifier == "exactly"
    assert only("It lay under six metres of mud.").modifier == "exactly"


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("1,234", "1234"),
        ("1 500", "1500"),
        ("40\u202f000", "40000"),
        ("5.000", "5000"),
        ("12,34,567", "1234567"),
        ("2.5 million", "2500000"),
        ("2½ million", "2500000"),
        ("1.5m", "1500000"),
        ("20k", "20000"),
        ("five hundred and six", "506"),
        ("twenty-five", "25"),
        ("twelve hundred", "1200"),
        ("two hundred thousand", "200000"),
        ("one and a half million", "1500000"),
        ("half a million", "500000"),
        ("one-and-a-half million", "1500000"),
        ("quarter of a million", "250000"),
        ("three-quarters of a million", "750000"),
        ("1.5 m", "1500000"),
        ("half a dozen", "6"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("a hundred", "100"),
        ("three lakh", "300000"),
        ("1.2e3", "1200"),
    ],
)
def test_numerals_and_words(number: str, value: str) -> None:
    mention = only(f"They counted {number} men.")
    assert values(mention) == [Decimal(value), Decimal(value)]
    assert (mention.unit, mention.noun) == ("count", "men")


@pytest.mark.parametrize(
    ("fraction", "value"),
    [
        ("half", 1 / 2),
        ("a third", 1 / 3),
        ("two-thirds", 2 / 3),
        ("three quarters", 3 / 4),
        ("one in five", 1 / 5),
        ("nine out of ten", 9 / 10),
        ("one-in-five", 1 / 5),
        ("one in every five", 1 / 5),
        ("99 of every 100", 99 / 100),
        ("1/4", 1 / 4),
        ("¾", 3 / 4),
    ],
)
def test_fractions(fraction: str, value: float) -> None:
    mention = only(f"They hold {fraction} of the villages.")
    assert mention.unit == "fraction"
    assert mention.noun == "villages"
    assert mention.low == mention.high == pytest.approx(Decimal(value))


@pytest.mark.parametrize(
    ("wording", "literal", "acled"),
    [
        ("dozens", 24, 12),
        ("scores", 40, 20),
        ("hundreds", 200, 100),
        ("thousands", 2000, 1000),
        ("tens of thousands", 20_000, 10_000),
        ("hundreds of thousands", 200_000, 100_000),
        ("millions", 2_000_000, 1_000_000),
    ],
)
def test_vague_words_are_read_by_the_policy_that_is_named(
    wording: str, literal: int, acled: int
) -> None:
    sentence = f"They killed {wording} of civilians."
    [mention] = read(sentence)
    assert mention.modifier == "vague"
    assert [*values(mention), mention.policy] == [literal, None, "literal"]
    assert mention.text == f"{wording} of civilians"
    [mention] = read(sentence, policy="acled")
    assert mention.modifier == "vague"
    assert [*values(mention), mention.policy] == [acled, acled, "acled"]


def test_several_few_and_a_handful_are_vague() -> None:
    for wording, low in [
        ("several", 3),
        ("a few", 3),
        ("a handful of", 3),
        ("a couple of", 2),
        ("several hundred", 300),
        ("a few thousand", 3000),
        ("a couple of dozen", 24),
    ]:
        mention = only(f"They met {wording} soldiers.")
        assert mention.modifier == "vague"
        assert values(mention) == [low, None]
        assert mention.noun == "soldiers"


def test_only_vague_words_name_a_policy() -> None:
    assert only("12 men fled").policy is None


# ── Units ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        ("$5 million", "USD", "5000000"),
        ("US$ 5", "USD", "5"),
        ("USD 5", "USD", "5"),
        ("5 USD", "USD", "5"),
        ("USD5", "USD", "5"),
        ("A$10m", "AUD", "10000000"),
        ("mex$ 15", "MXN", "15"),
        ("£59.5 million", "GBP", "59500000"),
        ("€250,000", "EUR", "250000"),
        ("10 €", "EUR", "10"),
        ("-$5", "USD", "-5"),
        ("10 million Syrian pounds", "SYP", "10000000"),
        ("300 Kuwaiti dinars", "KWD", "300"),
        ("40 Hong Kong dollars", "HKD", "40"),
        ("35 lakh rupees", "INR", "3500000"),
        ("Rs. 5 crore", "INR", "50000000"),
        ("five million yen", "JPY", "5000000"),
        ("470 pence", "GBP", "4.7"),
        ("99p", "GBP", "0.99"),
        ("Rs two lakh", "INR", "200000"),
        ("Rs.2,000", "INR", "2000"),
        ("KES 4,000", "KES", "4000"),
        ("Birr 14 billion", "ETB", "14000000000"),
        ("R500 million", "ZAR", "500000000"),
        ("N30,000", "NGN", "30000"),
        ("Tk 500", "BDT", "500"),
        ("12-cent", "USD", "0.12"),
        ("5 dollars and 30 cents", "USD", "5.3"),
        ("15 dollars 50", "USD", "15.5"),
        ("75 USD million", "USD", "75000000"),
        ("120 MEUR", "EUR", "120000000"),
        ("three quarters billion us dollars", "USD", "750000000"),
        ("30 km", "km", "30"),
        ("30km", "km", "30"),
        ("four-mile", "mi", "4"),
        ("18,000 square kilometers", "km²", "18000"),
        ("4 km²", "km²", "4"),
        ("200 hectares", "ha", "200"),
        ("500 kg", "kg", "500"),
        ("3 m", "m", "3"),
        ("1,500 tonnes", "t", "1500"),
        ("50 km/h", "km/h", "50"),
        ("80 per cent", "percent", "80"),
        ("80%", "percent", "80"),
    ],
)
def test_units(amount: str, unit: str, value: str) -> None:
    mention = only(f"It was {amount}.")
    assert (mention.unit, mention.low) == (unit, Decimal(value))
    assert mention.text == amount


def test_five_m_are_metres_where_the_words_around_say_so() -> None:
    assert only("It stood 5m from the gate.").unit == "m"
    assert values(only("They got $17.5m from Qatar.")) == [17_500_000, 17_500_000]
    assert values(only("The EUR 17.5m from Berlin came.")) == [17_500_000, 17_500_000]


def test_ranges_share_their_unit() -> None:
    for amount, unit in [
        ("$5 to $10", "USD"),
        ("$5-10 million", "USD"),
        ("60 to 70 percent", "percent"),
        ("10-12 km", "km"),
        ("between 44 mg and 50 mg", "mg"),
    ]:
        mention = only(f"It was {amount}.")
        assert (mention.modifier, mention.unit) == ("between", unit)


def test_a_rate_is_written_with_a_stroke() -> None:
    assert only("20 trucks a day get through").unit == "count/d"
    assert only("it costs $30 per year").unit == "USD/year"
    assert only("up from 48 percent a year earlier").unit == "percent"


def test_pounds_are_a_weight_where_things_are_weighed() -> None:
    assert only("a bomb with 500 pounds of explosives fell").unit == "lb"
    assert only("he paid five pounds").unit == "GBP"


def test_millions_of_dollars() -> None:
    mention = only("ISIL has generated millions of dollars in cash.")
    assert (mention.text, mention.unit) == ("millions of dollars", "USD")
    assert mention.low == 2_000_000
