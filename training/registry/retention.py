"""Which models a workspace keeps when it is pruned, and the removal of the others.

Kept are the champion's line, which rollbacks go through; the models that were promoted or made
last; the best so far; and what a rollback that was cut off leads to. A model that was only ever
refused goes when it is no longer among the last.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from annotation.errors import ModelError
from annotation.folders import folder_size, remove_folder, remove_leftovers
from annotation.storage import locked
from training.registry.best import best_id
from training.registry.champion import LOCK, champion_id
from training.registry.files.signing import MANIFEST
from training.registry.history import champions_in_turn, history
from training.registry.rollback import unfinished_rollback
from training.registry.store import model_folders, unverified_manifest


@dataclass(frozen=True, slots=True)
class PrunedModels:
    """What was removed of the models of a workspace, and what was kept."""

    removed: tuple[str, ...]
    """Ids of the models that have gone, or would go."""
    freed: int
    """Bytes of their files, and of what killed runs had left."""
    kept: tuple[str, ...]
    """Ids of the models that stay, the one that was made last at the end."""
    snapshots: frozenset[str]
    """Ids of the snapshots that are still needed: those of the champion and of the last models."""


def prune_models(models: Path, *, last: int, dry_run: bool = False) -> PrunedModels:
    """Remove the models that nothing leads back to; a run that was killed can be run again.

    Args:
        models: the workspace's folder of models.
        last: how many of the models made last are kept, and of the promotions made last.
        dry_run: remove nothing.

    Raises:
        ModelError: the history does not tell which models rollbacks go through.
        WorkspaceError: a folder is not ours.
    """
    if not models.is_dir():
        return PrunedModels((), 0, (), frozenset())
    with nullcontext() if dry_run else locked(models / LOCK):
        folders = model_folders(models)
        line = _line(models)
        promoted = [act.model for act in history(models)[-last:]]
        made = [path.name for path in folders[-last:]]
        best = {one for one in (best_id(models),) if one is not None}
        keep = {*line, *promoted, *made, *best}
        # A folder without a manifest may be anything.
        go = [one for one in folders if one.name not in keep and (one / MANIFEST).is_file()]
        freed = 0 if dry_run else remove_leftovers(models)
        for path in go:
            freed += folder_size(path) if dry_run else remove_folder(path)
    gone = {path.name for path in go}
    needed = {*line[-last:], *promoted, *made, *best}
    said = (unverified_manifest(models / name).get("snapshot") for name in needed - gone)
    return PrunedModels(
        removed=tuple(path.name for path in go),
        freed=freed,
        kept=tuple(path.name for path in folders if path.name not in gone),
        snapshots=frozenset(one for one in said if isinstance(one, str)),
    )


def _line(models: Path) -> tuple[str, ...]:
    """The champions that rollbacks go through, the present one and an unfinished goal included."""
    acts, now = history(models), champion_id(models)
    if now is not None and now not in {act.model for act in acts}:
        raise ModelError(
            f"The history of promotions in {models} does not name the champion {now}, so it does "
            "not tell which models to keep.",
            hint=f"Restore history.jsonl from a backup, or write the champion into it with "
            f"`newsledger promote {now}`, and prune again.",
        )
    begun = unfinished_rollback(models)
    goal = (begun.start, begun.goal) if begun else ()
    return (*goal, *champions_in_turn(acts, now))
