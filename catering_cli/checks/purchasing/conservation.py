"""The purchase list holds every gram of the menu once: nothing is lost, invented or kept apart that is one food."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found
from catering_cli.checks.reference.decisions import bought_unknown, fold, meant, of_kind
from catering_cli.checks.reference.foods import rows_in
from catering_cli.checks.reference.names import same, words
from catering_cli.checks.reference.numbers import shown
from catering_cli.checks.reference.weights import base_unit, edible_percent
from catering_cli.domain.decision import SameFood
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish, ScaledLine
from catering_cli.domain.quantity import Quantity
from catering_cli.domain.shopping import CAN, ShoppingLine


def listed(evidence: Evidence) -> Findings:
    """Every ingredient of the menu is on the list, and nothing is on the list that no dish needs."""
    shopping = evidence.plan.shopping
    names = {fold(name) for line in shopping.lines for name in (*line.names, line.item)}
    tasted = {words(name) for name in shopping.to_taste}
    needed: set[str] = set()
    for dish in evidence.plan.menu:
        for index, line in enumerate(dish.lines):
            needed.add(fold(line.item))
            if line.quantity is None:
                if not tasted & {words(line.item), words(line.food)} and fold(line.item) not in names and not tasted:
                    yield found("warning", "plan.shopping.to_taste", f"{line.item} is not to hand", line.item)
            elif line.quantity.quantity.high and fold(line.item) not in names:
                where = f"{evidence.dish_path(dish.id)}.lines[{index}]"
                yield found("blocking", "plan.shopping.lines", f"{line.item} for {dish.name} is not bought", "", where)
    for index, bought in enumerate(shopping.lines):
        stray = [name for name in bought.names if fold(name) not in needed]
        if stray or not bought.names:
            message = f"{', '.join(stray) or bought.item} is bought, but no dish needs it"
            yield found("blocking", f"plan.shopping.lines[{index}].names", message, bought.item)


def conserved(evidence: Evidence) -> Findings:
    """Dish by dish and food by food, what is needed is the sum of the menu's lines: no gram lost, none invented."""
    lines = evidence.plan.shopping.lines
    due: dict[tuple[int, str], Fraction] = {}
    for dish in evidence.plan.menu:
        for number, line in enumerate(dish.lines):
            if line.quantity is None or not line.quantity.quantity.high:
                continue
            home = _home(evidence, dish, line)
            if home is None:
                if any(fold(line.item) in {fold(name) for name in bought.names} for bought in lines):
                    where = f"{evidence.dish_path(dish.id)}.lines[{number}]"
                    message = f"{line.item}: no line of the purchase list is in a unit that it can be added to"
                    yield found("blocking", where, message, shown(line.quantity.quantity))
                continue
            index, amount = home
            due[index, dish.id] = due.get((index, dish.id), Fraction(0)) + amount
    for index, bought in enumerate(lines):
        yield from _shares(bought, f"plan.shopping.lines[{index}]", {d: v for (i, d), v in due.items() if i == index})


def _shares(bought: ShoppingLine, path: str, due: dict[str, Fraction]) -> Iterator[Finding]:
    unit = bought.needed.quantity.unit
    said: dict[str, Fraction] = {}
    for index, share in enumerate(bought.dishes):
        where = f"{path}.dishes[{index}]"
        amount = share.amount.quantity
        if share.dish in said:
            yield found("blocking", where, "a dish stands twice in one line", share.dish)
        said[share.dish] = said.get(share.dish, Fraction(0)) + amount.high
        right = due.get(share.dish, Fraction(0))
        if amount.unit != unit:
            yield found("blocking", f"{where}.amount", "a share in another unit than its line", amount.unit, unit)
        elif amount.high != right or amount.is_range:
            message = f"{bought.item}: not what {share.dish} needs"
            yield found("blocking", f"{where}.amount", message, shown(amount), shown(Quantity(right, right, unit)))
    for dish in sorted(set(due) - set(said)):
        yield found("blocking", f"{path}.dishes", f"{bought.item} for {dish} is lost", "", dish)
    total = sum(said.values(), Fraction(0))
    if bought.needed.quantity.high != total:
        message = f"{bought.item}: needed is not the sum of the dishes"
        yield found("blocking", f"{path}.needed", message, shown(bought.needed.quantity), _of(total, unit))


