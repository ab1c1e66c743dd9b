"""A digest of what was learnt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

_ADDRESSES = frozenset({"_stop_words_id"})
"""Where scikit-learn notes what lies where in memory; other in each process, and not learnt."""


def weights_digest(value: object) -> str:
    """SHA-256 of everything learnt, independent of how it is stored.

    A pickle's bytes depend on which equal strings are the same object; this walks the values
    instead, so that the same snapshot and code give the same digest.
    """
    digest = hashlib.sha256()
    for chunk in _chunks(value):
        digest.update(len(chunk).to_bytes(8))
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(value: Any) -> Iterator[bytes]:
    yield type(value).__name__.encode()
    if sparse.issparse(value):
        value = value.tocsr()
        yield from _chunks((value.shape, value.data, value.indices, value.indptr))
    elif isinstance(value, np.ndarray | np.generic) and value.dtype != object:
        yield f"{value.dtype.str}{value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, np.ndarray | list | tuple):
        for item in value:
            yield from _chunks(item)
    elif isinstance(value, dict):
        for key in sorted(value, key=repr):
            yield from _chunks(key)
            yield from _chunks(value[key])
    elif isinstance(value, set | frozenset):
        yield from (repr(item).encode() for item in sorted(value, key=repr))
    elif isinstance(value, type) or (callable(value) and hasattr(value, "__qualname__")):
        yield f"{value.__module__}.{value.__qualname__}".encode()
    elif hasattr(value, "__dict__"):
        yield from _chunks({key: one for key, one in vars(value).items() if key not in _ADDRESSES})
    elif hasattr(value, "__slots__"):
        yield from _chunks([getattr(value, name, None) for name in value.__slots__])
    else:
        yield repr(value).encode()
