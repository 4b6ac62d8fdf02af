"""What every test may ask for. This file also puts tests/ on the path: `from server import Server`."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from server import Server

settings.register_profile("catering", deadline=None)
settings.load_profile("catering")
"""No test fails on a clock: the first example also loads what is imported late."""

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # commands that tests start would compile every module each time


@pytest.fixture
def server() -> Iterator[Server]:
    """A model server of this test's own, in a thread."""
    with Server() as running:
        yield running
