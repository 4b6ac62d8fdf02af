"""Foods and measures that no table has are reported as unknown, and no others."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, found

UNKNOWN = {"kitchen.food_unknown": "food", "kitchen.measure_unknown": "mass"}


def said(evidence: Evidence) -> Findings:
    """The kitchen reports each line whose food or mass it does not know, and no other."""
    told = {(one.rule, one.where) for one in evidence.plan.findings if one.rule in UNKNOWN}
    due: set[tuple[str, str]] = set()
    for i, dish in enumerate(evidence.plan.menu):
        for j, line in enumerate(dish.lines):
            where = f"plan.menu[{i}].lines[{j}]"
            if not line.food:
                due.add(("kitchen.food_unknown", where))
            if line.quantity is not None and line.mass is None:
                due.add(("kitchen.measure_unknown", where))
    for rule, where in sorted(due ^ told):
        message = "not reported as unknown" if (rule, where) in due else "reported as unknown, and is known"
        yield found("warning", where, f"{UNKNOWN[rule]}: {message}", rule)


CHECKS = {"kitchen.reported": said}
