"""The order as it is from now on: other guests, or a later service; dishes that are begun keep their batches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

from catering_cli.domain.order import MenuItem, Order, Service
from catering_cli.domain.order_parts.recipe import Recipe
from catering_cli.domain.plan import CateringPlan
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.cook import Prepared, prepared

MORE = ", more of it"
"""How a base is called that is made a second time."""


def with_guests(plan: CateringPlan, more: int, begun: Collection[str]) -> Order:
    """The order for `more` guests (or fewer): what is begun stays as it is, and what it lacks is a batch beside it."""
    order = plan.order
    if not more:
        return order
    guests = order.guests
    count = max(1, guests.guaranteed + more)
    changed = {"guaranteed": count}
    if guests.expected is not None:
        changed["expected"] = max(1, guests.expected + more)
    order = order.model_copy(update={"guests": guests.model_copy(update=changed)})
    needed = {dish.id: dish.needed for dish in prepared(order, plan.decisions).dishes}
    made = frozenset(base.name for base in plan.bases if base.id in begun)
    menu = tuple(_menu(order, {dish.id: dish for dish in plan.menu if dish.id in begun}, needed, made))
    return order.model_copy(update={"menu": menu})


def with_begun_held(order: Order, plan: CateringPlan, begun: Collection[str]) -> Order:
    """The order with as many portions of what is begun as were planned: a dish that is cut makes no more of others."""
    made = {dish.id: dish.portions for dish in plan.menu if dish.id in begun}
    menu = tuple(
        item.model_copy(update={"portions": made[f"d{number}"]}) if f"d{number}" in made else item
        for number, item in enumerate(order.menu, 1)
    )
    return order.model_copy(update={"menu": menu})


def with_nothing_beside(order: Order, plan: CateringPlan) -> Order:
    """The order for other guests, who do without what the dishes that are begun lack."""
    return order.model_copy(update={"menu": order.menu[: len(plan.order.menu)]})


def smaller_portions(plan: CateringPlan, ready: Prepared) -> Iterator[str]:
    """The dishes of which there is less than the guests need now: how many portions go round among how many."""
    before = {dish.id: dish.needed for dish in plan.menu}
    needed = {dish.id: dish.needed for dish in prepared(_unfixed(ready.order, plan), plan.decisions).dishes}
    for dish in ready.dishes:
        wanted = needed.get(dish.id, dish.needed)
        if dish.portions < wanted and wanted > before.get(dish.id, wanted):
            yield f"{dish.name}: {dish.portions} portions for {wanted}"


def _unfixed(order: Order, plan: CateringPlan) -> Order:
    """The order with portions as its client stated them."""
    stated = [before.portions for before in plan.order.menu]
    menu = [item.model_copy(update={"portions": many}) for item, many in zip(order.menu, stated, strict=False)]
    return order.model_copy(update={"menu": tuple(menu)})


def _menu(
    order: Order, begun: Mapping[str, Dish], needed: Mapping[str, int], made: Collection[str]
) -> Iterator[MenuItem]:
    """The menu, with what begun dishes lack at its end, so that no dish changes its id.

    Bases that are `made` are made again for it.
    """
    beside: list[MenuItem] = []
    for number, item in enumerate(order.menu, 1):
        dish = begun.get(f"d{number}")
        if dish is None:
            yield item
            continue
        yield item.model_copy(update={"portions": dish.portions})
        missing = needed.get(dish.id, 0) - dish.portions
        if missing > 0:
            more = {"portions": missing, **({"recipe": _anew(dish.recipe, made)} if _takes(dish, made) else {})}
            beside.append(item.model_copy(update=more))
    yield from beside


def _takes(dish: Dish, made: Collection[str]) -> bool:
    return dish.recipe is not None and any(part.name in made for part in dish.recipe.parts)


def _anew(recipe: Recipe | None, made: Collection[str]) -> Recipe | None:
    """A recipe whose bases are not those that are `made` already: there is no more of these than was planned."""
    if recipe is None:
        return None

    def named(name: str) -> str:
        return f"{name}{MORE}" if name in made else name

    parts = [part.model_copy(update={"name": named(part.name), "within": named(part.within)}) for part in recipe.parts]
    lines = [line.model_copy(update={"part": named(line.part)}) for line in recipe.ingredients]
    steps = [step.model_copy(update={"part": named(step.part)}) for step in recipe.steps]
    return recipe.model_copy(update={"parts": tuple(parts), "ingredients": tuple(lines), "steps": tuple(steps)})


def with_service_later(order: Order, minutes: int) -> Order:
    """The order with every service so many minutes later."""
    if not minutes:
        return order
    more = timedelta(minutes=minutes)
    event = order.event.model_copy(
        update={"service_at": order.event.service_at + more, "ends_at": _later(order.event.ends_at, more)}
    )
    services = tuple(_service_later(service, more) for service in order.services)
    return order.model_copy(update={"event": event, "services": services})


def prepared_later(ready: Prepared, minutes: int) -> Prepared:
    """The first stages of a plan for the same order with every service so many minutes later: who eats what stays."""
    return ready._replace(order=with_service_later(ready.order, minutes))


def _service_later(service: Service, more: timedelta) -> Service:
    return service.model_copy(update={"at": service.at + more, "until": _later(service.until, more)})


def _later(moment: datetime | None, more: timedelta) -> datetime | None:
    return None if moment is None else moment + more
