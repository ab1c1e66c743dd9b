"""All the work of a workspace in one file, and out of it again elsewhere: ``pack``, ``unpack``.

The file is a ZIP archive, stored and not compressed, with the same bytes for the same work:

    pack.json           format, newsledger's version, ids of snapshot and model, and each digest
    snapshot/…          the labels with their texts and their configuration, as in the workspace
    model.zip           the champion, as ``models export`` writes it
    model_card.md       what it is, in words
    codebook.md         what counts as what
    decisions.json      which reports people say are of one incident, as in the workspace

Labels are data, and their digests are checked. A model runs what it says: it is taken only by
whoever gives the fingerprint of the whole file, which the packer tells on another way.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotation.dataset.snapshot import Snapshot, adopt_snapshot, read_snapshot
from annotation.dataset.snapshot_order import snapshots_in_order
from annotation.errors import InputError, WorkspaceError
from annotation.schema import Schema, read_schema
from annotation.storage import atomic_path, behind_links, read_binary_file, why_unread, write_atomic
from newsledger import __version__
from newsledger.commands.handover.export import pulled_path, snapshot_path
from newsledger.commands.state.codebooks import codebook_in_use
from newsledger.ledger.incidents.pair_decisions import read_decisions
from newsledger.progress import Progress, Result, number_of
from newsledger.settings import Settings, packaged, read_state, write_state
from newsledger.workspace import settle_workspace

_FORMAT = 1
"""Number of the layout of the file."""
_TABLE, _MODEL, _CARD, _CODEBOOK = "pack.json", "model.zip", "model_card.md", "codebook.md"
_DECISIONS = "decisions.json"
_SNAPSHOT = ("manifest.json", "label_config.xml", "sentences.jsonl", "annotations.jsonl",
             "articles.jsonl", "tasks.jsonl", "accepted.jsonl")  # fmt: skip
_MEMBERS = frozenset(
    {_MODEL, _CARD, _CODEBOOK, _DECISIONS, *(f"snapshot/{name}" for name in _SNAPSHOT)}
)
_ID = re.compile("[0-9a-f]{16}")
_CONFIG = "label_config.xml"
_ASK = "Ask for the file again."
_ELSEWHERE = "Name a new folder: newsledger --workspace DIR unpack …"


@dataclass(frozen=True, slots=True)
class PackResult(Result):
    """What was packed."""

    file: str
    """The file."""
    fingerprint: str
    """SHA-256 of the file; who takes the model from it must have it from who packed it."""
    size: int
    """Bytes of the file."""
    snapshot: str
    """Id of the snapshot in it."""
    model: str | None
    """Id of the model in it, None for none."""
    annotators: int
    """How many people's labels are in it, under the names that Label Studio has."""
    codebook: bool
    """Whether a codebook is in it."""

    def text(self) -> str:
        """The outcome in sentences."""
        what = f"Snapshot {self.snapshot}" + (f" and model {self.model}" if self.model else "")
        people = number_of(self.annotators, "person", "people")
        lines = [
            f"{what}: in {self.file} ({self.size:,} bytes).",
            f"It holds the texts, and the labels of {people} under their names: hand it "
            "to nobody who may not have them.",
        ]
        if not self.codebook:
            lines.append("No codebook is in it: name yours with --codebook.")
        if self.model:
            lines += [
                f"Fingerprint {self.fingerprint}",
                "Give the fingerprint to whoever unpacks the file, by another route than the file "
                "itself: read it out, or show it.",
            ]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class UnpackResult(Result):
    """What was unpacked."""

    workspace: str
    """The workspace that it is in now."""
    snapshot: str
    """Id of the snapshot."""
    path: str
    """Its folder."""
    model: str | None
    """Id of the model, None where there is none or it was not taken."""
    left: str | None
    """Id of the model that was not taken, None for none."""
    files: tuple[str, ...]
    """Files for people that are in the workspace now."""

    def text(self) -> str:
        """The outcome in sentences."""
        lines = [f"The labels are in {self.path}; beside them {', '.join(self.files)}."]
        if self.model:
            lines.append(f"To use the model: newsledger promote {self.model}")
        elif self.left:
            lines.append(f"The model {self.left} was left where it is, as --no-model says.")
        lines.append(f"To learn from the labels: newsledger train --labels {self.path} --promote")
        return "\n".join(lines)


