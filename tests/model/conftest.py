"""What a model says, and what becomes of one."""

from __future__ import annotations

import pytest

from tests.fits import SharedFits


@pytest.fixture(scope="session", autouse=True)
def trained_once(fits: SharedFits) -> SharedFits:
    """Each model is fitted once."""
    return fits
