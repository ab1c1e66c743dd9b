"""A person at the labelling page: what they see, click, drag and type.

Everything goes through the real browser: keys are pressed, words are dragged over with the mouse.
The server's API is used to set up and to read what was stored, never to mark anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, expect

Data = Mapping[str, str]
"""The data of one task."""

SENTENCE = ".nl-sentence .lsf-richtext__container"
MODEL = "m1"

# Where the mouse must go to drag over the code points [start, end) of the sentence.
_ENDS_OF = """([selector, start, end]) => {
  const root = document.querySelector(selector);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const points = [];                       // one [node, offset, length] for each code point
  while (walker.nextNode()) {
    let at = 0;
    for (const point of walker.currentNode.data) {
      points.push([walker.currentNode, at, point.length]);
      at += point.length;
    }
  }
  const box = (index) => {
    const [node, at, length] = points[index];
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + length);
    const rects = range.getClientRects();
    return [rects[rects.length - 1] ?? range.getBoundingClientRect(),
            /[\\p{Script=Arabic}\\p{Script=Hebrew}]/u.test(node.data.slice(at, at + length))];
  };
  const [first, firstLeftwards] = box(start);
  const [last, lastLeftwards] = box(end - 1);
  const middle = (rect) => rect.top + rect.height / 2;
  return [[firstLeftwards ? first.right - 0.5 : first.left + 0.5, middle(first)],
          [lastLeftwards ? last.left + 0.5 : last.right - 0.5, middle(last)]];
}"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as the server exports it, its parts joined by the region's id."""

    start: int
    end: int
    text: str
    kind: str
    low: float | None = None
    high: float | None = None
    modifier: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """One annotation as the server exports it."""

    events: tuple[str, ...]
    claims: tuple[Claim, ...]
    raw: Mapping[str, Any]


class Project:
    """One project on the server, with its own tasks."""

    def __init__(self, api: APIRequestContext, url: str, xml: str, sentences: Sequence[Data]) -> None:
        self.api = api
        self.url = url
        self.id = int(
            self._json(
                "POST",
                "/api/projects/",
                {"title": "browser", "label_config": xml, "sampling": "Sequential sampling"},
            )["id"]
        )
        self._json("POST", f"/api/projects/{self.id}/import", [{"data": one} for one in sentences])
        page = self._json("GET", f"/api/tasks?project={self.id}&page_size=100&fields=all")
        self.tasks = tuple(sorted(int(task["id"]) for task in page["tasks"]))

    def suggest(self, results: Sequence[Sequence[Mapping[str, object]]]) -> None:
        """One suggestion for each of the first tasks."""
        rows = [
            {"task": task, "result": result, "score": 0.5, "model_version": MODEL}
            for task, result in zip(self.tasks, results, strict=False)
        ]
        answer = self._json("POST", f"/api/projects/{self.id}/import/predictions", rows)
        assert answer["created"] == len(rows)
        self.patch({"model_version": MODEL})

    def patch(self, body: Mapping[str, object]) -> None:
        """Change settings of the project."""
        self._json("PATCH", f"/api/projects/{self.id}/", body)

    def export(self) -> list[dict[str, Any]]:
        """All labelled tasks in the order of their import."""
        tasks: list[dict[str, Any]] = self._json(
            "GET", f"/api/projects/{self.id}/export?exportType=JSON"
        )
        return sorted(tasks, key=lambda task: int(task["id"]))

    def stored(self, task: int = 0) -> tuple[Stored, ...]:
        """The annotations of the task at this position, oldest first."""
        found = [one for one in self.export() if one["id"] == self.tasks[task]]
        annotations = found[0]["annotations"] if found else []
        return tuple(
            _read(one) for one in sorted(annotations, key=lambda annotation: int(annotation["id"]))
        )

    def delete(self) -> None:
        """Leave nothing behind on the server."""
        self._json("DELETE", f"/api/projects/{self.id}/")

    def _json(self, method: str, path: str, body: object = None) -> Any:
        answer = self.api.fetch(f"{self.url}{path}", method=method, data=body)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()[:500]}"
        return answer.json() if answer.text() else None


