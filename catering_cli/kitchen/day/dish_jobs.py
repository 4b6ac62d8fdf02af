"""From scaled dishes and the order to work: one piece for each step and batch of each dish, and the event's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catering_cli.data.equipment_names import equipment_name
from catering_cli.domain.decision import TakeMade
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day import event_jobs
from catering_cli.kitchen.day.calls import call_of
from catering_cli.kitchen.day.dishes.best_times import latest_start
from catering_cli.kitchen.day.dishes.dish_plan import DishPlan, Span, after_step, plans_of
from catering_cli.kitchen.day.dishes.tending import with_visits
from catering_cli.kitchen.day.event_times import wanted
from catering_cli.kitchen.day.resources import EVERYWHERE, staff_options
from catering_cli.kitchen.day.riders import there
from catering_cli.kitchen.day.trips import Ride, rides
from catering_cli.kitchen.day.work import After, Work
from catering_cli.kitchen.menu.clock import Clock, base_id
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.menu.services import Meal
from catering_cli.kitchen.menu.services import meals as services
from catering_cli.kitchen.recipes.batches import batch_minutes, covering, hand_minutes
from catering_cli.kitchen.recipes.cooking_words import kind_of
from catering_cli.kitchen.serving.made_bases import BASE
from catering_cli.scheduling.problem import Need, Resource

_STORES = frozenset({"fridge_shelf", "freezer_shelf", "blast_chiller"})


def jobs(
    order: Order,
    dishes: Sequence[Dish],
    judged: DecisionIndex,
    clock: Clock | None = None,
    arrival: int | None = None,
    *,
    waves: bool = True,
) -> tuple[Work, ...]:
    """All work of the order, in the order of the menu; a dish without recipe or steps has none.

    `arrival`: minutes in hand after each drive; None: as many as are wanted. `waves`: whether what keeps less long
    than its service lasts goes out in waves.
    """
    clock = clock or Clock.of(order)
    meals = services(order, clock)
    plans = plans_of(order, dishes, meals, judged)
    if not waves:
        plans = plans._replace(dishes=tuple(plan._replace(waved=frozenset()) for plan in plans.dishes))
    calls = [call_of(dishes, plans.dishes, meal) for meal in meals]
    ridden = rides(order, calls, wanted(order).arrival if arrival is None else arrival)
    works: list[Work] = []
    for plan in (*plans.bases, *plans.dishes):
        for work in _dish_work(order, plan, ridden, clock):
            works += with_visits(_when_made(work, plan, judged, clock))
    works += event_jobs.jobs(order, calls, ridden)
    return tuple(_with_arrivals(works, plans.dishes))


def _when_made(work: Work, plan: DishPlan, judged: DecisionIndex, clock: Clock) -> Work:
    """The work, not before what it takes is made at another event."""
    taken = judged.one(TakeMade, plan.dish.name) if plan.dish.id.startswith(BASE) else None
    if taken is None:
        return work
    ready = clock.minute(taken.ready)
    return replace(work, earliest=ready if work.earliest is None else max(ready, work.earliest))


def _dish_work(order: Order, plan: DishPlan, ridden: Mapping[str, Ride], clock: Clock) -> Iterator[Work]:
    """The work of a dish's own steps."""
    for i in plan.own_steps():
        for k, span in enumerate(plan.batches[i]):
            work = _work(order, plan, i, k, span)
            meals = _meals_of(plan, span)
            work = replace(work, best=latest_start(plan, i, meals, work.minutes, clock))
            meal = meals[0]
            if i in plan.during:
                work = _to_order(plan, work, meal)
            yield _by_who_rode(order, work, ridden[meal.id], meal) if i in plan.away else work


def _to_order(plan: DishPlan, work: Work, meal: Meal) -> Work:
    """A batch of what is made while the service lasts: the first as it begins, the last to be eaten at its end."""
    assert work.step is not None
    hold = plan.steps[work.step - 1].max_hold_minutes or 0
    room = max(0, meal.until - meal.at - work.minutes - hold)
    mine = list(covering(plan.portions_of(meal), plan.batches[work.step - 1]))
    turn = mine.index(work.batch - 1)
    start = meal.at + room * turn // max(1, len(mine) - 1)
    return replace(work, earliest=start, latest=start, attended=None)


def _waits(plan: DishPlan, i: int, span: Span) -> Iterator[After]:
    """What a batch of a step waits for: the batches before it that hold portions of its own."""
    yield from plan.linked[i]
    for before in plan.befores[i]:
        if before in plan.elsewhere:
            continue
        for k in covering(span, plan.batches[before]):
            yield after_step(plan.id_of(before, k), plan.steps[before], plan.steps[i], plan.handled(before))


