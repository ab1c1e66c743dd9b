"""What the fake server does with projects, their views and their exports."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from tests.contract.fake_state import FakeState, Json, RefusedError

_CONTROLS = ("Choices", "Labels", "TextArea", "Number", "DateTime")


class FakeProjects(FakeState):
    """The calls on projects as wholes."""

    def _get_projects(self, body: Any, query: Json) -> tuple[int, Any]:
        found = [p for p in self.projects.values() if query.get("title", "") in p["title"]]
        return 200, {"count": len(found), "next": None, "previous": None, "results": found}

    def _post_projects(self, body: Any, query: Json) -> tuple[int, Any]:
        _check_config(body.get("label_config", "<View></View>"))
        if not 3 <= len(body["title"]) <= 50:
            raise RefusedError({"title": ["3 to 50 characters"]})
        project = {"id": self._next(), "model_version": "", "description": "", **body}
        self.projects[project["id"]] = project
        return 201, project

    def _get_project(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        tasks = self._of(project)
        stored = sum(len(task["predictions"]) for task in tasks)
        counts = {"task_number": len(tasks), "total_predictions_number": stored}
        return 200, {**self.projects[project], **counts}

    def _patch_project(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        if "label_config" in body:
            _check_config(body["label_config"])
        version = body.get("model_version")
        if version and version not in self._versions(project):
            raise RefusedError({"model_version": ["no such model version"]})
        self.projects[project] |= body
        return 200, self.projects[project]

    def _delete_project(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        del self.projects[project]
        self.tasks = {k: t for k, t in self.tasks.items() if t["project"] != project}
        return 204, None

    def _post_project_validate(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        _check_config(body["label_config"])
        return 200, {"label_config": body["label_config"]}

    def _post_views(self, body: Any, query: Json) -> tuple[int, Any]:
        view = {"id": self._next(), "project": body["project"], "data": body["data"], "order": 0}
        self.views.append(view)
        return 201, view

    def _get_views(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        return 200, [one for one in self.views if one["project"] == project]

    def _get_project_model_versions(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        return 200, self._versions(project)

    def _post_project_exports(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        content = []
        for task in self._of(project):
            hidden = {k: [one["id"] for one in task[k]] for k in ("drafts", "predictions")}
            content.append({**task, **hidden})
        number = self._next()
        self.exports[number] = json.dumps(content, ensure_ascii=False).encode()
        self.export_titles[number] = body["title"]
        return 201, {"id": number, "status": "completed"}

    def _get_project_exports(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        return 200, [{"id": number, "title": self.export_titles[number]} for number in self.exports]

    def _get_project_export(
        self, body: Any, query: Json, project: int, export: int
    ) -> tuple[int, Any]:
        return 200, {"id": export, "status": "completed"}

    def _delete_project_export(
        self, body: Any, query: Json, project: int, export: int
    ) -> tuple[int, Any]:
        del self.exports[export]
        return 204, None

    def _get_project_download(
        self, body: Any, query: Json, project: int, export: int
    ) -> tuple[int, Any]:
        return 200, self.exports[export]


def _check_config(xml: str) -> None:
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise RefusedError({"label_config": [str(error)]}) from error
    names = [tag.get("name") for tag in root.iter() if tag.get("name")]
    controls = [tag for name in _CONTROLS for tag in root.iter(name)]
    if len(names) > len(set(names)) or any(tag.get("toName") not in names for tag in controls):
        raise RefusedError({"label_config": ["Label config contains non-unique or no names"]})
