"""Runs of lines without a stop are no part of a story, in any language; lists of events are."""

from __future__ import annotations

import pytest

from annotation.articles.line_runs import is_bare, marked_runs

STORY = (
    "Shelling in Bara",
    "Shells fell on the market of Bara on Monday and killed 14 people, the hospital said.",
    "Another 30 people were wounded, most of them women who were selling vegetables.",
    "The army denied that it had fired on the town and blamed the militia for the attack.",
)
ARABIC = (
    "قصف في بارا",
    "سقطت قذائف على سوق بارا يوم الاثنين وقتلت 14 شخصا بحسب ما قاله مستشفى المدينة للصحفيين.",
    "وأصيب ثلاثون آخرون بجروح معظمهم نساء كن يبعن الخضار في السوق الواقع وسط المدينة.",
)
MENUS = {
    "de": "Startseite|Politik|Wirtschaft|Sport|Kultur|Wetter",
    "cookies": "Wir verwenden Cookies|Alle akzeptieren|Nur notwendige|Einstellungen|Impressum",
    "ar": "الرئيسية|أخبار|رياضة|اقتصاد|ثقافة|فيديو|اتصل بنا",
    "ru": "Главная|Политика|Экономика|Спорт|Культура|Погода",
    "zh": "首页|政治|经济|体育|文化|天气",
    "fr": "Accueil|Monde|Société|Sports|Météo|Se connecter",
    "es": "Inicio|Mundo|Política|Deportes|Opinión|Clima|Iniciar sesión",
    "hi": "होम|देश|विदेश|खेल|मनोरंजन|राजनीति",
}


def marked(*lines: str) -> list[str]:
    return [line for first, last in marked_runs(lines) for line in lines[first:last]]


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
@pytest.mark.parametrize("story", [STORY, ARABIC], ids=["en", "ar"])
def test_a_menu_is_marked_wherever_it_stands(story: tuple[str, ...], menu: str) -> None:
    lines = menu.split("|")
    assert marked(*story, *lines) == lines
    assert marked(*story[:2], *lines, *story[2:]) == lines
    assert marked(story[0], *lines, *story[1:]) == lines


def test_a_long_list_of_headlines_is_marked() -> None:
    headlines = [f"الرئيس يلتقي وفدا من الوزراء في العاصمة لبحث ملف {one}" for one in "ابتثجحخدذرز"]
    assert marked(*ARABIC, *headlines) == headlines
    assert marked(*ARABIC, *headlines[:9]) == []


@pytest.mark.parametrize(
    "lines",
    [
        [f"– Attack on staff in district {one}" for one in "ABCDEFGHIJKL"],
        [f"Omar {one}, {20 + number}" for number, one in enumerate("ABCDEFGHIJKL")],
        ["Market hit at noon", "By Jane Doe", "A street in Bara", "Monday"],
        [f"Shells fell on district {one}." for one in "ABCDEFGHIJKL"],
        [f"12 people died in district {one}" for one in "ABCDEFGHIJKL"],
    ],
    ids=["bullets", "the dead", "few", "sentences", "numbers"],
)
def test_what_may_be_part_of_a_story_is_not_marked(lines: list[str]) -> None:
    assert marked(*STORY, *lines) == []


def test_a_text_of_nothing_but_lines_is_left_alone() -> None:
    assert marked(*[f"Rebels seize the town of {one}" for one in "ABCDEFGHIJKLMN"]) == []
    assert marked() == []


@pytest.mark.parametrize("line", ["", "It fell.", "“It fell.”", "– Fell", "x" * 151, "a\nb"])
def test_what_is_no_bare_line(line: str) -> None:
    assert not is_bare(line)
