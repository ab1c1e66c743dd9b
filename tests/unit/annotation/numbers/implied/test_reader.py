"""Who came to harm and is named without a number."""

from __future__ import annotations

import pytest

from annotation.numbers.implied.lexicon import HARMS
from annotation.numbers.implied.reader import implied_persons
from annotation.numbers.reader import read
from annotation.schema import read_schema
from newsledger.settings import packaged

NAMED = [
    ("Robbers managed to kill a guard.", [("a guard", "death")]),
    ("The blast may have killed a nurse.", [("a nurse", "death")]),
    ("A soldier condemned to death was executed.", [("A soldier", "death")]),
    ("A corporal fell in combat.", [("A corporal", "death")]),
    ("Gunmen shot dead an inspector in Mosul.", [("an inspector", "death")]),
    ("An attack, killing a woman and her son", [("a woman", "death"), ("her son", "death")]),
    ("The wounded driver succumbed to his injuries.", [("The wounded driver", "death")]),
    ("The body of a man was found on the road.", [("a man", "death")]),
    ("A body was found near the river.", [("A body", "death")]),
    ("Bomber kills officer in Kabul", [("officer", "death")]),
    ("Soldier killed in ambush in Mali", [("Soldier", "death")]),
    ("Police killed Ahmad S. near the bridge.", [("Ahmad S.", "death")]),
    ("A senior police officer, 43, was killed by gunmen.", [("A senior police officer", "death")]),
    ("One soldier was killed and another wounded.", [("another", "injury")]),
    (
        "Rebels abducted a chief and killed his brother.",
        [("a chief", "capture"), ("his brother", "death")],
    ),
    (
        "They killed three soldiers, a policeman and a child.",
        [("a policeman", "death"), ("a child", "death")],
    ),
    ("A 14-year-old boy was stabbed to death.", [("A 14-year-old boy", "death")]),
    # What harmed them is told by the word that reaches them, not by the nearest.
    ("Two guards were killed while a cook was wounded.", [("a cook", "injury")]),
    ("An officer was injured in the clash that killed two.", [("An officer", "injury")]),
    (
        "A councillor was shot dead and a clerk was hurt.",
        [("A councillor", "death"), ("a clerk", "injury")],
    ),
    # Of several words of harm the last says how it ended.
    ("A trader was shot and wounded in Kasr.", [("A trader", "injury")]),
    ("A trader was shot and later died.", [("A trader", "death")]),
    ("A teacher was beaten and then abducted.", [("A teacher", "capture")]),
    ("A member of the army shot and killed a member of the council.", [("a member", "death")]),
    ("A farmer lost his life when a mine went off.", [("A farmer", "death")]),
    ("A soldier lost a leg in the blast.", [("A soldier", "injury")]),
    ("A nurse was taken hostage.", [("A nurse", "capture")]),
    ("A journalist was taken hostage on Sunday.", [("A journalist", "capture")]),
    ("A sergeant was taken captive during the raid.", [("A sergeant", "capture")]),
    # Whoever is dead stays so, whatever stands behind it.
    ("A driver was killed and injured passengers were taken away.", [("A driver", "death")]),
    ("A farmer was killed and abducted women were freed.", [("A farmer", "death")]),
    ("A man was shot dead and wounded.", [("A man", "death")]),
    ("A woman was killed or injured.", [("A woman", "death")]),
    ("A nurse was beaten and killed.", [("A nurse", "death")]),
    ("A teacher was arrested and injured men were freed.", [("A teacher", "capture")]),
    ("A clerk was wounded and seized weapons were found.", [("A clerk", "injury")]),
]

NOBODY = [
    "A trader was nearly killed.",
    "Gunmen almost killed a judge.",
    "The army denied that a boy had been killed.",
    "The robbers fled without killing a guard.",
    "A farmer fell ill.",
    "A soldier fell from a roof.",
    "A man committed a robbery.",
    "A driver was condemned to death.",
    "Protesters blocked the highway in Lagos and three of them were shot.",
    "An attack killed two people.",
    "A soldier shot two men.",
    "Two people were killed by a gunman.",
    "They threatened to kill a judge.",
    "Rebels tried to kidnap a teacher.",
    "A family was killed.",
    "The killing of journalists continued.",
    "No casualties were reported.",
    "One of the soldiers was killed.",
    "A police station was hit and five were killed.",
]


