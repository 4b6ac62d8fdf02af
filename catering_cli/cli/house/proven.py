"""A plan that was cooked here, with what the checker says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.checks.registry import check

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan


def proven(plan: CateringPlan) -> CateringPlan:
    """The plan with the checker's findings beside the kitchen's, and its score."""
    found, score = check(plan.order, plan)
    findings = tuple(dict.fromkeys((*plan.findings, *found)))
    return plan.model_copy(update={"findings": findings, "score": score})
