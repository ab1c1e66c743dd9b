"""INCEpTION: UIMA CAS XMI, in the ZIP archive of an export or beside their type system.

dkpro-cassis, by those who make INCEpTION, reads the XML and counts characters as Python does.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotation.errors import LabelsError, lacks_extra
from annotation.imports.interface import ImportFormat, ImportRequest, MarkedSpan, MarkedText

MAX_UNPACKED = 200_000_000
"""Bytes of one document, unpacked."""
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
_OWN = ("begin", "end", "sofa", "order", "uiName")


def read_inception(path: Path, request: ImportRequest) -> Iterator[MarkedText]:
    """The documents of an archive or a folder, or one of them."""
    try:
        import cassis
    except ModuleNotFoundError as error:
        raise lacks_extra("Exports of INCEpTION", "inception") from error
    found = list(_archive(path) if path.suffix.lower() == ".zip" else _files(path))
    if not found:
        raise LabelsError(f"{path}: there is no .xmi file in it.")
    for where, types, document in found:
        try:
            system = cassis.load_typesystem(io.BytesIO(types))
            cas = cassis.load_cas_from_xmi(io.BytesIO(document), typesystem=system)
        except Exception as error:  # noqa: BLE001  # whatever a damaged file leads to
            request.on_problem(
                LabelsError(f"{where}: cannot be read ({type(error).__name__}: {error}).")
            )
            continue
        text = cas.sofa_string
        if text:
            spans = tuple(_spans(cas, where, request))
            name = Path(where).parent.name if Path(where).parent.name else Path(where).stem
            yield MarkedText(
                where, text, spans=spans, annotator=Path(where).stem, article={"id": name}
            )


def _files(path: Path) -> Iterator[tuple[str, bytes, bytes]]:
    files = sorted(path.rglob("*.xmi")) if path.is_dir() else [path]
    for file in files:
        types = next((one / _TYPES for one in file.parents if (one / _TYPES).is_file()), None)
        if types is None:
            raise LabelsError(f"{file}: its {_TYPES} is not beside it.")
        try:
            yield str(file), types.read_bytes(), file.read_bytes()
        except OSError as error:
            raise LabelsError(f"{file}: cannot be read ({error}).") from error


def _archive(path: Path) -> Iterator[tuple[str, bytes, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = {one.filename: one for one in archive.infolist()}
            types = next((one for one in infos if one.rpartition("/")[2] == _TYPES), None)
            if types is None:
                raise LabelsError(f"{path}: there is no {_TYPES} in it.")
            for name, info in infos.items():
                if max(info.file_size, infos[types].file_size) > MAX_UNPACKED:
                    raise LabelsError(f"{path}: unpacks to more than {MAX_UNPACKED // 10**6} MB.")
                if name.endswith(".xmi"):
                    yield f"{path}/{name}", archive.read(types), archive.read(name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise LabelsError(f"{path}: is no ZIP archive that can be read ({error}).") from error


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
            yield MarkedSpan(one.begin, one.end, label, one.get_covered_text())
        else:
            unread[f"{kind} with {len(said)} features ({', '.join(said)})"] += 1
    for what, count in unread.items():
        request.on_problem(
            LabelsError(
                f"{where}: {count} of {what} are not read: which one is the label is not told.",
                hint="Name the feature with --label-column.",
            )
        )


INCEPTION = ImportFormat(
    "inception", "UIMA CAS XMI of INCEpTION: a .zip, a folder, or an .xmi file", read_inception
)
"""INCEpTION, and what else writes UIMA CAS XMI."""