def pack(
    settings: Settings,
    file: Path,
    *,
    snapshot: str | None = None,
    codebook: Path | None = None,
    model: bool = True,
) -> PackResult:
    """Write labels, configuration, codebook and champion into one file, whole or not at all.

    Args:
        settings: where things are.
        file: the file to write; replaced where it exists.
        snapshot: id of a snapshot; None for the one that was pulled last.
        codebook: what counts as what; None for the one that the workspace labels by.
        model: whether the champion is in it, if there is one.

    Raises:
        SnapshotError: there is no snapshot, or it is damaged.
        ModelError: the champion is damaged.
        InputError: the codebook cannot be read.
        WorkspaceError: the file cannot be written, or decisions on pairs of reports cannot be read.
    """
    from training.registry.champion import champion_id
    from training.registry.files.archives import archive_of, file_entry, fingerprint_of
    from training.registry.handover import model_archive

    path = snapshot_path(settings, snapshot) if snapshot else pulled_path(settings)
    found = read_snapshot(path)
    members = {
        f"snapshot/{name}": read_binary_file(found.path / name)
        for name in _SNAPSHOT
        if (found.path / name).exists()
    }
    named = champion_id(settings.models) if model else None
    if named is not None:
        members[_MODEL] = model_archive(settings.models / named)[1]
        members[_CARD] = read_binary_file(settings.models / named / _CARD)
    rules = codebook_in_use(settings).encode() if codebook is None else _read(codebook)
    if rules:
        members[_CODEBOOK] = rules
    if read_decisions(settings.decisions):
        members[_DECISIONS] = read_binary_file(settings.decisions)
    table = {
        "format": _FORMAT,
        "newsledger": __version__,
        "snapshot": found.id,
        "model": named,
        "files": {name: file_entry(content) for name, content in sorted(members.items())},
    }
    told = (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode()
    whole = archive_of({_TABLE: told, **dict(sorted(members.items()))})
    with atomic_path(behind_links(file), hint="Name another place for the file.") as temporary:
        temporary.write_bytes(whole)
    people = {one.annotator for one in found.annotations}
    return PackResult(
        str(file),
        fingerprint_of(whole),
        len(whole),
        found.id,
        named,
        len(people),
        _CODEBOOK in members,
    )


def unpack(
    settings: Settings,
    progress: Progress,
    file: Path,
    fingerprint: str | None,
    *,
    model: bool = True,
) -> UnpackResult:
    """Take the work of another workspace into this one, which has none yet; needs no network.

    Args:
        settings: where things are.
        progress: what is told meanwhile.
        file: what :func:`pack` wrote.
        fingerprint: what the packer said that the file's is; None to leave the model out.
        model: whether the model in it is taken.

    Raises:
        InputError: the file holds something else, or is damaged.
        ModelError: the fingerprint is another one.
        SnapshotError: the labels in it are damaged.
        WorkspaceError: the workspace has labels, a project or files of its own, or cannot be
            written.
    """
    from training.registry.handover import require_fingerprint, take_model

    content = _read(file)
    if fingerprint is not None:
        require_fingerprint(file, content, fingerprint)
    table, members = _opened(file, content)
    _check_decisions(file, members)
    beside = {
        name: members[member]
        for name, member in ((_CONFIG, f"snapshot/{_CONFIG}"), (_CODEBOOK, _CODEBOOK),
                             (_CARD, _CARD))
        if member in members
    }  # fmt: skip
    _check_free(settings, table["snapshot"], beside)
    settle_workspace(settings.workspace)
    snapshot = _take_snapshot(settings, table["snapshot"], members)
    if _DECISIONS in members and not settings.decisions.exists():  # later ones may be there by now
        beside[_DECISIONS] = members[_DECISIONS]
    for name, one in beside.items():
        write_atomic(settings.workspace / name, one)
    config = settings.workspace / _CONFIG
    if not (_are_ours(snapshot.schema, members) or read_state(settings.project)):
        write_state(settings.project, {"config": str(config.resolve())})
    taken = None
    if model and fingerprint is not None and _MODEL in members:
        taken = take_model(settings.models, file, members[_MODEL]).id
        progress.say(f"The model {taken} is one of this workspace's now.")
    return UnpackResult(
        str(settings.workspace),
        snapshot.id,
        str(snapshot.path),
        taken,
        None if taken else table["model"],
        tuple(beside),
    )


def holds_model(file: Path) -> bool:
    """Whether a model is in a file, so that somebody has to vouch for it.

    Raises:
        InputError: the file holds something else, or is damaged.
    """
    return _MODEL in _opened(file, _read(file))[1]


def _check_free(settings: Settings, snapshot: str, files: Mapping[str, bytes]) -> None:
    """Nothing of the workspace is written over, but what the same file has brought before.

    Raises:
        WorkspaceError: it has labels, a project or such files of its own.
    """
    if any(path.name != snapshot for path in snapshots_in_order(settings.snapshots)):
        raise WorkspaceError(f"{settings.workspace} has labels of its own.", hint=_ELSEWHERE)
    ours = {"config": str((settings.workspace / _CONFIG).resolve())}
    if read_state(settings.project) not in ({}, ours):
        raise WorkspaceError(f"{settings.workspace} has a project of its own.", hint=_ELSEWHERE)
    for name, content in files.items():
        path = settings.workspace / name
        if path.exists() and read_binary_file(path) != content:
            raise WorkspaceError(f"{path} is there already, and is another.", hint=_ELSEWHERE)


def _check_decisions(file: Path, members: Mapping[str, bytes]) -> None:
    """Decisions are read by the next `ledger`: what is none must not get so far."""
    if _DECISIONS not in members:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, _DECISIONS)
        path.write_bytes(members[_DECISIONS])
        try:
            read_decisions(path)
        except WorkspaceError as error:
            raise _foreign(file, "its decisions on pairs of reports cannot be read") from error


