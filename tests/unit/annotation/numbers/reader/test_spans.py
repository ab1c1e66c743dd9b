"""Where a numeric mention begins and ends, what its noun is, and what is one mention or two."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read
from tests.unit.annotation.numbers.lines import texts
from tests.unit.annotation.numbers.reading import only

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
