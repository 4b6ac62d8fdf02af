"""Numbers of a plan: none negative, and what a cook reads is what is meant."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.amount_text import spoken
from catering_cli.checks.reference.numbers import shown
from catering_cli.checks.reference.weights import unit_factor
from catering_cli.domain.quantity import Amount, Quantity

TWO_PERCENT = 0.02 + 1e-9
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
    by, of = float(one[1] if one else 1), float(other[1] if other else 1)
    low, high = float(meant.low) * of, float(meant.high) * of
    low_off, high_off = abs(float(said.low) * by - low), abs(float(said.high) * by - high)
    return low_off <= TWO_PERCENT * low and high_off <= TWO_PERCENT * high


def not_negative(evidence: Evidence) -> Findings:
    """No amount is below nothing, and a range runs upwards."""
    for path, amount in all_amounts(evidence):
        if amount.quantity.low < 0 or amount.quantity.high < amount.quantity.low:
            yield found("blocking", path, "not an amount", shown(amount.quantity))


CHECKS = {
    "amounts.words": words_true,
    "amounts.sane": not_negative,
}
