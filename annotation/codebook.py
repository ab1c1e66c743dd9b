"""The codebook: what counts as what, its version, and its rows as instructions beside the task.

The codebook is a page of Markdown. Its tables whose first column is ``label`` or ``kind`` say of
each label what it is given for, with an example and a counter-example; a table that begins with
``the sentence`` or ``those counted`` has close calls. A label of the schema that the codebook lacks
is explained by its hint.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotation.schema import Label, Schema

_VERSION = re.compile(r"^Version ([\w.-]*\w)", re.MULTILINE)
_LABELS = ("label", "kind")
_CLOSE_CALLS = ("the sentence", "those counted")


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """Which codebook and which schema labels were made by."""

    version: str
    """What the codebook calls itself in a line that begins with ``Version``; empty for nothing."""
    digest: str
    """12 hex digits of the SHA-256 of its text, which no change escapes; empty for no codebook."""
    schema: str
    """The schema's fingerprint, which changes when what is stored does."""

    def __str__(self) -> str:
        called = f"codebook version {self.version}" if self.version else "codebook"
        codebook = f"{called} ({self.digest})" if self.digest else "no codebook"
        return f"{codebook}, schema {self.schema}"


def codebook_version(text: str, schema: Schema) -> CodebookVersion:
    """The version of a codebook and of the schema beside it.

    Args:
        text: the codebook, Markdown.
        schema: the labels in use.
    """
    found = _VERSION.search(text)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12] if text else ""
    return CodebookVersion(found[1] if found else "", digest, schema.fingerprint)


def codebook_instructions(short: str, text: str, schema: Schema) -> str:
    """What annotators read beside a task: the short instructions, then the codebook's rows.

    Label Studio keeps paragraphs, bold and italics, and takes tables and styles away.

    Args:
        short: how the page is used, HTML.
        text: the codebook, Markdown.
        schema: the labels in use, in whose order the rows come.
    """
    tables = tuple(_tables(text))
    rows = {
        cells[0].replace("`", "").replace("*", ""): cells
        for heading, body in tables
        if heading[0] in _LABELS
        for cells in reversed(body)
    }
    calls = [body for heading, body in tables if heading[0] in _CLOSE_CALLS and len(heading) == 2]
    version = codebook_version(text, schema)
    parts = [
        short.rstrip(),
        "<br>",
        f"<p><b>What counts as what</b> ({html.escape(str(version))})</p>",
        *(_label(one, rows) for one in schema.event_types),
        "<br>",
        *(_label(one, rows) for one in schema.claim_kinds),
    ]
    if calls:
        parts += ["<br>", "<p><b>Close calls, decided once so that all decide alike</b></p>"]
        parts += [
            f"<p>{_marked(one)}: <b>{_marked(to)}</b></p>" for body in calls for one, to in body
        ]
    return "\n".join(parts) + "\n"


def _label(label: Label, rows: dict[str, Sequence[str]]) -> str:
    """One label with its row, else with its hint."""
    name = f"<b>{html.escape(label.value)}</b>"
    cells = rows.get(label.value) or rows.get(label.alias)
    if cells is None or len(cells) < 4:
        return f"<p>{name}: {html.escape(label.hint)}</p>" if label.hint else f"<p>{name}</p>"
    return (
        f"<p>{name}: {_marked(cells[1])}. <i>{_marked(cells[2])}</i> Not: {_marked(cells[3])}</p>"
    )


def _tables(text: str) -> Iterator[tuple[Sequence[str], list[Sequence[str]]]]:
    """The tables of a page of Markdown: headings, and rows of as many cells."""
    table: list[Sequence[str]] = []
    for line in (*text.splitlines(), ""):
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if len(table) > 2:
            heading, _, *body = table
            yield heading, [cells for cells in body if len(cells) == len(heading)]
        table = []


def _marked(text: str) -> str:
    """Markdown's bold, italics and code as HTML; all else as text."""
    found = html.escape(text, quote=False)
    found = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", found)
    found = re.sub(r"\*(.+?)\*", r"<i>\1</i>", found)
    return re.sub("`(.+?)`", r"\1", found)
