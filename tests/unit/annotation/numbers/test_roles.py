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
