"""The formats that newsledger reads; messages, help and the search of folders derive from them."""

from __future__ import annotations

from annotation.articles.readers import json_file, json_lines, parquet, table, text, web_page
from annotation.articles.readers.interface import Format

FORMATS: tuple[Format, ...] = (
    text.FORMAT,
    web_page.FORMAT,
    json_lines.FORMAT,
    table.FORMAT,
    parquet.FORMAT,
    json_file.FORMAT,
)
"""All formats, in the order in which they are named."""

FORMAT_OF: dict[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}
"""The format of each suffix."""

SUFFIXES = tuple(FORMAT_OF)
"""The suffixes that are read where a file is named."""

FOLDER_SUFFIXES = tuple(suffix for suffix, one in FORMAT_OF.items() if one.in_folders)
"""The suffixes that are read where a folder is named."""
