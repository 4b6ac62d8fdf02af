"""What every test may ask for. This file also puts tests/ on the path: `from server import Server`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import forked
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


def pytest_configure(config: pytest.Config) -> None:
    """One process that forks the command, for all workers; where a system cannot do so, none."""
    if hasattr(config, "workerinput") or config.option.collectonly or not hasattr(os, "pidfd_open"):
        return
    address = str(Path(tempfile.mkdtemp(prefix="forks")) / "socket")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(address)
        line.listen(64)
        begin = f"import forked; forked.serve({line.fileno()})"
        forks = subprocess.Popen([sys.executable, "-c", begin], env=_with_path(), pass_fds=[line.fileno()])
    os.environ[forked.VARIABLE] = address
    config.add_cleanup(forks.kill)


def _with_path() -> dict[str, str]:
    """This checkout's package stands before any other that is installed."""
    here = Path(__file__).parent
    return {**os.environ, "PYTHONPATH": f"{here.parent}:{here}"}
