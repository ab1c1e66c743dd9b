"""Near-duplicates: sentences that say the same, as syndicated and slightly edited news does.

Two sentences say the same when they have the same words in the same order, apart from what a
paper changes in an agency's text without touching what it says: case, punctuation, quotation marks,
dashes, accents, articles, numbers in words, British or American spelling, compounds in one word or
two ("air strike"), the tense of "said", "also" and "however", a dateline before it and the agency's
name behind it. Any other word that only one of them has makes two sentences of them: it may be the
place, the victim or the one who did it. Measures of similarity do not help here, since reports of
two events are often more alike than two versions of one report. That is strict, which is the right
side to err on: a duplicate that is missed costs one more sentence to label, a false one loses an
event.

What such editing changes is English. A sentence in another Latin script may differ in case,
punctuation and accents only, one in any other script in case, punctuation and white space.

So "the same" is equality of a key, and finding it takes no search: ``benchmarks/duplicates.py``
measures it against the libraries that were considered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from string import ascii_lowercase, digits

_DIGITS = {
    first + digit: str(digit)
    for first in (
        0x660,
        0x6F0,
        0x966,
        0x9E6,
        0x1040,
    )  # Arabic, Persian, Devanagari, Bengali, Burmese
    for digit in range(10)
}
_SIGNS: dict[int, str] = _DIGITS | str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("’‘ʼ´", "'") | dict.fromkeys("\u00ad\u200b", "")
)
_ANY_SIGN = re.compile(f"[{''.join(map(chr, _SIGNS))}]")
"""To put in each of them takes a third of the time of ``str.translate``, which looks at all."""
_TOKEN = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*|(?<![\w.])[+-](?=[$€£¥₹₽₴₪]?\d)|\d(?:[\d.,:/⁄]*\d)?|[$€£¥₹₽₴₪%‰]"
)
"""A word with its apostrophes; a sign before a numeral; a numeral; a lone sign."""
_ASCII_TOKEN = re.compile(
    r"[a-z]+(?:'[a-z]+)*|(?<![\w.])[+-](?=\$?\d)|\d(?:[\d.,:/]*\d)?|[$%]", re.ASCII
)
"""The same in a text of small ASCII letters, as most are: it takes two thirds of the time."""
_TELLING = f"{digits}'$%".encode()
_PLAIN = bytes(set(range(128)) - set(_TELLING))
_PARTED = bytes(code if chr(code) in ascii_lowercase else 32 for code in range(256))
"""A text of no sign that tells anything has its words between blanks once all but small letters are
blanks: finding them so takes a third of the time."""
_QUOTATION = re.compile("[“”„‟«»‹›]")
"""Marks that stand in no word, and are often all that keeps a text from being ASCII."""
_OTHER_SCRIPT = re.compile(
    "[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufefc\U00010000-\U0001efff\U00020000-\U0003ffff]"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_AGENCY = (
    r"(?:Reuters|AP|AFP|dpa|DPA|EFE|ANSA|TASS|UPI|PTI|ANI|IANS|UNB|APA|Xinhua|Anadolu|"
    r"Bernama|Interfax|Ukrinform|Kyodo)"
)
_LEAD = re.compile(
    r"[\W_]*(?P<place>(?:[^\W\d_a-z][\w.']*+[ /-]?){1,4})"
    r"(?P<more>(?:, ?[A-Z\d][ \w.,]{0,30})?)"
    rf"(?: ?\({_AGENCY}\)(?: ?[-:]+)?| ?\((?P<inside>[^()]{{2,30}})\) ?[-:]+|(?P<colon>:)| ?-+) "
)
"""What a paper puts before a sentence: "BEIRUT, March 9 (Reuters) - ", "BEIRUT: ". Without a dash
only an agency may stand in brackets: "Rebels (M23) attacked" begins with the rebels."""
_CREDIT = re.compile(rf"[\s(\[-]+{_AGENCY}[)\].\s]*$")
"""An agency's name behind a sentence; other names in brackets may be the place."""
_LONGEST_CREDIT = 20  # characters

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: value for value, word in enumerate(_ONES.split())}
_NUMBERS |= {word: 10 * value for value, word in enumerate(_TENS.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1000, "lakh": 10**5, "million": 10**6, "crore": 10**7}
_SCALES |= {"billion": 10**9, "trillion": 10**12, "mn": 10**6, "mln": 10**6, "bn": 10**9}
_SCALES |= {"bln": 10**9, "tn": 10**12}
_RANKS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINALS = {word: value for value, word in enumerate(_RANKS.split(), 1)}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}

_DROPPED = "the an that also meanwhile however has have had"
_LOOK_AHEAD = frozenset(("a", "on", "told"))
"""Words of which the next one tells whether they say something."""
_FEW = frozenset(("few", "little"))
"""With "a" before them they say something else."""
_PRESS = frozenset(("reporters", "journalists"))
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$")