def _of(amount: Fraction, unit: str) -> str:
    return shown(Quantity(amount, amount, unit))


def edible(evidence: Evidence, line: ScaledLine, dish: Dish) -> Fraction:
    """EP mass of one unit of mass of a line as it is written."""
    if line.state == "AP":
        other, _ = meant(evidence).get(fold(line.item), ("", ""))
        return edible_percent(line.item, other) / 100
    if line.state == "served" and dish.recipe is not None:
        return Fraction(100, dish.recipe.cook_yield_percent)
    return Fraction(1)


def _home(evidence: Evidence, dish: Dish, line: ScaledLine) -> tuple[int, Fraction] | None:
    """The line of the list that a menu line belongs to, and its amount there; by mass wherever that is on the list."""
    assert line.quantity is not None
    own, size = base_unit(line.quantity.quantity.unit, evidence.order.system)
    by_unit = _called(evidence).get(fold(line.item), {})
    share = edible(evidence, line, dish)
    in_cans = line.quantity.quantity.unit.endswith(CAN)  # bought by what they hold, drained or not
    if in_cans and own in by_unit:
        return by_unit[own], line.quantity.quantity.high * size
    if "g" in by_unit and (line.mass is not None or own == "g"):
        grams = line.mass.quantity.high if line.mass is not None else line.quantity.quantity.high * size
        return by_unit["g"], grams * share
    if own in by_unit:
        amount = line.quantity.quantity.high * size
        return by_unit[own], amount * share if own in ("g", "mL") else amount
    return None


@asked_once
def _called(evidence: Evidence) -> dict[str, dict[str, int]]:
    """Lines of the list by what the menu calls their food, and by unit; of two the first."""
    lines: dict[str, dict[str, int]] = {}
    for index, bought in enumerate(evidence.plan.shopping.lines):
        for name in bought.names:
            lines.setdefault(fold(name), {}).setdefault(bought.needed.quantity.unit, index)
    return lines


def merged(evidence: Evidence) -> Findings:
    """Names that were decided to be one food are one line of the list, marked with who decided."""
    for decided, by in of_kind(evidence, SameFood):
        names = {fold(name) for name in decided.items}
        for index, line in enumerate(evidence.plan.shopping.lines):
            here = names & {fold(name) for name in line.names}
            if here and not same(line.item, decided.food):
                message = f"{by} decided that {', '.join(sorted(here))} is {decided.food}"
                yield found("blocking", f"plan.shopping.lines[{index}].item", message, line.item, decided.food)
            elif here and by not in line.by:
                yield found("warning", f"plan.shopping.lines[{index}].by", "says another decided", line.by, by)


def foods_bought(evidence: Evidence) -> Findings:
    """What is bought is the food that the recipes name, as the table knows it; what no table knows keeps its name."""
    for index, line in enumerate(evidence.plan.shopping.lines):
        path = f"plan.shopping.lines[{index}]"
        foods = () if bought_unknown(evidence, line.names) else _foods(line.item)
        if line.food not in (foods or ("",)):
            yield found("warning", f"{path}.food", f"{line.item} is another food", line.food, ", ".join(foods))
        for name in line.names:
            due, _ = meant(evidence).get(fold(name), (name, ""))
            unknown = bought_unknown(evidence, (name,)) or not _foods(due)
            right = same(line.item, due) if unknown else foods == _foods(due)
            if not right:
                yield found("warning", f"{path}.item", f"{name} is bought by another name", line.item, due)
    yield from _foods_named(evidence)


def _foods_named(evidence: Evidence) -> Iterator[Finding]:
    """A line of the menu names the food of the table that its item is."""
    for dish in evidence.dishes.values():
        for index, line in enumerate(dish.lines):
            due, _ = meant(evidence).get(fold(line.item), (line.item, ""))
            foods = _foods(due)
            if line.food and line.food not in foods:
                where = f"{evidence.dish_path(dish.id)}.lines[{index}].food"
                yield found("warning", where, f"{dish.name}: {line.item} is another food", line.food, ", ".join(foods))


def _foods(item: str) -> tuple[str, ...]:
    """The foods of the table that an item is: one, or one of several."""
    return tuple(sorted({row["food"] for row in rows_in(item)}))


CHECKS = {
    "shopping.named": foods_bought,
    "shopping.listed": listed,
    "shopping.conserved": conserved,
    "shopping.same_food": merged,
}
