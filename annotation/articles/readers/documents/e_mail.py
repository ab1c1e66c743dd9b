"""E-mails, as mail programs save them: the text of each, without what is attached."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotation.articles.decoding import check_text
from annotation.articles.readers.documents.web_page import article_in
from annotation.articles.readers.interface import Format, InputRow, InputRows, Request
from annotation.errors import ArticleError

if TYPE_CHECKING:
    from email.message import EmailMessage

MAX_BYTES = 50_000_000
"""Bytes of an e-mail with all that is attached."""


def read_e_mail(path: Path, request: Request) -> InputRows:
    """The text of an e-mail, as the only row; what is attached is named and not read."""
    import email
    from email import policy

    where = str(path)
    with path.open("rb") as raw:
        content = raw.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ArticleError(
            f"{where}: the e-mail has more than {MAX_BYTES // 1_000_000} MB.",
            hint="Save what is attached, and give that.",
        )
    try:
        message = email.message_from_bytes(content, policy=policy.default)
        attached = [one.get_filename() or "unnamed" for one in message.iter_attachments()]
        row = _row(message, where, request)
    except ArticleError:
        raise
    except Exception as error:  # a damaged one raises whatever its parts lead to
        raise ArticleError(
            f"{where}: is not an e-mail that can be read ({type(error).__name__}).",
            hint="Copy its text into a .txt file.",
        ) from error
    if attached:
        some = ", ".join(attached[:3]) + (" and others" if len(attached) > 3 else "")
        request.on_problem(
            ArticleError(
                f"{where}: what is attached was not read ({some}).",
                hint="Save it beside the e-mail, and give it, too.",
            )
        )
    yield where, row


def _row(message: EmailMessage, where: str, request: Request) -> InputRow:
    from email.utils import parseaddr

    body = message.get_body(("plain", "html"))
    if body is None:
        raise ArticleError(
            f"{where}: the e-mail has no text.",
            hint="If something is attached, save it and give that.",
        )
    content = body.get_content()
    if not isinstance(content, str):
        raise ArticleError(f"{where}: the e-mail has no text.")
    if body.get_content_subtype() == "html":
        row = article_in(content, where, url=None, on_problem=request.on_problem)
    else:
        text = content.replace("\r\n", "\n")
        check_text(text, where, "the e-mail")
        row = {"text": text}
    name, address = parseaddr(str(message["From"] or ""))
    return {
        **row,
        "title": " ".join(str(message["Subject"] or "").split()),
        "source": name or address or None,
        "published": _date(str(message["Date"] or "")),
    }


def _date(said: str) -> str | None:
    """The day on which it was sent, where it says so."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


E_MAIL = Format("an e-mail", (".eml",), read_e_mail, presplit=False)
"""E-mails, one a file."""
