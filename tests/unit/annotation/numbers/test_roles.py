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
