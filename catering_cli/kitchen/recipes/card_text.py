"""A recipe as the text of a card, as `card` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from catering_cli.domain.order_parts.recipe import Ingredient, RecipeStep
from catering_cli.kitchen.recipes.card import Card
from catering_cli.kitchen.recipes.card_step import EQUIPMENT

_WORD_OF = {name: word for word, name in EQUIPMENT.items()}


def card_text(card: Card) -> str:
    """The whole card; one without base recipes reads back as the same recipe."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    recipe = card.recipe
    yield f"# {recipe.name}"
    if card.also:
        yield f"also: {'; '.join(card.also)}"
    yield " | ".join(_facts(card))
    if card.contains:
        yield f"contains: {', '.join(card.contains)}"
    if recipe.tags:
        yield f"tags: {', '.join(recipe.tags)}"
    if recipe.source:
        yield f"source: {recipe.source}"
    yield ""
    yield from map(ingredient_text, recipe.ingredients)
    yield ""
    for number, step in enumerate(recipe.steps, start=1):
        yield f"{number}. {step.text}"
        yield f"   {', '.join(_figures(step, number))}"


def _facts(card: Card) -> Iterator[str]:
    recipe = card.recipe
    yield "base" if card.is_base else recipe.course or "main"
    made = recipe.yields.amount
    yield f"{recipe.yields.portions} portions" if made is None else f"{_number(made.high)} {made.unit}"
    yield from filter(None, (recipe.served_at, recipe.vessel))
    if recipe.cook_yield_percent != 100:  # noqa: PLR2004  # what is not said is 100 %
        yield f"cooked {recipe.cook_yield_percent} %"
    if card.offered:
        yield "offered"


def ingredient_text(line: Ingredient) -> str:
    """`15 lb chicken breast, boneless`."""
    amount = f"{_number(line.quantity.high)} {line.quantity.unit} " if line.quantity else ""
    says_so = "as purchased" in line.preparation
    state = ["as purchased"] if line.state == "AP" and not says_so else []
    said = ", ".join(filter(None, (line.item, line.preparation, *state)))
    return f"{'+ ' if line.recipe else ''}{amount.replace('  ', ' ')}{said}"


def _number(value: Fraction) -> str:
    """`1 1/4`."""
    whole, part = divmod(value, 1)
    if not part:
        return str(whole)
    return f"{whole} {part}" if whole else str(part)


def _growth(step: RecipeStep) -> Iterator[str]:
    """How the work grows, if not as usual for its kind."""
    by_hand = step.kind in ("prep", "finish") and not step.batch_portions
    if step.grows == "fixed" or (by_hand and step.grows == "per_batch"):
        yield step.grows.replace("_", " ")


def _figures(step: RecipeStep, number: int) -> Iterator[str]:
    batch = f" a batch of {step.batch_portions}" if step.batch_portions else ""
    yield f"{step.kind} {step.minutes} min{batch}"
    yield from _growth(step)
    if step.active_minutes not in (None, step.minutes):
        yield f"{step.active_minutes} by hand"
    the_one_above = (number - 1,) if number > 1 else ()
    if step.after not in (None, the_one_above):
        yield f"after {' and '.join(map(str, step.after or ())) or 'nothing'}"
    yield from (_WORD_OF.get(name, name) for name in step.equipment)
    if step.temperature:
        yield f"at {step.temperature}"
    if step.storage:
        yield step.storage
    yield from _times(step)
    if step.food_class:
        yield step.food_class.replace("_", " ")
    if step.skill != "cook":
        yield f"by {step.skill}"


def _times(step: RecipeStep) -> Iterator[str]:
    if step.make_ahead_hours is not None:
        yield f"{step.make_ahead_hours} h ahead"
    if step.shelf_life_hours is not None:
        yield f"keeps {step.shelf_life_hours} h"
    if step.max_hold_minutes is not None:
        yield f"holds {step.max_hold_minutes} min"
