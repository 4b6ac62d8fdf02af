"""A figure's basis as data: the sentence beside it says the same, and its formula gives the figure."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from catering_cli.domain import basis as bases
from catering_cli.domain.basis import SENTENCES, Basis
from catering_cli.domain.money import cents
from catering_cli.domain.plan import CateringPlan
from catering_cli.intake import load
from catering_cli.kitchen.cook import cook

FOLDER = Path(__file__).parents[3] / "sample_orders"
SAMPLES = [FOLDER / f"{name}.json" for name in ("boxed_lunches", "cocktail_reception", "wedding")]

Inputs = Mapping[str, Fraction]
FORMULAS: dict[str, Callable[[Inputs], Fraction | int]] = {
    "ware.per_guest": lambda given: math.ceil(given["per_guest"] * given["guests"]),
    "ware.per_dish": lambda given: given["dishes"] * given["lines"],
    "ware.per_hot_dish": lambda given: given["dishes"] * given["lines"],
    "ware.fuel": lambda given: (
        given["cans_a_set"] * math.ceil(given["hours"] / given["hours_a_set"]) * given["chafers"]
    ),
    "staff.peak": lambda given: given["peak"],
    "staff.per_guests": lambda given: math.ceil(given["guests"] / given["guests_each"]),
    "staff.leads": lambda given: given["cooks"] // given["cooks_each"] if given["cooks_each"] else 1,
    "staff.captain": lambda given: int(given["staff"] > 0),
    "staff.shifts": lambda given: given["people"],
    "staff.decided": lambda given: given["count"],
    "cost.labour": lambda given: Fraction(cents(given["hours"] * given["rate"])),
    "cost.rentals": lambda given: Fraction(cents(given["count"] * given["price"])),
    "cost.transport": lambda given: Fraction(cents(given["trips"] * given["price"])),
    "cost.contingency": lambda given: Fraction(cents(given["subtotal"] * given["percent"] / 100)),
}


@pytest.fixture(scope="module", params=SAMPLES, ids=lambda path: path.stem)
def plan(request: pytest.FixtureRequest) -> CateringPlan:
    document = json.loads(request.param.read_text(encoding="utf-8"))
    return cook(load.order_of(document, str(request.param)), version="test", remedies=False)


def figures(plan: CateringPlan) -> list[tuple[int | Decimal, str, Basis | None]]:
    """Each counted or priced figure of a plan with its sentence and its basis."""
    counted = [(line.count, line.basis, line.derivation) for line in (*plan.equipment.ware, *plan.staffing)]
    return [*counted, *((line.amount, line.basis, line.derivation) for line in plan.costing.lines)]


def test_a_basis_gives_its_figure_and_its_sentence(plan: CateringPlan) -> None:
    assert figures(plan)
    for figure, sentence, basis in figures(plan):
        assert basis is not None
        assert basis.sentence() == sentence
        if basis.rule in FORMULAS:
            numbers = {name: Fraction(text) for name, text in basis.inputs.items() if name != "ratio"}
            assert FORMULAS[basis.rule](numbers) == Fraction(figure), basis


def test_a_limit_says_whose_row_it_is(plan: CateringPlan) -> None:
    for point in plan.safety.points:
        assert point.derivation is not None
        assert point.derivation.sentence() == point.note
        assert point.derivation.inputs["jurisdiction"] == plan.safety.jurisdiction


def test_rows_of_a_table_keep_the_figures_that_fill_them(plan: CateringPlan) -> None:
    for assumption in plan.assumptions:
        assert assumption.derivation is not None
        assert all(value in assumption.number for value in assumption.derivation.inputs.values())
    for row in plan.contingency:
        assert row.derivation is not None
        assert all(value in row.trigger + row.action for value in row.derivation.inputs.values())
        assert "{" not in row.trigger + row.action


def test_every_counted_rule_has_a_formula_and_a_line_in_the_table_of_formulas() -> None:
    for rule in SENTENCES:
        kind, _, name = rule.partition(".")
        described = name.endswith("_class_unknown") or rule in str(bases.__doc__)
        assert described, rule
        assert rule in FORMULAS or kind in ("limit", "stress", "learnt") or rule == "cost.food"
