"""The people who label on a server: who they are, and how another one joins.

Label Studio has no call that makes an account with a password. There is a link, which whoever has
it can use, and behind it a form.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass

from annotation.errors import InputError, StudioError
from annotation.labelstudio.client import Client
from annotation.labelstudio.tasks.filters import LABELLED, both, by_annotator
from annotation.labelstudio.tasks.task_queries import TaskQueries

_CSRF = "csrftoken"
_DOMAIN = "newsledger.local"
"""Of addresses that are made from a name; no mail is ever sent."""


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can log in."""

    id: int
    """Their number on the server."""
    email: str
    """Their login name."""
    name: str
    """First and last name; may be empty."""
    last_activity: str | None
    """When the server last heard of them, ISO 8601; None where that is not known."""
    annotations: int | None
    """Labelled sentences of the project that they have labelled; None where there is no project."""


def login_of(person: str | None) -> tuple[str, str]:
    """The e-mail address that Label Studio wants of somebody, and their name.

    Raises:
        InputError: nobody was named, or the name gives no address.
    """
    person = (person or "").strip()
    if re.fullmatch(r"[^\s@]+@[^\s@]+", person):
        return person.lower(), ""
    plain = unicodedata.normalize("NFKD", person).encode("ascii", "ignore").decode().lower()
    local = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not local or "@" in person:
        raise InputError(
            f"'{person}' is neither a name nor an e-mail address."
            if person
            else "Nobody was named.",
            hint="Name the person, `newsledger annotators add Ann`, or give an e-mail address.",
        )
    return f"{local}@{_DOMAIN}", person


def list_accounts(client: Client, project_id: int | None) -> tuple[Account, ...]:
    """Everybody who can log in; see :meth:`.LabelStudio.accounts`."""
    from annotation.labelstudio.answers import ListedUser

    what = "listing the people"
    with client.asking(what):
        answer = client.raw("GET", "users/")
    found = client.checked(tuple[ListedUser, ...], answer or (), what)
    return tuple(
        Account(
            id=one.id,
            email=one.email,
            name=f"{one.first_name} {one.last_name}".strip(),
            last_activity=one.last_activity,
            annotations=None if project_id is None else _labelled(client, project_id, one.id),
        )
        for one in sorted(found, key=lambda one: one.id)
    )


def invitation(client: Client) -> str:
    """The address of the form; see :meth:`.LabelStudio.invitation`."""
    from annotation.labelstudio.answers import Invitation

    what = "asking for the invitation"
    with client.asking(what):
        answer = client.raw("GET", "invite")
    return f"{client.url}{client.checked(Invitation, answer, what).invite_url}"


def sign_up(client: Client, email: str, password: str, name: str) -> None:
    """Fill in the form for somebody; see :meth:`.LabelStudio.sign_up`."""
    link = invitation(client)
    _check_free(client, email)
    with client.asking("making the account"), client.visitor() as visitor:
        visitor.get(link)
        visitor.post(
            link,
            data={
                "email": email,
                "password": password,
                "csrfmiddlewaretoken": visitor.cookies.get(_CSRF, ""),
            },
            headers={"Referer": link},
        )
    # The form answers 200 with a page, whether it was accepted or not.
    made = _of(client, email)
    if made is None:
        raise StudioError(
            f"Label Studio at {client.url} did not make an account for {email}.",
            hint="Is it an e-mail address? Else make the account in its own pages.",
        )
    if name:
        with client.asking("naming the account"):
            body = json.dumps({"first_name": name}).encode()
            client.raw("PATCH", f"users/{made.id}/", body)


def token_of(client: Client, email: str, password: str) -> str | None:
    """The token of an account, from its own pages; None where nobody can log in like that."""
    from annotation.labelstudio.answers import AccountToken, as_shape

    page = f"{client.url}/user/login/"
    with client.asking("logging in"), client.visitor() as visitor:
        visitor.get(page)
        form = {"email": email, "password": password}
        form["csrfmiddlewaretoken"] = visitor.cookies.get(_CSRF, "")
        visitor.post(page, data=form, headers={"Referer": page})
        answer = visitor.get(f"{client.url}/api/current-user/token")
        if answer.status_code != 200:
            return None
        found = as_shape(AccountToken, answer.json())
    return None if found is None else found.token


def _check_free(client: Client, email: str) -> None:
    if _of(client, email) is not None:
        raise StudioError(
            f"{email} has an account at {client.url} already.",
            hint="`newsledger annotators reset-password` gives it a new password.",
        )


def _of(client: Client, email: str) -> Account | None:
    """The account of an address, which the server writes in small letters."""
    found = list_accounts(client, None)
    return next((one for one in found if one.email.lower() == email.lower()), None)


def _labelled(client: Client, project_id: int, user: int) -> int:
    return TaskQueries(client, project_id).count(both(LABELLED, by_annotator(user)))
