"""Views with the columns of two data sets of conflict events, for whoever has scripts for those.

A row is a sentence that tells of an event, not yet an incident: several sentences and articles may
tell of one. Columns of which nothing is known are empty. Day and place are those of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotation.records import ROLES
from annotation.schema import Schema

ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
"""Columns of ACLED's export since 2023."""

UCDP = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""Columns of UCDP's Georeferenced Event Dataset since version 17."""


_ACLED_DAY = {"day": 1, "week": 2, "month": 3}
_ACLED_PLACE = {"place": 1, "district": 3}
_UCDP_DAY = {"day": 1, "week": 3, "month": 4, "year": 5}
_UCDP_PLACE = {"place": 1, "district": 4, "country": 6}
"""How exactly day and place of a sentence are known, by the numbers of the two codebooks.

A district of ours may be a province or a part of one: it has the number of a province, the less
exact one. ACLED has no number for a year and for a country.
"""


def view_statements(schema: Schema) -> Iterator[str]:
    """The statements that make ``acled_like`` and ``ucdp_like``.

    Args:
        schema: tells which claims count the dead, by ``harm="death"`` of their kind.
    """
    kinds = ", ".join(
        "'" + one.alias.replace("'", "''") + "'"
        for one in schema.claim_kinds
        if one.harm == "death"
    )
    which = f"c.role = '{ROLES[0]}' AND c.kind IN ({kinds})"
    dead = f"FROM claims c WHERE c.sentence_id = e.sentence_id AND {which}"
    # Two numbers of one sentence may be parts or repeat each other: they are not added.
    low, high = f"(SELECT max(c.low) {dead})", f"(SELECT max(c.high) {dead})"
    first = (
        "CASE instr(e.acled, '; ') WHEN 0 THEN e.acled "
        "ELSE substr(e.acled, 1, instr(e.acled, '; ') - 1) END"
    )
    # Of a village that has no coordinates the name is known, and not where it is.
    located = "s.latitude IS NOT NULL OR s.place_precision = 'country'"
    place_in_acled = _number_of("s.place_precision", _ACLED_PLACE)
    place_in_ucdp = _number_of("s.place_precision", _UCDP_PLACE)
    shared = "FROM events e JOIN sentences s USING (sentence_id) JOIN articles a ON {on}"
    tail = shared.format(on="a.article_id = s.article_id")
    yield _view(
        "acled_like",
        ACLED,
        {
            "event_id_cnty": "e.event_id",
            "event_type": f"substr({first}, 1, instr({first}, ': ') - 1)",
            # Where several fit, people have to choose.
            "sub_event_type": "CASE WHEN instr(e.acled, '; ') = 0 "
            "THEN substr(e.acled, instr(e.acled, ': ') + 2) END",
            "event_date": "CASE s.day_precision WHEN 'year' THEN NULL ELSE s.day END",
            "year": "CAST(substr(s.day, 1, 4) AS INTEGER)",
            "time_precision": _number_of("s.day_precision", _ACLED_DAY),
            "location": "s.place",
            "latitude": "s.latitude",
            "longitude": "s.longitude",
            "geo_precision": f"CASE WHEN {located} THEN {place_in_acled} END",
            "source": "a.source",
            "notes": "s.text",
            "fatalities": low,
        },
        f"{tail} WHERE e.acled IS NOT NULL",
    )
    yield _view(
        "ucdp_like",
        UCDP,
        {
            "id": "e.event_id",
            "source_article": "a.url",
            "source_office": "a.source",
            "source_date": "a.published",
            "source_headline": "a.title",
            "source_original": "(SELECT group_concat(DISTINCT c.attribution) FROM claims c "
            "WHERE c.sentence_id = e.sentence_id)",
            "number_of_sources": "1",
            "year": "CAST(substr(s.day, 1, 4) AS INTEGER)",
            "date_prec": _number_of("s.day_precision", _UCDP_DAY),
            "date_start": "s.day",
            "date_end": "s.day_last",
            "where_description": "s.place",
            "where_prec": f"CASE WHEN {located} THEN {place_in_ucdp} END",
            "latitude": "s.latitude",
            "longitude": "s.longitude",
            "best": low,
            "low": low,
            "high": high,
        },
        f"{tail} WHERE e.acled IS NOT NULL",
    )


def _number_of(column: str, numbers: Mapping[str, int]) -> str:
    """A word of a column as the number that stands for it."""
    cases = " ".join(f"WHEN '{word}' THEN {number}" for word, number in numbers.items())
    return f"CASE {column} {cases} END"


def _view(name: str, columns: tuple[str, ...], known: dict[str, str], tail: str) -> str:
    select = ",\n  ".join(f'{known.get(one, "NULL")} AS "{one}"' for one in columns)
    return f"CREATE VIEW {name} AS SELECT\n  {select}\n{tail}"
