"""Sources that are the subject of a verb: "police said", "said the mayor", "put the toll at"."""

from __future__ import annotations

from annotation.attribution.cue import (
    QUOTES,
    Cue,
    Side,
    cue_of,
    is_report,
    opens_clause,
)
from annotation.attribution.lexicon import (
    ADVERBS,
    BE,
    DENYING,
    HARM_REPORTED,
    NAMELESS,
    OF_REPORTS,
    OF_SOURCES_ONLY,
    REPORTS,
    SAYING,
    SAYING_BESIDE,
    SAYING_VERBS,
    STUDIES,
    TIMES,
    TOLLS,
)
from annotation.attribution.names import WordSequence, WordSpan, name_after, name_before
from annotation.attribution.subjects import inverted_subject, stands_behind, subject_of
from annotation.attribution.words import Word, speaks

_OF_ANYBODY = frozenset({"said", "say", "says", "told", "tells"}) | OF_REPORTS | DENYING
_TELLING = frozenset({"told", "telling", "tells"})
_THEM = frozenset({"it", "them"})
_BEFORE_VALUES = frozenset({"at", "between", "as", "above", "of"})
_NOUNS_TOO = frozenset(
    {"reports", "report", "claims", "estimates", "estimate", "fear", "notes", "states"}
)
_BEFORE_NOUNS = frozenset({"local", "of", "with", "from", "unconfirmed", "some", "in", "for"})
_BASE_FORMS = frozenset({"report", "claim", "estimate", "fear"})
_TO_DO = frozenset({"told", "accused", "believed", "feared", "estimated", "alleged"})
_TO_A_WITH = frozenset({"to", "a", "with"})
_NOT_BEHIND: dict[str, frozenset[str]] = {
    "reported": HARM_REPORTED,
    "added": _TO_A_WITH,
    "adds": _TO_A_WITH,
    "agreed": _TO_A_WITH,
    "posted": _TO_A_WITH,
}
_TOLL_VERBS = frozenset({"put", "puts", "putting", "gave", "gives", "give"})
_CIRCUMSTANCES = frozenset(
    {"on", "in", "at", "by", "during", "late", "early", "through", "to", "via"}
)


def verb_cue(words: WordSequence, at: int) -> Cue | None:
    """The cue that a verb is, None where it is none.

    Args:
        words: the sentence.
        at: a word of it.
    """
    lower = words[at].lower
    cue = None
    if lower in _TOLL_VERBS:
        cue = _put(words, at)
    if cue is None and lower in SAYING_BESIDE:
        cue = _beside(words, at)
    if cue is None and lower in SAYING_VERBS:
        cue = _verb(words, at)
    return cue


def _verb(words: WordSequence, at: int) -> Cue | None:
    word = words[at].lower
    later = [one.lower for one in words[at + 1 : at + 5]]
    if not _says_something(words, at, later):
        return None
    place = subject_of(words, at)
    if place is None or stands_behind(words, at, place):
        turned = inverted_subject(words, at)
        if turned is None:
            return None
        side: Side = "before"
        end = turned[1]
        if at == 0 or opens_clause(words, at):
            side = "after"
        elif end + 1 < len(words) and words[end].text == "," and not _explained(words, end):
            side = "both"
        return cue_of(words, at, turned, side)
    name = words[slice(*place)]
    if name[0].lower in NAMELESS and _takes_up(words, place[0], word):
        return None
    if word not in _OF_ANYBODY and not (speaks(name) or name[0].lower in NAMELESS):
        return None
    if word in OF_REPORTS and not (_of_report(words, place) or later[:1] == ["that"]):
        return None
    if word in DENYING:
        return Cue(place[0], at + 1, at, None, "after")
    return cue_of(words, at, place, _side_of_verb(words, _first_of(words, place), at))


def _takes_up(words: WordSequence, first: int, verb: str) -> bool:
    """Whether a pronoun is the source that has just spoken: "said that he had counted 17"."""
    before = words[first - 1].lower if first else ""
    return before in SAYING or before == "that" or verb in OF_SOURCES_ONLY


def _of_report(words: WordSequence, place: WordSpan) -> bool:
    """Whether a name is a report, or that of who gave one: "data collected by ACLED"."""
    before = words[max(0, place[0] - 3) : place[0]]
    by = bool(before) and before[-1].lower in ("by", "from")
    return is_report(words, place) or (
        by and any(one.lower in (REPORTS | STUDIES) for one in before)
    )


def _first_of(words: WordSequence, place: WordSpan) -> int:
    """Where a source begins, with the report that it gave: "a report by the union"."""
    if place[0] > 1 and words[place[0] - 1].lower in ("by", "from"):
        report = name_before(words, place[0] - 1)
        if report is not None and is_report(words, report):
            return report[0]
    return place[0]


