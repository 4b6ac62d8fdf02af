"""Food safety, contact, feeding and words over orders as people write them: what must hold of each plan.

`cases/open.txt` names what does not hold yet; a case that does must leave the list.
"""

from __future__ import annotations

import json
from functools import cache

import pytest
from safety import judge

CASES = {case["id"]: case for case in json.loads((judge.CASES / "checks.json").read_text(encoding="utf-8"))}
OPEN = frozenset((judge.CASES / "open.txt").read_text(encoding="utf-8").split())


@cache
def forms_of(order: str, *options: str) -> tuple[judge.Planned, ...]:
    """The order's plan, and that of its second form (`X.or.json`) if there is one."""
    first = judge.CASES / order
    second = first.with_suffix(".or.json")
    made = judge.planned_by_command if options else judge.planned
    return tuple(made(path, *options) for path in (first, second) if path.exists())


@pytest.mark.parametrize("name", CASES)
def test_it_holds(name: str) -> None:
    case = CASES[name]
    right = any(judge.holds(made, case["check"]) for made in forms_of(case["order"], *case.get("args", ())))
    assert right is (name not in OPEN), case["why"] if not right else "it holds: take it off open.txt"
