"""A client of one Label Studio; the only module that imports its SDK.

Whatever the SDK or its HTTP library raises leaves here as one of our errors, and what the server
answers only after it was checked (``answers``). The SDK's own retries are off wherever something
is written, because a repeated import doubles tasks; only what the server puts off (429) is sent
again, by whatever call.

The SDK takes a second to load and is imported on first use.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from annotation.errors import (
    NewsledgerError,
    StudioAuthError,
    StudioError,
    StudioGoneError,
    StudioUncertainError,
    StudioUnreachableError,
)
from annotation.labelstudio.imported_later import OF_THE_SDK, imported_later

if TYPE_CHECKING:
    import httpx

_T = TypeVar("_T")

READ_TIMEOUT = 60.0
"""Seconds to wait for the answer to a question."""

WRITE_TIMEOUT = 600.0
"""Seconds to wait for a write; a server without the batch switch takes half a minute."""

ONCE: Mapping[str, Any] = {"max_retries": 0}
"""The SDK's ``request_options`` for a call that it must not repeat by itself."""

ONE_WRITE: Mapping[str, Any] = {**ONCE, "timeout": WRITE_TIMEOUT}
"""The same for a call that may take the server long."""

REPEATABLE: Mapping[str, Any] = {"max_retries": 4, "timeout": WRITE_TIMEOUT}
"""For a write that does no harm a second time; the SDK waits longer before each.

SQLite refuses a transaction at once ("database is locked") that has read what another is about to
change: people who store annotations come between now and then.
"""

_PUT_OFF = (1.0, 3.0, 9.0)
"""Seconds to wait before a call is sent again that the server has put off without naming a time."""

_PUT_OFF_MOST = 60.0
"""Seconds to wait at most, whatever time the server names."""


