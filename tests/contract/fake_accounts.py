"""Who the fake server lets in: the calls on people, their forms and their tokens."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

import httpx

from tests.contract.fake_state import INVITED, USER, FakeState, Json, error

_FORM = "<!doctype html><form></form>"


class FakeAccounts(FakeState):
    """The calls on people."""

    def _get_whoami(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, {"id": 1, "email": USER}

    def _get_invite(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, {"token": INVITED, "invite_url": f"/user/signup/?token={INVITED}"}

    def _signed_up(self, request: httpx.Request) -> httpx.Response:
        """The form behind the invitation: a page, unless it is accepted."""
        query = parse_qs(request.url.query.decode())
        if request.method == "GET":
            return httpx.Response(200, text=_FORM, headers={"Set-Cookie": f"csrftoken={INVITED}"})
        given = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        if (
            query.get("token") != [INVITED]
            or given.get("csrfmiddlewaretoken") != INVITED
            or f"csrftoken={INVITED}" not in request.headers.get("Cookie", "")
        ):
            return httpx.Response(403, text="<!doctype html><title>Forbidden</title>")
        email = given.get("email", "").lower()
        domain = email.partition("@")[2]
        taken = any(one["email"] == email for one in self.users.values())
        if taken or "." not in domain or len(given.get("password", "")) < 8:
            return httpx.Response(200, text=_FORM)
        user = max(self.users) + 1
        self.users[user] = {"id": user, "email": email, "first_name": "", "last_name": ""}
        self.passwords[email] = given["password"]
        return httpx.Response(302, headers={"Location": "/api/version/"})

    def _logged_in(self, request: httpx.Request) -> httpx.Response:
        """The form of those who have an account, and the token of who came in through it."""
        cookies = request.headers.get("Cookie", "")
        if request.url.path.startswith("/api/"):
            session = re.search(r"sessionid=(\d+)", cookies)
            if session is None:
                return error(401, "Authentication credentials were not provided.")
            user = int(session.group(1))
            token = f"{user:040d}"
            self.tokens[f"Token {token}"] = user
            return httpx.Response(200, json={"token": token})
        if request.method == "GET":
            return httpx.Response(200, text=_FORM, headers={"Set-Cookie": f"csrftoken={INVITED}"})
        given = {k: v[0] for k, v in parse_qs(request.content.decode()).items()}
        email = given.get("email", "").lower()
        known = {one["email"]: number for number, one in self.users.items()}
        if f"csrftoken={INVITED}" not in cookies:
            return httpx.Response(403, text="<!doctype html><title>Forbidden</title>")
        if email not in known or self.passwords.get(email) != given.get("password"):
            return httpx.Response(200, text=_FORM)
        headers = {"Set-Cookie": f"sessionid={known[email]}; Path=/", "Location": "/api/version/"}
        return httpx.Response(302, headers=headers)

    def _get_users(self, body: Any, query: Json) -> tuple[int, Any]:
        return 200, [{**one, "last_activity": None} for one in self.users.values()]

    def _patch_user(self, body: Any, query: Json, user: int) -> tuple[int, Any]:
        self.users[user] |= body
        return 200, self.users[user]
