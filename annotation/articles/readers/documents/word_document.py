"""Reports in DOCX: their paragraphs, with tables, headers and footers told apart.

python-docx opens the package; the text is gathered from its XML, for python-docx passes by what was
inserted with changes tracked and what stands in content controls. What was deleted is left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotation.articles.decoding import check_text
from annotation.articles.readers.documents.document_text import DocumentText
from annotation.articles.readers.interface import Format, InputRows, Request, lacks_reader
from annotation.articles.readers.text import headline
from annotation.errors import ArticleError

MAX_PARTS = 5_000
"""Files in the package."""
MAX_XML = 60_000_000
"""Bytes of a part of the package, unpacked: five million characters, each with its markup."""
_PACKED = 4
"""How often its packed size a part has unpacked that is a text, whatever its name: pictures are
packed already."""
MAX_UNPACKED = 500_000_000
"""Bytes of all parts, unpacked, pictures among them."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset({
    f"{_W}moveFrom", f"{_W}del", f"{_W}instrText",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
})  # fmt: skip
"""Elements without text of their own: what was deleted or moved away, and second copies."""
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_EDGES = tuple(
    f"{which}{edge}" for edge in ("header", "footer") for which in ("", "first_page_", "even_page_")
)
_REFERENCES = (f"{_W}headerReference", f"{_W}footerReference")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OLD = b"\xd0\xcf\x11\xe0"  # how Office files begin that are no packages


def read_word_document(path: Path, _request: Request) -> InputRows:
    """The text of a DOCX file, as the only row."""
    try:
        import docx
    except ModuleNotFoundError as error:
        raise lacks_reader(str(path), "documents") from error
    where = str(path)
    _check_package(path)
    try:
        opened = docx.Document(str(path))
        text = _document(opened)
        title = " ".join((opened.core_properties.title or "").split())
    except (ArticleError, OSError):
        raise
    except Exception as error:  # a damaged package raises whatever its parts lead to
        raise _damaged(where, type(error).__name__) from error
    check_text(text.text, where, "the document")
    if len(title) > 300 or title.lower().endswith((".doc", ".docx")):
        title = ""
    yield (
        where,
        {"text": text.text, "title": title or headline(text.text), "asides": text.asides},
    )


def _check_package(path: Path) -> None:
    """Refuse what is no package, or unpacks to more than any document has."""
    where = str(path)
    with path.open("rb") as raw:
        begin = raw.read(4)
    if begin == _OLD:
        raise ArticleError(
            f"{where}: is encrypted, or in Word's old format.",
            hint="Open it in a word processor, and save it as DOCX without a password.",
        )
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise _damaged(where, type(error).__name__) from error
    texts = [
        one.file_size
        for one in parts
        if one.filename.lower().endswith((".xml", ".rels"))
        or one.file_size > _PACKED * one.compress_size
    ]
    if (
        len(parts) > MAX_PARTS
        or max(texts, default=0) > MAX_XML
        or sum(one.file_size for one in parts) > MAX_UNPACKED
    ):
        raise ArticleError(
            f"{where}: the document unpacks to more than any report would hold.",
            hint="Copy its text into a .txt file.",
        )


def _damaged(where: str, why: str) -> ArticleError:
    return ArticleError(
        f"{where}: is not a DOCX file, or is damaged ({why}).",
        hint="Open it in a word processor and save it anew, or copy its text into a .txt file.",
    )


def _document(opened: Any) -> DocumentText:
    document = DocumentText()
    edges = dict[str, None]()
    known = set[str]()
    for section in opened.sections:
        # Each has a name in the package; sections, of which there may be any number, share them.
        named = {one.get(_ID, "") for one in section._sectPr.iter(*_REFERENCES)}
        if named <= known:
            continue
        known |= named
        for kind in _EDGES:
            part = getattr(section, kind)
            if not part.is_linked_to_previous:
                text = "\n".join(text for text, _ in _blocks(part._element))
                if text.strip():
                    edges[text] = None
    for text, is_table in _blocks(opened.element.body):
        document.add(text, aside=is_table)
    for text in edges:
        document.add(text, aside=True)
    return document


def _blocks(parent: Any) -> Iterator[tuple[str, bool]]:
    """Each paragraph and each table below an element, and whether it is a table."""
    for child in parent:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}p":
            yield _text(child), False
        elif child.tag == f"{_W}tbl":
            yield "\n".join(_rows(child)), True
        elif isinstance(child.tag, str) and len(child):  # a content control, and what holds others
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = [
            " ".join(" ".join(text for text, _ in _blocks(cell)).split())
            for cell in row
            if cell.tag == f"{_W}tc"
        ]
        if any(cells):
            yield " | ".join(cells)


def _text(paragraph: Any) -> str:
    """The text below an element, as it stands after all changes that are tracked."""
    parts = list[str]()
    for child in paragraph:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag == f"{_W}p":  # in a text box
            parts.append(f"\n{_text(child)}\n")
        else:
            parts.append(_text(child))
    return "".join(parts)


WORD_DOCUMENT = Format("a DOCX file", (".docx",), read_word_document, presplit=False)
"""DOCX, as word processors write it."""
