"""How a local Label Studio is served, with a small site in its place."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotation.labelstudio.server import server_process

SERVER = """
import gc
import sys
from pathlib import Path


def main():
    import django
    from django.conf import settings

    file = {"ENGINE": "django.db.backends.sqlite3", "NAME": "site.sqlite3"}
    settings.configure(
        ROOT_URLCONF="site_urls", DATABASES={"default": file}, ALLOWED_HOSTS=["*"], SECRET_KEY="x"
    )
    django.setup()
    from django.db import connection

    connection.ensure_connection()
    Path("asked").write_text(" ".join(sys.argv))
    Path("garbage").write_text(str(gc.get_threshold()[0]))
    import nltk

    Path("heavy").write_text(str("sklearn" in sys.modules))
"""
URLS = """
import gc
import os
import time
from pathlib import Path

from django.db import connection
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.urls import path


def health(request):
    return HttpResponse(f"{os.getpid()} {len(request.GET.get('q', ''))}")


def meet(request, name):
    Path(f"arrived-{name}").touch()
    for _ in range(400):
        if len(list(Path().glob("arrived-*"))) == 2:
            return HttpResponse("met")
        time.sleep(0.05)
    return HttpResponse("alone")


def opened(request):
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    return HttpResponse(f"{mode} {connection.transaction_mode}")


def count(connection, **_):
    connection.number = getattr(connection, "number", 0) + 1


connection_created.connect(count)


