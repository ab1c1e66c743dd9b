"""How well the day of a sentence is found, on notes whose day somebody has coded.

    python -m benchmarks.dates --notes FILE.csv

The file has the columns ``event_id_cnty``, ``event_date`` ("6-May-20"), ``time_precision`` and
``notes``; only rows with an even CRC-32 of the id are read. Three figures, each with Wilson's
interval: days that a note states; the same where "On 6 May 2020" is rewritten as a weekday or
"yesterday" and the day of publication moved to up to six days later; and notes without that phrase,
which name no day.
"""

from __future__ import annotations

import argparse
import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from newsledger.ledger.days_and_places.dates import day_of

_STATED = re.compile(r"^On \d{1,2} \w+ (?:19|20)\d\d(?=,)")
_LATER = 6
"""Days between an event and the note on it, where notes are taken as they are."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note, with the day that somebody has coded."""

    day: date
    text: str


def main() -> None:
    """Print the three figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=Path, required=True)
    notes = tuple(read_notes(parser.parse_args().notes))
    stated = [_is_right(one.text, one.day, one.day + timedelta(days=_LATER)) for one in notes]
    print(_line("stated, right", stated))
    dated = [one for one in notes if _STATED.match(one.text)]
    weekdays = []
    for number, one in enumerate(dated):
        back = number % 7
        published = one.day + timedelta(days=back)
        words = "Yesterday" if back == 1 else f"On {one.day:%A}"
        weekdays.append(_is_right(_STATED.sub(words, one.text), one.day, published))
    print(_line("as a weekday, right", weekdays))
    silent = [
        day_of(_STATED.sub("There", one.text), one.day + timedelta(days=_LATER)) for one in dated
    ]
    print(_line("without it, a day all the same", [found is not None for found in silent]))


def read_notes(path: Path) -> Iterator[Note]:
    """The notes with a known day, of the half that is for development."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            if zlib.crc32(row["event_id_cnty"].encode()) % 2 == 0 and row["time_precision"] == "1":
                coded = datetime.strptime(row["event_date"], "%d-%b-%y")
                yield Note(coded.date(), row["notes"])


def _is_right(text: str, day: date, published: date) -> bool:
    found = day_of(text, published)
    return found is not None and found.first == found.last == day


def _line(name: str, outcomes: list[bool]) -> str:
    """A share with its interval (Wilson 1927, 95 %)."""
    n, z = len(outcomes), 1.96
    share = sum(outcomes) / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
    return f"{name:32} {share:.3f} [{middle - half:.3f}, {middle + half:.3f}] of {n:,}"


if __name__ == "__main__":
    main()
