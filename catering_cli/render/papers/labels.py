"""Labels: date labels for what is stored, and ingredient labels for boxed meals with the allergens in capitals.

An ingredient label follows the rules for food that is prepacked for direct sale (UK Food Information Regulations 2014,
as amended 2019, "PPDS"): the name, all ingredients in descending order of weight, each allergen emphasised every time.
It is refused if a weight or an allergen is not known: no label is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from math import ceil
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from catering_cli.render.clock import stamp
from catering_cli.render.page import Card, Cards, Page, Paragraph, Part, Section, Tone
from catering_cli.render.papers.task_lines import IN_VESSELS, STORES, TaskLine, hands_until, line_text, task_lines
from catering_cli.render.weights import grams_of
from catering_cli.render.wording import around, counted

if TYPE_CHECKING:
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.diets import Cell, DishDiets
    from catering_cli.domain.plan_parts.menu import Dish, ScaledLine
    from catering_cli.domain.plan_parts.timeline import Block

CLAUSE: Final = re.compile(r"[;,.:]")
WORDS: Final = 40
"""Characters of a step on a date label: its first words tell two containers of one dish apart."""

Lines = tuple[tuple[str, str, Tone], ...]


def labels_section(plan: CateringPlan, _: Page) -> Section:
    """A date label for each container that is stored."""
    cards = tuple(_date_labels(plan))
    parts: list[Part] = [Cards(cards, "label")] if cards else []
    return Section.of("labels", "Date labels", parts, empty="Nothing is stored with a limit.")


def _date_labels(plan: CateringPlan) -> Iterator[Card]:
    for line in task_lines(plan):
        if not (line.first.storage and line.first.shelf_life_hours):
            continue
        for block in line.blocks:
            yield from _date_label(line, block, plan)


def _date_label(line: TaskLine, block: Block, plan: CateringPlan) -> Iterator[Card]:
    """A label for each container: made when the last hand leaves it, for what chills over night is labelled before."""
    use_by = block.end + timedelta(hours=block.shelf_life_hours or 0)
    made = min(block.end, hands_until(block))
    batch = f", batch {block.batch} of {block.of}" if block.of > 1 else ""
    count = containers_of(line.dish, block, plan)
    done = CLAUSE.split(line_text(line, plan), maxsplit=1)[0]
    for number in range(1, count + 1):
        which = f", container {number} of {count}" if count > 1 else ""
        lines: Lines = (
            ("", shorten(done, WORDS, placeholder=" …"), "plain"),
            ("Made", stamp(made, plan.order), "plain"),
            ("Use by", stamp(use_by, plan.order), "strong"),
            ("", f"{counted(block.portions, 'portion')}{batch}{which}; {STORES[str(block.storage)]}", "dim"),
            ("Initials", "____", "dim"),
        )
        yield Card(line.dish.name, lines)


def containers_of(dish: Dish, block: Block, plan: CateringPlan) -> int:
    """In how many containers a batch waits: its share of the vessels that are packed, one while it is in the making."""
    packed = sum(line.count for line in plan.packing if line.dish == dish.id)
    if block.kind not in IN_VESSELS or not dish.portions or packed == dish.portions:
        return 1
    return max(ceil(Fraction(packed * block.portions, dish.portions)), 1)


def box_labels_section(plan: CateringPlan, _: Page) -> Section:
    """An ingredient label for each dish; refused if something is not known."""
    rows = {row.dish: row for row in plan.diets.rows}
    made = [(dish, _refused(dish, rows.get(dish.id))) for dish in plan.menu]
    cards = tuple(Card(dish.name, tuple(_ingredients(dish, rows[dish.id]))) for dish, why in made if not why)
    parts: list[Part] = [Cards(cards, "label")] if cards else []
    parts += [Paragraph(f"No label for {dish.name}: {why}.", "bad") for dish, why in made if why]
    return Section.of("box-labels", "Ingredient labels", parts, empty="No dish.")


def _refused(dish: Dish, row: DishDiets | None) -> str:
    """Why a dish can have no label; empty if it can."""
    if row is None or dish.recipe is None:
        return "there is no recipe"
    unknown = [cell.allergen for cell in row.cells_that("unknown")]
    if unknown:
        return f"not known for {', '.join(unknown)}; read the labels first"
    without = [line.item for line in dish.lines if not line.food]
    if without:
        return f"unrecognized ingredient {', '.join(without)}"
    unweighed = [line.item for line in dish.lines if _lacks_weight(line)]
    return around("no weight on file for ", ", ".join(unweighed))


def _lacks_weight(line: ScaledLine) -> bool:
    """Whether an ingredient has an amount but no weight, so no place in the list; what is "to taste" has neither."""
    return line.quantity is not None and grams_of(line.mass) is None


def _ingredients(dish: Dish, row: DishDiets) -> Iterator[tuple[str, str, Tone]]:
    ordered = sorted(dish.lines, key=_heaviest_first)
    names = dict.fromkeys(_named(line, row) for line in ordered)
    yield "Ingredients", f"{', '.join(names)}.", "plain"
    may = [cell.allergen.upper() for cell in row.cells_that("may_contain")]
    if may:
        yield "May contain", ", ".join(may), "plain"
    told = [cell.allergen.upper() for cell in row.cells_that("contains") if not _is_named(cell, ordered)]
    if told:
        yield "Contains", ", ".join(told), "strong"
    yield "Use by", "____________", "plain"
    yield "", "Ingredients of bought products: as their packages say.", "dim"


def _is_named(cell: Cell, lines: list[ScaledLine]) -> bool:
    """Whether one of the ingredients is marked with that allergen."""
    return any(_is_among(line, cell.because) for line in lines)


def _heaviest_first(line: ScaledLine) -> tuple[Fraction, str]:
    return -(grams_of(line.mass) or Fraction(0)), line.item


def _named(line: ScaledLine, row: DishDiets) -> str:
    """An ingredient; with the allergens that it brings, in capitals."""
    brings = [cell.allergen.upper() for cell in row.cells_that("contains") if _is_among(line, cell.because)]
    return f"{line.item} ({', '.join(brings)})" if brings else line.item


def _is_among(line: ScaledLine, because: tuple[str, ...]) -> bool:
    """Whether the line is one of the words that decided a cell."""
    said = f"{line.item} / {line.food}"
    return any(re.search(rf"\b{re.escape(word)}(?:s|es)?\b", said, re.IGNORECASE) for word in because if word)