class Client:
    """A server's address and a person's token, and the calls that go through them.

    Args:
        url: address, e.g. ``http://127.0.0.1:8080``.
        api_key: a legacy token or a personal access token; the SDK tells them apart.
        transport: what carries the requests instead of the network; the seam for tests.
        export_folder: where the server keeps the files of exports; None where it is not ours.
    """

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        transport: httpx.BaseTransport | None = None,
        export_folder: Path | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self.export_folder = export_folder
        """Where the server keeps the files of exports; None where it is not ours."""
        self._api_key = api_key
        self._transport = transport

    def close(self) -> None:
        """Close what is open; the object may be used again."""
        if "_http" in self.__dict__:
            self._http.close()
            del self.__dict__["_http"]
            self.__dict__.pop("sdk", None)

    @cached_property
    def sdk(self) -> Any:  # the SDK's own types promise less than its answers hold
        """The SDK's client; use it within :meth:`asking`."""
        with imported_later(*OF_THE_SDK):
            import label_studio_sdk.projects.client_ext  # noqa: F401 -- its clients load others
            from label_studio_sdk import LabelStudio as Sdk

        key = self._api_key.strip()
        if not key or not key.isascii() or not key.isprintable():
            raise StudioAuthError(
                f"The token for Label Studio at {self.url} is empty or holds characters that no "
                "token has.",
                hint=_TOKEN_HINT,
            )
        return Sdk(  # type: ignore[no-untyped-call]
            base_url=self.url,
            api_key=key,
            httpx_client=self._http,
            timeout=READ_TIMEOUT,
        )

    @cached_property
    def _http(self) -> Any:
        return self.visitor()

    def visitor(self) -> Any:
        """A connection without a token, as a browser that nobody has logged in with.

        Like :attr:`sdk`, to be used within :meth:`asking`.
        """
        import httpx

        # A server on this machine must not be looked for behind a proxy. On a connection that is
        # used again, Django's own server answers 40 ms late (Nagle's algorithm meets the client's
        # delayed acknowledgement); opening another one on this machine costs nothing.
        local = httpx.URL(self.url).host in ("127.0.0.1", "localhost", "::1")

        class Patient(httpx.Client):
            """Sends again what the server has put off (429): it has done none of it."""

            def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
                for pause in _PUT_OFF:
                    answer = super().send(request, **how)
                    if answer.status_code != 429:
                        return answer
                    answer.close()
                    time.sleep(_pause_asked_for(answer, pause))
                return super().send(request, **how)

        return Patient(
            limits=httpx.Limits(max_keepalive_connections=0 if local else 10),
            timeout=READ_TIMEOUT,
            follow_redirects=True,
            trust_env=not local,
            transport=self._transport,
        )

    # ---------------------------------------------------------------------- calls

    def who(self) -> tuple[str, str]:
        """The e-mail address that the token belongs to, and the server's release."""
        from annotation.labelstudio.answers import Release, User

        what = "asking who answers"
        with self.asking(what):
            user = self.sdk.users.whoami(request_options=ONCE)
            version = self.sdk.versions.get(request_options=ONCE)
        email = self.checked(User, user, what).email
        return email, self.checked(Release, version, what).release

    def checked(self, shape: type[_T], answer: object, what: str) -> _T:
        """An answer of the server as one of the shapes in ``answers``.

        Raises:
            StudioUnreachableError: it is JSON of another shape.
        """
        from annotation.labelstudio.answers import as_shape

        found = as_shape(shape, answer)
        if found is None:
            raise self._foreign(what)
        return found

    def post_rows(self, path: str, rows: Sequence[Mapping[str, object]]) -> object:
        """Send many records at once, with the SDK's authentication but not its encoder.

        The encoder walks through every value in Python, which costs the client a third of what
        storing costs the server.
        """
        return self.raw("POST", path, json.dumps(rows).encode(), timeout=WRITE_TIMEOUT)

    def read(self, path: str, questions: Mapping[str, object]) -> Any:
        """The JSON of a question, which the SDK repeats as its own, without making objects of it.

        Like :attr:`sdk`, to be used within :meth:`asking`.

        Args:
            path: what is asked for, below ``/api/``.
            questions: what stands behind the question mark.
        """
        from label_studio_sdk.core.api_error import ApiError

        answer = self.sdk._client_wrapper.httpx_client.request(
            f"api/{path}", method="GET", params=questions
        )
        try:
            body = answer.json()
        except ValueError:
            body = answer.text
        if answer.status_code >= 400 or isinstance(body, str):
            raise ApiError(status_code=answer.status_code, body=body)
        return body

    def raw(
        self, method: str, path: str, content: bytes | None = None, *, timeout: float | None = None
    ) -> Any:
        """A call that the SDK has no method for, or no fast one; never repeated.

        Like :attr:`sdk`, to be used within :meth:`asking`.
        """
        from label_studio_sdk.core.api_error import ApiError

        headers = {**self.sdk._client_wrapper.get_headers(), "Content-Type": "application/json"}
        answer = self._http.request(
            method,
            f"{self.url}/api/{path}",
            content=content,
            headers=headers,
            timeout=timeout or READ_TIMEOUT,
        )
        try:
            body = answer.json() if answer.content else None
        except ValueError:
            body = answer.text
        if answer.status_code >= 400 or isinstance(body, str):
            raise ApiError(status_code=answer.status_code, body=body)
        return body

    # --------------------------------------------------------------------- errors

    @contextmanager
    def asking(self, what: str, refused: type[Exception] = StudioError) -> Iterator[None]:
        """Translate the errors of the SDK and of its HTTP library into ours.

        Args:
            what: what is being done, for the message.
            refused: the error for a request that the server understands and refuses (400).
        """
        import httpx
        from label_studio_sdk.core.api_error import ApiError
        from label_studio_sdk.core.parse_error import ParsingError

        try:
            yield
        except NewsledgerError:
            raise
        except ApiError as error:
            raise self._from_status(error, what, refused) from error
        except ParsingError as error:
            raise self._foreign(what) from error
        except _never_sent() as error:
            raise StudioUnreachableError(
                f"No Label Studio answers at {self.url} ({type(error).__name__}: {error}).",
                hint="Start it with `newsledger up`, or check --label-studio-url.",
            ) from error
        except httpx.TimeoutException as error:
            raise StudioUncertainError(
                f"Label Studio at {self.url} did not answer in time while {what}.",
                hint="Is it busy or hanging? Run the same again: nothing is sent twice.",
            ) from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise StudioUncertainError(
                f"The connection to Label Studio at {self.url} broke off while {what} "
                f"({type(error).__name__}: {error}).",
                hint="Does it still run? Run the same again: nothing is sent twice.",
            ) from error
        except Exception as error:
            if not _raised_while_reading(error):
                raise
            raise self._foreign(what) from error

    def _from_status(self, error: Any, what: str, refused: type[Exception]) -> Exception:
        status, detail = error.status_code, _detail(error.body)
        if status is None:
            return StudioAuthError(
                f"There is no token for Label Studio at {self.url}.", hint=_TOKEN_HINT
            )
        if status in (401, 403):
            return StudioAuthError(
                f"Label Studio at {self.url} refuses the token ({status}: {detail}).",
                hint=_TOKEN_HINT,
            )
        if status == 429:
            return StudioError(
                f"Label Studio at {self.url} is asked too often ({detail}) while {what}.",
                hint="Wait a minute and run the same again: nothing is sent twice.",
            )
        if status < 400 or (_is_page(error.body) and status < 500):
            return self._foreign(what)
        if status == 404:
            return StudioGoneError(
                f"Label Studio at {self.url} no longer has it (while {what}): {detail}.",
                hint="Was the project deleted? `newsledger up` makes a new one.",
            )
        if status >= 500 or status == 408:
            return StudioUncertainError(
                f"Label Studio at {self.url} failed ({status}) while {what}: {detail}.",
                hint="Its disk may be full; look at its log. Run the same again: nothing is sent "
                "twice.",
            )
        message = f"Label Studio at {self.url} refused {what} ({status}): {detail}."
        return refused(message)

    def _foreign(self, what: str) -> StudioUnreachableError:
        return StudioUnreachableError(
            f"What answers at {self.url} is not a Label Studio (while {what}).",
            hint="Check --label-studio-url; it is the address without a path such as /projects.",
        )


