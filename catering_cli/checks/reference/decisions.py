"""Which decisions hold: the last on a thing, and the client's own before all others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from catering_cli.checks.evidence import Evidence, asked_once, same_name
from catering_cli.checks.reference.foods import row_of
from catering_cli.domain.decision import Decided, Department, DraftedRecipe, ReplaceDish, SameFood, ServeAt
from catering_cli.domain.order import MenuItem
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan_parts.shopping import TAP, ShoppingLine

D = TypeVar("D")
THING = {
    "substitute": ("dish", "item"), "assign": ("profile", "dish"), "add_dish": ("dish",), "drop_dish": ("dish",),
    "same_food": ("food",), "informal_measure": ("item", "measure"), "drafted_recipe": ("dish",),
    "technique": ("dish",), "split_task": ("dish", "step"), "department": ("item",), "staffing": ("role",),
    "overage": ("dish",), "brief": ("audience",), "text": ("name",), "open_question": ("about", "text"),
    "instruction": ("quote",), "translation": ("dish", "step", "lang"),
    "change": ("path", "quote"), "nothing_to_do": ("quote",),
    "make_for": ("base", "dish", "event"), "take_made": ("base",),
    "replace_dish": ("dish",), "share": ("dish",), "service": ("dish",),
    "leave_out": ("dish", "item"), "make_on": ("dish", "step"), "fire_order": ("dish", "after"),
    "shared_batch": ("dish", "step", "with_dish", "with_step"),
}  # fmt: skip
"""What a decision of each kind is about; a later one on the same thing takes its place."""

UNKNOWN_FOOD = "kitchen.food_unknown"


def fold(name: str) -> str:
    """A name for comparing: case and outer spaces aside."""
    return name.strip().casefold()


@asked_once
def _ids(evidence: Evidence) -> dict[str, str]:
    """Ids of the order's dishes by folded name; of two with one name the first counts."""
    menu = list(enumerate(evidence.order.menu, start=1))
    return {fold(item.dish): f"d{number}" for number, item in reversed(menu)}


def dish_id(evidence: Evidence, name: str) -> str:
    """The id that a decision's dish name means: the first dish of that name on the order's menu, else itself."""
    return _ids(evidence).get(fold(name), name.strip())


@asked_once
def holding(evidence: Evidence) -> tuple[Decided, ...]:
    """The decisions that hold, weakest claim first; dish names of the menu are turned into ids."""
    others = [one for one in evidence.plan.decisions if not one.is_settled]
    clients = [one for one in evidence.plan.decisions if one.is_settled]
    own = [Decided(decision=one, by="client") for one in evidence.order.decisions]
    standing = {_thing(evidence, one.decision): one for one in (*others, *clients, *own)}
    return tuple(standing.values())


def _thing(evidence: Evidence, decision: Any) -> tuple[str, ...]:
    """What a decision is about."""
    names = {field: str(getattr(decision, field)) for field in THING.get(decision.kind, ())}
    for field in {"dish", "after", "with_dish"} & names.keys() if decision.kind != "add_dish" else ():
        names[field] = dish_id(evidence, names[field])
    return decision.kind, *map(fold, names.values())


@asked_once
def of_kind(evidence: Evidence, kind: type[D]) -> tuple[tuple[D, str], ...]:
    """The decisions of one kind that hold, each with who made it."""
    return tuple((one.decision, one.by) for one in holding(evidence) if isinstance(one.decision, kind))


@asked_once
def meant(evidence: Evidence) -> dict[str, tuple[str, str]]:
    """Foods that written names were decided to mean, by folded name, each with who decided it."""
    foods: dict[str, tuple[str, str]] = {}
    for one, by in of_kind(evidence, SameFood):
        foods |= {fold(item): (one.food, by) for item in one.items}
    return foods


def meant_by(evidence: Evidence, item: str) -> tuple[str, str]:
    """The food that a written name was decided to mean, and who decided it; empty texts if it was not."""
    return meant(evidence).get(fold(item), ("", ""))


def for_dish(evidence: Evidence, kind: type[D], dish: str) -> Iterator[tuple[D, str]]:
    """The decisions of one kind that hold about the dish of that id."""
    for decision, by in of_kind(evidence, kind):
        if fold(dish_id(evidence, getattr(decision, "dish", ""))) == fold(dish):
            yield decision, by


