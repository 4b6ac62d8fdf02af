"""The menu with its recipes: the order's dishes as decisions leave them, before anything is scaled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catering_cli.domain.decision import (
    AddDish,
    Assign,
    DraftedRecipe,
    DropDish,
    InformalMeasure,
    Overage,
    SplitTask,
    Substitute,
)
from catering_cli.domain.order import MenuItem, Order
from catering_cli.domain.recipe import Course, Ingredient, Recipe, RecipeStep
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.foods.resolve import ResolvedIngredient, Resolver
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.recipes import catalogue


@dataclass(frozen=True, slots=True)
class MenuDish:
    """A dish with the recipe it will be made by."""

    id: str
    name: str
    course: Course
    service: str
    """service id; empty: every service"""
    popularity: int
    portions: int | None
    """what the order fixes; None: from the guests"""
    over_percent: int | None
    recipe: Recipe | None
    recipe_from: str
    """catalogue, order, or who drafted it; empty where there is none"""
    where: str
    """path in the order, or of the decision that brought it"""
    only_for: tuple[str, ...] = ()
    """profiles that alone get it; empty: everybody"""
    changed_by: tuple[tuple[str, str], ...] = ()
    """(ingredient, who): substitutions that were made"""
    ingredients: tuple[ResolvedIngredient, ...] = ()
    """the lines of the recipe, each resolved"""


def dishes(order: Order, decisions: DecisionIndex) -> tuple[MenuDish, ...]:
    """The dishes of the order less the dropped, then the added, then those made for a profile alone."""
    resolver = resolver_of(order, decisions)
    menu = [
        _dish(f"d{number}", item, f"order.menu[{number - 1}]", order, decisions)
        for number, item in enumerate(order.menu, start=1)
        if decisions.one(DropDish, f"d{number}") is None
    ]
    number = len(order.menu)
    for added, by in decisions.all(AddDish):
        number += 1
        item = MenuItem(dish=added.dish, course=added.course, popularity=added.popularity)
        menu.append(_dish(f"d{number}", item, f"decision of {by}: add_dish {added.dish}", order, decisions))
    known = {dish.id for dish in menu} | {dish.name.casefold() for dish in menu}
    for name, profiles in _plates(decisions, known).items():
        number += 1
        special = _dish(f"d{number}", MenuItem(dish=name), f"decision: assign {name}", order, decisions)
        menu.append(replace(special, only_for=profiles))
    return tuple(replace(dish, ingredients=resolver.ingredients(dish.recipe)) if dish.recipe else dish for dish in menu)


def resolver_of(order: Order, decisions: DecisionIndex) -> Resolver:
    """How lines of this order are resolved: with what was decided of names and informal measures."""
    measures = {
        (decision.item.strip().casefold(), decision.measure.strip().casefold()): decision.quantity
        for decision, _ in decisions.all(InformalMeasure)
    }
    return Resolver(decisions.same_food(), measures, order.system)


def made_by(dish: MenuDish, recipe: Recipe, resolver: Resolver) -> MenuDish:
    """The dish made by another recipe, and called like it."""
    return replace(dish, name=recipe.name, recipe=recipe, ingredients=resolver.ingredients(recipe))


def _plates(decisions: DecisionIndex, known: set[str]) -> dict[str, tuple[str, ...]]:
    plates: dict[str, tuple[str, ...]] = {}
    for assign, _ in decisions.all(Assign):
        if assign.dish not in known and assign.dish.casefold() not in known:
            plates[assign.dish] = (*plates.get(assign.dish, ()), assign.profile)
    return plates


def _dish(dish_id: str, item: MenuItem, where: str, order: Order, decisions: DecisionIndex) -> MenuDish:
    recipe, source = _recipe(dish_id, item, order, decisions)
    changed: tuple[tuple[str, str], ...] = ()
    if recipe is not None:
        recipe, changed = _substituted(dish_id, recipe, order, decisions)
        recipe = recipe if recipe.steps else _with_steps(dish_id, recipe, decisions)
    overage = decisions.one(Overage, dish_id)
    return MenuDish(
        id=dish_id,
        name=item.dish,
        course=item.course or (recipe.course if recipe else None) or "main",
        service=item.service or "",
        popularity=item.popularity,
        portions=item.portions,
        over_percent=overage.percent if overage else item.over_percent,
        recipe=recipe,
        recipe_from=source,
        where=where,
        changed_by=changed,
    )


def _recipe(dish_id: str, item: MenuItem, order: Order, decisions: DecisionIndex) -> tuple[Recipe | None, str]:
    if isinstance(item.recipe, Recipe):
        return item.recipe, "order"
    name = item.recipe or item.dish
    for recipe in order.recipes:
        if catalogue.key(recipe.name) == catalogue.key(name):
            return recipe, "order"
    if found := catalogue.recipe_named(name):
        return found, "catalogue"
    if drafted := decisions.who(DraftedRecipe, dish_id):
        return drafted.decision.recipe, drafted.by  # type: ignore[union-attr]
    return None, ""


def _with_steps(dish_id: str, recipe: Recipe, decisions: DecisionIndex) -> Recipe:
    """A recipe without steps, with those that somebody decided: numbered from 1 without a gap, each with minutes."""
    splits = {split.step: split for split, _ in decisions.all(SplitTask) if split.dish == dish_id and split.minutes}
    steps: list[RecipeStep] = []
    while (split := splits.get(len(steps) + 1)) is not None:
        said = {name: getattr(split, name) for name in _STEP_FIELDS if getattr(split, name) is not None}
        steps.append(RecipeStep(text=split.text or f"make {recipe.name}"[:300], **said))
    return recipe.model_copy(update={"steps": tuple(steps)}) if steps else recipe


_STEP_FIELDS = ("minutes", "active_minutes", "equipment", "max_hold_minutes", "make_ahead_hours", "storage")


def _substituted(
    dish_id: str, recipe: Recipe, order: Order, decisions: DecisionIndex
) -> tuple[Recipe, tuple[tuple[str, str], ...]]:
    lines, changed = [], []
    for line in recipe.ingredients:
        decided = decisions.who(Substitute, dish_id, line.item)
        if decided is None:
            lines.append(line)
            continue
        lines.append(_replaced(line, decided.decision.by_item, order))  # type: ignore[union-attr]
        changed.append((decided.decision.by_item, decided.by))  # type: ignore[union-attr]
    if not changed:
        return recipe, ()
    return recipe.model_copy(update={"ingredients": tuple(lines)}), tuple(changed)


def _replaced(line: Ingredient, by_item: str, order: Order) -> Ingredient:
    """The line with the other food, mass for mass; the same measure where the first food's mass is not known."""
    quantity = line.quantity
    if quantity is not None:
        mass = to_mass(quantity, line.item, line.preparation, order.system, state=line.state)
        quantity = mass.grams if mass else quantity
    return line.model_copy(update={"item": by_item, "quantity": quantity, "text": ""})
