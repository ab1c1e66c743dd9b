"""All that says who says so in a sentence, in order."""

from __future__ import annotations

from annotation.attribution.cue import Cue
from annotation.attribution.lexicon import CUE_STARTS, REPORTS
from annotation.attribution.names import WordSequence
from annotation.attribution.phrases import headline_cues, phrase_cue, report_cue
from annotation.attribution.verbs import verb_cue


def find_cues(words: WordSequence) -> tuple[Cue, ...]:
    """All cues of a sentence, in order.

    Args:
        words: the sentence.
    """
    found: list[Cue] = [*headline_cues(words)]
    for at, word in enumerate(words):
        if word.lower not in CUE_STARTS:
            continue
        if word.is_capital and at and word.lower != "according":
            continue  # the United States, the Washington Post
        cue = phrase_cue(words, at) or verb_cue(words, at)
        if cue is None and word.lower in REPORTS:
            cue = report_cue(words, at)
        if cue is not None:
            found.append(cue)
    return tuple(sorted(found, key=lambda cue: (cue.first, cue.last)))
