"""The map: the door of every room names the rooms and modules behind it, in a few lines."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "catering_cli"
ROOMS = sorted(path.parent for path in PACKAGE.rglob("__init__.py"))
MOST_LINES = 26


def behind(room: Path) -> set[str]:
    """Names of the modules and packages of a room."""
    modules = {path.stem for path in room.glob("*.py")} - {"__init__", "__main__"}
    return modules | {path.parent.name for path in room.glob("*/__init__.py")}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE.parent)))
def test_a_door_names_what_is_behind_it(room):
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert behind(room) - set(re.findall(r"\w+", said)) == set()
    assert len(said.splitlines()) <= MOST_LINES


def test_the_door_of_the_data_names_each_table():
    said = ast.get_docstring(ast.parse((PACKAGE / "data" / "__init__.py").read_text(encoding="utf-8"))) or ""
    tables = {path.stem for path in (PACKAGE / "data").glob("*.tsv")}
    assert tables - set(re.findall(r"\w+", said)) == set()


def test_the_door_holds_nothing_but_the_map():
    """So a room costs no start-up, and no import is hidden in its door."""
    for room in ROOMS:
        body = ast.parse((room / "__init__.py").read_text(encoding="utf-8")).body
        assert all(isinstance(node, ast.Expr) for node in body), room


def test_a_wheel_holds_every_room_and_the_configs():
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    rooms = {".".join(room.relative_to(PACKAGE.parent).parts) for room in ROOMS}
    assert set(project["tool"]["setuptools"]["packages"]) == rooms | {"catering_cli.configs"}


RIDDLES = re.compile(r"\b(?:nobody|somebody|anew|for want of|whoever|such as they are)\b", re.IGNORECASE)
"""Words of no present-day trade English; `tasks/shared/claims.py` reads some of them in what models write."""


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.relative_to(PACKAGE.parent)))
def test_a_room_speaks_present_day_english(room):
    texts = [path for kind in ("*.py", "*.md", "*.html") for path in room.glob(kind) if path.name != "claims.py"]
    told = {path.name: RIDDLES.findall(path.read_text(encoding="utf-8")) for path in texts}
    assert {name: words for name, words in told.items() if words} == {}
