"""What a watch remembers survives, and where it does not, it says so."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from annotation.errors import WorkspaceError
from newsledger.watching.state import (
    ListedItem,
    SourceState,
    WaitingItem,
    WatchState,
    read_watch_state,
    write_watch_state,
)

KEPT = Path(__file__).parents[3] / "kept"
NOW = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
STATE = WatchState(
    sources={
        "https://news.example/feed": SourceState(
            again=NOW,
            failures=2,
            problem="the server answers 503 Service Unavailable.",
            notes=("no address",),
            waiting=(WaitingItem(ListedItem("k1", "https://news.example/1"), 1, NOW),),
            done=("k2", "k3"),
        ),
        "/inbox": SourceState(),
    },
    labelled=41,
    night="2026-11-28",
    morning="2026-11-29",
    incidents=("i1",),
    contradictions=("i1#killed",),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_watch_state(tmp_path / "watch.json", STATE)
    assert read_watch_state(tmp_path / "watch.json") == STATE


@pytest.mark.parametrize("name", ["caf\udce9.txt", "\udcff", "日本\udc80é", "\udce2\udc82"])
def test_a_file_whose_name_is_no_utf_8_is_remembered(tmp_path: Path, name: str) -> None:
    waiting = (WaitingItem(ListedItem("k1", f"/inbox/{name}"), 1, NOW),)
    state = WatchState(sources={f"/{name}": SourceState(notes=(name,), waiting=waiting)})
    write_watch_state(tmp_path / "watch.json", state)
    assert read_watch_state(tmp_path / "watch.json") == state


def test_the_file_that_the_first_release_wrote_is_read() -> None:
    assert read_watch_state(KEPT / "watch-1.json") == STATE


def test_without_a_file_nothing_is_remembered(tmp_path: Path) -> None:
    assert read_watch_state(tmp_path / "watch.json") == WatchState()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "it is not JSON"),
        ("[]", "it is not a JSON object"),
        ("{}", "its format is null"),
        ('{"format": 2}', "Update newsledger"),
        ('{"format": 1, "sources": []}', "'sources' is damaged"),
        ('{"format": 1, "sources": {"s": {"again": "soon"}}}', "'sources.s.again' is damaged"),
        ('{"format": 1, "sources": {"s": {"again": "2026-11-29T10:00:00"}}}', "'sources.s.again'"),
        ('{"format": 1, "labelled": "many"}', "'labelled' is damaged"),
        ('{"format": 1, "sources": {"s": {"waiting": [1]}}}', "'sources.s.waiting.0' is damaged"),
    ],
)
def test_a_damaged_file_is_refused_with_the_way_out(
    tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "watch.json").write_text(content, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        read_watch_state(tmp_path / "watch.json")
    assert said in str(caught.value)
    assert "watch.json" in caught.value.message
