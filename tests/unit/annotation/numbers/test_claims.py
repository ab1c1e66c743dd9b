"""Kinds of wordings, and what of them is claimed: the values, or the spans of the mentions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotation.numbers.reader import Mention, read


def said(mention: Mention) -> str:
    def plain(value: Decimal | None) -> str:
        return "" if value is None else format(value.normalize(), "f")

    low, high = plain(mention.low), plain(mention.high)
    value = low if low == high else f"{low}..{high}"
    return value if mention.unit == "count" else f"{value} {mention.unit}"


def assert_claims(sentence: str, claims: list[str]) -> None:
    """Every claim in its order, each written as its value or as its span."""
    mentions = read(sentence)
    assert [
        claim if claim in {said(mention), mention.text} else said(mention)
        for mention, claim in zip(mentions, [*claims, *[""] * len(mentions)], strict=False)
    ] == claims


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("31 out of 36 drones fell", ["31"]),
        ("31 out of the 36 drones fell", ["31"]),
        ("At least 20 out of 36 hospitals are shut", ["20.."]),
        ("Some 1.9 million out of 2.2 million people have fled.", ["1900000"]),
        ("One out of five families fled", ["0.2 fraction"]),
        ("Three out of four hospitals are shut", ["0.75 fraction"]),
        ("Two out of every three families eat once a day.",
         ["0.6666666666666666666666666667 fraction"]),
        ("Voters in 13 out of 15 districts", ["13"]),
        ("110 out of 177 cases", ["110"]),
        ("The army says 48 out of 60 missiles were intercepted.", ["48"]),
        ("In total 9 out of 14 wells are dry.", ["9"]),
        ("Nine out of ten homes were flattened.", ["0.9 fraction"]),
        ("Only 250 out of the 1,200 hostages came back.", ["250"]),
        ("Nearly 3 million out of 5 million voters stayed at home.", ["3000000"]),
        ("At least 7 out of 18 provinces are under siege.", ["7.."]),
        ("One out of every six children is hungry.", ["0.1666666666666666666666666667 fraction"]),
        ("Rebels hold 23 out of 39 districts in the south.", ["23"]),
        ("Two out of five bakeries work.", ["0.4 fraction"]),
        ("It shot down 12 out of 17 ballistic missiles.", ["12"]),
        ("half-a-dozen men", ["6"]),
        ("2 to 3 dozen men", ["24..36"]),
        ("a score of men", ["20"]),
        ("10s of fighters", ["20.."]),
        ("Police held half-a-dozen suspects.", ["6"]),
        ("Between two and three dozen tents burnt.", ["24..36"]),
        ("About four to five dozen families left.", ["48..60"]),
        ("A score of villages were emptied.", ["20"]),
        ("100s of homes burnt down.", ["200.."]),
        ("Nearly a score of gunmen came.", ["20"]),
        ("Two or three dozen rebels fled.", ["24..36"]),
        ("1000s of people marched.", ["2000.."]),
        ("Half-a-million people need help.", ["500000"]),
        ("He won with a score of 34", ["34"]),
        ("The toll rose by 12 to 40", ["12", "40"]),
        ("The count increased by 7 to 52.", ["7", "52"]),
        ("Deaths were up by three to 19.", ["3", "19"]),
        ("The number of camps dropped by 4 to 16.", ["4", "16"]),
        ("Prices rose by 10 to 15 percent.", ["10..15 percent"]),
        ("Arrests fell by 120 to 430.", ["120", "430"]),
        ("The toll has climbed by eight to 71.", ["8", "71"]),
        ("Output grew by 2 to 3 million barrels.", ["2000000..3000000"]),
        ("Killings went up by 22 percent to 610.", ["22 percent", "610"]),
        ("The force was reduced by 500 to 1,500.", ["500", "1500"]),
        ("They marched by 10 to 15 tents.", ["10..15"]),
        ("It grew 5‰", ["0.5 percent"]),
        ("7 Tn of cocaine", ["7 t"]),
        ("Rs 3,50,000 to 7,00,000 crore", ["3500000000000..7000000000000 INR"]),
        ("A death rate of 3‰ was found.", ["0.3 percent"]),
        ("Police seized 12 Tn of cannabis.", ["12 t"]),
        ("The debt is $7 tn of bonds", ["7000000000000 USD"]),
        ("Some 4.5 ‰ of births", ["0.45 percent"]),
        ("Rs 1,20,000 to 2,50,000 crore was lost.", ["1200000000000..2500000000000 INR"]),
        ("Rs 500 to 700 crore", ["5000000000..7000000000 INR"]),
        ("They found 2 Tn of hashish.", ["2 t"]),
        ("Losses of 1,000 to 5 million dollars", ["1000..5000000 USD"]),
        ("Losses of 1,500 to 2,500 million euros", ["1500000000..2500000000 EUR"]),
        ("The deal is worth 3 tn euros", ["3000000000000 EUR"]),
        ("N1.2 billion was stolen", ["1200000000 NGN"]),
        ("R2.5 million was stolen", ["2500000 ZAR"]),
        ("Sh200m was stolen", ["200000000 KES"]),
        ("KSh4.5bn was stolen", ["4500000000 KES"]),
        ("CFA 500 million was paid", ["500000000 XOF"]),
        ("NIS 20 million was paid", ["20000000 ILS"]),
        ("SDG 5 billion was paid", ["5000000000 SDG"]),
        ("SSP 100,000 was paid", ["100000 SSP"]),
        ("The ransom of N50 million was paid.", ["50000000 NGN"]),
        ("Losses reached R780 million.", ["780000000 ZAR"]),
        ("A fine of Sh50,000 was set.", ["50000 KES"]),
        ("Damage of KSh1.5 billion", ["1500000000 KES"]),
        ("They asked for CFA 25 million.", ["25000000 XOF"]),
        ("They asked for FCFA 3 billion.", ["3000000000 XOF"]),
        ("A budget of NIS 3.5 billion", ["3500000000 ILS"]),
        ("A bribe of SSP 20 million", ["20000000 SSP"]),
        ("SDG 700,000 was looted.", ["700000 SDG"]),
        ("Some Sh300 million in cash", ["300000000 KES"]),
        ("The dead were soldiers (4), police (2)", ["4", "2"]),
        ("Among the dead: civilians (12), militants (7)", ["12", "7"]),
        ("Losses were tanks (3), trucks (11) and drones (6)", ["3", "11", "6"]),
        ("Killed (14), wounded (30)", ["14", "30"]),
        ("Mohammed (47) was shot", []),
        ("The officer (32) died", []),
        ("Victims: women (5), children (9)", ["5", "9"]),
        ("Seized: rifles (40), grenades (17)", ["40", "17"]),
        ("James (27) was hit", []),
        ("Displaced families (320) were fed", ["320"]),
        ("Houses (2017) by an author", []),
        ("2x T-72 were lost", ["2x T-72"]),
        ("3 × 122mm rockets were fired", ["3 × 122mm rockets"]),
        ("They lost 4x BMP-2", ["4x BMP-2"]),
        ("5 x mortar shells were found", ["5 x mortar shells"]),
        ("Police found 10x grenades", ["10x grenades"]),
        ("2 × 155mm shells landed", ["2 × 155mm shells"]),
        ("7x rifles and 3x pistols", ["7x rifles", "3x pistols"]),
        ("Prices are 3x higher", []),
        ("It is 2x the size", []),
        ("6 x 82mm mortar rounds hit the base", ["6 x 82mm mortar rounds"]),
        ("4x4 cars were taken", []),
        ("1x IED exploded", ["1x IED"]),
        ("They fled the camp. 7 girls are missing", ["7"]),
        ("They shelled the road. 5 drivers died.", ["5"]),
        ("They burnt the unit. 9 soldiers died.", ["9"]),
        ("He works as No. 7", []),
        ("See fig. 12 for it", []),
        ("Police raided the group. 4 men were held.", ["4"]),
        ("They held the block. 20 residents were freed.", ["20"]),
        ("They blew up the bridge and the gate. 12 guards died", ["12"]),
        ("It hit the platform. Two trains burned", ["2"]),
        ("He left the base. 30 troops stayed.", ["30"]),
        ("See para. 14 of it", []),
    ],
)  # fmt: skip
def test_values(sentence: str, claims: list[str]) -> None:
    assert_claims(sentence, claims)
