"""Whatever answers, or does not, becomes one of our errors: one sentence and a hint."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from typing import Any

import httpx
import label_studio_sdk.core
import label_studio_sdk.errors
import pytest
from label_studio_sdk.core.api_error import ApiError

from annotation.errors import (
    StudioAuthError,
    StudioError,
    StudioGoneError,
    StudioUncertainError,
    StudioUnreachableError,
)
from annotation.labelstudio.client import Client
from annotation.labelstudio.sync import LabelStudio
from annotation.schema import parse_schema
from tests.contract.conftest import CONFIG, pairs, prediction
from tests.contract.fake_studio import TOKEN, URL, FakeStudio

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
        (httpx.Response(500, text="<html>oops"), StudioUncertainError, "500"),
        (httpx.Response(507, json={"detail": "no room"}), StudioUncertainError, "no room"),
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


def test_whichever_use_comes_first_names_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.labelstudio.tasks.upload.time.sleep", lambda seconds: None)
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


def translated(error: Exception) -> StudioError:
    with pytest.raises(StudioError) as found, Client(URL, TOKEN).asking("asking"):
        raise error
    return found.value


def test_every_error_of_the_sdk_is_translated() -> None:
    errors = _exceptions(label_studio_sdk.errors) | _exceptions(label_studio_sdk.core)
    assert ApiError in errors
    for kind in errors:
        error = kind.__new__(kind)
        error.status_code, error.body = 400, "none"  # type: ignore[attr-defined]
        assert translated(error).message


def test_every_error_of_its_http_library_is_translated() -> None:
    for name in httpx.__all__:
        kind = getattr(httpx, name)
        if inspect.isclass(kind) and issubclass(kind, Exception):
            assert translated(kind.__new__(kind)).message


OPEN = [httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError]
SHUT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol]


@pytest.mark.parametrize("kind", OPEN)
def test_where_a_server_was_reached_it_is_open_what_it_did(kind: type[Exception]) -> None:
    assert isinstance(translated(kind("lost")), StudioUncertainError)


@pytest.mark.parametrize("kind", SHUT)
def test_where_none_was_reached_nothing_was_done(kind: type[Exception]) -> None:
    assert isinstance(translated(kind("nobody")), StudioUnreachableError)


@pytest.mark.parametrize(("status", "uncertain"), [(408, True), (504, True), (409, False)])
def test_the_status_says_whether_it_is_open(status: int, uncertain: bool) -> None:
    error = ApiError(status_code=status, body="late")
    assert isinstance(translated(error), StudioUncertainError) == uncertain


def test_an_error_of_our_own_code_is_not_taken_for_one_of_the_server() -> None:
    with pytest.raises(AttributeError), Client(URL, TOKEN).asking("asking"):
        object().nothing  # type: ignore[attr-defined]  # noqa: B018


# ------------------------------------------------------------------------ answers of other shapes

USES: dict[str, Callable[[LabelStudio], object]] = {
    "check": lambda ours: ours.check(),
    "find": lambda ours: ours.ensure_project("A project", SCHEMA),
    "take up": lambda ours: ours.ensure_project("A project", SCHEMA, project_id=1),
    "look for": lambda ours: ours.owned_project("A project", "me"),
    "counts": lambda ours: ours.counts(1),
    "doubles": lambda ours: ours.doubles(1),
    "waiting": lambda ours: ours.suggestions(1).count_lacking(),
    "activate": lambda ours: ours.suggestions(1).activate("model-1"),
    "push": lambda ours: ours.push(1, pairs(1), SCHEMA),
    "suggest": lambda ours: ours.suggestions(1).replace(
        [prediction("s00000")], SCHEMA, model_id="model-1"
    ),
    "suggest at head": lambda ours: ours.suggestions(1).add_at_head(
        lambda sentences: [prediction(one.id, "model-2") for one in sentences],
        SCHEMA,
        model_id="model-2",
        number=9,
    ),
    "waiting tasks": lambda ours: list(
        ours.suggestions(1).waiting_tasks(SCHEMA, without_suggestion_by="")
    ),
    "old suggestions": lambda ours: ours.suggestions(1).count_old(keep=["m"]),
    "remove old suggestions": lambda ours: ours.suggestions(1).remove_old(keep=["m"], most=9),
    "unlabelled": lambda ours: list(ours.unlabelled(1, SCHEMA)),
    "unseen": lambda ours: ours.unseen(1, {"article"}),
    "pull": lambda ours: ours.pull(1, SCHEMA),
    "people": lambda ours: ours.accounts(1),
    "invite": lambda ours: ours.invitation(),
}

SHAPES: tuple[object, ...] = (
    None,
    7,
    "text",
    [],
    {},
    [[]],
    [None],
    {"id": None},
    {"id": [1], "task_number": 1},
    {"id": "x"},
    {"tasks": 5, "total": 1},
    {"tasks": {"a": 1}, "total": 1},
    {"tasks": [{"id": None}], "total": "many"},
    {"results": {"id": 1}},
    {"results": [7]},
    {"detail": "Please wait"},
)


@pytest.fixture(scope="module")
def ready() -> FakeStudio:
    """A server with a project and two tasks; whoever changes it takes a copy."""
    fake = FakeStudio()
    with LabelStudio(URL, TOKEN, transport=fake) as ours:
        assert ours.ensure_project("A project", SCHEMA).id == 1
        ours.push(1, pairs(2), SCHEMA)
    return fake


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("after", range(6))
@pytest.mark.slow
@pytest.mark.usefixtures("waits")
def test_json_of_another_shape_is_one_error_wherever_it_comes_in(
    ready: FakeStudio, use: str, after: int
) -> None:
    """The first answers are right, and from one on all have another shape."""
    for shape in SHAPES:
        fake = deepcopy(ready)
        told = 0

        def answer(request: httpx.Request, fake: FakeStudio = fake, shape: object = shape) -> Any:
            nonlocal told
            right = fake.handle_request(request)
            told += 1
            return right if told <= after or right.status_code == 204 else other(right, shape)

        odd = httpx.MockTransport(answer)
        # Anything but our error would be a bug of ours.
        with suppress(StudioError), LabelStudio(URL, TOKEN, transport=odd) as ours:
            USES[use](ours)


def other(right: httpx.Response, shape: object) -> httpx.Response:
    return httpx.Response(right.status_code, json=shape)


# ------------------------------------------------------------------------------------ put off


def test_what_the_server_puts_off_is_sent_again_when_it_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("annotation.labelstudio.client.time.sleep", waited.append)
    fake = FakeStudio()
    headers = iter([{"Retry-After": "7"}, {}, {"Retry-After": "86400"}])

    def fault(request: httpx.Request, answer: object) -> httpx.Response:
        return httpx.Response(429, json={"detail": "slowly"}, headers=next(headers))

    with LabelStudio(URL, TOKEN, transport=fake) as ours:
        project = ours.ensure_project("A project", SCHEMA).id
        fake.fail("POST project import", fault, fault, fault)
        assert ours.push(project, pairs(2), SCHEMA).created == 2
    assert waited == [7.0, 3.0, 60.0]


def test_who_is_put_off_again_and_again_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotation.labelstudio.client.time.sleep", lambda seconds: None)
    busy = httpx.MockTransport(lambda request: httpx.Response(429, json={"detail": "slowly"}))
    with (
        LabelStudio(URL, TOKEN, transport=busy) as ours,
        pytest.raises(StudioError, match="asked too often") as refused,
    ):
        ours.check()
    assert "run the same again" in refused.value.hint
