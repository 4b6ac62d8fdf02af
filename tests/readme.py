"""The README's fenced commands, run offline; `python tests/readme.py` writes their output into the README again."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(bash|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALLS = "python3 -m venv"
"""How a line begins that needs a network: it is compared with `.ci/run`, and what it calls is run without it."""


@dataclass(frozen=True)
class Block:
    """A fenced block: a script, or commands each followed by its output."""

    kind: str
    text: str
    start: int
    end: int


def blocks(text: str) -> Iterator[Block]:
    """All blocks that are meant to be run."""
    for found in _BLOCK.finditer(text):
        yield Block(found[1], found[2], found.start(2), found.end(2))


class Shell:
    """A folder like a fresh clone, with `catering` on the path, no key and no network use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("sample_orders", "configs"):
            shutil.copytree(ROOT / name, folder / name)
        programs = folder / ".programs"
        programs.mkdir()
        command = programs / "catering"
        command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m catering_cli "$@"\n')
        command.chmod(0o755)
        kept = {key: value for key, value in os.environ.items() if not key.endswith(("_API_KEY", "_AUTH_TOKEN"))}
        self.environment = {
            **kept,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "CATERING_STATE": str(folder / ".state"),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONIOENCODING": "utf-8",
        }

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """A script; standard error goes where standard output goes, as in a terminal."""
        return subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )


def written(block: Block, shell: Shell) -> str:
    """A console block with the output that its commands have now."""
    out = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            out += [line, shell.run(line[2:]).stdout.rstrip("\n")]
    return "\n".join(part for part in out if part) + "\n"


def refreshed(text: str, shell: Shell) -> str:
    """The README with the output of today; scripts are run on the way, because later commands use their files."""
    parts, at = [], 0
    for block in blocks(text):
        if block.kind == "console":
            parts += [text[at : block.start], written(block, shell)]
            at = block.end
        elif INSTALLS not in block.text:
            shell.run(block.text)
    return "".join(parts) + text[at:]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        README.write_text(refreshed(README.read_text(), Shell(Path(temporary))))
