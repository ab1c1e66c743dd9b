"""When and where happened what a sentence tells: as people typed it, else as it is read by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from annotation.dataset.adjudication import Adjudicated
from annotation.records import NO_PLACE, ArticleMetadata, Sentence, Task
from newsledger.ledger.days_and_places.dates import Day, day_of
from newsledger.ledger.days_and_places.gazetteer import Gazetteer
from newsledger.ledger.days_and_places.places import PlaceReader, ResolvedPlace

Decider = Literal["people", "rule", "undecided"]
"""Who decided: people, who typed it, or the rules that read it; undecided where people typed
different things equally often."""


@dataclass(frozen=True, slots=True)
class WhenWhere:
    """Day and place of one sentence."""

    day: Day | None = None
    """The day, None where it is not known or there is none."""
    place_name: str | None = None
    """The place as written in the sentence or as typed, None where it is not known."""
    place: ResolvedPlace | None = None
    """The same in the gazetteer, None where that does not have it."""
    day_decided_by: Decider | None = None
    """Who decided the day; None where nobody typed one and none was read."""
    place_decided_by: Decider | None = None
    """Who decided the place."""

    def in_words(self) -> str:
        """Both in one line, as people see it; empty for neither."""
        days = [] if self.day is None else [self.day.first, self.day.last]
        day = " to ".join(dict.fromkeys(one.isoformat() for one in days))
        return " · ".join(filter(None, (day, self.place_name)))


_NEITHER = WhenWhere()
"""Of most sentences."""


class WhenWhereReader:
    """Tells day and place of each sentence, asked in the order of reading.

    Args:
        gazetteer: the places of the workspace; None to read no places.
    """

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._places = None if gazetteer is None else PlaceReader(gazetteer)
        self._article = ""
        self._day_before: Day | None = None

    def of(
        self, sentence: Sentence, article: ArticleMetadata, people: Adjudicated | None = None
    ) -> WhenWhere:
        """Day and place of what a sentence tells.

        Args:
            sentence: one sentence.
            article: its article; where its date of publication is not known, no day is read.
            people: what people said of the sentence, None where nobody has labelled it.
        """
        if sentence.article_id != self._article:
            self._article, self._day_before = sentence.article_id, None
        day, day_decided_by = self._day(sentence, article, people)
        self._day_before = day or self._day_before
        name, place, place_decided_by = self._place(sentence, article, people)
        if day_decided_by is None and place_decided_by is None:
            return _NEITHER
        return WhenWhere(day, name, place, day_decided_by, place_decided_by)

    def of_task(self, task: Task) -> WhenWhere:
        """The same of a sentence that is about to be shown to people."""
        article = task.article or ArticleMetadata(task.sentence.article_id)
        return self.of(task.sentence, article)

    def _day(
        self, sentence: Sentence, article: ArticleMetadata, people: Adjudicated | None
    ) -> tuple[Day | None, Decider | None]:
        if people is not None and people.day is not None:
            return Day(people.day, people.day, 0, 0, ""), "people"
        if people is not None and people.no_day:
            return None, "people"
        if people is not None and people.day_tied:
            return None, "undecided"
        published = named_date(article.published)
        if published is None:
            return None, None
        day = day_of(sentence.text, published, before=self._day_before)
        return day, "rule" if day else None

    def _place(
        self, sentence: Sentence, article: ArticleMetadata, people: Adjudicated | None
    ) -> tuple[str | None, ResolvedPlace | None, Decider | None]:
        # Read in any case: the sentences after this one are told by its places, too.
        read = None if self._places is None else self._places.of(sentence, article)
        if people is not None and people.place == NO_PLACE:
            return None, None, "people"
        if people is not None and people.place is not None:
            typed = None if self._places is None else self._places.typed(people.place, article)
            return people.place, typed, "people"
        if people is not None and people.place_tied:
            return None, None, "undecided"
        return (None, None, None) if read is None else (read.text, read, "rule")


def with_when_where(tasks: Mapping[str, Task], gazetteer: Gazetteer | None) -> dict[str, Task]:
    """Tasks that show when and where it happened, as it is read.

    Args:
        tasks: all of a dataset in the order of reading, by their sentences' ids.
        gazetteer: the places of the workspace; None to read no places.
    """
    reader = WhenWhereReader(gazetteer)
    return {
        key: replace(task, when_where=reader.of_task(task).in_words())
        for key, task in tasks.items()
    }


@lru_cache(4_096)
def named_date(text: str | None) -> date | None:
    """The day that an ISO 8601 text names, None where it names none.

    The first year stands for none, as some programs write it: ``0001-01-01T00:00:00Z``.
    """
    if not text:
        return None
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if day.year > 1 else None
