"""Every measurement of a house, a row each: what was planned, what it was, at which event."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from catering_cli.domain.closing import closing_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish


class Observed(NamedTuple):
    """One measurement."""

    event: str
    """name and time of service: a sheet that is given again takes the place of what it said before"""
    day: str
    what: str
    """minutes, portions or hours"""
    about: str
    """the recipe's name, or the role"""
    step: str
    text: str
    base: Fraction
    """minutes: of one batch, as the recipe has them; portions: what guests needed"""
    planned: Fraction
    actual: Fraction
    left: str
    """portions left over; empty if they were not counted"""
    over: int
    """portions: the overage that was planned, in percent"""


def plain(text: str) -> str:
    """A text as a table keeps it: one line, of signs that can be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def observed(plan: CateringPlan, actual: Mapping[str, Fraction]) -> Iterator[Observed]:
    """The measurements of one sheet."""
    moment = plan.order.event.service_at
    event = f"{plan.order.event.name} {moment.isoformat(timespec='minutes')}"
    head = (plain(event), moment.date().isoformat())
    planned_of = {row.id: row.planned for row in closing_rows(plan)}
    for dish in plan.menu:
        yield from _of_dish(head, dish, actual, planned_of)
    for line in plan.staffing:
        worked, planned = actual.get(f"hours.{line.role}"), Fraction(line.hours)
        if worked is not None and planned:
            yield Observed(*head, "hours", line.role, "", "", Fraction(0), planned, worked, "", 0)


def _of_dish(
    head: tuple[str, str], dish: Dish, actual: Mapping[str, Fraction], planned: Mapping[str, Fraction]
) -> Iterator[Observed]:
    recipe = dish.recipe
    if recipe is None:
        return
    name = plain(recipe.name)
    for number, step in enumerate(recipe.steps, start=1):
        row = f"{dish.id}.s{number}"
        if row in actual and step.minutes:
            text, base = plain(step.text), Fraction(step.minutes)
            yield Observed(*head, "minutes", name, str(number), text, base, planned[row], actual[row], "", 0)
    made, left = actual.get(f"{dish.id}.made"), actual.get(f"{dish.id}.left")
    if made is None and left is None:
        return
    came_out = Fraction(dish.portions) if made is None else made
    counted = "" if left is None else str(left)
    need = Fraction(dish.needed)
    yield Observed(*head, "portions", name, "", "", need, Fraction(dish.portions), came_out, counted, dish.over_percent)
