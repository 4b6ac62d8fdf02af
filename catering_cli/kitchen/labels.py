"""Labels that somebody read, and the lines of a recipe that they speak of."""

from __future__ import annotations

from dataclasses import dataclass

from catering_cli.domain.order import Order
from catering_cli.kitchen import foods
from catering_cli.kitchen.allergens import Declared, Law, Target, declared
from catering_cli.kitchen.food_table import Tokens
from catering_cli.kitchen.spelling import tokens


@dataclass(frozen=True, slots=True)
class Label:
    """A product's label, or what a supplier says is on it."""

    item: Tokens
    """the line to buy that it belongs to, as words"""
    says: Declared
    may: Declared
    """its precautionary statement"""
    certified: frozenset[Tokens]
    read: bool
    """false for a supplier's row that says nothing of allergens"""

    def contains(self, target: Target) -> bool:
        """Whether it lists the target."""
        return bool(target.covers & self.says.facts)

    def may_contain(self, target: Target) -> bool:
        """Whether its precautionary statement lists the target, or may mean it."""
        return bool((target.covers | target.parents) & self.may.facts)

    def frees(self, target: Target, law: Law) -> bool:
        """Whether it proves the target absent: a certificate, or silence where the law makes it speak."""
        if tokens(f"{target.name} free") in self.certified:
            return True
        silent = not (target.covers | target.parents) & (self.says.facts | self.may.facts)
        return self.read and self.says.understood and self.may.understood and silent and law.declares(target)


def labels(order: Order) -> tuple[Label, ...]:
    """All labels of an order. A supplier's row without label counts only where nobody read the product itself."""
    read = [
        Label(
            product_words(product.item),
            declared(product.label),
            declared(product.may_contain),
            frozenset(tokens(word) for word in product.certified),
            read=True,
        )
        for product in order.products
    ]
    seen = {label.item for label in read}
    nothing = declared(())
    for supply in order.supply:
        item = product_words(supply.item)
        if item in seen and supply.allergen_label is None:
            continue
        says = declared(supply.allergen_label or ())
        read.append(Label(item, says, nothing, frozenset(), read=supply.allergen_label is not None))
    return tuple(read)


def product_words(item: str) -> Tokens:
    """What tells one product from another: the line to buy, its varieties included."""
    return tokens(foods.purchase_name(item))
