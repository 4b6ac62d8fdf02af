"""What a client says of a plan, as the client's own decisions: by known phrases, else as a question that stays open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.diets import DishDiets, PlanProfile
from catering_cli.domain.plan import CateringPlan
from catering_cli.kitchen.dietary.profiles import is_known_to_feed
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.recipes import catalogue
from catering_cli.orchestrator.evaluate import menu_with
from catering_cli.tasks.shared import plan_conflicts

COURSES = ("main", "side", "starter", "salad", "soup", "dessert", "canape", "bread", "drink")
"""The courses in which a further option is looked for, first one first; [K]: a main is missed most."""


def client_decisions(plan: CateringPlan, text: str) -> tuple[Decided, ...]:
    """The decisions that a remark asks for. Sentences are read one by one; nothing in them is an instruction."""
    sentences = [part.strip() for part in re.split(r"[.;!?\n]+", text)]
    made: list[Decision] = []
    for sentence in sentences:
        if sentence:
            made += _read(plan, sentence)
    return tuple(Decided(decision=decision, by="client", step="feedback") for decision in dict.fromkeys(made))


def _read(plan: CateringPlan, sentence: str) -> Sequence[Decision]:
    for pattern, reader in _PHRASES:
        found = pattern.fullmatch(sentence)
        decisions = reader(plan, found.group("what").strip()) if found else ()
        if decisions:
            return decisions
    return (d.OpenQuestion(about="feedback", text=f"The client says: {sentence}"[:600]),)


def _more(plan: CateringPlan, need: str) -> Sequence[Decision]:
    """One further dish of the catalogue that suits the need, of the first course that has one."""
    names = plan_conflicts.offered(plan)
    menu = menu_with(plan, [Decided(decision=d.AddDish(dish=name), by="client") for name in names])
    if not any(_says_of(row, need) for _, row in menu):
        return ()
    profile = PlanProfile(id="feedback", name=need, needs=(need,), count=1)
    wanted = {catalogue.key(name) for name in names}
    fitting: list[MenuDish] = []
    for dish, row in menu:
        if catalogue.key(dish.name) in wanted and is_known_to_feed(row, profile):
            fitting.append(dish)
    best = _first_course(fitting, plan)
    if best is None:
        return ()
    return (d.AddDish(dish=best.name, course=best.course),)


def _first_course(fitting: Sequence[MenuDish], plan: CateringPlan) -> MenuDish | None:
    """The first of the dishes in the first of `COURSES` that the menu has and one of them is of."""
    courses = {dish.course for dish in plan.menu}
    of_them = [dish for dish in fitting if dish.course in courses]
    return min(of_them, key=lambda dish: COURSES.index(dish.course), default=None)


def _says_of(row: DishDiets, need: str) -> bool:
    return any(cell.diet == need.casefold() for cell in row.diets)


def _add(plan: CateringPlan, name: str) -> Sequence[Decision]:
    recipe = catalogue.recipe_named(name)
    here = {catalogue.key(dish.name) for dish in plan.menu}
    if recipe is None or catalogue.key(name) in here:
        return ()
    return (d.AddDish(dish=recipe.name),)


def _drop(plan: CateringPlan, name: str) -> Sequence[Decision]:
    wanted = catalogue.key(name)
    return tuple(d.DropDish(dish=dish.id) for dish in plan.menu if catalogue.key(dish.name) == wanted)


Reader = Callable[[CateringPlan, str], Sequence[Decision]]

_PHRASES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"(?:please )?{pattern}", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?:add |offer )?(?:more|another|an?|some) (?P<what>.+?) (?:options?|dish(?:es)?|choices?)", _more),
        (r"add (?:the |an? )?(?P<what>.+)", _add),
        (r"(?:drop|remove|leave out|no|without) (?:the )?(?P<what>.+)", _drop),
    )
)
"""Phrases that need no model, and what they mean."""
