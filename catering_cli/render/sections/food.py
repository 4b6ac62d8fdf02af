"""Menu, recipes and shopping."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from catering_cli.render.clock import day_or_blank
from catering_cli.render.page import Column, Group, Page, Paragraph, Part, Row, Section, Table
from catering_cli.render.papers.order_guide import buy_text, goes_with, order_guide
from catering_cli.render.weights import GRAMS, in_pounds, to_order, weight_text
from catering_cli.render.wording import (
    SEVERAL_EACH,
    amount_or_dash,
    around,
    counted,
    course_name,
    minutes_text,
    money_text,
    portions_text,
    quantity_text,
    times_text,
    whole_pieces,
)

if TYPE_CHECKING:
    from catering_cli.domain.order_parts.recipe import Recipe
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
    from catering_cli.domain.plan_parts.shopping import ShoppingLine
    from catering_cli.domain.quantity import Quantity

MENU_COLUMNS = (
    Column("#"),
    Column("Dish", wide=True),
    Column("Course"),
    Column("Need", right=True),
    Column("Overage", right=True),
    Column("Make", right=True),
    Column("Portion", right=True, spare=True),
    Column("Recipe", spare=True),
)
RECIPE_COLUMNS = (
    Column("Amount", right=True),
    Column("Ingredient", wide=True),
    Column("Weight", right=True),
)
SHOPPING_COLUMNS = (
    Column("Department", spare=True),
    Column("Item", wide=True),
    Column("Buy", right=True),
    Column("Need", right=True),
    Column("Order by", spare=True),
    Column("Cost", right=True),
    Column("Note", wide=True, spare=True),
)


def menu_section(plan: CateringPlan, _: Page) -> Section:
    """Dishes with what the guests need and what is made."""
    rows = tuple(map(_menu_row, plan.menu))
    return Section("menu", "Menu", (Table(MENU_COLUMNS, rows, fold=30),))


def _menu_row(dish: Dish) -> Row:
    return (
        dish.id,
        dish.name,
        course_name(dish.course),
        f"{dish.needed:,}",
        f"{dish.over_percent} %",
        _made(dish),
        amount_or_dash(dish.served),
        "none" if dish.recipe is None else dish.recipe_from,
    )


def _made(dish: Dish) -> str:
    """How many are made: a number of portions, or of pieces that are called so."""
    if dish.course == SEVERAL_EACH:
        return portions_text(dish, dish.portions)
    return f"{dish.portions:,}"


def recipes_section(plan: CateringPlan, page: Page) -> Section:
    """Each dish at the amounts of this order."""
    pounds = in_pounds(plan, page)
    parts = [Group(tuple(_recipe(dish, pounds=pounds))) for dish in (*plan.bases, *plan.menu)]
    return Section.of("recipes", "Recipes, scaled", parts)


def _recipe(dish: Dish, *, pounds: bool) -> Iterator[Table | Paragraph]:
    head = f"{dish.id} {dish.name}: {portions_text(dish, dish.portions)}"
    if dish.recipe is None:
        yield Paragraph(f"{head}, no recipe.", "bad")
        return
    rows = (*_base_rows(dish, dish.recipe, pounds=pounds), *_own_rows(dish, dish.recipe))
    yield Table(RECIPE_COLUMNS, rows, title=f"{head}, recipe {times_text(dish.factor)}", fold=40)
    if dish.recipe.method:
        yield Paragraph(f"Method: {dish.recipe.method}")
    yield from _steps(dish)
    for advice in dish.advice:
        yield Paragraph(f"Note: {advice}", "dim")


def _steps(dish: Dish) -> Iterator[Paragraph]:
    """The steps of the dish itself: those of its bases stand with them."""
    batches = {entry.step: entry.batches for entry in dish.batches}
    for number, step in enumerate(dish.recipe.steps if dish.recipe else (), 1):
        if step.part:
            continue
        count = batches.get(number, 1)
        times = f" in {counted(count, 'batch')}" if count > 1 else ""
        heat = around(", ", step.temperature)
        yield Paragraph(f"{number}. {step.text} ({minutes_text(step.minutes)}{heat}{times})")


def _base_rows(dish: Dish, recipe: Recipe, *, pounds: bool) -> Iterator[Row]:
    """A row for each base recipe that the dish takes, and how much of it."""
    factor = Fraction(dish.factor)
    for part in recipe.parts:
        if not part.within:
            taken = _times(part.quantity, factor, pounds=pounds)
            weighs = _times(part.served, factor, pounds=False)
            yield taken, f"{part.name} (its own recipe)", weighs


def _times(quantity: Quantity | None, factor: Fraction, *, pounds: bool) -> str:
    """A share of a base as it is weighed out: 2.3 lb, 1 kg."""
    if quantity is None:
        return "-"
    taken = quantity.times(factor)
    if taken.unit in GRAMS and not taken.is_range:
        return weight_text(taken.low * GRAMS[taken.unit], pounds=pounds)
    return quantity_text(taken)


def _own_rows(dish: Dish, recipe: Recipe) -> Iterator[Row]:
    """The lines of a dish itself; in a plan changed by hand there may be more or fewer than the recipe has."""
    for line, written in zip_longest(dish.lines, recipe.ingredients):
        if line is not None and (written is None or not written.part):
            yield _ingredient_row(line)


def _ingredient_row(line: ScaledLine) -> Row:
    amount = "to taste"
    if line.quantity:
        amount = about(whole_pieces(line.quantity), line)
    made = around(" (by ", decider(line), ")")
    return amount, f"{line.item}{around(', ', line.preparation)}{made}", amount_or_dash(line.mass)


def about(said: str, line: ScaledLine | ShoppingLine) -> str:
    """An amount, marked if it is only roughly known."""
    return f"about {said}" if line.approximate else said


def decider(line: ScaledLine | ShoppingLine) -> str:
    """Who decided something about a line, if it was not the kitchen."""
    if line.by == "kitchen":
        return ""
    return line.by


def shopping_section(plan: CateringPlan, page: Page) -> Section:
    """The order guide, by department."""
    lines = order_guide(plan)
    rows = tuple(_bought_row(line, plan, page) for line in lines)
    parts: list[Part] = [Table(SHOPPING_COLUMNS, rows, fold=15)]
    if plan.shopping.to_taste:
        parts.append(Paragraph(f"Pantry / staples: {', '.join(plan.shopping.to_taste)}."))
    if plan.shopping.beside:
        parts.append(Paragraph(f"{goes_with(plan)}."))
    if plan.shopping.unpriced:
        unpriced = counted(len(plan.shopping.unpriced), "item")
        parts.append(Paragraph(f"Without a price: {unpriced} of {len(lines)}.", "dim"))
    return Section("shopping", "Shopping", tuple(parts))


def _bought_row(line: ShoppingLine, plan: CateringPlan, page: Page) -> Row:
    currency = plan.costing.currency
    pounds = in_pounds(plan, page)
    return (
        line.department,
        line.item,
        buy_text(line, pounds=pounds) if line.buy.quantity.high else "on hand",
        to_order(line.needed, pounds=pounds),
        day_or_blank(line.order_by),
        money_text(line.cost, currency),
        "; ".join(_notes(line, currency, pounds=pounds)),
    )


def _notes(line: ShoppingLine, currency: str, *, pounds: bool) -> Iterator[str]:
    if line.note:
        yield line.note
    if line.offer:
        yield f"listed as {line.offer}"
    if line.left and line.packs:
        value = f" ({money_text(line.left_value, currency)})" if line.left_value is not None else ""
        yield f"leaves {to_order(line.left, pounds=pounds)}{value}"
    if decider(line):
        yield f"by {decider(line)}"
