"""What a person marks in the browser comes back character for character."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.pages import Claim

pytestmark = pytest.mark.browser

SENTENCES = {
    "plain": ("At least 12 civilians were killed in Hajin.", "At least 12 civilians"),
    "emoji before": ("🚨🇺🇦 Breaking: 5 dead 👨‍👩‍👧 in Kharkiv.", "5 dead"),
    "emoji inside": ("Police found 7 🔫 rifles in a cellar.", "7 🔫 rifles"),
    "combining marks": ("Cafe\u0301 owner Ngu\u0303gi\u0302 saw 30 re\u0301fugie\u0301s flee.", "30 re\u0301fugie\u0301s"),
    "Arabic": ("قال مسؤول إن 12 شخصا قتلوا في الحسكة يوم الجمعة.", "شخصا قتلوا"),
    "Arabic in English": ("The group (جبهة النصرة) lost 40 fighters near إدلب on Friday.", "40 fighters"),
    "markup": ("The <b>army</b> said 3 < 5 & that &amp; 20 <i>men</i> fled.", "20 <i>men</i>"),
    "quotes": ("“We buried 15 people,” he said; 'it’s \"all\" we could do'.", "15 people"),
    "dollars": ("They paid $text and $1.2 million to ${title} in cash.", "$1.2 million"),
    "repeated blanks": ("Some  200   people  fled   the  town.", "200   people"),
    "tab and no-break space": ("About\t80\u00a0percent of the town\u2009fell.", "80\u00a0percent of the town"),
    "Ukrainian": ("Речник повідомив, що щонайменше 14 людей загинули в Ізюмі.", "щонайменше 14 людей"),
    "Burmese": ("မြန်မာ စစ်တပ်က လူ ၂၀ ကို ဖမ်းဆီးခဲ့သည်။", "လူ ၂၀"),
    "last word": ("Rebels freed 9 hostages", "9 hostages"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "phrase"), SENTENCES.values(), ids=SENTENCES)
def test_a_marked_claim_is_the_same_slice_of_the_same_text(
    open_project: Open, text: str, phrase: str
) -> None:
    annotator = open_project(text)
    assert annotator.sentence == text
    annotator.mark("q", phrase)
    annotator.select(1)
    annotator.type_into("low", "12")
    annotator.type_into("high", "15")
    annotator.leave_field()
    annotator.press("b")
    annotator.submit()
    (stored,) = annotator.project.stored()
    start = text.index(phrase)
    assert stored.claims == (
        Claim(start, start + len(phrase), phrase, "killed", 12, 15, "between"),
    )
    assert text[stored.claims[0].start : stored.claims[0].end] == stored.claims[0].text
