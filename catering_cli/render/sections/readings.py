"""What was read in doubt, in one list: as it is written, how it was taken, and the field to change in the order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from catering_cli.domain.finding import SEVERITIES
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.render.page import Column, Page, Paragraph, Row, Section, Table

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.order_parts.recipe import Ingredient
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish

READ: Final = (
    "kitchen.timezone_offset",
    "kitchen.timezone_missing",
    "kitchen.yield_unknown",
    "kitchen.base_amount",
    "lines.read",
    "kitchen.line_doubtful",
    "kitchen.food_unknown",
    "kitchen.measure_unknown",
    "kitchen.duration_unknown",
    "kitchen.offer_unknown",
    "kitchen.offer_unit",
    "kitchen.recipe_unused",
)
"""Rules about how the order was read, in the order of the list."""

COLUMNS: Final = (
    Column("Reading", wide=True),
    Column("As written", wide=True),
    Column("To settle it", wide=True),
    Column("Field"),
)
_LINE: Final = re.compile(r"plan\.menu\[(\d+)\]\.(?:recipe\.ingredients|lines)\[(\d+)\]")

_STEP: Final = re.compile(r"order\.menu\[(\d+)\]\.recipe\.steps\[(\d+)\]")


def readings_section(plan: CateringPlan, _: Page) -> Section:
    """Every doubtful reading, the gravest first."""
    told = [finding for finding in plan.findings if finding.rule in READ]
    told.sort(key=lambda one: (SEVERITIES.index(one.severity), READ.index(one.rule)))
    if not told:
        return Section.of("readings", "Readings", [Paragraph("Every line was read without a doubt.", "good")])
    rows = tuple(_row(plan, finding) for finding in told)
    return Section.of("readings", "Readings", [Table(COLUMNS, rows)])


def _row(plan: CateringPlan, finding: Finding) -> Row:
    return finding.message, _written(plan, finding), finding.fix, _field(plan, finding.where)


def _written(plan: CateringPlan, finding: Finding) -> str:
    """The line as it was written; else what the finding is about."""
    found = _line(plan, finding.where)
    return found[2].text or found[2].item if found else finding.value


def _line(plan: CateringPlan, where: str) -> tuple[Dish, Recipe, Ingredient] | None:
    """The line of a recipe that a finding is about; None if there is no such line in the plan."""
    found = _LINE.match(where)
    if found is None:
        return None
    number, entry = int(found[1]), int(found[2])
    dish = plan.menu[number] if number < len(plan.menu) else None
    if dish is None or dish.recipe is None or entry >= len(dish.recipe.ingredients):
        return None
    return dish, dish.recipe, dish.recipe.ingredients[entry]


def _field(plan: CateringPlan, where: str) -> str:
    """Where in the order it is changed: a line of a recipe of the order, of an inline recipe, or of the dish's own."""
    found = _line(plan, where)
    if found is None:
        return _step_field(plan, where)
    dish, recipe, line = found
    name = line.part or recipe.name
    return _listed(plan, name, line) or _inline(plan, dish, line) or f"the recipe of {line.part or dish.name}"


def _listed(plan: CateringPlan, name: str, line: Ingredient) -> str:
    """Where a line stands in the order's recipe of that name; empty if it has none."""
    for index, recipe in enumerate(plan.order.recipes):
        entry = _entry(recipe, line) if recipe.name.casefold() == name.casefold() else None
        if entry is not None:
            return f"order.recipes[{index}].ingredients[{entry}]"
    return ""


def _inline(plan: CateringPlan, dish: Dish, line: Ingredient) -> str:
    """Where a line stands in the recipe that the dish's entry of the menu brings; empty if it brings none."""
    number = int(dish.id[1:]) - 1
    if line.part or number >= len(plan.order.menu):
        return ""
    recipe = plan.order.menu[number].recipe
    entry = _entry(recipe, line) if isinstance(recipe, Recipe) else None
    return "" if entry is None else f"order.menu[{number}].recipe.ingredients[{entry}]"


def _step_field(plan: CateringPlan, where: str) -> str:
    """Where a step is changed, if its recipe is one of the order's."""
    found = _STEP.match(where)
    if found is None:
        return where
    ident = f"d{int(found[1]) + 1}"
    made_by = next((dish.recipe for dish in plan.menu if dish.id == ident), None)
    names = [recipe.name for recipe in plan.order.recipes]
    if made_by is None or made_by.name not in names:
        return where
    before = [step for step in made_by.steps[: int(found[2])] if not step.part]
    return f"order.recipes[{names.index(made_by.name)}].steps[{len(before)}]"


def _entry(recipe: Recipe, line: Ingredient) -> int | None:
    """The number of a line as the recipe was written."""
    for written, number in zip(recipe.ingredients, recipe.written_numbers(), strict=True):
        if (written.text, written.item) == (line.text or written.text, line.item):
            return number
    return None
