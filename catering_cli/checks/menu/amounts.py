"""Numbers of a plan: none negative, and what a cook reads is what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.menu.lines import shown
from catering_cli.checks.reference.amount_text import single, spoken
from catering_cli.checks.reference.weights import unit_factor
from catering_cli.domain.quantity import Amount, Quantity

TWO_PERCENT = Fraction(2, 100)
"""How far the words may be from the exact amount; issue and design of the house."""


def all_amounts(evidence: Evidence) -> Iterator[tuple[str, Amount]]:
    """Every amount of the plan with its path."""
    for i, dish in enumerate(evidence.plan.menu):
        for j, line in enumerate(dish.lines):
            for name, amount in (("quantity", line.quantity), ("mass", line.mass)):
                if amount is not None:
                    yield f"plan.menu[{i}].lines[{j}].{name}", amount
        if dish.served is not None:
            yield f"plan.menu[{i}].served", dish.served
    for i, bought in enumerate(evidence.plan.shopping.lines):
        for name in ("needed", "as_purchased", "on_hand", "pack", "buy"):
            amount = getattr(bought, name)
            if amount is not None:
                yield f"plan.shopping.lines[{i}].{name}", amount
        for j, share in enumerate(bought.dishes):
            yield f"plan.shopping.lines[{i}].dishes[{j}].amount", share.amount


def words_true(evidence: Evidence) -> Findings:
    """The words for an amount are within 2 % of it, and name the same dimension."""
    system = evidence.order.system
    for path, amount in all_amounts(evidence):
        if not amount.kitchen:
            continue
        said = spoken(amount.kitchen, system)
        if said is None:
            message = "the words for this amount cannot be read back"
            yield found("warning", f"{path}.kitchen", message, amount.kitchen, shown(amount.quantity))
        elif not any(_close(one, amount.quantity, system) for one in said):
            message = "the words are another amount than the number"
            yield found("blocking", f"{path}.kitchen", message, amount.kitchen, shown(amount.quantity))


def _close(said: Quantity, meant: Quantity, system: str) -> bool:
    if said == meant:
        return True
    one, other = unit_factor(said.unit, system), unit_factor(meant.unit, system)
    if said.unit != meant.unit and (one is None or other is None or one[0] != other[0]):
        return False
    by, of = (one[1] if one else Fraction(1)), (other[1] if other else Fraction(1))
    ends = ((said.low * by, meant.low * of), (said.high * by, meant.high * of))
    return all(a == b or abs(a - b) <= TWO_PERCENT * b for a, b in ends)


def not_negative(evidence: Evidence) -> Findings:
    """No amount is below nothing, and a range runs upwards."""
    for path, amount in all_amounts(evidence):
        if amount.quantity.low < 0 or amount.quantity.high < amount.quantity.low:
            yield found("blocking", path, "not an amount", shown(amount.quantity))


COMFORT: dict[str, tuple[Fraction, Fraction]] = {
    "g": (Fraction(0), Fraction(1000)), "mL": (Fraction(0), Fraction(1000)), "kg": (Fraction(1), Fraction(10**9)),
    "L": (Fraction(1), Fraction(10**9)), "tsp": (Fraction(0), Fraction(3)), "tbsp": (Fraction(1, 2), Fraction(4)),
    "cup": (Fraction(1, 4), Fraction(16)), "oz": (Fraction(0), Fraction(64)), "lb": (Fraction(1, 2), Fraction(10**9)),
}  # fmt: skip
"""From how much to how much a cook says an amount in a unit; [K]."""

EIGHTHS = 8
COARSE = (1, 2, 3, 4)
DENOMINATORS = {"": (*COARSE, 8), "tsp": (*COARSE, 8, 16, 32, 64)}
"""Parts of a unit that a cook measures."""


SINGULAR = re.compile(r"(?<![\d/])(?:[2-9]|[1-9]\d+)(?: \d/\d)? (?:cup|clove|slice|sprig|bunch|stalk|head)(?!\w)")


def words_plain(evidence: Evidence) -> Findings:
    """A cook's words are such as a cook would use: 1.2 kg and not 1200 g, 1/2 cup and not 8 tbsp."""
    for path, amount in all_amounts(evidence):
        if not amount.kitchen or amount.quantity.is_range:
            continue
        if SINGULAR.search(amount.kitchen):
            yield found("advice", f"{path}.kitchen", "more than one of them is said in the plural", amount.kitchen)
        parts = single(amount.kitchen)
        if parts is None:
            continue
        number, unit, decimal = parts
        low, high = COMFORT.get(unit, (Fraction(0), Fraction(10**12)))
        if not low <= number < high:
            yield found("advice", f"{path}.kitchen", "a cook would say it in another unit", amount.kitchen)
        odd = number.denominator == EIGHTHS and number % 1 != Fraction(1, EIGHTHS)
        if not decimal and (odd or number.denominator not in DENOMINATORS.get(unit, COARSE)):
            yield found("advice", f"{path}.kitchen", "a cook would say it with another fraction", amount.kitchen)
        if decimal and len(amount.kitchen.split()[0].replace(".", "").lstrip("0")) > SIGNIFICANT:
            yield found("advice", f"{path}.kitchen", "more digits than a scale shows", amount.kitchen)


def broken_weighed(evidence: Evidence) -> Findings:
    """Part of a piece is said with what it weighs, where that is known: nobody can count half an egg."""
    for i, dish in enumerate(evidence.plan.menu):
        for j, line in enumerate(dish.lines):
            if line.quantity is None or line.mass is None or line.quantity.quantity.is_range or line.by != "kitchen":
                continue
            one = unit_factor(line.quantity.quantity.unit, evidence.order.system)
            counted = one is not None and one[0] in ("count", "measure")
            if counted and line.quantity.quantity.low.denominator > 1 and not line.quantity.kitchen.count(" g)"):
                path = f"plan.menu[{i}].lines[{j}].quantity.kitchen"
                yield found("advice", path, "part of a piece without its weight", line.quantity.kitchen)


SIGNIFICANT = 3
"""Digits of a spoken number at most."""

CHECKS = {
    "amounts.words": words_true,
    "amounts.plain": words_plain,
    "amounts.broken": broken_weighed,
    "amounts.sane": not_negative,
}
