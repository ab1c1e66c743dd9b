"""JSON, read a value at a time; objects are tested with the state that is read so."""

from __future__ import annotations

import io
import json

import pytest

from annotation.json_stream import JsonReader

VALUES = [1, -2.5e-3, 'a\u2028"', None, True, [], {"b": [1]}, 10**30]


@pytest.mark.parametrize("chunk", [1, 3, 1 << 16])
@pytest.mark.parametrize("values", [[], VALUES[:1], VALUES])
@pytest.mark.parametrize("indent", [None, 1])
def test_the_values_of_a_list_are_read_in_turn(
    values: list[object], chunk: int, indent: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotation.json_stream._CHUNK", chunk)
    reader = JsonReader(io.StringIO(json.dumps(values, indent=indent)))
    assert list(reader.elements()) == values
    assert reader.rest() == ""


def test_no_more_is_read_than_is_asked_for() -> None:
    elements = JsonReader(io.StringIO("[1, 2, tru")).elements()
    assert [next(elements), next(elements)] == [1, 2]
    with pytest.raises(ValueError, match="line 1 column"):
        next(elements)


@pytest.mark.parametrize("text", ["", "{}", "[1", "[1 2]", "[1,]", "[,1]"])
def test_what_is_no_list_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"missing|Expecting"):
        list(JsonReader(io.StringIO(text)).elements())


def test_a_long_value_is_not_read_again_for_each_piece_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotation.json_stream._CHUNK", 1)
    asked = []

    class Pieces(io.StringIO):
        def read(self, size: int | None = -1) -> str:
            asked.append(size)
            return super().read(size)

    assert list(JsonReader(Pieces(json.dumps(["x" * 1_000]))).elements()) == ["x" * 1_000]
    assert len(asked) < 20  # each time twice as much
