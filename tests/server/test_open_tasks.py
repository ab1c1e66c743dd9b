"""The next task, where others have tasks open: the right one, at the price of an empty room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.inside import told_inside

pytestmark = pytest.mark.server

OPEN = 30
"""Tasks at the head of the queue that somebody else has open."""
LATER = 70
"""The same, more than are fetched at first."""

ASKED = f"""
import importlib, json, sys

import annotation.labelstudio.server.sqlite

sys.argv = ["label-studio", "init", "--quiet"]
importlib.import_module("label_studio.server").main()

from datetime import timedelta
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from organizations.models import Organization
from projects.functions.next_task import get_next_task
from projects.models import Project
from tasks.models import Task, TaskLock
from users.models import User
from annotation.labelstudio.server.open_tasks import pass_over_open_tasks

first = User.objects.first()
users = [User.objects.create(email=f"u{{n}}@x.org", username=f"u{{n}}") for n in range(80)]
room = Project.objects.create(
    title="t", created_by=first, organization=Organization.objects.first(),
    sampling=Project.SEQUENCE, show_overlap_first=False,
    label_config='<View><Text name="t" value="$text"/></View>',
)
tasks = [
    Task.objects.create(project=room, data={{"text": str(n)}}, overlap=1) for n in range(90)
]
me = users[-1]


def ask():
    waiting = Task.objects.filter(project=room).order_by("id")
    with CaptureQueriesContext(connection) as seen:
        found, _ = get_next_task(me, waiting, room, dm_queue=False)
    TaskLock.objects.filter(user=me).delete()
    return tasks.index(found), len(seen)


def hold(some, until=timedelta(hours=1)):
    TaskLock.objects.all().delete()
    for task, user in zip(some, users):
        TaskLock.objects.create(task=task, user=user, expire_at=now() + until)


def all_asked():
    found = {{}}
    for what, many in (("none", 0), ("open", {OPEN}), ("later", {LATER})):
        hold(tasks[:many])
        found[what] = ask()
    hold(tasks[:{OPEN}], timedelta(hours=-1))
    found["left"] = ask()
    hold(tasks[:{OPEN}])
    Task.objects.filter(id=tasks[3].id).update(overlap=2)
    found["for two"] = ask()
    Task.objects.filter(id=tasks[3].id).update(overlap=1)
    hold(tasks[:2])
    TaskLock.objects.create(task=tasks[2], user=me, expire_at=now() + timedelta(hours=1))
    found["mine"] = ask()
    return found


before = all_asked()
pass_over_open_tasks()
print(json.dumps([before, all_asked()]))
"""


def test_what_others_have_open_costs_nothing_and_the_next_task_is_label_studios(
    settled: Path,
) -> None:
    without, with_ours = told_inside(ASKED, settled / "data")

    given = {what: place for what, (place, _) in with_ours.items()}
    assert given == {what: place for what, (place, _) in without.items()}
    assert given == {"none": 0, "open": OPEN, "later": LATER, "left": 0, "for two": 3, "mine": 2}

    asked = {what: queries for what, (_, queries) in with_ours.items()}
    assert without["open"][1] > without["none"][1] + 3 * OPEN  # else ours is needed no more
    assert asked["open"] == asked["later"] == asked["left"] == asked["none"]
