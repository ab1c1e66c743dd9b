"""How harm ended, by the words around a word of harm."""

from __future__ import annotations

import pytest

from annotation.numbers.implied.outcomes import dies_of_it, has_happened, told_harm
from annotation.numbers.implied.reader import implied_persons


@pytest.mark.parametrize(
    ("before", "word", "behind", "harm"),
    [
        # A blow kills nobody by itself.
        ("was", "hit", "by a stone", "injury"),
        ("was", "stabbed", "by a thief", "injury"),
        ("they", "struck", "a shepherd with clubs", "injury"),
        ("was", "shot", "by two men", "death"),
        ("was", "stabbed", "by a thief to death", "death"),
        ("they", "beat", "a trader to death in Onitsha", "death"),
        ("they", "put", "five deserters to death", "death"),
        ("was fatally", "stabbed", "by a thief", "death"),
        ("was", "shot", "in the left leg", "injury"),
        ("they", "shot", "a driver in the shoulder", "injury"),
        ("was", "shot", "in the head", "death"),
        ("was", "sentenced", "to death", "capture"),
        # What was lost.
        ("12 soldiers", "lost", "their lives", "death"),
        ("12 soldiers", "lost", "limbs", "injury"),
        ("the army", "lost", "12 men", None),
        ("the families", "lost", "their homes", None),
        ("they", "met", "in the town", None),
    ],
)
def test_a_word_of_harm_tells_with_the_words_around_it(
    before: str, word: str, behind: str, harm: str | None
) -> None:
    assert told_harm(before.split(), word, behind.split()) == harm


@pytest.mark.parametrize(
    ("behind", "dies"),
    [
        ("by a car and later died", True),
        ("by armed men on Monday and killed the next day", True),
        ("on a driver , killing him", True),
        ("by police , and was killed on the spot", True),
        ("by police . A man died", False),
        ("by police and killed a guard", False),
        ("in the raid , killing her", True),
        ("in the raid , killing her on the spot", True),
        ("in the raid , killing all of them", True),
        ("in the raid , killing her brother", False),
        ("in the raid , killing all passengers", False),
        ("by a thief in the town", False),
    ],
)
def test_who_was_hurt_or_taken_may_die_of_it(behind: str, dies: bool) -> None:
    assert dies_of_it(behind.split()) is dies


@pytest.mark.parametrize(
    ("before", "happened"),
    [
        ("police foiled the", False),
        ("they thwarted the kidnapping and", False),
        ("arrested for the attempted", False),
        ("an attempt on the", False),
        ("arrested for the", True),
        ("after a failed raid and his", True),
    ],
)
def test_what_was_only_tried_has_not_happened(before: str, happened: bool) -> None:
    assert has_happened(before.split()) is happened


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        # Who was aimed at, by what came of it.
        ("Soldiers shot at a lorry driver; he escaped.", []),
        ("They opened fire on a nurse, who was unharmed.", []),
        ("They opened fire on a tailor, killing him.", [("a tailor", "death")]),
        ("They fired at a guard and wounded him.", [("a guard", "injury")]),
        ("They fired at a nurse, killing her brother.", [("her brother", "death")]),
        (
            "A woman was hurt by men who killed her son.",
            [("A woman", "injury"), ("her son", "death")],
        ),
        # What has not happened.
        ("He was held for the attempted murder of a priest.", []),
        ("An attempt on the life of a governor was foiled.", []),
        ("Gunmen claimed the life of a teacher.", [("a teacher", "death")]),
        ("A policeman was sentenced to death.", []),
        ("Neither a civilian nor a soldier was killed.", []),
        # Rockets and drones are no persons.
        ("One fell on a warehouse.", []),
        ("Martyr Soro Amed units attacked a shop.", []),
        # Of whose clause it is.
        ("The wife of a mayor was killed.", [("The wife", "death")]),
        ("The burial of a farmer who was killed drew crowds.", [("a farmer", "death")]),
        ("Three relatives of a man who fled were killed.", []),
        ("The body of a teacher who had been abducted was found.", [("a teacher", "death")]),
        ("A drug and kidnapping suspect was killed.", [("suspect", "death")]),
        ("A student got injured.", [("A student", "injury")]),
        ("They clubbed a man to death.", [("a man", "death")]),
        ("She was killed by her brother and a man fled.", []),
        (
            "A woman was killed by her brother and a man died.",
            [("A woman", "death"), ("a man", "death")],
        ),
        ("A gunman shot at a bus.", []),
        ("Woman shot at market", [("Woman", "death")]),
        ("Police shot dead Joseph Mwangi in Mathare.", [("Joseph Mwangi", "death")]),
        ("Rifaat al-Said, 41, was killed.", [("Rifaat al-Said", "death")]),
        ("Rifaat al-Said died on Monday.", [("Rifaat al-Said", "death")]),
        ("A priest was abducted on Monday and killed in the bush.", [("A priest", "death")]),
    ],
)
def test_one_person_is_harmed_as_it_ended(text: str, persons: list[tuple[str, str]]) -> None:
    assert [(one.text, one.harm) for one in implied_persons(text)] == persons


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("The victim died on the spot.", []),
        ("The deceased was stabbed to death.", []),
        ("A man was shot dead; the victim was killed in his car.", ["A man"]),
        ("A woman was strangled, and the woman died at home.", ["A woman"]),
        # Another harm is told of than before, or somebody else.
        ("Gunmen kidnapped a nurse and killed the nurse.", ["a nurse", "the nurse"]),
        ("The victim's brother was killed.", ["brother"]),
        ("The driver was killed.", ["The driver"]),
        ("A victim was killed.", ["A victim"]),
    ],
)
def test_who_was_counted_before_is_not_counted_again(text: str, persons: list[str]) -> None:
    assert [one.text for one in implied_persons(text)] == persons
