"""Finds what stands in an article but is no part of its story.

Two kinds, each found by a rule that can be read and argued with:

- **Furniture** of the page: navigation, calls to subscribe, credits, copyright. ``FURNITURE`` is a
  table of patterns with an example each. A pattern has to fit a short sentence from its beginning,
  so that a report about a newsletter is none. They are English.
- **Intruders**: a paragraph of another story that slipped in when the page was copied, most often
  sport, markets or entertainment. ``TOPICS`` holds their words. A paragraph is an intruder if it
  uses at least two words of one topic, one of them unmistakable, while the rest of the article
  uses none of the unmistakable ones, knows none of the paragraph's names and has hardly another
  word in common with it. Names are told by their capitals, so nothing is found in a script without
  capitals or in a text all in lower case. (Names and common words alone were tried first. They
  find more, but in reports from one place every paragraph has its own names: on the seeds, three
  false alarms for each hit.)

The marks only order the queue and suggest a label; nothing is left out for them. Even so a false
one costs more than a missed one, since it sends a sentence of the story to the end of the queue:
the rules are strict. ``benchmarks/sentences.py`` counts hits and false alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

MAX_SHARED = 0.35
"""Share of an intruder's content words that may occur in the rest of the article."""
MIN_PARAGRAPHS = 4
"""Paragraphs that an article needs before one of them can be strange to the others."""
LONGEST_INTRUDER = 3
"""Consecutive paragraphs that may form one intruder, such as a headline and what it stands over."""

_LONGEST_FURNITURE = 160  # characters

_DATE = (
    r"(?:[\d:.,/()|\s–-]|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[ap]\.?m|gmt|utc|ist|est|edt|et|bst|cet"
    r"|on|at|yesterday|today|hours?|minutes?|days?|ago)\b)"
)
_SOCIAL = (
    r"(?:share|tweet|print|e-?mail|mail|facebook|twitter|x|whatsapp|linkedin|telegram|instagram"
    r"|reddit|pinterest|youtube|copy link|comments?)"
)
_PAGES = (
    r"(?:home|menu|search|about(?: us)?|contact(?: us)?|privacy(?: policy)?|cookie policy|sitemap"
    r"|faq|terms (?:of (?:use|service)|(?:and|&) conditions)|newsletters?"
    r"|advertise(?: with us)?|careers|skip to (?:main )?content|back to top|log ?in|sign in|world"
    r"|politics|business|sports?|opinion|culture|technology|science|health|video|live)"
)
_NAME = r"(?-i:[A-Z])[\w.'’-]+"

