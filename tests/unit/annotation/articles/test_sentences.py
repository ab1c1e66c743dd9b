"""An article is cut into sentences; every offset is exact."""

from __future__ import annotations

import itertools
import textwrap

import pytest
import sentencex
from hypothesis import given
from hypothesis import strategies as st

from annotation.articles import sentences
from annotation.articles.sentences import spans_of, split
from annotation.records import Article

EDGES = "\u200b\u2060\ufeff"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in spans_of(text)]


def test_a_sentence_knows_its_article_its_place_and_its_text() -> None:
    article = Article(id="a1", title="", text="\n  He left. She stayed.\n")

    first, second = split(article)

    assert (first.id, first.article_id, first.index) == ("a1:3-11", "a1", 0)
    assert (second.id, second.article_id, second.index) == ("a1:12-23", "a1", 1)
    assert (first.start, first.end, first.text) == (3, 11, "He left.")
    assert article.text[second.start : second.end] == second.text == "She stayed."


def test_a_sentence_that_is_cut_elsewhere_is_another_and_the_rest_stay_what_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = Article(id="a", title="", text="Mr. Bali left. She stayed. They slept.")
    before = split(article)
    monkeypatch.setattr(sentences, "spans_of", lambda _: [(0, 3), (4, 14), (15, 26), (27, 38)])
    after = split(article)
    assert [s.id for s in after] == ["a:0-3", "a:4-14", *(s.id for s in before[1:])]
    texts = {s.id: s.text for s in before}
    assert all(texts.get(s.id, s.text) == s.text for s in after)


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\u200b\ufeff"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert split(Article(id="a", title="", text=text)) == ()


CASES = [
    # abbreviations, initials and ranks
    ["Mr. Bali met Gen. Votel at 5 p.m. on Monday.", "He left."],
    ["Lt. Gen. J. R. Townsend of the U.S. Army spoke.", "The U.N. listened."],
    ["She lives in the U.S.", "He does not."],
    ["said Ms. Ingrid Solheim of the agency.", "Mohd. Ashraf Wani agreed."],
    ["They met in St. Petersburg, Ft. Bragg and Mt. Sinjar.", "Nobody came."],
    ["За даними м. Київ, А. Б. Коваль загинув.", "Він був солдатом."],
    # what cannot begin a sentence
    ["The U.S. -backed SDF began.", "It ended."],
    ["The call starts at 10 a.m. Nov. 29 in Tampa.", "Dial in."],
    ["It began at 10 a.m. Monday and at 4 p.m. local time it ended.", "All left."],
    ["It ended at 5 p.m.", "UN officials went home."],
    ["Resolution No. 2254 and Art. 5 apply.", "So does Sec. 4."],
    ["He said: “Go!” and left.", "She stayed."],
    ["Visit the camp … now, he said.", "We did."],
    # numbers
    ["Some 3.5 percent of 1,000.5 hectares burned on 12.5.2014.", "Nobody died."],
    ["1. Two men were killed.", "2. Three fled."],
    # quotations
    ["“This is my husband, we are civilians!” one woman cried.", "Some were searched."],
    ['"Why?" Mr Bali asked.', "Nobody knew."],
    ['"Slowing the offensive, we evacuated about 3,000 [people]".', "One woman saw it."],
    ['He said "we\'re slowing down the offensive" due to civilians.', "It stopped."],
    ['"We have won.', 'They have lost."', "He left."],
    ["“We have won.", "They have lost.”", "He left."],
    ["«Перше речення.", "Друге речення.»", "Він пішов."],
    ["He said 'It is over.'", "Then he left."],
    ["They heard (from him) that it was over.", "(He denied it.)"],
    # lower case that is a name
    ["It took the town.", "al-Shabab denied it."],
    # other scripts end sentences with signs of their own
    ["هل ذهب إلى حلب؟", "نعم.", "عاد أمس۔", "انتهى"],
    ["ဒါက စာကြောင်း။", "နောက်တစ်ခု။"],
    ["वह गया।", "वह आया।"],
    ["😢 They cried 👩‍🚀.", "It was over 🇺🇦."],
]


@pytest.mark.parametrize("sentences", CASES, ids=lambda case: case[0][:30])
def test_sentences_of_one_paragraph_are_told_apart(sentences: list[str]) -> None:
    assert cut(" ".join(sentences)) == sentences


def test_quotes_without_a_blank_go_where_they_belong() -> None:
    assert cut('He said."She left." Then "Go."Nobody went.') == [
        "He said.",
        '"She left."',
        'Then "Go."',
        "Nobody went.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x85", "\n \t\n"])
def test_every_line_break_ends_a_sentence(end: str) -> None:
    assert cut(f"Smaller control{end}“There are still fighters,” he said.") == [
        "Smaller control",
        "“There are still fighters,” he said.",
    ]


WITHOUT_STOPS = [sign for sign in map(chr, range(128)) if sign not in ".?!)\n\v\f\r\x1c\x1d\x1e"]


@given(
    st.lists(st.sampled_from([*WITHOUT_STOPS, "Mr", "  "]), max_size=80).map("".join),
    st.sampled_from(["", ".", "! ", "?  "]),
)
def test_where_sentencex_is_not_asked_it_would_not_cut(text: str, end: str) -> None:
    assert len(sentencex.segment("en", text + end)) <= 1


