r"""Where rows come from: files, folders, web pages and standard input.

Finds what an input is and has it read by the right one of ``annotation.articles.readers``;
``annotation.articles.intake.inputs`` makes records of the rows. Text is what the file or row says,
character for character, but for what any reader of text does: a byte-order mark is taken off, the
line ends of a plain text *file* become ``\n``, and trafilatura takes the text of a web page out of
its HTML.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from annotation.articles.decoding import MAX_CHARACTERS, text_stream
from annotation.articles.readers.documents.web_page import WEB_PAGE, page_row
from annotation.articles.readers.interface import MAX_LINE, Format, InputRows, OnProblem, Request
from annotation.articles.readers.json_lines import line_rows
from annotation.articles.readers.registry import FOLDER_SUFFIXES, FORMAT_OF, SUFFIXES
from annotation.articles.readers.text import text_rows
from annotation.errors import ArticleError, EmptyFolderError

_STDIN = "standard input"


def read_rows(
    inputs: Iterable[str],
    request: Request,
    *,
    allow_private: bool = False,
    stdin: BinaryIO | None = None,
) -> InputRows:
    """The rows of all inputs; a plain text, a page and a line of a table are a row each."""
    for one in inputs:
        for source in sources_in(one, request.on_problem):
            try:
                if source == "-":
                    yield from _stream_rows(stdin or _stdin(), request)
                elif "://" in source:
                    _require_rows(WEB_PAGE, source, request)
                    yield (
                        source,
                        page_row(source, request, allow_private=allow_private),
                    )
                else:
                    yield from _file_rows(Path(source), request)
            except ArticleError as problem:
                request.on_problem(problem)
            except OSError as error:
                where = _STDIN if source == "-" else source
                request.on_problem(
                    ArticleError(f"{where}: cannot be read: {error.strerror or error}.")
                )


def _stdin() -> BinaryIO:
    if sys.stdin is None:  # the shell's `<&-`
        raise ArticleError(f"{_STDIN}: it is closed.", hint="Name a file, or pipe something in.")
    return sys.stdin.buffer


def sources_in(one: str, on_problem: OnProblem) -> Iterator[str]:
    """The input itself, or the files in it where it is a folder."""
    if not one.strip():
        on_problem(
            ArticleError(
                "An input is empty; it names no file and no folder.",
                hint="Is a variable of the shell not set? The folder you are in is '.'.",
            )
        )
        return
    try:
        is_folder = one != "-" and "://" not in one and Path(one).is_dir()
    except OSError as error:  # too long for a name, or in a folder that we may not look into
        shown = one if len(one) <= 80 else f"{one[:79]}…"
        on_problem(
            ArticleError(
                f"{shown}: cannot be read: {error.strerror or error}.",
                hint="Text itself goes through standard input: echo '…' | newsledger … -",
            )
        )
        return
    yield from _walk(Path(one), on_problem) if is_folder else (one,)


def _walk(folder: Path, on_problem: OnProblem) -> Iterator[str]:
    """The files of a folder and all below that can be read, in the order of their names."""
    found, unknown = 0, list[str]()

    def unreadable(error: OSError) -> None:
        on_problem(ArticleError(f"{error.filename}: cannot be read: {error.strerror}."))

    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if not _is_walked(Path(here, name), folder):
                on_problem(
                    ArticleError(
                        f"{Path(here, name)}: is a link to a folder elsewhere and was passed by.",
                        hint="Name that folder itself, too.",
                    )
                )
        for name in sorted(name for name in names if not name.startswith(".")):
            path = Path(here, name)
            if path.suffix.lower() in FOLDER_SUFFIXES:
                found += 1
                yield str(path)
            else:
                unknown.append(str(path.relative_to(folder)))
    searched = ", ".join(FOLDER_SUFFIXES)
    if unknown:
        some = ", ".join(unknown[:3])
        more = f" and {len(unknown) - 3:,} more" if len(unknown) > 3 else ""
        on_problem(
            ArticleError(
                f"{folder}: files of other kinds were skipped: {some}{more}.",
                hint=f"A folder is searched for {searched}.",
            )
        )
    elif not found:
        on_problem(
            EmptyFolderError(
                f"{folder}: the folder holds no articles.", hint=f"It is searched for {searched}."
            )
        )


def _is_walked(path: Path, folder: Path) -> bool:
    """Whether what is in a folder is met on the way through another: no link leads out of it."""
    return not path.is_symlink() or path.resolve().is_relative_to(folder.resolve())


def _file_rows(path: Path, request: Request) -> InputRows:
    """The rows of one file, read by its suffix."""
    if not path.exists():
        raise ArticleError(
            f"{path}: there is no such file or folder.", hint="Is the path spelt right?"
        )
    if not path.is_file():
        raise ArticleError(
            f"{path}: is a pipe or a device, not a file.",
            hint="A pipe goes through standard input: … | newsledger … -",
        )
    found = FORMAT_OF.get(path.suffix.lower())
    if found is None:
        raise ArticleError(
            f"{path}: is of no kind that newsledger reads.",
            hint=f"It reads {', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]}.",
        )
    _require_rows(found, str(path), request)
    yield from found.read(path, request)


def _require_rows(found: Format, where: str, request: Request) -> None:
    if request.presplit and not found.presplit:
        raise ArticleError(f"{where}: {found.name} has no rows.", hint="Leave --presplit out.")


def _stream_rows(raw: BinaryIO, request: Request) -> InputRows:
    """JSON lines where the first sign is a brace, else one plain text."""
    stream = text_stream(raw, newline=None)
    try:
        begin = list[str]()
        while line := stream.readline(MAX_LINE):
            begin.append(line)
            if line.strip() or len(begin) > MAX_CHARACTERS:
                break
        if begin and begin[-1].lstrip().startswith("{"):
            yield from line_rows(stream, _STDIN, request.on_problem, begin)
        else:
            text = "".join(begin)
            text += stream.read(max(0, MAX_CHARACTERS + 1 - len(text)))
            yield from text_rows(text, _STDIN, presplit=request.presplit)
    finally:
        stream.detach()  # closing it is for whoever opened it
