r"""Text made fit for a terminal and a log: secrets struck out, control characters shown, not sent.

File names, addresses and labels come from others. One that holds ``\x1b[2J`` would clear the
screen, and worse sequences than that exist; so whatever goes to a terminal or a log goes through
here.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from urllib.parse import unquote

_UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters but for tab and line end, what turns the direction of writing, half pairs."""
_NOT_SHOWN = re.compile(f"[{_UNSAFE}]")
_IN_AN_ADDRESS = re.compile(r"(?<=://)[^\s'\"<>/@:]*:(?!\d+/)[^\s'\"<>]*@|(?<=://)[^\s'\"<>/?#]*@")
"""User name and password; a password may hold a slash, but what follows a port is a path."""
_TOKEN = re.compile(
    r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|(?:(?<=\bToken )|(?<=\bBearer ))[^\s'\"]{20,}"
)
_LONG_WORD = re.compile(r"\S{400,}")
_OPTIONS = ("--api-key", "--database")
_VARIABLES = ("LABEL_STUDIO_API_KEY", "NEWSLEDGER_DATABASE")
_PASSWORD = re.compile(r"//[^:/@]*:(.*)@")
_SHORTEST = 6
"""Characters of a secret that is looked for in texts; a shorter one is a part of any word."""
STRUCK = "***"


def visible(text: str) -> str:
    r"""The text with its control characters spelt out, such as ``\x1b``; line ends stay."""
    return _NOT_SHOWN.sub(lambda found: _spelt(found.group()), text)


def shortened(text: str) -> str:
    """The text with the first letters of what is too long for a name: nobody reads 5,000."""
    return _LONG_WORD.sub(lambda found: f"{found.group()[:100]}…", text)


def visible_in_a_line(text: str) -> str:
    """The same for what is one line, and must not begin another."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


def visible_json(text: str) -> str:
    """JSON that says the same, with JSON's own escapes for all that a terminal would obey."""
    if text.isprintable():  # nearly every line, in half the time
        return text
    return _NOT_SHOWN.sub(lambda found: json.dumps(found.group())[1:-1], text)


def without_secrets(
    text: str, arguments: Sequence[str] | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """The text without the secrets of this run, and without passwords in addresses.

    Args:
        text: what goes to a terminal or a log.
        arguments: the command line; None for that of the process.
        environment: the variables; None for those of the process.
    """
    given = _given(sys.argv if arguments is None else arguments)
    variables = os.environ if environment is None else environment
    given += [variables.get(name, "") for name in _VARIABLES]
    passwords = [found[1] for one in given if (found := _PASSWORD.search(one))]
    given += [*passwords, *(unquote(one) for one in passwords)]
    for secret in sorted({one.strip() for one in given}, key=len, reverse=True):
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, STRUCK)
    return _TOKEN.sub(STRUCK, _IN_AN_ADDRESS.sub(f"{STRUCK}@", text))


def arguments_without_secrets(arguments: Sequence[str]) -> list[str]:
    """The command line as it may be kept."""
    kept, follows = list[str](), False
    for argument in arguments:
        name, equals, _ = argument.partition("=")
        if follows:
            kept.append(STRUCK)
        elif name in _OPTIONS and equals:
            kept.append(f"{name}={STRUCK}")
        else:
            kept.append(without_secrets(argument, arguments))
        follows = not follows and argument in _OPTIONS
    return kept


def _given(arguments: Sequence[str]) -> list[str]:
    after = [value for name, value in pairwise(arguments) if name in _OPTIONS]
    parted = [one.partition("=") for one in arguments]
    return after + [value for name, _, value in parted if name in _OPTIONS]


def _spelt(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
