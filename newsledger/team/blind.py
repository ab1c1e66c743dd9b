"""The blind slice: sentences drawn by chance that annotators label without seeing a suggestion.

What people say of them is anchored by no model, so that it tells how good one is, and how far
suggestions pull (``training.evaluation.anchoring``). For that it must be known what was withheld:
each suggestion of such a sentence is written down before the server has the task, in a file of the
workspace, because in the task anybody could look it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotation.batches import batched
from annotation.dataset.annotation_rows import suggested_of, suggested_row
from annotation.errors import WorkspaceError
from annotation.labelstudio.import_json import shown_labels
from annotation.records import Annotation, Prediction, Task
from annotation.schema import Schema
from annotation.storage import read_json_state, write_json_state
from newsledger.team.policy import is_drawn

_FORMAT = 1
_WHAT = "The record of withheld suggestions"
_HINT = (
    "Bring it back from a copy. Without one, move it away and push the same articles again: what "
    "models before the present one would have suggested is then lost, and labels given under them "
    "no longer tell how far suggestions pull."
)
_TOGETHER = 1_000  # tasks whose withheld suggestions are written down at a time
_KEPT = 5
"""Suggestions of a waiting sentence that are remembered, the last ones: somebody may have it open
while another model becomes champion, and a rollback shows earlier ones again."""


class BlindSlice:
    """The sentences of a workspace that are shown without a suggestion.

    Args:
        path: the file of what was withheld; need not exist.
        workspace: the workspace's id.
        share: the chance of each sentence to be drawn, 0 to 1.
    """

    def __init__(self, path: Path, workspace: str = "", share: float = 0.0) -> None:
        self._path = path
        self._workspace = workspace
        self._share = share

    def draws(self, sentence_id: str) -> bool:
        """Whether a sentence that is pushed now is one of them."""
        return is_drawn(self._workspace, "blind", sentence_id, self._share)

    def drawn(self) -> frozenset[str]:
        """Ids of the sentences of which something was withheld: those that are in the slice.

        Raises:
            WorkspaceError: the file is damaged.
        """
        return frozenset(_read(self._path))

    def keep(self, predictions: Sequence[Prediction], schema: Schema) -> None:
        """Write down what is withheld of sentences that wait for a label, if they are in the slice.

        Of each, the last suggestions are remembered and older ones forgotten.

        Raises:
            WorkspaceError: the file is damaged, or cannot be written.
        """
        known = _read(self._path)
        ours = [one for one in predictions if one.sentence_id in known]
        if not _add(known, ours, schema):
            return
        for one in ours:
            models = known[one.sentence_id]
            for old in list(models)[:-_KEPT]:
                del models[old]
        self._write(known)

    def kept(
        self, tasks: Iterable[tuple[Task, Prediction]], schema: Schema
    ) -> Iterator[tuple[Task, Prediction]]:
        """New tasks with their suggestions, unchanged; those withheld are written down before.

        Nothing is forgotten: what is pushed again may be labelled by now, under any model.

        Raises:
            WorkspaceError: the file is damaged, or cannot be written.
        """
        known = _read(self._path)
        for batch in batched(tasks, _TOGETHER):
            withheld = [
                prediction
                for task, prediction in batch
                if task.blind or prediction.sentence_id in known
            ]
            if _add(known, withheld, schema):
                self._write(known)
            yield from batch

    def _write(self, known: dict[str, dict[str, Any]]) -> None:
        write_json_state(self._path, {"withheld": known}, format=_FORMAT)


def with_withheld(path: Path, annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """The annotations, with what was withheld from those who saw no suggestion.

    What an annotation knows of it already stands: one that came out of a snapshot was given before
    the sentence was shown again, when the same model may have suggested something else, since what
    stands in for a model reads sentences by those around them.

    Args:
        path: the file of what was withheld.
        annotations: annotations of any sentences.

    Raises:
        WorkspaceError: the file is damaged.
    """
    annotations = tuple(annotations)
    if all(one.withheld is None or one.withheld.labels is not None for one in annotations):
        return annotations
    known = _read(path)
    return tuple(_filled(one, known) for one in annotations)


def _add(
    known: dict[str, dict[str, Any]], predictions: Iterable[Prediction], schema: Schema
) -> bool:
    """Add suggestions, each as the last one of its sentence; whether that changes anything."""
    changed = False
    for one in predictions:
        models = known.setdefault(one.sentence_id, {})
        row = suggested_row(shown_labels(one, schema))
        if next(reversed(models), None) != one.model_id or models[one.model_id] != row:
            models.pop(one.model_id, None)
            models[one.model_id] = row
            changed = True
    return changed


def _read(path: Path) -> dict[str, dict[str, Any]]:
    """By sentence, then by model, in the order in which they were withheld."""
    found = read_json_state(path, format=_FORMAT, what=_WHAT, hint=_HINT)
    if found is None:
        return {}
    known = found.get("withheld")
    if not isinstance(known, dict) or not all(isinstance(one, dict) for one in known.values()):
        raise WorkspaceError(
            f"{_WHAT} in {path} cannot be read: it has no suggestions by sentence.", hint=_HINT
        )
    return known


def _filled(one: Annotation, known: dict[str, dict[str, Any]]) -> Annotation:
    if one.withheld is None or one.withheld.labels is not None:
        return one
    row = known.get(one.sentence_id, {}).get(one.withheld.model_id)
    try:
        labels = None if row is None else suggested_of(row)
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise WorkspaceError(
            f"{_WHAT} cannot be read: what it has of '{one.sentence_id}' is damaged.", hint=_HINT
        ) from error
    return replace(one, withheld=replace(one.withheld, labels=labels))
