"""The label that was read for an ingredient: what it declares, what it warns of, its certificates."""

from __future__ import annotations

from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.foods import row_of, with_implied
from catering_cli.checks.reference.names import same
from catering_cli.checks.reference.needs import canonical
from catering_cli.domain.order import Order


class Label(NamedTuple):
    """What a label says: allergens declared, precautions, certificates."""

    declared: frozenset[str]
    may_contain: frozenset[str]
    certified: frozenset[str]
    where: str


@asked_once
def labels(evidence: Evidence, item: str) -> tuple[Label, ...]:
    """Labels of the order that were read for an ingredient: under its own name, or its food's."""
    return _read(evidence.order, item)


def _read(order: Order, item: str) -> tuple[Label, ...]:
    row = row_of(item)
    found: list[Label] = []
    for index, product in enumerate(order.products):
        if _about(product.item, item, row):
            sets = (_allergens(product.label), _allergens(product.may_contain), frozenset(product.certified))
            found.append(Label(*sets, f"order.products[{index}]"))
    for index, supply in enumerate(order.supply):
        if supply.allergen_label is not None and _about(supply.item, item, row):
            found.append(Label(_allergens(supply.allergen_label), frozenset(), frozenset(), f"order.supply[{index}]"))
    return tuple(found)


def _about(name: str, item: str, row: dict[str, str] | None) -> bool:
    if same(name, item):
        return True
    other = row_of(name)
    return other is not None and row is not None and other["food"] == row["food"]


def _allergens(names: tuple[str, ...]) -> frozenset[str]:
    return with_implied(frozenset(canonical(name) for name in names))
