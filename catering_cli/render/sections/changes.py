"""What a revision changed, in a chef's words: portions, purchases, times, people, money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from catering_cli.render.wording import counted, money, plainly, stamp

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

MOST = 12
"""Lines of one kind that are told; the rest are counted."""


def changes(before: CateringPlan, after: CateringPlan) -> tuple[str, ...]:
    """One line for each thing that is different; empty where nothing a cook would notice is."""
    kinds = (_portions, _purchases, _times, _people, _money, _verdict)
    return tuple(line for kind in kinds for line in _some(list(kind(before, after))))


def _some(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[:MOST], f"... and {len(lines) - MOST} more of the kind."]


def _portions(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = {dish.id: dish for dish in before.menu}
    now = {dish.id: dish for dish in after.menu}
    for key, dish in now.items():
        old = was.get(key)
        if old is None:
            yield f"New on the menu: {dish.name}, {counted(dish.portions, 'portion')}."
        elif old.portions != dish.portions:
            yield f"{dish.name}: {counted(dish.portions, 'portion')} in place of {old.portions}."
    for key, dish in was.items():
        if key not in now:
            yield f"Off the menu: {dish.name}."


def _purchases(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = {line.item: line.buy for line in before.shopping.lines}
    now = {line.item: line.buy for line in after.shopping.lines}
    for item, amount in now.items():
        if item not in was:
            yield f"Buy also {item}: {plainly(amount.quantity)}."
        elif was[item].quantity != amount.quantity:
            yield f"Buy {item}: {plainly(amount.quantity)} in place of {plainly(was[item].quantity)}."
    for item in was:
        if item not in now:
            yield f"Do not buy {item} any more."


def _times(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was, now = before.timeline, after.timeline
    if was.status != now.status:
        yield "There is a schedule now." if now.status == "scheduled" else "There is no schedule any more."
    elif was.first_start != now.first_start and was.first_start and now.first_start:
        yield f"Work begins {stamp(now.first_start, after.order)} in place of {stamp(was.first_start, before.order)}."


def _people(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    def crew(plan: CateringPlan) -> Mapping[str, int]:
        heads: dict[str, int] = {}
        for line in plan.staffing:
            heads[line.role] = heads.get(line.role, 0) + line.count
        return heads

    was, now = crew(before), crew(after)
    for role in (*now, *(role for role in was if role not in now)):
        if was.get(role, 0) != now.get(role, 0):
            yield f"{role.capitalize()}: {now.get(role, 0)} in place of {was.get(role, 0)}."


def _money(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was, now, currency = before.costing.total, after.costing.total, after.costing.currency
    if was != now:
        yield f"Cost: {money(now, currency)} in place of {money(was, currency)}."


def _verdict(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    def counts(plan: CateringPlan) -> tuple[int, int]:
        severities = [finding.severity for finding in plan.findings]
        return severities.count("blocking"), severities.count("open")

    was, now = counts(before), counts(after)
    if was != now:
        yield f"Findings: {now[0]} blocking and {now[1]} open in place of {was[0]} and {was[1]}."
