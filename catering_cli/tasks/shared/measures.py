"""Informal measures: which lines need one, what one is, and the band in which an answer is believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from catering_cli.domain.decision import Decision, InformalMeasure
from catering_cli.domain.finding import Finding
from catering_cli.domain.order import Order
from catering_cli.domain.quantity import Quantity, exact
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities import units
from catering_cli.tasks.shared.order_view import found
from catering_cli.tasks.shared.task import Wire


class UnknownMeasure(Wire):
    """A line whose mass nobody knows: what one `measure` of `item` is."""

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
        for line in dish.recipe.ingredients if dish.recipe else ():
            quantity = line.quantity
            if (
                quantity is None
                or (line.item.casefold(), quantity.unit) in seen
                or not _informal(quantity, order.system)
            ):
                continue
            if to_mass(quantity, line.item, line.preparation, order.system, state=line.state) is None:
                row = UnknownMeasure(item=line.item, measure=quantity.unit, preparation=line.preparation)
                seen[line.item.casefold(), quantity.unit] = row
    return [seen[key] for key in sorted(seen)]


def decide(answers: Iterable[MeasuredAs]) -> tuple[Decision, ...]:
    """The decisions of an answer."""
    return tuple(
        InformalMeasure(item=row.item, measure=row.measure, quantity=Quantity.of(row.amount, row.unit))
        for row in answers
        if row.item.strip()
    )


def check(asked: Sequence[UnknownMeasure], decisions: Sequence[Decision]) -> list[Finding]:
    """An answer about something else or outside its band is rejected; what nobody measured is open."""
    wanted = {(row.item.casefold(), row.measure): row for row in asked}
    out, settled = [], set()
    for number, decision in enumerate(d for d in decisions if isinstance(d, InformalMeasure)):
        key = (decision.item.casefold(), decision.measure)
        settled.add(key)
        out += _check_one(f"measures[{number}]", decision, known=key in wanted)
    return out + [
        found("open", "measure_unknown", row.item, f"nobody knows what one {row.measure or 'piece'} of it weighs")
        for key, row in wanted.items()
        if key not in settled
    ]


def measures_left(asked: Sequence[UnknownMeasure], decisions: Sequence[Decision]) -> list[UnknownMeasure]:
    """What is still to be measured."""
    done = {(d.item.casefold(), d.measure) for d in decisions if isinstance(d, InformalMeasure)}
    return [row for row in asked if (row.item.casefold(), row.measure) not in done]


def _check_one(where: str, decision: InformalMeasure, *, known: bool) -> list[Finding]:
    if not known:
        asked = f"{decision.measure or 'piece'} of {decision.item}"
        return [found("blocking", "measure_not_asked", where, "this measure was not asked for", value=asked)]
    quantity = decision.quantity
    low, high = BANDS.get(decision.measure.casefold(), ANY)
    if quantity.unit not in {"g", "mL"}:
        return [found("blocking", "measure_unit", where, "a measure is in g or mL", value=quantity.unit)]
    if not low <= quantity.low <= quantity.high <= high:
        band = f"between {float(low):g} and {float(high):g}"
        message = f"one {decision.measure or 'piece'} is {band} g or mL, so this cannot be"
        return [found("blocking", "measure_band", where, message, value=f"{float(quantity.high):g} {quantity.unit}")]
    return []


def _informal(quantity: Quantity, system: str) -> bool:
    try:
        return units.find(quantity.unit, system).dimension not in _EXACT
    except units.UnknownUnit:
        return True
