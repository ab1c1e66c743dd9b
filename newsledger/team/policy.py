"""What a team has decided about its queue, kept in the workspace, and the draws that follow it.

A draw is a hash of the workspace's id, of what is drawn for, and of the sentence's key. So the same
sentence is drawn in every run, also in one after a kill; a larger share holds what a smaller one
held; and what is drawn for one purpose says nothing of what is drawn for another.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from annotation.errors import WorkspaceError
from annotation.records import MOST_PEOPLE
from newsledger.settings import Settings, read_state, write_state

BLIND_SHARE = 0.05
"""Share of the pushed sentences that is shown without a suggestion, if nobody says otherwise."""

_STATE = "team.json"
_HINT = "Remove the file, and name again what was decided: --blind, --overlap, --people."


@dataclass(frozen=True, slots=True)
class TeamPolicy:
    """What a team has decided about its queue."""

    blind: float = BLIND_SHARE
    """Share of the pushed sentences that is shown without a suggestion, 0 to 1."""
    overlap: float = 0.0
    """Share of the pushed sentences that several people label, 0 to 1."""
    people: int = 2
    """How many people label these, 2 to ``MOST_PEOPLE``."""


def settle_policy(
    settings: Settings,
    *,
    blind: float | None = None,
    overlap: float | None = None,
    people: int | None = None,
) -> TeamPolicy:
    """The workspace's policy; what is named here is its policy from now on.

    Args:
        settings: where things are.
        blind: share of the pushed sentences that is shown without a suggestion, None to leave it.
        overlap: share of them that several people label, None to leave it.
        people: how many people label these, None to leave it.

    Raises:
        WorkspaceError: what is written down cannot be read, or not be written.
    """
    path = settings.workspace / _STATE
    found = _read(path)
    named = {"blind": blind, "overlap": overlap, "people": people}
    wanted = replace(found, **{key: value for key, value in named.items() if value is not None})  # type: ignore[arg-type]
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
    return drawn_number(workspace, purpose, key) < share


def drawn_number(workspace: str, purpose: str, key: str) -> float:
    """A number from 0 to below 1 that is drawn for a sentence; arguments as for ``is_drawn``."""
    digest = blake2b(f"{workspace}\0{purpose}\0{key}".encode("utf-8", "replace"), digest_size=6)
    return int.from_bytes(digest.digest()) / 2**48


def _read(path: Path) -> TeamPolicy:
    state = read_state(path, hint=_HINT)
    policy = TeamPolicy(
        **{name: state.get(name, value) for name, value in asdict(TeamPolicy()).items()}
    )
    shares = (policy.blind, policy.overlap)
    if not all(_is_number(one) and 0 <= one <= 1 for one in shares) or not (
        _is_number(policy.people)
        and 2 <= policy.people <= MOST_PEOPLE
        and policy.people == int(policy.people)
    ):
        raise WorkspaceError(
            f"{path} is not the policy of a team: {state}.",
            hint=_HINT,
        )
    return policy


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
