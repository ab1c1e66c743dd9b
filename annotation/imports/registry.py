"""The formats whose labels can be brought in; help and messages derive from them."""

from __future__ import annotations

from annotation.imports.brat import BRAT
from annotation.imports.datasets import DATASET
from annotation.imports.doccano import DOCCANO
from annotation.imports.event_data import ACLED_TABLE, UCDP_TABLE
from annotation.imports.inception import INCEPTION
from annotation.imports.interface import ImportFormat
from annotation.imports.prodigy import PRODIGY
from annotation.imports.table import LABELLED_TABLE

IMPORT_FORMATS: dict[str, ImportFormat] = {
    one.name: one
    for one in (
        PRODIGY,
        DOCCANO,
        BRAT,
        INCEPTION,
        DATASET,
        ACLED_TABLE,
        UCDP_TABLE,
        LABELLED_TABLE,
    )
}
"""All of them, by what ``--format`` calls them."""
