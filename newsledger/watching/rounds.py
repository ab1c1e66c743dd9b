"""A watch's rules, and what one round over all its sources came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from newsledger.progress import Result, number_of
from newsledger.watching.summary import MorningSummary

EVERY = timedelta(minutes=15)
"""How often each source is read, if nobody says otherwise."""

_LISTED = 20
"""Of what was left out in a round, how much is listed."""


@dataclass(frozen=True, slots=True)
class WatchRules:
    """What is watched, and what is done when."""

    sources: Sequence[str]
    """The sources that were named."""
    sources_file: Path | None = None
    """A file with more of them, read anew in each round."""
    every: timedelta = EVERY
    """How often each source is read."""
    retrain_after: int | None = None
    """How many new labels are enough to train on; None for never."""
    retrain_at: time | None = None
    """The hour of the night at which any new label is enough; None for never."""
    summary_at: time | None = None
    """The hour of the summary; None for no summary."""
    allow_private: bool = False
    """Also fetch from private, loopback and link-local addresses."""
    keep: bool = True
    """Keep each page as it was fetched."""


@dataclass(frozen=True, slots=True)
class FailingSource:
    """A source that could not be read."""

    source: str
    """Its name."""
    failures: int
    """How often in a row."""
    problem: str
    """Why not."""
    again: str
    """When it is asked again, ISO 8601."""


@dataclass(frozen=True, slots=True)
class RoundResult(Result):
    """What one round over all sources came to."""

    at: str
    """When it began, ISO 8601."""
    asked: int
    """Sources that were read."""
    found: int
    """Files and pages that were new."""
    articles: int
    """Articles that were pushed."""
    created: int
    """Tasks that were made."""
    waiting: int
    """Files and pages that are left for a later round."""
    failing: tuple[FailingSource, ...] = ()
    """The sources that could not be read when they were asked last."""
    left_out: tuple[str, ...] = ()
    """What could not be read of what is new, each told once."""
    trouble: tuple[str, ...] = ()
    """What failed and is tried again in the next round."""
    trained: str = ""
    """What a training came to; empty where there was none."""
    summary: MorningSummary | None = None
    """The summary of the day; None in all rounds but one."""

    @property
    def is_clean(self) -> bool:
        """True where nothing failed and nothing was left out."""
        return not (self.failing or self.left_out or self.trouble)

    def text(self) -> str:
        """One line, and one for each thing that was left out; then the summary, if there is one."""
        parts = [
            f"{number_of(self.asked, 'source')} read, {self.found:,} new: "
            f"{number_of(self.articles, 'article')}, {number_of(self.created, 'task')}"
        ]
        if self.waiting:
            parts.append(f"{self.waiting:,} left for a later round")
        parts += [
            f"{one.source} fails ({one.failures}×: {one.problem.rstrip('.')}), asked again "
            f"{datetime.fromisoformat(one.again):%d %b %H:%M}"
            for one in self.failing
        ]
        parts += [self.trained] if self.trained else []
        parts += [f"to be tried again: {one.rstrip('.')}" for one in self.trouble]
        lines = [f"{datetime.fromisoformat(self.at):%Y-%m-%d %H:%M} {'; '.join(parts)}."]
        lines += [f"  left out: {one}" for one in self.left_out[:_LISTED]]
        if len(self.left_out) > _LISTED:
            lines.append(f"  left out: {len(self.left_out) - _LISTED:,} more")
        return "\n".join([*lines, *([self.summary.text()] if self.summary else [])])