def _says_something(words: WordSequence, at: int, later: list[str]) -> bool:
    """Whether a verb is one of saying where it stands: not passive, not negated, not a noun."""
    word = words[at].lower
    back = at - 1
    while back >= 0 and words[back].lower in ADVERBS:
        back -= 1
    before = words[back].lower if back >= 0 else ""
    if before in BE or before in ("to", "not", "never", "cannot", "can", "could", "being", "n't"):
        return False
    if before.endswith(("n't", "n’t")) or before in ("the", "a", "an", "his", "her", "their"):
        return False
    if word in ("claimed", "claims", "claim") and (
        {"responsibility", "credit", "lives", "victory", "life"} & {*later}
    ):
        return False
    if word in _NOUNS_TOO and (
        later[:1] in (["of"], ["from"], ["by"], ["about"])
        or {*later[:2]} & (SAYING | OF_REPORTS)
        or before in _BEFORE_NOUNS
    ):
        return False
    plural = bool(later) and words[at + 1].is_word and _many_speak(words[at - 1])
    if word in _BASE_FORMS and not plural:
        return False
    if later and (
        (later[0] == "to" and word in _TO_DO) or later[0] in _NOT_BEHIND.get(word, frozenset())
    ):
        return False
    if word in _TELLING and _orders(words, at):
        return False
    if word in ("speaks", "spoke", "speak"):
        return later[:1] == ["of"]
    # Whoever "continued fighting" or "agreed to a truce" said nothing.
    said = not later or later[0] == "that" or not words[at + 1].is_word
    return said or word not in ("continued", "agreed")


def _many_speak(word: Word) -> bool:
    """Whether a verb without -s can follow: "residents report", but "a police report"."""
    return word.lower.endswith(("s", "men")) or word.lower in ("police", "media", "people")


def _orders(words: WordSequence, at: int) -> bool:
    """Whether somebody is told to do something: "told 12 men to leave"."""
    for word in words[at + 1 : at + 8]:
        if not word.is_word or word.lower in ("that", "on", "in", "by", "during", "he", "she"):
            return False
        if word.lower == "to":
            return True
    return False


def _side_of_verb(words: WordSequence, first: int, at: int) -> Side:
    leading = first == 0 or opens_clause(words, first) or words[first - 1].is_word
    if words[at].lower in ("accused", "accuses", "accuse", "blamed", "blames", "counted"):
        return "after"
    end = _behind_circumstances(words, at + 1)
    if leading and not (first and words[first - 1].text in QUOTES):
        return "after"
    if end >= len(words) or words[end].text in (".", "!", "?"):
        return "before"
    if words[end].text in (",", ";", ":", *QUOTES):
        return "both"
    if words[end].lower in ("and", "but", "while", "as", "after", "when", "because"):
        return "both" if words[end].lower == "and" else "before"
    return "after"


def _behind_circumstances(words: WordSequence, at: int) -> int:
    """Behind "on Monday", "in a statement", "Reuters by telephone"."""
    end = at
    if words[at - 1].lower in _TELLING:
        hearer = name_after(words, at)
        if hearer is not None:
            end = hearer[1]
        elif end < len(words) and words[end].lower in ("him", "her", "us", "them", "me"):
            end += 1
    while end < len(words):
        word = words[end]
        if word.lower in ADVERBS or word.lower in TIMES:
            end += 1
        elif word.lower in _CIRCUMSTANCES:
            stop = end + 1
            while (
                stop < len(words)
                and words[stop].is_word
                and words[stop].lower not in ("that", "on", "in", "at", "by", "and", "but")
                and stop - end < 7
            ):
                stop += 1
            end = stop
        else:
            break
    return end


def _explained(words: WordSequence, comma: int) -> bool:
    """Whether the rest of the sentence behind a comma only tells more of the name before it."""
    rest = words[comma + 1 :]
    marks = [number for number, word in enumerate(rest) if word.text in ",.;"]
    return not marks or (rest[marks[0]].text == "." or marks[0] == len(rest) - 1)


def _put(words: WordSequence, at: int) -> Cue | None:
    """Tolls: "put the toll at 12", "gave a toll of 12"."""
    near = [word.lower for word in words[at + 1 : at + 9]]
    given = words[at].lower in ("gave", "gives", "give")
    if TOLLS.isdisjoint(near[:5]) or ((TOLLS - _THEM).isdisjoint(near[:5]) and given):
        return None
    if _BEFORE_VALUES.isdisjoint(near) or words[at - 1].lower in BE:
        return None
    place = subject_of(words, at)
    return place and cue_of(words, at, place, "after")


def _beside(words: WordSequence, at: int) -> Cue | None:
    """Participles: "with police saying"; ", saying that", whose source began the sentence."""
    place = name_before(words, at)
    if place is not None and place[0] and words[place[0] - 1].lower == "with":
        return cue_of(words, at, place, "after")
    if at and words[at - 1].text == "," and place is None:
        place = _first_name(words)
        if place is not None and speaks(words[slice(*place)]):
            cue = cue_of(words, at, place, "after")
            return Cue(at, at + 1, at, cue.source, "after")
    return None


def _first_name(words: WordSequence) -> WordSpan | None:
    place = name_after(words, 0)
    if place is None or words[place[0]].lower in ("in", "on", "at", "after"):
        return None
    return place
