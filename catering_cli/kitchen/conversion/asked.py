"""What a text such as "2 cups flour" or "10 kg onions EP" asks to convert: the amount, the food and its state."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import doubts, dry
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import BadQuantity
from catering_cli.kitchen.quantities.units import Unit
from catering_cli.kitchen.recipes.ingredient_line import parse_line

WITH_STATE: Final = re.compile(r"^(.*?) ?\(?\b(AP|EP)\)?$")
"""A unit or a food with its state behind it."""


@dataclass(frozen=True, slots=True)
class AskedAmount:
    """An amount of a food, read. `state` is AP or EP; `is_stated`: it was written, not derived."""

    quantity: Quantity
    unit: Unit
    item: str
    preparation: str
    state: str
    system: str
    is_stated: bool
    approximate: bool
    warnings: tuple[str, ...] = ()


def parse_asked(text: str, ingredient: str | None, system: str, wanted: str) -> AskedAmount:
    """The amount, food and state that `text` and `ingredient` name together; the ingredient given wins.

    Raises BadQuantity, also for a temperature, which no food's `wanted` unit measures; and UnknownUnit.
    """
    parsed = parse_amount(text, system)
    quantity, item, preparation = parsed.quantity, "", " ".join(parsed.notes)
    state, approximate, warnings = parsed.state, parsed.approximate, list(parsed.warnings)
    stated = WITH_STATE.match(parsed.rest)
    if stated:
        state = stated[2]
        text = re.sub(rf" ?\(?\b{state}\)?$", "", text.strip())
    if stated[1] if stated else parsed.rest:
        line = parse_line(text, system)
        quantity, item, preparation = line.quantity or quantity, line.item, line.preparation
        approximate, warnings = line.approximate, list(line.warnings)
        state = state or line.state
    given = (ingredient or "").strip()
    if given and item and given.lower() != item.lower():
        warnings.append(f"the ingredient given, {given}, is used instead of {item}")
    if given:
        warnings += [doubt for doubt in doubts(quantity, given, system) if doubt not in warnings]
        item = given
    if quantity.unit == "C":
        warnings.append("'C' is read as cup; write cup, or °C for a temperature")
        quantity = replace(quantity, unit="cup")
    unit = dry(units.find(quantity.unit, system), item, system)
    if unit.dimension == "temperature":
        raise BadQuantity(
            f"{text.strip()[:40]!r} is a temperature, {wanted or 'a piece'} is none; write --to C, F or K"
        )
    is_stated = bool(parsed.state or stated)
    if is_stated:
        warnings = [warning for warning in warnings if "read as purchased" not in warning]
    elif unit.dimension in ("count", "measure"):
        state = "EP"  # the weights of pieces are edible portions
    return AskedAmount(
        quantity,
        unit,
        item,
        preparation,
        state or "EP",
        system,
        is_stated,
        approximate,
        tuple(warnings),
    )
