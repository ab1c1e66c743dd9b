"""Where the name of a source begins and ends."""

from __future__ import annotations

from annotation.attribution.lexicon import (
    ADVERBS,
    CLAUSE_WORDS,
    DETERMINERS_OF_SOURCES,
    EVENT_NOUNS,
    HAPPENED,
    JOINING_NAMES,
    NAMED_AFTER_ED,
    NAMELESS,
    NUMBER_WORDS,
    OF_REPORTS,
    REPORTS,
    SAYING,
    SPEAKERS,
    TIMES,
)
from annotation.attribution.words import Word

WordSequence = tuple[Word, ...]
"""A sentence, or a part of one, cut into words."""

WordSpan = tuple[int, int]
"""First word of a name, and the one behind its last."""

LONGEST = 24
"""Words of the longest name."""

_VERBS = (SAYING | OF_REPORTS) - {"estimated", "accused", "alleged"}
_SAID_OR_HAPPENED = SAYING | HAPPENED
_PERSONAL = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "there"})
_AMBASSADORS = frozenset({"ambassador", "envoy", "adviser", "advisor", "close", "aide"})


def _ends_name(word: Word) -> bool:
    return not word.is_word or word.lower in CLAUSE_WORDS


def _is_past(word: Word) -> bool:
    return word.lower.endswith("ed") and word.lower not in NAMED_AFTER_ED and not word.is_capital


def name_before(
    words: WordSequence, end: int, least: int = 0, *, alone: bool = False
) -> WordSpan | None:
    """The noun phrase that ends before a word, None where there is none.

    Args:
        words: the sentence.
        end: the word behind it.
        least: the first word that may belong to it.
        alone: without what is joined to it by "and".
    """
    first = end
    bracket = _bracket_before(words, end)
    if bracket is not None:
        first = bracket
    while first > least and end - first < LONGEST:
        word = words[first - 1]
        if word.lower == "and" and first < end:
            if alone:
                break
            left = _conjunct_before(words, first - 1, least, right=words[first:end])
            if left is None:
                break
            first = left
            continue
        if word.lower == "to" and first - 1 > least and words[first - 2].lower in _AMBASSADORS:
            first -= 1
            continue
        if word.lower == "on" and _named_on(words, first - 1):
            first -= 1
            continue
        if _ends_name(word) or word.lower in ADVERBS:
            break
        if word.lower in JOINING_NAMES:
            if first == end or first - 1 <= least or not _is_noun(words[first - 2]):
                break
            first -= 1
            continue
        if word.lower in DETERMINERS_OF_SOURCES:
            first -= 1
            if first > least and words[first - 1].lower in JOINING_NAMES:
                continue
            break
        if word.lower in TIMES and not word.is_capital and first == end:
            break
        if word.lower in NAMELESS and first < end and word.lower not in ("one", "some", "many"):
            break
        if _is_past(word) and first - 1 > least and _is_noun(words[first - 2]):
            break
        first -= 1
        if word.lower in NAMELESS and word.lower not in ("one", "some", "many", "others"):
            break
    return _trimmed(words, first, end)


def _bracket_before(words: WordSequence, end: int) -> int | None:
    if words[end - 1].text == ")":
        for at in range(end - 2, max(0, end - 7), -1):
            if words[at].text == "(":
                return at
    return None


def _named_on(words: WordSequence, at: int) -> bool:
    """Whether "on" belongs to a name, as in "the Commission on Human Rights"."""
    if not 0 < at < len(words) - 1:
        return False
    after = words[at + 1]
    return words[at - 1].is_capital and after.is_capital and after.lower not in TIMES


def _is_noun(word: Word) -> bool:
    return (
        word.is_word
        and not word.is_number
        and word.lower not in CLAUSE_WORDS
        and word.lower not in DETERMINERS_OF_SOURCES
        and word.lower not in JOINING_NAMES
        and word.lower not in ADVERBS
        and word.lower not in NAMELESS
        and word.lower not in ("and", "ago")
        and not _is_past(word)
    )


