"""Conflicts of a cooked plan, as the tasks see them that settle conflicts or improve a plan: worst first, rounded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catering_cli.domain.finding import SEVERITIES, Finding
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.recipes import catalogue
from catering_cli.tasks.shared.order_view import two_figures
from catering_cli.tasks.shared.task import Wire

MOST = 30
"""Conflicts that one question holds."""

_SIZE = re.compile(r"(?<![\w.:-])(\d{3,9})(?:\.\d+)?(?![\w:-])")
"""A count or an amount of money in a sentence; times and ids are left alone."""


class Conflict(Wire):
    """Something that does not hold."""

    id: str
    severity: str
    rule: str
    where: str
    message: str
    fix: str


class GuestKind(Wire):
    """A kind of guest, and the dishes that feed it."""

    id: str
    needs: list[str]
    may_eat: list[str]


def worst_first(findings: Sequence[Finding], *severities: str) -> list[Conflict]:
    """The findings of these severities: by severity, then by guests affected, then in the order they were found."""
    wanted = [finding for finding in findings if finding.severity in severities]
    ranked = sorted(wanted, key=lambda finding: (SEVERITIES.index(finding.severity), -finding.guests))
    return [
        Conflict(
            id=f"c{number}",
            severity=finding.severity,
            rule=finding.rule,
            where=finding.where,
            message=_rounded(finding.message),
            fix=_rounded(finding.fix),
        )
        for number, finding in enumerate(ranked[:MOST], start=1)
    ]


def guest_kinds(plan: CateringPlan) -> list[GuestKind]:
    """The kinds of guests that have needs."""
    with_needs = [profile for profile in plan.diets.profiles if profile.needs]
    return [
        GuestKind(id=profile.id, needs=list(profile.needs), may_eat=list(profile.may_eat)) for profile in with_needs
    ]


def offered(plan: CateringPlan) -> list[str]:
    """Dishes of the catalogue that could be added or plated: those not on the menu."""
    here = {catalogue.key(dish.name) for dish in plan.menu}
    return [name for name in catalogue.names() if catalogue.key(name) not in here]


def _rounded(text: str) -> str:
    return _SIZE.sub(lambda number: str(two_figures(int(number.group(1)))), text)
