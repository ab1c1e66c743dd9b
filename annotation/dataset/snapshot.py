"""A snapshot: annotations frozen in a dataset directory that says what a model was trained on.

    <folder>/<id>/
      manifest.json       format number, counts, SHA-256 of each file, seed articles, picks,
                          version of the codebook
      label_config.xml    a copy of the schema, character for character
      sentences.jsonl     one Sentence a line, labelled or not, by article and position
      annotations.jsonl   one Annotation a line, every version as it was pulled
      articles.jsonl      one ArticleMetadata a line; only where something is known of an article
      tasks.jsonl         one TaskContext a line; only of tasks that have any
      accepted.jsonl      one Annotation a line that a machine gave in bulk; only where it did
      order.json          its number in the order in which snapshots were last made, and whether
                          it is what a project held; no content

The id is a hash of the content and of nothing else: pulling twice without a new label finds the
same snapshot and writes nothing. Reading verifies everything that the manifest promises.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from annotation.codebook import CodebookVersion
from annotation.dataset.annotation_rows import annotation_of, annotation_row
from annotation.dataset.json_lines import digest_of, lines_of, rows_of
from annotation.dataset.snapshot_order import (
    MANIFEST,
    next_in_order,
    order_of,
    snapshots_in_order,
    write_order,
)
from annotation.dataset.task_contexts import (
    TaskContext,
    task_context_of,
    task_context_row,
    task_contexts,
    tasks_of,
)
from annotation.errors import NewsledgerError, SnapshotError
from annotation.folders import atomic_folder
from annotation.records import Annotation, ArticleMetadata, Picked, Sentence, Task, picked_by
from annotation.schema import Schema, parse_schema
from annotation.storage import read_json_state, write_json_state

_FORMAT = 1
"""Number of the layout. Raise it when an older newsledger could misread a newer snapshot, and keep
reading the older ones."""

_CONFIG = "label_config.xml"
_SENTENCES = "sentences.jsonl"
_ANNOTATIONS = "annotations.jsonl"
_FILES = (_CONFIG, _SENTENCES, _ANNOTATIONS)
_ARTICLES = "articles.jsonl"
_TASKS = "tasks.jsonl"
_ACCEPTED = "accepted.jsonl"
_OPTIONAL = (_ARTICLES, _TASKS, _ACCEPTED)

_PULL_AGAIN = "Run `newsledger pull` to write a new snapshot, or restore this one from a backup."


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dataset as it lies on disk."""

    path: Path
    """Its directory."""
    id: str
    """16 hex digits of a hash of the content; the directory's name."""
    schema: Schema
    """The labels as they were when it was written."""
    sentences: tuple[Sentence, ...]
    """All sentences known, by article and position, labelled or not."""
    annotations: tuple[Annotation, ...]
    """All annotations, by sentence, annotator and time."""
    picked: Mapping[str, Picked]
    """How a sentence came to be labelled, by its id; what is missing was not selected."""
    seeds: frozenset[str] = frozenset()
    """Ids of the articles that newsledger brought along: examples, and not the user's own."""
    held_out: frozenset[str] = frozenset()
    """Ids of the articles that the models of an earlier newsledger were not trained on; those of
    this one learn from every label."""
    articles: tuple[ArticleMetadata, ...] = ()
    """What is known of the articles, ordered by id; an earlier newsledger did not keep it."""
    codebook: CodebookVersion | None = None
    """What the labels were made by when it was written; None where an earlier newsledger did."""
    contexts: Mapping[str, TaskContext] = field(default_factory=dict)
    """What tasks had that does not follow from the rest, by sentence id; only where they had any.
    An earlier newsledger did not keep it."""
    accepted: tuple[Annotation, ...] = ()
    """What a machine said in bulk, in the same order; it is nobody's label, and ``annotations`` has
    none of it."""

    def tasks(self) -> dict[str, Task]:
        """The tasks as the project had them, by their sentences' ids."""
        return tasks_of(self.sentences, self.articles, self.contexts, self.picked)


