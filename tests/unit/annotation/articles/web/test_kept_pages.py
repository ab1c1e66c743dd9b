"""Pages are kept once, closed to others, and whole."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

import pytest

from annotation.articles.intake.inputs import read_articles
from annotation.articles.tasks import read_documents
from annotation.articles.web import kept_pages
from annotation.articles.web.fetch import Page
from annotation.articles.web.kept_pages import KeptPages, page_path
from annotation.errors import WorkspaceError

BODY = b"<html>caf\xe9</html>"
PAGE = Page(
    "https://x.example/1", "text/html", "latin-1", BODY,
    (("Date", "Sun, 29 Nov 2026"), ("Set-Cookie", "id=secret")),
)  # fmt: skip
DIGEST = hashlib.sha256(BODY).hexdigest()


def test_a_page_is_kept_byte_for_byte_with_time_and_headers(tmp_path: Path) -> None:
    assert KeptPages(tmp_path).keep(PAGE) == DIGEST
    path = tmp_path / page_path(DIGEST)
    assert path.read_bytes() == BODY
    about = json.loads(path.with_name(f"{DIGEST}.json").read_text(encoding="utf-8"))
    assert (about["format"], about["sha256"], about["size"]) == (1, DIGEST, len(BODY))
    (fetched,) = about["fetched"]
    assert fetched["url"] == PAGE.url
    assert fetched["at"].endswith("+00:00")
    assert fetched["headers"] == [["Date", "Sun, 29 Nov 2026"]]


def test_what_is_kept_is_its_owners_alone(tmp_path: Path) -> None:
    KeptPages(tmp_path).keep(PAGE)
    for path in (tmp_path / "sources").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600)


def test_the_same_page_is_there_once_and_each_address_is_noted(tmp_path: Path) -> None:
    pages = KeptPages(tmp_path)
    pages.keep(PAGE)
    before = {one: one.stat().st_mtime_ns for one in (tmp_path / "sources").rglob("*")}
    pages.keep(PAGE)
    assert {one: one.stat().st_mtime_ns for one in (tmp_path / "sources").rglob("*")} == before
    pages.keep(Page("https://y.example/", "text/html", None, BODY))
    about = (tmp_path / page_path(DIGEST)).with_name(f"{DIGEST}.json")
    fetched = json.loads(about.read_text(encoding="utf-8"))["fetched"]
    assert [one["url"] for one in fetched] == ["https://x.example/1", "https://y.example/"]
    assert len(list((tmp_path / "sources").rglob("*"))) == 3


def test_a_run_that_was_killed_between_page_and_note_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(kept_pages, "write_json_state", killed)
        with pytest.raises(KeyboardInterrupt):
            KeptPages(tmp_path).keep(PAGE)
    path = tmp_path / page_path(DIGEST)
    assert path.read_bytes() == BODY
    KeptPages(tmp_path).keep(PAGE)
    assert path.with_name(f"{DIGEST}.json").exists()


def test_a_damaged_note_is_told_and_the_page_stays(tmp_path: Path) -> None:
    KeptPages(tmp_path).keep(PAGE)
    path = tmp_path / page_path(DIGEST)
    path.with_name(f"{DIGEST}.json").write_text("{", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="it is not JSON"):
        KeptPages(tmp_path).keep(PAGE)
    assert path.read_bytes() == BODY


def test_an_article_names_the_page_that_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = Page("https://x.example/2", "text/plain", "utf-8", b"Ten people fled.\n")
    monkeypatch.setattr("annotation.articles.web.fetch.fetch", lambda *_, **__: text)
    keep = KeptPages(tmp_path).keep
    (found,) = read_documents(["https://x.example/2"], on_problem=print, keep_page=keep)
    digest = hashlib.sha256(text.body).hexdigest()
    (task,) = found.tasks()
    assert task.article is not None
    assert task.article.page_sha256 == digest
    assert (tmp_path / page_path(digest)).exists()
    (other,) = read_articles(["https://x.example/2"], on_problem=print)
    assert other.page_sha256 is None


def test_no_file_can_claim_that_a_page_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"text": "Ten fled.", "page": {"sha256": "ab"}, "page_sha256": "ab"}\n', encoding="utf-8"
    )
    (found,) = read_articles([str(path)], on_problem=print, keep_page=KeptPages(tmp_path).keep)
    assert found.page_sha256 is None


@pytest.mark.parametrize("fetched", [None, 5, {}, ["x"], [{"at": "today"}], [{"url": 5}]])
def test_what_is_known_of_a_page_and_is_something_else_is_told(
    tmp_path: Path, fetched: object
) -> None:
    pages = KeptPages(tmp_path)
    about = tmp_path / f"{page_path(pages.keep(PAGE))}.json"
    said = json.dumps({"format": 1, "fetched": fetched})
    about.write_text(said, encoding="utf-8")
    with pytest.raises(WorkspaceError, match="does not say from where it was fetched") as told:
        pages.keep(PAGE)
    assert told.value.hint
    assert about.read_text(encoding="utf-8") == said
