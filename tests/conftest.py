"""What every test may ask for. This file also puts tests/ on the path: `from server import Server`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A model server of this test's own, in a thread."""
    with Server() as running:
        yield running
