"""Informal measures: which lines need one, what one is, and the band in which an answer is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain.decision import Decision, InformalMeasure
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient
from catering_cli.domain.quantity import Quantity, exact
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import units
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.task import Wire


class UnknownMeasure(Wire):
    """A line whose mass is not known: what one `measure` of `item` is."""

    item: str
    measure: str
    """bunch, handful ...; empty for one piece"""
    preparation: str


class MeasuredAs(Wire):
    """An answer to it."""

    item: str
    measure: str
    amount: Annotated[float, Field(ge=0.001, le=100_000, description="of one measure, as used; not of the whole line")]
    unit: Literal["g", "mL"]


BANDS: Mapping[str, tuple[Fraction, Fraction]] = {
    name: (exact(low), exact(high))
    for name, low, high in (
        ("bunch", 10, 600),
        ("handful", 5, 150),
        ("sprig", "0.2", 10),
        ("pinch", "0.1", 2),
        ("dash", "0.2", 5),
        ("glug", 5, 60),
        ("drizzle", 2, 40),
        ("splash", 2, 60),
        ("knob", 5, 60),
        ("head", 50, 3_000),
        ("clove", 1, 15),
        ("stalk", 5, 200),
        ("slice", 3, 250),
        ("leaf", "0.1", 60),
        ("sheet", 1, 600),
        ("stick", 10, 250),
        ("cube", 2, 60),
        ("scoop", 15, 200),
        ("ladle", 60, 350),
        ("can", 50, 3_000),
        ("jar", 30, 2_000),
        ("bottle", 50, 2_000),
        ("package", 2, 2_000),
        ("bag", 20, 10_000),
        ("", "0.2", 5_000),
    )
}
"""Grams or millilitres that one measure can be, from the smallest food it is said of to the largest; [K]."""

ANY: tuple[Fraction, Fraction] = (exact("0.1"), exact(5_000))
"""The band of a measure without a row; [K]."""

_EXACT = frozenset({"mass", "volume", "temperature"})
"""Dimensions whose units are exact: there a density may be missing, and none is invented."""


def unknown_measures(order: Order, items: Sequence[MenuDish]) -> list[UnknownMeasure]:
    """The measures of the menu's recipes that the kitchen cannot turn into mass, each once, sorted."""
    seen: dict[tuple[str, str], UnknownMeasure] = {}
    for dish in items:
        if dish.recipe is None:
            continue
        for line in dish.recipe.ingredients:
            key = _measure_of(line)
            if key not in seen and _is_unknown(line, order.system):
                _, measure = key
                seen[key] = UnknownMeasure(item=line.item, measure=measure, preparation=line.preparation)
    return [seen[key] for key in sorted(seen)]


def _measure_of(line: Ingredient) -> tuple[str, str]:
    """The food of a line and the unit it is measured in; empty for pieces and for no quantity."""
    unit = "" if line.quantity is None else line.quantity.unit
    return line.item.casefold(), unit


def _is_unknown(line: Ingredient, system: str) -> bool:
    """Whether a line has an informal measure that no table turns into mass."""
    if line.quantity is None or not _is_informal(line.quantity, system):
        return False
    return to_mass(line.quantity, line.item, line.preparation, system, state=line.state) is None


def decide(answers: Iterable[MeasuredAs]) -> tuple[Decision, ...]:
    """The decisions of an answer."""
    return tuple(
        InformalMeasure(item=row.item, measure=row.measure, quantity=Quantity.of(row.amount, row.unit))
        for row in answers
        if row.item.strip()
    )


def check(asked: Sequence[UnknownMeasure], decisions: Sequence[Decision]) -> list[Finding]:
    """An answer about something else or outside its band is rejected; a measure without an answer is open."""
    wanted = {(row.item.casefold(), row.measure) for row in asked}
    out: list[Finding] = []
    for number, decision in enumerate(of_kind(InformalMeasure, decisions)):
        known = (decision.item.casefold(), decision.measure) in wanted
        out += _check_one(f"measures[{number}]", decision, known=known)
    for row in measures_left(asked, decisions):
        message = f"no weight on file for one {row.measure or 'piece'} of it"
        out.append(still_open("measure_unknown", row.item, message))
    return out


def measures_left(asked: Sequence[UnknownMeasure], decisions: Sequence[Decision]) -> list[UnknownMeasure]:
    """What is still to be measured."""
    done = {(answer.item.casefold(), answer.measure) for answer in of_kind(InformalMeasure, decisions)}
    return [row for row in asked if (row.item.casefold(), row.measure) not in done]


def _check_one(where: str, decision: InformalMeasure, *, known: bool) -> list[Finding]:
    measure = decision.measure or "piece"
    if not known:
        asked = f"{measure} of {decision.item}"
        return [rejected("measure_not_asked", where, "this measure was not asked for", value=asked)]
    quantity = decision.quantity
    if quantity.unit not in {"g", "mL"}:
        return [rejected("measure_unit", where, "a measure is in g or mL", value=quantity.unit)]
    low, high = BANDS.get(decision.measure.casefold(), ANY)
    if low <= quantity.low <= quantity.high <= high:
        return []
    band = f"between {float(low):g} and {float(high):g}"
    message = f"one {measure} is {band} g or mL, so this cannot be"
    return [rejected("measure_band", where, message, value=f"{float(quantity.high):g} {quantity.unit}")]


def _is_informal(quantity: Quantity, system: str) -> bool:
    try:
        return units.find(quantity.unit, system).dimension not in _EXACT
    except units.UnknownUnit:
        return True
