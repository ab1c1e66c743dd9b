"""Code conflict news: what people call, from the command line or from a notebook.

    import newsledger as nl

    model = nl.load("workspace")
    rows = model.predict(["Some 100 fighters surrendered."])

Importing it is cheap; scikit-learn and the Label Studio SDK load when they are needed.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsledger.notebook import Article, NewsledgerError, load, quantities, read_labels

__all__ = ["Article", "NewsledgerError", "load", "quantities", "read_labels"]

__version__ = "0.1.0"


def _bind(package: str) -> None:
    """Let the name of a package that was installed with this one mean that package.

    People who label news have folders called ``annotation`` and ``training``. Where one of these is
    found first (in the current directory, through PYTHONPATH), our imports would get it.

    Raises:
        ImportError: another package of the name has been imported already.
    """
    home = Path(__file__).resolve().parent.parent
    loaded = sys.modules.get(package)
    if loaded is None:
        spec = PathFinder.find_spec(package, [str(home)])
        if spec is None or spec.loader is None:
            raise ImportError(f"newsledger is not complete: {home / package} is missing.")
        sys.modules[package] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return
    folders = [Path(folder).resolve() for folder in getattr(loaded, "__path__", ())]
    if home / package not in folders:
        where = getattr(loaded, "__file__", None) or ", ".join(map(str, folders))
        raise ImportError(
            f"Another package called '{package}' ({where}) is in use, and newsledger has one of "
            "that name: import newsledger before it, or rename yours."
        )


for _package in ("annotation", "training"):
    _bind(_package)


if not TYPE_CHECKING:  # a type checker sees the imports above, and knows that there is no more

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module 'newsledger' has no attribute '{name}'")
        from newsledger import notebook

        return getattr(notebook, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
