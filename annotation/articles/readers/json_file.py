"""JSON as a whole: an array of objects, one object, or JSON lines under another name."""

from __future__ import annotations

import io
import json
from pathlib import Path

from annotation.articles.decoding import MAX_CHARACTERS, UNDECODED, check_text
from annotation.articles.readers.interface import (
    MAX_LINE,
    ROW_HINT,
    Format,
    InputRows,
    Request,
    each_once,
    opened_text,
)
from annotation.articles.readers.json_lines import line_rows
from annotation.errors import ArticleError


def read_json_file(path: Path, request: Request) -> InputRows:
    """The rows of a JSON file."""
    with opened_text(path) as stream:
        content = stream.read(MAX_LINE + 1)
    if "\0" in content or UNDECODED.search(content) or not content.strip():
        check_text(content[:MAX_CHARACTERS], str(path), "the file")
    if len(content) > MAX_LINE:
        raise ArticleError(
            f"{path}: a .json file is read as a whole and may have {MAX_LINE:,} characters.",
            hint="Make JSON lines of it: jq -c '.[]' OLD.json > NEW.jsonl",
        )
    try:
        whole = json.loads(content, object_pairs_hook=each_once)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            here = f"{path}:{error.lineno}"
            raise ArticleError(
                f"{here}: is not valid JSON ({error.msg}).", hint=ROW_HINT
            ) from error
        yield from line_rows(io.StringIO(content), str(path), request.on_problem)
        return
    except (ValueError, RecursionError) as error:
        raise ArticleError(
            f"{path}: is JSON that cannot be read ({error}).", hint=ROW_HINT
        ) from error
    for number, row in enumerate(whole if isinstance(whole, list) else [whole], 1):
        here = f"{path}: row {number}"
        if isinstance(row, dict):
            yield here, row
        else:
            request.on_problem(ArticleError(f"{here}: is not a JSON object.", hint=ROW_HINT))


# A folder may hold any JSON, exports of Label Studio among it.
JSON_FILE = Format("a JSON file", (".json",), read_json_file, in_folders=False)