def _take_snapshot(settings: Settings, named: str, members: Mapping[str, bytes]) -> Snapshot:
    """The labels, verified as those of a workspace are, and then written as they are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, named)
        path.mkdir()
        for name in _SNAPSHOT:
            if f"snapshot/{name}" in members:
                (path / name).write_bytes(members[f"snapshot/{name}"])
        return adopt_snapshot(settings.snapshots, path)


def _opened(file: Path, content: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The table of a file and its members, each as the table says; no name leads to a path."""
    from training.registry.files.archives import file_entry, members_in

    try:
        members = members_in(content, {_TABLE, *_MEMBERS})
        table = json.loads(members.pop(_TABLE, b"null"))
    except (ValueError, RecursionError) as error:
        raise _foreign(file, str(error)) from error
    if not isinstance(table, dict):
        raise _foreign(file, f"it has no {_TABLE}")
    if isinstance(table.get("format"), int) and table["format"] > _FORMAT:
        raise InputError(f"{file} was packed by a later newsledger.", hint="Update newsledger.")
    named = table.get("snapshot")
    if table.get("format") != _FORMAT or not isinstance(named, str) or not _ID.fullmatch(named):
        raise _foreign(file, f"its {_TABLE} does not describe one")
    if {name: file_entry(one) for name, one in members.items()} != table.get("files"):
        raise _foreign(file, "its parts are not those that it names")
    if (table.get("model") is None) != (_MODEL not in members):
        raise _foreign(file, "its model is not the one that it names")
    return table, members


def _are_ours(schema: Schema, members: Mapping[str, bytes]) -> bool:
    """Whether labels and codebook are those that newsledger brings along."""
    ours = read_schema(packaged("label_config.xml"))
    codebook = members.get(_CODEBOOK)
    return ours.fingerprint == schema.fingerprint and codebook in (
        None,
        packaged("docs/codebook.md").read_bytes(),
    )


def _read(file: Path) -> bytes:
    try:
        return read_binary_file(file)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {why_unread(error)}.") from error


def _foreign(file: Path, why: str) -> InputError:
    return InputError(f"{file} is nothing that newsledger packed whole: {why}.", hint=_ASK)
