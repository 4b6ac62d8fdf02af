"""A figure is what its rule gives for the inputs that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.ratios import figure_of
from catering_cli.domain.basis import Basis


def _figures(evidence: Evidence) -> Iterator[tuple[str, Basis | None, Any]]:
    plan = evidence.plan
    for index, ware in enumerate(plan.equipment.ware):
        yield f"plan.equipment.ware[{index}].count", ware.derivation, ware.count
    for index, staff in enumerate(plan.staffing):
        yield f"plan.staffing[{index}].count", staff.derivation, staff.count
    for index, cost in enumerate(plan.costing.lines):
        yield f"plan.costing.lines[{index}].amount", cost.derivation, cost.amount


def derived(evidence: Evidence) -> Findings:
    """Ware, staff and costs are what the rule beside them gives, evaluated again."""
    for path, basis, said in _figures(evidence):
        due = figure_of(basis.rule, basis.inputs) if basis is not None else None
        if due is not None and said != due:
            yield found("warning", path, f"not what {basis.rule if basis else ''} gives", said, due)


CHECKS = {"plan.basis": derived}