def _conjunct_before(
    words: WordSequence, at: int, least: int, *, right: WordSequence
) -> int | None:
    """Where "police and" begins before "hospital officials", None where no name stands there."""
    left = name_before(words, at, least, alone=True)
    if left is None:
        return None
    head = words[at - 1]
    both_named = head.is_capital and right[0].is_capital and words[left[0]].is_capital
    if left[0] > 0 and words[left[0] - 1].lower in JOINING_NAMES:
        return None
    return left[0] if head.lower in SPEAKERS or both_named else None


def _trimmed(words: WordSequence, first: int, end: int) -> WordSpan | None:
    """Without words of time, prepositions and conjunctions in front."""
    while first < end and (
        words[first].lower in JOINING_NAMES
        or words[first].lower in ("and", "meanwhile")
        or (words[first].lower in TIMES and end - first > 1 and words[first].lower != "this")
        or (words[first].lower in ADVERBS and words[first].lower != "first")
    ):
        first += 1
    if first >= end or not is_name(words[first:end]):
        return None
    return first, end


def is_name(name: WordSequence) -> bool:
    """Whether a noun phrase can be a source at all; a pronoun stands for one."""
    head = _head(name)
    return (
        head is not None
        and head.lower not in TIMES
        and head.lower not in EVENT_NOUNS
        and (head.lower in SPEAKERS or not head.is_number)
        and head.lower not in DETERMINERS_OF_SOURCES - NAMELESS
        and not (_is_past(head) and len(name) == 1)
    )


def _head(name: WordSequence) -> Word | None:
    """The last word before the first preposition."""
    for number, word in enumerate(name):
        if number and (word.lower in JOINING_NAMES or word.text == "(" or word.lower == "to"):
            return name[number - 1]
    return name[-1] if name else None


def name_after(words: WordSequence, first: int, *, alone: bool = False) -> WordSpan | None:
    """The noun phrase that begins with a word, None where there is none.

    Args:
        words: the sentence.
        first: the word.
        alone: without what is joined to it by "and".
    """
    end = first
    while end < len(words) and end - first < LONGEST and _belongs(words, first, end, alone=alone):
        end += 1
    if first < end < first + LONGEST and _is_short_name(words[end : end + 3]):
        end += 3
    while end > first and words[end - 1].lower in (JOINING_NAMES | {"and"}):
        end -= 1
    if end == first or not is_name(words[first:end]):
        return None
    return first, end


def _is_short_name(words: WordSequence) -> bool:
    """Whether words are a short form of the name before them: "(SOHR)"."""
    return (
        len(words) == 3
        and words[0].text == "("
        and words[1].text.isupper()
        and words[2].text == ")"
    )


def _belongs(words: WordSequence, first: int, at: int, *, alone: bool) -> bool:
    """Whether the word at a place goes on the noun phrase that begins with ``first``."""
    word, begins = words[at], at == first
    if not begins and word.text == "(":
        return False
    if not begins and word.lower == "and":
        return not alone and at + 1 < len(words) and _joins(words, first, at)
    if not begins and word.lower == "to" and words[at - 1].lower in _AMBASSADORS:
        return True
    if word.lower == "on" and _named_on(words, at):
        return True
    if begins and word.lower == "that":
        return False
    if _ends_name(word) or (not begins and word.lower in ADVERBS):
        return False
    if word.lower in TIMES and not (begins and word.is_capital):
        return False
    if word.lower in JOINING_NAMES:
        return not begins and at + 1 < len(words) and _goes_on(words, at + 1)
    return begins or not _begins_another(words, first, at)


def _begins_another(words: WordSequence, first: int, at: int) -> bool:
    """Whether a word behind a name is of another phrase: its verb, a number, who else is named."""
    word, before = words[at], words[at - 1].lower
    return (
        (
            before not in JOINING_NAMES
            and before != "and"
            and (word.lower in DETERMINERS_OF_SOURCES or word.lower in NAMELESS or _is_past(word))
        )
        or (word.text.islower() and word.lower in _VERBS)
        or words[first].lower in _PERSONAL
        or word.is_number
        or word.lower in NUMBER_WORDS
    )


