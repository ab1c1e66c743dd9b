"""Addresses of PostgreSQL, and what a real one answers to those that are wrong."""

from __future__ import annotations

import builtins
import socket
import socketserver
import threading

import pytest

from annotation.errors import ServerError
from annotation.labelstudio.server.postgres import known_tokens, parse_postgres_address
from annotation.labelstudio.server.server_process import any_free_port
from tests.postgres import OWNER, Cluster

SECRET = "s3cret/@:%"


@pytest.mark.parametrize(
    ("address", "parts", "shown"),
    [
        (
            "postgresql://ann:s3cret@db.example.org:5433/labels",
            ("ann", "s3cret", "db.example.org", 5433, "labels", ()),
            "postgresql://db.example.org:5433/labels",
        ),
        (
            " postgres://ann:s3cret%2F%40%3A%25@[::1]/labels\n",
            ("ann", SECRET, "::1", 5432, "labels", ()),
            "postgresql://[::1]:5432/labels",
        ),
        (
            "postgresql://%61nn@localhost/l%C3%A4bels?sslmode=require",
            ("ann", "", "localhost", 5432, "läbels", (("sslmode", "require"),)),
            "postgresql://localhost:5432/läbels",
        ),
    ],
)
def test_an_address_has_its_parts_and_is_shown_without_secrets(
    address: str, parts: tuple[object, ...], shown: str
) -> None:
    read = parse_postgres_address(address)
    assert (read.user, read.password, read.host, read.port, read.name, read.options) == parts
    assert str(read) == shown
    assert not read.password or read.password not in repr(read)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("mysql://ann:s3cret@h/labels", "does not begin with postgresql"),
        ("ann:s3cret@h/labels", "does not begin with postgresql"),
        ("dbname=labels password=s3cret", "does not begin with postgresql"),
        ("sqlite:///s3cret.sqlite", "does not begin with postgresql"),
        ("postgresql://", "names no user"),
        ("postgresql://ann:s3cret@/labels", "names no host"),
        ("postgresql://ann:s3cret@h", "names no database"),
        ("postgresql://ann:s3cret@h/", "names no database"),
        ("postgresql://h:5432/labels", "names no user"),
        ("postgresql://ann:s3cret@h:many/labels", "cannot be read"),
        ("postgresql://ann:s3cret@h:99999/labels", "cannot be read"),
        ("postgresql://ann:s3/cret@h/labels", "cannot be read"),
        ("postgresql://ann:s3cret@h/labels/more", "cannot be read"),
        ("postgresql://ann:s3#cret@h/labels", "cannot be read"),
        ("postgresql://ann:s3cret@[::1/labels", "cannot be read"),
        ("postgresql://ann:s3cret%00@h/labels", "cannot be read"),
        ("postgresql://ann:s3cret@h/labels%0a", "cannot be read"),
        ("postgresql://ann:s3cret@h/labels?sslmode", "cannot be read"),
        ("postgresql://ann:s3cret@h/labels?options=s3cret", "'options'"),
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence_that_does_not_repeat_it(
    address: str, why: str
) -> None:
    with pytest.raises(ServerError, match=why) as refused:
        parse_postgres_address(address)
    assert "s3cret" not in str(refused.value)
    assert refused.value.hint


def test_label_studio_is_told_by_its_own_variables() -> None:
    address = parse_postgres_address("postgresql://ann:s3%25@h:1/labels?sslmode=verify-full")
    assert address.environment() == {
        "DJANGO_DB": "default",
        "POSTGRE_USER": "ann",
        "POSTGRE_PASSWORD": "s3%",
        "POSTGRE_HOST": "h",
        "POSTGRE_PORT": "1",
        "POSTGRE_NAME": "labels",
        "PGSSLMODE": "verify-full",
    }


