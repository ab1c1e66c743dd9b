"""The account under which a machine labels: a user of its own, told by its address.

What it says is kept apart from what people say wherever annotations are read, so that nobody learns
from it, measures by it or counts it as a label. The address alone tells, for a workspace whose
files were lost holds no list of machines. An export that names people by number tells nothing: in
it, a machine is a person like others.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"newsledger-machine-\w+@newsledger\.local", re.IGNORECASE)


def machine_address(workspace: str) -> str:
    """The login name of a workspace's machine.

    Args:
        workspace: the workspace's id, letters and digits.
    """
    return f"newsledger-machine-{workspace}@newsledger.local"


def is_machine(annotator: str) -> bool:
    """Whether an annotator is a machine, of whichever workspace."""
    return _ADDRESS.fullmatch(annotator) is not None
