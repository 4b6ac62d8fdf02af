"""The menu with its recipes: the order's dishes as decisions leave them, before anything is scaled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from catering_cli.domain.order_parts.recipe import COURSES, Course, Ingredient, Recipe, RecipeStep
from catering_cli.domain.quantity import Quantity
from catering_cli.kitchen.foods.mass import to_mass
from catering_cli.kitchen.foods.resolve import ResolvedIngredient, Resolver
from catering_cli.kitchen.menu.decisions import DecisionIndex, folded
from catering_cli.kitchen.menu.in_this_kitchen import in_this_kitchen
from catering_cli.kitchen.menu.shape import shaped, shaped_item, without
from catering_cli.kitchen.recipes import catalogue, dish_names


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
    """catalogue, order, or who drafted it; empty if there is none"""
    where: str
    """path in the order, or of the decision that brought it"""
    only_for: tuple[str, ...] = ()
    """profiles that alone get it; empty: all guests"""
    changed_by: tuple[tuple[str, str], ...] = ()
    """(ingredient, who): substitutions that were made"""
    ingredients: tuple[ResolvedIngredient, ...] = ()
    """the lines of the recipe, each resolved"""
    goes_with: str = ""
    """id of the main that it is served with; empty: it is for all"""


def dishes(order: Order, decisions: DecisionIndex) -> tuple[MenuDish, ...]:
    """The dishes of the order less the dropped, then the added, then those made for a profile alone."""
    order = shaped(order, decisions)
    resolver = resolver_of(order, decisions)
    return tuple(_resolved(dish, resolver) for dish in _menu(order, decisions))


def dish_of(order: Order, decisions: DecisionIndex, ident: str) -> MenuDish | None:
    """The dish of that id alone; None if the decisions leave none."""
    numbers = {f"d{number}": number for number in range(1, len(order.menu) + 1)}
    if ident in numbers:
        found = _ordered(numbers[ident], order, decisions)
    else:
        found = next((dish for dish in _menu(order, decisions) if dish.id == ident), None)
    return _resolved(found, resolver_of(order, decisions)) if found else None


def _menu(order: Order, decisions: DecisionIndex) -> list[MenuDish]:
    """The dishes; their lines are not yet resolved."""
    ordered = (_ordered(number, order, decisions) for number in range(1, len(order.menu) + 1))
    menu = [*filter(None, ordered), *_added(order, decisions)]
    return [*menu, *_special(order, decisions, menu)]


def _ordered(number: int, order: Order, decisions: DecisionIndex) -> MenuDish | None:
    """The dish of one entry of the menu, called d1, d2 ... in menu order; None if it was dropped."""
    dish_id, item = f"d{number}", order.menu[number - 1]
    if decisions.one(DropDish, dish_id) is not None:
        return None
    dish = _dish(dish_id, item, f"order.menu[{number - 1}]", order, decisions)
    return replace(dish, goes_with=_main_of(item, order, decisions))


def _main_of(item: MenuItem, order: Order, decisions: DecisionIndex) -> str:
    """Id of the dish that another goes with; empty if it goes with none that is still on the menu."""
    for number, other in enumerate(order.menu, start=1):
        ident = f"d{number}"
        named = item.goes_with and folded(other.dish) == folded(item.goes_with)
        if named and decisions.one(DropDish, ident) is None:
            return ident
    return ""


def _added(order: Order, decisions: DecisionIndex) -> Iterator[MenuDish]:
    """Dishes that decisions add; their ids go on from the menu's."""
    for number, (added, by) in enumerate(decisions.all(AddDish), start=len(order.menu) + 1):
        item = MenuItem(
            dish=added.dish, course=added.course, service=added.service or None, popularity=added.popularity
        )
        item = shaped_item(f"d{number}", item, decisions, order)
        yield _dish(f"d{number}", item, f"decision of {by}: add_dish {added.dish}", order, decisions)


def _special(order: Order, decisions: DecisionIndex, menu: Sequence[MenuDish]) -> Iterator[MenuDish]:
    """Dishes assigned to profiles that are not on the menu: made for them alone."""
    known = {dish.id for dish in menu} | {dish.name.casefold() for dish in menu}
    added = len(decisions.all(AddDish))
    plates = _plates(decisions, known).items()
    for number, (name, profiles) in enumerate(plates, start=len(order.menu) + added + 1):
        dish = _dish(f"d{number}", MenuItem(dish=name), f"decision: assign {name}", order, decisions)
        yield replace(dish, only_for=profiles)


def _resolved(dish: MenuDish, resolver: Resolver) -> MenuDish:
    return replace(dish, ingredients=resolver.ingredients(dish.recipe)) if dish.recipe else dish


def resolver_of(order: Order, decisions: DecisionIndex) -> Resolver:
    """How lines of this order are resolved: with what was decided of names and informal measures."""
    measures: dict[tuple[str, str], Quantity] = {}
    for decision, _ in decisions.all(InformalMeasure):
        measures[folded(decision.item), folded(decision.measure)] = decision.quantity
    return Resolver(decisions.same_food(), measures, order.system)


def made_by(dish: MenuDish, recipe: Recipe, resolver: Resolver) -> MenuDish:
    """The dish made by another recipe, and called like it."""
    return replace(dish, name=recipe.name, recipe=recipe, ingredients=resolver.ingredients(recipe))


