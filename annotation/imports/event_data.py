"""ACLED and UCDP GED: tables of coded events, their notes or headlines as texts.

A row codes an event, not a sentence: its note, of whatever length, is what the code is of. Who was
killed is told as a number beside it. The event's day and place stay with the task.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError
from annotation.imports.interface import (
    ImportFormat,
    ImportRequest,
    MarkedText,
    each_understood,
    text_of,
)
from annotation.imports.table import labelled_rows

_PLACE = ("country", "admin1", "admin2", "adm_1", "adm_2", "location", "where_coordinates",
          "latitude", "longitude")  # fmt: skip
_DAY = ("event_date", "date_start", "date_end")
_DIGITS = 9
"""More than any number of people has; Python reads no number of some thousand."""


def read_acled(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The events of an ACLED export: the note, its type, and the fatalities."""

    def read(row: Mapping[str, Any], where: str) -> MarkedText:
        both = ": ".join(str(row.get(one) or "") for one in ("event_type", "sub_event_type"))
        return _event(
            row,
            where,
            request,
            text_column="notes",
            labels=() if both == ": " else (both,),
            deaths="fatalities",
            article={"id": "event_id_cnty", "source": "source"},
        )

    return each_understood(labelled_rows(path, request), read, request)


def read_ucdp(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The events of a UCDP GED file: the headline, the type of violence, and the best estimate."""

    def read(row: Mapping[str, Any], where: str) -> MarkedText:
        kind = str(row.get("type_of_violence") or "")
        return _event(
            row,
            where,
            request,
            text_column="source_headline",
            labels=(kind,) if kind else (),
            deaths="best",
            article={"id": "id", "source": "source_office", "published": "source_date"},
        )

    return each_understood(labelled_rows(path, request), read, request)


def _event(
    row: Mapping[str, Any],
    where: str,
    request: ImportRequest,
    *,
    text_column: str,
    labels: tuple[str, ...],
    deaths: str,
    article: Mapping[str, str],
) -> MarkedText:
    told = str(row.get(deaths) or "0").strip()
    if not told.isdecimal() or len(told) > _DIGITS:
        raise LabelsError(f"{where}: '{deaths}' is '{told}', not a whole number.")
    return MarkedText(
        where,
        text_of(row, request.text_column or text_column, where),
        labels=labels,
        is_one=True,
        deaths=int(told) or None,
        article={key: str(row[name]) for key, name in article.items() if row.get(name)},
        more={f"coded_{name}": row[name] for name in (*_DAY, *_PLACE, deaths) if row.get(name)},
    )


ACLED_TABLE = ImportFormat("acled", "a table of ACLED", read_acled)
"""ACLED."""

UCDP_TABLE = ImportFormat("ucdp", "a table of UCDP GED", read_ucdp)
"""UCDP GED."""
