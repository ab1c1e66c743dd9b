"""What a project that was made again from a snapshot cannot tell, taken from that snapshot.

Label Studio sets the time of what it stores, its number, and the suggestion that it came from by
itself. So what people had said before is known again by what they said: by the same person, of the
same sentence, with the same labels. Where somebody has changed it since, the server's word counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from annotation.records import ONE_VALUE, ROLES, Annotation, ArticleMetadata, as_marked
from annotation.schema import ATTRIBUTES


@dataclass(frozen=True, slots=True)
class KnownAgain:
    """What people said, as it was said first."""

    annotations: tuple[Annotation, ...]
    """All of them, in the order in which they were given."""
    missing: tuple[Annotation, ...]
    """What they had said before and is not among it."""
    changed: tuple[Annotation, ...]
    """What is among it, and says something else by now."""


def known_again(
    annotations: Iterable[Annotation],
    before: Iterable[Annotation],
    *,
    login: Callable[[str], str] = str,
) -> KnownAgain:
    """Give annotations of a restored project what only the snapshot tells of them.

    Args:
        annotations: as the project has them, completed.
        before: as the snapshot has them.
        login: the account of somebody by the name under which they labelled.
    """
    before = tuple(before)
    waiting: dict[object, list[Annotation]] = defaultdict(list)
    for one in before:
        waiting[_said(one, login)].append(one)
    found = []
    for one in annotations:
        same = waiting.get(_said(one, login))
        if not same:
            found.append(one)
            continue
        first = same.pop(0)
        # Equal claims may be written otherwise: 3.0 for 3. Others a later reader has read anew.
        claims = first.claims if first.claims == one.claims else one.claims
        found.append(replace(first, events=one.events, claims=claims))
    left = [one for same in waiting.values() for one in same]
    # Who has as many labels of a sentence as before has lost none, and one says something else.
    lost = Counter(_place(one, login) for one in before)
    lost.subtract(_place(one, login) for one in found)
    missing: list[Annotation] = []
    changed: list[Annotation] = []
    for one in left:
        place = _place(one, login)
        (missing if lost[place] > 0 else changed).append(one)
        lost[place] -= 1
    return KnownAgain(tuple(found), tuple(missing), tuple(changed))


def added_before(
    articles: Iterable[ArticleMetadata], before: Iterable[ArticleMetadata]
) -> tuple[ArticleMetadata, ...]:
    """The articles of a restored project, each with the time at which it was first added.

    Args:
        articles: as the project has them.
        before: as the snapshot has them.
    """
    added = {one.id: one.added for one in before}
    return tuple(replace(one, added=added.get(one.id, one.added)) for one in articles)


def controls_used(annotations: Iterable[Annotation]) -> tuple[str, ...]:
    """The controls that people typed or chose something with, beside the labels.

    They are those of ``ATTRIBUTES``, ``day``, ``no day`` and ``place``.

    Args:
        annotations: what they said.
    """
    used: set[str] = set()
    for one in annotations:
        used.update({"day"} if one.corrected_day is not None else ())
        used.update({"no day"} if one.no_day else ())
        used.update({"place"} if one.corrected_place is not None else ())
        for claim in map(as_marked, one.claims):
            if claim.modifier in ONE_VALUE and claim.high == claim.low:
                claim = replace(claim, high=None)  # the low one alone was typed
            used.update(name for name in ATTRIBUTES if getattr(claim, name) not in (None, ROLES[0]))
    return tuple(name for name in (*ATTRIBUTES, "day", "no day", "place") if name in used)


def _place(one: Annotation, login: Callable[[str], str]) -> tuple[str, str, bool]:
    return one.sentence_id, login(one.annotator), one.verdict


def _said(one: Annotation, login: Callable[[str], str]) -> object:
    """What somebody said, and who."""
    return (
        one.sentence_id,
        login(one.annotator),
        one.verdict,
        one.why,
        one.cancelled,
        one.ground_truth,
        frozenset(one.events.aliases),  # the schema may have them in another order by now
        one.corrected_day,
        one.no_day,
        one.corrected_place,
        tuple(map(as_marked, one.claims)),
    )
