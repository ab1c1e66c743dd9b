"""Values of a JSON that may hold anything: what they are where they fit, else nothing."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import TypeGuard


def is_int(value: object) -> TypeGuard[int]:
    """True for a whole number; Python holds true and false for numbers too."""
    return isinstance(value, int) and not isinstance(value, bool)


def as_int(value: object, default: int) -> int:
    """A whole number, else ``default``."""
    return value if is_int(value) else default


def as_float(value: object) -> float | None:
    """A finite number, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def as_decimal(value: object) -> Decimal | None:
    """A finite number, also one in a text, digit by digit; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def as_strings(value: object) -> list[str]:
    """The texts of a list, or the one text that stands in place of a list."""
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def kind_of(value: object) -> str:
    """What JSON calls a value."""
    names = {dict: "object", list: "list", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")


def shown(text: str) -> str:
    """A text in quotes, cut where it is long, for a message."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
