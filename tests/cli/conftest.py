"""The real command as a real process, offline, with a state folder of its own."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from forked import command_line

ROOT = Path(__file__).parents[2]

Catering = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def catering(tmp_path: Path) -> Catering:
    def run(*args: str, stdin: str | bytes | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {key: value for key, value in os.environ.items() if not key.endswith("_API_KEY")}
        env = {
            **kept,
            "CATERING_STATE": str(tmp_path / "state"),
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
            **environment,
        }
        done = subprocess.run(
            [*command_line(), *args],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env=env,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