_TOKEN_HINT = (
    "Copy a token from Account & Settings in Label Studio and give it with --api-key "  # noqa: S105
    "or LABEL_STUDIO_API_KEY."
)


def _never_sent() -> tuple[type[Exception], ...]:
    """What is raised where no server was reached, so that none can be at work on the call."""
    import httpx

    return (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.CookieConflict,
        httpx.InvalidURL,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
    )


def _raised_while_reading(error: Exception) -> bool:
    """Whether an error comes out of the libraries that take an answer apart, not out of our code.

    They meet JSON of another shape with whatever Python raises at that place.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = str(trace.tb_frame.f_globals.get("__name__")) if trace is not None else ""
    return module.partition(".")[0] in ("httpx", "json", "label_studio_sdk", "pydantic")


def _pause_asked_for(answer: httpx.Response, default: float) -> float:
    """The seconds of the header Retry-After, where it has any that can be waited for."""
    asked = answer.headers.get("Retry-After", "").strip()
    return min(float(asked), _PUT_OFF_MOST) if asked.isdecimal() else default


def _is_page(body: object) -> bool:
    return isinstance(body, str) and body.lstrip()[:15].lower().startswith(("<!doctype", "<html"))


def _detail(body: object) -> str:
    """The server's own words, short enough for a sentence."""
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            body = "a web page" if _is_page(body) else body
    if isinstance(body, Mapping):
        reasons = body.get("validation_errors") or body.get("detail") or body
        body = json.dumps(reasons, ensure_ascii=False) if not isinstance(reasons, str) else reasons
    text = " ".join(str(body).split()).rstrip(".")
    return text if len(text) <= 300 else text[:299] + "…"
