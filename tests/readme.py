"""The README's fenced blocks, run offline; `python tests/readme.py` writes their output into the README again.

A block is a `bash` script, or `console` commands each with its output, or, with a path behind its language, a file
that "Extending it" adds to the package; `diff` with a path is a change to a file. Files and changes go to a copy of
the package, which the commands of that section run; from the next section on they run the package itself.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from forked import command_line

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(bash|console|\w+ (catering_cli/\S+))\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
INSTALLS = "python3 -m venv"
"""How a line begins that needs a network: it is compared with `.ci/run`, and what it calls is run without it."""


@dataclass(frozen=True)
class Block:
    """A fenced block and the heading it stands under."""

    kind: str
    path: str
    text: str
    start: int
    end: int
    heading: str = ""

    @property
    def extends(self) -> bool:
        """Whether it is a file of the package, or a change to one."""
        return bool(self.path)


def blocks(text: str) -> Iterator[Block]:
    """All blocks that are meant to be run or written."""
    headings = [(found.start(), found[1]) for found in _HEADING.finditer(text)]
    for found in _BLOCK.finditer(text):
        under = [name for start, name in headings if start < found.start()]
        yield Block(
            found[1].split()[0], found[2] or "", found[3], found.start(3), found.end(3), under[-1] if under else ""
        )


@dataclass
class Shell:
    """A folder like a fresh clone, with `catering` on the path, no key and no network use."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    heading: str = ""

    def __post_init__(self) -> None:
        for name in ("sample_orders", "configs"):
            shutil.copytree(ROOT / name, self.folder / name)
        self.copy = self.folder / ".copy"
        programs = self.folder / ".programs"
        programs.mkdir()
        self.command = programs / "catering"
        kept = {key: value for key, value in os.environ.items() if not key.endswith(("_API_KEY", "_AUTH_TOKEN"))}
        self.environment = {
            **kept,
            "PATH": f"{programs}:{os.environ['PATH']}",
            "CATERING_STATE": str(self.folder / ".state"),
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONUNBUFFERED": "1",  # results and notes in the order in which a terminal shows them
            **self.environment,
        }
        self.use(ROOT)

    def use(self, package: Path) -> None:
        """Run the package in that folder from now on; the one that is tested without its start-up."""
        begin = command_line() if package == ROOT else [sys.executable, "-m", "catering_cli"]
        self.command.write_text(f'#!/bin/sh\nPYTHONPATH="{package}" exec {shlex.join(begin)} "$@"\n')
        self.command.chmod(0o755)

    def restore(self) -> None:
        """Run the package itself again."""
        self.heading = ""
        shutil.rmtree(self.copy, ignore_errors=True)
        self.use(ROOT)

    def enter(self, block: Block) -> None:
        """Under another heading the package is as it was; a block that extends it does so in a copy."""
        if block.heading != self.heading:
            self.restore()
            self.heading = block.heading
        if block.extends:
            if not self.copy.exists():
                shutil.copytree(ROOT / "catering_cli", self.copy / "catering_cli")
                shutil.copytree(ROOT / "configs", self.copy / "configs")
                self.use(self.copy)
            extend(self.copy / block.path, block)

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


def extend(file: Path, block: Block) -> None:
    """Write a new file, or change one: the kept and the deleted lines of a change must stand there once, together."""
    if block.kind != "diff":
        assert not file.exists(), f"{block.path} is there already"
        file.write_text(block.text, encoding="utf-8")
        return
    text = file.read_text(encoding="utf-8")
    for hunk in re.split(r"^@@.*\n", block.text, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(before) == 1, f"{block.path} has no such lines, or several times:\n{before}"
        text = text.replace(before, after)
    file.write_text(text, encoding="utf-8")


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
        shell.enter(block)
        if block.kind == "console":
            parts += [text[at : block.start], written(block, shell)]
            at = block.end
        elif block.kind == "bash" and INSTALLS not in block.text:
            shell.run(block.text)
    return "".join(parts) + text[at:]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        README.write_text(refreshed(README.read_text(), Shell(Path(temporary))))
