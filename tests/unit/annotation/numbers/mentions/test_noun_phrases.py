"""Where what is counted begins and ends."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read


@pytest.mark.parametrize(
    ("sentence", "spans"),
    [
        (
            "two Border Security Force (BSF) personnel died",
            ["two Border Security Force (BSF) personnel"],
        ),
        (
            "dozens of administration and police staff left",
            ["dozens of administration and police staff"],
        ),
        ("dozens of administration workers", ["dozens of administration workers"]),
        ("500 rounds of ammunition", ["500 rounds of ammunition"]),
        ("two motorbikes and livestock were stolen", ["two motorbikes"]),
        ("eight Nigerien Fulani were killed", ["eight Nigerien Fulani"]),
        ("Some 8,396 injured due to shelling", ["Some 8,396 injured"]),
        (
            "Three National Liberation Army (ELN) rebels surrendered.",
            ["Three National Liberation Army (ELN) rebels"],
        ),
        (
            "Some 40 Rapid Support Forces (RSF) vehicles entered.",
            ["Some 40 Rapid Support Forces (RSF) vehicles"],
        ),
        ("six Indian Reserve Battalion (IRB) men", ["six Indian Reserve Battalion (IRB) men"]),
        ("dozens of opposition supporters", ["dozens of opposition supporters"]),
        ("3,000 rounds of machine-gun ammunition", ["3,000 rounds of machine-gun ammunition"]),
        ("seized 15 bags of rice and two goats", ["15 bags of rice", "two goats"]),
        ("stole ten goats and cattle.", ["ten goats"]),
        ("four Malian Tuareg were abducted", ["four Malian Tuareg"]),
        ("five Chadian Arab herders died", ["five Chadian Arab herders"]),
        ("112 wounded due to the blast", ["112 wounded"]),
        ("two Christian Igbo were stabbed", ["two Christian Igbo"]),
        ("stole two motorbikes and livestock.", ["two motorbikes"]),
        ("dozens of administration officials fled", ["dozens of administration officials"]),
        ("dozens of administration, police and army staff fled", ["dozens of administration"]),
        (
            "killed two Central Reserve Police Force (CRPF) jawans.",
            ["two Central Reserve Police Force (CRPF) jawans"],
        ),
        (
            "300 Popular Mobilization Forces (PMF) fighters came",
            ["300 Popular Mobilization Forces (PMF) fighters"],
        ),
        ("four members (including a woman)", ["four members"]),
        ("1,200 rounds of ammunition were seized.", ["1,200 rounds of ammunition"]),
        ("five rounds of talks", ["five rounds of talks"]),
        ("12 boxes of the same", ["12 boxes"]),
        ("300 injured in the attack", ["300 injured"]),
        ("20 wounded following a raid", ["20 wounded"]),
        ("five soldiers, 20 police", ["five soldiers", "20 police"]),
        ("two pieces of heavy equipment were lost", ["two pieces of heavy equipment"]),
        ("12 drums of diesel and six bales of hay", ["12 drums of diesel", "six bales of hay"]),
        ("Some 30 nuns and monks were taken", ["Some 30 nuns and monks"]),
        ("He said 30 nuns and monks fled", ["30 nuns and monks"]),
        ("killed 30 soldiers and villagers were hurt", ["30 soldiers"]),
        ("2 canoes and other materials were seized", ["2 canoes"]),
        ("About 200 men, women and children hid", ["About 200 men, women and children"]),
        ("two South Sudanese and one Kenyan left", ["two South Sudanese", "one Kenyan"]),
        ("Six masked, heavily armed men came", ["Six masked, heavily armed men"]),
        ("12 injured, police officers said", ["12 injured"]),
        (
            "Five Sudan People's Liberation Army (SPLA) soldiers left",
            ["Five Sudan People's Liberation Army (SPLA) soldiers"],
        ),
        ("Seven plain-clothes police officers left", ["Seven plain-clothes police officers"]),
        (
            "21 former Kosovo Liberation Army (KLA) fighters left",
            ["21 former Kosovo Liberation Army (KLA) fighters"],
        ),
    ],
)
def test_a_noun_ends_where_the_codebook_ends_it(sentence: str, spans: list[str]) -> None:
    assert [mention.text for mention in read(sentence)] == spans