def test_a_text_in_lower_case_is_cut_at_its_full_stops() -> None:
    assert cut("two men died. police fired. a curfew followed.") == [
        "two men died.",
        "police fired.",
        "a curfew followed.",
    ]


WRAPPED = """\
Foreign fighters held out

The coalition has said that the militants are holding some civilians
to use as human shields, preventing them from escaping as the fight
enters its final stages. The city, on the banks of the river, has been
badly damaged by the fighting.

“God is stronger than them,” shouted another woman, clutching what
appeared to be a large book in her hand.
"""


def test_hard_wrapped_lines_are_put_together_and_keep_their_line_breaks() -> None:
    sentences = cut(WRAPPED)

    assert [sentence.split("\n")[0][:20] for sentence in sentences] == [
        "Foreign fighters hel",
        "The coalition has sa",
        "The city, on the ban",
        "“God is stronger tha",
    ]
    assert sentences[1].count("\n") == 2
    assert sentences[1] in WRAPPED


def test_a_list_of_headlines_is_no_hard_wrapped_text() -> None:
    headlines = [
        "Hundreds leave the area held by the group as fighting slows down",
        "Families of fighters remain defiant, but defeated, in the desert",
        "Government and fighters clash again in the desert to the far east",
        "Thousands of people wait for the buses that nobody has sent there",
        "The coalition says that it needs more time to finish its campaign",
    ]
    assert cut("\n".join(headlines)) == headlines


def test_boilerplate_is_kept_and_marked() -> None:
    sentences = split(Article(id="a", title="", text="Two men died.\n\nLatest News"))
    assert [(s.text, s.boilerplate) for s in sentences] == [
        ("Two men died.", False),
        ("Latest News", True),
    ]


PIECES = st.sampled_from(
    [
        *" .!?…,;:-–()[]\"'“”‘’«»1a5AZé😀👩‍🚀\u0301\u200b\u200f\ufeffЖжعר။۔؟।中。",
        *("\n", "\r\n", "\n\n", "\u2028", "U.S. ", "p.m. ", "Mr. ", 'No. "', '." ', "He left. "),
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=80))


@given(TEXTS)
@pytest.mark.slow
def test_offsets_are_exact_and_nothing_but_white_space_is_left_out(text: str) -> None:
    sentences = split(Article(id="a", title="", text=text))

    assert all(s.text == text[s.start : s.end] and s.start < s.end for s in sentences)
    assert [s.index for s in sentences] == list(range(len(sentences)))
    bounds = [0, *itertools.chain.from_iterable((s.start, s.end) for s in sentences), len(text)]
    assert bounds == sorted(bounds)
    left_out = "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
    assert all(c.isspace() or c in EDGES for c in left_out)


@pytest.mark.parametrize(
    "text",
    [". " * 20_000, '"a." ' * 20_000, "X " + 'a b." ' * 20_000, "," * 100_000, '"' * 50_000],
    ids=["dots", "quotes", "rejoined", "commas", "only quotes"],
)
def test_no_text_is_too_strange(text: str) -> None:
    assert sum(end - start for start, end in spans_of(text)) >= len(text.replace(" ", "")) // 2


WORDS = (
    "Shells fell on the market of the town on Monday, the hospital said, and killed people who "
    "were selling vegetables there while the army denied that it had fired and blamed the militia "
) * 3


@pytest.mark.parametrize("width", [50, 60, 69, 72, 76, 100])
@pytest.mark.parametrize(
    "longer",
    ["https://news.example/" + "a" * 110, "HEADING IN CAPITALS " * 7, "A heading with words " * 6],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_longer_line_does_not_keep_wrapped_text_from_being_joined(
    width: int, longer: str, first: bool
) -> None:
    wrapped = textwrap.fill(WORDS.strip() + ".", width)
    text = f"{longer}\n\n{wrapped}" if first else f"{wrapped}\n\n{longer}"
    found = [text[start:end] for start, end in spans_of(text)]
    assert wrapped in found
    assert len(found) == 2


def test_headlines_among_sentences_are_not_taken_for_wrapped_text() -> None:
    lines = [f"الرئيس يلتقي وفدا من الوزراء في العاصمة لبحث ملف {one}" for one in "ابتثجحخدذرز"]
    lines.append(
        "سقطت قذائف على سوق بارا يوم الاثنين وقتلت 14 شخصا بحسب ما قاله مستشفى المدينة للصحفيين."
    )
    assert len(list(spans_of("\n".join(lines)))) == len(lines)


@pytest.mark.parametrize(
    "title",
    [
        *("Le gén. Ousmane Traoré", "El Gral. Pérez", "El gral. Pérez", "El Cnel. Ruiz"),
        *("Le col. Goïta", "O Cel. Souza", "La Tte. Gómez", "Le cdt. Diallo", "Le Cap. Sanogo"),
        *("El Cmdte. Raúl", "La Dra. Ruiz", "Il Dott. Bianchi", "El Sgto. Rey", "Mme. Diallo"),
    ],
)
def test_ranks_of_other_languages_end_no_sentence(title: str) -> None:
    assert len(list(spans_of(f"{title} habla con la prensa."))) == 1


@pytest.mark.parametrize("noun", ["camp", "road", "room", "unit", "block", "group", "ward", "gate"])
def test_a_number_after_a_place_and_a_full_stop_begins_a_sentence(noun: str) -> None:
    text = f"They left the {noun}. 7 other girls were missing."
    assert [text[a:b] for a, b in spans_of(text)] == text.replace(". ", ".\n").split("\n")
