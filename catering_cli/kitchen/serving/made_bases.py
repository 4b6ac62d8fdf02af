"""Base recipes of a day: each is made once, for all dishes that take it, with work of its own.

The lines of a base stand in the dishes that take it, where they are bought and judged. Here is how much of it is made
in all, and by which steps; its portions are those of the dishes it is for.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from catering_cli.domain.decision import MakeFor, TakeMade
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import Ingredient, Part, Recipe, RecipeStep, Yield
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish, ScaledLine, StepBatches
from catering_cli.domain.quantity import Amount, Quantity
from catering_cli.kitchen.menu.clock import Clock
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.menu.services import meals as services
from catering_cli.kitchen.quantities import display
from catering_cli.kitchen.recipes.batches import batches, waits_for
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.kitchen.serving.step_batches import in_hand, keeps, portions_by_meal

BASE: Final = "b"
"""How the id of a base begins."""
TAKE_MINUTES: Final = 5
"""What it takes to fetch and look at what another event made; [K]."""


class Use(NamedTuple):
    """A dish that takes a base, with the places of the base's steps among its own."""

    dish: Dish
    recipe: Recipe
    places: tuple[int, ...]
    """indices in `recipe.steps`, in the order of the base's steps"""


def uses_of(order: Order, dishes: Sequence[Dish]) -> dict[str, tuple[Use, ...]]:
    """The dishes that take each base, by its name; an inner base before those that it is in.

    A base that keeps no longer than from one service to the next is none of the day's: each dish makes it for itself.
    """
    found = _uses(dishes)
    meals = services(order, Clock.of(order))
    apart = {name for name, uses in found.items() if _is_stale(uses, meals)}
    while more := {part.within for uses in found.values() for part in _parts_in(uses, apart)} - {"", *apart}:
        apart |= more
    return {name: uses for name, uses in found.items() if name not in apart}


def _parts_in(uses: Sequence[Use], names: Collection[str]) -> Iterator[Part]:
    for use in uses:
        yield from (part for part in use.recipe.parts if part.name in names)


def _is_stale(uses: Sequence[Use], meals: Sequence[Meal]) -> bool:
    """Whether what the last step of a base makes keeps less long than from the first service it is for to the last."""
    served = [meal for use in uses for meal, _ in portions_by_meal(use.dish, meals)]
    gap = max(meal.at for meal in served) - min(meal.at for meal in served)
    last = [use.recipe.steps[use.places[-1]] for use in uses if use.places]
    return gap > 0 and any(keeps(step) < gap + in_hand(served[0]) for step in last)


def _uses(dishes: Sequence[Dish]) -> dict[str, tuple[Use, ...]]:
    found: dict[str, list[Use]] = {}
    for dish in dishes:
        if dish.recipe is None or not dish.portions:
            continue
        recipe = loaded(dish.recipe, dish.loads)
        for name in reversed(dict.fromkeys(part.name for part in recipe.parts)):
            places = tuple(i for i, step in enumerate(recipe.steps) if step.part == name)
            found.setdefault(name, []).append(Use(dish, recipe, places))
    return {name: tuple(uses) for name, uses in found.items()}


def made_bases(order: Order, dishes: Sequence[Dish], judged: DecisionIndex) -> tuple[Dish, ...]:
    """Every base as a dish of its own, b1, b2 ..., for the portions of all dishes that take it.

    What is decided for a week stands: a base is made for other events too, or is taken from one that makes it.
    """
    bases: list[Dish] = []
    for number, (name, uses) in enumerate(uses_of(order, dishes).items(), start=1):
        base = _base(f"{BASE}{number}", name, (*uses, *_for_others(name, uses, judged, order.system)), order.system)
        taken = judged.one(TakeMade, name)
        bases.append(_taken(base, taken) if taken else base)
    return tuple(bases)


def begun_elsewhere(judged: DecisionIndex) -> dict[str, date]:
    """The day on which work begins on each base that another event makes, by its name."""
    return {taken.base: taken.begun.date() for taken, _ in judged.all(TakeMade)}


