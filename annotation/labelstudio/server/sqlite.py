"""How a local Label Studio opens its SQLite file; imported in the server's process alone.

By default a transaction takes the write lock only once it writes. Two that have both read by then
cannot both go on: SQLite refuses one at once, whatever the time-out, and Label Studio begins that
request anew up to 15 times, in longer and longer pauses. While twenty people labelled, an import
of 500 tasks was put off in this way for 13 minutes and then failed. A transaction that takes the
lock when it begins waits for its turn instead; in write-ahead mode nobody who only reads waits.

Sources: https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-notes,
https://sqlite.org/wal.html, and ``DatabaseIsLockedRetryMiddleware`` of Label Studio.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.signals import connection_created


def _open(connection: Any, **_: object) -> None:
    if connection.vendor == "sqlite":
        connection.transaction_mode = "IMMEDIATE"
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 60000")  # milliseconds
            cursor.execute("PRAGMA journal_mode = WAL")


connection_created.connect(_open)