_SPELLINGS = (
    "says said|say said|adds said|added said|grey gray|programme program|"
    "programmes programs|towards toward|afterwards afterward|amidst amid|amongst among|"
    "whilst while|cheque check|cheques checks|kerb curb|enquiry inquiry|aeroplane airplane|"
    "aeroplanes airplanes|sceptical skeptical|judgement judgment|ageing aging|tyre tire|"
    "tyres tires|manoeuvre maneuver|manoeuvres maneuvers|kilometres km|kilometre km|"
    "kilometers km|kilometer km|kms km|kilogrammes kg|kilograms kg|kilogram kg|metres meters|"
    "metre meter|litres liters|litre liter|tonnes tons|tonne ton|okay ok|% percent|"
    "jan january|feb february|aug august|sept september|sep september|oct october|"
    "nov november|dec december"
)
_SAME: dict[str, str] = dict.fromkeys(_DROPPED.split(), "")
_SAME |= dict(pair.split() for pair in _SPELLINGS.split("|"))
"""Words and what they are taken for; the empty string for what may be missing."""
_BRITISH = (
    (re.compile(r"(neighb|harb|hon|lab|col|fav|arm|hum|rum|vap|behavi|endeav|rig)our"), r"\1or"),
    (re.compile(r"(\w{3}|real|un)is(e|ed|es|ing|ations?|ers?)$"), r"\1iz\2"),
    (re.compile(r"(ana|para)lys(e|ed|es|ing)$"), r"\1lyz\2"),
    (
        re.compile(
            r"((?:trav|canc|lab|lev|mod|quarr|fu|chann|du|jew|marv|pan|tunn|shov|couns)el"
            r"|(?:sign|tot|di|riv|initi)al)l(ed|ing|ers?)$"
        ),
        r"\1\2",
    ),
    (re.compile(r"(cent|theat|fib|calib|sab|spect)re(s?)$"), r"\1er\2"),
    (re.compile(r"(def|off|lic|pret)ence"), r"\1ense"),
)
_MAY_BE_BRITISH = re.compile(
    r"our|is(?:e|ed|es|ing|ations?|ers?)$|lys|ll(?:ed|ing|ers?)$|res?$|ence"
)


class DuplicateIndex:
    """An index of sentences, which recognises those that come again in the same words.

    Only sentences that say something new are remembered, each under its own key.
    """

    def __init__(self) -> None:
        self._found: dict[str, list[tuple[str, str]]] = {}  # words -> lead and key of each

    def add(self, key: str, text: str) -> str | None:
        """Remember a sentence under its key, unless it says nothing new.

        Args:
            key: the id of the sentence.
            text: the sentence.

        Returns:
            The key of the earlier sentence that says the same, None where there is none or where
            it is this very key.
        """
        return self.add_read(key, lead_and_words(text))

    def add_read(self, key: str, told: tuple[str, str]) -> str | None:
        """The same of a sentence of which lead and words are known already.

        Args:
            key: the id of the sentence.
            told: what ``lead_and_words`` makes of it.
        """
        lead, words = told
        entries = self._found.setdefault(words, [])
        for place, (other, earlier) in enumerate(entries):
            if _may_lead(lead, other):
                if not other:  # from now on it stands for this place, not for any other
                    entries[place] = lead, earlier
                return None if earlier == key else earlier
        entries.append((lead, key))
        return None

    def find(self, text: str) -> str | None:
        """Look a sentence up and remember nothing.

        Args:
            text: the sentence.

        Returns:
            The key of the remembered sentence that says the same, None where there is none.
        """
        lead, words = lead_and_words(text)
        entries = self._found.get(words, ())
        return next((earlier for other, earlier in entries if _may_lead(lead, other)), None)


def _may_lead(lead: str, other: str) -> bool:
    """True where what stands before two sentences does not tell them apart."""
    return lead.endswith(other) or other.endswith(lead)


def lead_and_words(text: str) -> tuple[str, str]:
    """What stands before a sentence, and what sentences that say the same have in common."""
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text)
        plain = _ANY_SIGN.sub(lambda sign: _SIGNS[ord(sign[0])], plain)
        if _OTHER_SCRIPT.search(plain):
            return "", _letters(plain)
    lead = ""
    start = 0
    while (found := _LEAD.match(plain, start)) and found.end() < len(plain):
        place, more, inside, colon = found.group("place", "more", "inside", "colon")
        if colon and not place.isupper():
            break  # "False: ", "Hamas: ", "Killed: " say something, and are written like a place
        # First what may be missing: a region is named beside a place, or not, and an outlet.
        told = (
            *_TOKEN.findall(f"{inside or ''} {more}".casefold()),
            *_TOKEN.findall(place.casefold()),
        )
        lead += " ".join(("", *told))
        start = found.end()
    if credit := _CREDIT.search(plain, max(start + 1, len(plain) - _LONGEST_CREDIT)):
        plain = plain[: credit.start()]
    plain = plain[start:].casefold()
    if not plain.isascii():
        plain = _QUOTATION.sub(" ", plain)
    if plain.isascii():
        tokens = _ascii_tokens(plain)
    else:
        tokens = _TOKEN.findall("".join(filter(_is_base, unicodedata.normalize("NFD", plain))))
    return lead, _words(tokens) or text.strip()


