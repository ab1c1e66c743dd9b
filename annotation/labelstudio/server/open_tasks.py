"""Tasks that somebody has open, passed over at once; imported in the server's process alone.

For the next task Label Studio walks down the queue and asks of each one, in four queries, whether
somebody else has it open: with twenty people, two fifths of what a label costs. Here the one query
for the queue leaves out tasks that are for one person and open at another, and fetches the head of
the queue before all of it. Of what is left Label Studio asks as ever, each task locked meanwhile,
so nothing is given to two people that it would not give.

Source: ``projects/functions/next_task.py`` and ``Task.has_lock`` of Label Studio.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now

_HEAD = 50
"""Tasks that are fetched first: of those left, one is nearly always free."""

Walk = Callable[[Any, Any], Any]
"""From a query for tasks, in order, and a user to the first one that is free, or None."""


def pass_over_open_tasks() -> None:
    """Let Label Studio's walk down the queue pass over what others have open.

    Call it once, when Label Studio is set up.
    """
    from projects.functions import next_task

    next_task._get_first_unlocked = past_open_tasks(next_task._get_first_unlocked)


def past_open_tasks(walk: Walk) -> Walk:
    """The same walk, past tasks that are for one person and that another one has open."""
    from tasks.models import TaskLock

    def first(tasks: Any, user: Any) -> Any:
        others = TaskLock.objects.filter(task=OuterRef("pk"), expire_at__gt=now())
        free = tasks.exclude(Q(overlap=1) & Exists(others.exclude(user=user)))
        return walk(free[:_HEAD], user) or walk(free, user)

    return first
