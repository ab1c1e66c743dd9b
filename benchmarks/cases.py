"""Small inputs that once failed, each of a kind: is each read as the codebook says, or named?

    NEWSLEDGER_CASES=FOLDER python -m benchmarks.cases [--cases FOLDER]

They are made after public bug reports and real files, and are not part of the project: the option
or the environment variable says where they lie. Ends with 1 if one of them fails.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from annotation.articles.intake.inputs import read_articles
from annotation.articles.near_duplicates import DuplicateIndex
from annotation.articles.sentences import split
from annotation.labelstudio.export_json.export import Export, read_export
from annotation.numbers.reader import read
from annotation.schema import read_schema

NUMBERS: dict[str, tuple[tuple[float, ...], ...]] = {
    "16-out-of": ((31,), (31,), (72,), (0.75,), (20,), (1.9e6,), (2 / 3,), (13,)),
    "18-unit-numbers": ((6,), (), (), (), (), (12,)),
    "20-ages-in-words": ((), (), (), (), (2,), (2,), (), (), (2,)),
    "22-place-noun-full-stop-number": ((12,), (5,), (3,), (9,), (20,), (4,), (5,), (11,)),
    "28-paragraph-numbers": ((), (), (), (14,), (14,), (14,), (1,), (), (40,), (2,), ()),
}
"""Of each line, the numbers that it claims."""


def texts(path: Path) -> list[str]:
    """The sentences of an input."""
    articles = read_articles([str(path)], on_problem=lambda problem: print(problem.message))
    return [sentence.text for article in articles for sentence in split(article)]


def numbers(folder: Path) -> str:
    """Which lines claim other numbers than they should."""
    wrong = []
    lines = (folder / "texts.txt").read_text(encoding="utf-8").splitlines()
    for line, expected in zip(lines, NUMBERS[folder.name], strict=True):
        found = [float(one.high or one.low or 0) for one in read(line)]
        if [round(one, 3) for one in found] != [round(one, 3) for one in expected]:
            wrong.append(f"{line!r}: {found}")
    return "; ".join(wrong)


def export(folder: Path, name: str = "export.json") -> Export:
    """The labels of a case."""
    return read_export(folder / name, read_schema(folder / "config.xml"))


def told(folder: Path, name: str = "export.json") -> str:
    """What ``train`` says of a case."""
    with tempfile.TemporaryDirectory() as workspace:
        words = ["newsledger", "--workspace", workspace, "train", "--labels", str(folder / name)]
        done = subprocess.run(
            [sys.executable, "-m", *words, "--config", str(folder / "config.xml")],
            capture_output=True,
            text=True,
            check=False,
        )
    return done.stdout + done.stderr


def paragraphs(folder: Path) -> str:
    """Twenty paragraphs in several containers."""
    text = "\n".join(texts(folder / "page.html"))
    lacking = [n for n in range(20) if f"Paragraph {n}:" not in text]
    return f"lacks paragraphs {lacking}" if lacking else ""


def twice(folder: Path) -> str:
    """A title and four sentences."""
    found = texts(folder / "page.html")
    return "" if len(found) == len(set(found)) == 5 else f"{len(found)} sentences instead of 5"


def other_places(folder: Path) -> str:
    """Four notes that tell of four events."""
    index = DuplicateIndex()
    same = [text for text in texts(folder / "notes.csv") if index.add(text, text) is not None]
    return f"taken for the same as another: {same}" if same else ""


def offsets(folder: Path) -> str:
    """Spans that are off, and none of which may be learnt where it is."""
    wrong = []
    for path in sorted(folder.glob("*.json")):
        found = export(folder, path.name)
        by_id = {one.id: one.text for one in found.sentences}
        if len(found.annotations) != len(found.sentences):
            wrong.append(f"{path.name}: {len(found.annotations)} annotations")
        for one in found.annotations:
            for claim in one.claims:
                text = by_id[one.sentence_id]
                before, after = text[: claim.start][-1:], text[claim.end :][:1]
                if before.isalnum() or after.isalnum():
                    wrong.append(f"{path.name}: {text[claim.start : claim.end]!r}")
    return "; ".join(wrong)


def event_types(folder: Path) -> str:
    """A type for each annotation, whatever the control."""
    found = export(folder)
    without = [one for one in found.annotations if not one.events.aliases]
    return f"{len(without)} annotations without event types" if without else ""


def both_regions(folder: Path) -> str:
    """As many claims as spans were marked, though their ids are the same or none."""
    lost = []
    for path in sorted(folder.glob("*.json")):
        tasks = json.loads(path.read_text(encoding="utf-8"))
        marked = sum(
            result["type"] == "labels"
            for task in tasks
            for result in task["annotations"][0]["result"]
        )
        claims = sum(len(one.claims) for one in export(folder, path.name).annotations)
        if claims != marked:
            lost.append(f"{path.name}: {claims} of {marked}")
    return "; ".join(lost)


def says(*wanted: str, without: str = "\0") -> Callable[[Path], str]:
    """One of these is said, and the other is not."""

    def check(folder: Path) -> str:
        name = next(path.name for path in sorted(folder.glob("*.json")))
        words = " ".join(told(folder, name).split())
        if any(one in words for one in wanted) and without not in words:
            return ""
        return f"says {words[:300]!r}"

    return check


CASES: dict[str, Callable[[Path], str]] = {
    "01-repeated-body-containers": paragraphs,
    "02-br-text-twice": twice,
    "04-near-duplicates-other-place": other_places,
    "05-utf16-offsets": offsets,
    "06-crlf-offsets": offsets,
    "07-old-completions": says("before 1.0", "Promote it with"),
    "08-target-storage": says("storage", "Promote it with", without="JSON_MIN"),
    "09-taxonomy": event_types,
    "10-region-ids": both_regions,
    "11-two-labels-one-region": says("two kinds", "claim Killed", without="no numbers that"),
    "13-per-region-event": says("perRegion"),
    "14-hypertext-config": says("HyperText"),
    **dict.fromkeys(NUMBERS, numbers),
    "25-short-page-heading-glued": lambda folder: (
        "the heading is glued" if any("BaraShells" in one for one in texts(folder / "page.html"))
        else ""
    ),
}  # fmt: skip
"""What is asked of each folder: nothing where all is well, else what is wrong."""


def main() -> None:
    """Prints each case with what is wrong with it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=Path, default=os.environ.get("NEWSLEDGER_CASES"))
    folder = parser.parse_args().cases
    if folder is None:
        parser.error("say where the cases lie: --cases FOLDER, or NEWSLEDGER_CASES")
    wrong = 0
    for path in sorted(one for one in Path(folder).iterdir() if one.is_dir()):
        check = CASES.get(path.name)
        outcome = "nobody has said what is expected" if check is None else check(path)
        wrong += bool(outcome)
        print(f"{path.name:32} {outcome or 'as expected'}")
    print(f"{wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
