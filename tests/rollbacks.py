"""A rollback from its beginning to its end, where nobody is shown suggestions meanwhile."""

from __future__ import annotations

from pathlib import Path

from training.registry import rollback
from training.registry.rollback import Rollback


def roll_back(models: Path) -> Rollback:
    """The two steps of ``newsledger rollback`` in a row."""
    begun = rollback.begin_rollback(models, reason="rolled back")
    rollback.finish_rollback(models)
    return begun
