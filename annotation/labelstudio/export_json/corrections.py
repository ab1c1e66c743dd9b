"""What people typed as day and place of a sentence -> a date and a name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from annotation.labelstudio.export_json.models import ResultValue, as_texts
from annotation.labelstudio.export_json.spans import quoted


def read_day(values: Iterable[ResultValue]) -> tuple[date | None, tuple[str, ...]]:
    """The day that was typed, None for none, and what is doubtful about it.

    Args:
        values: what the control for the day holds; an emptied field holds nothing.
    """
    texts = [one.datetime for one in values if one.datetime not in (None, "")]
    days: list[date] = []
    doubts: list[str] = [
        "the day is nothing that can be read; not taken"
        for one in values
        if one.datetime is None and not _is_emptied(one, "datetime")
    ]
    for text in texts:
        try:
            days.append(date.fromisoformat(text))
        except (TypeError, ValueError):
            doubts.append(f"the day {quoted(str(text))} is not a date; not taken")
    return days[0] if days else None, (*doubts, *_second("day", map(str, days)))


def read_place(values: Iterable[ResultValue]) -> tuple[str | None, tuple[str, ...]]:
    """The place that was typed, None for none, and what is doubtful about it.

    Args:
        values: what the control for the place holds.
    """
    typed = (" ".join(text.split()) for one in values for text in as_texts(one.text))
    places = [one for one in typed if one]
    doubts = [
        "the place is nothing that can be read; not taken"
        for one in values
        if not as_texts(one.text) and not _is_emptied(one, "text")
    ]
    return places[0] if places else None, (*doubts, *_second("place", places))


def _is_emptied(value: ResultValue, field: str) -> bool:
    """Whether a value holds nothing, as a field does that somebody has emptied."""
    if field in value.model_fields_set:
        return getattr(value, field) in (None, "", [], ())
    return not (value.model_fields_set or value.model_extra)


def _second(what: str, said: Iterable[str]) -> tuple[str, ...]:
    others = tuple(dict.fromkeys(said))[1:]
    return tuple(f"a second {what} of the sentence, {quoted(one)}; not taken" for one in others)
