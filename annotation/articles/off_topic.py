"""Paragraphs of another story, which slipped in with a page: sport, markets, entertainment.

``TOPICS`` holds their words. Paragraphs are another story if they use at least two words of one
topic, one of them unmistakable, while the rest of the article uses none of the unmistakable ones,
knows none of their names and has hardly another word in common with them. Names are told by their
capitals, so nothing is found in a script without capitals or in a text all in lower case. (Names
and common words alone find more, but in reports from one place every paragraph has its own names:
on the seeds, three false alarms for each hit.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

MAX_SHARED = 0.35
"""Share of the content words of another story that may occur in the rest of the article."""
MIN_PARAGRAPHS = 4
"""Paragraphs that an article needs before one of them can be another story."""
LONGEST_STORY = 3
"""Consecutive paragraphs that may be another story, such as a headline and what it stands over."""

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


def off_topic(title: str, text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Passages of other stories, as half-open ranges of sentences; see ``boilerplate.mark``.

    Args:
        title: headline of the article, or the empty string.
        text: the article.
        spans: its sentences, in order, as half-open offsets in code points.
    """
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


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Paragraphs as ranges of sentences: parted by blank lines if there are any."""
    blank = _PARAGRAPH.search(text) is not None
    starts = [
        number
        for number, ((_, end), (start, _)) in enumerate(pairwise(spans), 1)
        if (_PARAGRAPH.search(text, end, start) if blank else "\n" in text[end:start])
    ]
    return list(zip([0, *starts], [*starts, len(spans)], strict=True)) if spans else []


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
