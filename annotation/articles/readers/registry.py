"""The formats that newsledger reads; messages, help and the search of folders derive from them."""

from __future__ import annotations

from annotation.articles.readers.documents.e_mail import E_MAIL
from annotation.articles.readers.documents.pdf import PDF
from annotation.articles.readers.documents.web_page import WEB_PAGE
from annotation.articles.readers.documents.word_document import WORD_DOCUMENT
from annotation.articles.readers.interface import Format
from annotation.articles.readers.json_file import JSON_FILE
from annotation.articles.readers.json_lines import JSON_LINES
from annotation.articles.readers.parquet import PARQUET
from annotation.articles.readers.table import TABLE
from annotation.articles.readers.text import TEXT

FORMATS: tuple[Format, ...] = (
    TEXT,
    WEB_PAGE,
    PDF,
    WORD_DOCUMENT,
    E_MAIL,
    JSON_LINES,
    TABLE,
    PARQUET,
    JSON_FILE,
)
"""All formats, in the order in which they are named."""

FORMAT_OF: dict[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}
"""The format of each suffix."""

SUFFIXES = tuple(FORMAT_OF)
"""The suffixes that are read where a file is named."""

FOLDER_SUFFIXES = tuple(suffix for suffix, one in FORMAT_OF.items() if one.in_folders)
"""The suffixes that are read where a folder is named."""