def _for_others(name: str, uses: Sequence[Use], judged: DecisionIndex, system: str) -> Iterator[Use]:
    """The dishes of other events that take a base from here, as they are made here."""
    for wanted, _ in judged.all(MakeFor):
        for use in uses:
            if wanted.base == name and wanted.dish in (use.dish.id, use.dish.name):
                yield use._replace(dish=_portioned(use.dish, wanted.portions, system))


def _portioned(dish: Dish, portions: int, system: str) -> Dish:
    """A dish for other portions, as far as a base in it is concerned."""
    grows = Fraction(portions, dish.portions)
    lines = tuple(_grown(line, grows, system) for line in dish.lines)
    factor = str(Fraction(dish.factor) * grows)
    return dish.model_copy(update={"portions": portions, "lines": lines, "factor": factor})


def _grown(line: ScaledLine, grows: Fraction, system: str) -> ScaledLine:
    quantity = line.quantity.quantity.times(grows) if line.quantity else None
    mass = line.mass.quantity.times(grows) if line.mass else None
    return line.model_copy(update={"quantity": _amount(quantity, system), "mass": _amount(mass, system)})


def _taken(base: Dish, taken: TakeMade) -> Dish:
    """A base that is made at another event: here it is only taken out, and looked at."""
    assert base.recipe is not None
    if not base.recipe.steps:
        return base
    last = base.recipe.steps[-1]
    step = RecipeStep(
        text=f"Take the {base.name} that {taken.event} made; read its label and date, and check its temperature.",
        kind="prep",
        minutes=TAKE_MINUTES,
        after=(),
        grows="fixed",
        skill=last.skill,
        storage=last.storage,
    )
    handling = tuple(one.model_copy(update={"step": 1}) for one in base.handling[-1:])
    recipe = base.recipe.model_copy(update={"steps": (step,)})
    more = {"recipe": recipe, "handling": handling, "batches": _batches(base.portions, recipe, handling), "loads": ()}
    return base.model_copy(update=more)


def _base(ident: str, name: str, uses: Sequence[Use], system: str) -> Dish:
    portions = sum(use.dish.portions for use in uses)
    lines = (*_inner(name, uses, system), *_lines(name, uses, system))
    recipe = Recipe(
        name=name,
        yields=Yield(portions=portions),
        ingredients=tuple(_written(line) for line in lines),
        steps=tuple(_steps(uses, portions)),
        served_at=None,
    )
    return Dish(
        id=ident,
        name=name,
        course=uses[0].dish.course,
        needed=portions,
        portions=portions,
        recipe=recipe,
        recipe_from="order",
        factor="1",
        lines=lines,
        batches=_batches(portions, recipe, _handled(uses[0])),
        handling=_handled(uses[0]),
        served_at="room",
    )


def _handled(use: Use) -> tuple[Handling, ...]:
    """What the base's steps do to the food, as the first dish that takes it reads them; shares are of the base."""
    if not use.dish.handling:
        return ()
    own = [use.dish.handling[place] for place in use.places]
    whole = max((one.percent for one in own), default=0) or 100
    return tuple(
        one.model_copy(update={"step": number, "percent": math.ceil(Fraction(100 * one.percent, whole))})
        for number, one in enumerate(own, start=1)
    )


def _batches(portions: int, recipe: Recipe, handling: Sequence[Handling]) -> tuple[StepBatches, ...]:
    return batches(portions, recipe, handling=handling) if recipe.steps else ()


def _inner(name: str, uses: Sequence[Use], system: str) -> Iterator[ScaledLine]:
    """The bases that go into a base, each with how much of it."""
    total: dict[tuple[str, str], tuple[Quantity | None, Quantity | None]] = {}
    for use in uses:
        factor = Fraction(use.dish.factor)
        for part in use.recipe.parts:
            if part.within == name:
                key = (part.name, part.quantity.unit if part.quantity else "")
                quantity, mass = total.get(key, (None, None))
                taken = part.quantity.times(factor) if part.quantity else None
                weighed = part.served.times(factor) if part.served else None
                total[key] = _plus(quantity, taken), _plus(mass, weighed)
    for (inner, _), (quantity, mass) in total.items():
        yield ScaledLine(item=inner, quantity=_amount(quantity, system), mass=_amount(mass, system))


