"""What a number is to the others of its sentence."""

from __future__ import annotations

import pytest

from annotation.numbers.reader import read

ROLES = [
    ("12 people, including three children, were killed.", ["total", "part"]),
    ("12 people died, among them three children.", ["total", "part"]),
    ("12 people died, seven of whom were soldiers.", ["total", "part"]),
    ("12 people, including three women and two children, died.", ["total", "part", "part"]),
    ("12 soldiers as well as three civilians died.", ["total", "total"]),
    ("12 soldiers and three civilians were killed.", ["total", "total"]),
    ("The toll rose from 18 to 33.", ["earlier", "total"]),
    ("33 people died, up from 18.", ["total", "earlier"]),
    ("The toll, earlier put at 18 people, rose to 33.", ["earlier", "total"]),
    ("The toll was revised to 33 from 18.", ["total", "earlier"]),
    ("Police revised the death toll from 12 to 16.", ["earlier", "total"]),
    ("The dead include three children.", ["total"]),
    # a whole that is named first
    ("Of the 18 dead, seven were boys.", ["total", "part"]),
    (
        "Of the 18 dead, seven were boys and five girls; 20 fled.",
        ["total", "part", "total", "total"],
    ),
    ("Of the 18 rebels, seven died and five fled.", ["total", "part", "part"]),
    ("Out of 22 passengers, only four survived.", ["total", "part"]),
    ("In a village of 300 people, 12 died.", ["total", "total"]),
    # parts that make up a whole
    ("Nine people – six men and three women – died.", ["total", "part", "part"]),
    ("Nine people died: six men and three women.", ["total", "part", "part"]),
    ("Nine people (six men, three women) died.", ["total", "part", "part"]),
    ("Nine people – six men and two women – died.", ["total", "total", "total"]),
    ("Eight dead, 5 from Homs and 3 from Hama.", ["total", "part", "part"]),
    ("They lost 3 tanks, 2 guns and 1 truck.", ["total", "total", "total"]),
    ("The toll rose from 12 to 19, among them four nurses.", ["earlier", "total", "part"]),
    # replaced
    ("Not 12 but 15 people were killed.", ["earlier", "total"]),
    ("Not 12 people, but 15 were killed.", ["earlier", "total"]),
    ("15 people, not 12, were killed.", ["total", "earlier"]),
    ("The attack killed 30 soldiers and not 20.", ["total", "earlier"]),
    ("Not only 12 soldiers but 15 civilians died.", ["total", "total"]),
    ("The number of dead was revised from 90 to 64.", ["earlier", "total"]),
    ("They cut the toll to 14 from 22.", ["total", "earlier"]),
    ("Aid fell to $6 million this year from $9 million.", ["total", "earlier"]),
    ("It rose to 40 after 3 bodies came from 2 villages.", ["total", "total", "total"]),
    ("9 died, not 12 as first reported.", ["total", "earlier"]),
    ("Deaths rose to 1,046 from 871.", ["total", "earlier"]),
    ("27 deaths, previously put at 19.", ["total", "earlier"]),
    ("Dozens of fatalities and injuries coded as 6.", ["earlier", "total"]),
    ("Several deaths were put at 4.", ["earlier", "total"]),
    ("Several guards were put at 4 gates.", ["total", "total"]),
    ("There were 40 casualties, including 12 dead.", ["total", "total"]),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_the_words_between_numbers_say_what_they_are(text: str, roles: list[str]) -> None:
    assert [mention.role for mention in read(text)] == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ten were killed, including a child, and 30 wounded.", ["total", "part", "total"]),
        ("Ten were killed, including a nurse, and 30 were hurt.", ["total", "part", "total"]),
        ("They killed ten, including a nurse, and took 20 boys.", ["total", "part", "total"]),
        ("Ten were killed, including a nurse and injured 20.", ["total", "part", "total"]),
        ("Ten were killed, among them a general, in six raids.", ["total", "part", "total"]),
        ("Ten were hurt, including a boy, when 40 rockets fell.", ["total", "part", "total"]),
        ("Ten were killed, including a nurse and two boys.", ["total", "part", "part"]),
        ("Ten were killed, including two nurses and a boy.", ["total", "part", "part"]),
        ("Ten died, among them a mother and her three girls.", ["total", "part", "part"]),
    ],
)
def test_one_person_hands_no_part_on(text: str, roles: list[str]) -> None:
    assert [mention.role for mention in read(text, implied=True)] == roles


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ten were killed, including two nurses, and wounded 20.", ["total", "part", "total"]),
        ("Ten were killed, including two nurses, and 20 wounded.", ["total", "part", "total"]),
        ("Ten were killed, including two nurses, and 20 were hurt.", ["total", "part", "total"]),
        ("Ten were killed, including two nurses, in six raids.", ["total", "part", "total"]),
        ("Ten, including two nurses and six boys were killed.", ["total", "part", "part"]),
        ("12 were hit, including three dead and two injured.", ["total", "part", "part"]),
        ("12 were hit; four of them died and two were jailed.", ["total", "part", "total"]),
    ],
)
def test_a_list_of_parts_ends_where_others_are_told_of(text: str, roles: list[str]) -> None:
    assert [mention.role for mention in read(text)] == roles
