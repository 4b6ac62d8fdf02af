"""`--solve best`: the finished plan's schedule searched further, and everything after it cooked from the better one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catering_cli.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

WORK = 10.0
"""Deterministic work that the search may spend, about seconds."""


def solved(plan: CateringPlan, work: float = WORK) -> CateringPlan:
    """The plan with the best schedule that was found; `plan` itself if that one does not rank better or alike."""
    from catering_cli.checks.registry import check, rank
    from catering_cli.kitchen.cook import cook, scheduled
    from catering_cli.kitchen.menu import decisions, shape

    if plan.timeline.status != "scheduled" or plan.score is None:
        return plan
    view = decisions.fold(plan.order, plan.decisions)
    order = shape.shaped(plan.order, view)
    try:
        timeline = scheduled(order, plan.menu, view, solve=work)
    except ImportError:
        message = "best needs OR-Tools, which is not installed: pip install ortools, or use quick"
        raise Refused(Problem(message, "", "--solve", "best")) from None
    before = cook(plan.order, plan.decisions, version=plan.version, timeline=plan.timeline)
    after = cook(plan.order, plan.decisions, version=plan.version, timeline=timeline)
    known = {*before.findings, *check(plan.order, before)[0]}
    found, score = check(plan.order, after)
    beside = [finding for finding in plan.findings if finding not in known]
    findings = tuple(dict.fromkeys((*after.findings, *found, *beside)))
    if rank(findings, score) > rank(plan.findings, plan.score):
        return plan
    return after.model_copy(update={"findings": findings, "score": score, "run": plan.run, "texts": plan.texts})