def _amount(quantity: Quantity | None, system: str) -> Amount | None:
    return Amount(quantity, display.amount_text(quantity, system)) if quantity else None


def _lines(name: str, uses: Sequence[Use], system: str) -> tuple[ScaledLine, ...]:
    """The lines of the base in all dishes, added up by what they are and their unit."""
    total: dict[tuple[str, str, str, str], tuple[ScaledLine, Quantity | None]] = {}
    for line in _of_base(name, uses):
        unit = line.quantity.quantity.unit if line.quantity else ""
        key = (line.item, line.preparation, line.state, unit)
        first, known = total.get(key, (line, None))
        more = line.quantity.quantity if line.quantity else None
        total[key] = first, _plus(known, more)
    return tuple(_summed(line, quantity, system) for line, quantity in total.values())


def _of_base(name: str, uses: Sequence[Use]) -> Iterator[ScaledLine]:
    for use in uses:
        for line, written in zip(use.dish.lines, use.recipe.ingredients, strict=True):
            if written.part == name:
                yield line


def _plus(one: Quantity | None, other: Quantity | None) -> Quantity | None:
    if one is None or other is None:
        return one or other
    return Quantity(one.low + other.low, one.high + other.high, one.unit)


def _summed(line: ScaledLine, quantity: Quantity | None, system: str) -> ScaledLine:
    """A line with the amount of all dishes; its mass grows as its amount does."""
    if quantity is None or line.quantity is None or not line.quantity.quantity.high:
        return line
    grows = quantity.high / line.quantity.quantity.high
    mass = line.mass.quantity.times(grows) if line.mass else None
    return line.model_copy(update={"quantity": _amount(quantity, system), "mass": _amount(mass, system)})


def _written(line: ScaledLine) -> Ingredient:
    quantity = line.quantity.quantity if line.quantity else None
    return Ingredient(item=line.item, quantity=quantity, preparation=line.preparation, state=line.state)


def _steps(uses: Sequence[Use], portions: int) -> Iterator[RecipeStep]:
    """The base's own steps for all dishes: hand work adds up, a batch holds what it holds of each."""
    first = uses[0]
    for number, place in enumerate(first.places):
        step = first.recipe.steps[place]
        all_of_it = [(use, use.recipe.steps[use.places[number]]) for use in uses]
        more: dict[str, object] = {"part": "", "after": _inside(first, place)}
        if step.grows == "linear":
            more |= _added_up(all_of_it)
        elif step.grows == "hands":
            more["active_minutes"] = _added_up(all_of_it)["active_minutes"]
        if step.batch_portions:
            loads = sum((Fraction(use.dish.portions, one.batch_portions or 1) for use, one in all_of_it), Fraction(0))
            more["batch_portions"] = max(1, math.floor(portions / loads))
        yield step.model_copy(update=more)


def _added_up(all_of_it: Sequence[tuple[Use, RecipeStep]]) -> dict[str, int | None]:
    """Minutes of a step for all dishes, and those that a person works; None if no recipe says the latter."""
    minutes = sum((_hands(use, step.minutes) for use, step in all_of_it), Fraction(0))
    active = [_hands(use, step.active_minutes) for use, step in all_of_it if step.active_minutes is not None]
    return {
        "minutes": math.ceil(minutes),
        "active_minutes": math.ceil(sum(active, Fraction(0))) if active else None,
    }


def _hands(use: Use, minutes: int) -> Fraction:
    """Hand work of a step for the portions that a dish takes."""
    return Fraction(minutes * use.dish.portions, use.recipe.yields.portions)


def _inside(use: Use, place: int) -> tuple[int, ...]:
    """Numbers of the base's own steps that a step waits for."""
    waited = waits_for(use.recipe)[place]
    return tuple(use.places.index(i) + 1 for i in waited if i in use.places)


def outside(use: Use, place: int) -> tuple[int, ...]:
    """Indices, among the steps of the dish, of what a step waits for that is not the base's own."""
    return tuple(i for i in waits_for(use.recipe)[place] if i not in use.places)
