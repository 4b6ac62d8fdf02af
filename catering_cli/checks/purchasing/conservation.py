"""The purchase list holds every gram of the menu once: nothing is lost, invented or kept apart that is one food."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.compare import BLOCKING, compare_entry
from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.decisions import bought_unknown, fold, meant_by
from catering_cli.checks.reference.foods import rows_in
from catering_cli.checks.reference.names import same
from catering_cli.checks.reference.weights import base_unit, edible_percent
from catering_cli.domain.finding import Finding, Severity
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.names import CAN
from catering_cli.domain.shopping import ShoppingLine

NOTHING = Fraction(0)


def _needed(line: ScaledLine) -> bool:
    return line.quantity is not None and line.quantity.quantity.high > 0


@asked_once
def _bought(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Lines of the list by what the menu calls their food, and by unit; of two the first."""
    lines: dict[str, dict[str, int]] = {}
    for index, bought in enumerate(evidence.plan.shopping.lines):
        for name in bought.names:
            lines.setdefault(fold(name), {}).setdefault(bought.needed.quantity.unit, index)
    return lines


def all_bought(evidence: Evidence) -> Findings:
    """Every ingredient of the menu is on the list, and nothing is on the list that no dish needs."""
    names = _bought(evidence).keys() | {fold(line.item) for line in evidence.plan.shopping.lines}
    missing = [(path, dish, line) for path, dish, line in evidence.lines if fold(line.item) not in names]
    for path, dish, line in missing:
        if _needed(line):
            yield found("blocking", "plan.shopping.lines", f"{line.item} for {dish.name} is not bought", "", path)
        elif line.quantity is None and not evidence.plan.shopping.to_taste:
            yield found("warning", "plan.shopping.to_taste", f"{line.item} is not to hand", line.item)
    yield from _strays(evidence)


def _strays(evidence: Evidence) -> Iterator[Finding]:
    """Nothing is on the list that no dish needs."""
    needed = {fold(line.item) for _, _, line in evidence.lines}
    for path, bought in evidence.purchases:
        if not bought.names or not needed.issuperset(map(fold, bought.names)):
            message = f"{bought.item} is bought, but no dish needs it"
            yield found("blocking", f"{path}.names", message, ", ".join(bought.names))


def conserved(evidence: Evidence) -> Findings:
    """Dish by dish and food by food, what is needed is the sum of the menu's lines: no gram lost, none invented."""
    due: dict[int, dict[str, Fraction]] = {}
    for path, dish, line in evidence.lines:
        units = _bought(evidence).get(fold(line.item))
        if not _needed(line) or units is None:
            continue
        unit, amount = _amount(evidence, dish, line, units)
        if unit not in units:
            message = f"{line.item}: no line of the purchase list is in a unit that it can be added to"
            yield found("blocking", path, message, unit, ", ".join(units))
            continue
        shares = due.setdefault(units[unit], {})
        shares[dish.id] = shares.get(dish.id, NOTHING) + amount
    for index, (path, bought) in enumerate(evidence.purchases):
        yield from _shares(bought, path, due.get(index, {}))


def _amount(evidence: Evidence, dish: Dish, line: ScaledLine, units: dict[str, int]) -> tuple[str, Fraction]:
    """Unit and EP amount by which a menu line is on the list; by mass if the list has its food by mass."""
    assert line.quantity is not None
    quantity = line.quantity.quantity
    unit, size = base_unit(quantity.unit, evidence.order.system)
    if quantity.unit.endswith(CAN) and unit in units:
        return unit, quantity.high * size  # bought by what they hold, drained or not
    share = edible(evidence, line, dish)
    if "g" in units and line.mass is not None:
        return "g", line.mass.quantity.high * share
    return unit, quantity.high * size * (share if unit in ("g", "mL") else 1)


def edible(evidence: Evidence, line: ScaledLine, dish: Dish) -> Fraction:
    """EP mass of one unit of mass of a line as it is written."""
    if line.state == "AP":
        other, _ = meant_by(evidence, line.item)
        return edible_percent(line.item, other) / 100
    if line.state == "served" and dish.recipe is not None:
        return Fraction(100, dish.recipe.cook_yield_percent)
    return Fraction(1)


def _shares(bought: ShoppingLine, path: str, due: dict[str, Fraction]) -> Iterator[Finding]:
    """The shares of the dishes are those due, in the line's unit, each once, and add up to what is needed."""
    unit = bought.needed.quantity.unit
    for where, share in placed(f"{path}.dishes", bought.dishes):
        right = due.get(share.dish, NOTHING)
        expected = {"amount.quantity.high": right, "amount.quantity.low": right, "amount.quantity.unit": unit}
        yield from compare_entry(where, share, expected, BLOCKING)
    said = [share.dish for share in bought.dishes]
    for dish in sorted({*due, *said}):
        if said.count(dish) != 1:
            message = f"{bought.item}: the share of {dish} is lost, or stands twice"
            yield found("blocking", f"{path}.dishes", message, said.count(dish), 1)
    total = sum((share.amount.quantity.high for share in bought.dishes), NOTHING)
    yield from compare_entry(path, bought, {"needed.quantity.high": total}, BLOCKING)


def foods_bought(evidence: Evidence) -> Findings:
    """What is bought is the food that the recipes name, as the table knows it; what no table knows keeps its name.

    Names that were decided to be one food are bought by its name, marked with who decided.
    """
    for path, bought in evidence.purchases:
        foods = () if bought_unknown(evidence, bought.names) else _foods(bought.item)
        if bought.food not in (foods or ("",)):
            yield found("warning", f"{path}.food", f"{bought.item} is another food", bought.food, ", ".join(foods))
        for name in bought.names:
            yield from _named(evidence, bought, name, foods, path)


def _named(evidence: Evidence, bought: ShoppingLine, name: str, foods: tuple[str, ...], path: str) -> Iterator[Finding]:
    """A name of the recipes is bought by its food's name, or by the name that was decided."""
    food, by = meant_by(evidence, name)
    due = food or name
    by_name = by or bought_unknown(evidence, (name,)) or not _foods(due)
    right = same(bought.item, due) if by_name else foods == _foods(due)
    if not right:
        severity: Severity = "blocking" if by else "warning"
        yield found(severity, f"{path}.item", f"{name} is bought by another name", bought.item, due)
    if by not in bought.by:
        yield found("warning", f"{path}.by", "says another decided", bought.by, by)


def foods_named(evidence: Evidence) -> Findings:
    """A line of the menu names the food of the table that its item is."""
    for path, dish, line in evidence.lines:
        foods = _foods(meant_by(evidence, line.item)[0] or line.item)
        if line.food and line.food not in foods:
            message = f"{dish.name}: {line.item} is another food"
            yield found("warning", f"{path}.food", message, line.food, ", ".join(foods))


def _foods(item: str) -> tuple[str, ...]:
    """The foods of the table that an item is: one, or one of several."""
    return tuple(sorted({row["food"] for row in rows_in(item)}))


CHECKS = {
    "shopping.named": foods_bought,
    "lines.food": foods_named,
    "shopping.listed": all_bought,
    "shopping.conserved": conserved,
}
