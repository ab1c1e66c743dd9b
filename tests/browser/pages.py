"""A person at the labelling page: what they see, click, drag and type.

Everything goes through the real browser: keys are pressed, words are dragged over with the mouse.
The server's API is used to set up and to read what was stored, never to mark anything.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import APIRequestContext, Locator, Page, Response, expect

from annotation.labelstudio.export_json.export import Export, parse_tasks
from annotation.labelstudio.import_json import task_data, to_prediction
from annotation.records import Annotation, Prediction, Task
from annotation.schema import parse_schema

SENTENCE = ".nl-sentence .lsf-richtext__container"

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


class Project:
    """One project on the server, with tasks and suggestions as the house pushes them."""

    def __init__(
        self,
        api: APIRequestContext,
        url: str,
        xml: str,
        tasks: Sequence[Task],
        suggestions: Sequence[Prediction] = (),
    ) -> None:
        self.api = api
        self.url = url
        self.schema = parse_schema(xml)
        self._json("POST", "/api/projects/validate/", {"label_config": xml})
        settings = {"title": "browser", "label_config": xml, "sampling": "Sequential sampling"}
        self.id = int(self._json("POST", "/api/projects/", settings)["id"])
        rows = [{"data": task_data(task, self.schema)} for task in tasks]
        self._json("POST", f"/api/projects/{self.id}/import", rows)
        page = self._json("GET", f"/api/tasks?project={self.id}&page_size=100&fields=all")
        self.tasks = tuple(sorted(int(task["id"]) for task in page["tasks"]))
        self.sentences = tuple(task.sentence for task in tasks)
        if suggestions:
            self._suggest(tasks, suggestions)

    def _suggest(self, tasks: Sequence[Task], suggestions: Sequence[Prediction]) -> None:
        rows = [
            {
                "task": number,
                **to_prediction(prediction, task.sentence, self.schema, blind=task.blind),
            }
            for number, task, prediction in zip(self.tasks, tasks, suggestions, strict=False)
        ]
        answer = self._json("POST", f"/api/projects/{self.id}/import/predictions", rows)
        assert answer["created"] == len(rows)
        self.patch({"model_version": suggestions[0].model_id})

    def patch(self, settings: Mapping[str, object]) -> None:
        """Change settings of the project."""
        self._json("PATCH", f"/api/projects/{self.id}/", settings)

    def export(self) -> list[dict[str, Any]]:
        """The labelled tasks as the server exports them, in the order of their import."""
        tasks: list[dict[str, Any]] = self._json(
            "GET", f"/api/projects/{self.id}/export?exportType=JSON"
        )
        return sorted(tasks, key=lambda task: int(task["id"]))

    def results(self, task: int = 0) -> list[dict[str, Any]]:
        """The raw results of the latest annotation of a task."""
        (found,) = (one for one in self.export() if one["id"] == self.tasks[task])
        latest = max(found["annotations"], key=lambda annotation: int(annotation["id"]))
        results: list[dict[str, Any]] = latest["result"]
        return results

    def read(self) -> Export:
        """The same, understood by the house; what it finds doubtful is in ``problems``."""
        return parse_tasks(self.export(), self.schema, where="the export")

    def annotations(self, task: int = 0) -> tuple[Annotation, ...]:
        """Who said what about a sentence; nothing about it may be doubtful."""
        export = self.read()
        assert export.problems == ()
        wanted = self.sentences[task].id
        return tuple(one for one in export.annotations if one.sentence_id == wanted)

    def annotation(self, task: int = 0) -> Annotation:
        """The only annotation of a sentence."""
        (only,) = self.annotations(task)
        return only

    def accepts(self, xml: str) -> bool:
        """What the server's strict check says of a configuration, given the labels that exist."""
        path = f"{self.url}/api/projects/{self.id}/validate/"
        return self.api.post(path, data={"label_config": xml}).ok

    @property
    def configuration(self) -> str:
        """The labelling configuration as the server keeps it."""
        return str(self._json("GET", f"/api/projects/{self.id}/")["label_config"])

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
        self.did: Counter[str] = Counter()
        """How many keys, clicks and drags it took so far; a combination counts as one key."""

    # ------------------------------------------------------------------------- getting around

    def open_stream(self) -> None:
        """Press "Label All Tasks": the next unlabelled sentence appears."""
        self.page.goto(f"{self.project.url}/projects/{self.project.id}/data?labeling=1")
        self.wait_for(self.project.sentences[0].text)

    def open_task(self, task: int = 0) -> None:
        """Open a labelled task again from the Data Manager."""
        number = self.project.tasks[task]
        self.page.goto(f"{self.project.url}/projects/{self.project.id}/data?task={number}")
        self.wait_for(self.project.sentences[task].text)
        self.page.wait_for_function("() => window.Htx.annotationStore.selected.pk")

    def wait_for(self, sentence: str) -> None:
        """Until this sentence is there and can be marked."""
        self.page.wait_for_function(
            """([selector, text]) =>
                 document.querySelector(selector)?.textContent === text &&
                 window.Htx?.annotationStore?.selected?.objects?.every(one => one.isReady)""",
            arg=[SENTENCE, sentence],
        )

    def submit(self) -> None:
        """Ctrl+Enter, and wait until the server has it."""
        with self._saved():
            self.press("control+Enter")

    def skip(self) -> None:
        """Ctrl+Space, and wait until the server has it."""
        with self._saved():
            self.press("control+Space")

    # -------------------------------------------------------------------------- keys and mouse

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as in the configuration: ``"3"``, ``"shift+3"``."""
        for key in keys:
            *held, last = (
                part.capitalize() if len(part) > 1 and part.islower() else part
                for part in key.split("+")
            )
            if held and last.isdigit():
                last = f"Digit{last}"
            self.page.keyboard.press("+".join([*held, last]))
            self.did["keys"] += 1

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.page.keyboard.type(text)
        self.did["keys"] += len(text)

    def drag(self, start: int, end: int) -> None:
        """Drag over the code points [start, end) of the sentence."""
        (x0, y0), (x1, y1) = self._ends(start, end)
        self._drag((x0, y0), (x1, y1))

    def mark(self, key: str, phrase: str) -> None:
        """Press the kind's key and drag over the phrase."""
        start, end = self.find(phrase)
        with self._one_more_claim():
            self.press(key)
            self.drag(start, end)

    def mark_word(self, key: str, word: str) -> None:
        """Press the kind's key and double-click the word."""
        (x0, y0), (x1, y1) = self._ends(*self.find(word))
        with self._one_more_claim():
            self.press(key)
            self.page.mouse.dblclick((x0 + x1) / 2, (y0 + y1) / 2)
            self.did["clicks"] += 2

    def select(self, number: int) -> None:
        """Click the claim with this number; its fields appear."""
        claim = self.page.locator(f'{SENTENCE} .htx-highlight[data-index="{number}"]')
        x, y = claim.evaluate(  # the first line of it, where it runs over two
            """mark => {
              const line = mark.getClientRects()[0];
              return [line.left + 4, line.top + line.height / 2];
            }"""
        )
        self.page.mouse.click(x, y)
        self.did["clicks"] += 1
        expect(self.field("low")).to_be_visible()

    def move_end(self, side: str, offset: int) -> None:
        """Drag the ``left`` or ``right`` handle of the selected claim to an offset."""
        handle = self.page.locator(f"{SENTENCE} area.__resize_{side}").bounding_box()
        assert handle is not None
        to = (
            self._ends(offset, offset + 1)[0]
            if side == "left"
            else self._ends(offset - 1, offset)[1]
        )
        self._drag((handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2), to)

    def type_into(self, name: str, value: str) -> None:
        """Click a field and type over what is in it."""
        self.field(name).click()
        self.did["clicks"] += 1
        self.press("ControlOrMeta+a")
        self.type(value)

    def fill_day(self, day: str) -> None:
        """Give the date field a day (ISO 8601), whatever order the browser writes it in."""
        self.page.locator(".nl-told input[type=date]").fill(day)

    def type_place(self, place: str) -> None:
        """Type into the field for the place, and keep it."""
        self.page.locator(".nl-told [name=place]").click()
        self.did["clicks"] += 1
        self.type(place)
        self.press("Enter")

    def leave_field(self) -> None:
        """Click beside everything: the keys of the page work again, the claim stays selected."""
        self.page.locator(".nl-story").click(position={"x": 4, "y": 3})
        self.did["clicks"] += 1

    def click(self, value: str) -> None:
        """Click the wording beside a box."""
        box = self.page.locator(f'input[name="{value}"]')
        self.page.locator("label:visible", has=box).click()
        self.did["clicks"] += 1

    # ------------------------------------------------------------------------- what one sees

    @property
    def sentence(self) -> str:
        """The sentence as it stands in the page."""
        return str(self.page.locator(SENTENCE).evaluate("element => element.textContent"))

    def find(self, phrase: str) -> tuple[int, int]:
        """Where the phrase stands in the sentence, in code points."""
        start = self.sentence.index(phrase)
        return start, start + len(phrase)

    def field(self, name: str) -> Locator:
        """An input of the selected claim."""
        return self.page.locator(f"input[name={name}]:visible")

    def ticked(self, part: str = ".nl-events") -> list[str]:
        """The boxes that are ticked, by what people see, in the order of the page."""
        boxes = self.page.locator(f"{part} input:checked:visible").all()
        return [str(box.get_attribute("name")) for box in boxes]

    def kind(self) -> list[str]:
        """The claim kinds that are switched on."""
        return self.page.locator(".lsf-label_selected .lsf-label__text").all_inner_texts()

    def claims(self) -> list[str]:
        """Number and kind of the marked claims, as the page writes them behind each."""
        marks = self.page.locator(f"{SENTENCE} .htx-highlight[data-label]").all()
        return [str(mark.get_attribute("data-label")) for mark in marks]

    # ------------------------------------------------------------------------------- inside

    def _ends(self, start: int, end: int) -> tuple[tuple[float, float], tuple[float, float]]:
        (x0, y0), (x1, y1) = self.page.evaluate(_ENDS_OF, [SENTENCE, start, end])
        return (x0, y0), (x1, y1)

    def _drag(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*begin)
        mouse.down()
        for part in (0.4, 0.8, 1.0):  # a handle takes the first two movements to get hold of
            mouse.move(begin[0] + part * (end[0] - begin[0]), begin[1] + part * (end[1] - begin[1]))
        mouse.up()
        self.did["drags"] += 1

    @contextmanager
    def _one_more_claim(self) -> Iterator[None]:
        rows = self.page.locator(".lsf-outliner-item__index")
        before = rows.count()
        yield
        expect(rows).to_have_count(before + 1)

    @contextmanager
    def _saved(self) -> Iterator[None]:
        def saves(response: Response) -> bool:
            is_annotation = re.search(r"/annotations/?(\d+/?)?(\?|$)", response.url)
            return response.request.method in ("POST", "PATCH") and is_annotation is not None

        with self.page.expect_response(saves) as answer:
            yield
        assert answer.value.ok