@asked_once
def menu_item(evidence: Evidence, dish: str) -> MenuItem | None:
    """The menu item of a dish id as decided: another dish in its place, at one service; None for an added dish."""
    item = evidence.menu_item(dish)
    if item is None:
        return None
    for other, _ in for_dish(evidence, ReplaceDish, dish):
        item = MenuItem(dish=other.by_dish, course=item.course, service=item.service)
    known = {service.id for service in evidence.order.services}
    for served, _ in for_dish(evidence, ServeAt, dish):
        item = item.model_copy(update={"service": served.service if served.service in known else item.service})
    return item


@asked_once
def departments(evidence: Evidence) -> dict[str, str]:
    """Departments that were decided, by the folded name of what is bought."""
    return {fold(one.item): one.department for one, _ in of_kind(evidence, Department)}


def _tapped(evidence: Evidence, line: ShoppingLine) -> bool:
    """Whether a line is no purchase: the table has its food from the tap, or it was decided so."""
    row = row_of(line.item)
    usual = row["department"] if row else ""
    return line.department == TAP == departments(evidence).get(fold(line.item), usual)


def unpriced_foods(evidence: Evidence) -> frozenset[str]:
    """What is bought and has no cost."""
    lines = [line for line in evidence.plan.shopping.lines if line.cost is None]
    return frozenset(line.item for line in lines if not _tapped(evidence, line))


@asked_once
def unknown(evidence: Evidence) -> frozenset[str]:
    """Folded names of the ingredients whose every line names no food, each reported as unrecognized."""
    told = {one.where for one in evidence.plan.findings if one.rule == UNKNOWN_FOOD}
    nameless: set[str] = set()
    named: set[str] = set()
    for path, _, line in evidence.lines:
        bare = not line.food and path in told
        (nameless if bare else named).add(fold(line.item))
    return frozenset(nameless - named)


def bought_unknown(evidence: Evidence, names: tuple[str, ...]) -> bool:
    """Whether a line of the purchase list is of such ingredients alone."""
    return bool(names) and unknown(evidence).issuperset(map(fold, names))


def _slug(name: str) -> str:
    words = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return re.sub(r"[\W_]+", "-", "".join(c for c in words if not unicodedata.combining(c))).strip("-")


@cache
def _kept() -> dict[str, str]:
    """The catalogue's recipes by slug, unread."""
    lines = files("catering_cli.data").joinpath("dishes.jsonl").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


@cache
def _catalogue(slug: str) -> Recipe | None:
    text = _kept().get(slug)
    return None if text is None else Recipe.model_validate_json(text)


def source_of(evidence: Evidence, dish_id: str) -> tuple[Recipe | None, str]:
    """The same, and where it stands: order, catalogue, or who drafted it."""
    dish = evidence.dishes[dish_id]
    item = menu_item(evidence, dish_id)
    drafts = [(drafted.recipe, by) for drafted, by in for_dish(evidence, DraftedRecipe, dish_id)]
    if item is not None and isinstance(item.recipe, Recipe):
        return drafts[0] if item.recipe.is_of_family and drafts else (item.recipe, "order")
    name = item.recipe if item is not None and isinstance(item.recipe, str) else dish.name
    recipe, by = recipe_named(evidence, name)
    if recipe is not None:
        return recipe, by
    return drafts[0] if drafts else (None, "")


def recipe_named(evidence: Evidence, name: str) -> tuple[Recipe | None, str]:
    """The recipe that a name means, and where it stands: order, catalogue; None if there is none."""
    for recipe in evidence.order.recipes:
        if same_name(recipe.name, name) or _slug(recipe.name) == _slug(name):
            return recipe, "order"
    kept = _catalogue(_slug(name))
    return (_chilled_here(evidence, kept), "catalogue") if kept else (None, "")


CHILLER = {"blast_chiller", "blast chiller", "blast chillers", "blast chill"}
"""How an order or a recipe calls it (table of equipment)."""


def _chilled_here(evidence: Evidence, recipe: Recipe) -> Recipe:
    """Without a blast chiller on the kitchen's list its recipes chill in shallow pans in the walk-in, and say so."""
    listed = evidence.order.kitchen.equipment
    if listed is None or any(count and name.casefold() in CHILLER for name, count in listed.items()):
        return recipe
    steps = list(recipe.steps)
    for number, step in enumerate(steps):
        if step.kind == "chill" and CHILLER.intersection(step.equipment):
            changed = {
                "text": f"{step.text} No blast chiller: in the walk-in, no more than 2 inches deep.",
                "equipment": tuple(sorted(set(step.equipment) - CHILLER)),
                "minutes": max(240, step.minutes),
                "storage": "fridge",
            }
            steps[number] = step.model_copy(update=changed)
    return recipe.model_copy(update={"steps": tuple(steps)})
