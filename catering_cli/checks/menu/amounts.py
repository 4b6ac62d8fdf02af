"""Amounts of a plan: what a cook reads is what is meant. None is negative: reading a plan sees to that."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.amount_text import spoken
from catering_cli.checks.reference.numbers import shown
from catering_cli.checks.reference.weights import ONE, unit_factor
from catering_cli.domain.quantity import Amount, Quantity

TWO_PERCENT = 0.02 + 1e-9
"""How far the words may be from the exact amount; issue and design of the house."""

BOUGHT = ("needed", "as_purchased", "on_hand", "pack", "buy", "left")
"""Amounts of a line of the purchase list."""


def _all_amounts(evidence: Evidence) -> dict[str, Amount]:
    """Every amount of the plan by its path."""
    amounts: dict[str, Amount | None] = {f"{path}.served": dish.served for path, dish in evidence.menu}
    for path, _, line in evidence.lines:
        amounts |= {f"{path}.quantity": line.quantity, f"{path}.mass": line.mass}
    for path, bought in evidence.purchases:
        amounts |= {f"{path}.{name}": getattr(bought, name) for name in BOUGHT}
        amounts |= {f"{where}.amount": share.amount for where, share in placed(f"{path}.dishes", bought.dishes)}
    return {path: amount for path, amount in amounts.items() if amount is not None}


def words_true(evidence: Evidence) -> Findings:
    """The words for an amount are within 2 % of it, and name the same dimension."""
    system = evidence.order.system
    for path, amount in _all_amounts(evidence).items():
        said = spoken(amount.kitchen, system) if amount.kitchen else (amount.quantity,)
        if "  " not in amount.kitchen and any(_close(one, amount.quantity, system) for one in said):
            continue
        where, limit = f"{path}.kitchen", shown(amount.quantity)
        if said:
            yield found("blocking", where, "the words are another amount than the number", amount.kitchen, limit)
        else:
            yield found("warning", where, "the words for this amount cannot be read back", amount.kitchen, limit)


def _close(said: Quantity, meant: Quantity, system: str) -> bool:
    """Whether two quantities are of one dimension, and within 2 % of one another."""
    ratio = 1.0 if said.unit == meant.unit else _ratio(said.unit, meant.unit, system)
    return bool(ratio) and _near(said.low, meant.low, ratio) and _near(said.high, meant.high, ratio)


@cache
def _ratio(unit: str, other: str, system: str) -> float:
    """How many of one unit another is; 0 if they are not of one dimension."""
    dimension, size = unit_factor(unit, system) or (unit, ONE)
    wanted, scale = unit_factor(other, system) or (other, ONE)
    return float(size / scale) if dimension == wanted else 0.0


def _near(said: Fraction, meant: Fraction, ratio: float) -> bool:
    due = meant.numerator / meant.denominator
    return abs(said.numerator / said.denominator * ratio - due) <= TWO_PERCENT * due


CHECKS = {"amounts.words": words_true}
