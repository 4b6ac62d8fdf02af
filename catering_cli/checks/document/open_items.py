"""Foods and measures that no table has are reported as unknown, and no others."""

from __future__ import annotations

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.decisions import UNKNOWN_FOOD

UNKNOWN_MEASURE = "kitchen.measure_unknown"


def said(evidence: Evidence) -> Findings:
    """The kitchen reports each line whose food or mass it does not know, and no other."""
    rules = (UNKNOWN_FOOD, UNKNOWN_MEASURE)
    told = {(one.rule, one.where) for one in evidence.plan.findings if one.rule in rules}
    due = {(UNKNOWN_FOOD, path) for path, _, line in evidence.lines if not line.food}
    due |= {(UNKNOWN_MEASURE, path) for path, _, line in evidence.lines if line.quantity and line.mass is None}
    for rule, where in sorted(due ^ told):
        message = "not reported as unknown" if (rule, where) in due else "reported as unknown, and is known"
        yield found("warning", where, f"{rule.rpartition('.')[2].replace('_', ' ')}: {message}", rule)


CHECKS = {"kitchen.reported": said}
