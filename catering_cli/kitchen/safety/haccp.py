"""The HACCP log: one row a dish and check, with the time and place of each reading and the jurisdiction's limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import Final, NamedTuple

from catering_cli.domain.basis import Basis
from catering_cli.domain.order import Order
from catering_cli.domain.order_parts.recipe import FoodClass
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.safety import ControlPoint, PointKind, ReadingTime, Safety
from catering_cli.domain.plan_parts.timeline import Block, Timeline
from catering_cli.kitchen.menu.services import Meal, services
from catering_cli.kitchen.recipes.batches import waits_for
from catering_cli.kitchen.safety import codes, readings
from catering_cli.kitchen.safety.food import RAW_ANIMAL, parts_of, strictest
from catering_cli.kitchen.safety.limits import code_of, limit
from catering_cli.kitchen.safety.undercooked import undercooked

COLD: Final = ("fridge", "freezer")


def safety(order: Order, dishes: Sequence[Dish], timeline: Timeline, bases: Sequence[Dish] = ()) -> Safety:
    """The control points of every dish, from receiving to the end of service.

    Base recipes have those of their work; they are held and travel in the dishes that take them.
    """
    jurisdiction = code_of(order.event.jurisdiction)
    meals = services(order)
    used = readings.next_uses(timeline)
    there = readings.Presence.of(timeline)
    points: list[ControlPoint] = []
    for dish in (*bases, *dishes):
        log = _Log(dish, jurisdiction, timeline, _blocks(dish, timeline), _befores(dish), used, there)
        served = [] if dish in bases else [meal for meal in meals if dish.service in ("", meal.service)]
        of_dish = log.points(served) if dish.portions else ()
        points += sorted(of_dish, key=lambda point: (point.at is not None, point.at, point.kind, point.block))
    return Safety(
        jurisdiction=jurisdiction,
        code=codes.name_of(jurisdiction),
        points=tuple(points),
        notes=(*codes.notes(order, jurisdiction), *_advisory(dishes, jurisdiction)),
    )


def _advisory(dishes: Sequence[Dish], jurisdiction: str) -> Iterator[str]:
    """The consumer advisory in the words of the code, with the dishes that it is about."""
    found = [(dish, what) for dish in dishes if (what := undercooked(dish)) is not None and dish.portions]
    fish = [dish.name for dish, what in found if what.is_fish]
    for rule, names in (("advisory", [dish.name for dish, _ in found]), ("parasites", fish)):
        if names:
            yield codes.said(jurisdiction, rule).format(dishes=", ".join(names))


def _befores(dish: Dish) -> tuple[tuple[int, ...], ...]:
    return waits_for(dish.recipe) if dish.recipe else ()


def _blocks(dish: Dish, timeline: Timeline) -> dict[int, list[Block]]:
    """The blocks of each step of a dish."""
    found: dict[int, list[Block]] = {}
    for block in timeline.blocks:
        if block.dish == dish.id and block.step is not None:
            found.setdefault(block.step, []).append(block)
    return found


class _Log(NamedTuple):
    """What the control points of one dish have in common."""

    dish: Dish
    jurisdiction: str
    timeline: Timeline
    blocks: dict[int, list[Block]]
    befores: tuple[tuple[int, ...], ...]
    """the steps that each step waits for"""
    used: dict[str, datetime]
    """when the food of each block is used for the last time"""
    there: readings.Presence

    @property
    def last(self) -> list[Handling]:
        """The steps that no other step waits for."""
        followed = set(chain.from_iterable(self.befores))
        return [one for one in self.dish.handling if one.step - 1 not in followed]

    @property
    def components(self) -> set[int]:
        """Steps whose result is put together with another's: hot food that waits for it is read in any case."""
        return {before for several in self.befores if len(several) > 1 for before in several}

    @property
    def food_class(self) -> FoodClass:
        """The class of the dish as it is held."""
        return strictest(one.food_class for one in self.last) if self.last else "unknown"

    @property
    def needs_control(self) -> bool:
        """Whether it is to be kept hot or cold; so is what has no steps."""
        return not self.last or any(one.state != "stable" for one in self.last)

    def points(self, meals: Sequence[Meal]) -> Iterator[ControlPoint]:
        """Receiving, each step, waits, the road and holding."""
        yield from self._received()
        for handled in self.dish.handling:
            yield from self._of_step(handled)
        if meals and self.needs_control:
            yield from self._carried(meals)
            yield from self._held(meals)
        if meals and undercooked(self.dish):
            yield self.point("advisory", self.food_class, ())

    def _received(self) -> Iterator[ControlPoint]:
        """Each raw animal food, when it is delivered."""
        seen: set[str] = set()
        for part in parts_of(self.dish):
            if part.bought_as in RAW_ANIMAL and part.item not in seen:
                seen.add(part.item)
                yield self.point("receive", part.bought_as, (), food=part.item)

    def _is_assembled(self, handled: Handling) -> bool:
        """Whether components are put together in it, warm or not, to be heated later: read, wherever it waits."""
        joins = len(self.befores[handled.step - 1]) > 1 and handled not in self.last
        warm = handled.state in ("cooked", "raw") and handled.waits in (None, "hot")
        return joins and warm and not handled.reads

    def _of_step(self, handled: Handling) -> Iterator[ControlPoint]:
        """Cooking, reheating and cooling at the end of a step, the wait after it, the date of what is kept for days."""
        blocks = self.blocks.get(handled.step, [])
        if not blocks:
            return
        ends = tuple(ReadingTime(at=block.end, place=block.place, block=block.id) for block in blocks)
        for kind in handled.reads:
            yield self.point(kind, handled.food_class, ends)
        if handled.state == "stable":
            return
        assembled = self._is_assembled(handled)
        joins = assembled or handled.step - 1 in self.components
        waits = readings.waits(blocks, handled, self.used, self.there, always=joins)
        if waits or assembled:
            hot = handled.waits == "hot" or (assembled and handled.state == "cooked")
            yield self.point("hot_hold" if hot else "cold_hold", handled.food_class, waits or ends)
        if marked := readings.dated(blocks, handled, self.timeline, self.there):
            yield self.point("date_mark", handled.food_class, marked)

    def _carried(self, meals: Sequence[Meal]) -> Iterator[ControlPoint]:
        """Leaving and arriving with the trips that carry it."""
        trips = readings.trips(self.dish, self.timeline)
        if trips and any(meal.away for meal in meals):
            yield self.point("transport", self.food_class, trips, limit_class="hot" if self.dish.is_hot else "cold")

    def _held(self, meals: Sequence[Meal]) -> Iterator[ControlPoint]:
        """From its last work to the end of service, hot or cold."""
        done = [block for one in self.last for block in self.blocks.get(one.step, ())]
        kind: PointKind = "hot_hold" if self.dish.is_hot else "cold_hold"
        times = readings.held(done, meals, self.timeline, self.there, hot=self.dish.is_hot)
        yield self.point(kind, self.food_class, times)

    def point(
        self,
        kind: PointKind,
        food_class: FoodClass,
        times: Sequence[ReadingTime],
        *,
        limit_class: str = "",
        food: str = "",
    ) -> ControlPoint:
        """A control point with its limit; `limit_class` if the limit goes by another class than the food's."""
        sought = limit_class or food_class
        row, own = limit(self.jurisdiction, kind, sought)
        rule = "limit.own" if own else "limit.strictest"
        if food_class == "unknown":
            rule += "_class_unknown"
        inputs = {"jurisdiction": self.jurisdiction, "kind": kind, "food_class": sought}
        basis = Basis(rule=rule, inputs=inputs, source=row["source"])
        first = next((time for time in times if time.block), None)
        block = next((one for one in self.timeline.blocks if first and one.id == first.block), None)
        return ControlPoint(
            dish=self.dish.id,
            kind=kind,
            food_class=food_class,
            food=food,
            block=first.block if first else "",
            at=min((time.at for time in times), default=None),
            times=tuple(times),
            limit=row["text"],
            limit_id=row["id"],
            source=basis.source,
            who=block.crew[0].role if block and block.crew else "chef",
            corrective=row["corrective"],
            note=basis.sentence(),
            derivation=basis,
        )
