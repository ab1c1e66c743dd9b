"""Libraries that others bring along and nothing here uses: loaded only where somebody does.

Label Studio's SDK loads pandas, for tables that nobody asks it for, and jsf, which makes up
examples of labels, and with that Faker, boto3 and Azure's client: 1.0 of 1.9 seconds of processor
time and 138 of 210 MB, in each verb that asks a server. Label Studio loads NLTK to take words
apart, which tries SciPy's statistics and scikit-learn, too: 1.3 of 4.5 seconds and 74 of 363 MB at
each start.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

OF_THE_SDK = ("jsf", "pandas")
"""What ``label_studio_sdk`` imports and does not need for our calls."""

OF_NLTK = (
    *("scipy.stats", "sklearn", "sklearn.datasets"),
    *("sklearn.feature_extraction", "sklearn.preprocessing"),
)
"""What ``nltk`` imports where it is installed, for classifiers and measures."""


@contextmanager
def imported_later(*modules: str) -> Iterator[None]:
    """What is imported in this block gets stand-ins of these modules; others get the modules.

    Whatever such a stand-in is asked for, called as a function or a class, loads the module first.
    Modules that are loaded already stay what they are. Another thread that imports one of them
    meanwhile gets the stand-in, too.

    Args:
        modules: their full names.
    """
    stand_ins = {name: _StandIn(name) for name in modules if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            _forget(name)


class _StandIn(ModuleType):
    """A module of which nothing is loaded yet."""

    def __getattr__(self, name: str) -> _Named:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Named(self.__name__, name)


class _Named:
    """Something in a module that is loaded once it is used."""

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._real()(*given, **named)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._real(), name)

    def _real(self) -> Any:
        _forget(self._module)
        module = importlib.import_module(self._module)
        try:
            return getattr(module, self._name)
        except AttributeError:  # a module within a package
            return importlib.import_module(f"{self._module}.{self._name}")


def _forget(name: str) -> None:
    """Let the next import load the module itself."""
    if isinstance(sys.modules.get(name), _StandIn):
        del sys.modules[name]
