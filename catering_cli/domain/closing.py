"""What a kitchen writes down when an event is over: the rows of the closing sheet."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from catering_cli.domain.plan import CateringPlan

What = Literal["minutes", "made", "left", "hours"]


class ClosingRow(NamedTuple):
    """A row of the closing sheet, before the kitchen has filled it in."""

    id: str
    """d2.s1, d2.made, d2.left, hours.cook"""
    what: What
    name: str
    detail: str
    planned: Fraction
    unit: str


def closing_rows(plan: CateringPlan) -> Iterator[ClosingRow]:
    """All rows: minutes of each step, portions made and left of each dish, paid hours of each role."""
    minutes: dict[tuple[str, int], Fraction] = {}
    for block in plan.timeline.blocks:
        if block.dish and block.step and block.kind != "tend":
            spent = Fraction((block.end - block.start).total_seconds()) / 60
            minutes[block.dish, block.step] = minutes.get((block.dish, block.step), Fraction(0)) + spent
    for dish in plan.menu:
        for number, step in enumerate(dish.recipe.steps if dish.recipe else (), start=1):
            planned = minutes.get((dish.id, number), Fraction(0))
            if planned:
                detail = f"step {number}: {step.text}"
                yield ClosingRow(f"{dish.id}.s{number}", "minutes", dish.name, detail, planned, "min")
        made = Fraction(dish.portions)
        yield ClosingRow(f"{dish.id}.made", "made", dish.name, "portions that came out", made, "portions")
        yield ClosingRow(f"{dish.id}.left", "left", dish.name, "portions left over", Fraction(0), "portions")
    for line in plan.staffing:
        detail = "paid hours of all of them"
        yield ClosingRow(f"hours.{line.role}", "hours", line.role, detail, Fraction(line.hours), "h")
