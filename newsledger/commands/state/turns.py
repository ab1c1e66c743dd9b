"""Which copy of a workspace last chose what annotators see.

A workspace that was copied, or brought back from a backup, names the same project as its original.
Two that retrain in turn would each put their own champion before the annotators, trained on labels
that the other does not know of. So whoever changes the champion draws a word, and writes it both
into the workspace and into the description of the project: a copy that finds another word there
than it knows was not the last.
"""

from __future__ import annotations

import secrets

from annotation.errors import WorkspaceError
from newsledger.commands.state.project import WorkspaceProject
from newsledger.settings import Settings, read_state, write_state

_STATE = "turns.json"
"""The words that this copy has drawn, for whatever project: a server may have two addresses."""

_KEPT = 40
"""Words that are remembered. The last one alone is not enough: one that was sent and not answered
may arrive after the next."""

_HINT = (
    "Move it away, take the words 'Turn …' out of the project's description in Label Studio, and "
    "run the command again."
)


def take_turn(settings: Settings, ours: WorkspaceProject) -> None:
    """Be the last from now on, unless another copy of this workspace has been since.

    Killed at any point it can be run again: the word is written down here before it is there.

    Raises:
        WorkspaceError: another copy has.
    """
    path = settings.workspace / _STATE
    there, known = ours.studio.turn(ours.id), read_state(path, hint=_HINT).get("drawn", [])
    if not isinstance(known, list) or not all(isinstance(one, str) for one in known):
        raise WorkspaceError(f"{path} names no turns of this workspace.", hint=_HINT)
    if there is not None and there not in known:
        raise WorkspaceError(
            f"Another copy of this workspace has changed the model of project {ours.id} at "
            f"{ours.studio.url} since this one ({settings.workspace}) last did.",
            hint="Go on working with that copy and put this one away. If that one is gone, take "
            f"the words 'Turn {there}.' out of the project's description, and run this again.",
        )
    drawn = secrets.token_hex(4)
    write_state(path, {"drawn": [*known, drawn][-_KEPT:]})
    ours.studio.write_turn(ours.id, drawn)
