"""What counts as a numeric mention, and how it is read; see docs/codebook.md."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotation.numbers.reader
from annotation.numbers.lexicon.number_words import CARDINALS
from annotation.numbers.lexicon.number_words import TENS as TENS_WORDS
from annotation.numbers.reader import MOST_NUMBERS, Mention, mention_row, read, read_article
from annotation.numbers.tokens.words import WORD_KINDS
from tests.unit.annotation.numbers.lines import texts


def only(text: str) -> Mention:
    [mention] = read(text)
    return mention


def values(mention: Mention) -> list[object]:
    return [mention.low, mention.high]


# ── Spans ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Troops killed some 100 fighters from ISIS.", "some 100 fighters"),
        ("They hold more than 80 percent of the city.", "more than 80 percent of the city"),
        ("There are an estimated 4,000 civilians inside.", "an estimated 4,000 civilians"),
        ("The blast left four wounded.", "four wounded"),
        ("We evacuated about 3,000 [people].", "about 3,000 [people]"),
        ("A 40,000-strong force came.", "40,000-strong force"),
        ("A 30,000-member border force came.", "30,000-member border force"),
        ("The 60-plus nation coalition met.", "60-plus nation coalition"),
        ("Between 10 and 15 people died.", "Between 10 and 15 people"),
        ("17 followers gave up their guns.", "17 followers"),
        ("More than 10,000 of their exhausted followers left.",
         "More than 10,000 of their exhausted followers"),
        ("Nearly 30 small shops here burned.", "Nearly 30 small shops"),
        ("100 people or more were there.", "100 people or more"),
        ("10,000 dead and counting", "10,000 dead and counting"),
        ("30 or so buses left.", "30 or so buses"),
        ("The toll rose to 43, officials said.", "43"),
        ("the number of dead, 43, is expected to rise", "43"),
        ("The final toll, 120, was the highest", "120"),
        ("The missing, 250, are feared dead", "250"),
        ("The women, 30, fled", "30"),
        ("The convoy, 121, was the longest", "121"),
        ("THE FIVE SOLDIERS DIED", "FIVE SOLDIERS"),
        ("The Five Soldiers", "Five Soldiers"),
        ("The Five Civilians Killed in Kabul", "Five Civilians"),
        ("Twelve were killed and 45 others injured.", "45 others"),
        ("They met 60 regional and international bodies.", "60 regional and international bodies"),
        ("They retook 18,000 square kilometers of territory.",
         "18,000 square kilometers of territory"),
        ("The plan costs $1.2bn a year.", "$1.2bn"),
        ("There was a total of 95 raids.", "a total of 95 raids"),
        ("About 60 percent of them fled.", "About 60 percent"),
        ("They want 200 at the very least.", "200 at the very least"),
        ("They have 300 tents at most.", "300 tents at most"),
        ("It lost 90 percent of its flats and up to 60 percent of its houses.",
         "90 percent of its flats"),
        ("Shelling left scores hurt.", "scores hurt"),
        ("The mayor reported 11 strikes.", "11 strikes"),
    ],
)  # fmt: skip
def test_the_span_is_modifier_number_and_unit_or_noun(sentence: str, span: str) -> None:
    assert span in texts(sentence)


def test_the_number_has_its_own_span_with_sign_currency_or_per_cent() -> None:
    for sentence, number in [
        ("more than 80 percent of the city", "80 percent"),
        ("up to $5 million was paid", "$5 million"),
        ("between 10 and 15 people", "10 and 15"),
        ("about 30km south", "30km"),
        ("100+ families", "100+"),
        ("60-plus nations", "60-plus"),
        ("at least a dozen rebels", "a dozen"),
        ("it fell to -5 million euros", "-5 million euros"),
    ]:
        mention = only(sentence)
        assert sentence[mention.number_start : mention.number_end] == number


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("three women and five children", ["three women", "five children"]),
        ("it rose from 10 to 15", ["10", "15"]),
        ("the force shrank from 8,000 to 2,000 men", ["8,000", "2,000 men"]),
        ("from 10 to 15 people", ["from 10 to 15 people"]),
        ("107 rockets and 16 mortar shells", ["107 rockets", "16 mortar shells"]),
        ("four dead and nine wounded", ["four dead", "nine wounded"]),
        ("about 30km (19 miles) south", ["about 30km", "19 miles"]),
        ("50 big and 30 small tents", ["50", "30 small tents"]),
        ("two F-16s dropped eight 500-pound bombs", ["two F-16s", "eight 500-pound bombs"]),
        ("1,200 hectares of rainforest and employs", ["1,200 hectares of rainforest"]),
        ("10,000 in Iraq / 7,861 in Syria", ["10,000", "7,861"]),
        ("1,300 of the 2,000 families fled", ["1,300 of the 2,000 families"]),
        ("five of Libya's 22 provinces", ["five of Libya's 22 provinces"]),
        ("one of the 44 survivors", ["44 survivors"]),
        ("a clash in which one guard was killed", ["one guard"]),
        ("asked which one guard was killed", []),
        ("from 1,000 up to 1,500 recruits", ["from 1,000 up to 1,500 recruits"]),
        ("it rose from 1,000 up to 1,500", ["1,000", "up to 1,500"]),
        ("gold rose $14 to $1,930", ["$14", "$1,930"]),
        ("two- to three-hundred men", ["two- to three-hundred men"]),
        ("Killed 4, wounded 9. Dead 33", ["4", "9", "33"]),
        ("64,000 children under five and 12 men", ["64,000 children", "12 men"]),
        ("Shelling of Tel Abyad killed 12 men", ["12 men"]),
        ("In Tel Aviv 12 people were hurt", ["12 people"]),
        ("A terror cell killed 12 people", ["12 people"]),
        ("The hotline received 400 calls", ["400 calls"]),
        ("Call the hotline 400 or tel. 0912 447", []),
        ("31 drones out of 36 were shot down", ["31 drones"]),
        ("60 out of about 200 prisoners", ["60 out of about 200 prisoners"]),
        ("18 out of a total of 24 villages", ["18 out of a total of 24 villages"]),
        ("dozens out of 300 men fled", ["dozens"]),
        ("nine people out of two houses", ["nine people", "two houses"]),
        ("dozens out of two collapsed houses", ["dozens", "two collapsed houses"]),
        ("Malaysia Airlines flight 370 passengers and the room 101 residents", []),
        ("Phone lines: 334455", []),
        ("At a checkpoint 4 soldiers were killed", ["4 soldiers"]),
        ("Along the main highway 22 trucks burnt", ["22 trucks"]),
        ("In Sadr City district 40 shops burnt", ["40 shops"]),
        ("At checkpoint 4 soldiers waved us on", []),
        ("On Route 40 drivers wait", []),
        ("The battalion (300 men) left the camp (12)", ["300 men"]),
    ],
)
def test_one_claim_or_two(sentence: str, spans: list[str]) -> None:
    assert texts(sentence) == spans


# ── Nouns ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sentence", "noun"),
    [
        ("nine US-backed fighters were killed", "US-backed fighters"),
        ("two suicide bombers blew themselves up", "suicide bombers"),
        ("six oil refinement stills, three caches", "oil refinement stills"),
        ("killing six members of the same family", "members"),
        ("one strike destroyed a tank", "strike"),
        ("one Turkish soldier died", "Turkish soldier"),
        ("two South Korean soldiers deserted", "South Korean soldiers"),
        ("six police station areas of the city", "police station areas"),
        ("12 special forces soldiers landed", "special forces soldiers"),
        ("seized 12 AK-47 rifles", "AK-47 rifles"),
        ("fired six 120mm mortar shells", "120mm mortar shells"),
        ("five strikes engaged units", "strikes"),
        ("23 strikes using bombers", "strikes"),
        ("ten people killed", "people"),
        ("35 more innocent civilians and", "innocent civilians"),
        ("63 prisoners of war", "prisoners of war"),
        ("half the city", "city"),
        ("25% of Iraqi territory has", "Iraqi territory"),
        ("three of the five bridges are", "bridges"),
        ("nearly 70 percent of Kharkiv's power stations", "Kharkiv's power stations"),
        ("the 726 includes them", None),
        ("eight in the last 24 hours", None),
        ("45 others", None),
        ("thousands more are missing", None),
        ("a reward of $5 million for news", None),
        ("within 7.5 kilometers of Tabqa", None),
        ("two burnt bodies lay there", "burnt bodies"),
        ("two badly burnt bodies lay there", "badly burnt bodies"),
        ("six dead bodies were found", "dead bodies"),
        ("the three most wanted men", "most wanted men"),
        ("treated 1,100 war wounded in May", "war wounded"),
        ("600 to 700 infantry fighting vehicles", "infantry fighting vehicles"),
        ("40 GMLRS rockets", "GMLRS rockets"),
        ("36 F-16s and", "F-16s"),
        ("31 Abrams tanks", "Abrams tanks"),
        ("four F/A-18s hit", "F/A-18s"),
        ("20 Leopard 2 tanks", "Leopard 2 tanks"),
        ("two 16-year-old boys", "16-year-old boys"),
        ("40 under-fives died", "under-fives"),
        ("a 19-strong gang armed with knives", "gang"),
        ("600 tons of aid reach Derna", "aid"),
        ("two senior high court judges", "senior high court judges"),
        ("50 drivers and traders who fled", "drivers and traders"),
        ("12 people and protests erupted", "people"),
        ("20 dead and wounded", "dead and wounded"),
        ("five home-made mines", "home-made mines"),
        ("hundreds walk home", None),
        ("dozens more civilians fled", "civilians"),
        ("six Kilo-class submarines", "Kilo-class submarines"),
        ("20 face charges", None),
        ("sixty let go", None),
        ("four killed the mayor", None),
    ],
)
def test_the_noun_is_what_is_counted(sentence: str, noun: str | None) -> None:
    assert read(sentence)[0].noun == noun


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


def test_what_people_are_of_is_their_age_unless_it_is_counted() -> None:
    assert texts("Women of 12 villages and a man of 30 fled.") == ["12 villages"]


# ── No mentions ──────────────────────────────────────────────────────────────────────────────


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


# ── The contract of the command line ─────────────────────────────────────────────────────────


def test_a_row_is_json_with_numbers_as_numbers() -> None:
    row = mention_row(only("more than 2.5 tonnes of rice"))
    assert json.loads(json.dumps(row)) == {
        "start": 0,
        "end": 28,
        "text": "more than 2.5 tonnes of rice",
        "number_start": 10,
        "number_end": 20,
        "low": 2.5,
        "high": None,
        "modifier": "at_least",
        "unit": "t",
        "noun": "rice",
        "implied": False,
        "role": "total",
        "policy": None,
    }
    assert mention_row(only("dozens of men"))["policy"] == "literal"
    assert json.dumps(mention_row(only("4.5 billion men"))["low"]) == "4500000000"


def test_offsets_count_code_points() -> None:
    text = "😀 İstanbul: “Zwölf” – about 3,000 people"
    mention = only(text)
    assert text[mention.start : mention.end] == mention.text == "about 3,000 people"


# ── Any content ──────────────────────────────────────────────────────────────────────────────

VOCABULARY = (
    *sorted(WORD_KINDS),
    *("-", "–", ",", ".", "/", "(", ")", "[", "]", "$", "€", "%", "+", ">", "<", "=", "~", "½"),
    *("km²", "AK-47", "http://x.y/1", "10:30", "1/2", "007", "1e99", "İ", "\n", "\n\n"),
    *("a few", "at least", "more than", "up to", "or more", "or so", "plus", "people", "killed"),
    *("0", "1", "2", "5", "10", "12", "25", "3,000", "1.5", "5.000", "2016", "1 500", "10k"),
)
sentences = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY), max_size=40).map("".join),
)


@given(sentences)
def test_offsets_always_slice_to_the_text_and_reading_never_raises(text: str) -> None:
    before = 0
    for mention in read(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start <= mention.number_start < mention.number_end <= mention.end
        assert mention.start >= before
        assert mention.noun is None or mention.noun in mention.text
        assert mention.low is not None or mention.high is not None
        if mention.low is not None and mention.high is not None:
            assert mention.low <= mention.high
        json.dumps(mention_row(mention), allow_nan=False)
        before = mention.end


@given(sentences)
def test_the_policy_changes_values_only(text: str) -> None:
    spans = [(m.start, m.end, m.modifier) for m in read(text)]
    assert [(m.start, m.end, m.modifier) for m in read(text, policy="acled")] == spans


UNITS = list(CARDINALS)[:20]
TENS = ["", "", *list(TENS_WORDS)[:8]]


def in_words(n: int) -> str:
    """The English cardinal, as a style guide writes it."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if n >= scale:
            rest = n % scale
            joint = "" if not rest else " and " if rest < 100 else " "
            return f"{in_words(n // scale)} {word}{joint}{in_words(rest) if rest else ''}"
    if n >= 100:
        return f"{UNITS[n // 100]} hundred" + (f" and {in_words(n % 100)}" if n % 100 else "")
    if n >= 20:
        return TENS[n // 10] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    return UNITS[n]


@pytest.mark.slow
@given(st.integers(2, 10**12 - 1))
def test_a_number_in_words_reads_back_as_itself(n: int) -> None:
    assert only(f"They counted {in_words(n)} people.").low == n


@given(st.integers(0, 10**12))
def test_a_number_in_digits_reads_back_as_itself(n: int) -> None:
    assert only(f"They counted {n:,} people.").low == n
    assert only(f"They counted {n:,} people.").high == n


@given(st.decimals(0, 10**6, places=2))
def test_an_amount_of_money_reads_back_as_itself(amount: Decimal) -> None:
    mention = only(f"They paid ${amount:,} for it.")
    assert (mention.low, mention.unit) == (amount, "USD")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_range_reads_back_as_itself(low: int, more: int) -> None:
    mention = only(f"They counted between {low:,} and {low + more:,} people.")
    assert mention.modifier == "between"
    assert values(mention) == [low, low + more]


@pytest.mark.parametrize(
    "text",
    ["1" * 1_000_000, "," * 1_000_000, "1," * 500_000, "1." * 500_000, "1-" * 500_000,
     "one hundred and " * 60_000, "(" * 100_000 + "5", "-" * 100_000 + "5", "a-" * 100_000 + " 5",
     "¼" * 277, "5 men, " * 300, "two men, " * 300, "1 " * 1_000, "$5; " * 300],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_the_work_on_one_sentence_is_bounded(text: str) -> None:
    assert len(read(text)) <= MOST_NUMBERS


def test_a_hard_wrapped_line_goes_on() -> None:
    assert only("They lost more than 20\ntrucks.").noun == "trucks"
    assert [m.noun for m in read_article("They lost 20\ntrucks and 5\nmen.")] == ["trucks", "men"]
    assert texts("Toll rises to 20\nTrucks arrive") == ["20"]
    assert texts("Toll rises to 20\n\ntrucks arrive") == ["20"]


def test_an_article_is_read_to_its_end() -> None:
    text = "At least 17 soldiers died.\n" + "At least 17 soldiers died. " * 2000 + "Five men fled."
    mentions = list(read_article(text))
    assert len(mentions) == 2002
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert mentions[-1].text == "Five men"


def test_every_offset_of_a_mention_refers_to_the_article() -> None:
    text = "Toll rises.\nMore than 20 men fled.\nUp to $5 million was paid for 10 or so."
    mentions = [(m, text[m.number_start : m.number_end]) for m in read_article(text)]
    assert [(text[m.start : m.end], number) for m, number in mentions] == [
        ("More than 20 men", "20"),
        ("Up to $5 million", "$5 million"),
        ("10 or so", "10"),
    ]
    assert all(m.start <= m.number_start < m.number_end <= m.end for m, _ in mentions)


# ── The room as a whole ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("module", [annotation.numbers, annotation.numbers.reader])
def test_the_examples_in_the_docstrings_run(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_reader_needs_nothing_but_the_standard_library_and_the_records() -> None:
    root = Path(annotation.numbers.__file__).parents[2]
    script = (
        f"import sys; sys.path.insert(0, {str(root)!r})\n"
        "from annotation.numbers.reader import read\n"
        "assert read('12 men fled')[0].low == 12\n"
        "print(*(m for m in sys.modules if m.split('.')[0] not in sys.stdlib_module_names))\n"
    )
    isolated = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True
    )
    room = "annotation.numbers"
    others = {m for m in isolated.stdout.split() if m != room and not m.startswith(f"{room}.")}
    assert others == {"__main__", "annotation", "annotation.records"}
