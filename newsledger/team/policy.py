"""What a team has decided about its queue, kept in the workspace, and the draws that follow it.

A draw is a hash of the workspace's id, of what is drawn for, and of the sentence's key. So the same
sentence is drawn in every run, also in one after a kill; a larger share holds what a smaller one
held; and what is drawn for one purpose says nothing of what is drawn for another.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import blake2b

from annotation.errors import WorkspaceError
from newsledger.settings import Settings, read_state, write_state

BLIND_SHARE = 0.05
"""Share of the pushed sentences that is shown without a suggestion, if nobody says otherwise."""

_STATE = "team.json"


@dataclass(frozen=True, slots=True)
class TeamPolicy:
    """What a team has decided about its queue."""

    blind: float = BLIND_SHARE
    """Share of the pushed sentences that is shown without a suggestion, 0 to 1."""


def settle_policy(settings: Settings, *, blind: float | None = None) -> TeamPolicy:
    """The workspace's policy; what is named here is its policy from now on.

    Args:
        settings: where things are.
        blind: share of the pushed sentences that is shown without a suggestion, None to leave it.

    Raises:
        WorkspaceError: what is written down cannot be read, or not be written.
    """
    path = settings.workspace / _STATE
    state = read_state(path)
    found = TeamPolicy()
    named = state.get("blind", found.blind)
    if isinstance(named, bool) or not isinstance(named, int | float) or not 0 <= named <= 1:
        raise WorkspaceError(
            f"{path} names no share of sentences: blind is {named!r}.",
            hint="Remove the file, and name the share again with --blind.",
        )
    found = replace(found, blind=float(named))
    wanted = found if blind is None else replace(found, blind=blind)
    if wanted != found:
        write_state(path, asdict(wanted))
    return wanted


def is_drawn(workspace: str, purpose: str, key: str, share: float) -> bool:
    """Whether a sentence is among those drawn.

    Args:
        workspace: the workspace's id.
        purpose: what is drawn for.
        key: the sentence's id.
        share: the chance of each sentence, 0 to 1.
    """
    digest = blake2b(f"{workspace}\0{purpose}\0{key}".encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest()) < share * 2**64
