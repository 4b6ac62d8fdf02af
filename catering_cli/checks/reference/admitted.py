"""What the plan itself says that nobody knows: it is told once, and is no fault of the lines that follow from it."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence
from catering_cli.checks.reference.decisions import fold

UNKNOWN = "kitchen.food_unknown"


def unknown(evidence: Evidence) -> frozenset[str]:
    """Folded names of the ingredients whose every line names no food, each reported as one that nobody knows."""
    if ("admitted", "") not in evidence.memo:
        told = {one.where for one in evidence.plan.findings if one.rule == UNKNOWN}
        named: dict[str, bool] = {}
        for i, dish in enumerate(evidence.plan.menu):
            for j, line in enumerate(dish.lines):
                bare = not line.food and f"plan.menu[{i}].lines[{j}]" in told
                named[fold(line.item)] = named.get(fold(line.item), True) and bare
        evidence.memo["admitted", ""] = frozenset(name for name, bare in named.items() if bare)
    names: frozenset[str] = evidence.memo["admitted", ""]
    return names


def bought_unknown(evidence: Evidence, names: tuple[str, ...]) -> bool:
    """Whether a line of the purchase list is of such ingredients alone."""
    return bool(names) and all(fold(name) in unknown(evidence) for name in names)
