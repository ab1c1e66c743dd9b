"""What the fake server does with tasks, and with what models and people say of them."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

from tests.contract.fake_filters import counted, finished, holds, selected
from tests.contract.fake_state import USER, FakeState, Json, RefusedError


class FakeTasks(FakeState):
    """The calls on tasks."""

    def _post_project_import(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        fields = _fields(self.projects[project]["label_config"])
        for number, task in enumerate(body):
            if missing := set(fields) - task["data"].keys():
                raise RefusedError([f"Error at item {number}: {missing} missing"])
        made = []
        for task in body:
            task_id = self._next()
            made.append(task_id)
            said = [self._imported(one) for one in task.get("annotations", ())]
            by = {one["completed_by"]["id"] for one in said}
            self.tasks[task_id] = {
                "id": task_id,
                "project": project,
                "data": task["data"],
                "annotations": said,
                "predictions": [],
                "drafts": [],
                "overlap": 1,
                "is_labeled": len(by) >= 1,
            }
        labels = sum(len(self.tasks[one]["annotations"]) for one in made)
        answer: Json = {"task_count": len(made), "annotation_count": labels, "prediction_count": 0}
        if query.get("return_task_ids", "").lower() == "true":
            answer["task_ids"] = made
        return 201, answer

    def _imported(self, row: Json) -> Json:
        """An annotation that comes with its task: it is the truth unless it says otherwise."""
        if row["completed_by"] not in self.users:
            raise RefusedError([f"Unknown annotator's ID {row['completed_by']}"])
        return {
            "id": self._next(),
            "was_cancelled": False,
            "ground_truth": True,
            "updated_at": f"2026-01-02T00:00:{self._ids % 60:02d}Z",
            "prediction": {},
            **row,
            "completed_by": self.users[row["completed_by"]],
        }

    def _post_project_predictions(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        mine = {task["id"] for task in self._of(project)}
        if wrong := [row["task"] for row in body if row["task"] not in mine]:
            raise RefusedError([f"task {wrong[0]} not found in project"])
        for row in body:
            prediction = {"id": self._next(), **{k: v for k, v in row.items() if k != "task"}}
            self.tasks[row["task"]]["predictions"].append(prediction)
        return 201, {"created": len(body)}

    def _get_tasks(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        items = json.loads(query.get("query", "{}")).get("filters", {}).get("items", [])
        items = [
            {**one, "value": frozenset(one["value"])} if one["operator"] == "in_list" else one
            for one in items
        ]
        found = [t for t in self._of(project) if all(holds(t, item) for item in items)]
        by_model, by_annotation = (
            any(column in item["filter"] for item in items)
            for column in ("predictions_model_versions", "annotations_ids")
        )
        if "tasks:predictions_score" in json.loads(query.get("query", "{}")).get("ordering", []):
            found.sort(key=self._score)
        page = found[: int(query.get("page_size", 100))]
        if query.get("fields") == "all":
            whole = [{"id": task["id"], "predictions": task["predictions"]} for task in page]
            return 200, {"tasks": whole, "total": len(found)}
        scored = "predictions_score" in query.get("include", "")
        shown = []
        for task in page:
            models = dict.fromkeys(p["model_version"] for p in task["predictions"])
            shown.append(
                {
                    "id": task["id"],
                    "data": task["data"],
                    # the server fills these columns only when it filters by them
                    "predictions_model_versions": ",".join(models) if by_model else "",
                    "annotations_ids": ",".join(
                        str(one["id"]) for one in task["annotations"] if by_annotation
                    ),
                    "total_annotations": counted(task),
                    "cancelled_annotations": counted(task, cancelled=True),
                    "total_predictions": len(task["predictions"]),
                    **({"predictions_score": self._score(task)} if scored else {}),
                }
            )
        return 200, {"tasks": shown, "total": len(found)}

    def _get_task(self, body: Any, query: Json, task: int) -> tuple[int, Any]:
        return 200, self.tasks[task]

    def _patch_task(self, body: Any, query: Json, task: int) -> tuple[int, Any]:
        self.tasks[task] |= body
        return 200, self.tasks[task]

    def _post_annotations(self, body: Any, query: Json, task: int) -> tuple[int, Any]:
        parent = body.get("parent_prediction")
        if parent is not None and parent not in self._predictions():
            raise RefusedError({"parent_prediction": [f'Invalid pk "{parent}"']})
        copy = next(iter(self._active(self.tasks[task])), None)  # not of the parent
        annotation = {
            "id": self._next(),
            "completed_by": {"id": 1, "email": USER},
            "was_cancelled": False,
            "ground_truth": False,
            "updated_at": f"2026-01-01T00:00:{self._ids % 60:02d}Z",
            "prediction": copy or {},
            **body,
        }
        if isinstance(annotation["completed_by"], int):
            annotation["completed_by"] = self.users[annotation["completed_by"]]
        self.tasks[task]["annotations"].append(annotation)
        for count in ("total_annotations", "cancelled_annotations"):
            self.tasks[task].pop(count, None)
        self.tasks[task]["is_labeled"] = (
            len({one["completed_by"]["id"] for one in finished(self.tasks[task])})
            >= self.tasks[task]["overlap"]
        )
        self.tasks[task]["drafts"] = []
        return 201, annotation

    def _post_drafts(self, body: Any, query: Json, task: int) -> tuple[int, Any]:
        self.tasks[task]["drafts"].append({"id": self._next(), **body})
        return 201, self.tasks[task]["drafts"][-1]

    def _get_predictions(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, self.tasks[int(query["task"])]["predictions"]

    def _delete_prediction(self, body: Any, query: Json, prediction: int) -> tuple[int, Any]:
        task = self._predictions().get(prediction)
        if task is None:
            return 404, {"status_code": 404, "detail": "No Prediction matches the given query."}
        task["predictions"] = [one for one in task["predictions"] if one["id"] != prediction]
        return 204, None

    def _post_actions(self, body: Any, query: Json, *ids: int) -> tuple[int, Any]:
        chosen = [
            task
            for task in self._of(ids[0])
            if selected(task, body["selectedItems"])
            and all(holds(task, item) for item in body["filters"]["items"])
        ]
        for task in chosen:
            if query["id"] == "delete_tasks":
                del self.tasks[task["id"]]
            elif query["id"] == "delete_tasks_predictions":
                task["predictions"] = []
            elif query["id"] == "predictions_to_annotations":
                self._accept(task, body["model_version"])
            elif query["id"] == "delete_tasks_annotations":
                task["annotations"] = [
                    one
                    for one in task["annotations"]
                    if one["completed_by"]["id"] != int(body["annotator"])
                ]
                task["is_labeled"] = bool(finished(task))
        if query["id"] == "delete_tasks" and not self._of(ids[0]):
            self.views = [one for one in self.views if one["project"] != ids[0]]
        return 200, {"processed_items": len(chosen)}

    def _accept(self, task: Json, model: str) -> None:
        """What is the parent of an annotation already is passed by."""
        taken = {one.get("parent_prediction") for one in task["annotations"]}
        user = self.users[self._caller]
        for one in task["predictions"]:
            if one["model_version"] == model and one["id"] not in taken:
                task["annotations"].append(
                    {
                        "id": self._next(),
                        "completed_by": {"id": user["id"], "email": user["email"]},
                        "was_cancelled": False,
                        "ground_truth": False,
                        "updated_at": f"2026-01-01T00:00:{self._ids % 60:02d}Z",
                        "prediction": {},
                        "parent_prediction": one["id"],
                        "result": one["result"],
                    }
                )
                task["is_labeled"] = True


def _fields(xml: str) -> set[str]:
    values = (value for tag in ElementTree.fromstring(xml).iter() for value in tag.attrib.values())
    return {field for value in values for field in re.findall(r"\$(\w+)", value)}