def write_snapshot(
    folder: Path,
    *,
    sentences: Iterable[Sentence],
    annotations: Iterable[Annotation],
    schema: Schema,
    seeds: Iterable[str] = (),
    picked: Mapping[str, Picked] | None = None,
    articles: Iterable[ArticleMetadata] = (),
    codebook: CodebookVersion | None = None,
    tasks: Iterable[Task] = (),
    accepted: Iterable[Annotation] = (),
    pulled: bool = False,
) -> Snapshot:
    """Freeze a dataset as ``folder/<id>/``; the same content again is a no-op.

    With ``pulled``, it is noted as what a project held, which :func:`.last_pulled` finds.

    Raises:
        SnapshotError: an annotation has no sentence, two sentences share an id, or a label is
            not in the schema.
        WorkspaceError: the disk is full or the folder is not ours.
    """
    rows = _checked(sentences, annotations, schema)
    # Each is made twice, for its digest and for the disk: no file is in memory as a whole.
    files: dict[str, Callable[[], Iterable[bytes]]] = {
        _CONFIG: lambda: (schema.xml.encode(),),
        _SENTENCES: lambda: lines_of(_row(sentence, "language") for sentence in rows[0]),
        _ANNOTATIONS: lambda: lines_of(map(annotation_row, rows[1])),
    }
    there = {one.article_id for one in rows[0]}
    known = sorted({one.id: one for one in articles}.items())
    if told := [_row(one, "page_sha256") for key, one in known if key in there]:
        files[_ARTICLES] = lambda: lines_of(told)
    if contexts := task_contexts(tasks, rows[0], (one for _, one in known)):
        files[_TASKS] = lambda: lines_of(map(task_context_row, contexts))
    if given := _checked(rows[0], accepted, schema)[1]:
        files[_ACCEPTED] = lambda: lines_of(map(annotation_row, given))
    manifest: dict[str, Any] = {
        "schema": schema.fingerprint,
        "counts": {"sentences": len(rows[0]), "annotations": len(rows[1])},
        "files": {name: digest_of(lines()) for name, lines in files.items()},
        "held_out": [],  # an earlier newsledger looks for it
        "picked": {
            key: [pick.method, pick.probability] for key, pick in sorted((picked or {}).items())
        },
    }
    if codebook is not None:
        manifest["codebook"] = {"version": codebook.version, "digest": codebook.digest}
    if brought := sorted(there.intersection(seeds)):
        manifest["seeds"] = brought
    snapshot_id = _identity(manifest)
    path = folder / snapshot_id
    if path.exists():
        try:
            found = _read(path, like=rows[0])
        except SnapshotError:
            _set_aside(path)
        else:
            _put_last(folder, path, pulled=pulled)
            return found
    with atomic_folder(path) as temporary:
        for name, lines in files.items():
            with (temporary / name).open("wb") as file:
                file.writelines(lines())
        write_json_state(temporary / MANIFEST, {**manifest, "id": snapshot_id}, format=_FORMAT)
        write_order(temporary, next_in_order(folder), pulled=pulled)
    return _read(path, like=rows[0])


def _put_last(folder: Path, path: Path, *, pulled: bool) -> None:
    """Note of a snapshot that is there already that it was made, and maybe pulled, once more."""
    before = order_of(path)
    last = snapshots_in_order(folder)[-1] == path
    now = before[0] if last else next_in_order(folder), before[1] or pulled
    if now != before:
        write_order(path, now[0], pulled=now[1])


def adopt_snapshot(folder: Path, path: Path) -> Snapshot:
    """Take a snapshot that was made elsewhere, byte for byte, as the last one of a folder.

    Args:
        folder: the workspace's snapshots.
        path: its directory, called by its id, which is left as it is.

    Raises:
        SnapshotError: it is damaged or called otherwise, or the one that is there by its id is.
        WorkspaceError: the disk is full or the folder is not ours.
    """
    found = read_snapshot(path)
    if found.id != path.name:
        raise SnapshotError(
            f"{path} holds the snapshot {found.id}, but has another name.",
            hint="Ask for it again.",
        )
    if not (folder / found.id).exists():
        with atomic_folder(folder / found.id) as temporary:
            for name in (MANIFEST, *_FILES, *_OPTIONAL):
                if (path / name).exists():
                    (temporary / name).write_bytes((path / name).read_bytes())
            write_order(temporary, next_in_order(folder), pulled=False)
    return read_snapshot(folder / found.id)


def _row(record: ArticleMetadata | Sentence, added: str) -> dict[str, object]:
    """A record as it is stored; without the field that was added later, where that is not known.

    So the snapshot of the same labels has the same digest as ever.
    """
    row = asdict(record)
    if row[added] is None:
        del row[added]
    return row


