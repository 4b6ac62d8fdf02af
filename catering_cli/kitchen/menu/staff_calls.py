"""How many of each role are called in: what the schedule needs, a ratio by guests if that is more, or as decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catering_cli.data.conditions import applies
from catering_cli.data.tables import figure, rows
from catering_cli.domain.basis import Basis
from catering_cli.domain.decision import Decided, Staffing
from catering_cli.domain.order import Order
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.foods.table import table
from catering_cli.kitchen.menu import leads as led
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.services import headcount
from catering_cli.scheduling.shifts import ShiftLimits


class StaffCall(NamedTuple):
    """How many of a role are called in, by which rule, and who decided."""

    people: int
    basis: Basis
    by: str = "kitchen"


@dataclass(frozen=True, slots=True)
class StaffRules:
    """What an order and decisions ask of its people beside the schedule."""

    order: Order
    alcohol: bool
    decisions: DecisionIndex

    @classmethod
    def of(cls, order: Order, dishes: Iterable[Dish], decisions: DecisionIndex) -> StaffRules:
        """The rules for an order with these dishes."""
        return cls(order, any(dish.course == "drink" and _alcoholic(dish) for dish in dishes), decisions)

    def calls(self, peaks: Mapping[str, int]) -> dict[str, StaffCall]:
        """By role the larger of the peak of the schedule and each row of the ratios that applies, or what was decided.

        A count is never cut to the people available: the shortfall shows, and the checks name it.
        """
        calls = {role: _peak(count) for role, count in peaks.items()}
        for row in rows("staff_ratios"):
            called = sum(call.people for call in calls.values())
            facts = {"alcohol": self.alcohol, "staff_called": called}
            if row["style"] in ("*", self.order.event.style) and applies(row["applies"], self.order, facts):
                call = _by_row(row, headcount(self.order).set_for, called)
                calls[row["role"]] = max(calls.get(row["role"], call), call, key=lambda one: one.people)
        for lead, cooks in led.called(self.order, {role: call.people for role, call in calls.items()}):
            inputs = {"ratio": lead.does, "cooks": str(cooks), "cooks_each": str(lead.each)}
            call = StaffCall(lead.called(cooks), Basis(rule="staff.leads", inputs=inputs, source=lead.source))
            calls[lead.role] = max(calls.get(lead.role, call), call, key=lambda one: one.people)
        return {role: _decided(call, self.decisions.who(Staffing, role)) for role, call in calls.items()}


def _peak(count: int) -> StaffCall:
    return StaffCall(count, Basis(rule="staff.peak", inputs={"peak": str(count)}))


def _by_row(row: Mapping[str, str], guests: int, called: int) -> StaffCall:
    """What a row of the ratios asks: one for each so many guests, or one in all."""
    each = int(row["guests"])
    if not each:
        inputs = {"ratio": row["text"], "staff": str(called)}
        return StaffCall(1, Basis(rule="staff.captain", inputs=inputs, source=row["source"]))
    inputs = {"ratio": row["text"], "guests_each": str(each), "guests": str(guests)}
    return StaffCall(-(-guests // each), Basis(rule="staff.per_guests", inputs=inputs, source=row["source"]))


def _decided(call: StaffCall, decided: Decided | None) -> StaffCall:
    """The count that was wished for, if one was and it is more than the work needs."""
    if decided is None or not isinstance(decided.decision, Staffing) or decided.decision.count <= call.people:
        return call
    count = decided.decision.count
    return StaffCall(
        count, Basis(rule="staff.decided", inputs={"count": str(count)}, source=call.basis.source), decided.by
    )


def _alcoholic(dish: Dish) -> bool:
    foods = [table()[line.food] for line in dish.lines if line.food]
    return any(food.alcohol for food in foods)


def shift_limits() -> ShiftLimits:
    """What a shift may be, by the table."""
    return ShiftLimits(
        longest=figure("work", "shift_longest"),
        call=figure("work", "shift_call"),
        rest=figure("work", "shift_rest"),
        break_after=figure("work", "break_after"),
        pause=figure("work", "break_pause"),
    )
