"""What the gate said of a model, kept beside it; refused ones, too, which no history names.

It is for people to read. What counts is the history of promotions and the signed manifest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from annotation.errors import WorkspaceError
from annotation.storage import read_json_state, write_json_state
from training.registry.files.signing import RETRAIN

RULING = "verdict.json"
"""Name of the file, in the model's folder. It keeps its first name, so that all models are read."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class KeptRuling:
    """What the gate said of a model when it was made."""

    promote: bool
    """Whether it let the model pass."""
    reasons: tuple[str, ...]
    """Why, one sentence each."""
    champion: str | None
    """The model that it was compared with, None for none."""
    overall: Mapping[str, Any] | None
    """The line of the whole, as ``Comparison`` has it; None where nothing could be compared."""
    best: Mapping[str, Any] | None = None
    """The best model so far beside it: ``model``, ``made`` and ``overall``, the line of the whole;
    None where that was the champion. Files of before it was kept have none."""


def write_ruling(
    folder: Path,
    *,
    promote: bool,
    reasons: Sequence[str],
    champion: str | None,
    overall: Mapping[str, Any] | None,
    best: Mapping[str, Any] | None = None,
) -> None:
    """Keep what the gate said.

    Args:
        folder: ``models/<id>``.
        promote: whether it let the model pass.
        reasons: why.
        champion: the model that it was compared with.
        overall: the line of the whole.
        best: the best model so far beside it.

    Raises:
        WorkspaceError: it cannot be written.
    """
    kept = KeptRuling(promote, tuple(reasons), champion, overall, best)
    write_json_state(folder / RULING, asdict(kept), format=_FORMAT)


def read_ruling(folder: Path) -> KeptRuling | None:
    """What the gate said of a model; None where nobody wrote it down, or it cannot be read.

    Args:
        folder: ``models/<id>``.
    """
    try:
        found = read_json_state(
            folder / RULING, format=_FORMAT, what="What the gate said of a model", hint=RETRAIN
        )
    except WorkspaceError:
        return None
    names = {one.name for one in fields(KeptRuling)}
    if found is None or not names - {"best"} <= found.keys():
        return None
    said: dict[str, Any] = {name: found.get(name) for name in names}
    best = said["best"]
    if not (
        isinstance(said["promote"], bool)
        and isinstance(said["reasons"], list)
        and isinstance(said["champion"], str | None)
        and (said["overall"] is None or _is_line(said["overall"]))
        and (best is None or (isinstance(best, Mapping) and _is_line(best.get("overall"))))
    ):
        return None
    return KeptRuling(**{**said, "reasons": tuple(map(str, said["reasons"]))})


def _is_line(found: object) -> bool:
    """Whether it is a line of a comparison, with a number or nothing in each place of one."""
    places = ("support", "challenger", "champion", "difference", "low", "high")
    return isinstance(found, Mapping) and all(
        isinstance(found.get(name), int | float | None) for name in places
    )
