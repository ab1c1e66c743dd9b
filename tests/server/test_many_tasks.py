"""Many tasks listed and counted: what Label Studio says, at the price of what is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.inside import told_inside

pytestmark = pytest.mark.server

ASKED = """
import importlib, json, sys

import annotation.labelstudio.server.sqlite

sys.argv = ["label-studio", "init", "--quiet"]
importlib.import_module("label_studio.server").main()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from organizations.models import Organization
from projects.models import Project
from rest_framework.authtoken.models import Token
from tasks.models import Annotation, Prediction, Task
from users.models import User
from annotation.labelstudio.server.many_tasks import spare_many_tasks

me = User.objects.first()
room = Project.objects.create(
    title="t", created_by=me, organization=Organization.objects.first(),
    label_config='<View><Text name="t" value="$text"/></View>',
)
tasks = [Task.objects.create(project=room, data={"text": str(n)}) for n in range(6)]
for task, cancelled in ((0, False), (0, False), (0, True), (1, True)):
    Annotation.objects.create(
        task=tasks[task], project=room, completed_by=me, result=[], was_cancelled=cancelled
    )
token, _ = Token.objects.get_or_create(user=me)
http = Client(headers={"Authorization": f"Token {token.key}"})
OURS = "id,data,annotations_ids,cancelled_annotations,total_annotations,total_predictions"
OF_MODEL = json.dumps({"filters": {"conjunction": "and", "items": [{
    "filter": "filter:tasks:predictions_model_versions", "operator": "contains",
    "value": ["new"], "type": "List"}]}})
QUESTIONS = {
    "ours": {"include": OURS, "resolve_uri": "false"},
    "of a model": {"include": OURS + ",predictions_model_versions,predictions_score",
        "resolve_uri": "false", "query": OF_MODEL},
    "with files": {"include": OURS},
    "all columns": {"resolve_uri": "false"},
    "whole": {"fields": "all", "resolve_uri": "false"},
    "others, too": {"include": OURS + ",drafts,storage_filename", "resolve_uri": "false"},
}


def asked(what):
    with CaptureQueriesContext(connection) as seen:
        answer = http.get("/api/tasks/", {"project": room.id, **QUESTIONS[what]})
    assert answer.status_code == 200, answer.content
    return answer.json(), len(seen)


def stored():
    Prediction.objects.filter(project=room).delete()
    ours = Task.objects.filter(project=room)  # the folder's other projects are other tests'
    ours.update(total_annotations=7, cancelled_annotations=7, total_predictions=7)
    rows = [{"task": one.id, "result": [], "score": .5, "model_version": "old"} for one in tasks]
    rows += [{**row, "model_version": "new"} for row in rows[:2]]
    with CaptureQueriesContext(connection) as seen:
        answer = http.post(f"/api/projects/{room.id}/import/predictions", json.dumps(rows),
            content_type="application/json")
    assert answer.json() == {"created": len(rows)}, answer.content
    counts = "total_annotations", "cancelled_annotations", "total_predictions"
    kept = list(ours.order_by("id").values_list(*counts))
    return kept, len(seen)


def all_asked():
    return {what: asked(what) for what in QUESTIONS}


without = stored(), all_asked()
spare_many_tasks()
listed = all_asked()
print(json.dumps([without, (stored(), listed)]))
"""


def test_the_answers_are_label_studios_and_cost_less_where_little_is_asked_for(
    settled: Path,
) -> None:
    (stored, listed), (stored_so, listed_so) = told_inside(ASKED, settled / "data")

    assert stored_so[0] == stored[0] == [[2, 1, 2], [0, 1, 2], *[[0, 0, 1]] * 4]
    assert stored_so[1] < stored[1]  # else ours is needed no more
    for what, (answer, queries) in listed.items():
        assert listed_so[what][0] == answer, what
        spared = what in ("ours", "of a model")
        assert listed_so[what][1] < queries if spared else listed_so[what][1] == queries, what
