"""Sentences in the same words are found; whatever else differs makes two sentences of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.articles.near_duplicates import DuplicateIndex

LONG = (
    "Fighters of the Syrian Democratic Forces took the last bridge over the river near the town "
    "on Monday and surrounded the remaining militants in a small pocket, a monitor said"
)
ATTACK = (
    "Gunmen from the Ansar brigade attacked a checkpoint near Tel Rifaat on Monday evening and "
    "killed three soldiers of the 46th division, the governor of Azaz said in a statement"
)


def same(first: str, second: str) -> bool:
    """True where the second sentence is held for the first, and the first for the second."""
    found = set()
    for one, other in ((first, second), (second, first)):
        index = DuplicateIndex()
        assert index.add("first", one) is None
        looked_up = index.find(other)
        found.add(index.add("second", other) == "first")
        assert (looked_up == "first") in found
    (answer,) = found
    return answer


@pytest.mark.parametrize(
    "second",
    [
        LONG,
        f"  “{LONG.upper()}”. ",
        LONG.replace(" ", "\u00a0"),
        LONG.replace(",", " –"),
        LONG.replace("a monitor said", "the monitor said"),
        LONG.replace("said", "told reporters"),
        LONG.replace("a monitor", "a «monitor»").replace("said", "„said‟"),
        f"BEIRUT: {LONG}",
        f"Beirut - {LONG}",
        f"BEIRUT, March 9 (Reuters) - {LONG}",
        f"CAIRO (AP) – BEIRUT — {LONG}",
        f"BEIRUT, Lebanon (Reuters) {LONG}",
        f"BEIRUT (The Daily Record) - {LONG}",
        f"{LONG}. (AFP)",
    ],
    ids=str.split,
)
def test_what_papers_change_says_the_same(second: str) -> None:
    assert same(LONG, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12", "twelve"),
        ("21", "twenty-one"),
        ("120", "one hundred and twenty"),
        ("1,200", "1200"),
        ("2,500,000", "2.5 million"),
        ("$90m", "$90 million"),
        ("2bn", "two billion"),
        ("80%", "80 per cent"),
        ("80 percent", "80 per cent"),
        ("3rd", "third"),
        ("21st", "twenty-first"),
        ("82mm", "82 mm"),
        ("٥", "5"),
        ("airstrike", "air strike"),
        ("cease-fire", "ceasefire"),
        ("al-Bab", "al Bab"),
        ("neighbouring", "neighboring"),
        ("organised", "organized"),
        ("centre", "center"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("did not", "didn’t"),
        ("cannot", "can't"),
        ("Medellín", "Medellin"),
        ("Ta’ang", "Ta'ang"),
        ("Sana'a", "Sanaa"),
        ("September", "Sept."),
        ("said that", "says"),
        ("on Friday", "Friday"),
        ("has moved", "moved"),
        ("Sao Tome", "São Tomé"),
    ],
)
def test_two_ways_to_write_a_word_or_a_number_are_one(first: str, second: str) -> None:
    frame = "People in the town saw the {} of the army and left for the hills before night fell"
    assert same(frame.format(first), frame.format(second))


@pytest.mark.parametrize(
    ("was", "other"),
    [
        *(("Tel Rifaat", "Tel Abyad"), ("Ansar", "Nusra"), ("Azaz", "Afrin"), ("46th", "47th")),
        *(
            ("Monday", "Tuesday"),
            ("evening", "morning"),
            ("governor", "mayor"),
            ("near", "outside"),
        ),
        *(
            ("killed", "wounded"),
            ("killed", "freed"),
            ("killed", "nearly killed"),
            ("from", "against"),
        ),
        *(("attacked", "defended"), ("attacked", "were attacked at"), ("said", "denied")),
        *(("soldiers", "officers"), ("three", "three wounded"), ("a checkpoint", "checkpoints")),
        *(("soldiers of", "soldiers and"), ("said", "says not"), ("killed", "reportedly killed")),
        *(
            ("Tel Rifaat", "Tel Rifaat and Nubl"),
            ("the 46th", "their 46th"),
            ("the Ansar", "Ansar's"),
        ),
    ],
)
def test_any_other_word_makes_another_sentence(was: str, other: str) -> None:
    assert not same(ATTACK, ATTACK.replace(was, other, 1))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Militia men took the town of Kalo from the army on Saturday after days of fighting",
            "The army took the town of Kalo from militia men on Saturday after days of fighting",
        ),
        (
            "The court sentenced a commander of the militia to life in prison for raids on Kalo",
            "The court sentenced a commander of the militia to death in prison for raids on Kalo",
        ),
        ("HOMS: Twelve people were killed on Monday", "HAMA: Twelve people were killed on Monday"),
        ("Twelve people were killed (Homs)", "Twelve people were killed (Hama)"),
        ("Rebels (M23) attacked Bara at dawn", "Rebels (ADF) attacked Bara at dawn"),
        ("Bara (North Kordofan) - Twelve were killed", "Bara (South Darfur) - Twelve were killed"),
        ("Bara, North Kordofan - Twelve were killed", "Bara, South Darfur - Twelve were killed"),
        ("False: The army shelled the market of Bara", "The army shelled the market of Bara"),
        ("Hamas: Twelve fighters were killed", "Twelve fighters were killed"),
        ("Missing: Twelve soldiers of the post", "Twelve soldiers of the post"),
        (
            "The bridge is held by rebels from the hills",
            "The bridge was held by rebels from the hills",
        ),
        ("Few people died in the ruins of the mill", "A few people died in the ruins of the mill"),
        ("Her husband was shot at the gate", "His husband was shot at the gate"),
        ("L'armée n'a pas bombardé Kidal lundi", "L'armée a bombardé Kidal lundi"),
        ("El ejército mató a dos hombres en Arauca", "El ejército mató a dos hombres en Tibú"),
        ("The soldier's gun was found", "The soldiers gun was found"),
        ("गांव को जलाया गया", "गांव की जलाया गया"),
    ],
)
def test_swapped_actors_other_places_and_small_words_that_matter(first: str, second: str) -> None:
    assert not same(first, second)


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        ("Latest News", "latest news!", True),
        ("Police fired in Homs", "Police fired in Hama", False),
        ("They fled to the north.", "They fled to the south.", False),
        ("!!!", "!!!", True),
        ("!!!", "???", False),
        ("قُتل جنديان في حلب", "قُتل جنديان في حلب.", True),
        ("قُتل جنديان في حلب", "قُتل جنديان في حماة", False),
        ("قُتل ٥ جنود", "قُتل 5 جنود", True),
    ],
)
def test_short_sentences_and_other_scripts(first: str, second: str, equal: bool) -> None:
    assert same(first, second) is equal


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
    *(("first", "second"), ("once", "twice"), ("single", "double"), ("five", "6")),
    *(("one million", "one billion"), ("five lakh", "five crore"), ("tenfold", "fivefold")),
    *(("more than 80", "more than 90"), ("up to 50", "up to 60"), ("10 to 15", "10 to 20")),
    *(("12 and 30", "30 and 12"), ("12", "12 or 13"), ("seventy", "seventeen")),
    *(("one two", "three"), ("1 12", "11 2"), ("hundred", "hundreds")),
    *(("two hundred", "2 thousand"), ("1.5 million", "15 million"), ("zero", "one zero")),
]


@pytest.mark.parametrize("frame", FRAMES, ids=["killed", "fled", "houses", "arms", "total"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_sentences_that_differ_in_a_number_are_never_the_same(
    frame: str, one: str, other: str
) -> None:
    assert not same(frame.format(one), frame.format(other))


def test_there_are_more_than_three_hundred_such_pairs() -> None:
    assert len(FRAMES) * len(PAIRS) * 2 > 300


@pytest.mark.slow
@given(st.sampled_from(FRAMES), st.integers(0, 10**7), st.integers(0, 10**7))
def test_numbers_are_the_same_where_their_values_are(frame: str, one: int, other: int) -> None:
    index = DuplicateIndex()
    index.add("first", frame.format(one))
    assert (index.add("second", frame.format(f"{other:,}")) == "first") == (one == other)
    assert index.find(frame.format(f"{one:,}")) == "first"


WORDS = st.lists(
    st.sampled_from(["Homs", "Hama", "army", "killed", "near", "from", "not", "the", "two", "2"]),
    min_size=1,
    max_size=9,
)


@given(WORDS, WORDS)
def test_all_words_that_say_something_have_to_agree_in_their_order(
    one: list[str], other: list[str]
) -> None:
    saying = [
        ["2" if word == "two" else word for word in words if word != "the"]
        for words in (one, other)
    ]
    index = DuplicateIndex()
    index.add("one", " ".join(one))
    if all(saying):
        assert (index.add("other", " ".join(other)) == "one") == (saying[0] == saying[1])


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
    assert index.add("c", f"Beirut – {LONG}.") == "a"
    assert index.add("d", LONG) == "a"


def test_a_report_stands_for_one_place_only() -> None:
    index = DuplicateIndex()
    assert index.add("a", "Twelve people were killed in shelling on Monday") is None
    assert index.add("b", "HOMS: 12 people were killed in shelling on Monday") == "a"
    assert index.add("c", "HAMA: 12 people were killed in shelling on Monday") is None
    assert index.add("d", "HAMA (AFP) - 12 people were killed in shelling Monday") == "c"


def test_looking_up_remembers_nothing() -> None:
    index = DuplicateIndex()
    assert index.find(LONG) is None
    assert index.add("a", LONG) is None
    assert index.find(f"BEIRUT: {LONG}") == "a"
    assert index.find(LONG.upper()) == "a"
    assert index.find("Something else was said of it by somebody else") is None
    assert index.add("b", "Something else was said of it by somebody else") is None
