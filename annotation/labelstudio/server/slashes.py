"""Addresses without a slash at their end; imported in the server's process alone.

Label Studio's pages ask for the next task, and store labels, at addresses that lack it. It then
makes a page that says that there is no such address, all switches of its pages in it, throws that
away, and answers the address with the slash instead. Here it is answered so at once.

Source: ``CommonMiddlewareAppendSlashWithoutRedirect`` of Label Studio.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import is_valid_path


def with_slash(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A middleware that ends an address in a slash where only so something is found at it."""

    def answered(request: Any) -> Any:
        path = request.path_info
        if not (path.endswith("/") or is_valid_path(path)) and is_valid_path(f"{path}/"):
            request.path_info = f"{path}/"
            request.path = f"{request.path}/"
        return answer(request)

    return answered
