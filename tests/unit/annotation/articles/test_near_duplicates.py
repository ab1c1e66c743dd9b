"""Sentences that say the same are found; sentences that differ in a number never are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.articles.near_duplicates import DuplicateIndex

LONG = (
    "Fighters of the Syrian Democratic Forces took the last bridge over the river near the town "
    "on Monday and surrounded the remaining militants in a small pocket, a monitor said"
)


def same(first: str, second: str) -> bool:
    """True where the second sentence is held for the first."""
    index = DuplicateIndex()
    assert index.add("first", first) is None
    return index.add("second", second) == "first"


@pytest.mark.parametrize(
    "second",
    [
        LONG,
        f"  “{LONG.upper()}”. ",
        LONG.replace(" ", "\u00a0"),
        LONG.replace(",", " –"),
        LONG.replace("a monitor said", "the monitor said"),
        f"BEIRUT: {LONG}",
    ],
    ids=["equal", "case", "blanks", "punctuation", "one word", "place"],
)
def test_almost_the_same_words_say_the_same(second: str) -> None:
    assert same(LONG, second)


@pytest.mark.parametrize(
    "second",
    [
        LONG.replace("militants in a small pocket", "families of the men in tents"),
        "A monitor said so",
        LONG.replace("took", "has not taken"),
    ],
    ids=["other words", "a part", "not"],
)
def test_other_words_say_something_else(second: str) -> None:
    assert not same(LONG, second)


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        ("Latest News", "latest news!", True),
        ("Police fired in Homs", "Police fired in Hama", False),
        ("They fled to the north.", "They fled to the south.", False),
        ("!!!", "!!!", True),
        ("!!!", "???", False),
        ("قُتل جنديان في حلب", "قُتل جنديان في حلب", True),
    ],
)
def test_short_sentences_must_be_equal(first: str, second: str, equal: bool) -> None:
    assert same(first, second) is equal


def test_other_scripts_must_be_equal_since_their_number_words_are_not_known() -> None:
    words = "قال مسؤول في المدينة يوم الاثنين إن {} جنود قتلوا في هجوم على القاعدة قرب الحدود أمس"
    assert not same(words.format("ثلاثة"), words.format("أربعة"))


# Every pair below differs in one number only.

FRAMES = [
    "The rebels killed {} soldiers near Homs on Monday and took their weapons, officials said",
    "At least {} people have fled the town since the offensive began in June, the agency said",
    "Residents of the camp told reporters that shelling had gone on all night and hit {} houses",
    "{} members of the group laid down their arms at the bridge, a spokesman for the army said",
    "In the hospital doctors counted dead and wounded after the raid, and the total was put at {}",
]
PAIRS = [
    *(("12", "13"), ("1,200", "1,300"), ("12", "12,000"), ("2.5", "25"), ("80", "80%")),
    *(("$5", "€5"), ("5", "-5"), ("10-15", "10-16"), ("5th", "6th"), ("3km", "3m")),
    *(("2.5m", "2.5bn"), ("1/2", "1/3"), ("½", "¼"), ("٥", "٦"), ("①", "②"), ("H5", "H6")),
    *(("two", "three"), ("twelve", "twenty"), ("a dozen", "a hundred"), ("dozens", "scores")),
    *(("twenty-one", "twenty-two"), ("hundreds of", "thousands of"), ("half the", "a third of")),
    *(("one", "no"), ("several", "many"), ("a few", "a couple of"), ("both", "all")),
    *(("first", "second"), ("once", "twice"), ("single", "double"), ("five", "5")),
    *(("one million", "one billion"), ("five lakh", "five crore"), ("tenfold", "fivefold")),
    *(("more than 80", "more than 90"), ("up to 50", "up to 60"), ("10 to 15", "10 to 20")),
    *(("12 and 30", "30 and 12"), ("12", "12 or 13"), ("seventy", "seventeen")),
]


@pytest.mark.parametrize("frame", FRAMES, ids=["killed", "fled", "houses", "arms", "total"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_sentences_that_differ_in_a_number_are_never_the_same(
    frame: str, one: str, other: str
) -> None:
    assert not same(frame.format(one), frame.format(other))
    assert not same(frame.format(other), frame.format(one))


def test_there_are_more_than_three_hundred_such_pairs() -> None:
    assert len(FRAMES) * len(PAIRS) * 2 > 300


NUMBERS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**7).map("{:,}".format),
    st.decimals(0, 1000, places=1).map(str),
    st.sampled_from(
        [
            "one",
            "two",
            "three",
            "seven",
            "eleven",
            "forty",
            "dozens",
            "hundreds",
            "half",
            "many",
            "no",
        ]
    ),
)


@given(st.sampled_from(FRAMES), NUMBERS, NUMBERS, st.floats(0.1, 1))
def test_no_threshold_makes_two_numbers_one(
    frame: str, one: str, other: str, threshold: float
) -> None:
    index = DuplicateIndex(threshold)
    index.add("first", frame.format(one))
    found = index.add("second", frame.format(other))
    assert (found == "first") == (one == other)


def test_what_stands_beside_a_number_counts_as_well() -> None:
    frame = FRAMES[1]
    assert not same(frame.format("40"), frame.format("40").replace("At least", "Nearly"))
    assert not same(frame.format("40"), frame.format("40").replace("people", "families"))


# The index


def test_a_sentence_is_no_duplicate_of_itself() -> None:
    index = DuplicateIndex()
    assert index.add("a", LONG) is None
    assert index.add("a", LONG) is None
    assert index.add("a", f"BEIRUT: {LONG}") is None
    assert index.add("b", LONG) == "a"


def test_all_duplicates_name_the_first_sentence() -> None:
    index = DuplicateIndex()
    assert index.add("a", LONG) is None
    assert index.add("b", f"BEIRUT: {LONG}") == "a"
    assert index.add("c", f"Beirut: {LONG}.") == "a"
    assert index.add("d", LONG) == "a"


def test_looking_up_remembers_nothing() -> None:
    index = DuplicateIndex()
    assert index.find(LONG) is None
    assert index.add("a", LONG) is None
    assert index.find(f"BEIRUT: {LONG}") == "a"
    assert index.find(LONG.upper()) == "a"
    assert index.find("Something else was said of it by somebody else") is None
    assert index.add("b", "Something else was said of it by somebody else") is None


WORDS = [f"w{first}{second}" for first in "abcd" for second in "abcdefghij"]


def changed(first: int, last: int) -> str:
    """Forty words of which some at the beginning and the end are others."""
    middle = WORDS[first : len(WORDS) - last]
    return " ".join([f"x{w}" for w in WORDS[:first]] + middle + [f"y{w}" for w in WORDS[:last]])


def test_small_changes_do_not_drift() -> None:
    """Each version is like the one before; a later one is no duplicate of the first."""
    index = DuplicateIndex()
    found = [index.add(str(count), changed(count, 0)) for count in range(12)]
    assert found[:3] == [None, "0", "0"]
    assert "0" not in found[6:]


def test_of_several_the_most_similar_is_named() -> None:
    index = DuplicateIndex(0.6)
    assert index.add("less", changed(0, 9)) is None
    assert index.add("more", changed(7, 0)) is None
    assert index.add("new", changed(0, 0)) == "more"


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_out_of_range_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="threshold"):
        DuplicateIndex(threshold)


SENTENCES = st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=14).map(" ".join)


@given(st.lists(SENTENCES, max_size=25), st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_the_filters_lose_nothing(sentences: list[str], threshold: float) -> None:
    """The index says what comparing each with each says."""
    index = DuplicateIndex(threshold)
    remembered: dict[str, set[tuple[str, str]]] = {}
    for number, sentence in enumerate(sentences):
        bigrams = set(pairwise(sentence.split()))
        likeness = {
            key: len(bigrams & other) / len(bigrams | other) for key, other in remembered.items()
        }
        close = {key for key, value in likeness.items() if value >= threshold and len(bigrams) > 4}
        equal = sentence in sentences[:number]

        looked_up = index.find(sentence)
        found = index.add(str(number), sentence)

        assert looked_up == found
        if not equal:
            assert (found is not None) == bool(close)
            if found is not None:
                assert likeness[found] == max(likeness.values())
            else:
                remembered[str(number)] = bigrams if len(bigrams) > 4 else set()
