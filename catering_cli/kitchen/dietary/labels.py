"""Labels that somebody read, and the lines of a recipe that they speak of."""

from __future__ import annotations

from typing import NamedTuple

from catering_cli.domain.order import Order
from catering_cli.kitchen.dietary.allergens import Declared, Law, Target, declared, target
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.foods.resolve import resolve_name
from catering_cli.kitchen.foods.table import Tokens


class Label(NamedTuple):
    """A product's label, or what a supplier says is on it."""

    item: Tokens
    """the line to buy that it belongs to, as words"""
    food: str
    """food of the table; empty where the item is none"""
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
        """Whether it proves the target absent: a certificate, or silence where the law makes it speak."""
        if avoided.name in self.without:
            return True
        silent = not (avoided.covers | avoided.parents) & (self.says.facts | self.may.facts)
        return self.read and self.says.understood and self.may.understood and silent and law.declares(avoided)


def labels(order: Order) -> tuple[Label, ...]:
    """All labels of an order. A supplier's row without label counts only where nobody read the product itself."""
    nothing = declared(())
    found = []
    for product in order.products:
        certified = frozenset(_certificate(word) for word in product.certified)
        without = frozenset(target(" ".join(words[:-1])).name for words in certified if words[-1:] == ("free",))
        says, may = declared(product.label), declared(product.may_contain)
        found.append(_label(product.item, says, may, certified, without, read=True))
    seen = {label.item for label in found}
    for supply in order.supply:
        if supply.allergen_label is None and resolve_name(supply.item).words in seen:
            continue
        says, read = declared(supply.allergen_label or ()), supply.allergen_label is not None
        found.append(_label(supply.item, says, nothing, frozenset(), frozenset(), read=read))
    return tuple(found)


def _label(
    item: str, says: Declared, may: Declared, certified: frozenset[Tokens], without: frozenset[str], *, read: bool
) -> Label:
    name = resolve_name(item)
    food = name.identified.food.name if name.identified else ""
    return Label(name.words, food, says, may, certified, without, read)


def _certificate(text: str) -> Tokens:
    """A certificate as words: "certified gluten-free" is gluten free."""
    return tuple(word for word in tokens(text) if word not in {"certified", "certificate", "certification"})