FURNITURE: tuple[tuple[str, str], ...] = (
    (
        r"(?:latest|breaking|top|trending|recommended|more|most (?:read|viewed|popular|shared))"
        r"(?: (?:news|stories|headlines|articles|videos|topics|now|from [\w ]{1,30}))?\W*$",
        "Latest News",
    ),
    (
        r"related (?:stories|news|articles|coverage|topics|content|links)\b",
        "Related stories: Aid arrives",
    ),
    (r"full coverage\W*$", "Full coverage"),
    (r"most (?:read|viewed|popular|shared)\s*:", "Most shared: Why the river is shrinking"),
    (
        r"\W*(?:more|also) (?:from|on|in) (?:the|our|this) [\w ]{1,30}(?::|$)",
        "Also on our site: The dog that came home",
    ),
    (
        r"(?:live updates?\W+)?refresh (?:this page |to |for )",
        "Refresh for updates | Jump to latest",
    ),
    (
        r"you have (?:read|reached) .{0,40}\b(?:free )?articles?\b",
        "You have read 3 of 5 free articles",
    ),
    (r".{0,80}\bcancel any ?time\b", "Two euros a month, cancel any time"),
    (
        r"(?:(?:see|read) also|also read|don['’]?t miss|up next|in (?:pictures|photos))\s*[:|]",
        "Also read: X",
    ),
    (
        r"(?:read|watch|see|listen|learn)(?: more| now| here| next)*\s*[:|>»]",
        "Read more: How it began",
    ),
    (
        r"read (?:more|the (?:full|whole|original) (?:story|article|report))\b",
        "Read the full story here",
    ),
    (r"watch (?:the video|live|now|this)\W*$", "Watch live"),
    (r"(?:click|tap) (?:here|on|to|the)\b", "Click here to see the map."),
    (r"(?:sign up|subscribe)\b", "Sign up for our newsletter"),
    (r"(?:follow|like|join) us\b", "Follow us on Twitter"),
    (r"share (?:this|on|via)\b", "Share this article"),
    (rf"{_SOCIAL}(?:[\s|,/·•]+{_SOCIAL})*\W*$", "Facebook Twitter Linkedin Mail"),
    (rf"{_PAGES}(?:\s*[\s|>»/·•]\s*{_PAGES})*\W*$", "Home | World | Politics"),
    (
        rf"(?=.*\b{_PAGES}\b)(?:[\w '&-]{{1,30}}[|>»·•]\s*){{2,}}[\w '&-]{{1,30}}$",
        "Menu | Aleppo | Business | Weather",
    ),
    (r"home\s*[>»/|]", "Home > Middle East"),
    (
        r"sources?\s*:\s*(?:(?:(?-i:[A-Z])\S*|and|of|the|agencies|wires)(?:[\s;]+|$)){1,5}"
        r"(?:additional reporting by .*)?$",
        "source: Alarabiya",
    ),
    (
        r"\(?(?:(?:file )?photos?|images?|pictures?|photograph|graphic|credits?|via)"
        r"(?: (?:by|credit|courtesy(?: of)?))?\s*[:/©|]",
        "Photo credit: J. Doe",
    ),
    (r"(?:file )?photo(?:graph)? by\b", "Photo by Jane Doe"),
    (
        r"(?:\S+ ){0,6}\S*(?:getty images|ap photo|afp/|/afp|/reuters|reuters/)\S*\W*$",
        "A. Doe/Getty Images",
    ),
    (r"(?:©|\(c\)|copyright\b)", "© 2019 Example News"),
    (r".{0,80}\ball rights reserved\b", "2019 Example News. All rights reserved."),
    (
        r"(?:advertisement|advertising|(?:sponsored|promoted)(?: content| links?)?)\W*$",
        "Advertisement",
    ),
    (
        r"(?:advertisement\W+)?(?:story|article) continues (?:below|after)\b",
        "Story continues below advertisement",
    ),
    (r"\d[\d,]* (?:comments?|shares?|likes?|views?|replies)\W*$", "12 comments"),
    (r"comments?\s*\(\d+\)\W*$", "Comments (12)"),
    (
        r"(?:leave|post|add|view|show|load|write)(?: a| all| more| your)* comments?\b",
        "Leave a comment",
    ),
    (
        rf"(?:last )?(?:updated|modified|published|posted)\s*:?{_DATE}+$",
        "Last updated: 5 May 2019, 10:30 GMT",
    ),
    (rf"this story is from {_DATE}+$", "This story is from March 8, 2002"),
    (
        r"(?:this|the) (?:story|article|report) (?:was )?(?:originally|first)"
        r" (?:published|appeared)",
        "This story was originally published by Example News.",
    ),
    (r".{0,30}\b\d+[ -]?min(?:ute)?s? read\b.{0,30}$", "5 min read"),
    (
        r"\((?:additional )?(?:reporting|writing|editing|edited|written|compiled|translated) by\b",
        "(Reporting by A. Doe in Amman)",
    ),
    (
        r"(?:reporting|writing|editing) by [^;]*; *(?:reporting|writing|editing) by\b",
        "Reporting by A. Doe; editing by B. Roe",
    ),
    (
        rf"(?:by|edited by|written by|compiled by) {_NAME}(?: {_NAME}){{1,3}}(?:, [\w ]+)?$",
        "By Jane Doe, Reuters",
    ),
    (
        r"(?:we use cookies|this (?:web)?site uses cookies|accept (?:all )?cookies)\b",
        "We use cookies.",
    ),
    (r"(?:download|get) (?:our|the) [\w ]{0,30}\bapp\b", "Download our free app"),
    (r"(?:donate|support us|become a member)(?: now| today)?\W*$", "Donate now"),
    (
        r"for (?:more|further) (?:information|details|news),? (?:please )?"
        r"(?:visit|see|call|contact|click|go)\b",
        "For more information, visit our website.",
    ),
    (r"(?:https?://|www\.)\S+$", "https://news.example/story"),
    (r"[\w.+-]+@[\w-]+\.[\w.]+$", "desk@news.example"),
    (r"\(?[-–—\s]*ends?[-–—\s]*\)?$", "-ENDS-"),
    (r"[\W_]+$", "* * *"),
)
"""Patterns of page furniture, each with an example; they are matched without regard to case."""

TOPICS: tuple[tuple[str, str], ...] = (
    (
        r"football|soccer|basketball|cricket|tennis|rugby|volleyball|strikers?|midfielders?|goalkeepers?"
        r"|teammates?|jerseys?|hat-trick|world cup|cup final|premier league|champions league|la liga"
        r"|bundesliga|qualifiers?|quarter-?finals?|semi-?finals?|play-?offs?|hamstring|innings|wickets?"
        r"|grand prix|olympics?|medallists?",
        r"squad|coach|captain|goals?|match(?:es)?|cup|final|league|club|season|scored|points|fans|caps"
        r"|champions?|stadium|team|side|win|won|lost|beat|overtime|tickets?|penalty|injury|transfer|play",
    ),
    (
        r"nasdaq|dow jones|stock (?:exchange|market)|wall street|bourse|share prices?|shareholders"
        r"|closed at [\d.,]+|quarterly (?:profit|results)|interest rates?|crude futures",
        r"shares?|stocks?|traders?|investors?|dollars?|euros?|naira|currency|index|markets?|barrel|oil"
        r"|firms?|economists?|analysts?|profits?|percent|inflation|bank",
    ),
    (
        r"singers?|actress|hollywood|bollywood|netflix|celebrit(?:y|ies)|box office|red carpet|oscars?"
        r"|grammys?|pop star|carnival|horoscopes?|recipes?|crossword|sudoku|lottery|jackpot|gorillas?"
        r"|zoo|royal wedding|fashion week",
        r"films?|movies?|albums?|songs?|fans|concerts?|shows?|stars?|premiere|series|parade|festival"
        r"|dress|cakes?|twins?|tickets?|prizes?|guests?|queens?|kings?|prince(?:ss)?",
    ),
)
"""For each topic, words that are its own, and words that it shares with other news."""

