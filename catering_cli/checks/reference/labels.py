"""The label that was read for an ingredient: what it declares, what it warns of, its certificates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, asked_once
from catering_cli.checks.reference.foods import row_of, with_implied
from catering_cli.checks.reference.names import same
from catering_cli.checks.reference.needs import canonical


class Label(NamedTuple):
    """What a label says: allergens declared, precautions, certificates."""

    item: str
    declared: frozenset[str]
    may_contain: frozenset[str]
    certified: frozenset[str]


@asked_once
def _all_labels(evidence: Evidence) -> tuple[Label, ...]:
    return tuple(_read(evidence))


def _read(evidence: Evidence) -> Iterator[Label]:
    """Every label of the order: of its products, and those that a supplier states."""
    for one in evidence.order.products:
        yield Label(one.item, _allergens(one.label), _allergens(one.may_contain), frozenset(one.certified))
    for supply in evidence.order.supply:
        if supply.allergen_label is not None:
            yield Label(supply.item, _allergens(supply.allergen_label), frozenset(), frozenset())


@asked_once
def labels(evidence: Evidence, item: str) -> tuple[Label, ...]:
    """Labels that were read for an ingredient: under its own name, or its food's."""
    return tuple(label for label in _all_labels(evidence) if _about(label.item, item))


def _about(name: str, item: str) -> bool:
    row, other = row_of(item), row_of(name)
    return same(name, item) or (row is not None and row is other)


def _allergens(names: tuple[str, ...]) -> frozenset[str]:
    return with_implied(frozenset(map(canonical, names)))
