"""Boilerplate: what stands in an article but is no part of its story.

Three kinds, each found by a rule that can be read and argued with:

- **Page elements**: navigation, calls to subscribe, credits, copyright. ``PAGE_ELEMENTS`` is a
  table of patterns with an example each. A pattern has to fit a short sentence from its beginning,
  so that a report about a newsletter is none. They are English. The lines below "More from …" are
  headlines of other stories.
- **Runs of lines without a full stop**: menus and lists of headlines (``line_runs``), in any
  language.
- **Another story**: paragraphs that slipped in when the page was copied, most often sport, markets
  or entertainment. ``TOPICS`` holds their words. Paragraphs are another story if they use at least
  two words of one topic, one of them unmistakable, while the rest of the article uses none of the
  unmistakable ones, knows none of their names and has hardly another word in common with them.
  Names are told by their capitals, so nothing is found in a script without capitals or in a text
  all in lower case. (Names and common words alone were tried first. They find more, but in reports
  from one place every paragraph has its own names: on the seeds, three false alarms for each hit.)

The marks only order the queue and suggest a label; nothing is left out for them. Even so a false
one costs more than a missed one, since it sends a sentence of the story to the end of the queue:
the rules are strict. ``benchmarks/sentences.py`` counts hits and false alarms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from annotation.articles.line_runs import is_bare, marked_runs

MAX_SHARED = 0.35
"""Share of the content words of another story that may occur in the rest of the article."""
MIN_PARAGRAPHS = 4
"""Paragraphs that an article needs before one of them can be another story."""
LONGEST_STORY = 3
"""Consecutive paragraphs that may be another story, such as a headline and what it stands over."""

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

TOPICS: tuple[tuple[str, str], ...] = (
    (
        "football, soccer, basketball, cricket, tennis, rugby, volleyball, striker, strikers, "
        "midfielder, midfielders, goalkeeper, teammate, teammates, jersey, hat-trick, "
        "qualifier, qualifiers, quarter-final, quarterfinal, semi-final, semifinal, playoff, "
        "playoffs, play-off, hamstring, innings, wicket, wickets, olympic, olympics, medallist, "
        "world cup, cup final, premier league, champions league, la liga, grand prix",
        "squad, coach, captain, goal, goals, match, matches, cup, final, league, club, season, "
        "scored, points, fans, caps, champion, champions, stadium, team, side, win, won, lost, "
        "beat, overtime, ticket, tickets, penalty, injury, transfer, play",
    ),
    (
        "nasdaq, bourse, shareholders, stock exchange, stock market, dow jones, wall street, "
        "share price, share prices, currency closed, shares closed, index closed, quarterly "
        "profit, interest rate, interest rates, crude futures",
        "share, shares, stock, stocks, trader, traders, investor, investors, dollar, dollars, "
        "euro, euros, naira, currency, index, market, markets, barrel, oil, firms, economist, "
        "economists, analysts, profit, profits, percent, inflation, bank",
    ),
    (
        "singer, singers, actress, hollywood, bollywood, netflix, celebrity, celebrities, "
        "oscar, oscars, grammy, grammys, carnival, horoscope, recipe, recipes, crossword, "
        "sudoku, lottery, jackpot, gorilla, gorillas, zoo, box office, red carpet, pop star, "
        "royal wedding, fashion week",
        "film, films, movie, movies, album, albums, song, songs, fans, concert, concerts, show, "
        "shows, star, stars, premiere, series, parade, festival, dress, cake, twins, ticket, "
        "tickets, prize, prizes, guests, queen, queens, king, prince, princess",
    ),
)
"""For each topic, words that are its own, and words that it shares with other news."""


_PAGE_ELEMENTS = re.compile("|".join(f"(?:{pattern})" for pattern, _ in PAGE_ELEMENTS))
_BYLINES = re.compile("|".join(f"(?:{pattern})" for pattern, _ in BYLINES))
_ABOVE_TEASERS = re.compile(
    r"(?:more|also) (?:from|on|in)\b|related\b|recommended\b|(?:see|read) also|also read|up next"
    r"|(?:latest|top|trending|more|most (?:read|viewed|popular|shared))"
    r"(?: (?:news|stories|headlines|articles))?\W*$|you may also like",
    re.IGNORECASE,
)
_CREDITS = tuple(credit for credit, _ in CREDITS)
_ENDS = ("", *".,:;?!)\"'”’")
_TOPIC_OF = {
    form: topic
    for own, topic in [(own, frozenset(shared.split(", "))) for own, shared in TOPICS]
    for term in own.split(", ")
    for form in (
        (term, term.capitalize(), term.title())
        if " " in term
        else [word + end for word in (term, term.capitalize()) for end in _ENDS]
    )
}
"""The topics' own terms as texts have them, each with the words that its topic shares."""
_FORMS_OF: dict[str, list[str]] = {}
"""The same forms by their first word."""
for _form in _TOPIC_OF:
    _FORMS_OF.setdefault(_form.split()[0], []).append(_form)
