"""E-mails, as mail programs save them: the text of each, without what is attached."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import TYPE_CHECKING

from annotation.articles.decoding import check_text
from annotation.articles.readers.documents.web_page import article_in
from annotation.articles.readers.interface import Format, InputRow, InputRows, Request
from annotation.errors import ArticleError

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

MAX_BYTES = 50_000_000
"""Bytes of an e-mail with all that is attached."""
MAX_PARTS = 1_000
"""Parts of an e-mail: forms of its text, and what is attached."""
MAX_HEADER = 10_000
"""Characters of a header that is read; Python takes a second for 10,000 addresses in one."""

_READ = frozenset({
    "from", "subject", "date", "content-type", "content-disposition", "content-transfer-encoding",
})  # fmt: skip
"""Headers that are read, of the e-mail or of its parts."""


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
        content = content.removeprefix(codecs.BOM_UTF8)
        message = email.message_from_bytes(content, policy=policy.default)
        _check_parts(message, where)
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


def _check_parts(message: EmailMessage, where: str) -> None:
    """Refuse an e-mail that takes minutes to read, and that nobody writes."""
    for number, part in enumerate(message.walk(), 1):
        if number > MAX_PARTS:
            raise ArticleError(
                f"{where}: the e-mail has more than {MAX_PARTS:,} parts.",
                hint="Copy its text into a .txt file.",
            )
        for name, value in part.raw_items():
            if len(str(value)) > MAX_HEADER and name.lower() in _READ:
                raise ArticleError(
                    f"{where}: its header '{name}' has more than {MAX_HEADER:,} characters.",
                    hint="Copy its text into a .txt file.",
                )


def _row(message: EmailMessage, where: str, request: Request) -> InputRow:
    from email.utils import parseaddr

    body = message.get_body(("plain", "html"))
    if body is None:
        raise ArticleError(
            f"{where}: the e-mail has no text.",
            hint="If something is attached, save it and give that.",
        )
    content = _text(body, where)
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


def _text(body: MIMEPart, where: str) -> str:
    """The text of a part, in the encoding that it names; where it names none, UTF-8."""
    packed = body.get_payload(decode=True)
    if not isinstance(packed, bytes):
        raise ArticleError(f"{where}: the e-mail has no text.", hint="Copy it into a .txt file.")
    if damages := [type(one).__name__ for one in body.defects if "Base64" in type(one).__name__]:
        raise ArticleError(
            f"{where}: the text of the e-mail is packed as base64 and damaged ({damages[0]}).",
            hint="Copy its text into a .txt file.",
        )
    named = str(body.get_param("charset") or "utf-8")
    charset = "utf-8" if named.lower() in ("ascii", "us-ascii") else named  # which it contains
    try:
        return packed.decode(charset).removeprefix("\ufeff")
    except (LookupError, ValueError) as error:
        raise ArticleError(
            f"{where}: the text of the e-mail is not in the encoding '{named}'.",
            hint="Copy its text into a .txt file, saved as UTF-8.",
        ) from error


def _date(said: str) -> str | None:
    """The day on which it was sent, where it says so."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None


E_MAIL = Format("an e-mail", (".eml",), read_e_mail, presplit=False)
"""E-mails, one a file."""
