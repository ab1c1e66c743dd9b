"""Translates between our records and Label Studio's JSON; pure, no network.

The only place that knows how a claim is spelt in Label Studio. What belongs to one marked span is
stored as several results that share a region ``id``: the label, and one result for each attribute
(`format <https://labelstud.io/guide/predictions>`_). Offsets count code points on both sides.
"""

from annotation.wire.fields import KEY, READINGS
from annotation.wire.reading import Export, parse_tasks, read_export
from annotation.wire.writing import readings, task_data, to_prediction

__all__ = [
    "KEY",
    "READINGS",
    "Export",
    "parse_tasks",
    "read_export",
    "readings",
    "task_data",
    "to_prediction",
]
