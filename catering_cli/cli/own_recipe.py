"""What `confirm` does: a drafted recipe of a plan is written as a recipe file of the house."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from catering_cli.cli import destination, output
from catering_cli.cli.exit_codes import Status
from catering_cli.cli.signature import person
from catering_cli.domain.order_parts.recipe import DRAFT, FAMILY, STAND_IN
from catering_cli.domain.problem import Problem, Refused
from catering_cli.domain.suggest import closest
from catering_cli.intake import load

if TYPE_CHECKING:
    from catering_cli.domain.order_parts.recipe import Recipe
    from catering_cli.domain.plan import CateringPlan
    from catering_cli.domain.plan_parts.menu import Dish

VARIABLE = "CATERING_RECIPES"


def confirmed(path: str, dish: str, by: str, to: Path | None) -> int:
    """Write the recipe of a drafted dish into the house's folder. Raises Refused if it is no draft, or is there."""
    name = person(by)
    folder = to or house_folder()
    recipe = _owned(_drafted(load.plan(path), dish), name)
    destination.folder(folder)
    file, text = _file_of(recipe)
    place = folder / file
    if place.exists():
        message = "is there already; move it away if the draft is to take its place"
        raise Refused(Problem(message, str(place)))
    destination.written(place, text.encode())
    output.result(f"{recipe.name}: kept as {place}, confirmed by {name}. Plan the order again, and it is cooked by it.")
    if to is not None and os.environ.get(VARIABLE) != str(to):
        output.notice(f"Orders read it if they have recipe_folder: {to.name}, or with {VARIABLE}={to}.")
    return Status.GOOD


def house_folder() -> Path:
    """The folder of the house's recipes, as its variable names it. Raises Refused if it names none."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        message = "is not set; name the folder of your recipes with it, or with --to FOLDER"
        raise Refused(Problem(message, "", f"${VARIABLE}"))
    return Path(named).expanduser()


def _drafted(plan: CateringPlan, wanted: str) -> Dish:
    """The dish of that name or id, case aside. Raises Refused if it is not on the menu, or is no draft."""
    said = wanted.strip().casefold()
    named = [dish for dish in plan.menu if said in (dish.id.casefold(), dish.name.casefold())]
    if not named:
        close = closest(wanted, [dish.name for dish in plan.menu])
        hint = f"did you mean {close!r}?" if close else f"drafts and stand-ins are: {_listed(plan)}"
        raise Refused(Problem(f"is not on the menu of this plan; {hint}", "", "DISH", wanted))
    if not _is_unconfirmed(named[0]):
        raise Refused(Problem(f"is no draft and no stand-in; those are: {_listed(plan)}", "", "DISH", wanted))
    return named[0]


def _is_unconfirmed(dish: Dish) -> bool:
    return dish.is_draft or dish.is_stand_in


def _listed(plan: CateringPlan) -> str:
    return ", ".join(f"{dish.id} {dish.name}" for dish in plan.menu if _is_unconfirmed(dish)) or "none"


def _owned(dish: Dish, name: str) -> Recipe:
    """The recipe of a draft as one of the house's own."""
    assert dish.recipe is not None
    drafter = dish.recipe_from if dish.recipe_from != "order" else "a model"
    origin = dish.recipe.source if dish.is_stand_in else f"drafted by {drafter}"
    changes = {
        "name": dish.name,
        "course": dish.course,
        "tags": tuple(tag for tag in dish.recipe.tags if tag.strip().casefold() not in (DRAFT, STAND_IN, FAMILY)),
        "confirmed_by": name,
        "source": f"{origin}; confirmed by {name}",
    }
    return dish.recipe.model_copy(update=changes)


def _file_of(recipe: Recipe) -> tuple[str, str]:
    """Name and text of the file: a card, as a chef writes it, if that says all; else YAML."""
    from catering_cli.kitchen.recipes import catalogue
    from catering_cli.kitchen.recipes.card import SUFFIX, Card, read_cards
    from catering_cli.kitchen.recipes.card_text import card_text

    stem = catalogue.key(recipe.name) or "recipe"
    text = card_text(Card(recipe))
    try:
        (read,) = read_cards(text, stem, "us")
    except (Refused, ValueError):
        read = None
    if read is not None and _facts(read.recipe) == _facts(recipe):
        return f"{stem}{SUFFIX}", text
    from yaml import safe_dump

    document = {"name": recipe.name, **load.dumped(recipe)}
    return f"{stem}.yaml", safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


def _facts(recipe: Recipe) -> str:
    """All that a recipe says but how its lines were written, and who confirmed it."""
    lines = tuple(line.model_copy(update={"text": ""}) for line in recipe.ingredients)
    return recipe.model_copy(update={"confirmed_by": "", "ingredients": lines}).model_dump_json()
