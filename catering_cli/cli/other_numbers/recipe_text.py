"""A recipe, or the recipes that an order brings with it, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from catering_cli.domain.order import Order
    from catering_cli.domain.order_parts.recipe import Recipe


def recipes_text(document: Order | Recipe, system: str) -> str:
    """Amount, food and steps; amounts as a cook of `system` says them."""
    from catering_cli.domain.order_parts.recipe import Recipe

    if isinstance(document, Recipe):
        return _recipe(document, system)
    inline = [item.recipe for item in document.menu if isinstance(item.recipe, Recipe)]
    told = [_recipe(recipe, system) for recipe in (*document.recipes, *inline)]
    return "\n\n".join(told) or "This order brings no recipe of its own: there is nothing to convert."


def _recipe(recipe: Recipe, system: str) -> str:
    from catering_cli.kitchen.quantities.display import amount_text

    lines = [f"{recipe.name}: {recipe.yields.portions:,} portions"]
    for line in recipe.ingredients:
        amount = amount_text(line.quantity, system) if line.quantity else "to taste"
        lines.append(f"{amount:>16}  {with_commas(line.item, line.preparation)}")
    for number, step in enumerate(recipe.steps, 1):
        lines.append(f"{number}. {step.text} ({with_commas(f'{step.minutes} min', step.temperature)})")
    return "\n".join(lines)


def with_commas(*parts: str) -> str:
    """The parts that say something, with commas."""
    return ", ".join(part for part in parts if part)
