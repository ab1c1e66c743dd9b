"""The file of an export -> the list of what stands in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from annotation.errors import ExportError
from annotation.storage import read_text_file, why_unread

EXPORT_AGAIN = "Export again from Label Studio and choose the format JSON."


def load_export(path: Path) -> list[Any]:
    """Load a JSON list, one task or stored annotation alone, or JSON lines of them.

    Raises:
        ExportError: the file cannot be read, or holds none of these.
    """
    try:
        text = read_text_file(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(
            f"{path} cannot be read: {why_unread(error)}.", hint=EXPORT_AGAIN
        ) from error
    if not text.strip():
        raise ExportError(f"{path} is empty.", hint=EXPORT_AGAIN)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        lines = _json_lines(path, text)
        if lines is not None:
            return lines
        raise ExportError(
            f"{path}, line {error.lineno}: not JSON ({error.msg}).", hint=EXPORT_AGAIN
        ) from error
    except RecursionError as error:
        raise ExportError(f"{path} is nested too deeply to be read.", hint=EXPORT_AGAIN) from error
    except ValueError as error:  # a number with thousands of digits
        raise ExportError(f"{path} cannot be read: {error}.", hint=EXPORT_AGAIN) from error
    if isinstance(content, dict) and not content.keys().isdisjoint(("data", "result")):
        return [content]
    if not isinstance(content, list):
        from annotation.labelstudio.export_json.models import kind_of

        raise ExportError(
            f"{path} holds one JSON {kind_of(content)}, not a list of tasks.", hint=EXPORT_AGAIN
        )
    return content


def _json_lines(path: Path, text: str) -> list[Any] | None:
    """One object a line, None where the first line is no whole object.

    Raises:
        ExportError: a later line is none.
    """
    found: list[Any] = []
    # Only \n and \r end a line; a text may hold the other line ends of Unicode.
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            one = json.loads(line)
        except (ValueError, RecursionError) as error:
            if not found:
                return None
            why = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            raise ExportError(
                f"{path}, line {number}: not JSON ({why}).", hint=EXPORT_AGAIN
            ) from error
        if not found and not isinstance(one, dict):
            return None
        found.append(one)
    return found