@pytest.mark.parametrize(("text", "persons"), NAMED)
def test_one_person_who_came_to_harm_is_found(text: str, persons: list[tuple[str, str]]) -> None:
    mentions = [one for one in read(text, implied=True) if one.implied]
    assert [(one.text, one.harm) for one in mentions] == persons
    assert all(one.low == one.high == 1 and one.modifier == "exactly" for one in mentions)
    assert all(text[one.start : one.end] == one.text for one in mentions)


@pytest.mark.parametrize("text", NOBODY)
def test_whoever_did_it_or_was_not_harmed_is_not(text: str) -> None:
    assert implied_persons(text) == ()


def test_numbers_are_read_as_without_them() -> None:
    text = "Gunmen killed two men and a woman."
    assert [one for one in read(text, implied=True) if not one.implied] == list(read(text))


def test_the_schema_speaks_of_the_same_harms() -> None:
    schema = read_schema(packaged("label_config.xml"))
    assert {harm for harm in schema.harms if harm} == {*HARMS.values()}


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("A man was badly wounded.", ["A man"]),
        ("His wife was badly wounded in the attack.", ["His wife"]),
        ("A man was gravely wounded in the attack.", ["A man"]),
        ("The blast gravely injured a nurse.", ["a nurse"]),
        ("A driver was grievously injured.", ["A driver"]),
        ("The mayor was badly hurt.", ["The mayor"]),
        ("A trader was mortally wounded by a stray bullet.", ["A trader"]),
        ("Shrapnel wounded badly a boy of the camp.", ["a boy"]),
        ("A teacher was badly paid.", []),
        ("A farmer was badly treated by the council.", []),
    ],
)
def test_how_somebody_was_harmed_may_stand_before_it(text: str, persons: list[str]) -> None:
    found = [one for one in read(text, implied=True) if one.implied]
    assert [(one.text, one.harm) for one in found] == [(one, "injury") for one in persons]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Four schoolgirls and a baker were killed.", [("a baker", "death")]),
        ("Six miners and an engineer were buried alive.", [("an engineer", "death")]),
        ("Two tourists, along with their guide, were kidnapped.", [("their guide", "capture")]),
        ("Killed were three children and their grandmother.", [("their grandmother", "death")]),
        ("The dead included five officers and a civilian.", [("a civilian", "death")]),
        ("Among the wounded were four nurses and a patient.", [("a patient", "injury")]),
        ("It claimed the lives of three brothers and a neighbour.", [("a neighbour", "death")]),
        ("The bodies of four fishermen and a boy were found.", [("a boy", "death")]),
        ("A teacher and her pupils are still missing.", [("A teacher", "disappearance")]),
        ("Two nurses and a driver went missing.", [("a driver", "disappearance")]),
        ("Two officers and a spokesman told reporters of the attack.", []),
        ("Rebels freed two nurses and a driver.", []),
    ],
)
def test_one_beside_those_who_are_counted_is_harmed_with_them(
    text: str, persons: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.harm) for one in implied_persons(text)] == persons


@pytest.mark.parametrize(
    "text",
    [
        "Ten people, including a driver, were killed.",
        "Ten people were killed, including a driver.",
        "Gunmen killed ten people, including two nurses and a driver.",
        "Ten people were killed in the blast, among them two nurses and a driver.",
    ],
)
def test_one_of_those_who_are_counted_is_part_of_their_number(text: str) -> None:
    [one] = [one for one in read(text, implied=True) if one.implied]
    assert (one.text, one.harm, one.role) == ("a driver", "death", "part")


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("A bomb killed nine people, an official said.", []),
        ("The raid left four dead, a doctor at the clinic told reporters.", []),
        ("Drone strike hurts five, governor says", []),
        ("Bomb kills two, says governor", []),
        ("They found the bodies of three men, a villager said.", []),
        ("Gunmen killed two soldiers and the mayor fled.", []),
        ("Rebels abducted three drivers and a colleague raised the alarm.", []),
        ("A shell killed a mother and her baby, a resident said.", ["a mother", "her baby"]),
        ("Police arrested eight men and a student, a lawyer said.", ["a student"]),
        ("Ten were killed, including a nurse, the mayor said.", ["a nurse"]),
    ],
)
def test_whoever_has_a_verb_of_their_own_is_not_harmed_with_those_before(
    text: str, persons: list[str]
) -> None:
    assert [one.text for one in implied_persons(text)] == persons


