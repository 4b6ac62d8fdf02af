"""What the kitchen itself would try: plates for those who lack a course, and moves toward an aim. It drops no dish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain

from catering_cli.domain import decision as d
from catering_cli.domain.decision import Decided, Decision
from catering_cli.domain.finding import SEVERITIES, Finding
from catering_cli.domain.names import KITCHEN
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.diets import PlanProfile
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.dietary.profiles import is_known_to_feed
from catering_cli.kitchen.recipes import catalogue
from catering_cli.kitchen.repairs.on_the_way import keeps, way
from catering_cli.orchestrator.evaluate import menu_with
from catering_cli.orchestrator.rounds.aims import is_of_safety
from catering_cli.tasks.shaping.day_view import day_view, dish_costs
from catering_cli.tasks.shared import plan_conflicts

MOST_DISHES = 3
"""Dishes for which something is tried in a round."""
MOST_INSTEAD = 2
"""Dishes of the catalogue that are tried in the place of one."""
_DAY = 24
_DAY_MINUTES = 24 * 60


def kitchen_proposals(plan: CateringPlan, step: str = "", aim: str = "") -> tuple[Decided, ...]:
    """What the kitchen would try, worst findings first, then toward the aim; it takes nothing off the menu."""
    ranked = sorted(plan.findings, key=lambda finding: (SEVERITIES.index(finding.severity), -finding.guests))
    made: dict[Decision, None] = {}
    tried: set[tuple[str, str]] = set()
    for finding in ranked:
        attempt = _TRY.get(finding.rule)
        if attempt is not None and (finding.rule, finding.where) not in tried:
            tried.add((finding.rule, finding.where))
            made |= dict.fromkeys(attempt(finding, plan))
    if aim in _TOWARD:
        made |= dict.fromkeys(_once(_TOWARD[aim](plan)))
    return tuple(Decided(decision=decision, by=KITCHEN, step=step) for decision in made)


def _once(moves: Iterable[Decision]) -> Iterator[Decision]:
    """The moves, less those that would put one dish in two places."""
    taken: dict[str, str] = {}
    for move in moves:
        if isinstance(move, d.ReplaceDish) and taken.setdefault(move.by_dish, move.dish) != move.dish:
            continue
        yield move


_PROFILE = re.compile(r"plan\.diets\.profiles\[(\d+)\]")

Try = Callable[[Finding, CateringPlan], Sequence[Decision]]


def _plates(finding: Finding, plan: CateringPlan) -> Sequence[Decision]:
    """For guests whom a course does not feed: the catalogue's first dish of that course that does."""
    place = _PROFILE.match(finding.where)
    if place is None:
        return ()
    profile = plan.diets.profiles[int(place.group(1))]
    if not profile.needs:
        return ()
    lacking = {dish.course for dish in plan.menu}
    for dish in plan.menu:
        if dish.id in profile.may_eat:
            lacking.discard(dish.course)
    names = [_dish_that_feeds(profile, course, plan) for course in sorted(lacking)]
    return tuple(d.Assign(profile=profile.id, dish=name) for name in names if name)


def _dish_that_feeds(profile: PlanProfile, course: str, plan: CateringPlan) -> str:
    """The first dish of the catalogue of that course that keeps on the way and feeds a profile; empty if none does."""
    minutes = way(plan.order)
    names = [recipe.name for recipe in catalogue.recipes() if recipe.course == course and keeps(recipe, minutes)]
    few = (names[first : first + _LOOKED_AT] for first in range(0, len(names), _LOOKED_AT))
    return next(chain.from_iterable(_plates_that_feed(profile, some, plan) for some in few), "")


def _plates_that_feed(profile: PlanProfile, names: Sequence[str], plan: CateringPlan) -> Iterator[str]:
    """Of dishes that would be made for a profile alone those that feed it."""
    here = {dish.id for dish in plan.menu}
    plates = [Decided(decision=d.Assign(profile=profile.id, dish=name)) for name in names]
    wanted = set(map(catalogue.key, names))
    for dish, row in menu_with(plan, plates):
        is_new = dish.id not in here and catalogue.key(dish.name) in wanted
        if is_new and is_known_to_feed(row, profile):
            yield dish.name


_TRY: Mapping[str, Try] = {"diets.unfed": _plates}
"""What the kitchen tries, by the rule that found the matter."""


