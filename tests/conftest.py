"""What every test may ask for. This file also puts tests/ on the path: `from server import Server`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from server import Server

settings.register_profile("catering", deadline=None)
settings.load_profile("catering")
"""No test fails on a clock: the first example also loads what is imported late."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A model server of this test's own, in a thread."""
    with Server() as running:
        yield running
