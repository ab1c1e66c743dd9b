"""Objects put aside in a file."""

from __future__ import annotations

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
