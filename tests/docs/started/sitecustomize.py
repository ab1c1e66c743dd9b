"""Has a process that an example starts take its models from this run's folder, as the tests do.

Python imports a module of this name as it starts. Nothing more is imported than before until the
process comes to what fits models.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

CALLERS = ("training.challenger", "training.evaluation.cross_fitting")
"""As in ``tests.fits``, which is imported no sooner than it is needed."""


class _SharedFits(Loader):
    """Loads one of the callers and gives it another ``fit``."""

    def __init__(self, own: Loader) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._own.exec_module(module)
        from tests.fits import SharedFits

        vars(module)["fit"] = SharedFits(Path(os.environ["SHARED_FITS"])).fit


class _Finder(MetaPathFinder):
    """Finds the callers as they are found anyway."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in CALLERS:
            return None
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        if spec is not None and spec.loader is not None:
            spec.loader = _SharedFits(spec.loader)
        return spec


sys.meta_path.insert(0, _Finder())
