"""Moves: what may be done about a conflict. One task settles conflicts with them, one improves a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decision
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.foods.identify import Food
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.recipes import catalogue
from catering_cli.tasks.shared import prose
from catering_cli.tasks.shared.findings import rejected
from catering_cli.tasks.shared.task import Wire

Action = Literal["substitute", "assign", "add_dish", "drop_dish", "ask"]
Short = Annotated[str, Field(max_length=200)]


class Move(Wire):
    """One proposal; fields that its action does not use are empty."""

    action: Action
    about: Annotated[Short, Field(description="id of the conflict or finding it settles")]
    dish: Annotated[Short, Field(description="dish id; for assign and add_dish also a dish of the catalogue given")]
    item: Annotated[Short, Field(description="substitute: the ingredient as the recipe names it")]
    by_item: Annotated[Short, Field(description="substitute: the food that takes its place, mass for mass")]
    profile: Annotated[Short, Field(description="assign: id of the guests' profile")]
    service: Annotated[Short, Field(description="add_dish: id of the service it is for; empty: all of them")]
    question: Annotated[str, Field(max_length=600, description="ask: what a person has to settle")]


class DishFoods(Wire):
    """A dish with the foods of its recipe, so that one can be replaced."""

    id: str
    name: str
    course: str
    ingredients: list[str]


_DECIDE: Mapping[str, Callable[[Move], Decision]] = {
    "substitute": lambda m: d.Substitute(dish=m.dish, item=m.item, by_item=m.by_item),
    "assign": lambda m: d.Assign(profile=m.profile, dish=m.dish),
    "add_dish": lambda m: d.AddDish(dish=m.dish, service=m.service.strip()),
    "drop_dish": lambda m: d.DropDish(dish=m.dish),
    "ask": lambda m: d.OpenQuestion(about=m.about or "order", text=m.question),
}
_USES: Mapping[str, tuple[str, ...]] = {
    "substitute": ("dish", "item", "by_item"),
    "assign": ("dish", "profile"),
    "add_dish": ("dish",),
    "drop_dish": ("dish",),
    "ask": ("question",),
}


def seen(items: Iterable[MenuDish | Dish]) -> list[DishFoods]:
    """Dishes as moves need them: of a menu, or of a plan."""
    return [_foods_of(item) for item in items]


def _foods_of(item: MenuDish | Dish) -> DishFoods:
    lines = item.recipe.ingredients if item.recipe else ()
    return DishFoods(
        id=item.id,
        name=item.name,
        course=item.course,
        ingredients=[line.item for line in lines],
    )


def decide(moves: Iterable[Move], where: Mapping[str, str]) -> tuple[Decision, ...]:
    """The decisions, each about the place of what it settles, by the id of that.

    A move that lacks what its action uses decides nothing.
    """
    made: list[Decision] = []
    for move in moves:
        used = [getattr(move, name) for name in _USES[move.action]]
        if all(text.strip() for text in used):
            placed = move.model_copy(update={"about": where.get(move.about, move.about)})
            made.append(_DECIDE[move.action](placed))
    return tuple(made)


def check(
    dishes: Sequence[DishFoods], profiles: Iterable[str], decisions: Iterable[Decision], facts: str = ""
) -> list[Finding]:
    """Each move is possible, and none makes anything less safe; a question has the figures of `facts` alone."""
    by_id = {dish.id: dish for dish in dishes}
    known = set(profiles)
    out: list[Finding] = []
    for number, decision in enumerate(decisions):
        if isinstance(decision, d.OpenQuestion):
            out += prose.as_findings("question", f"moves[{number}]", decision.text, facts=facts)
        rule = _CHECK.get(type(decision))
        if rule is None:
            continue
        for name, message, value in rule(decision, by_id, known):
            out.append(rejected(name, f"moves[{number}]", message, value=value))
    return out


Faults = Iterable[tuple[str, str, str]]


def _substitute(move: d.Substitute, dishes: Mapping[str, DishFoods], _profiles: set[str]) -> Faults:
    dish = dishes.get(move.dish)
    if dish is None:
        yield "no_such_dish", "substitutes are made in a dish that is given", move.dish
        return
    if move.item.casefold() not in map(str.casefold, dish.ingredients):
        yield "no_such_item", f"the recipe's ingredients are {', '.join(dish.ingredients)}", move.item
    new = identify.identify(move.by_item)
    if new is None:
        near = ", ".join(identify.near(move.by_item))
        perhaps = f": perhaps {near}" if near else ""
        yield "food_unheard_of", f"the table has no such food{perhaps}", move.by_item
        return
    worse = _worse(new, identify.identify(move.item))
    if worse:
        yield "riskier", "a substitute brings in nothing that the food it replaces did not", ", ".join(sorted(worse))


def _worse(new: Food, old: Food | None) -> frozenset[str]:
    """What `new` may bring that `old` did not: allergens, alcohol, pork, and what only a label can tell."""
    if old is None:
        return _risks(new)
    return _risks(new) - _risks(old)


def _risks(food: Food) -> frozenset[str]:
    flags = {"unknown parts": food.compound, "alcohol": bool(food.alcohol), "pork": food.pork}
    flagged = frozenset(name for name, holds in flags.items() if holds)
    return food.contains | food.may_contain | flagged


def _assign(move: d.Assign, dishes: Mapping[str, DishFoods], profiles: set[str]) -> Faults:
    if move.profile not in profiles:
        yield "no_such_profile", f"profiles are {', '.join(sorted(profiles))}", move.profile
    if move.dish not in dishes and not catalogue.knows(move.dish):
        yield "no_such_dish", "neither a dish of the menu nor one of the catalogue", move.dish


def _add(move: d.AddDish, dishes: Mapping[str, DishFoods], _profiles: set[str]) -> Faults:
    if not catalogue.knows(move.dish):
        yield "no_such_dish", "a dish is added from the catalogue", move.dish
        return
    on_menu = {catalogue.key(dish.name) for dish in dishes.values()}
    if catalogue.key(move.dish) in on_menu:
        yield "dish_twice", "the dish is on the menu", move.dish


def _drop(move: d.DropDish, dishes: Mapping[str, DishFoods], _profiles: set[str]) -> Faults:
    if move.dish not in dishes:
        yield "no_such_dish", "a dish that is given is dropped, by its id", move.dish


_CHECK: Mapping[type, Callable[[Any, Mapping[str, DishFoods], set[str]], Faults]] = {
    d.Substitute: _substitute,
    d.Assign: _assign,
    d.AddDish: _add,
    d.DropDish: _drop,
}
