"""What a revision changed, in a chef's words: portions, purchases, times, people, money."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from catering_cli.render.clock import stamp
from catering_cli.render.wording import money_text, portions_text, quantity_text

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan

MOST = 12
"""Lines of one kind that are told; the rest are counted."""


def changes(before: CateringPlan, after: CateringPlan) -> tuple[str, ...]:
    """One line for each difference that a cook would notice; empty if there is none."""
    told: list[str] = []
    for kind in (_portions, _purchases, _times, _people, _money, _issues):
        told += _folded(list(kind(before, after)))
    return tuple(told)


def _folded(lines: list[str]) -> list[str]:
    if len(lines) <= MOST:
        return lines
    return [*lines[:MOST], f"... and {len(lines) - MOST} more of the kind."]


def _portions(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = {dish.id: dish for dish in before.menu}
    now = {dish.id: dish for dish in after.menu}
    for key, dish in now.items():
        made = portions_text(dish, dish.portions)
        old = was.get(key)
        if old is None:
            yield f"New on the menu: {dish.name}, {made}."
        elif old.portions != dish.portions:
            yield f"{dish.name}: {made} (was {old.portions:,})."
    for key, dish in was.items():
        if key not in now:
            yield f"Off the menu: {dish.name}."


def _purchases(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = {line.item: line.buy.quantity for line in before.shopping.lines}
    now = {line.item: line.buy.quantity for line in after.shopping.lines}
    for item, quantity in now.items():
        buy = quantity_text(quantity)
        if item not in was:
            yield f"Buy also {item}: {buy}."
        elif was[item] != quantity:
            yield f"Buy {item}: {buy} (was {quantity_text(was[item])})."
    for item in was:
        if item not in now:
            yield f"Cancel {item}."


def _times(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = before.timeline
    now = after.timeline
    if was.status != now.status:
        yield "The day fits the kitchen now." if now.status == "scheduled" else "The day no longer fits the kitchen."
    elif was.first_start != now.first_start and was.first_start and now.first_start:
        yield f"Work begins {stamp(now.first_start, after.order)} (was {stamp(was.first_start, before.order)})."


def _people(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = _crew(before)
    now = _crew(after)
    for role in {**now, **was}:
        if was[role] != now[role]:
            yield f"{role.capitalize()}: {now[role]} (was {was[role]})."


def _crew(plan: CateringPlan) -> Counter[str]:
    heads: Counter[str] = Counter()
    for line in plan.staffing:
        heads[line.role] += line.count
    return heads


def _money(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = before.costing.total
    now = after.costing.total
    currency = after.costing.currency
    if was != now:
        yield f"Cost: {money_text(now, currency)} (was {money_text(was, currency)})."


def _issues(before: CateringPlan, after: CateringPlan) -> Iterator[str]:
    was = Counter(finding.severity for finding in before.findings)
    now = Counter(finding.severity for finding in after.findings)
    if (was["blocking"], was["open"]) != (now["blocking"], now["open"]):
        before_that = f"{was['blocking']} and {was['open']}"
        yield f"Issues: {now['blocking']} blocking, {now['open']} open (was {before_that})."
