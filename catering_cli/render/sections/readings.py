"""What was read in doubt, in one list: as it is written, how it was taken, and the field to change in the order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from catering_cli.domain.finding import SEVERITIES
from catering_cli.render.page import Column, Page, Paragraph, Row, Section, Table

if TYPE_CHECKING:
    from catering_cli.domain.finding import Finding
    from catering_cli.domain.plan import CateringPlan

READ: Final = (
    "kitchen.timezone_offset",
    "kitchen.timezone_missing",
    "kitchen.yield_unknown",
    "kitchen.base_amount",
    "kitchen.line_doubtful",
    "kitchen.food_unknown",
    "kitchen.measure_unknown",
    "kitchen.duration_unknown",
    "kitchen.offer_unknown",
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
    found = _LINE.match(finding.where)
    if found is None:
        return finding.value
    recipe = plan.menu[int(found[1])].recipe
    line = recipe.ingredients[int(found[2])] if recipe else None
    return line.text or line.item if line else finding.value


def _field(plan: CateringPlan, where: str) -> str:
    """Where in the order it is changed: a line of an inline recipe, of a recipe of the order, or of the dish's own."""
    found = _LINE.match(where)
    if found is None:
        return where
    dish, line = plan.menu[int(found[1])], int(found[2])
    number = int(dish.id[1:]) - 1
    item = plan.order.menu[number] if number < len(plan.order.menu) else None
    if item is not None and item.recipe is not None and not isinstance(item.recipe, str):
        return f"order.menu[{number}].recipe.ingredients[{line}]"
    names = [recipe.name.casefold() for recipe in plan.order.recipes]
    own = dish.recipe.name.casefold() if dish.recipe else ""
    return f"order.recipes[{names.index(own)}].ingredients[{line}]" if own in names else f"the recipe of {dish.name}"
