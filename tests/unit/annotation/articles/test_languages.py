"""What is not English is told; what is short or mixed goes with its article."""

from __future__ import annotations

import pytest

from annotation.articles.languages import UNKNOWN, languages_of, with_languages
from annotation.articles.sentences import split
from annotation.records import Article, Sentence

ENGLISH_STORY = (
    "Shells fell on the market of Bara and killed 14 people, the hospital said.",
    "The army, which had promised a truce, denied that its guns were used.",
)
FRENCH = "Une trentaine de civils ont été tués dans l'attaque du marché, selon l'hôpital."
ARABIC = "قُتل اثنا عشر مدنيا في الغارة على السوق"


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        (ENGLISH_STORY[0], "en"),
        (FRENCH, "fr"),
        (ARABIC, "ar"),
        ("Zwölf Zivilisten wurden bei dem Angriff auf den Markt getötet.", "de"),
        ("В результате удара по рынку погибли двенадцать мирных жителей.", "ru"),
        ("12 killed", "en"),
        ("Aleppo, Idlib, Homs", "en"),
        ("Latest News", "en"),
        ("", "en"),
    ],
)
def test_a_sentence_alone_is_english_where_in_doubt(sentence: str, language: str) -> None:
    assert languages_of([sentence]) == (language,)


def test_what_is_short_goes_with_its_article() -> None:
    story = (FRENCH, "L'armée a nié toute responsabilité dans ce bombardement meurtrier.", "Douze.")
    assert languages_of(story) == ("fr", "fr", "fr")
    assert languages_of([*ENGLISH_STORY, "Douze."]) == ("en", "en", "en")


def test_a_mixed_article_is_told_sentence_by_sentence() -> None:
    assert languages_of([*ENGLISH_STORY, FRENCH, ARABIC]) == ("en", "en", "fr", "ar")


def test_another_script_is_never_english() -> None:
    [language] = languages_of(["ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃ"])
    assert language != "en"
    assert UNKNOWN == "und"


def test_the_sentences_of_an_article_know_their_language() -> None:
    sentences = split(Article("a", "", f"{ENGLISH_STORY[0]}\n\n{FRENCH}"))
    assert [sentence.language for sentence in sentences] == ["en", "fr"]
    assert [sentence.is_english for sentence in sentences] == [True, False]


def test_a_language_is_told_where_nobody_has_and_english_stays_unsaid() -> None:
    def sentence(article: str, text: str, language: str | None = None) -> Sentence:
        return Sentence(text[:9], article, 0, 0, len(text), text, language=language)

    rows = (
        sentence("a", FRENCH),
        sentence("b", ENGLISH_STORY[0]),
        sentence("a", "Douze."),
        sentence("b", ARABIC),
        sentence("a", FRENCH, "de"),
    )
    told = with_languages(rows)
    assert [one.language for one in told] == ["fr", None, "fr", "ar", "de"]
    assert [one.text for one in told] == [one.text for one in rows]