def test_one_with_a_verb_of_harm_of_their_own_is_harmed_as_it_says() -> None:
    found = implied_persons("Gunmen killed two soldiers, and an officer is missing.")
    assert [(one.text, one.harm) for one in found] == [("an officer", "disappearance")]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        # Those who did it.
        ("He was killed by ten gunmen, including a policeman.", []),
        ("He was stabbed by a gang of youths, including a student.", []),
        ("He was abducted by gunmen, including a woman.", []),
        ("Soldiers shot at protesters, among them a student.", []),
        # Those to whom one of the harmed belongs.
        ("Ten were killed, including the wife of a judge.", ["the wife"]),
        ("Ten were killed, including the driver of the president.", ["the driver"]),
        ("Ten were killed, including the president's driver.", ["driver"]),
        ("Ten people, including the wife of a judge, were killed.", ["the wife"]),
        ("Ten people, among them the son of a minister and a driver, were killed.", ["the son"]),
        # Another harm than what the sentence tells of them.
        ("Police arrested six men in the killing of a judge, including a lawyer.", ["a judge"]),
        ("The army freed ten kidnapped girls, including a nurse.", []),
        ("Gunmen killed ten people and freed others, including a general.", []),
        ("Ten killed in raid, including a general.", ["a general"]),
        ("Ten died, among them a general.", ["a general"]),
        # No name of one.
        ("Police detained nine people, among them two employees of a private security firm.", []),
        ("Police detained nine people, including a private security guard.", []),
    ],
)
def test_of_those_named_as_parts_only_the_harmed_are(text: str, persons: list[str]) -> None:
    assert [one.text for one in implied_persons(text)] == persons


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("The bodies of a man and a woman were found.", ["a man", "a woman"]),
        (
            "The bodies of a man, a woman and a child were found.",
            ["a man", "a woman", "a child"],
        ),
        ("The bodies of her husband and a neighbour were found.", ["her husband", "a neighbour"]),
        ("The death of a nurse and a doctor was confirmed.", ["a nurse", "a doctor"]),
        ("The bodies of a mother and her son lay there.", ["a mother", "her son"]),
        ("They found the body of a man and a woman fled.", ["a man"]),
        ("They found the bodies of three men and a boy ran away.", []),
    ],
)
def test_bodies_of_several_have_one_verb(text: str, persons: list[str]) -> None:
    assert [(one.text, one.harm) for one in implied_persons(text)] == [
        (one, "death") for one in persons
    ]


@pytest.mark.parametrize(
    ("one", "more"),
    [
        ("a man", "said to be a spy"),
        ("a man", "alleged to be a spy"),
        ("a man", "claimed to be a spy"),
        ("a man", "described as a spy"),
        ("a man", "described by police as a spy"),
        ("a man", "reported missing"),
        ("a man", "called Ahmad"),
        ("a guard", "posted at the gate"),
        ("a boy", "caught in the crossfire"),
        ("a woman", "told to leave"),
    ],
)
def test_a_participle_behind_one_is_no_verb_of_their_own(one: str, more: str) -> None:
    found = implied_persons(f"Rebels killed three soldiers and {one} {more}.")
    assert [(person.text, person.harm) for person in found] == [(one, "death")]


@pytest.mark.parametrize(
    "clause",
    [
        "a man claimed the attack",
        "a man claimed to have seen it",
        "an official said by telephone",
        "a spokesman said on Friday",
        "a mayor described the attack",
    ],
)
def test_the_same_word_may_be_a_verb_of_their_own(clause: str) -> None:
    assert implied_persons(f"A bomb killed nine people, {clause}.") == ()


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Ten people were abducted and the hostages include a girl.", []),
        ("The casualties include a nurse who was wounded.", [("a nurse", "injury")]),
        ("The victims wounded include a nurse.", [("a nurse", "injury")]),
        ("The abducted include a girl.", [("a girl", "capture")]),
    ],
)
def test_one_is_harmed_only_as_those_are_who_include_them(
    text: str, persons: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.harm) for one in implied_persons(text)] == persons
