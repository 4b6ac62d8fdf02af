"""What a client says of a plan, read without a model: known phrases, sentence by sentence and part by part.

A phrase becomes decisions, or changes of the order's times; what none reads stays open in the client's own words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from catering_cli.domain import decision as d
from catering_cli.domain.decision import ChangeOrder, Decided
from catering_cli.domain.order import Service
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.diets import DishDiets, PlanProfile
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.dietary.profiles import is_known_to_feed
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.quantities.numerals import parse_number
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.repairs.order_changes import later
from catering_cli.orchestrator.client.called import Heard, at_service, dish_called, dishes_at
from catering_cli.orchestrator.client.shape_phrases import day_before, left_out, served_at
from catering_cli.orchestrator.evaluate import menu_with
from catering_cli.tasks.shared import plan_conflicts

COURSES = ("main", "side", "starter", "salad", "soup", "dessert", "canape", "bread", "drink")
"""The courses in which a further option is looked for, first one first; [K]: a main is missed most."""

USUALLY = 30
"""Minutes that "later" means if no number is said; [K]. The plan says that it was taken so."""


Reader = Callable[[CateringPlan, str, str], Heard | None]
"""Plan, what is named, and the whole part as it stands."""


def sentences_of(text: str) -> list[str]:
    """The sentences of a remark, without what ends them."""
    return [part for part in map(str.strip, re.split(r"[.;!?\n]+", text)) if part]


def read(plan: CateringPlan, sentence: str) -> Iterator[tuple[str, Heard | None]]:
    """What a sentence asks for: as a whole, else each of its parts between commas and "and"; None: not understood."""
    whole = _heard(plan, sentence)
    parts = [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", sentence) if part.strip()]
    if whole is not None or len(parts) == 1:
        yield sentence, whole
        return
    heard = [(part, _heard(plan, part)) for part in parts]
    if any(one is not None for _, one in heard):
        yield from heard
    else:
        yield sentence, None


def _heard(plan: CateringPlan, part: str) -> Heard | None:
    for pattern, reader in _PHRASES:
        found = pattern.fullmatch(part.strip())
        heard = reader(plan, found.group("what").strip(), part.strip()) if found else None
        if heard is not None:
            return heard
    return None


def _more(plan: CateringPlan, what: str, part: str) -> Heard | None:
    """One further dish of the catalogue that suits the need, of the first course that has one."""
    found = re.fullmatch(r"(?P<need>.+?) (?:options?|dish(?:es)?|choices?)(?P<rest>.*)", what, re.IGNORECASE)
    if found is None:
        return None
    said, named = at_service(plan, f"x {found['rest']}")
    if said.strip() != "x":
        return None
    service = named or _main_service(plan)
    best = _suiting(plan, found["need"], service)
    if best is None:
        return None
    ident = service.id if service else ""
    decisions = (d.AddDish(dish=best.name, course=best.course, service=ident),)
    if named or len(plan.order.services) < 2:  # noqa: PLR2004  # one service needs no name
        return Heard(decisions)
    return Heard(decisions, f'"{part}" names no service: {best.name} was added to {ident}. Is that meant?')


def _main_service(plan: CateringPlan) -> Service | None:
    """The service that most of the menu is for, the later of two; None if the order lists none."""
    counted = [(sum(dish.service == one.id for dish in plan.menu), one.at, one) for one in plan.order.services]
    return max(counted, key=lambda one: one[:2])[2] if counted else None


def _suiting(plan: CateringPlan, need: str, service: Service | None) -> MenuDish | None:
    names = plan_conflicts.offered(plan)
    menu = menu_with(plan, [Decided(decision=d.AddDish(dish=name), by="client") for name in names])
    if not any(_says_of(row, need) for _, row in menu):
        return None
    profile = PlanProfile(id="feedback", name=need, needs=(need,), count=1)
    wanted = {catalogue.key(name) for name in names}
    fitting: list[MenuDish] = []
    for dish, row in menu:
        if catalogue.key(dish.name) in wanted and is_known_to_feed(row, profile):
            fitting.append(dish)
    return _first_course(fitting, plan, service)


def _first_course(fitting: Sequence[MenuDish], plan: CateringPlan, service: Service | None) -> MenuDish | None:
    """The first of the dishes in the first of `COURSES` that the service has and one of them is of."""
    courses = {dish.course for dish in dishes_at(plan, service)}
    of_them = [dish for dish in fitting if dish.course in courses]
    return min(of_them, key=lambda dish: COURSES.index(dish.course), default=None)


def _says_of(row: DishDiets, need: str) -> bool:
    return any(cell.diet == need.casefold() for cell in row.diets)


def _add(plan: CateringPlan, what: str, _part: str) -> Heard | None:
    name, service = at_service(plan, what)
    recipe = catalogue.recipe_named(name)
    here = {catalogue.key(dish.name) for dish in plan.menu}
    if recipe is None or catalogue.key(name) in here:
        return None
    return Heard((d.AddDish(dish=recipe.name, service=service.id if service else ""),))


def _drop(plan: CateringPlan, what: str, _part: str) -> Heard | None:
    dish = dish_called(plan, what)
    return Heard((d.DropDish(dish=dish.id),)) if dish else None


def _swap(plan: CateringPlan, what: str, _part: str) -> Heard | None:
    """A dish goes; one of its course that lacks the food comes, for the same service."""
    found = re.fullmatch(r"(?P<old>.+?) (?:for|with|by) (?P<new>.+)", what, re.IGNORECASE)
    old = dish_called(plan, found["old"]) if found else None
    if found is None or old is None:
        return None
    lacking = re.fullmatch(r"(?:something|a dish|one|anything) (?:without|free of|with no) (?P<food>.+)", found["new"])
    new = _without(plan, old, lacking["food"]) if lacking else catalogue.recipe_named(found["new"])
    if new is None:
        return None
    added = d.AddDish(dish=new.name, course=old.course, service=old.service)
    return Heard((d.DropDish(dish=old.id), added))


def _without(plan: CateringPlan, old: Dish, food: str) -> MenuDish | None:
    """The first dish of the catalogue of the same course that is known to lack a food, or to suit a diet."""
    offered = set(plan_conflicts.offered(plan))
    of_course = [recipe.name for recipe in catalogue.recipes() if recipe.course == old.course]
    of_course = [name for name in of_course if name in offered]
    profile = PlanProfile(id="feedback", name=food, needs=(food,), count=1)
    added = [Decided(decision=d.AddDish(dish=name), by="client") for name in of_course]
    for dish, row in menu_with(_with_need(plan, food), added):
        if dish.name in of_course and is_known_to_feed(row, profile):
            return dish
    return None


def _with_need(plan: CateringPlan, food: str) -> CateringPlan:
    """The plan of an order with one more guest who avoids the food: then the chart of the dishes speaks of it."""
    from catering_cli.domain.order_parts.guests import Profile

    guests = plan.order.guests
    profiles = (*guests.profiles, Profile(needs=(food,), count=1))
    order = plan.order.model_copy(update={"guests": guests.model_copy(update={"profiles": profiles})})
    return plan.model_copy(update={"order": order})


def _as_it_is(_plan: CateringPlan, _what: str, part: str) -> Heard | None:
    return Heard((d.NothingToDo(quote=part, why="nothing of that is changed"),))


_LENGTH = re.compile(
    r"(?:by )?(?:(?P<half>half an hour)|(?P<quarter>a quarter of an hour)|(?P<hour>an hour)"
    r"|(?P<count>\w+) (?P<unit>minutes?|min|hours?))",
    re.IGNORECASE,
)


def _move(plan: CateringPlan, what: str, part: str) -> Heard | None:
    """Every time of the order that is fixed to the clock, that much later or earlier."""
    found = re.fullmatch(r"(?P<length>.*?)\s*(?P<side>later|earlier)", what, re.IGNORECASE)
    if found is None:
        return None
    said = _minutes(found["length"]) if found["length"] else USUALLY
    if said is None:
        return None
    minutes = said if found["side"].casefold() == "later" else -said
    moved = tuple(ChangeOrder(path=one.path, value=one.value, quote=part) for one in later(plan.order, minutes))
    unsaid = f'"{part}" says no time: {USUALLY} minutes were taken. Is that meant?'
    return Heard(moved, "" if found["length"] else unsaid)


def _minutes(length: str) -> int | None:
    found = _LENGTH.fullmatch(length.strip())
    if found is None:
        return None
    fixed = {"half": 30, "quarter": 15, "hour": 60}
    named = next((minutes for name, minutes in fixed.items() if found[name]), None)
    if named is not None:
        return named
    number = parse_number(found["count"].casefold())
    whole = int(number[0]) if number and number[0] is not None else 0
    return whole * (60 if found["unit"].startswith("h") else 1) or None


def _toward(aim: str) -> Reader:
    """What is wished of the plan as a whole: rounds find out how."""
    return lambda _plan, _what, _part: Heard((), aim=aim)


_PHRASES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(rf"(?:please |and |could you |can we |can you )*{pattern}", re.IGNORECASE), reader)
    for pattern, reader in (
        (r"(?:(?:make|get) (?:it|this|everything) )?(?P<what>(?:\w+ )?(?:cheaper|less expensive))", _toward("cheaper")),
        (r"(?P<what>(?:lower|reduce|cut)(?: the)? (?:costs?|price|bill)|save(?: some)? money)", _toward("cheaper")),
        (r"(?P<what>(?:it|this|that)(?: is|'s) (?:\w+ )?too (?:expensive|dear|costly))", _toward("cheaper")),
        (r"(?:make (?:it|the day) )?(?P<what>(?:\w+ )?(?:calmer|less (?:hectic|rushed)))", _toward("calmer")),
        (r"(?P<what>(?:start|begin)(?: the)? (?:work|cooking|preparation) later)", _toward("later-start")),
        (r"(?P<what>more (?:variety|choice))", _toward("more-variety")),
        (r"(?:make (?:it|this) )?(?P<what>safer)", _toward("safer")),
        (r"(?:start|begin|serve|move everything)(?: the (?:event|service|meal))? (?P<what>.*(?:later|earlier))", _move),
        (r"(?:swap|replace|exchange) (?:the )?(?P<what>.+)", _swap),
        (r"(?P<what>leave .+ as (?:it is|they are|is))", _as_it_is),
        (r"(?:leave|take) (?:the )?(?P<what>.+ out of .+)", left_out),
        (r"(?:no|without) (?P<what>.+ (?:in|on) .+)", left_out),
        (r"(?:serve|offer) (?:the )?(?P<what>.+? (?:at|for|during) .+? only)", served_at),
        (r"(?:make|prepare|cook) (?:the )?(?P<what>.+?) (?:on )?the day before", day_before),
        (r"(?:add |offer )?(?:more|another|an?|some) (?P<what>.+? (?:options?|dish(?:es)?|choices?).*)", _more),
        (r"add (?:the |an? )?(?P<what>.+)", _add),
        (r"(?:drop|remove|leave out|no|without) (?:the )?(?P<what>.+)", _drop),
    )
)
"""Phrases that need no model, and what they mean."""