@contextmanager
def _without_collection() -> Iterator[None]:
    """Rows alone are made meanwhile, which the collector would look through again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def read_snapshot(path: Path) -> Snapshot:
    """Read a dataset directory and verify it against its manifest.

    Raises:
        SnapshotError: it is missing, damaged, truncated, or written by a later newsledger.
    """
    return _read(path)


@_without_collection()
def _read(path: Path, *, like: Sequence[Sentence] = ()) -> Snapshot:
    """The same; of sentences that are in memory already, no second copy is made.

    Args:
        path: the directory.
        like: the sentences that it is expected to have, in its order.
    """
    manifest = _manifest(path)
    names = [*_FILES, *(name for name in _OPTIONAL if name in manifest["files"])]
    contents = {name: _verified(path / name, manifest["files"][name]) for name in names}
    try:
        schema = parse_schema(contents[_CONFIG].decode(), where=str(path / _CONFIG))
        # Each file is let go of once it is read.
        read = (Sentence(**row) for row in rows_of(contents.pop(_SENTENCES)))
        pairs = zip(read, chain(like, repeat(None)), strict=False)
        sentences = tuple(known if one == known else one for one, known in pairs)
        annotations = tuple(
            annotation_of(row, schema) for row in rows_of(contents.pop(_ANNOTATIONS))
        )
        articles = tuple(ArticleMetadata(**row) for row in rows_of(contents.get(_ARTICLES, b"")))
        contexts = tuple(task_context_of(row) for row in rows_of(contents.get(_TASKS, b"")))
        accepted = tuple(
            annotation_of(row, schema) for row in rows_of(contents.get(_ACCEPTED, b""))
        )
        picked = {
            key: picked_by(method, float(probability))
            for key, (method, probability) in manifest["picked"].items()
        }
        counts = {"sentences": len(sentences), "annotations": len(annotations)}
        if counts != manifest["counts"]:
            raise ValueError(f"{counts} is not {manifest['counts']}")
    except (NewsledgerError, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise SnapshotError(
            f"The snapshot {path} is whole but cannot be understood: {error}", hint=_PULL_AGAIN
        ) from error
    return Snapshot(
        path=path,
        id=manifest["id"],
        schema=schema,
        sentences=sentences,
        annotations=annotations,
        picked=picked,
        seeds=frozenset(manifest.get("seeds", ())),
        held_out=frozenset(manifest["held_out"]),
        articles=articles,
        codebook=_codebook(manifest, schema),
        contexts={one.sentence_id: one for one in contexts},
        accepted=accepted,
    )


def articles_in(path: Path) -> tuple[ArticleMetadata, ...]:
    """What a snapshot knows of its articles, without reading the rest of it.

    Raises:
        SnapshotError: it is missing, damaged, or written by a later newsledger.
    """
    files = _manifest(path)["files"]
    content = _verified(path / _ARTICLES, files[_ARTICLES]) if _ARTICLES in files else b""
    return tuple(ArticleMetadata(**row) for row in rows_of(content))


def _codebook(manifest: Mapping[str, Any], schema: Schema) -> CodebookVersion | None:
    said = manifest.get("codebook")
    if not isinstance(said, dict):
        return None
    return CodebookVersion(str(said.get("version")), str(said.get("digest")), schema.fingerprint)


def _checked(
    sentences: Iterable[Sentence], annotations: Iterable[Annotation], schema: Schema
) -> tuple[tuple[Sentence, ...], tuple[Annotation, ...]]:
    """The rows in their one order, so that the same content gives the same bytes."""
    by_id: dict[str, Sentence] = {}
    for sentence in sentences:
        if by_id.setdefault(sentence.id, sentence) != sentence:
            raise SnapshotError(
                f"Two different sentences have the id '{sentence.id}'.",
                hint="Give the rows of the input distinct ids, or none.",
            )
    rows = tuple(annotations)
    for row in rows:
        if row.sentence_id not in by_id:
            raise SnapshotError(
                f"An annotation by {row.annotator} is of the sentence '{row.sentence_id}', "
                "which is not in the dataset.",
                hint="Export the project with its tasks, or pull again.",
            )
        schema.event_labels(row.events.aliases)
        for claim in row.claims:
            schema.check_kind(claim.kind)
    return (
        tuple(sorted(by_id.values(), key=lambda s: (s.article_id, s.index, s.id))),
        tuple(
            sorted(
                dict.fromkeys(rows),
                key=lambda a: (a.sentence_id, a.annotator, a.updated_at, a.annotation_id, repr(a)),
            )
        ),
    )


def _manifest(path: Path) -> dict[str, Any]:
    """The manifest, with everything in it that reading relies on."""
    file = path / MANIFEST
    manifest = read_json_state(
        file, format=_FORMAT, what="The manifest", hint=_PULL_AGAIN, error=SnapshotError
    )
    if manifest is None:
        raise SnapshotError(
            f"{path} is not a snapshot: it has no {MANIFEST}.",
            hint=f"{_PULL_AGAIN} A folder that Label Studio wrote as a storage is read once its "
            "files are one list: jq -s . FOLDER/* > labels.json",
        )
    if manifest.get("id") != _identity({key: manifest[key] for key in manifest if key != "id"}):
        raise SnapshotError(
            f"{file} is damaged: its content does not fit its id.", hint=_PULL_AGAIN
        )
    return manifest


def _verified(file: Path, digest: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SnapshotError(
            f"{file} is missing or cannot be read: {error.strerror or error}.", hint=_PULL_AGAIN
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise SnapshotError(
            f"{file} is damaged or truncated: its SHA-256 is not the one in the manifest.",
            hint=_PULL_AGAIN,
        )
    return content


def _identity(manifest: Mapping[str, Any]) -> str:
    canonical = json.dumps({**manifest, "format": _FORMAT}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()[:16]


def _set_aside(path: Path) -> None:
    """Keep what is damaged under a name that nobody reads as a snapshot."""
    number = 1
    while (other := path.with_name(f".damaged-{path.name}-{number}")).exists():
        number += 1
    path.rename(other)
