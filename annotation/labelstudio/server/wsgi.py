"""How a local Label Studio is served; run as a program, in the server's process alone.

    python -m annotation.labelstudio.server.wsgi WORKERS THREADS PORT

Label Studio's own command ends in Django's development server, which gives each request a thread,
however many there are: twenty people who label keep each other waiting. Here a fixed number of
threads takes them in turn. Label Studio's ``init`` still makes the database and the first user.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import runpy
import sys

from annotation.labelstudio.imported_later import OF_NLTK, imported_later

_KEPT = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
"""Seconds for which a thread keeps its connection to PostgreSQL, tried before each request.

A new one for each request would start a process there that learns all tables anew. Of SQLite none
is kept: the last that closes writes all that is stored into one file, which can then be copied.
"""

_SELDOM = 100_000
"""Objects that are made between two looks for garbage while a database is set up.

The migrations of Label Studio make all its models anew some 700 times. With Python's own number the
looks took 15 of 52 seconds of processor time; ten times as many as here save 5 more, and need 90 MB
more beside 509.
"""


def serve(workers: int, threads: int, port: int) -> None:
    """Set Label Studio up, then serve it until a signal ends the process.

    Args:
        workers: processes that answer; more than one only where the database can lock rows.
        threads: in each of them.
        port: the port that it listens on, on this machine only.
    """
    # Label Studio gives one handler to Django's logger and to the one above it, which would print
    # each line twice.
    logging.getLogger("django").propagate = False
    import annotation.labelstudio.server.sqlite  # noqa: F401 -- before anything opens the file

    with imported_later(*OF_NLTK), contextlib.suppress(ImportError):
        importlib.import_module("nltk")  # as Label Studio's own libraries will
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM)
    sys.argv = ["label-studio", "init", "--quiet"]
    importlib.import_module("label_studio.server").main()
    gc.set_threshold(*usual)

    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # loaded here, not by each worker at its first request
    settings.MIDDLEWARE.insert(0, "annotation.labelstudio.server.slashes.with_slash")
    from annotation.labelstudio.server.many_tasks import spare_many_tasks
    from annotation.labelstudio.server.open_tasks import pass_over_open_tasks

    pass_over_open_tasks()
    spare_many_tasks()
    connections.close_all()  # what is open must not be shared with a worker
    if workers > 1:
        settings.DATABASES["default"].update(_KEPT)
    # A connection that is kept stays with one process, and whoever shares it with more people waits
    # longer; so would one that a busy process takes. Free ones take what comes next.
    evenly = ["--keep-alive=0", f"--worker-connections={2 * threads}"] if workers > 1 else []
    sys.argv = [
        "gunicorn",
        *evenly,
        f"--bind=127.0.0.1:{port}",
        "--worker-class=gthread",
        f"--workers={workers}",
        f"--threads={threads}",
        "--preload",
        "--graceful-timeout=10",  # seconds for what is being answered, when it is stopped
        "--limit-request-line=0",  # the Data Manager writes its filters into addresses
        "--no-control-socket",  # it is controlled by signals, of its owner alone
        "--log-level=warning",
        "core.wsgi:application",
    ]
    try:
        runpy.run_module("gunicorn", run_name="__main__", alter_sys=True)
    except SystemExit as end:  # of the first process and of each worker
        sys.stdout.flush()
        sys.stderr.flush()
        # At once: whoever stops it waits, and Python takes seconds to put Label Studio away.
        os._exit(end.code if isinstance(end.code, int) else 1)


if __name__ == "__main__":
    serve(*map(int, sys.argv[1:]))
