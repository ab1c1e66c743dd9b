"""Objects put aside in a file."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotation.aside import Aside
from annotation.errors import WorkspaceError


def test_items_come_back_in_their_order_and_one_by_one_from_their_places(tmp_path: Path) -> None:
    with Aside[object](tmp_path / "new") as aside:
        places = [aside.add(item) for item in ("a", ["b", 2], None)]
        assert list(aside) == ["a", ["b", 2], None]
        assert [aside.at(place) for place in reversed(places)] == [None, ["b", 2], "a"]
        aside.add("d")
        assert list(aside)[-1] == "d"


def test_others_may_be_asked_for_between_two(tmp_path: Path) -> None:
    with Aside[int](tmp_path) as aside:
        first = aside.add(1)
        aside.add(2)
        assert [(one, aside.at(first)) for one in aside] == [(1, 1), (2, 1)]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    with Aside[str](tmp_path) as aside:
        aside.add("a")
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_error_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="file cannot be written") as caught:
        Aside[str](tmp_path / "file")
    assert caught.value.hint


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may have more than 1,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_an_error_with_a_way_out_to_its_end(tmp_path: Path) -> None:
    aside = Aside[bytes](tmp_path)
    with pytest.raises(WorkspaceError, match="cannot be written: File too large") as caught, aside:
        aside.add(bytes(2000))
    assert caught.value.hint
