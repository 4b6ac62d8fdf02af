"""A figure is what its rule gives for the inputs that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.compare import WARNING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, placed
from catering_cli.checks.ratios import figure_of
from catering_cli.domain.basis import Basis
from catering_cli.domain.finding import Finding


def derived(evidence: Evidence) -> Findings:
    """Ware, staff and costs are what the rule beside them gives, evaluated again."""
    plan = evidence.plan
    for path, ware in placed("plan.equipment.ware", plan.equipment.ware):
        yield from _figure(path, ware, "count", ware.derivation)
    for path, called in placed("plan.staffing", plan.staffing):
        yield from _figure(path, called, "count", called.derivation)
    for path, cost in placed("plan.costing.lines", plan.costing.lines):
        yield from _figure(path, cost, "amount", cost.derivation)


def _figure(path: str, line: object, field: str, basis: Basis | None) -> Iterator[Finding]:
    due = figure_of(basis.rule, basis.inputs) if basis else None
    if due is not None:
        yield from compare_entry(path, line, {field: due}, WARNING)


CHECKS = {"plan.basis": derived}
