"""Where a number is excluded, and where it only looks like one that is."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read
from tests.unit.annotation.numbers.lines import texts


@pytest.mark.parametrize(
    "sentence",
    [
        "The toll is unknown.[12]",
        "It happened in 2014.[3][4]",
        "Fighters entered the village.[23] The army fled.",
        "The village lies at 36.2 degrees north, 37.1 degrees east.",
        "The village (36.2021, 37.1343) was hit.",
        "Coordinates: 15.35, 44.20",
        "at 34°31'N 69°11'E",
        "The post at 48.5134, 37.9012 was hit.",
        "36.20 N, 37.13 E",
        "114. The violence went on in the north.",
        "See paras. 16 and 17, articles 7 and 8, and annexes 2 and 3.",
        "99. The Mission raised awareness among staff.",
        # abbreviated
        "See p. 17, pp. 40-44, art. 3, s. 34, sec. 9 and fn. 21.",
        "See note 7 and notes 3 and 4.",
        "Sections 121A and 153 of the code apply.",
        "See pp. 3-9, n. 12, and vol. 2, ch. 6.",
        "Article 51, paragraph 2, and rule 14 protect civilians.",
        "He read resolution 2118 and decision 7.",
        "It began at 8 the next morning.",
        "Rule 5.2 and rule 61 bis apply.",
        "On frequency 121.5 and on 101.5 FM it was told.",
        "Men¹ fled²; it fell.³",
        "Map reference NT 255 735 marks the site.",
        "1) They left; 2) the town fell.",
        # units whose kind stands behind their name
        "A patrol of 55 Rashtriya Rifles came.",
        "The 13 Jammu and Kashmir Light Infantry left.",
        "28 Madras Regiment held the pass.",
        "Sepoys of 7 Garhwal Rifles dug in.",
        "They attacked 16 Lancers and 3/9 Gorkha Rifles.",
        "Jawans of 212 Bn CRPF and 6 Coy came.",
        "A team of 182 Bn was hit.",
        "They used 5.56mm carbines and calibre 14.5mm.",
        "They shot with a .45 carbine.",
        "The 2008 raid killed nobody.",
        "2008 raid",
        "under the 2000 constitution",
        "A 2014 coup attempt failed.",
        "The channel moved to 11555 MHz.",
        "on the frequency 10971 V 27500",
        "Hot Bird 13E 12092 H",
        "Security Council resolutions 1373 and 1540",
        "section 144 was imposed",
        "under Section 302 and 307 of the code",
        "the 1267 committee",
        "the 1267 sanctions list",
        "the Committee of 24",
        "geoprecision 2",
        "They have few freedoms.",
        "The village was cut in two.",
        "They split in two.",
        "united under one banner",
        "The families live under one roof.",
        "The 106 Infantry Brigade and 309 Tobruk Brigade joined the battle for Sirte.",
        "Fighters of 1 Corps and 22 SAS shelled the pass.",
        "Police from 4 Squadron and 2 Platoon fired on the crowd.",
        "Jets of 16 Squadron bombed the depot.",
        "the 21 Brigade",
        "soldiers of 145 Battalion",
        "a .22 rifle",
        "a .315 bore rifle",
        "a 32 bore pistol",
        "a 2,000lb bomb",
        "a 500kg bomb",
        "a 5,000-kilogram bomb",
        "a 500 kg car bomb",
        "Amina, six, and Yusuf, seven, were killed with their uncle Ali, 40.",
        "Her daughter Rim, four, survived.",
        "Sara, 11, Noor, nine, and Adam, two, were buried on Friday.",
        "The zero tolerance policy and the zero-sum game went on.",
        "his sisters, 7 and 9, died",
        "The victims were 23, 31 and 45 years old",
        "a 16- and 17-year-old",
        "Children as young as 7 were shot.",
        "Ali (34) and Hassan (29) were detained.",
        "Posted 4m ago",
        "4m ago",
        "1/ THREAD on the war",
        "1/12 Yesterday we went there",
        "grid 37S 2231",
        "grid reference 37S BV 2231 4502",
        "The bridge was blown up.[7] Nobody was hurt.",
        "She denied it,[3] as did her lawyer.",
        "The depot at 47.8388, 35.1396 burnt down.",
        "A drone fell at 33.51 N 36.29 E on Monday.",
        "212. The panel received no answer.",
        "(88) Witnesses described the shelling.",
        "See paragraphs 112 to 115 and annexes 4 and 5.",
        "A 2011 massacre was not investigated.",
        "The station broadcast on 105.5 MHz.",
        "Charges were filed under sections 295 and 298.",
        "Resolutions 2139 and 2165 were ignored.",
        "The 1518 committee met in private.",
        "Geoprecision 1 was assigned.",
        "Few residents stayed behind.",
        "The column was split in two by the river.",
        "The clans stood under one flag.",
        "Men of 3 Commando and the 4 Mechanised Brigade took the hill.",
        "A 250kg bomb fell on the school.",
        "Layla, eight, and Omar, three, were pulled from the rubble.",
        "Her sons, 5 and 7, survived.",
        "The dead were 17, 22 and 40 years old.",
        "Updated 9m ago",
        "3/ They then shelled the hospital.",
        "The crater is at grid 38S 4412.",
    ],
)
def test_a_number_that_counts_nothing_is_no_claim(sentence: str) -> None:
    assert texts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("They shelled the town.[1] Two men died.", ["Two men"]),
        ("(45) The Commission notes that 14 villages were burnt.", ["14 villages"]),
        ("§ 45 The Commission notes that 14 villages were burnt.", ["14 villages"]),
        ("As described in paragraphs 50 and 51 above, one civilian died.", ["one civilian"]),
        ("328. The Commission notes that 14 villages were burnt.", ["14 villages"]),
        ("Sections 4 to 6 and pages 12 and 13 list 40 names.", ["40 names"]),
        ("5 (five) people were killed.", ["5 (five) people"]),
        ("twelve (12) men", ["twelve (12) men"]),
        ("Troops of 21 Brigade and 7 Division killed six militants near Bama.", ["six militants"]),
        ("Some 12 brigades have been moved to the border.", ["Some 12 brigades"]),
        ("two .22 rifles", ["two .22 rifles"]),
        ("dropped three 500kg bombs", ["three 500kg bombs"]),
        ("Two 16- and 17-year-old boys were shot.", ["Two 16- and 17-year-old boys"]),
        ("Two brothers, 9 and 11, were killed.", ["Two brothers"]),
        ("Two men in their 20s and a woman aged between 30 and 40 were found dead.", ["Two men"]),
        ("The camp. 12 villagers fled.", ["12 villagers"]),
        ("Rebels shelled the road. 5 drivers died.", ["5 drivers"]),
        ("He spoke to reporters in the hotel room. 3 guards stood by.", ["3 guards"]),
        ("They burnt the unit. 9 soldiers died.", ["9 soldiers"]),
        ("They flew in by helicopter. 5 crew were lost.", ["5 crew"]),
        ("The prisoners are in the ward. 11 are ill.", ["11"]),
        ("Rebels united under one banner and marched under two flags.", ["two flags"]),
        ("Nine (9) bodies were found.", ["Nine (9) bodies"]),
        ("A few residents stayed behind.", ["A few residents"]),
        ("The 55 Infantry Battalion lost seven soldiers.", ["seven soldiers"]),
        ("A .32 bore revolver and 12 cartridges were found.", ["12 cartridges"]),
        ("Police seized three .303 rifles.", ["three .303 rifles"]),
        ("Jets dropped four 250 kg bombs.", ["four 250 kg bombs"]),
    ],
)
def test_beside_it_the_claims_are_read(sentence: str, spans: list[str]) -> None:
    assert texts(sentence) == spans


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("Rioters set 20 cars ablaze.", ["20 cars"]),
        ("They set 14 houses on fire.", ["14 houses"]),
        ("They set three houses alight", ["three houses"]),
        ("The war killed 300 last year.", ["300"]),
        ("Police arrested 12 last week.", ["12"]),
        ("Aid cost $8 billion last year.", ["$8 billion"]),
        ("He spent $3m last month", ["$3m"]),
        ("The last two years", []),
        ("Rioters set 30 shops on fire.", ["30 shops"]),
        ("The mob set 11 vehicles alight.", ["11 vehicles"]),
        ("They set two police cars ablaze and fled.", ["two police cars"]),
        ("They set fire to nine huts.", ["nine huts"]),
        ("The floods killed 41 last month.", ["41"]),
        ("Troops arrested 90 last Friday.", ["90"]),
        ("The fund paid out $14 million last year.", ["$14 million"]),
        ("Some 6,000 fled last weekend.", ["Some 6,000"]),
        ("The outbreak killed 150 last summer.", ["150"]),
        ("Raids killed 25 early Sunday.", ["25"]),
        ("Shelling wounded seven late last night.", ["seven"]),
        ("They lost 60 men last winter.", ["60 men"]),
        ("Over the last 12 months nothing changed.", []),
        ("in the next three years", []),
        ("Protesters block 12 roads every day.", ["12 roads"]),
        ("Police question 15 suspects.", ["15 suspects"]),
        ("They will train 400 recruits.", ["400 recruits"]),
        ("He lives at block 12.", []),
    ],
)
def test_a_verb_or_a_past_time_beside_a_number_leaves_it_a_claim(
    sentence: str, spans: list[str]
) -> None:
    assert texts(sentence) == spans


def test_the_same_number_twice_is_one() -> None:
    [mention] = read("Some 5 (five) people were killed.")
    assert mention.text == "Some 5 (five) people"
    assert mention.low == mention.high == 5


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        ("Doctors note 12 deaths.", ["12 deaths"]),
        ("Police seized 20 rifles and 12 AK-47 rifles.", ["20 rifles", "12 AK-47 rifles"]),
        ("Police Seize 20 Assault Rifles In Raid", ["20 Assault Rifles"]),
        ("120 infantry met 3 Royal Marines.", ["120 infantry", "3 Royal Marines"]),
        ("Some 3000 para-military personnel came.", ["Some 3000 para-military personnel"]),
        ("It earned Rs 145 Bn.", ["Rs 145 Bn"]),
        ("It has 8 Bn people and 4.5 Bn euros.", ["8 Bn people", "4.5 Bn euros"]),
        ("About 12 mm of rain fell.", ["About 12 mm of rain"]),
        ("A camp 2.5 km away has 121.5 hectares.", ["2.5 km", "121.5 hectares"]),
        ("Four men¹ were seized.", ["Four men"]),
        # a full stop without a blank behind it, and a footnote mark
        ("The raid ended at dawn.12 rebels lay dead.", ["12 rebels"]),
        ("The raid ended at dawn.12 The rebels fled.", []),
        ("See fig.12 of the report and notes.12 pages.", ["12 pages"]),
        # lists
        ("Houses burnt (48), cattle stolen (350).", ["48", "350"]),
        ("Nurses (3) and doctors (2) left.", ["3", "2"]),
        ("James (47) and Amina (39) left.", []),
        ("Casualties: army 3, rebels 11, civilians 2.", ["3", "11", "2"]),
        ("See page 3, lines 11 and 12.", []),
        ("They rule 12 provinces.", ["12 provinces"]),
        ("They lost 18 the next morning.", ["18"]),
        ("By noon three of the mayor's cars burned.", ["three of the mayor's cars"]),
        ("Tehran spent $2 billion last fiscal year.", ["$2 billion"]),
    ],
)
def test_what_only_looks_like_a_name_is_counted(sentence: str, spans: list[str]) -> None:
    assert texts(sentence) == spans