def _ascii_tokens(text: str) -> list[str]:
    """What ``_ASCII_TOKEN`` finds."""
    plain = text.encode("ascii")
    if plain.translate(None, _PLAIN):
        return _ASCII_TOKEN.findall(text)
    return plain.translate(_PARTED).decode("ascii").split()


def _is_base(character: str) -> bool:
    return not unicodedata.combining(character)


def _letters(text: str) -> str:
    """A text in letters, vowel signs and digits only."""
    return " ".join(
        "".join(
            c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text.casefold()
        ).split()
    )


def _words(tokens: list[str]) -> str:
    """The words that say something, each in one spelling, without what parts compounds."""
    words = list(map(_spelling, tokens))
    if None not in words:
        return "".join(words)  # type: ignore[arg-type]
    behind = 0  # where the number ends that has been read
    for place, word in enumerate(words):
        if place < behind:
            words[place] = ""
        elif word is None:
            token = tokens[place]
            following = tokens[place + 1] if place + 1 < len(tokens) else ""
            if token not in _LOOK_AHEAD:
                behind, words[place] = _number(tokens, place)
            elif token == "told" and following in _PRESS:  # noqa: S105
                behind, words[place] = place + 2, "said"
            else:
                says = following in _FEW if token == "a" else not _DAY.match(following)  # noqa: S105
                words[place] = token if says else ""
    return "".join(words)  # type: ignore[arg-type]


@lru_cache(2**14)
def _spelling(word: str) -> str | None:
    """A word in the one spelling that stands for all; None where its neighbours tell."""
    if word in _NUMBERS or word in _ORDINALS or word in _LOOK_AHEAD or not word[0].isalpha():
        return None
    if (same := _SAME.get(word)) is not None:
        return same
    if "'" in word:
        if word.endswith("n't"):
            return "cannot" if word == "can't" else f"{word[:-3]}not"
        if word.endswith("'s"):
            return word[:-2].replace("'", "") + "'s"
        return word.replace("'", "")
    if _MAY_BE_BRITISH.search(word):
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return word


def _number(tokens: list[str], place: int) -> tuple[int, str]:
    """Reads a number in words or digits, which begins at a place.

    Returns:
        Where it ends, and the number, written so that it runs into nothing beside it.
    """
    token = tokens[place]
    if token in _ORDINALS:
        return place + 1, _ordinal(_ORDINALS[token])
    if token[0].isdecimal():
        digits = token.replace(",", "") if _GROUPED.fullmatch(token) else token
        money = place > 0 and not tokens[place - 1][0].isalnum()
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        scale = _SCALES.get(following) or (10**6 if money and following == "m" else 0)
        if scale and (value := _scaled(digits, scale)):
            return place + 2, f"|{value}|"
        return place + 1, f"|{digits}|"
    if not token[0].isalpha():
        return place + 1, _SAME.get(token, token)
    return _in_words(tokens, place)


def _scaled(digits: str, scale: int) -> str:
    """Digits times a scale, where that is a whole number: 2.5 million; else nothing."""
    whole, _, part = digits.partition(".")
    if not (whole + part).isdecimal() or 10 ** len(part) > scale or len(digits) > 15:
        return ""
    return str(int(whole + part) * scale // 10 ** len(part))


def _in_words(tokens: list[str], place: int) -> tuple[int, str]:
    """Reads a number in words."""
    total, part, least = 0, 0, 10**18  # the parts of a number grow smaller: "one, two" are two
    begin = place
    while place < len(tokens):
        token = tokens[place]
        if token in _NUMBERS:
            value = _NUMBERS[token]
            if value >= least or (value == 0 and place > begin):
                break
            part, least = part + value, 10 if value >= 20 else 0
        elif token == "hundred" and part < 100 and part:  # noqa: S105
            part, least = part * 100, 100
        elif (scale := _SCALES.get(token, 0)) > 100 and part:
            total, part, least = total + part * scale, 0, 1000
        elif token in _ORDINALS and least == 10 and _ORDINALS[token] < 10:
            return place + 1, _ordinal(total + part + _ORDINALS[token])
        elif (
            token == "and"  # noqa: S105
            and tokens[place - 1] in _SCALES
            and place + 1 < len(tokens)
            and tokens[place + 1] in _NUMBERS
        ):
            pass
        else:
            break
        place += 1
    return place, f"|{total + part}|"


def _ordinal(value: int) -> str:
    ending = "th" if value % 100 in (11, 12, 13) else _ENDINGS.get(value % 10, "th")
    return f"|{value}|{ending}"