def number(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(str(connection.number))


def garbage(request):
    return HttpResponse(str(gc.get_threshold()[0]))


def asked(request):
    return HttpResponse(f"{request.path} {request.GET.get('q')}")


urlpatterns = [
    path("health", health),
    path("meet/<name>", meet),
    path("opened", opened),
    path("number", number),
    path("garbage", garbage),
    path("api/next/", asked),
    path("api/bare", asked),
]
"""
WSGI = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"


@dataclass(frozen=True, slots=True)
class Site:
    """A small site, served as Label Studio is."""

    folder: Path
    port: int
    pid: int

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def gone(self) -> bool:
        """Whether none of its processes holds the lock, a while after it was stopped."""
        for _ in range(400):
            if not server_process.is_locked(self.folder / "lock"):
                return True
            time.sleep(0.05)
        return False


@contextmanager
def _served(folder: Path, workers: int, threads: int) -> Iterator[Site]:
    packages = folder / "packages"
    files = {"label_studio/__init__.py": "", "label_studio/server.py": SERVER}
    files |= {"core/__init__.py": "", "core/wsgi.py": WSGI, "site_urls.py": URLS}
    files |= {"nltk.py": "import sklearn\n"}
    # Of Label Studio's own, what is replaced in it.
    files |= {"projects/__init__.py": "", "projects/functions/__init__.py": ""}
    files |= {"projects/functions/next_task.py": "_get_first_unlocked = None\n"}
    files |= {"tasks/__init__.py": "", "tasks/models.py": "TaskLock = None\n"}
    files |= {"data_import/__init__.py": "", "data_import/api.py": "update_tasks_counters = None\n"}
    lists = "class TaskListAPI:\n    prefetch = None\n"
    files |= {"data_manager/__init__.py": "", "data_manager/api.py": lists}
    for name, text in files.items():
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text(text)
    data, port = folder / "data", server_process.any_free_port()
    data.mkdir()
    environment = server_process.environment(data, "you", "secret", "token", database={})
    command = server_process.command(port, shared=(workers, threads) == (2, 4))
    assert command[-3:] == [str(workers), str(threads), str(port)]
    with (
        server_process.private_file(folder / "lock", os.O_RDWR) as lock,
        server_process.private_file(folder / "log", os.O_WRONLY | os.O_APPEND) as log,
    ):
        server_process.take_lock(lock)
        process = server_process.spawn(
            data,
            command,
            lock=lock,
            log=log,
            environment={**environment, "PYTHONPATH": str(packages)},
        )
    try:
        assert process.stdin is not None
        with process.stdin:
            process.stdin.write(b"go\n")
        found = Site(folder, port, process.pid)
        for _ in range(1200):
            assert process.poll() is None, (folder / "log").read_text()
            if server_process.fetched(f"{server_process.address(port)}/health") is not None:
                break
            time.sleep(0.05)
        yield found
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module", params=[(1, 8), (2, 4)], ids=["alone", "shared"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """It, by one process with threads or by two; goes on until all tests that ask it are done."""
    with _served(tmp_path_factory.mktemp("site"), *request.param) as found:
        yield found


@pytest.fixture(params=[(1, 8), (2, 4)], ids=["alone", "shared"])
def own_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """The same, for a test that ends it."""
    with _served(tmp_path, *request.param) as found:
        yield found


@pytest.mark.slow
def test_label_studio_sets_itself_up_before_it_is_served(site: Site) -> None:
    assert (site.folder / "data" / "asked").read_text() == "label-studio init --quiet"
    assert site.get("/opened") == (200, "wal IMMEDIATE")


def test_garbage_is_looked_for_seldom_while_it_sets_itself_up_and_as_ever_then(site: Site) -> None:
    script = "import gc; print(gc.get_threshold()[0])"
    ours = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout
    during = int((site.folder / "data" / "garbage").read_text())
    assert during > 10 * int(ours)
    assert site.get("/garbage") == (200, ours.strip())


def test_what_a_library_tries_and_label_studio_does_not_need_is_not_loaded(site: Site) -> None:
    assert (site.folder / "data" / "heavy").read_text() == "False"


def test_a_long_address_is_answered(site: Site) -> None:
    status, body = site.get(f"/health?q={'x' * 40_000}")
    assert (status, body.split()[1]) == (200, "40000")


def test_no_connection_binds_people_to_one_of_several_processes(
    site: Site, request: pytest.FixtureRequest
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("GET", "/health")
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    assert answer.will_close is (request.node.callspec.id == "shared")


def test_an_address_without_a_slash_is_answered_as_with_it(site: Site) -> None:
    assert site.get("/api/next?q=a%20b") == (200, "/api/next/ a b")
    assert site.get("/api/next/?q=a") == (200, "/api/next/ a")


def test_an_address_that_has_no_slash_stays_as_it_is(site: Site) -> None:
    assert site.get("/api/bare") == (200, "/api/bare None")
    assert site.get("/api/bare/")[0] == 404
    assert site.get("/nothing")[0] == 404


@pytest.mark.slow
def test_connections_are_kept_where_several_processes_share_a_database(
    own_site: Site, request: pytest.FixtureRequest
) -> None:
    """Each tells how many its thread has made; there are eight threads."""
    made = {own_site.get("/number") for _ in range(30)}
    shared = request.node.callspec.id == "shared"
    assert (made == {(200, "1")}) is shared


def test_two_who_ask_at_once_do_not_wait_for_one_another(site: Site) -> None:
    answers: list[tuple[int, str]] = []
    asking = [
        threading.Thread(target=lambda name=name: answers.append(site.get(f"/meet/{name}")))
        for name in ("ann", "ben")
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert answers == [(200, "met")] * 2


@pytest.mark.slow
def test_it_stops_in_order_with_all_its_processes(own_site: Site) -> None:
    os.killpg(own_site.pid, signal.SIGTERM)
    assert own_site.gone()
    said = (own_site.folder / "log").read_text()
    assert "Traceback" not in said


@pytest.mark.slow
def test_where_its_first_process_is_killed_the_others_end(own_site: Site) -> None:
    os.kill(own_site.pid, signal.SIGKILL)
    assert own_site.gone()


@pytest.mark.slow
def test_a_port_that_is_taken_ends_it(site: Site) -> None:
    """Label Studio's own command would take the next one."""
    data = site.folder / "second"
    data.mkdir()
    environment = server_process.environment(data, "you", "secret", "token", database={})
    command = server_process.command(site.port, shared=False)
    with (
        server_process.private_file(site.folder / "other", os.O_RDWR) as lock,
        server_process.private_file(site.folder / "said", os.O_WRONLY) as log,
    ):
        second = server_process.spawn(
            data,
            command,
            lock=lock,
            log=log,
            environment={**environment, "PYTHONPATH": str(site.folder / "packages")},
        )
    second.communicate(b"go\n", timeout=60)
    assert second.returncode != 0
    assert "in use" in (site.folder / "said").read_text()


def test_without_gunicorn_it_is_label_studios_own_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    command = server_process.command(8080, shared=True)
    assert command[0] == sys.executable
    assert command[-3:] == ["127.0.0.1", "--port", "8080"]
    assert "start" in command