class Annotator:
    """Somebody who is logged in and labels in one browser tab."""

    def __init__(self, page: Page, project: Project) -> None:
        self.page = page
        self.project = project

    def open_stream(self) -> None:
        """Press "Label all tasks": the next unlabelled sentence appears."""
        self.page.goto(f"{self.project.url}/projects/{self.project.id}/data?labeling=1")
        self.wait_until_ready()

    def open_task(self, task: int = 0) -> None:
        """Click a row of the Data Manager."""
        self.page.goto(
            f"{self.project.url}/projects/{self.project.id}/data?task={self.project.tasks[task]}"
        )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Until the sentence is there and can be marked."""
        expect(self.page.locator(f"{SENTENCE} .lsf-richtext__line")).to_be_visible()
        self.page.wait_for_function(
            "() => window.Htx?.annotationStore?.selected?.objects?.every(o => o.isReady ?? true)"
        )

    @property
    def sentence(self) -> str:
        """The sentence's text in the page, as the browser holds it."""
        return str(self.page.locator(SENTENCE).evaluate("element => element.textContent"))

    def press(self, *keys: str) -> None:
        """Press keys one after the other; ``shift+1`` as Label Studio writes them."""
        for key in keys:
            parts = [part.capitalize() if len(part) > 1 else part for part in key.split("+")]
            if "Shift" in parts and parts[-1].isdigit():
                parts[-1] = f"Digit{parts[-1]}"
            self.page.keyboard.press("+".join(parts))

    def drag(self, start: int, end: int) -> None:
        """Drag over the code points [start, end) of the sentence."""
        (x0, y0), (x1, y1) = self.page.evaluate(_ENDS_OF, [SENTENCE, start, end])
        mouse = self.page.mouse
        mouse.move(x0, y0)
        mouse.down()
        mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
        mouse.move(x1, y1)
        mouse.up()

    def mark(self, key: str, phrase: str, *, nth: int = 0) -> None:
        """Press the kind's key and drag over the phrase."""
        start, end = self.find(phrase, nth=nth)
        with self._one_more_claim():
            self.press(key)
            self.drag(start, end)

    def mark_word(self, key: str, word: str) -> None:
        """Press the kind's key and double-click on the word."""
        start, end = self.find(word)
        with self._one_more_claim():
            self.press(key)
            (x0, y0), (x1, y1) = self.page.evaluate(_ENDS_OF, [SENTENCE, start, end])
            self.page.mouse.dblclick((x0 + x1) / 2, (y0 + y1) / 2)

    def find(self, phrase: str, *, nth: int = 0) -> tuple[int, int]:
        """Where the phrase stands in the sentence."""
        found = [match.start() for match in re.finditer(re.escape(phrase), self.sentence)]
        return found[nth], found[nth] + len(phrase)

    def claim(self, number: int) -> Locator:
        """The claim with this number in the page (from 1)."""
        return self.page.locator(f'{SENTENCE} .htx-highlight[data-index="{number}"]').first

    def select(self, number: int) -> None:
        """Click the claim; its fields appear."""
        self.claim(number).click(position={"x": 3, "y": 8})
        expect(self.field("low")).to_be_visible()

    def field(self, name: str) -> Locator:
        """An input of the selected claim."""
        return self.page.locator(f"input[name={name}]:visible")

    def type_into(self, name: str, value: str) -> None:
        """Click a field and type over what is in it."""
        self.field(name).click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(value)

    def tick(self, value: str) -> Locator:
        """The box of an event type or modifier, by what people see."""
        return self.page.locator(f'input[name="{value}"]:visible')

    def click(self, value: str) -> None:
        """Click the wording beside a box."""
        self.page.locator("label:visible", has=self.page.locator(f'input[name="{value}"]')).click()

    def ticked(self) -> set[str]:
        """Event types that are ticked, by what people see."""
        boxes = self.page.locator(".nl-events input:checked")
        return {str(box.get_attribute("name")) for box in boxes.all()}

    def leave_field(self) -> None:
        """Click beside everything: keys work again, the claim stays selected."""
        self.page.locator(".nl-readings, .nl-head, .nl-events").last.click(position={"x": 400, "y": 2})

    def submit(self) -> None:
        """Ctrl+Enter, and wait until the server has it."""
        with self.page.expect_response(_saves_annotation) as answer:
            self.press("control+Enter")
        assert answer.value.ok

    def skip(self) -> None:
        """Click Skip, and wait until the server has it."""
        with self.page.expect_response(_saves_annotation) as answer:
            self.page.get_by_test_id("bottombar-skip-button").click()
        assert answer.value.ok

    @contextmanager
    def _one_more_claim(self) -> Iterator[None]:
        rows = self.page.locator(".lsf-outliner-item__index")
        before = rows.count()
        yield
        expect(rows).to_have_count(before + 1)


def _saves_annotation(response: Any) -> bool:
    return response.request.method in ("POST", "PATCH") and re.search(
        r"/annotations/?(\d+/?)?(\?|$)", response.url
    ) is not None


def _read(annotation: Mapping[str, Any]) -> Stored:
    events: tuple[str, ...] = ()
    parts: dict[str, dict[str, Any]] = {}
    for result in annotation["result"]:
        value, name = result["value"], result["from_name"]
        if name == "event":
            events = tuple(value["choices"])
            continue
        part = parts.setdefault(result["id"], {})
        if name == "claim":
            part.update(start=value["start"], end=value["end"], text=value["text"])
            part["kind"] = value["labels"][0]
        elif name in ("low", "high"):
            part[name] = value["number"]
        elif name == "modifier":
            part[name] = value["choices"][0]
        else:
            part[name] = value["text"][0]
    claims = [Claim(**part) for part in parts.values()]
    return Stored(events, tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))), annotation)


def suggested_claim(
    number: int,
    sentence: str,
    phrase: str,
    kind: str,
    *,
    low: float | None = None,
    high: float | None = None,
    modifier: str | None = None,
    attribution: str | None = None,
) -> list[dict[str, object]]:
    """A suggestion for one claim, as the server wants it."""
    start = sentence.index(phrase)
    span = {"start": start, "end": start + len(phrase), "text": phrase}

    def row(name: str, kind_of_row: str, **value: object) -> dict[str, object]:
        common = {"id": f"c{number}", "from_name": name, "to_name": "text", "type": kind_of_row}
        return {**common, "value": {**span, **value}}

    rows = [row("claim", "labels", labels=[kind])]
    rows += [row("low", "number", number=low)] if low is not None else []
    rows += [row("high", "number", number=high)] if high is not None else []
    rows += [row("modifier", "choices", choices=[modifier])] if modifier else []
    rows += [row("attribution", "textarea", text=[attribution])] if attribution else []
    return rows


def suggested_events(*aliases: str) -> list[dict[str, object]]:
    """A suggestion for the event types, as the server wants it."""
    value = {"choices": list(aliases)}
    return [
        {"id": "ev", "from_name": "event", "to_name": "text", "type": "choices", "value": value}
    ]
