"""What each step of a dish does to its food: cooks it through, part-cooks, cools, reheats it; and where it waits.

The reading of a temperature belongs to the last heat before food is cooled or served, so a sear has none if a braise
follows. Fields that a step gives win over its words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from catering_cli.domain.order_parts.recipe import FoodClass, RecipeStep, StepKind, Storage
from catering_cli.domain.plan_parts.handling import FoodState, Handling, Read
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.recipes import cooking_words
from catering_cli.kitchen.recipes.cooking_words import COOKS, kind_of
from catering_cli.kitchen.safety.flow import Flow, Step
from catering_cli.kitchen.safety.food import Part, parts_of, strictest
from catering_cli.kitchen.safety.takes import taken_in

_ALWAYS: Final = frozenset({"animal", "cheese", "dairy", "melon", "other", "egg"})
"""Sorts that need heat or cold whatever is done to them."""
_WARM_COURSES: Final = ("main", "soup", "side")


@dataclass
class _State:
    """The food after a step."""

    raw: set[int] = field(default_factory=set)
    """raw animal food that is not cooked through"""
    stable: set[int] = field(default_factory=set)
    """what was baked to something that keeps anywhere"""
    pending: list[FoodClass] = field(default_factory=list)
    """classes that were heated and not read yet"""
    is_hot: bool = False
    is_cold: bool = False
    """whether some of it came cold, so that it is not hot as a whole"""
    is_cooked: bool = False
    """whether something that needs control was cooked here"""
    is_part_cooked: bool = False
    was_cooled: bool = False

    def join(self, other: _State) -> None:
        """With what another step brings."""
        self.raw |= other.raw
        self.stable |= other.stable
        self.pending += other.pending
        for name in ("is_hot", "is_cold", "is_cooked", "is_part_cooked", "was_cooled"):
            setattr(self, name, getattr(self, name) or getattr(other, name))


class Reading(NamedTuple):
    """A dish read: each step, and how it is served."""

    steps: tuple[Handling, ...]
    served_at: str
    """hot, cold or room"""


def reading_of(dish: Dish, steps: Sequence[RecipeStep]) -> Reading:
    """The steps of a dish, as decided, read for the safety of its food."""
    if dish.recipe is None or not steps:
        return Reading((), _unmade(dish))
    return _Reader(dish, steps).reading()


def _unmade(dish: Dish) -> str:
    """How a dish is served of which no step is known: as its recipe says, else hot if anything in it needs heat."""
    if dish.recipe is None:
        return "room"
    needs_heat = any(part.is_raw_animal for part in parts_of(dish))
    return dish.recipe.served_at or ("hot" if needs_heat and dish.course in _WARM_COURSES else "cold")


class _Reader:
    """One dish while it is read."""

    def __init__(self, dish: Dish, steps: Sequence[RecipeStep]) -> None:
        assert dish.recipe is not None
        self.dish, self.said = dish, dish.recipe.served_at
        self.flow = Flow(dish, steps)
        self.parts = self.flow.parts
        self.takes = taken_in(self.flow)
        self.states: dict[int, _State] = {}
        self.told = {deed.deed for one in self.flow.steps for deed in one.deeds}
        self.is_served_cold = self.said in ("cold", "room") or (self.said is None and "serve_room" in self.told)
        lines = dish.recipe.ingredients
        cut = any("cut" in {one.deed for one in cooking_words.told(line.preparation)} for line in lines)
        self.is_cut = (cut or self.flow.cut()) and dish.course != "drink"

    def reading(self) -> Reading:
        """Every step in the order of the flow."""
        found = {i: self._handled(self.flow.steps[i]) for i in self.flow.order}
        handled = tuple(found[i] for i in sorted(found))
        return Reading(handled, self._served(handled))

    def _handled(self, one: Step) -> Handling:
        state = self._arriving(one)
        came_hot = state.is_hot
        food_class = self._class(one, state)
        reads: list[Read] = []
        if one.heats:
            food_class, reads = self._heated(one, state)
        if self._goes_cold(one, came_hot):
            if (came_hot or one.heats) and (state.is_cooked or state.is_part_cooked) and self._controlled(state, one):
                reads.append("cool")
                state.was_cooled = state.is_cooked
            state.is_hot, state.is_cold = False, True
        if state.raw and self._controlled(state, one):
            food_class = strictest((food_class, *(self.parts[index].food_class for index in state.raw)))
        self.states[one.number] = state
        waits, told = self._waits(one, state)
        return Handling(
            step=one.number + 1,
            kind=self._kind(one, reads),
            food_class=one.step.food_class or food_class,
            state=self._state(state, one),
            percent=self._percent(one),
            takes=tuple(self.parts[index].item for index in self.takes[one.number]),
            raw=() if self.flow.is_dough(one.number) else tuple(self.parts[index].item for index in sorted(state.raw)),
            reads=tuple(dict.fromkeys(reads)),
            waits=one.step.storage or waits,
            told=one.step.storage is not None or told,
        )

    def _percent(self, one: Step) -> int:
        """Share of the dish's weight that is in a step, as far as it is known."""
        whole = sum(part.grams or 0 for part in self.parts)
        steps = self.flow.ancestors(one.number) | {one.number}
        here = sum(self.parts[index].grams or 0 for step in steps for index in self.takes[step])
        return math.ceil(100 * here / whole) if whole else 100

    def _arriving(self, one: Step) -> _State:
        """The food as it comes to a step."""
        state = _State()
        for before in self.flow.befores[one.number]:
            state.join(self.states[before])
        state.raw |= {index for index in self.flow.enters[one.number] if self.parts[index].is_raw_animal}
        return state

    def _kind(self, one: Step, reads: Sequence[Read]) -> StepKind:
        """The kind that a step says; else heat on food that was cooked and cooled before is reheating."""
        kind = kind_of(one.step)
        if one.step.kind is not None or kind not in ("cook", "reheat"):
            return kind
        return "reheat" if "reheat" in reads else "cook"

    # Heat

    def _heated(self, one: Step, state: _State) -> tuple[FoodClass, list[Read]]:
        """Class and readings of a step that heats."""
        if self._bakes(one, state):
            state.stable |= self.flow.baked(one.number)
            state.raw -= self.flow.baked(one.number)
            return self._class(one, state), []
        if not self._controlled(state, one, heated=True):
            return self._class(one, state), []
        on_plant = any(cooking_words.of_equipment(name) & {"cook", "bake"} for name in one.step.equipment)
        on_top = one.does.isdisjoint(COOKS | {"reheat"}) and state.is_cold and not state.raw and not on_plant
        if on_top or (not one.heats_food and (state.raw or state.is_cooked)):
            return self._class(one, state), []
        return self._cooked(one, state)

    def _bakes(self, one: Step, state: _State) -> bool:
        """Whether a step bakes to what keeps: it says so, of no animal food but egg, or its dough tells."""
        if one.step.food_class is not None:
            return one.step.food_class == "not_tcs" and all(
                self.parts[index].food_class == "eggs" for index in state.raw
            )
        return one.number in self.flow.bakes and (not state.is_cooked or self.flow.is_beside(one.number))

    def _cooked(self, one: Step, state: _State) -> tuple[FoodClass, list[Read]]:
        """Heat on food that needs it: cooked through, part-cooked, or heated again; and whether it is read here."""
        beside = self.flow.is_beside(one.number)
        late = self.flow.spoken_after_heat(one) | (state.raw - self.flow.heated[one.number])
        classes = [self.parts[index].food_class for index in sorted(state.raw - late)]
        warmed_up = not beside and self._is_reheated(one, state, classes)
        pending = [] if beside else state.pending
        again: list[FoodClass] = ["reheated"] if state.was_cooled and not beside else []
        classes_here = [*classes, *pending, *again, *self._others(state, one)]
        found = "reheated" if warmed_up else strictest(classes_here)
        state.is_hot, state.is_cold = True, False
        more_follows = self.flow.is_heated_later(one.number) or "half" in one.does
        if one.does.isdisjoint(COOKS | {"reheat"}) and more_follows:
            state.is_part_cooked = True
            return found, []
        state.raw &= late
        state.is_cooked, state.is_part_cooked = True, beside and state.is_part_cooked
        if self.flow.is_heated_again(one.number) and not self.flow.is_component(one.number):
            state.pending.append(one.step.food_class or found)
            return found, []
        if state.raw and self.flow.is_heated_later(one.number):
            return found, []
        state.pending = state.pending if beside else []
        quiet = one.step.food_class in ("not_tcs", "ready_to_eat") and not classes
        return found, [] if quiet else ["reheat" if warmed_up else "cook"]

    def _is_reheated(self, one: Step, state: _State, classes: Sequence[FoodClass]) -> bool:
        """Whether a step heats again what was cooked here and cooled before."""
        if one.step.kind == "reheat":
            return True
        if classes or state.is_part_cooked:
            return False
        if one.step.kind is not None and one.step.food_class is not None:
            return state.was_cooled and one.step.food_class == "plant_hot"
        return state.was_cooled or "reheat" in one.does

    def _others(self, state: _State, one: Step) -> list[FoodClass]:
        """Classes of what a step heats besides raw animal food."""
        live = self._live(state, one, heated=True)
        bought: list[FoodClass] = ["reheated" for part in live if part.food_class == "reheated"]
        return [*bought, "plant_hot"] if live else []

    # Cold

    def _goes_cold(self, one: Step, came_hot: bool) -> bool:
        """Whether the food is cold after a step: it says so, or it is the last of a dish that is served cold."""
        last = not self.flow.after[one.number]
        if one.heats and one.step.storage is None and self._cooled_next(one):
            return False
        served_cold = self.is_served_cold and (one.heats or came_hot)
        return one.ends_cold or one.cools or (last and served_cold)

    # Whether food needs control

    def _live(self, state: _State, one: Step, *, heated: bool) -> list[Part]:
        """The lines in a step, or those that its heat reaches, but for what was baked stable."""
        here = self.flow.heated[one.number] if heated else self.flow.holds[one.number]
        return [self.parts[index] for index in sorted(here - state.stable)]

    def _class(self, one: Step, state: _State) -> FoodClass:
        if not self._controlled(state, one):
            return "not_tcs"
        if state.raw:
            return strictest(self.parts[index].food_class for index in sorted(state.raw))
        return "plant_hot" if state.is_hot and state.is_cooked else "ready_to_eat"

    def _controlled(self, state: _State, one: Step, *, heated: bool = False) -> bool:
        """Whether the food of a step, or what its heat reaches, needs heat or cold to be safe."""
        if one.step.food_class is not None and not state.raw:
            return one.step.food_class != "not_tcs"
        if self.flow.is_dough(one.number):
            return False
        return any(self._needs_control(part, state, one) for part in self._live(state, one, heated=heated))

    def _needs_control(self, part: Part, state: _State, one: Step) -> bool:
        if part.sort == "grain" or (part.sort == "meal" and "bake" not in one.does):
            return one.heats or state.is_cooked
        if part.food_class == "not_tcs":
            return False
        if part.is_raw_animal or part.sort in _ALWAYS:
            return True
        if part.sort == "fruit":
            return self.is_cut or self._is_kept_hot()
        if part.sort == "produce":
            return one.heats or state.is_cooked or self.is_cut
        return part.food_class != "ready_to_eat"

    def _is_kept_hot(self) -> bool:
        """Whether fields or words say that the dish is kept hot."""
        if self.said is not None:
            return self.said == "hot"
        return any(one.step.storage == "hot" or "hold" in one.does for one in self.flow.last)

    # What it leaves

    def _state(self, state: _State, one: Step) -> FoodState:
        if not self._controlled(state, one):
            return "stable"
        if state.is_part_cooked:
            return "part_cooked"
        if state.raw:
            return "raw"
        return "cooked" if state.is_cooked else "ready"

    def _waits(self, one: Step, state: _State) -> tuple[Storage | None, bool]:
        """Where the result of a step waits if it does not say, and whether the words tell."""
        left = self._state(state, one)
        if left == "stable":
            return None, True
        if left == "part_cooked" and state.is_hot:
            return None, False
        if not state.is_hot:
            return "fridge", True
        if state.is_cold or state.raw:
            return None, False
        return (None, True) if self._cooled_next(one) else ("hot", True)

    def _cooled_next(self, one: Step) -> bool:
        """Whether the next step cools what this one leaves: the reading of both is at its end."""
        after = self.flow.after[one.number]
        return any(self.flow.steps[later].cools and not self.flow.enters[later] for later in after)

    def _served(self, handled: Sequence[Handling]) -> str:
        """How a dish is served: as the recipe says; else as the last step leaves it."""
        if self.said is not None:
            return self.said
        stores = [one.step.storage or ("hot" if "hold" in one.does else None) for one in self.flow.last]
        for store, deed, served in (("hot", "serve_hot", "hot"), ("ambient", "serve_room", "room")):
            if store in stores or deed in self.told:
                return served
        if all(handled[one.number].state == "stable" for one in self.flow.last):
            return "room"
        return "hot" if any(self.states[one.number].is_hot for one in self.flow.last) else "cold"