_TOPICS = tuple(
    (re.compile(rf"\b(?:{own})\b", re.IGNORECASE), re.compile(rf"\b(?:{any_})\b", re.IGNORECASE))
    for own, any_ in TOPICS
)
_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern, _ in FURNITURE), re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_MIDST = re.compile(r"[\w,;-][ '’\"“‘(-]{0,2}$")  # what stands before a word within a sentence
_VIOLENCE = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|wounded|dead|died?|deaths?|bomb\w*|blasts?|explo\w+|rockets?|missiles?"
    r"|shell(?:s|ed|ing)|gun(?:men|man|fire)|soldiers?|troops?|army|militants?|militia\w*|rebels?"
    r"|police|air ?strikes?|fighters?|wars?|hostages?|refugees?|ceasefire|civilians?)\b",
    re.IGNORECASE,
)
_STEM = 5  # characters; "Syria" and "Syrian", "evacuated" and "evacuation" are one

_COMMON_WORDS = (
    "the and for with from that this these those have has had was were been being are but not "
    "its his her she they them their our your you who whom whose which what when where while "
    "how why would could should shall will may might must can cannot did does done also than "
    "then there here more most some any all each every both many much few other another such "
    "only just very even still yet ever never too own same against between among through "
    "during before after above below over under again further once because until about into "
    "onto out off down upon since within without toward towards one two three four five six "
    "seven eight nine ten hundred thousand million new last first next now said says say told "
    "according mr mrs ms dr"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""English words that any two stories share."""


def mark(title: str, text: str, spans: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    """Tells which sentences look like no part of the story.

    Args:
        title: headline of the article, or the empty string.
        text: the article.
        spans: its sentences, in order, as half-open offsets in code points.

    Returns:
        One mark for each span, True where it is furniture or belongs to an intruder.
    """
    marks = [is_furniture(text[start:end]) for start, end in spans]
    for first, last in _intruders(title, text, spans):
        marks[first:last] = [True] * (last - first)
    return tuple(marks)


def is_furniture(sentence: str) -> bool:
    """True for navigation, calls to subscribe, credits, copyright and what has no letters."""
    return len(sentence) <= _LONGEST_FURNITURE and _FURNITURE.match(sentence) is not None


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs as ranges of sentences: parted by blank lines if there are any."""
    blank = _PARAGRAPH.search(text) is not None
    starts = [
        number
        for number, ((_, end), (start, _)) in enumerate(pairwise(spans), 1)
        if (_PARAGRAPH.search(text, end, start) if blank else "\n" in text[end:start])
    ]
    return list(zip([0, *starts], [*starts, len(spans)], strict=True)) if spans else []


def _intruders(
    title: str, text: str, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Paragraphs from another story, as ranges of sentences."""
    paragraphs = _paragraphs(text, spans)
    if len(paragraphs) < MIN_PARAGRAPHS:
        return
    texts = [text[spans[first][0] : spans[last - 1][1]] for first, last in paragraphs]
    for own, shared in _TOPICS:
        hits = [number for number, one in enumerate(texts) if own.search(one)]
        if not hits or own.search(title) or hits[-1] - hits[0] >= LONGEST_INTRUDER:
            continue  # nothing of the topic, or the article is about it
        begin, end = hits[0], hits[-1] + 1
        while begin and end - begin < LONGEST_INTRUDER and _speaks_of(shared, texts[begin - 1]):
            begin -= 1
        while (
            end < len(texts) and end - begin < LONGEST_INTRUDER and _speaks_of(shared, texts[end])
        ):
            end += 1
        inside = " ".join(texts[begin:end])
        outside = " ".join((title, *texts[:begin], *texts[end:]))
        if len(texts) - end + begin >= MIN_PARAGRAPHS - 1 and not _VIOLENCE.search(inside):
            words, names = _words_and_names(inside)
            known = words & _words_and_names(outside)[0]
            topical = {hit.lower() for which in (own, shared) for hit in which.findall(inside)}
            if len(topical) > 1 and not names & known and len(known) <= MAX_SHARED * len(words):
                yield paragraphs[begin][0], paragraphs[end - 1][1]


def _speaks_of(shared: re.Pattern[str], paragraph: str) -> bool:
    """True for a neighbour with two words of the topic: the headline above, the text below."""
    return len({hit.lower() for hit in shared.findall(paragraph)}) > 1


def _words_and_names(text: str) -> tuple[set[str], set[str]]:
    """Content words of a text and, among them, the names: capitals that no sentence asks for."""
    words, names = set(), set()
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in _COMMON:
            words.add(word[:_STEM])
            if match.group()[0].isupper() and _MIDST.search(
                text, max(0, match.start() - 3), match.start()
            ):
                names.add(word[:_STEM])
    return words, names