def _plates(decisions: DecisionIndex, known: set[str]) -> dict[str, tuple[str, ...]]:
    """The profiles of each dish that is assigned and not among the known."""
    plates: dict[str, tuple[str, ...]] = {}
    for assign, _ in decisions.all(Assign):
        if known.isdisjoint((assign.dish, assign.dish.casefold())):
            plates[assign.dish] = (*plates.get(assign.dish, ()), assign.profile)
    return plates


def _dish(
    dish_id: str,
    item: MenuItem,
    where: str,
    order: Order,
    decisions: DecisionIndex,
) -> MenuDish:
    recipe, source = _recipe(dish_id, item, order, decisions)
    changed: tuple[tuple[str, str], ...] = ()
    if recipe is not None:
        recipe, changed = _substituted(dish_id, without(dish_id, recipe, decisions), order, decisions)
        if not recipe.steps:
            recipe = _with_steps(dish_id, recipe, decisions)
    overage = decisions.one(Overage, dish_id)
    usual: Course = (recipe.course or "main") if recipe else _course_of(item, order)
    return MenuDish(
        id=dish_id,
        name=item.dish,
        course=item.course or usual,
        service=item.service or "",
        popularity=item.popularity,
        portions=item.portions,
        over_percent=overage.percent if overage else item.over_percent,
        recipe=recipe,
        recipe_from=source,
        where=where,
        changed_by=changed,
    )


def _course_of(item: MenuItem, order: Order) -> Course:
    """The course that a name tells if no recipe does; else a main, but beside other mains a side.

    What is not known takes no guest from the mains that are.
    """
    told = dish_names.course_of(item.dish)
    other: Course = "side" if any(_is_main(one) for one in order.menu if one is not item) else "main"
    return next((course for course in COURSES if course == told), other)


def _is_main(item: MenuItem) -> bool:
    """Whether an entry, or its recipe in the order or the catalogue, says that it is a main."""
    name = item.recipe if isinstance(item.recipe, str) else item.dish
    recipe = item.recipe if isinstance(item.recipe, Recipe) else catalogue.recipe_named(name)
    return (item.course or (recipe.course if recipe else None)) == "main"


def _recipe(
    dish_id: str,
    item: MenuItem,
    order: Order,
    decisions: DecisionIndex,
) -> tuple[Recipe | None, str]:
    """The recipe of a dish and where it comes from: the order, the catalogue, or a decision that drafted it."""
    drafted = decisions.who(DraftedRecipe, dish_id)
    if isinstance(item.recipe, Recipe) and not (drafted and item.recipe.is_of_family):
        return item.recipe, "order"
    name = item.recipe if isinstance(item.recipe, str) else item.dish
    wanted = catalogue.key(name)
    for recipe in order.recipes:
        if catalogue.key(recipe.name) == wanted:
            return recipe, "order"
    if found := catalogue.recipe_named(name):
        return in_this_kitchen(found, order), "catalogue"
    if drafted:
        return drafted.decision.recipe, drafted.by  # type: ignore[union-attr]
    return None, ""


def _with_steps(dish_id: str, recipe: Recipe, decisions: DecisionIndex) -> Recipe:
    """A recipe without steps, with those that were decided: numbered from 1 without a gap, each with minutes."""
    splits = {split.step: split for split, _ in decisions.all(SplitTask) if split.dish == dish_id}
    steps: list[RecipeStep] = []
    split = splits.get(1)
    while split and split.minutes:
        said = {name: getattr(split, name) for name in _STEP_FIELDS}
        given = {name: value for name, value in said.items() if value is not None}
        steps.append(RecipeStep(text=split.text or f"make {recipe.name}"[:300], **given))
        split = splits.get(len(steps) + 1)
    return recipe.model_copy(update={"steps": tuple(steps)}) if steps else recipe


_STEP_FIELDS = (
    "minutes", "active_minutes", "equipment", "batch_portions", "max_hold_minutes", "make_ahead_hours", "storage",
    "place",
)  # fmt: skip


def _substituted(
    dish_id: str,
    recipe: Recipe,
    order: Order,
    decisions: DecisionIndex,
) -> tuple[Recipe, tuple[tuple[str, str], ...]]:
    """The recipe with its foods replaced as decided; and the new foods, each with who decided it."""
    lines: list[Ingredient] = []
    changed: list[tuple[str, str]] = []
    for line in recipe.ingredients:
        decided = decisions.who(Substitute, dish_id, line.item)
        if decided is None:
            lines.append(line)
            continue
        by_item = decided.decision.by_item  # type: ignore[union-attr]
        lines.append(_replaced(line, by_item, order))
        changed.append((by_item, decided.by))
    if not changed:
        return recipe, ()
    return recipe.model_copy(update={"ingredients": tuple(lines)}), tuple(changed)


def _replaced(line: Ingredient, by_item: str, order: Order) -> Ingredient:
    """The line with the other food, mass for mass; the same measure if the first food's mass is not known."""
    quantity = line.quantity
    if quantity is not None:
        mass = to_mass(quantity, line.item, line.preparation, order.system, state=line.state)
        quantity = mass.grams if mass else quantity
    return line.model_copy(update={"item": by_item, "quantity": quantity, "text": ""})
