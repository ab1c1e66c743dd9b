"""Reports written by hand, for tests of incidents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from annotation.records import Modifier, NumericClaim, Role
from newsledger.ledger.days_and_places.dates import day_of
from newsledger.ledger.incidents.reports import (
    Report,
    ReportedPlace,
    ReportingArticle,
    Told,
    reports_of,
)

TYPES = frozenset({"bomb", "fight"})
"""The event types that make an incident."""


def claim(
    text: str,
    value: int,
    said_by: str | None = None,
    *,
    kind: str = "dead",
    modifier: Modifier = "exactly",
    role: Role = "total",
    high: int | None = None,
) -> NumericClaim:
    """A claim of one number; "at least" has an open end."""
    top = None if modifier == "at_least" else Decimal(value if high is None else high)
    return NumericClaim(
        0, len(text), text, kind, Decimal(value), top, modifier,
        unit="count", attribution=said_by, role=role,
    )  # fmt: skip


def article(
    key: str,
    published: str | None,
    *sentences: tuple[str, str, Sequence[NumericClaim]],
    source: str | None = None,
    title: str = "",
    places: Sequence[str | ReportedPlace] = (),
    same_as: Sequence[str | None] = (),
    added: str = "",
) -> ReportingArticle:
    """An article of (text, event types, claims); a place is given to the sentences that name it."""
    day = date.fromisoformat(published) if published else None
    known = [one if isinstance(one, ReportedPlace) else ReportedPlace(one) for one in places]
    told, before = [], None
    for index, (text, events, claims) in enumerate(sentences):
        found = day_of(text, day, before=before) if day else None
        before = found or before
        told.append(
            Told(
                f"{key}:{index}",
                text,
                (found.first, found.last) if found else None,
                next((one for one in known if one.name in text), None),
                tuple(events.split()),
                tuple(
                    (f"{key}:{index}#{place}", _placed(one, text))
                    for place, one in enumerate(claims)
                ),
                same_as[index] if same_as else None,
            )
        )
    return ReportingArticle(key, title, source or key.title(), day, added, tuple(told))


def _placed(one: NumericClaim, text: str) -> NumericClaim:
    """The claim where its words stand, or at the beginning where they do not."""
    start = max(0, text.find(one.text))
    return replace(one, start=start, end=min(len(text), start + len(one.text)))


def reports(*articles: ReportingArticle) -> tuple[Report, ...]:
    """The reports of some articles."""
    return tuple(one for some in articles for one in reports_of(some, TYPES))
