"""The label that was read for an ingredient: what it declares, what it warns of, its certificates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.foods import row_of, with_implied
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import canonical


class Label(NamedTuple):
    """What a label says: allergens declared, precautions, certificates."""

    item: str
    declared: frozenset[str]
    may_contain: frozenset[str]
    certified: frozenset[str]


def _read(evidence: Evidence) -> Iterator[Label]:
    """Every label of the order: of its products, and those that a supplier states."""
    for one in evidence.order.products:
        yield Label(one.item, _allergens(one.label), _allergens(one.may_contain), frozenset(one.certified))
    for supply in evidence.order.supply:
        if supply.allergen_label is not None:
            yield Label(supply.item, _allergens(supply.allergen_label), frozenset(), frozenset())


@asked_once
def _by_food(evidence: Evidence) -> dict[object, list[Label]]:
    """Labels by the words of their item, and by the food of the table that it is."""
    found: dict[object, list[Label]] = {}
    for label in _read(evidence):
        for key in _keys(label.item):
            found.setdefault(key, []).append(label)
    return found


def _keys(item: str) -> tuple[object, ...]:
    row = row_of(item)
    return (words(item), row["food"]) if row else (words(item),)


def labels(evidence: Evidence, item: str) -> tuple[Label, ...]:
    """Labels that were read for an ingredient: under its own name, or its food's."""
    found: dict[Label, None] = {}
    for key in _keys(item):
        found |= dict.fromkeys(_by_food(evidence).get(key, ()))
    return tuple(found)


def _allergens(names: tuple[str, ...]) -> frozenset[str]:
    return with_implied(frozenset(map(canonical, names)))
