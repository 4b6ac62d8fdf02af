"""What a cook reads of an amount is what is meant: the words of whole plans, read back by a second reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from golden.plans import planned
from words_read_back import spoken

from catering_cli.checks.reference.weights import unit_factor
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.quantity import Amount, Quantity

SAMPLES = sorted((Path(__file__).parents[2] / "sample_orders").glob("*.json"))
TWO_PERCENT = 0.02 + 1e-9
"""How far the words may be from the exact amount; issue and design of the house."""

BOUGHT = ("needed", "as_purchased", "on_hand", "pack", "buy", "left")
"""Amounts of a line of the purchase list."""


def amounts(plan: CateringPlan) -> Iterator[Amount | None]:
    """Every amount that a cook or a buyer reads."""
    for dish in plan.menu:
        yield dish.served
        for line in dish.lines:
            yield from (line.quantity, line.mass)
    for bought in plan.shopping.lines:
        yield from (getattr(bought, name) for name in BOUGHT)
        yield from (share.amount for share in bought.dishes)


def close(said: Quantity, meant: Quantity, system: str) -> bool:
    """Whether two quantities are of one dimension, and within 2 % of one another."""
    dimension, size = unit_factor(said.unit, system) or (said.unit, 1)
    wanted, scale = unit_factor(meant.unit, system) or (meant.unit, 1)
    ends = ((said.low, meant.low), (said.high, meant.high))
    return dimension == wanted and all(
        abs(one * size - other * scale) <= TWO_PERCENT * other * scale for one, other in ends
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_words_for_each_amount_are_within_two_percent_of_it(path: Path) -> None:
    plan = planned(json.loads(path.read_text(encoding="utf-8")))
    system = plan.order.system
    told = [amount for amount in amounts(plan) if amount is not None and amount.kitchen]
    assert told
    for amount in told:
        assert any(close(one, amount.quantity, system) for one in spoken(amount.kitchen, system)), amount
