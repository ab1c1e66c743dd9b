"""Which model of a workspace is the best so far.

A challenger may be a little worse than the champion, for the difference is mostly chance. So that
many such steps do not lead downhill, it is compared with the best model so far, too.
"""

from __future__ import annotations

from pathlib import Path

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state
from training.registry.files.signing import RETRAIN

BEST = "best.json"
"""Name of the file, beside the models."""

_FORMAT = 1


def best_id(models: Path) -> str | None:
    """Id of the best model so far, None where there is none, or nobody can tell any more."""
    try:
        found = read_json_state(
            models / BEST, format=_FORMAT, what="The best model so far", hint=RETRAIN
        )
    except WorkspaceError:
        return None  # the champion stands for it; the next promotion writes the file anew
    best = found.get("model") if found else None
    return best if isinstance(best, str) and (models / best).is_dir() else None


def write_best(models: Path, model_id: str) -> None:
    """Write down that no model so far is known to be better than this one."""
    write_json_state(models / BEST, {"model": model_id}, format=_FORMAT)
