"""Deaths that no single word tells."""

from __future__ import annotations

import pytest

from annotation.numbers.implied.idioms import dies_by_idiom, has_not_lived
from annotation.numbers.implied.reader import implied_persons


@pytest.mark.parametrize(
    "text",
    [
        "fell to her death",
        "plunged from a bridge to his death",
        "pushed a rival to his death",
        "met his death in the ambush",
        "gave their lives for the village",
        "laid down his life",
        "paid with his life",
        "took her own life",
        "passed away",
        "breathed his last",
        "hanged himself in his cell",
        "drank himself to death",
    ],
)
def test_words_that_tell_of_a_death_together(text: str) -> None:
    word, *clause = text.split()
    assert dies_by_idiom(word, clause)


@pytest.mark.parametrize(
    "text",
    [
        "fell from a roof",
        "jumped to his feet",
        "met his lawyer",
        "gave his life savings",
        "gave her life to the poor",
        "took his wife",
        "passed a law",
        "admitted to her death",
        "scared himself to death",
        "hit himself",
    ],
)
def test_the_same_verbs_may_tell_of_none(text: str) -> None:
    word, *clause = text.split()
    assert not dies_by_idiom(word, clause)


@pytest.mark.parametrize(
    "text",
    [
        "did not | survive | the crash",
        "have never | made | it out alive",
        "didn't | survive |",
        "could not be | saved |",
    ],
)
def test_who_is_told_not_to_have_lived(text: str) -> None:
    before, word, behind = (part.split() for part in text.split("|"))
    assert has_not_lived(before, word[0], behind, none=False)


@pytest.mark.parametrize(
    "text",
    [
        "| survived | the fire",
        "| made | it out",
        "were left | alive |",
        "was | spared |",
        "| escaped | the flames",
        "| got | out alive",
        "could be | saved |",
    ],
)
def test_of_whom_none_is_told_to_have_lived(text: str) -> None:
    before, word, behind = (part.split() for part in text.split("|"))
    assert has_not_lived(before, word[0], behind, none=True)
    assert not has_not_lived(before, word[0], behind, none=False)


@pytest.mark.parametrize(
    "text",
    [
        "was | hurt |",
        "| escaped | unhurt",
        "prisoners | escaped | from the jail",
        "captives | made | it out of the camp",
        "robbers | escaped |",
        "did not | know | whether their sons were alive",
        "did not | find | him alive",
        "was found | alive |",
        "is expected to | survive |",
        "may have | survived |",
        "| survived | the vote",
    ],
)
def test_who_is_told_no_such_thing(text: str) -> None:
    before, word, behind = (part.split() for part in text.split("|"))
    assert not has_not_lived(before, word[0], behind, none=True)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("A climber fell to her death.", "A climber"),
        ("A window cleaner plunged to his death from a tower.", "A window cleaner"),
        ("A prisoner was thrown to his death from a roof.", "A prisoner"),
        ("Rebels pushed a man to his death.", "a man"),
        ("A soldier met his death in the ambush.", "A soldier"),
        ("A mother of three lost her life when the roof fell in.", "A mother"),
        ("A sentry took his own life at the base.", "A sentry"),
        ("A man hanged himself in his cell.", "A man"),
        ("A man drank himself to death.", "A man"),
        ("A teacher froze to death.", "A teacher"),
        ("A bricklayer was crushed to death by a wall.", "A bricklayer"),
        ("A driver did not survive the crash.", "A driver"),
        ("A toddler never made it out of the house alive.", "A toddler"),
        ("Ten villagers saw a man shot dead by soldiers.", "a man"),
        ("Guests who saw the singer stabbed to death fled.", "the singer"),
        ("Farmers found a woman dead and called the police.", "a woman"),
    ],
)
def test_one_person_who_died_so(text: str, one: str) -> None:
    assert [(person.text, person.harm) for person in implied_persons(text)] == [(one, "death")]


@pytest.mark.parametrize(
    "text",
    [
        "A climber fell from the wall.",
        "A clerk was frightened to death by the blast.",
        "A suspect linked to her death was freed.",
        "A guard jumped from the window and survived.",
        "A driver survived the crash.",
        "A minister did not survive the vote.",
        "A man watched others being beaten to death.",
        "A ship met its end.",
        "A man shot himself but survived.",
        "A mother did not know whether her son was alive.",
        "The court heard a soldier killed two civilians.",
        "The inquiry found a soldier killed two civilians.",
    ],
)
def test_one_person_who_did_not(text: str) -> None:
    assert not implied_persons(text)
