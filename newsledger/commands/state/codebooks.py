"""Which codebook a workspace labels by, since when, and which labels are older."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from annotation.codebook import CodebookVersion, codebook_instructions, codebook_version
from annotation.dataset.adjudication import stored_at
from annotation.errors import WorkspaceError
from annotation.records import Annotation
from annotation.schema import Schema
from annotation.storage import read_json_state, read_text_file, write_json_state
from newsledger.settings import Settings, packaged

_FILE = "codebooks.json"
_FORMAT = 1
_AGAIN = "Remove the file: the codebook in use is written down anew."


@dataclass(frozen=True, slots=True)
class CodebookChange:
    """A change of codebook or schema, and the labels that were there before."""

    before: str
    """The version before, in words."""
    now: str
    """The version in use, in words."""
    since: str
    """When annotators first saw it, ISO 8601."""
    older: int
    """Labels stored before that."""
    labels: int
    """All labels."""

    def __str__(self) -> str:
        return (
            f"Codebook or schema changed on {self.since[:10]}, from {self.before} to {self.now}: "
            f"{self.older:,} of {self.labels:,} labels are older. See whether they still hold."
        )


def codebook_in_use(settings: Settings) -> str:
    """The codebook that a workspace labels by, Markdown; empty where there is none.

    Beside a configuration of one's own it is the file of that name, else ours.

    Args:
        settings: where things are.
    """
    config = settings.config.resolve()
    if config != packaged("label_config.xml").resolve():
        own = config.with_name("codebook.md")
        return read_text_file(own) if own.is_file() else ""
    return read_text_file(packaged("docs/codebook.md"))


def version_in_use(settings: Settings, schema: Schema) -> CodebookVersion:
    """The version of codebook and schema that a workspace labels by.

    Args:
        settings: where things are.
        schema: the labels in use.
    """
    return codebook_version(codebook_in_use(settings), schema)


def instructions_in_use(settings: Settings, schema: Schema) -> str:
    """What annotators of a workspace read beside a task, HTML.

    Args:
        settings: where things are.
        schema: the labels in use.
    """
    short = packaged("docs/instructions.html").read_text(encoding="utf-8")
    return codebook_instructions(short, codebook_in_use(settings), schema)


def note_version(settings: Settings, version: CodebookVersion) -> None:
    """Write down that annotators see this version from now on; nothing where they did before.

    Args:
        settings: where things are.
        version: of codebook and schema.

    Raises:
        WorkspaceError: the file cannot be read or written.
    """
    seen = _seen(settings)
    said = asdict(version)
    if not seen or {key: seen[-1].get(key) for key in said} != said:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        write_json_state(
            settings.workspace / _FILE, {"seen": [*seen, {**said, "since": since}]}, format=_FORMAT
        )


def codebook_change(settings: Settings, annotations: Iterable[Annotation]) -> CodebookChange | None:
    """The last change, where labels are older than it; else None.

    Args:
        settings: where things are.
        annotations: the labels.

    Raises:
        WorkspaceError: the file cannot be read.
    """
    seen = _seen(settings)
    if len(seen) < 2:
        return None
    before, now = (
        CodebookVersion(**{key: one[key] for key in ("version", "digest", "schema")})
        for one in seen[-2:]
    )
    since = datetime.fromisoformat(seen[-1]["since"])
    moments = [stored_at(one.updated_at) for one in annotations if not one.cancelled]
    older = sum(moment is not None and moment < since for moment in moments)
    if not older:
        return None
    return CodebookChange(str(before), str(now), seen[-1]["since"], older, len(moments))


def _seen(settings: Settings) -> list[dict[str, str]]:
    found = read_json_state(
        settings.workspace / _FILE, format=_FORMAT, what="The list of codebooks", hint=_AGAIN
    )
    seen = (found or {}).get("seen", [])
    if not isinstance(seen, list) or not all(map(_is_seen, seen)):
        raise WorkspaceError(
            f"The list of codebooks in {settings.workspace / _FILE} cannot be read: it names no "
            "versions with the time since when.",
            hint=_AGAIN,
        )
    return seen


def _is_seen(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    said = [one.get(key) for key in ("version", "digest", "schema", "since")]
    if not all(isinstance(value, str) for value in said):
        return False
    try:
        return datetime.fromisoformat(one["since"]).tzinfo is not None
    except ValueError:
        return False
