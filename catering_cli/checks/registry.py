"""The rules by name, what each is worth, and what all of them together say of a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from catering_cli.checks import document, purchasing
from catering_cli.checks.dietary import cross_contact, feeding, labels_to_read, matrix, shortages, step_foods
from catering_cli.checks.event import (
    cooling,
    costing,
    equipment,
    food_flow,
    haccp,
    handling,
    packing,
    run_of_service,
    staffing,
    venue,
)
from catering_cli.checks.evidence import Evidence, Findings
from catering_cli.checks.menu import decisions, lines, portions, readings
from catering_cli.checks.timeline import capacity, event_blocks, handover, margins, precedence, steps, windows
from catering_cli.data import tables
from catering_cli.domain.finding import SEVERITIES, Finding
from catering_cli.domain.order import Order
from catering_cli.domain.plan import CateringPlan, Score

MODULES = (
    portions, decisions, readings, lines,
    purchasing,
    matrix, step_foods, cross_contact, feeding, shortages, labels_to_read,
    capacity, steps, precedence, windows, event_blocks, handover, margins,
    staffing, equipment, packing, venue, run_of_service, handling, food_flow, cooling, haccp, costing,
    document,
)  # fmt: skip
"""Each has `CHECKS`: rule name -> function over the evidence."""


MOST_UNSAFE = 0.89
"""The score of a plan that something blocks, or that has an open point of food safety, is never higher."""

NO_DAY = 10_000
"""Blocking findings that a day without a schedule counts for beside its own."""

SAFETY = frozenset({
    "timeline.holds", "timeline.cooling", "timeline.hot_waits",
    "safety.points", "safety.limits", "safety.handling", "safety.flow",
    "safety.cooling", "safety.waits", "kitchen.left_out",
    "kitchen.cooling", "kitchen.reheating", "kitchen.part_cooked", "kitchen.undercooked", "kitchen.thawing",
    "kitchen.pooled_eggs", "kitchen.population", "kitchen.wait",
})  # fmt: skip
"""Rules of the safety of food: an open finding of one of them is no detail."""


class Rule(NamedTuple):
    """One thing that must hold; `proves` says it in a sentence."""

    name: str
    weight: int
    proves: str
    check: Callable[[Evidence], Findings]


def _rules() -> tuple[Rule, ...]:
    said = {row["name"]: row for row in tables.rows("rules")}
    rules: list[Rule] = []
    for module in MODULES:
        rules += [
            Rule(name, int(said[name]["weight"]), said[name]["proves"], check) for name, check in module.CHECKS.items()
        ]
    return tuple(rules)


RULES: tuple[Rule, ...] = _rules()


def _apply(rule: Rule, evidence: Evidence) -> tuple[Finding, ...]:
    """The rule's findings, named; a rule that cannot read the plan says so: an unread plan is not a proven one."""
    try:
        return tuple(one if one.rule else one.model_copy(update={"rule": rule.name}) for one in rule.check(evidence))
    except (ArithmeticError, LookupError, ValueError, TypeError, AttributeError) as error:
        message = f"the rule cannot read this plan: {type(error).__name__}: {error}"
        return (Finding(severity="blocking", rule=rule.name, where="plan", message=message),)


def check(order: Order, plan: CateringPlan, rules: Sequence[Rule] = RULES) -> tuple[tuple[Finding, ...], Score]:
    """Every finding of every rule, heaviest first, and the score.

    What the kitchen itself reported in `plan.findings` is among them: the rule `kitchen.settled` repeats it.
    """
    evidence = Evidence(order, plan)
    by_rule = {rule.name: _apply(rule, evidence) for rule in rules}
    findings = _sorted(chain.from_iterable(by_rule.values()))
    failed = tuple(name for name, found in by_rule.items() if any(one.severity != "advice" for one in found))
    counts = Counter(one.severity for one in findings)
    value = _share_that_holds(rules, failed)
    if any(map(_is_unsafe, findings)):
        value = min(value, MOST_UNSAFE)
    return findings, Score(value=value, blocking=counts["blocking"], open=counts["open"], failed=failed)


def _share_that_holds(rules: Sequence[Rule], failed: Collection[str]) -> float:
    """The rules that hold, by weight, over all."""
    whole = sum(rule.weight for rule in rules)
    lost = sum(rule.weight for rule in rules if rule.name in failed)
    return round((whole - lost) / whole, 6) if whole else 1.0


def _is_unsafe(finding: Finding) -> bool:
    return finding.severity == "blocking" or (finding.severity == "open" and finding.rule in SAFETY)


def rank(findings: Iterable[Finding], score: Score) -> tuple[int, int, float]:
    """What makes one plan better than another: fewer blocking, then fewer open findings, then the higher score.

    A plate for one guest is no gain if the day of all then has no schedule.
    """
    told = list(findings)
    severities = [one.severity for one in told]
    unscheduled = any(one.rule == "kitchen.no_schedule" for one in told)
    return severities.count("blocking") + unscheduled * NO_DAY, severities.count("open"), -score.value


def run(names: Sequence[str], order: Order, plan: CateringPlan, subject: str = "order") -> tuple[Finding, ...]:
    """The findings of the named rules that touch `subject`: 'order', or the id of a dish.

    A name that is no rule is itself a finding, so that a step's promise to be checked is never silently empty.
    """
    known = {rule.name: rule for rule in RULES}
    evidence = Evidence(order, plan)
    results: list[Finding] = []
    for name in names:
        if name not in known:
            said = f"there is no rule {name!r}"
            results.append(Finding(severity="warning", rule="registry.unknown", where="plan", message=said, value=name))
            continue
        results.extend(one for one in _apply(known[name], evidence) if _touches(one, subject, evidence))
    return _sorted(results)


def _touches(finding: Finding, subject: str, evidence: Evidence) -> bool:
    if subject == "order" or subject not in evidence.dishes:
        return True
    if finding.where.startswith("plan.menu["):
        return finding.where.startswith(evidence.dish_path(subject))
    words = f"{finding.where} {finding.message} {finding.value}"
    return evidence.dishes[subject].name in words or subject in words.replace(".", " ").split()


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda one: (SEVERITIES.index(one.severity), one.rule, one.where, one.message)))
