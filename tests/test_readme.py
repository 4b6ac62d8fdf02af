"""Every fenced command of the README runs, offline, and prints what the README says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from readme import INSTALLS, README, ROOT, Block, Shell, blocks, written

TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    return Shell(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A folder with the orders that the extensions use."""
    made = Shell(tmp_path_factory.mktemp("extended"))
    run(made, [block for block in blocks(TEXT) if block.kind == "bash" and block.heading in FILES])
    return made


EXTENSIONS = ("A dish", "A rule", "A form", "A task", "A vendor")
FILES = ("Your own order", "Extending it")
"""Headings whose scripts write the orders that the extensions use."""


def run(shell: Shell, own: list[Block]) -> None:
    """Every block of these, in order."""
    for block in own:
        shell.enter(block)
        if block.kind == "console":
            assert written(block, shell) == block.text, "run `python tests/readme.py`"
        elif block.kind == "bash" and INSTALLS not in block.text:
            done = shell.run(f"set -euo pipefail\n{block.text}")
            assert done.returncode == 0, f"{block.text}\n{done.stdout}"


def test_every_command_runs_and_prints_what_the_readme_shows(shell):
    """In order, in one folder: later blocks use the files of earlier ones."""
    run(shell, [block for block in blocks(TEXT) if block.heading not in EXTENSIONS])


def test_only_extensions_change_the_package():
    assert {block.heading for block in blocks(TEXT) if block.extends} == set(EXTENSIONS)


@pytest.mark.parametrize("heading", EXTENSIONS)
def test_an_extension_does_what_it_shows_and_nothing_else_does(heading, extended):
    """The same commands print something else before its files and changes are in a copy of the package."""
    extended.restore()
    own = [block for block in blocks(TEXT) if block.heading == heading]
    for script in own:
        if script.kind == "bash":
            extended.run(script.text)
    shown = [block for block in own if block.kind == "console"]
    assert shown
    assert all(written(block, extended) != block.text for block in shown)
    run(extended, own)


def test_the_two_commands(shell):
    install, test = next(block.text for block in blocks(TEXT) if INSTALLS in block.text).splitlines()
    planned = shell.run(install.split(" && ")[-1].replace(".venv/bin/catering", "catering"))
    assert planned.returncode == 0, planned.stdout
    assert test in (ROOT / ".ci" / "run").read_text().splitlines()


def test_the_readme_is_the_only_document_at_the_top():
    documents = {path.name for path in ROOT.glob("*.md")}
    assert documents <= {"README.md", "CHANGELOG.md"}


def test_every_command_and_exit_code_is_documented():
    from catering_cli.cli.app import app
    from catering_cli.cli.exit_codes import Status

    names = {info.callback.__name__ for info in app.registered_commands if info.callback} | {"runs"}
    assert {name for name in names if not re.search(rf"\bcatering {name}\b", TEXT)} == set(), "each has its example"
    assert {int(status) for status in Status if not re.search(rf"^\| {int(status)} \|", TEXT, re.MULTILINE)} == set()


@pytest.mark.parametrize("name", ["README.md", ".ci/run"])
def test_it_names_no_folder_of_one_machine(name):
    assert not re.search(r"/(work|root|home|tmp)/", (ROOT / name).read_text())
    assert Path(ROOT / name).stat().st_size < 60_000