def refused(address: str) -> str:
    """What is said of it: one sentence and a hint, without a secret."""
    with pytest.raises(ServerError) as error:
        known_tokens(parse_postgres_address(address))
    said = str(error.value)
    assert "s3cret" not in said
    assert "\n" not in said
    assert error.value.hint
    assert error.value.__cause__ is None or isinstance(error.value.__cause__, ImportError)
    return said


@pytest.mark.slow
def test_an_empty_database_has_nobody(postgres: Cluster) -> None:
    assert known_tokens(parse_postgres_address(postgres.make())) == {}


@pytest.mark.slow
def test_whoever_has_a_token_is_known(postgres: Cluster) -> None:
    address = postgres.make()
    with postgres.connected(address.rpartition("/")[2]) as connection:
        connection.execute("CREATE TABLE htx_user (id int, email text)")
        connection.execute("CREATE TABLE authtoken_token (key text, user_id int)")
        connection.execute("INSERT INTO htx_user VALUES (1, 'Ann@x.org'), (2, 'bob@x.org')")
        connection.execute("INSERT INTO authtoken_token VALUES ('theirs', 1)")
    assert known_tokens(parse_postgres_address(address)) == {"ann@x.org": "theirs"}


@pytest.mark.slow
def test_a_database_that_cannot_be_used_is_told_in_a_sentence(postgres: Cluster) -> None:
    assert "does not exist" in refused(postgres.address("nowhere"))
    assert f"createdb --owner={OWNER} nowhere" in refused(postgres.address("nowhere"))
    assert "createdb --owner=newsledger 'a b; c'." in refused(postgres.address("a b; c"))
    wrong = refused(postgres.address("postgres", password="s3cret-wrong"))
    assert "password authentication failed" in wrong
    assert "NEWSLEDGER_DATABASE" in wrong
    assert "password" in refused(f"postgresql://{OWNER}@127.0.0.1:{postgres.port}/postgres")
    assert "password authentication failed" in refused(postgres.address("postgres", user="bob"))
    latin = postgres.make("ENCODING 'LATIN1'", "LOCALE 'C'", "TEMPLATE template0")
    assert "its encoding is LATIN1, not UTF8" in refused(latin)


@pytest.mark.slow
def test_somebody_who_may_not_make_tables_is_told_so(postgres: Cluster) -> None:
    name = postgres.make().rpartition("/")[2]
    with postgres.connected(name) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 's3cret-guest'")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")  # as from 15 on
    said = refused(postgres.address(name, user="guest", password="s3cret-guest"))
    assert "guest may not make tables in it" in said


def test_where_nobody_listens_the_refusal_is_told() -> None:
    said = refused(f"postgresql://ann:s3cret@127.0.0.1:{any_free_port()}/labels")
    assert "Connection refused" in said
    assert "Is PostgreSQL running there" in said
    assert "Connection refused" in refused(
        f"postgresql://ann:s3cret@localhost:{any_free_port()}/labels"
    )


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"220 x\r\n"])
def test_another_program_is_told_from_postgresql(answer: bytes) -> None:
    class Answering(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(100)
            self.request.sendall(answer)

    with socketserver.TCPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            said = refused(f"postgresql://ann:s3cret@127.0.0.1:{server.server_address[1]}/labels")
        finally:
            server.shutdown()
            thread.join()
    assert "what answers there is not PostgreSQL" in said


@pytest.mark.slow
def test_who_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.labelstudio.server.postgres._PATIENCE", 2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = refused(f"postgresql://ann:s3cret@127.0.0.1:{server.getsockname()[1]}/labels")
    assert "timeout" in said
    assert "Is PostgreSQL running there" in said


@pytest.mark.parametrize("host", ["nowhere.invalid", "a..b", "h" * 300])
def test_a_machine_that_is_not_there_is_told(host: str) -> None:
    assert host in refused(f"postgresql://ann:s3cret@{host}/labels")


def test_without_its_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith("psycopg"):
            raise ImportError(name)
        return original(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    said = refused("postgresql://ann:s3cret@h/labels")
    assert "no driver for PostgreSQL" in said
    assert "studio" in said