def _work(order: Order, plan: DishPlan, i: int, k: int, span: Span) -> Work:
    """One batch of a step, for the portions of `span`."""
    step, size = plan.steps[i], span[1] - span[0]
    total = batch_minutes(step, step.minutes, size, plan.made)
    active = min(total, hand_minutes(step, size, plan.made))
    meals = _meals_of(plan, span)
    place = meals[0].place if i in plan.away else base_id(order)
    handled = plan.handled(i)
    earliest, latest = _window(order, plan, i, meals, total)
    return Work(
        id=plan.id_of(i, k),
        kind=handled.kind if handled else kind_of(step),
        label=f"{plan.dish.name}: {_base(step)}{_short(step.text)}",
        minutes=total,
        place=place,
        needs=_needs(order, step, place, total, active),
        after=tuple(_waits(plan, i, span)),
        attended=active if _goes_on_alone(step, total, active) else total,
        earliest=earliest,
        latest=latest,
        dish=plan.dish.id,
        step=i + 1,
        batch=k + 1,
        of=len(plan.batches[i]),
        portions=size,
        temperature=step.temperature,
        storage=handled.waits if handled else step.storage,
        food_class=handled.food_class if handled else step.food_class,
        shelf_life_hours=step.shelf_life_hours,
        make_ahead_hours=step.make_ahead_hours,
        by=plan.by[i],
        is_cooled=handled is not None and "cool" in handled.reads,
    )


def _base(step: RecipeStep) -> str:
    """The base recipe that a step makes, before what is done."""
    return f"{step.part}: " if step.part else ""


def _meals_of(plan: DishPlan, span: Span) -> list[Meal]:
    """The services that portions of a batch are for."""
    parts = [part for _, part in plan.meals]
    return [plan.meals[n][0] for n in covering(span, parts)]


def _goes_on_alone(step: RecipeStep, total: int, active: int) -> bool:
    """Whether work goes on behind a closed door once it is begun: it needs no hands, or is in a cold store."""
    if active == 0:
        return True
    stored = all(equipment_name(name) in _STORES for name in step.equipment)
    return stored and active < total


def _earliest(step: RecipeStep, meals: Sequence[Meal], minutes: int) -> int | None:
    """The earliest start at which the result is not made too far ahead of its last service; None: at any time."""
    if step.make_ahead_hours is None:
        return None
    return max(meal.at for meal in meals) - step.make_ahead_hours * 60 - minutes


def _window(order: Order, plan: DishPlan, i: int, meals: Sequence[Meal], minutes: int) -> tuple[int | None, int | None]:
    """The earliest and the latest start: on its day if it was put on one, else not too far ahead."""
    days = plan.days.get(i)
    earliest = _earliest(plan.steps[i], meals, minutes)
    if days is None:
        return earliest, None
    clock = Clock.of(order)
    opens, closes = clock.day_before(min(meal.at for meal in meals), days)
    return max(opens, earliest if earliest is not None else opens), closes - minutes


def _short(text: str, most: int = 90) -> str:
    """The first sentence of a step, or as many whole words as fit; letters, if no spaces part them."""
    first = " ".join(text.split()).split(". ")[0].rstrip(".")
    if len(first) <= most:
        return first
    cut = max(first.rfind(" ", 0, most), 0) or most
    return first[:cut].rstrip(",;") + " …"


def _needs(
    order: Order,
    step: RecipeStep,
    place: str,
    total: int,
    active: int,
) -> tuple[Need, ...]:
    """The equipment of a step for all its time, and a person who is able for as long as it needs hands."""
    counts = Counter(equipment_name(name) for name in step.equipment)
    needs = []
    for name, count in counts.items():
        piece = Resource("equipment", name, place)
        needs.append(Need((piece,), count, total))
    if active:
        able = staff_options(order, step.skill) or (Resource("staff", step.skill, EVERYWHERE),)
        needs.append(Need(able, 1, active))
    return tuple(needs)


def _by_who_rode(order: Order, work: Work, ride: Ride, meal: Meal) -> Work:
    """Work at a venue: its hands are those of the cooks who rode there."""
    cooks = staff_options(order, "cook")[:1]
    needs = []
    for need in work.needs:
        able = tuple(option for option in need.options if option in cooks)
        needs.append(there(replace(need, options=able), ride.crew(meal.id)) if able else need)
    return replace(work, needs=tuple(needs))


def _with_arrivals(works: list[Work], plans: Sequence[DishPlan]) -> list[Work]:
    """Work at the venue waits for the drive; what it needs from the base is packed before."""
    away: set[str] = set()
    for plan in plans:
        away.update(plan.away_ids())
    if not away:
        return works
    away.update(part for work in works if work.id in away for part in work.parts)
    drives = _main_drives(works)
    at_venue = [work for work in works if work.id in away]
    brought = [After(name) for name in sorted(_from_base(at_venue, away))]
    arrived = []
    for work in works:
        more: list[After] = []
        if work.id in away:
            more = [drives[work.place]]
        elif work.id.endswith(".pack"):
            more = brought
        arrived.append(replace(work, after=(*work.after, *more)))
    return arrived


def _main_drives(works: Sequence[Work]) -> dict[str, After]:
    """The first main drive to each place."""
    drives: dict[str, After] = {}
    for work in works:
        if work.id.endswith(".drive"):
            drives.setdefault(work.place, After(work.id))
    return drives


def _from_base(at_venue: Sequence[Work], away: set[str]) -> set[str]:
    """What work at the venue waits for and is done at the base."""
    names: set[str] = set()
    for work in at_venue:
        names.update(after.work for after in work.after if after.work not in away)
    return names
