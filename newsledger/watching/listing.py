"""What a source lists now: the files of a folder, the pages of a feed, or those of a file.

A source is named by a folder, by the address of a feed, or by a text file with the address of a
page in each line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from annotation.articles.intake.feeds import MAX_ADDRESS, MAX_ENTRIES, read_feed
from annotation.articles.intake.sources import sources_in
from annotation.errors import ArticleError, EmptyFolderError
from annotation.storage import read_text_file, why_unread
from newsledger.watching.plan import Listing
from newsledger.watching.state import ListedItem

SETTLED = 5.0
"""Seconds for which a file has not changed that is read: a younger one may still be written."""


def sources_named(arguments: Sequence[str], file: Path | None) -> tuple[str, ...]:
    """The sources: those of the command line, and those of a file, one in each line.

    Args:
        arguments: as typed.
        file: the file; relative paths in it are meant from its folder. None for none.

    Raises:
        ArticleError: the file cannot be read, or there is no source.
    """
    found = [_absolute(one, Path()) for one in arguments]
    if file is not None:
        found += [_absolute(line, file.parent) for _, line in _lines(file)]
    if not found:
        raise ArticleError(
            "There is no source to watch.",
            hint="Name a folder, the address of a feed, or a file with addresses of pages.",
        )
    return tuple(dict.fromkeys(found))


def _absolute(source: str, folder: Path) -> str:
    """A source by the words that it keeps wherever the next watch is started."""
    return source if "://" in source else str((folder / Path(source).expanduser()).absolute())


def list_source(
    source: str, clock: Callable[[], datetime], *, allow_private: bool = False
) -> Listing:
    """What a source lists.

    Args:
        source: its name.
        clock: tells the time, with its zone.
        allow_private: also fetch a feed from private, loopback and link-local addresses.

    Raises:
        ArticleError: it cannot be read.
    """
    if "://" in source:
        return _feed(source, allow_private=allow_private)
    path = Path(source)
    try:
        if path.is_dir():
            return _folder(source, clock)
        is_there = path.exists()
    except OSError as error:  # too long for a name, or in a folder that we may not look into
        raise ArticleError(
            f"{source}: cannot be read: {error.strerror}.", hint="Is the path spelt right?"
        ) from error
    if not is_there:
        raise ArticleError(
            f"{source}: there is no such file or folder.", hint="Is the path spelt right?"
        )
    return _file(path)


def page_key(address: str) -> str:
    """By what a page is known again: its address without what only tells whence one came."""
    from courlan import normalize_url

    with suppress(ValueError):  # it cannot be fetched, either, and the push says so
        address = normalize_url(address).partition("#")[0]
    return _key(address)


def _feed(url: str, *, allow_private: bool) -> Listing:
    feed = read_feed(url, allow_private=allow_private)
    notes = []
    if feed.is_cut:
        notes.append(
            f"{url}: of the feed's entries, the first {MAX_ENTRIES:,} are read and no others."
        )
    if feed.without_address:
        entries = f"{feed.without_address:,} of the feed's entries name"
        notes.append(f"{url}: {entries} no address of a page, and were skipped.")
    return Listing(_pages(feed.addresses), is_whole=False, notes=tuple(notes))


def _folder(source: str, clock: Callable[[], datetime]) -> Listing:
    items, problems = list[ListedItem](), list[ArticleError]()
    for where in sources_in(source, problems.append):
        try:
            found = Path(where).stat()
        except OSError:  # it has gone meanwhile
            continue
        # The time of now, not of the round, whose other sources take a while; and the clock of a
        # file server may be ahead.
        if abs(clock().timestamp() - found.st_mtime) < SETTLED:
            continue
        items.append(ListedItem(_key(f"{where}|{found.st_size}|{found.st_mtime_ns}"), where))
    # An empty folder is no fault: what is to come, comes.
    notes = tuple(str(one) for one in problems if not isinstance(one, EmptyFolderError))
    return Listing(tuple(items), is_whole=True, notes=notes)


def _file(path: Path) -> Listing:
    good, notes = list[str](), list[str]()
    for number, line in _lines(path):
        if line.startswith(("http://", "https://")) and len(line) <= MAX_ADDRESS:
            good.append(line)
        else:
            notes.append(f"{path}:{number}: is not an http or https address.")
    if notes and not good:
        raise ArticleError(
            f"{path}: holds no addresses, which a file that is watched has, one in each line.",
            hint="Articles themselves go into a folder that is watched, or through "
            "`newsledger push`.",
        )
    return Listing(_pages(good), is_whole=True, notes=tuple(notes))


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    """The lines of a file that say something, with their numbers."""
    try:
        text = read_text_file(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ArticleError(
            f"{path}: cannot be read: {why_unread(error)}.",
            hint="It is a text file with one source or address in each line.",
        ) from error
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _pages(addresses: Iterable[str]) -> tuple[ListedItem, ...]:
    return tuple(ListedItem(page_key(one), one) for one in addresses)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
