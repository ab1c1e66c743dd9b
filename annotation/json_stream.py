"""JSON read out of a file a value at a time, so that memory holds one of many.

On top of Python's own decoder, so that a value is what it is elsewhere. ``ijson`` knows no integer
beyond 64 bits and no NaN, and makes a question mark of half a pair of surrogates.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

_CHUNK = 1 << 16  # characters that are read at a time
_LONGEST_TAIL = 4  # characters that may stand behind a number and belong to it, such as "e-"
_BLANKS = " \t\r\n"


class JsonReader:
    """Reads JSON out of a file, a value at a time.

    Args:
        file: the file, open for reading.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text, self._place = "", 0
        self._decode = json.JSONDecoder().raw_decode

    def elements(self) -> Iterator[Any]:
        """The values in a list.

        Raises:
            ValueError: here stands no list, or something in it is no JSON.
        """
        self._take("[", "a JSON list")
        if self._next() == "]":
            self._place += 1
            return
        while True:
            yield self.value()
            if self._next() == "]":
                self._place += 1
                return
            self._take(",", "',' or ']'")

    def members(self) -> Iterator[str]:
        """The names in an object; the value behind each is to be read before the next one.

        Raises:
            ValueError: here stands no object, or something in it is no JSON.
        """
        self._take("{", "a JSON object")
        if self._next() == "}":
            self._place += 1
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise ValueError("the name of a field is missing")
            self._take(":", "':'")
            yield name
            if self._next() == "}":
                self._place += 1
                return
            self._take(",", "',' or '}'")

    def value(self) -> Any:
        """The next value.

        Raises:
            ValueError: here stands none.
        """
        self._next()
        while True:
            try:
                found, end = self._decode(self._text, self._place)
            except ValueError:
                if not self._more():
                    raise
                continue
            length = end - self._place
            # A number near the end of what was read may go on behind it.
            if end + _LONGEST_TAIL < len(self._text) or not self._more():
                self._place += length
                return found

    def rest(self) -> str:
        """The first sign that comes now, empty at the end of the file."""
        return self._next()

    def _take(self, sign: str, what: str) -> None:
        if self._next() != sign:
            raise ValueError(f"{what} is missing")
        self._place += 1

    def _next(self) -> str:
        while True:
            while self._place < len(self._text):
                sign = self._text[self._place]
                if sign not in _BLANKS:
                    return sign
                self._place += 1
            if not self._more():
                return ""

    def _more(self) -> bool:
        # As much as there is of a value that did not fit: each time it is read from its beginning.
        text = self._file.read(max(_CHUNK, len(self._text) - self._place))
        self._text = self._text[self._place :] + text
        self._place = 0
        return bool(text)
