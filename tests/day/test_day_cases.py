"""A sample of days, each worked as the people who have to run it would want.

`cases/open.txt` names the checks that do not hold yet; one that does must leave the list.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from day import day_judge
from typer.testing import CliRunner

from catering_cli.cli.app import app

CASES = day_judge.CASES
OPEN = frozenset((CASES / "open.txt").read_text(encoding="utf-8").split())
_LIST: list[dict[str, Any]] = json.loads((CASES / "cases.json").read_text(encoding="utf-8"))["cases"]


def _named() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    named: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for case in _LIST:
        for check in case["checks"]:
            name = f"{case['id']}:{check['is']}"
            free = next(n for n in count(1) if f"{name}{n if n > 1 else ''}" not in named)
            named[f"{name}{free if free > 1 else ''}"] = (case, check)
    return named


NAMED = _named()


@cache
def _told(name: str) -> day_judge.Told:
    return day_judge.told(CASES / name)


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["plan", *words, "--offline", "--json"])
    return result.exit_code, result.output


def _total(*words: str) -> float:
    return float(json.loads(_run(*words)[1])["costing"]["total"])


def faults(case: dict[str, Any], check: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong."""
    if check["is"] in ("one_kitchen", "no_clash"):
        code, said = _run(*(str(CASES / name) for name in case["orders"]), "--out", str(folder / "out"))
        clash = code != 0 or "in one kitchen" in " ".join(said.split())
        return [] if clash is (check["is"] == "one_kitchen") else [f"exit {code}: {said}"]
    path = CASES / case["order"]
    if check["is"] == "best":
        best, quick = _total(str(path), "--solve", "best"), _total(str(path))
        return [f"{best} against {quick}"] if best > quick else []
    day = _told(case["order"])
    if check["is"] == "crew":
        return list(day_judge.crew(day, check, path))
    return list(day_judge.CHECKS[check["is"]](day, check))


@pytest.mark.parametrize("name", NAMED)
def test_the_day_can_be_worked(name: str, tmp_path: Path) -> None:
    wrong = faults(*NAMED[name], tmp_path)
    assert bool(wrong) is (name in OPEN), wrong or "it holds: take it off open.txt"
