from __future__ import annotations

import pytest

from annotation.numbers.reader import read
from training.claims.governors import Governors, governors
from training.claims.sentence_words import words_of


def governing(text: str, which: int = 0) -> tuple[list[str], list[str]]:
    words = words_of(text)
    found = governors(words, read(text)[which])
    done_to, done_by = ([words.words[place] for place in places] for places in found[:2])
    return done_to, done_by


@pytest.mark.parametrize(
    ("text", "done_to"),
    [
        ("Gunmen executed 12 teachers.", ["executed"]),
        ("Blast wounds nine, army says", ["wounds"]),
        ("Mine maims nine", ["maims"]),
        ("Insurgents have massacred at least 12 men after dark.", ["massacred"]),
        ("The shelling killed an estimated 12 people.", ["killed"]),
        ("12 officers were gunned down.", ["gunned"]),
        ("12 judges have been assassinated.", ["assassinated"]),
        ("12 people, among them three children, were shot.", ["shot"]),
        ("12 men remain trapped.", ["trapped"]),
        ("12 men who were earlier reported missing", ["missing"]),
        ("12 men in the city are starving.", ["starving"]),
        ("12 are believed drowned.", ["drowned"]),
        ("the murder of 12 shepherds", ["murder"]),
        ("The blast took the lives of 12 men.", ["lives"]),
        ("12 men were shot and injured.", ["shot", "injured"]),
        ("12 were killed, wounded or captured.", ["killed", "wounded", "captured"]),
        ("12 were arrested and later freed.", ["arrested", "freed"]),
        ("12 guards wounded when a mine went off.", ["wounded"]),
        ("The raid left 12 rebels dead.", ["left", "dead"]),
        ("12 captured", ["captured"]),
        # behind what they did that were harmed
        ("12 migrants who tried to cross the river drowned.", ["drowned"]),
        ("12 guards who had refused to leave were killed.", ["killed"]),
        ("12 men who saw the raiders and raised the alarm were killed.", ["killed"]),
        ("Police arrested, and later released, 12 men who were singing.", ["released", "singing"]),
    ],
)
def test_what_is_done_to_those_counted(text: str, done_to: list[str]) -> None:
    assert governing(text) == (done_to, [])


@pytest.mark.parametrize(
    ("text", "done_by"),
    [
        ("12 militants stormed the post.", ["stormed"]),
        ("12 families have fled.", ["fled"]),
        ("12 of the wounded succumbed.", ["succumbed"]),
        ("One man died and the other was injured.", ["died"]),
        ("12 guards wounded two boys.", ["wounded"]),
        ("The post was attacked by 12 men.", ["attacked"]),
        ("12 men who said a boy had died fled.", ["said"]),
        ("12 men who heard a boy was killed fled.", ["heard"]),
        ("12 men who believed that a boy was dead fled.", ["believed"]),
        ("12 men who told police a man was stabbed to death were questioned.", ["told"]),
        ("12 farmers who found a woman dead fled.", ["found"]),
        ("12 relatives of those who were killed protested.", ["protested"]),
        ("12 men who stormed the post said four had died.", ["stormed"]),
        ("12 officers who watched a man being killed fled.", ["watched"]),
    ],
)
def test_what_those_counted_do(text: str, done_by: list[str]) -> None:
    assert governing(text) == ([], done_by)


@pytest.mark.parametrize(
    "text",
    ["12 men", "The army said. 12 men; they were shot.", "Troops moved to 12 towns", "(12)"],
)
def test_nothing_governs_what_stands_alone_or_behind_a_preposition(text: str) -> None:
    assert governing(text) == ([], [])


@pytest.mark.parametrize("text", ["They were playing three-nought-four", "three-nought-four"])
def test_a_number_may_stand_within_the_last_word(text: str) -> None:
    words = words_of(text)

    assert governors(words, read(text)[-1]).done_by == ()


def test_each_number_has_its_own() -> None:
    text = "The raid killed 12 rebels and wounded 30 others."
    assert governing(text) == (["killed"], ["wounded"])
    assert governing(text, 1) == (["wounded"], [])


@pytest.mark.parametrize(
    ("text", "governed"),
    [
        ("Two were killed and seven hurt.", (["hurt"], [])),
        ("Two rebels dead, four captured in Tarim.", (["captured"], [])),
        ("One soldier was killed and 12 fled.", ([], ["fled"])),
        ("Two tanks were destroyed and 12 fighters captured.", (["captured"], [])),
        ("A shell killed 2 girls and 12 were injured.", (["injured"], [])),
        ("Two were killed and 12 in the next raid.", (["killed"], [])),
        ("The attack killed two guards, and 12 civilians fled.", ([], ["fled"])),
    ],
)
def test_a_verb_that_another_clause_has_left_behind_governs_no_number(
    text: str, governed: tuple[list[str], list[str]]
) -> None:
    assert governing(text, 1) == governed


def test_a_verb_of_saying_governs_no_number() -> None:
    assert governing("Police said 12 men were held") == (["held"], [])


def test_of_a_sentence_without_words_there_is_nothing() -> None:
    assert governors(words_of("3"), read("3")[0]) == Governors((), ())


def test_in_a_headline_each_number_has_the_verb_before_it() -> None:
    text = "Shelling kills 3, wounds nine"
    assert governing(text) == (["kills"], [])
    assert governing(text, 1) == (["wounds"], [])


def test_a_participle_behind_a_comma_tells_of_others() -> None:
    assert governing("Police shot and injured 2 men near the square, killing one.") == (
        ["injured"],
        [],
    )