def _goes_on(words: WordSequence, at: int) -> bool:
    """Whether a name goes on behind a preposition: no time, no "statement", no number."""
    following = [word.lower for word in words[at : at + 3]]
    return not (
        words[at].is_number
        or words[at].lower in TIMES
        or any(
            word in REPORTS or word in ("interview", "conference", "telephone", "briefing")
            for word in following[:3]
        )
        or _ends_name(words[at])
    )


def _joins(words: WordSequence, first: int, at: int) -> bool:
    """Whether "and" joins two sources: the second is one, and no verb of its own follows."""
    other = name_after(words, at + 1, alone=True)
    if other is None:
        return False
    head = words[other[1] - 1]
    following = words[other[1]].lower if other[1] < len(words) else "."
    if following in CLAUSE_WORDS and following not in ("on", "by", "who", "that", "in", "as"):
        return False
    named = words[at - 1].is_capital and words[at + 1].is_capital
    return head.lower in SPEAKERS or named or words[other[1] - 1].is_capital


def whose(words: WordSequence, place: WordSpan) -> WordSpan | None:
    """The source itself: of a report, who gives it; None for a pronoun and for nobody's report.

    Args:
        words: the sentence.
        place: a noun phrase in it.
    """
    first, end = place
    name = words[first:end]
    if name[0].lower in ("no", "neither", "nobody"):
        return None
    if name[0].lower.split("’")[0].split("'")[0] in _PERSONAL:
        return None
    if name[0].lower in NAMELESS and len(name) == 1:
        return None
    head = _head(name)
    if head is None or head.lower not in REPORTS:
        return place
    at = name.index(head)
    for number in range(at, min(len(words) - first, at + 4)):
        if words[first + number].lower in ("by", "from"):
            given = name_after(words, first + number + 1)
            return given and whose(words, given)
    behind = words[first + at + 1 : first + at + 4]
    if [word.lower for word in behind[:2]] == ["in", "the"] and behind[2:] and behind[2].is_capital:
        return name_after(words, first + at + 2)
    for number in range(at - 1, -1, -1):
        if name[number].is_possessor:
            return first, first + number + 1
    said = [word for word in name[:at] if word.lower not in DETERMINERS_OF_SOURCES]
    if any(
        (w.is_capital and (w is not words[0] or w.text.isupper()))
        or w.lower in SPEAKERS
        or w.lower in ("official", "hospital", "state")
        for w in said
    ):
        return first, first + at + 1
    return None


def apposition_before(words: WordSequence, comma: int) -> WordSpan | None:
    """The name in "NAME, a spokesman, said", the second comma given; None where there is none."""
    chunk_end = comma
    found: WordSpan | None = None
    for _ in range(4):
        chunk = _chunk_before(words, chunk_end)
        if chunk == 0 or words[chunk - 1].text != ",":
            break
        inside = words[chunk:chunk_end]
        if not inside or len(inside) > LONGEST:
            break
        if not _explains(inside):
            break
        left = name_before(words, chunk - 1)
        if left is None:
            break
        if found is not None and not _whole_chunk(words, left):
            break
        found = left
        chunk_end = chunk - 1
        if not _whole_chunk(words, left):
            break
    return found


def _chunk_before(words: WordSequence, end: int) -> int:
    at = end
    while at > 0 and words[at - 1].text not in ',;:"“”–—':
        at -= 1
    return at


def _whole_chunk(words: WordSequence, place: WordSpan) -> bool:
    return place[0] == _chunk_before(words, place[0])


def _explains(inside: WordSequence) -> bool:
    """Whether what stands between commas tells more of the name before it."""
    first = inside[0]
    if first.lower in ("who", "which", "whose") or first.is_number or first.lower in NUMBER_WORDS:
        return True
    if any(word.lower in _SAID_OR_HAPPENED for word in inside):
        return any(word.lower in ("who", "which", "that") for word in inside)
    if first.lower in ("a", "an", "the", "its", "his", "her", "their", "speaking", "one"):
        return True
    if len(inside) <= 4 and first.lower in ("for", "in", "however", "too"):
        return True  # for their part; in contrast
    if _is_past(first):
        return True  # reached by phone
    if first.lower not in JOINING_NAMES and any(word.lower in SPEAKERS for word in inside):
        return True
    return all(word.is_capital or word.lower in ("al", "de", "bin", "van", "of") for word in inside)
