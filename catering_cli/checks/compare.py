"""Derived figures: what follows from the order and the rest of a plan is worked out again, and compared in one way.

A rule says what is expected as path -> value. A path names an entry of a list by its number or by fields of it
("equipment.ware[item=chafer].count"), or a field of all its entries ("assumptions[*].id").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from catering_cli.checks.evidence import Findings, found
from catering_cli.domain.finding import Severity
from catering_cli.domain.plan import CateringPlan

Expected = Mapping[str, Any]
"""Path -> the value that is due there."""

_STEP = re.compile(r"(\w+)(?:\[([^\]]*)\])?")
_MISSING = "not in the plan"


def compare(expected: Expected, plan: CateringPlan, severity_by_path: Mapping[str, Severity]) -> Findings:
    """A finding for each value of the plan that is not the one expected.

    `severity_by_path` has its paths without entries ("equipment.ware.count"); "" stands for all others.
    """
    for path, due in expected.items():
        where, said = look_up(plan, path)
        if said == due:
            continue
        plain = re.sub(r"\[[^\]]*\]", "", path)
        severity = severity_by_path.get(plain) or severity_by_path[""]
        yield found(severity, where, f"{_subject(path)}: not what the order and the plan give", said, due)


def look_up(plan: CateringPlan, path: str) -> tuple[str, Any]:
    """Where a path leads in the plan, with its entries numbered, and what stands there."""
    where, every = "plan", False
    here: Any = plan
    for name, entry in _STEP.findall(path):
        where = f"{where}.{name}"
        here = tuple(getattr(one, name) for one in here) if every else getattr(here, name)
        every = entry == "*"
        if not entry or every:
            continue
        number = _number_of(here, entry)
        if number is None:
            return where, _MISSING
        where, here = f"{where}[{number}]", here[number]
    return where, here


def _number_of(rows: Sequence[Any], entry: str) -> int | None:
    """Which entry of a list is meant: by its number, or by its fields ("name=oven|place=base")."""
    if entry.isdigit():
        return int(entry) if int(entry) < len(rows) else None
    wanted = [field.partition("=") for field in entry.split("|")]
    for number, row in enumerate(rows):
        if all(str(getattr(row, name)) == value for name, _, value in wanted):
            return number
    return None


def _subject(path: str) -> str:
    """What a message speaks of: "chafer: count"."""
    entries = [entry for _, entry in _STEP.findall(path) if entry not in ("", "*") and not entry.isdigit()]
    values = [field.partition("=")[2] for entry in entries for field in entry.split("|")]
    last = path.rpartition(".")[2].partition("[")[0].replace("_", " ")
    return ": ".join([" ".join(values), last]) if any(values) else last
