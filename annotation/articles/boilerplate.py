"""Boilerplate: what stands in an article but is no part of its story.

Three kinds, each found by a rule that can be read and argued with:

- **Page elements**: navigation, calls to subscribe, credits, copyright. ``PAGE_ELEMENTS`` is a
  table of patterns with an example each. A pattern has to fit a short sentence from its beginning,
  so that a report about a newsletter is none. They are English. The lines below "More from …" are
  headlines of other stories.
- **Runs of lines without a full stop**: menus and lists of headlines (``line_runs``), in any
  language.
- **Another story**: paragraphs on sport, markets or entertainment that slipped in when the page was
  copied (``off_topic``).

The marks only order the queue and suggest a label; nothing is left out for them. Even so a false
one costs more than a missed one, since it sends a sentence of the story to the end of the queue:
the rules are strict. ``benchmarks/sentences.py`` counts hits and false alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotation.articles.line_runs import is_bare, marked_runs
from annotation.articles.off_topic import MIN_PARAGRAPHS, off_topic

MOST_TEASERS = 15
"""Headlines of other stories that may stand below one of "More from …"."""

_LONGEST_PAGE_ELEMENT = 160  # characters
_LONGEST_CREDIT = 80

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
_NAME = r"[A-Z][\w.'’-]+"

PAGE_ELEMENTS: tuple[tuple[str, str], ...] = (
    (
        r"(?:latest|breaking|top|trending|recommended|more|most (?:read|viewed|popular|shared))"
        r"(?: (?:news|stories|headlines|articles|videos|topics|now|from [\w ]{1,30}))?\W*$",
        "Latest News",
    ),
    (r"most (?:read|viewed|popular|shared)\s*:", "Most shared: Why the river is shrinking"),
    (
        r"(?:more|also) (?:from|on|in) (?:the|our|this) [\w ]{1,30}(?::|$)",
        "Also on our site: The dog that came home",
    ),
    (
        r"related (?:stories|news|articles|coverage|topics|content|links)\b",
        "Related stories: Aid arrives",
    ),
    (r"full coverage\W*$", "Full coverage"),
    (
        r"(?:(?:see|read) also|also read|don['’]?t miss|up next|in (?:pictures|photos))\s*[:|]",
        "Also read: How it began",
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
    (r"(?:live updates?\W+)?refresh (?:this page |to |for )", "Refresh for updates | Latest"),
    (r"you have (?:read|reached) .{0,40}\b(?:free )?articles?\b", "You have read 3 of 5 articles"),
    (r"(?:click|tap) (?:here|on|to|the)\b", "Click here to see the map."),
    (r"(?:sign up|subscribe)\b", "Sign up for our newsletter"),
    (r"(?:follow|like|join) us\b", "Follow us on Twitter"),
    (r"share (?:this|on|via)\b", "Share this article"),
    (rf"{_SOCIAL}(?:[\s|,/·•]+{_SOCIAL})*\W*$", "Facebook Twitter Linkedin Mail"),
    (rf"{_PAGES}(?:\s*[\s|>»/·•]\s*{_PAGES})*\W*$", "Home World Politics"),
    (r"(?:[\w '&-]{1,30}+[|>»·•] ?){2,}[\w '&-]{1,30}$", "Menu | Aleppo | Business | Weather"),
    (r"home\s*[>»/|]", "Home > Middle East"),
    (
        r"\(?(?:(?:file )?photos?|images?|pictures?|photograph|graphic|credits?|via)"
        r"(?: (?:by|credit|courtesy(?: of)?))?\s*[:/©|]",
        "Photo credit: J. Doe",
    ),
    (r"(?:file )?photo(?:graph)? by\b", "Photo by Jane Doe"),
    (r"(?:©|\(c\)|copyright\b)", "© 2019 Example News"),
    (
        r"(?:this|the following) (?:media|video|image|photo|footage|content|story|article|report)"
        r" (?:may )?contains? .{0,30}\b(?:graphic|disturbing|distressing|sensitive|violent)\b",
        "This media contains graphic content.",
    ),
    (r"(?:add to )?bookmarks?(?:\W*$| (?:the|this|us|it|our)\b)", "Bookmark this page"),
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
    (
        r"\((?:additional )?(?:reporting|writing|editing|edited|written|compiled|translated) by\b",
        "(Reporting by A. Doe in Amman)",
    ),
    (
        r"(?:reporting|writing|editing) by [^;]*; *(?:reporting|writing|editing) by\b",
        "Reporting by A. Doe; editing by B. Roe",
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
    (r"[\w.+-]++@[\w-]+\.[\w.]+$", "desk@news.example"),
    (r"\(?[-–—\s]*ends?[-–—\s]*\)?$", "-ENDS-"),
    (r"[\W_]+$", "* * *"),
)
"""How page elements begin, in lower case, each with an example."""

BYLINES: tuple[tuple[str, str], ...] = (
    (
        rf"[Ss]ources?\s*:\s*(?:(?:{_NAME}|and|of|the|agencies|wires)(?:[\s;]+|$)){{1,5}}"
        r"(?:additional reporting by .*)?$",
        "source: Alarabiya",
    ),
    (
        rf"(?:By|(?:Edited|Written|Compiled) by) {_NAME}(?: {_NAME}){{1,3}}(?:, [\w ]+)?$",
        "By Jane Doe, Reuters",
    ),
)
"""The same where capitals matter, each with an example: "Source: 12 killed" is a headline."""

CREDITS: tuple[tuple[str, str], ...] = (
    ("getty images", "A. Doe/Getty Images"),
    ("ap photo", "A family in Homs (AP Photo)"),
    ("afp/", "AFP/A. Doe"),
    ("reuters/", "REUTERS/A. Doe"),
    ("all rights reserved", "2019 Example News. All rights reserved."),
    ("cancel any time", "Two euros a month, cancel any time"),
    ("min read", "Explainer | 6 min read"),
)
"""What marks a short line as a page element wherever it stands in it, each with an example."""

_PAGE_ELEMENTS = re.compile("|".join(f"(?:{pattern})" for pattern, _ in PAGE_ELEMENTS))
_BYLINES = re.compile("|".join(f"(?:{pattern})" for pattern, _ in BYLINES))
_ABOVE_TEASERS = re.compile(
    r"(?:more|also) (?:from|on|in)\b|related\b|recommended\b|(?:see|read) also|also read|up next"
    r"|(?:latest|top|trending|more|most (?:read|viewed|popular|shared))"
    r"(?: (?:news|stories|headlines|articles))?\W*$|you may also like",
    re.IGNORECASE,
)
_CREDITS = tuple(credit for credit, _ in CREDITS)


def mark(title: str, text: str, spans: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    """Which sentences look like no part of the story.

    Args:
        title: headline of the article, or the empty string.
        text: the article.
        spans: its sentences, in order, as half-open offsets in code points.

    Returns:
        One mark for each span, True where it is a page element or belongs to another story.
    """
    lines = [text[start:end] for start, end in spans]
    marks = list(map(is_boilerplate, lines))
    passages = (marked_runs(lines), _teasers(lines, marks), off_topic(title, text, spans))
    for first, last in [passage for found in passages for passage in found]:
        marks[first:last] = [line != title for line in lines[first:last]]
    return tuple(marks)


def _teasers(lines: Sequence[str], marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Headlines of other stories below "More from …", as ranges; not one that opens the article."""
    for number, line in enumerate(lines):
        if number < MIN_PARAGRAPHS - 1 or not marks[number] or not _ABOVE_TEASERS.match(line):
            continue
        last = number + 1
        while last < len(lines) and last - number <= MOST_TEASERS and is_bare(lines[last]):
            last += 1
        yield number, last


def is_boilerplate(sentence: str) -> bool:
    """True for navigation, calls to subscribe, credits, copyright and what has no letters."""
    if len(sentence) > _LONGEST_PAGE_ELEMENT:
        return False
    lower = sentence.lower()
    if _PAGE_ELEMENTS.match(lower) or _BYLINES.match(sentence):
        return True
    return len(sentence) <= _LONGEST_CREDIT and any(map(lower.__contains__, _CREDITS))
