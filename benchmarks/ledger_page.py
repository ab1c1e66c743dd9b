"""How long the page of the ledger takes from opening to its first rows, in real Chromium.

python -m benchmarks.ledger_page [--incidents 5 5000] [--chromium /usr/bin/chromium]
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from annotation.schema import read_schema
from newsledger.ledger.files.page import ledger_page
from newsledger.settings import packaged
from tests.unit.newsledger.ledger.paging import page_rows

TIMES = 5
"""How often each page is opened; the median is told."""


def main() -> None:
    """Print the median of the milliseconds until the page is loaded and its rows are there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, nargs="+", default=[5, 5_000])
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    asked = parser.parse_args()
    schema = read_schema(packaged("label_config.xml"))
    event, kind = schema.event_types[0].alias, schema.claim_kinds[0].alias
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=asked.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for incidents in asked.incidents:
            file = Path(folder) / "ledger.html"
            text = ledger_page(page_rows(incidents, event, kind), schema, "s1")
            file.write_text(text, encoding="utf-8")
            taken = []
            for _ in range(TIMES):
                page = browser.new_page()
                page.goto(file.as_uri())
                taken.append(
                    page.evaluate(
                        "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
                    )
                )
                page.close()
            print(f"{incidents:>7,} incidents  {file.stat().st_size / 1e6:5.1f} MB  "
                  f"{statistics.median(taken):6.0f} ms")  # fmt: skip
        browser.close()


if __name__ == "__main__":
    main()
