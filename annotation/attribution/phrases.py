"""Sources that are named without being the subject of a verb: "according to", "citing", "by"."""

from __future__ import annotations

from collections.abc import Iterator

from annotation.attribution.cue import Cue, Side, cue_of, is_report, side_of_phrase
from annotation.attribution.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CITING,
    GIVEN_BY,
    OF_REPORTS,
    OF_SOURCES_ONLY,
    PUT_AT,
    REPORTS,
    SAYING,
    SPEAKERS,
)
from annotation.attribution.names import WordSequence, name_after, name_before
from annotation.attribution.subjects import subject_of
from annotation.attribution.words import speaks

_GIVEN = GIVEN_BY | PUT_AT
_SPEAKING = SAYING | OF_SOURCES_ONLY | OF_REPORTS
_COUNTS = frozenset({"count", "tally", "figures", "estimates", "estimate", "reckoning", "account"})


_LONGEST_BY = 9
"""Words from "quoted" to "as saying", at most."""


def phrase_cue(words: WordSequence, at: int) -> Cue | None:
    """The cue that begins with a word, None where none does.

    Args:
        words: the sentence.
        at: a word of it.
    """
    lower = words[at].lower
    cue = None
    if lower == "according" and at + 1 < len(words) and words[at + 1].lower == "to":
        return _according(words, at, at + 2)
    if lower in CITING:
        cue = _citing(words, at)
    if cue is None and lower in _GIVEN:
        cue = _given_by(words, at)
    if cue is None and lower == "by":
        cue = _by_count(words, at)
    return cue


def headline_cues(words: WordSequence) -> Iterator[Cue]:
    """Headlines: "Police: 12 dead", "12 dead: police"."""
    marks = [at for at, word in enumerate(words) if word.text in ":–—-"]
    if not marks:
        return
    first, last = marks[0], marks[-1]
    if words[first].text == ":" and first < 8 and first + 1 < len(words):
        place = name_before(words, first)
        # No other names: towns stand so before a report, "BEIRUT: 12 dead".
        if place == (0, first) and any(word.lower in SPEAKERS for word in words[:first]):
            yield cue_of(words, first, place, "after")
            return
        quoted = words[first + 1].text in '"“'
        if quoted and place is not None and place[0] == 0 and speaks(words[:first]):
            yield cue_of(words, first, place, "after")
            return
    end = len(words)
    if end and words[end - 1].text == ".":
        end -= 1
    place = name_after(words, last + 1)
    if (
        place is not None
        and place == (last + 1, end)
        and 0 < end - last <= 8
        and any(word.lower in SPEAKERS or word.text.isupper() for word in words[last + 1 : end])
    ):
        yield cue_of(words, last, place, "before")


def _according(words: WordSequence, at: int, first: int) -> Cue | None:
    place = name_after(words, first)
    if place is None:
        # Nobody is named, but what is said has this source and no other.
        return Cue(at, first, at, None, side_of_phrase(words, at, first))
    return cue_of(words, at, place, side_of_phrase(words, at, place[1]))


def _citing(words: WordSequence, at: int) -> Cue | None:
    lower = words[at].lower
    before = words[at - 1].lower if at else ""
    if before in BE:
        return _quoted(words, at)
    place = name_after(words, at + 1)
    if place is None:
        return None
    speaker = speaks(words[slice(*place)])
    saying = place[1] + 1 < len(words) and words[place[1]].lower == "as"
    if lower in ("quoted", "quotes") and not saying:
        return None
    if lower in ("cited", "cites") and not (saying or speaker):
        return None
    if not (speaker or is_report(words, place)):
        return None
    return cue_of(words, at, place, "after" if saying else "both", cited=True)


def _quoted(words: WordSequence, at: int) -> Cue | None:
    """Those of whom others say so: "a chief was quoted by the paper *as saying* that"."""
    saying = next(
        (n for n in range(at + 1, min(at + _LONGEST_BY, len(words))) if words[n].lower == "saying"),
        None,
    )
    if saying is None or words[saying - 1].lower != "as":
        return None
    first = at - 1
    while first > 0 and words[first - 1].lower in BE | ADVERBS | AUXILIARIES:
        first -= 1
    place = subject_of(words, first)
    if place is None:
        return None
    ends = saying + 1 == len(words) or words[saying + 1].text in ".!?"
    return cue_of(words, at, place, "before" if ends else "after", end=saying + 1)


def _given_by(words: WordSequence, at: int) -> Cue | None:
    """Agents: "a toll confirmed by the ministry", "were told by officials that"."""
    by = next((n for n in range(at + 1, min(at + 6, len(words))) if words[n].lower == "by"), None)
    if by is None or (
        by > at + 1
        and not (words[at].lower in PUT_AT and words[at + 1].lower in ("at", "to", "as"))
    ):
        return None
    place = name_after(words, by + 1)
    if place is None or not speaks(words[slice(*place)]):
        return None
    if _in_report(words, at):
        return None  # the report's own verb says so
    end = place[1]
    later = words[end].lower if end < len(words) else ""
    side: Side = "after" if later in ("that", "as") or at == 0 else "before"
    if at and words[at - 1].lower in ("as", "first") and side == "before":
        side = side_of_phrase(words, at - 1, end)
    return cue_of(words, at, place, side)


def _in_report(words: WordSequence, at: int) -> bool:
    return at > 0 and words[at - 1].lower in REPORTS and at < 4


def _by_count(words: WordSequence, at: int) -> Cue | None:
    """Counts: "by the ministry's count"."""
    place = name_after(words, at + 1)
    if place is None or words[place[1] - 1].lower not in _COUNTS:
        return None
    if not any(word.is_possessor for word in words[slice(*place)]):
        return None
    return cue_of(words, at, place, side_of_phrase(words, at, place[1]))


def report_cue(words: WordSequence, at: int) -> Cue | None:
    """Reports: "a report by the union", "figures from the ministry"."""
    if at + 2 >= len(words) or words[at - 1 if at else 0].lower in BE:
        return None
    by = at + 1
    if words[by].lower in GIVEN_BY:
        by += 1
    if by + 1 >= len(words) or words[by].lower not in ("by", "from"):
        return None
    place = name_after(words, by + 1)
    if place is None or not speaks(words[slice(*place)]):
        return None
    end = place[1]
    if end < len(words) and words[end].lower in _SPEAKING:
        return None  # the verb is the cue
    before = words[at - 3].lower if at >= 3 else ""
    side: Side = "after" if at < 3 or before == "according" else "before"
    if "according" in [word.lower for word in words[max(0, at - 5) : at]]:
        return None
    return cue_of(words, at, place, side)
