"""INCEpTION: UIMA CAS XMI, in the ZIP archive of an export or beside their type system.

dkpro-cassis, by those who make INCEpTION, reads the XML and counts characters as Python does.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError, lacks_extra
from annotation.imports.interface import (
    IMPORTED,
    ImportFormat,
    ImportRequest,
    MarkedSpan,
    MarkedText,
)

MAX_UNPACKED = 200_000_000
"""Bytes of one document, unpacked."""
MAX_ALL_UNPACKED = 2_000_000_000
"""Bytes of all documents of an archive, unpacked."""
_TYPES = "TypeSystem.xml"
_PARTS = (
    "segmentation.type.",
    "metadata.type.",
    "uima.tcas.DocumentAnnotation",
    "TagsetDescription",
    "CASMetadata",
    "LayerDefinition",
    "FeatureDefinition",
)
"""What no person annotates: tokens, sentences, and what is known of the document."""
_OF_DOCUMENTS = ("annotation", "curation")
"""The folders of an export with a folder for each document."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
"""What reading a damaged or encrypted archive raises."""
_EMPTY = "{}: there is no .xmi file in it."
_OWN = ("begin", "end", "sofa", "order", "uiName")


_File = tuple[str, tuple[str, str], bytes, bytes]
"""Its name for messages, id and annotator, type system, document."""


def read_inception(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The documents of an archive or a folder, or one of them."""
    try:
        import cassis
    except ModuleNotFoundError as error:
        raise lacks_extra("Exports of INCEpTION", "inception") from error
    read = _archive if path.suffix.lower() == ".zip" else _files
    for where, (key, annotator), types, document in read(path, request):
        try:
            system = cassis.load_typesystem(io.BytesIO(types))
            cas = cassis.load_cas_from_xmi(io.BytesIO(document), typesystem=system)
        except Exception as error:  # noqa: BLE001  # whatever a damaged file leads to
            request.on_problem(
                LabelsError(f"{where}: cannot be read ({type(error).__name__}: {error}).")
            )
            continue
        text = cas.sofa_string
        if not text:
            request.on_problem(LabelsError(f"{where}: has no text."))
            continue
        spans = tuple(_spans(cas, where, request))
        yield MarkedText(where, text, spans=spans, annotator=annotator, article={"id": key})


def _known(root: Path, file: Path) -> tuple[str, str]:
    """The id of a document, and who annotated it, of where the file is.

    INCEpTION writes ``annotation/DOCUMENT/PERSON.xmi``, or an archive of one document in its place.
    """
    person = file.parent if file.parent.suffix.lower() == ".zip" else file
    if person.absolute().parent.parent.name in _OF_DOCUMENTS:
        return person.absolute().parent.name, person.stem
    return file.relative_to(root).with_suffix("").as_posix(), IMPORTED


def _files(path: Path, request: ImportRequest) -> Iterator[_File]:
    root = path if path.is_dir() else path.parent
    files = sorted(path.rglob("*.xmi")) if path.is_dir() else [path]
    if not files:
        raise LabelsError(_EMPTY.format(path))
    for file in files:
        types = next((one / _TYPES for one in file.parents if (one / _TYPES).is_file()), None)
        if types is None:
            request.on_problem(LabelsError(f"{file}: its {_TYPES} is not beside it."))
            continue
        try:
            yield str(file), _known(root, file), types.read_bytes(), file.read_bytes()
        except OSError as error:
            request.on_problem(LabelsError(f"{file}: cannot be read ({error})."))


def _archive(path: Path, request: ImportRequest) -> Iterator[_File]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = {one.filename: one for one in archive.infolist()}
            named = next((one for one in infos if one.rpartition("/")[2] == _TYPES), None)
            if named is None:
                raise LabelsError(f"{path}: there is no {_TYPES} in it.")
            documents = [name for name in infos if name.endswith(".xmi")]
            if not documents:
                raise LabelsError(_EMPTY.format(path))
            sizes = [infos[name].file_size for name in (named, *documents)]
            if max(sizes) > MAX_UNPACKED:
                raise LabelsError(f"{path}: unpacks to more than {MAX_UNPACKED // 10**6} MB.")
            if sum(sizes[1:]) > MAX_ALL_UNPACKED:
                raise LabelsError(
                    f"{path}: its documents unpack to more than {MAX_ALL_UNPACKED // 10**6} MB.",
                    hint="Export fewer documents at a time.",
                )
            types = archive.read(named)
            for name in documents:
                where = f"{path}/{name}"
                try:
                    document = archive.read(name)
                except _DAMAGED as error:
                    request.on_problem(LabelsError(f"{where}: cannot be read ({error!r})."))
                else:
                    yield where, _known(path, path / name.lstrip("/")), types, document
    except _DAMAGED as error:
        raise LabelsError(f"{path}: is not a ZIP archive that can be read ({error}).") from error


def _spans(cas: Any, where: str, request: ImportRequest) -> Iterator[MarkedSpan]:
    """Each annotation with one feature that says what it is; the feature may be named."""
    unread = Counter[str]()
    for one in cas.select_all_annotations():
        kind = one.type.name
        if any(part in kind for part in _PARTS) or not hasattr(one, "begin"):
            continue
        said = {
            feature.name: value
            for feature in one.type.all_features
            if feature.name not in _OWN
            and isinstance(value := getattr(one, feature.name, None), str)
            and value
        }
        if request.label_columns:
            said = {name: value for name, value in said.items() if name in request.label_columns}
        if len(said) == 1 and one.begin < one.end:
            (label,) = said.values()
            yield MarkedSpan(one.begin, one.end, label)
        else:
            unread[f"{kind} with {len(said)} features ({', '.join(said)})"] += 1
    for what, count in unread.items():
        request.on_problem(
            LabelsError(
                f"{where}: {count} of {what} are not read: nothing says which one is the label.",
                hint="Name the feature with --label-column.",
            )
        )


INCEPTION = ImportFormat(
    "inception", "UIMA CAS XMI of INCEpTION: a .zip, a folder, or an .xmi file", read_inception
)
"""INCEpTION, and what else writes UIMA CAS XMI."""
