"""Views with the columns of two data sets of conflict events, for whoever has scripts for those.

A row is a sentence that tells of an event, not yet an incident: several sentences and articles may
tell of one. Columns of which nothing is known are empty.
"""

from __future__ import annotations

from collections.abc import Iterator

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
            "best": low,
            "low": low,
            "high": high,
        },
        f"{tail} WHERE e.acled IS NOT NULL",
    )


def _view(name: str, columns: tuple[str, ...], known: dict[str, str], tail: str) -> str:
    select = ",\n  ".join(f'{known.get(one, "NULL")} AS "{one}"' for one in columns)
    return f"CREATE VIEW {name} AS SELECT\n  {select}\n{tail}"
