"""An in-memory Label Studio behind httpx's transport seam, for fast tests.

It knows only the calls that ``annotation.labelstudio.sync`` makes and answers them as Label Studio
1.23.2 does, oddities included; the suite in this folder runs over it *and* the real server, so that
it cannot lie. ``faults`` makes it misbehave in the ways that were measured.
"""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree

import httpx

TOKEN = "f" * 40
URL = "http://studio.test"
USER = "fake@newsledger.example"
INVITED = "i" * 40

Json = dict[str, Any]
Fault = Callable[[httpx.Request, Callable[[], httpx.Response]], httpx.Response]
"""Gets a request and what would answer it; may answer otherwise, or raise."""


class FakeStudio(httpx.BaseTransport):
    """Projects, tasks, predictions and annotations in dictionaries."""

    def __init__(self) -> None:
        self.projects: dict[int, Json] = {}
        self.tasks: dict[int, Json] = {}
        self.exports: dict[int, bytes] = {}
        self.export_titles: dict[int, str] = {}
        self.views: list[Json] = []
        self.users: dict[int, Json] = {1: {"id": 1, "email": USER, "first_name": ""}}
        self.passwords: dict[str, str] = {}
        self.tokens: dict[str, int] = {f"Token {TOKEN}": 1}
        self._caller = 1
        self.calls: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self._ids = 0

    def fail(self, call: str, *faults: Fault) -> None:
        """Let the next calls of this name ("POST import", …) meet these faults, one each."""
        self.faults.setdefault(call, deque()).extend(faults)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        for method, pattern, name in _ROUTES:
            found = re.fullmatch(pattern, request.url.path)
            if found and request.method == method:
                call = f"{method} {name}"
                self.calls.append(call)
                if name == "signup":
                    return self._signed_up(request)
                if name in ("login", "token"):
                    return self._logged_in(request)
                caller = self.tokens.get(request.headers.get("Authorization", ""))
                if caller is None:
                    return _error(401, "Invalid token.")
                self._caller = caller

                def answer(name: str = name, found: re.Match[str] = found) -> httpx.Response:
                    return self._answer(name, request, [int(one) for one in found.groups()])

                waiting = self.faults.get(call)
                return waiting.popleft()(request, answer) if waiting else answer()
        return httpx.Response(404, text="<!doctype html><title>not found</title>")

    def _answer(self, name: str, request: httpx.Request, ids: list[int]) -> httpx.Response:
        body = json.loads(request.content) if request.content else None
        query = {k: v[0] for k, v in parse_qs(request.url.query.decode()).items()}
        handler = getattr(self, f"_{request.method.lower()}_{name.replace(' ', '_')}")
        if "project" in query:
            ids = [int(query["project"]), *ids]
        needs_project = name.startswith(("project ", "tasks", "action")) or name == "project"
        if needs_project and ids[0] not in self.projects:
            return _error(404, "No Project matches the given query.")
        try:
            status, answer = handler(body, query, *ids)
        except _RefusedError as refused:
            return _error(400, "Validation error", validation_errors=refused.args[0])
        if isinstance(answer, bytes):
            return httpx.Response(status, content=answer)
        return httpx.Response(status, json=answer) if answer is not None else httpx.Response(status)

    def _next(self) -> int:
        self._ids += 1
        return self._ids

    # ------------------------------------------------------------------- calls

    def _get_version(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, {"release": "1.23.2"}

    def _get_whoami(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, {"id": 1, "email": USER}

    def _get_invite(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, {"token": INVITED, "invite_url": f"/user/signup/?token={INVITED}"}

    def _signed_up(self, request: httpx.Request) -> httpx.Response:
        """The form behind the invitation: a page, unless it is accepted."""
        query = parse_qs(request.url.query.decode())
        if request.method == "GET":
            return httpx.Response(200, text=_FORM, headers={"Set-Cookie": f"csrftoken={INVITED}"})
        given = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        if (
            query.get("token") != [INVITED]
            or given.get("csrfmiddlewaretoken") != INVITED
            or f"csrftoken={INVITED}" not in request.headers.get("Cookie", "")
        ):
            return httpx.Response(403, text="<!doctype html><title>Forbidden</title>")
        email = given.get("email", "").lower()
        domain = email.partition("@")[2]
        taken = any(one["email"] == email for one in self.users.values())
        if taken or "." not in domain or len(given.get("password", "")) < 8:
            return httpx.Response(200, text=_FORM)
        user = max(self.users) + 1
        self.users[user] = {"id": user, "email": email, "first_name": "", "last_name": ""}
        self.passwords[email] = given["password"]
        return httpx.Response(302, headers={"Location": "/api/version/"})

    def _logged_in(self, request: httpx.Request) -> httpx.Response:
        """The form of those who have an account, and the token of who came in through it."""
        cookies = request.headers.get("Cookie", "")
        if request.url.path.startswith("/api/"):
            session = re.search(r"sessionid=(\d+)", cookies)
            if session is None:
                return _error(401, "Authentication credentials were not provided.")
            user = int(session.group(1))
            token = f"{user:040d}"
            self.tokens[f"Token {token}"] = user
            return httpx.Response(200, json={"token": token})
        if request.method == "GET":
            return httpx.Response(200, text=_FORM, headers={"Set-Cookie": f"csrftoken={INVITED}"})
        given = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        email = given.get("email", "").lower()
        known = {one["email"]: number for number, one in self.users.items()}
        if f"csrftoken={INVITED}" not in cookies:
            return httpx.Response(403, text="<!doctype html><title>Forbidden</title>")
        if email not in known or self.passwords.get(email) != given.get("password"):
            return httpx.Response(200, text=_FORM)
        headers = {"Set-Cookie": f"sessionid={known[email]}; Path=/", "Location": "/api/version/"}
        return httpx.Response(302, headers=headers)

    def _get_users(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, [{**one, "last_activity": None} for one in self.users.values()]

    def _patch_user(self, body: Any, query: Json, user: int) -> tuple[int, Any]:
        self.users[user] |= body
        return 200, self.users[user]

    def _get_projects(self, body: Any, query: Json) -> tuple[int, Any]:
        found = [p for p in self.projects.values() if query.get("title", "") in p["title"]]
        return 200, {"count": len(found), "next": None, "previous": None, "results": found}

    def _post_projects(self, body: Any, query: Json) -> tuple[int, Any]:
        _check_config(body.get("label_config", "<View></View>"))
        if not 3 <= len(body["title"]) <= 50:
            raise _RefusedError({"title": ["3 to 50 characters"]})
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
            raise _RefusedError({"model_version": ["no such model version"]})
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

    def _post_project_import(self, body: Any, query: Json, project: int) -> tuple[int, Any]:
        fields = _fields(self.projects[project]["label_config"])
        for number, task in enumerate(body):
            if missing := set(fields) - task["data"].keys():
                raise _RefusedError([f"Error at item {number}: {missing} missing"])
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
            raise _RefusedError([f"Unknown annotator's ID {row['completed_by']}"])
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
            raise _RefusedError([f"task {wrong[0]} not found in project"])
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
        found = [t for t in self._of(project) if all(_holds(t, item) for item in items)]
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
                    "total_annotations": _counted(task),
                    "cancelled_annotations": _counted(task, cancelled=True),
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
            raise _RefusedError({"parent_prediction": [f'Invalid pk "{parent}"']})
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
            len({one["completed_by"]["id"] for one in _finished(self.tasks[task])})
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
            if _selected(task, body["selectedItems"])
            and all(_holds(task, item) for item in body["filters"]["items"])
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
                task["is_labeled"] = bool(_finished(task))
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

    # ------------------------------------------------------------------- state

    def _of(self, project: int) -> list[Json]:
        return [task for task in self.tasks.values() if task["project"] == project]

    def _versions(self, project: int) -> dict[str, int]:
        """How many there are by each model, that with the latest first."""
        stored = [one for task in self._of(project) for one in task["predictions"]]
        stored.sort(key=lambda one: int(one["id"]), reverse=True)
        return dict(Counter(one["model_version"] for one in stored))

    def _predictions(self) -> dict[int, Json]:
        """The task of each prediction, by the prediction's id."""
        return {one["id"]: task for task in self.tasks.values() for one in task["predictions"]}

    def _active(self, task: Json) -> list[Json]:
        active = self.projects[task["project"]]["model_version"]
        return [one for one in task["predictions"] if one["model_version"] == active]

    def _score(self, task: Json) -> float:
        """The column of the Data Manager: of the active model, on average."""
        scores = [float(one["score"]) for one in self._active(task)]
        return sum(scores) / len(scores) if scores else -1.0  # what has none comes first


class _RefusedError(Exception):
    """The request is understood and refused (400)."""


_FORM = "<!doctype html><form></form>"
_PROJECT = r"/api/projects/(\d+)"
_ROUTES = [
    ("GET", r"/api/version/?", "version"),
    ("GET", r"/api/current-user/whoami/?", "whoami"),
    ("GET", r"/user/signup/?", "signup"),
    ("POST", r"/user/signup/?", "signup"),
    ("GET", r"/user/login/?", "login"),
    ("POST", r"/user/login/?", "login"),
    ("GET", r"/api/current-user/token/?", "token"),
    ("GET", r"/api/invite/?", "invite"),
    ("GET", r"/api/users/?", "users"),
    ("PATCH", r"/api/users/(\d+)/?", "user"),
    ("GET", r"/api/projects/?", "projects"),
    ("POST", r"/api/projects/?", "projects"),
    ("GET", _PROJECT + "/?", "project"),
    ("PATCH", _PROJECT + "/?", "project"),
    ("DELETE", _PROJECT + "/?", "project"),
    ("POST", _PROJECT + "/validate/?", "project validate"),
    ("GET", _PROJECT + "/model-versions/?", "project model versions"),
    ("POST", _PROJECT + "/import", "project import"),
    ("POST", _PROJECT + "/import/predictions", "project predictions"),
    ("GET", r"/api/tasks/?", "tasks"),
    ("GET", r"/api/tasks/(\d+)/?", "task"),
    ("PATCH", r"/api/tasks/(\d+)/?", "task"),
    ("POST", r"/api/tasks/(\d+)/annotations/?", "annotations"),
    ("POST", r"/api/tasks/(\d+)/drafts", "drafts"),
    ("GET", r"/api/predictions/?", "predictions"),
    ("DELETE", r"/api/predictions/(\d+)/?", "prediction"),
    ("POST", r"/api/dm/actions/?", "actions"),
    ("GET", r"/api/dm/views/?", "views"),
    ("POST", r"/api/dm/views/?", "views"),
    ("POST", _PROJECT + "/exports/?", "project exports"),
    ("GET", _PROJECT + "/exports/?", "project exports"),
    ("GET", _PROJECT + r"/exports/(\d+)/?", "project export"),
    ("DELETE", _PROJECT + r"/exports/(\d+)/?", "project export"),
    ("GET", _PROJECT + r"/exports/(\d+)/download/?", "project download"),
]


def _selected(task: Json, items: Json) -> bool:
    """Of ``included`` and ``excluded`` the server reads one, and passes by the other."""
    if items["all"]:
        return task["id"] not in items.get("excluded", ())
    included = items.get("included")
    return not included or task["id"] in included  # none named is no limit


def _finished(task: Json) -> list[Json]:
    return [one for one in task["annotations"] if not one["was_cancelled"]]


def _counted(task: Json, *, cancelled: bool = False) -> int:
    """The server's count, which may be wrong."""
    finished = len(_finished(task))
    if cancelled:
        return int(task.get("cancelled_annotations", len(task["annotations"]) - finished))
    return int(task.get("total_annotations", finished))


def _holds(task: Json, item: Json) -> bool:
    column, value = item["filter"].removeprefix("filter:tasks:"), item["value"]
    match column, item["operator"]:
        case "annotators", "contains":
            return any(one["completed_by"]["id"] == int(value) for one in task["annotations"])
        case "id", "in_list":
            return task["id"] in value
        case "id", "greater":
            return bool(task["id"] > value)
        case (("data.sentence_id" | "data.key"), "in_list"):
            return bool(task["data"].get(column.removeprefix("data.")) in value)
        case "data.people", "in_list":
            return bool(task["data"].get("people") in value)
        case "total_annotations", "equal":
            return bool(_counted(task) == value)
        case "total_annotations", "greater":
            return bool(_counted(task) > value)
        case "annotations_ids", "greater":
            return any(int(one["id"]) > value for one in task["annotations"])
        case "annotations_ids", "empty":
            return bool(bool(task["annotations"]) != value)
        case "total_predictions", "greater":
            return bool(len(task["predictions"]) > value)
        case "predictions_model_versions", "contains":
            return any(one in p["model_version"] for p in task["predictions"] for one in value)
        case "draft_exists", "equal":
            return bool(bool(task["drafts"]) == value)
    raise AssertionError(f"the fake does not know the filter {item}")


_CONTROLS = ("Choices", "Labels", "TextArea", "Number", "DateTime")


def _check_config(xml: str) -> None:
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise _RefusedError({"label_config": [str(error)]}) from error
    names = [tag.get("name") for tag in root.iter() if tag.get("name")]
    controls = [tag for name in _CONTROLS for tag in root.iter(name)]
    if len(names) > len(set(names)) or any(tag.get("toName") not in names for tag in controls):
        raise _RefusedError({"label_config": ["Label config contains non-unique or no names"]})


def _fields(xml: str) -> set[str]:
    values = (value for tag in ElementTree.fromstring(xml).iter() for value in tag.attrib.values())
    return {field for value in values for field in re.findall(r"\$(\w+)", value)}


def _error(status: int, detail: str, **more: object) -> httpx.Response:
    return httpx.Response(status, json={"id": "0", "status_code": status, "detail": detail, **more})