_FIRST_WORDS = frozenset(_FORMS_OF)
_PUNCTUATION = "\"'“”‘’«».,;:!?()[]…-–—"
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_VIOLENCE_WORDS = (
    "kill kills killed killing wounded dead die died death deaths bomb bombs bombed bombing "
    "bombings bomber bombers blast blasts explosion explosions exploded rocket rockets missile "
    "missiles shell shells shelled shelling gunman gunmen gunfire soldier soldiers troops army "
    "militant militants militia militias rebel rebels police airstrike airstrikes fighter "
    "fighters war wars hostage hostages refugee refugees ceasefire civilian civilians"
)
_VIOLENCE = frozenset(_VIOLENCE_WORDS.split())
"""Words that another story does not have: a rocket on a football pitch is no sport."""
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
    "according mr mrs ms dr monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august september october november december day week month "
    "year days weeks months years time"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""English words that any two stories share."""


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
    passages = (marked_runs(lines), _teasers(lines, marks), _other_stories(title, text, spans))
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


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs as ranges of sentences: parted by blank lines if there are any."""
    blank = _PARAGRAPH.search(text) is not None
    starts = [
        number
        for number, ((_, end), (start, _)) in enumerate(pairwise(spans), 1)
        if (_PARAGRAPH.search(text, end, start) if blank else "\n" in text[end:start])
    ]
    return list(zip([0, *starts], [*starts, len(spans)], strict=True)) if spans else []


def _other_stories(
    title: str, text: str, spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Passages of other stories, as ranges of sentences."""
    topics = _topics(text)
    if not topics:
        return  # most articles
    paragraphs = _paragraphs(text, spans)
    texts = [text[spans[first][0] : spans[last - 1][1]] for first, last in paragraphs]
    for shared, forms in topics.items():
        hits = [number for form in forms for number, one in enumerate(texts) if form in one]
        if not hits or max(hits) - min(hits) >= LONGEST_STORY:
            continue  # nothing, or the article is about it
        begin, end = min(hits), max(hits) + 1
        # The headline above and the text below have two words of the topic, if only shared ones.
        while begin and end - begin < LONGEST_STORY and _on_topic(shared, texts[begin - 1]):
            begin -= 1
        while end < len(texts) and end - begin < LONGEST_STORY and _on_topic(shared, texts[end]):
            end += 1
        passage = "\n".join(texts[begin:end])
        rest = "\n".join((title, *texts[:begin], *texts[end:]))
        if len(texts) - (end - begin) >= MIN_PARAGRAPHS - 1 and _is_another_story(
            passage, rest, shared, len(forms)
        ):
            yield paragraphs[begin][0], paragraphs[end - 1][1]


def _topics(text: str) -> dict[frozenset[str], list[str]]:
    """The topics that a text speaks of: their shared words, and the forms of their own terms."""
    topics: dict[frozenset[str], list[str]] = {}
    for word in _FIRST_WORDS.intersection(text.split()):
        for form in _FORMS_OF[word]:
            if form in text:
                topics.setdefault(_TOPIC_OF[form], []).append(form)
    return topics


def _on_topic(shared: frozenset[str], paragraph: str) -> bool:
    """True for a paragraph with two of the words that a topic shares with other news."""
    return len(shared & {word.lower() for word in _words(paragraph)}) > 1


def _is_another_story(passage: str, rest: str, shared: frozenset[str], own: int) -> bool:
    """True where a passage on a topic has no name and hardly a word in common with the rest.

    Args:
        passage: some paragraphs.
        rest: the title and all others.
        shared: the words that the topic shares with other news.
        own: how many words of the topic's own the passage has.
    """
    written = _words(passage)
    words = {word.lower() for word in written}
    if own + len(words & shared) < 2 or not _VIOLENCE.isdisjoint(words):
        return False
    content = {word[:_STEM] for word in words - _COMMON if len(word) > 2 and word.isalpha()}
    known = sum(f" {stem}" in rest for stem in content)
    return known <= MAX_SHARED * len(content) and not any(name in rest for name in _names(written))


def _words(text: str) -> set[str]:
    """The words of a text as written, without possessive endings."""
    bare = text.replace("'s ", " ").replace("’s ", " ")
    return {word.strip(_PUNCTUATION) for word in bare.split()}


def _names(words: set[str]) -> set[str]:
    """The beginnings of words with a capital: names, and the first words of sentences."""
    return {
        word[:_STEM]
        for word in words
        if len(word) > 2 and word[0].isupper() and word.lower() not in _COMMON
    }
