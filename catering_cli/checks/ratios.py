"""The rules of thumb by name, each a formula over its inputs; `catering_cli.domain.basis` says what each is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from catering_cli.checks.reference.numbers import fraction, to_cents, up

Inputs = Mapping[str, Fraction]


def _cents(amount: Fraction) -> Fraction:
    return Fraction(to_cents(amount))


FORMULAS: Mapping[str, Callable[[Inputs], Fraction | int]] = {
    "ware.per_guest": lambda i: up(i["per_guest"] * i["guests"]),
    "ware.per_dish": lambda i: i["dishes"] * i["lines"],
    "ware.per_hot_dish": lambda i: i["dishes"] * i["lines"],
    "ware.fuel": lambda i: i["cans_a_set"] * up(i["hours"] / i["hours_a_set"]) * i["chafers"],
    "staff.peak": lambda i: i["peak"],
    "staff.per_guests": lambda i: up(i["guests"] / i["guests_each"]),
    "staff.captain": lambda i: int(i["staff"] > 0),
    "staff.decided": lambda i: i["count"],
    "cost.labour": lambda i: _cents(i["hours"] * i["rate"]),
    "cost.rentals": lambda i: _cents(i["count"] * i["price"]),
    "cost.transport": lambda i: _cents(i["trips"] * i["price"]),
    "cost.contingency": lambda i: _cents(i["subtotal"] * i["percent"] / 100),
    "pack.box": lambda i: i["portions"],
    "pack.tray": lambda i: up(i["portions"] / i["portions_each"]),
    "pack.dispenser": lambda i: max(up(i["litres"] / i["litres_each"]), 1),
    "pack.pan": lambda i: max(up(i["grams"] / i["grams_each"]), 1),
    "pack.pan_by_portions": lambda i: max(up(i["portions"] / i["portions_each"]), 1),
}
"""Rule -> its figure; the rules under `pack` carry no basis in a plan."""


def figure(rule: str, **inputs: Fraction | int) -> int:
    """What a rule that counts things gives."""
    return int(FORMULAS[rule]({name: Fraction(value) for name, value in inputs.items()}))


def figure_of(rule: str, inputs: Mapping[str, str]) -> Fraction | None:
    """What a rule gives for the inputs that a plan writes; None for a rule of another table, or for no numbers."""
    if rule not in FORMULAS:
        return None
    needed = {name: number for name, text in inputs.items() if (number := fraction(text)) is not None}
    try:
        return Fraction(FORMULAS[rule](needed))
    except (KeyError, ZeroDivisionError):
        return None
