"""Many people on one local Label Studio while sentences are pushed and suggestions replaced.

    python -m tests.faults.load [--people 20] [--there 3400] [--sentences 2000]

Says what was stored, how long it took, and what did not hold; exits with 1 if anything did not.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx

from annotation.labelstudio.server.local_server import LocalServer
from tests.faults import database
from tests.faults.conftest import EVENTS, World, make_models, make_world
from tests.faults.people import Person


def main() -> None:
    """Run it once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--there", type=int, default=3400, help="sentences there before")
    parser.add_argument("--sentences", type=int, default=2000, help="sentences to push")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two labels")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        server = stack.enter_context(LocalServer(folder / "label-studio"))
        models = make_models(folder / "models")
        stored = partial(database.read, server.folder / "data")
        number = options.there + options.sentences
        world = make_world(folder, models, server.url, server.login.token, stored, number)
        say(world.run(world.server, "push", str(world.next_file(options.there)), "--presplit"))
        tokens = [account(server, place) for place in range(options.people)]
        people = [
            Person(server.url, token, world.project, place, options.pause, EVENTS)
            for place, token in enumerate(tokens)
        ]
        with ExitStack() as working:
            for person in people:
                working.enter_context(person)
            file = str(world.next_file(options.sentences))
            wrong = [
                say(world.run(world.server, "push", file, "--presplit")),
                say(world.run(world.server, "promote", "second")),
            ]
        wrong += [say(world.run(world.server, "doctor")), say(world.run(world.server, "pull"))]
        problems = [*filter(None, wrong), *differences(world, people)]
    tell("\n".join(problems) or "Nothing was lost, doubled or wrong.")
    sys.exit(bool(problems))


def say(done: object) -> str:
    """What a verb came to, printed; a problem where it did not end with 0."""
    tell(f"[{time.monotonic():.0f} s] {done}")
    return "" if getattr(done, "code", 1) == 0 else f"a verb failed: {done}"


def differences(world: World, people: list[Person]) -> list[str]:
    """What people have said against what is stored."""
    found = world.stored()
    said = [one for person in people for one in person.said]
    away = [one for person in people for one in person.turned_away]
    tell(f"{len(said)} annotations by {len(people)} people; turned away: {len(away)} {away[:5]}")
    problems = []
    for one in said:
        task, cancelled, event = found.annotations.get(one.id, (0, False, ""))
        if (found.tasks.get(task), cancelled, event) != (one.sentence, one.cancelled, one.event):
            problems.append(f"annotation {one.id} is not as it was said")
    if found.twice:
        problems.append(f"there twice: {found.twice}")
    missing = {row["sentence_id"] for row in world.rows[: world.pushed]} - {*found.tasks.values()}
    if missing:
        problems.append(f"not there: {sorted(missing)[:5]} of {len(missing)}")
    for task in found.tasks:
        times = found.suggestions(task, "second")
        if times > 1 or (times == 0 and task not in found.touched):
            problems.append(f"task {task} has {times} suggestions of the champion")
    return problems


def account(server: LocalServer, place: int) -> str:
    """The token of another person on the server."""
    headers = {"Authorization": f"Token {server.login.token}"}
    with httpx.Client(base_url=server.url, timeout=120, follow_redirects=True) as http:
        invite = http.get("/api/invite", headers=headers).raise_for_status().json()["invite_url"]
        http.get(invite)
        form = {
            "csrfmiddlewaretoken": http.cookies["csrftoken"],
            "email": f"person-{place}@newsledger.example",
            "password": secrets.token_urlsafe(12),
        }
        http.post(invite, data=form).raise_for_status()
        return str(http.get("/api/current-user/token").raise_for_status().json()["token"])


def tell(text: str) -> None:
    """One more line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
