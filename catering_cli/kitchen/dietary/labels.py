"""Labels of products as the order gives them, and the lines of a recipe that they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.site import Product, Supply
from catering_cli.kitchen.dietary.allergens import Declared, Law, Target, declared, target
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.foods.table import Tokens


class Label(NamedTuple):
    """A product's label, or what a supplier says is on it."""

    item: Tokens
    """the line to buy that it belongs to, as words"""
    food: str
    """food of the table; empty if the item is none"""
    says: Declared
    may: Declared
    """its precautionary statement"""
    certified: frozenset[Tokens]
    """certificates on it, each as words"""
    without: frozenset[str]
    """names of what a certificate says is absent: gluten for "certified gluten-free" """
    read: bool
    """false for a supplier's row that says nothing of allergens"""

    def contains(self, avoided: Target) -> bool:
        """Whether it lists the target."""
        return bool(avoided.covers & self.says.facts)

    def may_contain(self, avoided: Target) -> bool:
        """Whether its precautionary statement lists the target, or may mean it."""
        return bool((avoided.covers | avoided.parents) & self.may.facts)

    def frees(self, avoided: Target, law: Law) -> bool:
        """Whether it proves the target absent: a certificate, or silence if the law makes it speak."""
        if avoided.name in self.without:
            return True
        spoken = self.says.facts | self.may.facts
        silent = spoken.isdisjoint(avoided.covers | avoided.parents)
        understood = self.says.understood and self.may.understood
        return self.read and understood and silent and law.declares(avoided)


NOTHING = Declared(frozenset(), understood=True)


def labels(order: Order) -> tuple[Label, ...]:
    """All labels of an order. A supplier's row without label counts only if the product itself was not read."""
    found = [_of_product(product) for product in order.products]
    read = {label.item for label in found}
    for supply in order.supply:
        label = _of_supply(supply)
        if label.read or label.item not in read:
            found.append(label)
    return tuple(found)


def _of_product(product: Product) -> Label:
    """The label of a product that a person read."""
    certified = frozenset(map(_certificate, product.certified))
    return _label(product.item, says=declared(product.label))._replace(
        may=declared(product.may_contain),
        certified=certified,
        without=_absent(certified),
    )


def _of_supply(supply: Supply) -> Label:
    """What a supplier says of allergens; a row that says nothing is not read."""
    if supply.allergen_label is None:
        return _label(supply.item, says=NOTHING)._replace(read=False)
    return _label(supply.item, says=declared(supply.allergen_label))


def _label(item: str, *, says: Declared) -> Label:
    name = resolve_name(item)
    return Label(
        item=name.words,
        food=name.identified.food.name if name.identified else "",
        says=says,
        may=NOTHING,
        certified=frozenset(),
        without=frozenset(),
        read=True,
    )


def _absent(certificates: Iterable[Tokens]) -> frozenset[str]:
    """What certificates say is absent: gluten for "gluten free"."""
    return frozenset(target(" ".join(words[:-1])).name for words in certificates if words[-1:] == ("free",))


def _certificate(text: str) -> Tokens:
    """A certificate as words: "certified gluten-free" is gluten free."""
    return tuple(word for word in tokens(text) if word not in CERTIFIED)


CERTIFIED = frozenset({"certified", "certificate", "certification"})
