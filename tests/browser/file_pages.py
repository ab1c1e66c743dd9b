"""A page that is one file, in a real browser without a network, as somebody gets it by mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, Literal, TypeVar

from playwright.sync_api import Browser, Page

CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const behind = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return colour !== "rgba(0, 0, 0, 0)" || !one.parentElement ? colour : behind(one.parentElement);
  };
  const low = [];
  for (const one of document.querySelectorAll("body *")) {
    const told = [...one.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!told || !one.checkVisibility() || one.closest("svg")) continue;
    const [a, b] = [light(getComputedStyle(one).color), light(behind(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push(one.outerHTML.slice(0, 200));
  }
  return low;
}"""
"""Every text of a page whose contrast is too low to be read (WCAG 2.1, level AA)."""

Told = TypeVar("Told")
"""What a page is made of."""


class OpenedFile(Generic[Told]):
    """Opens a page from a file, and keeps what the browser complains of."""

    def __init__(self, browser: Browser, folder: Path, made: Callable[[Told], str]) -> None:
        self._browser, self._folder, self._made = browser, folder, made
        self.complaints: list[str] = []

    def __call__(
        self, told: Told, width: int = 1280, theme: Literal["dark", "light"] = "light"
    ) -> Page:
        file = self._folder / "page.html"
        file.write_text(self._made(told), encoding="utf-8")
        page = self._browser.new_page(
            viewport={"width": width, "height": 800}, color_scheme=theme, offline=True
        )
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))
        page.goto(file.as_uri())
        return page


@contextmanager
def opened_files(
    browser: Browser, folder: Path, made: Callable[[Told], str]
) -> Iterator[OpenedFile[Told]]:
    """Opens pages for one test, which are closed after it and of which nothing may be complained.

    Args:
        browser: the browser.
        folder: where the files are written.
        made: makes a page.
    """
    opens = OpenedFile(browser, folder, made)
    yield opens
    for context in browser.contexts:
        for page in context.pages:
            if page.url.startswith("file:"):
                page.close()
    assert opens.complaints == [], opens.complaints  # pytest explains asserts of tests alone
