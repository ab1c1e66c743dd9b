"""Whatever answers, or does not, becomes one of our errors: one sentence and a hint."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import httpx
import label_studio_sdk.core
import label_studio_sdk.errors
import pytest
from label_studio_sdk.core.api_error import ApiError

from annotation.errors import (
    StudioAuthError,
    StudioError,
    StudioGoneError,
    StudioStorageError,
    StudioUnreachableError,
)
from annotation.labelstudio.client import translated_errors
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG
from tests.contract.fake_studio import TOKEN, URL

SCHEMA = parse_schema(CONFIG)


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (httpx.Response(401, json={"detail": "Invalid token."}), StudioAuthError, "Invalid token"),
        (httpx.Response(403, json={"detail": "Forbidden"}), StudioAuthError, "refuses the token"),
        (httpx.Response(404, json={"detail": "No Project"}), StudioGoneError, "No Project"),
        (httpx.Response(404, text="<!DOCTYPE html><p>"), StudioUnreachableError, "not a Label"),
        (httpx.Response(200, text="<html>hello"), StudioUnreachableError, "not a Label Studio"),
        (httpx.Response(200, json=["hello"]), StudioUnreachableError, "not a Label Studio"),
        (httpx.Response(200, json={"hello": 1}), StudioUnreachableError, "not a Label Studio"),
        (httpx.Response(500, text="<html>oops"), StudioStorageError, "500"),
        (httpx.Response(507, json={"detail": "no room"}), StudioStorageError, "no room"),
        (httpx.Response(400, json={"detail": "bad"}), StudioError, "refused.*bad"),
        (httpx.Response(418, text="tea"), StudioError, "418: tea|418"),
    ],
)
def test_each_answer_that_is_none_becomes_one_sentence(
    answer: httpx.Response, error: type[StudioError], words: str
) -> None:
    transport = httpx.MockTransport(lambda request: answer)
    with LabelStudio(URL, TOKEN, transport=transport) as client, pytest.raises(error, match=words):
        client.check()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:9", "http://no-such-host.invalid", "ftp://x", "nonsense", "http://[", ""],
)
def test_an_address_where_nobody_answers_is_named(url: str) -> None:
    with LabelStudio(url, TOKEN) as client, pytest.raises(StudioUnreachableError) as refused:
        client.check()
    assert refused.value.hint


def test_whichever_use_comes_first_names_the_address() -> None:
    uses = (
        lambda client: client.ensure_project("A project", SCHEMA),
        lambda client: client.counts(1),
        lambda client: client.push(1, [], SCHEMA),
        lambda client: list(client.unlabelled(1, SCHEMA)),
        lambda client: client.pull(1, SCHEMA),
    )
    for use in uses:
        with LabelStudio("http://[", TOKEN) as client, pytest.raises(StudioUnreachableError):
            use(client)


@pytest.mark.parametrize("key", ["", "kurz", "ключ", "a.b.c", "x" * 5000, "new\nline"])
def test_a_token_that_is_none_is_refused(key: str) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(401, json={"detail": "no"}))
    with LabelStudio(URL, key, transport=transport) as client, pytest.raises(StudioAuthError):
        client.check()


def test_the_token_is_never_shown() -> None:
    assert TOKEN not in repr(LabelStudio(URL, TOKEN))


def _exceptions(package: object) -> set[type[Exception]]:
    found: set[type[Exception]] = set()
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):  # type: ignore[attr-defined]
        module = importlib.import_module(info.name)
        for _, value in inspect.getmembers(module, inspect.isclass):
            if issubclass(value, Exception) and value.__module__.startswith("label_studio_sdk"):
                found.add(value)
    return found


def test_every_error_of_the_sdk_is_translated() -> None:
    errors = _exceptions(label_studio_sdk.errors) | _exceptions(label_studio_sdk.core)
    assert ApiError in errors
    for kind in errors:
        assert issubclass(kind, translated_errors()), f"{kind} is not mapped"


def test_every_error_of_its_http_library_is_translated() -> None:
    for name in httpx.__all__:
        kind = getattr(httpx, name)
        if inspect.isclass(kind) and issubclass(kind, Exception):
            assert issubclass(kind, translated_errors()), f"{kind} is not mapped"
