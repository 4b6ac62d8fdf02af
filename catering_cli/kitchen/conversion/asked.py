"""What a text such as "2 cups flour" or "10 kg onions EP" asks to convert: the amount, the food and its state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import doubts, dry
from catering_cli.kitchen.lines.amount_place import amount_anywhere
from catering_cli.kitchen.lines.ingredient_line import IngredientLine
from catering_cli.kitchen.lines.several_foods import parse_lines
from catering_cli.kitchen.quantities import units
from catering_cli.kitchen.quantities.amount import parse_amount
from catering_cli.kitchen.quantities.numerals import BadQuantity, NoAmount, normalized
from catering_cli.kitchen.quantities.scanner import ParsedAmount
from catering_cli.kitchen.quantities.units import Unit

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


def parse_asked(
    text: str,
    ingredient: str | None,
    system: str,
    wanted: str,
) -> AskedAmount:
    """The amount, food and state that `text` and `ingredient` name together; the ingredient given wins.

    Raises BadQuantity, also for a temperature, which no food's `wanted` unit measures; and UnknownUnit.
    """
    parsed = _parsed(text, system)
    stated = WITH_STATE.match(parsed.rest)
    line = _line(text, parsed, stated, system)
    quantity = line.quantity or parsed.quantity
    given = (ingredient or "").strip()
    item = given or line.item
    unclear = [doubt.sentence for doubt in line.doubts]
    warnings = [*line.warnings, *unclear, *_doubts_of_given(given, line.item, quantity, system)]
    if quantity.unit == "C":
        warnings.append("'C' is read as cup; write cup, or °C for a temperature")
        quantity = replace(quantity, unit="cup")
    unit = dry(_unit(text, quantity, system, wanted), item, system)
    state = stated[2] if stated else parsed.state
    if state:
        warnings = _without_assumed_state(warnings)
    return AskedAmount(
        quantity=quantity,
        unit=unit,
        item=item,
        preparation=line.preparation,
        state=state or _usual_state(unit, line),
        system=system,
        is_stated=bool(state),
        approximate=line.approximate,
        warnings=tuple(warnings),
    )


def _parsed(text: str, system: str) -> ParsedAmount:
    """The amount before the food, or else behind it: "Basmati rice 350 g"."""
    try:
        return parse_amount(text, system)
    except NoAmount:
        behind, rest = amount_anywhere(normalized(text), system)
        if behind is None:
            raise
        return replace(behind, rest=rest)


def _without_assumed_state(warnings: Sequence[str]) -> list[str]:
    """The warnings of an amount whose state is stated: nothing had to be assumed."""
    return [warning for warning in warnings if "read as purchased" not in warning]


def _usual_state(unit: Unit, line: IngredientLine) -> str:
    """The state of an amount that does not say: the weights of pieces are edible portions."""
    return "EP" if unit.dimension in ("count", "measure") else line.state


def _unit(text: str, quantity: Quantity, system: str, wanted: str) -> Unit:
    unit = units.find(quantity.unit, system)
    if unit.dimension == "temperature":
        asked = f"{text.strip()[:40]!r} is a temperature, {wanted or 'a piece'} is not"
        raise BadQuantity(f"{asked}; write --to C, F or K")
    return unit


def _line(
    text: str,
    parsed: ParsedAmount,
    stated: re.Match[str] | None,
    system: str,
) -> IngredientLine:
    """The text as an ingredient line without its state; one without food if the text names none."""
    food = stated[1] if stated else parsed.rest
    if not food:
        notes = " ".join(parsed.notes)
        return IngredientLine("", parsed.quantity, notes, warnings=parsed.warnings, approximate=parsed.approximate)
    if stated:
        text = re.sub(rf" ?\(?\b{stated[2]}\)?$", "", text.strip())
    first, *others = parse_lines(text, system)
    if not others:
        return first
    left = ", ".join(line.item for line in others)
    return replace(
        first, warnings=(*first.warnings, f"only {first.item} is converted; write a line of its own for {left}")
    )


def _doubts_of_given(
    given: str,
    named: str,
    quantity: Quantity,
    system: str,
) -> list[str]:
    """What is unsure if the ingredient is given beside the text; of the food that the text names the line tells."""
    if not given or given.lower() == named.lower():
        return []
    instead = [f"{given}, the ingredient given, is used instead of {named}"] if named else []
    return instead + doubts(quantity, given, system)
