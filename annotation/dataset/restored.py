"""What a project that was made again from a snapshot cannot tell, taken from that snapshot.

Label Studio sets the time of what it stores, its number, and the suggestion that it came from by
itself. So what people had said before is known again by what they said: by the same person, of the
same sentence, with the same labels. Where somebody has changed it since, the server's word counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from annotation.records import Annotation, ArticleMetadata, as_marked


@dataclass(frozen=True, slots=True)
class KnownAgain:
    """What people said, as it was said first."""

    annotations: tuple[Annotation, ...]
    """All of them, in the order in which they were given."""
    missing: tuple[Annotation, ...]
    """What they had said before and is not among it."""


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
        found.append(replace(first, claims=claims))
    left = tuple(one for same in waiting.values() for one in same)
    return KnownAgain(tuple(found), left)


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


def _said(one: Annotation, login: Callable[[str], str]) -> object:
    """What somebody said, and who."""
    return (
        one.sentence_id,
        login(one.annotator),
        one.verdict,
        one.why,
        one.cancelled,
        one.ground_truth,
        one.events,
        one.corrected_day,
        one.corrected_place,
        tuple(map(as_marked, one.claims)),
    )
