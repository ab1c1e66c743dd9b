"""What a folder, a feed and a file of addresses list."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annotation.articles.intake.feeds import Feed
from annotation.errors import ArticleError
from newsledger.watching import listing as module
from newsledger.watching.listing import SETTLED, list_source, page_key, sources_named

LATER = datetime.now(UTC) + timedelta(hours=1)


def later() -> datetime:
    """The time, an hour after the files of these tests were written."""
    return LATER


def listed(source: Path, clock: Callable[[], datetime] = later) -> list[str]:
    return [one.where for one in list_source(str(source), clock).items]


def test_the_files_of_a_folder_and_below_are_listed(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.txt", "b/c.html", ".hidden.txt"):
        (tmp_path / name).write_text("Ten died.", encoding="utf-8")
    assert listed(tmp_path) == [str(tmp_path / "a.txt"), str(tmp_path / "b/c.html")]
    assert list_source(str(tmp_path), later).is_whole


def test_a_file_is_new_when_it_has_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ten died.", encoding="utf-8")
    (before,) = list_source(str(tmp_path), later).items
    assert list_source(str(tmp_path), later).items == (before,)
    file.write_text("Eleven died.", encoding="utf-8")
    assert list_source(str(tmp_path), later).items != (before,)


@pytest.mark.parametrize(
    ("age", "is_listed"),
    [
        (0.0, False),
        (SETTLED - 1, False),
        (SETTLED, True),
        (-1.0, False),
        (1 - SETTLED, False),
        (-3_600.0, True),
    ],
)
def test_a_file_that_may_still_be_written_is_left_for_later(
    tmp_path: Path, age: float, is_listed: bool
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ten di", encoding="utf-8")
    os.utime(file, (LATER.timestamp() - age,) * 2)
    assert listed(tmp_path) == ([str(file)] if is_listed else [])


def test_a_file_that_was_written_after_the_round_began_is_left_for_later(tmp_path: Path) -> None:
    """Its age is taken when it is looked at: feeds before it may have taken minutes."""
    file = tmp_path / "a.txt"
    file.write_text("Ten di", encoding="utf-8")
    began = LATER
    os.utime(file, (began.timestamp() + 600,) * 2)
    assert listed(tmp_path, lambda: began + timedelta(seconds=601)) == []
    assert listed(tmp_path, lambda: began + timedelta(seconds=620)) == [str(file)]


def test_an_empty_folder_is_watched_and_files_of_other_kinds_are_named(tmp_path: Path) -> None:
    assert list_source(str(tmp_path), later).notes == ()
    (tmp_path / "a.xyz").write_text("?", encoding="utf-8")
    (note,) = list_source(str(tmp_path), later).notes
    assert "files of other kinds were skipped: a.xyz." in note


def test_a_file_of_addresses_has_one_in_each_line(tmp_path: Path) -> None:
    file = tmp_path / "pages.txt"
    file.write_text(
        "\ufeff# ours\n\nhttps://a.example/1\r\n  http://a.example/2  \nsoon\nfile:///etc/passwd\n",
        encoding="utf-8",
    )
    found = list_source(str(file), later)
    assert [one.where for one in found.items] == ["https://a.example/1", "http://a.example/2"]
    assert found.notes == (
        f"{file}:5: is not an http or https address.",
        f"{file}:6: is not an http or https address.",
    )


@pytest.mark.parametrize("content", [b"Ten people died.\nOne fled.\n", b"\xff\xfe\xfa", b"\x00"])
def test_an_article_or_no_text_at_all_is_no_file_of_addresses(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "article.txt").write_bytes(content)
    with pytest.raises(ArticleError, match=r"article\.txt"):
        list_source(str(tmp_path / "article.txt"), later)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file or folder"):
        list_source(str(tmp_path / "inbox"), later)


def test_what_a_feed_left_out_is_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = Feed(("https://a.example/1",), 3, is_cut=True)
    monkeypatch.setattr(module, "read_feed", lambda url, allow_private: feed)
    found = list_source("https://a.example/feed", later)
    assert [one.where for one in found.items] == ["https://a.example/1"]
    assert not found.is_whole
    assert ["the first 1,000" in found.notes[0], "3 of the feed's entries" in found.notes[1]] == [
        True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        "https://a.example/1?utm_source=rss&utm_medium=feed",
        "https://A.example/1",
        "https://a.example/1#comments",
        "https://a.example/1?fbclid=abc",
    ],
)
def test_a_page_is_known_again_under_addresses_that_mean_the_same(other: str) -> None:
    assert page_key(other) == page_key("https://a.example/1")


@pytest.mark.parametrize(
    "other",
    ["https://a.example/2", "https://a.example/1?id=2", "https://b.example/1", "http://[::1"],
)
def test_another_page_is_another(other: str) -> None:
    assert page_key(other) != page_key("https://a.example/1")


def test_sources_come_from_the_command_line_and_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists").mkdir()
    file = tmp_path / "lists" / "sources.txt"
    file.write_text("# feeds\nhttps://a.example/feed\ninbox\n/srv/inbox\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert sources_named(["inbox", "https://a.example/feed"], file) == (
        str(tmp_path / "inbox"),
        "https://a.example/feed",
        str(tmp_path / "lists" / "inbox"),
        "/srv/inbox",
    )


def test_without_a_source_there_is_nothing_to_watch(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no source"):
        sources_named([], None)
    with pytest.raises(ArticleError, match=r"sources\.txt: cannot be read"):
        sources_named([], tmp_path / "sources.txt")


@pytest.mark.parametrize("name", ["x" * 300, "a.txt/b", "loop"])
def test_what_the_system_refuses_to_look_at_fails_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("https://a.example/1", encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(ArticleError):
        list_source(str(tmp_path / name), later)
