from __future__ import annotations

from annotation.numbers.reader import read
from training.claims.features import features, meanings, nearness, stems_of
from training.claims.governors import governors
from training.claims.sentence_words import words_of
from training.claims.told import spoken_harms, told_of

DESCRIBED = ("dead. Bodies found", "cash. Money or supplies", "rest. Held, not found")


def near(text: str) -> dict[int, float]:
    words, mention = words_of(text), read(text)[0]
    return nearness(words, mention, governors(words, mention), stems_of(DESCRIBED))


def meant(text: str) -> tuple[list[str], ...]:
    words, mention = words_of(text), read(text)[0]
    return meanings(words, mention, governors(words, mention))


def named(text: str) -> list[str]:
    words, mention = words_of(text), read(text)[0]
    governing = governors(words, mention)
    told = told_of(words, mention, governing, spoken_harms(words))
    return features(words, mention, governing, told.harms)


class TestFeatures:
    def test_name_the_quantity_and_the_words_on_each_side(self) -> None:
        text = "Police arrested about 300 armed men in Homs"
        found = named(text)
        assert len(found) == len(set(found))
        assert {"unit count", "modifier about", "size 2", "noun armed men", "head men"} < {*found}
        assert {"left arrest", "left polic", "right in", "right hom"} < {*found}

    def test_tell_the_near_words_from_those_of_the_whole_sentence(self) -> None:
        text = "Rebels killed in the raid on the base at least 300 men"
        found = named(text)
        assert "far kill" in found
        assert "left kill" not in found

    def test_say_what_is_done_to_whom_and_the_harm_that_it_tells_of(self) -> None:
        assert {"done to behead", "harm death"} < set(named("Militants beheaded 12 captives."))
        assert {"done to abduct", "harm capture"} < set(named("They abducted 12 girls."))
        assert {"done by vanish", "harm disappearance"} < set(named("12 reporters vanished."))
        assert "harm injury" in named("12 soldiers lost limbs.")
        lives = named("12 soldiers lost their lives.")
        assert "harm death" in lives
        assert "harm injury" not in lives
        rescued = named("They rescued 12 girls.")
        assert "done to rescu" in rescued
        assert not [one for one in rescued if one.startswith("harm")]
        fled = named("12 villagers fled the town.")
        assert "done by fled" in fled
        assert not [one for one in fled if one.startswith("done to")]

    def test_say_where_a_sentence_begins_or_ends(self) -> None:
        text = "300 men"
        assert {"left end", "right end"} < set(named(text))


class TestMeanings:
    def test_are_those_of_the_verb_the_noun_and_the_words_around(self) -> None:
        text = "In the north gunmen executed about 300 captured fighters on a Sunday"
        done_to, noun, near = meant(text)
        assert done_to == ["execut"]
        assert noun == ["fighte"]
        assert near == ["in", "the", "north", "gunmen", "execut", "on", "a", "sunday"]

    def test_are_empty_around_a_number_alone(self) -> None:
        assert meant("300") == ([], [], [])


class TestWordsOfTheLabels:
    def test_are_found_by_their_beginnings_and_not_when_short(self) -> None:
        stems = stems_of(DESCRIBED)
        assert stems["found"] == (0, 2)
        assert stems["bodi"] == (0,)
        assert "or" not in stems
        assert "not" not in stems

    def test_speak_the_louder_the_nearer_they_stand(self) -> None:
        assert near("Police found money and held 12 of them") == {0: 4 / 8, 1: 4 / 7, 2: 1}
        assert near("12 bodies") == {0: 1}
        assert near("12 north of the dead") == {0: 4 / 7}

    def test_speak_as_loud_in_the_verb_as_beside_the_number(self) -> None:
        assert near("12 of the men in the square were held") == {2: 1}

    def test_are_none_where_nothing_is_explained(self) -> None:
        assert stems_of(()) == {}
        assert stems_of(("", "of")) == {}
