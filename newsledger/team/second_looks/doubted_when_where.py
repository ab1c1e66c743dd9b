"""Days and places of a sentence about which people disagree, so that none of them counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from annotation.dataset.adjudication import Adjudicated
from annotation.records import NO_PLACE
from newsledger.team.second_looks.reasons import DISAGREE, TIED, ReviewReason


def when_where_reasons(found: Adjudicated) -> Iterator[ReviewReason]:
    """Why day and place of a sentence are worth a second look, one reason for each.

    Args:
        found: what counts, and the annotations that it comes from.
    """
    if found.day_tied:
        typed = (one for one in found.counted if one.corrected_day or one.no_day)
        days = (one.corrected_day.isoformat() if one.corrected_day else "no day" for one in typed)
        yield ReviewReason(DISAGREE, _typed("days", days), TIED)
    if found.place_tied:
        places = (one.corrected_place for one in found.counted if one.corrected_place)
        shown = ("no place" if one == NO_PLACE else f"‘{one}’" for one in places)
        yield ReviewReason(DISAGREE, _typed("places", shown), TIED)


def _typed(what: str, said: Iterable[str]) -> str:
    counts = sorted(Counter(said).items())
    return f"different {what} typed: " + ", ".join(f"{one} by {by}" for one, by in counts)