def _cheaper(plan: CateringPlan) -> Iterator[Decision]:
    """The dearest dishes: less overage, fewer portions beside a cheaper dish, another dish."""
    costs = dish_costs(plan)
    by_id = {dish.id: dish for dish in plan.menu}
    dearest = [by_id[ident] for ident in costs if ident in by_id][:MOST_DISHES]
    priced = [dish for dish in plan.menu if dish.id in costs]
    for dish in dearest:
        if dish.over_percent > 1:
            yield d.Overage(dish=dish.id, percent=dish.over_percent // 2)
        cheaper = _cheaper_beside(dish, priced, costs)
        if cheaper:
            yield d.Share(dish=cheaper.id, popularity=2, why="it costs less a portion")
    for dish in dearest:
        yield from _instead(dish, plan, "it may cost less")


def _cheaper_beside(dish: Dish, priced: Sequence[Dish], costs: Mapping[str, Fraction]) -> Dish | None:
    """The last dish of the same course that costs less a portion."""
    cost = _a_portion(dish, costs)
    beside = [one for one in priced if one.course == dish.course]
    cheaper = [one for one in beside if _a_portion(one, costs) < cost]
    return cheaper[-1] if cheaper else None


def _a_portion(dish: Dish, costs: Mapping[str, Fraction]) -> Fraction:
    return costs[dish.id] / max(1, dish.portions)


def _calmer(plan: CateringPlan) -> Iterator[Decision]:
    """What may be made on the day before, is."""
    for one in day_view(plan).steps:
        may = one.make_ahead_hours >= _DAY and one.storage in ("fridge", "freezer")
        if may and one.begins < _DAY_MINUTES and one.people:
            yield d.MakeOn(dish=one.dish, step=one.step, days_before=1, why="it keeps, and the last day is full")


def _begun_ahead(plan: CateringPlan) -> set[str]:
    """Dishes whose work begins on a day before the service's."""
    service = plan.timeline.service_at
    if service is None:
        return set()
    first = {block.dish: block.start for block in reversed(plan.timeline.blocks) if block.step is not None}
    return {dish for dish, begun in first.items() if begun.date() < service.date()}


def _later(plan: CateringPlan) -> Iterator[Decision]:
    """What begins first is done on the day itself, or another dish takes its place."""
    steps = sorted(day_view(plan).steps, key=lambda one: -one.begins)
    ahead = _begun_ahead(plan)
    for one in steps:
        if one.dish in ahead and one.begins > _DAY_MINUTES / 4:
            yield d.MakeOn(dish=one.dish, step=one.step, days_before=0, why="work begins later")
    by_id = {dish.id: dish for dish in plan.menu}
    for ident in dict.fromkeys(one.dish for one in steps[:MOST_DISHES]):
        if ident in by_id:
            yield from _instead(by_id[ident], plan, "it takes less time")


def _varied(plan: CateringPlan) -> Iterator[Decision]:
    """Dishes of the main courses that feed those who have least to choose from."""
    kinds = [profile for profile in plan.diets.profiles if profile.count]
    if not kinds:
        return
    least = min(kinds, key=lambda profile: len(profile.may_eat))
    courses = {dish.course for dish in plan.menu}
    for course in ("main", "side", "dessert", "starter"):
        if course in courses:
            names = _that_feed([least], course, plan)
            yield from (d.AddDish(dish=name, course=course) for name in names[:1])


def _safer(plan: CateringPlan) -> Iterator[Decision]:
    """Another dish for each that a finding of safety is about."""
    told = " ".join(one.where + one.message for one in plan.findings if is_of_safety(one.rule))
    named = [dish for dish in plan.menu if any(name in told for name in (dish.name, f"{dish.id}."))]
    for dish in named[:MOST_DISHES]:
        yield from _instead(dish, plan, "nothing of it is open")
    for one in day_view(plan).waits[:MOST_DISHES]:
        if one.storage == "hot" and one.limit > _HALF_AN_HOUR:
            shorter = max(_HALF_AN_HOUR, one.limit // 2)
            yield d.SplitTask(dish=one.dish, step=one.step, max_hold_minutes=shorter)


_HALF_AN_HOUR = 30


def _instead(dish: Dish, plan: CateringPlan, why: str) -> Iterator[Decision]:
    """Dishes of the catalogue in the place of one: of its course, and fit for all who may eat it now."""
    fed = [profile for profile in plan.diets.profiles if dish.id in profile.may_eat]
    fed = [profile for profile in fed if profile.count]
    for name in _that_feed(fed, dish.course, plan)[:MOST_INSTEAD]:
        yield d.ReplaceDish(dish=dish.id, by_dish=name, why=why)


def _that_feed(profiles: Iterable[PlanProfile], course: str, plan: CateringPlan) -> list[str]:
    """Dishes of a course that feed all of these guests; those first that take most of what is bought already."""
    names = _nearest_to_the_shopping(course, plan)
    rows = menu_with(plan, [Decided(decision=d.AddDish(dish=name)) for name in names])
    fitting = {catalogue.key(dish.name) for dish, row in rows if all(is_known_to_feed(row, one) for one in profiles)}
    return [name for name in names if catalogue.key(name) in fitting]


def _nearest_to_the_shopping(course: str, plan: CateringPlan) -> list[str]:
    """Dishes that may be offered, those first that take most of what is bought already."""
    bought = {line.item.casefold() for line in plan.shopping.lines}
    offered = set(plan_conflicts.offered(plan))
    recipes = [one for one in catalogue.recipes() if one.course == course]
    recipes.sort(key=lambda one: -_common(bought, [line.item for line in one.ingredients]))
    return [recipe.name for recipe in recipes if recipe.name in offered][:_LOOKED_AT]


_LOOKED_AT = 12
"""Dishes of a course that are looked at together for one place."""


def _common(bought: set[str], foods: Sequence[str]) -> float:
    return sum(food.casefold() in bought for food in foods) / max(1, len(foods))


_TOWARD: Mapping[str, Callable[[CateringPlan], Iterable[Decision]]] = {
    "cheaper": _cheaper,
    "calmer": _calmer,
    "later-start": _later,
    "more-variety": _varied,
    "safer": _safer,
}
"""What the kitchen tries toward an aim, the likeliest first."""
