"""Finds what stands in an article but is no part of its story.

Two kinds, each found by a rule that can be read and argued with:

- **Furniture** of the page: navigation, calls to subscribe, credits, copyright. ``FURNITURE`` is a
  table of patterns with an example each. A pattern has to fit a short sentence from its beginning,
  so that a report about a newsletter is none. They are English.
- **Intruders**: a paragraph of another story that slipped in when the page was copied. News
  repeats its names; a paragraph with several names shares one with the rest. An intruder has names
  of its own only, none of which the title or the rest knows, and hardly another word in common
  with them. Names are told by their capitals, so nothing is found in a script without capitals,
  or in a text all in lower case.

The marks only order the queue and suggest a label; nothing is left out for them. Even so a false
one costs more than a missed one, since it sends a sentence of the story to the end of the queue:
the rules are strict. ``benchmarks/sentences.py`` counts hits and false alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

MIN_NAMES = 3
"""Different names that a paragraph needs before it can be an intruder."""
MIN_WORDS = 10
"""Different content words that it needs."""
MAX_SHARED = 0.2
"""Share of its content words that may occur in the rest of the article.

Of 122 paragraphs of real news and statements, 1 in 6 share so few; together with the names, only
the one intruder among them is left."""
MIN_PARAGRAPHS = 4
"""Paragraphs that an article needs before one of them can be strange to the others."""
LONGEST_INTRUDER = 3
"""Consecutive paragraphs that may form one intruder, each sharing a name with the next."""

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
    r"|faq|terms (?:of (?:use|service)|(?:and|&) conditions)|newsletters?|advertise(?: with us)?"
    r"|careers|skip to (?:main )?content|back to top|log ?in|sign in|world|politics|business|sports?|opinion"
    r"|culture|technology|science|health|video|live)"
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
    (r"home\s*[>»/|]", "Home > Middle East > Syria"),
    (
        r"sources?\s*:\s*(?:(?:(?-i:[A-Z])\S*|and|of|the|agencies|wires)(?:\s+|$)){1,4}$",
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
    (r"(?:story|article) continues (?:below|after)\b", "Story continues below advertisement"),
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
    (r"\d+[ -]?min(?:ute)?s? read\W*$", "5 min read"),
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

_FURNITURE = re.compile("|".join(f"(?:{pattern})" for pattern, _ in FURNITURE), re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W\d_]{3,}")
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
    words: list[set[str]] = []
    names: list[set[str]] = []
    for first, last in paragraphs:
        found = [_words_and_names(text[start:end]) for start, end in spans[first:last]]
        words.append(set().union(*(one for one, _ in found)))
        names.append(set().union(*(one for _, one in found)))
    # The first and the last paragraph in which a word occurs tell whether it occurs elsewhere.
    places: dict[str, tuple[int, int]] = dict.fromkeys(_words_and_names(title)[0], (-1, -1))
    for number, found_words in enumerate(words):
        for word in found_words:
            places[word] = (places.get(word, (number, number))[0], number)

    longest = min(LONGEST_INTRUDER, len(paragraphs) - MIN_PARAGRAPHS + 1)
    begin = 0
    while begin < len(paragraphs):
        for end in range(begin + 1, min(begin + longest, len(paragraphs)) + 1):
            if end - begin > 1 and not names[end - 2] & words[end - 1]:
                break  # no name links it with the paragraph before
            inside = set().union(*words[begin:end])
            own_names = set().union(*names[begin:end])
            elsewhere = {w for w in inside if places[w][0] < begin or places[w][1] >= end}
            if (
                len(own_names) >= MIN_NAMES
                and len(inside) >= MIN_WORDS
                and not own_names & elsewhere
                and len(elsewhere) <= MAX_SHARED * len(inside)
            ):
                yield paragraphs[begin][0], paragraphs[end - 1][1]
                begin = end - 1
                break
        begin += 1


def _words_and_names(sentence: str) -> tuple[set[str], set[str]]:
    """Content words of a sentence and, among them, those with a capital but for the first word."""
    words, names = set(), set()
    for match in _WORD.finditer(sentence):
        word = match.group().lower()
        if word not in _COMMON:
            words.add(word[:_STEM])
            if match.group()[0].isupper() and any(map(str.isalnum, sentence[: match.start()])):
                names.add(word[:_STEM])
    return words, names
