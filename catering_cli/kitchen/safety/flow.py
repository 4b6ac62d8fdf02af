"""A dish as a flow of food: what each step brings in, and which heat or cold follows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from catering_cli.domain.menu import Dish
from catering_cli.domain.recipe import RecipeStep
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes import cooking_words
from catering_cli.kitchen.recipes.batches import order_of, waits_for
from catering_cli.kitchen.recipes.cooking_words import COLD, HEAT, THROUGH
from catering_cli.kitchen.safety.food import EGG_WHITES, Part, bakes_stable, parts_of

COLD_STORES = ("fridge", "freezer")
_JOINS = re.compile(
    r"\b(?:add|adding|return|stir|fold|into|together|combine|deglaze|pour|mix|layer|top|fill|build|assemble|nap|cover"
    r"|in the (?:sauce|pot|pan|braise|stew)|with the|over the)\b"
    r"|^\W*\w+ (?:with|over|on|in)\b|[;.] *\w+ (?:with|over)\b"
)
"""Words by which what a step brings in comes to what is there."""
_SEASONS = frozenset({"fat", "stable", "herb", "sugar"})
"""Sorts that season what is there."""
_BESIDE = _SEASONS | {"flour", "meal"}
"""Sorts that several parts of a dish have in common: speaking of them does not speak of the dish."""
_ALL_OF_IT = frozenset({"meat", "bird", "fish", "everything", "all", "rest", "remaining", "mixture", "batter"})


def words_of(text: str) -> frozenset[str]:
    """The words of a text; "whites" is kept in the plural."""
    whites = {EGG_WHITES} if EGG_WHITES in text.casefold() else set()
    return frozenset(tokens(text)) | whites


class Step(NamedTuple):
    """One step with what is done in it."""

    number: int
    step: RecipeStep
    deeds: tuple[cooking_words.Deed, ...]

    @property
    def does(self) -> frozenset[str]:
        """The deeds alone."""
        return frozenset(one.deed for one in self.deeds)

    @property
    def heats(self) -> bool:
        """Whether it heats anything."""
        return not self.does.isdisjoint(HEAT)

    @property
    def heats_food(self) -> bool:
        """Whether it heats the food itself, not only a sauce beside it."""
        return not self.does.isdisjoint(THROUGH)

    @property
    def cools(self) -> bool:
        """Whether it cools and does not heat."""
        return not self.heats and not self.does.isdisjoint(COLD)

    @property
    def ends_cold(self) -> bool:
        """Whether its result is cold: it is stored cold, or cooling is the last that is done."""
        if self.step.storage is not None:
            return self.step.storage in COLD_STORES
        last = [one.deed for one in self.deeds if one.deed in HEAT | COLD | {"hold"}]
        return bool(last) and last[-1] in COLD


class Flow:
    """The steps of a dish and the food that goes through them."""

    def __init__(self, dish: Dish, steps: Sequence[RecipeStep]) -> None:
        assert dish.recipe is not None
        self.parts = parts_of(dish)
        self.steps = [Step(number, step, cooking_words.deeds(step)) for number, step in enumerate(steps)]
        self.befores = waits_for(dish.recipe.model_copy(update={"steps": tuple(steps)}))
        self.order = order_of(self.befores)
        self.after: list[list[int]] = [[] for _ in steps]
        for later, befores in enumerate(self.befores):
            for before in befores:
                self.after[before].append(later)
        self.enters = self._entering()
        self.holds = self._held()
        self.heated = [self._heated(one) for one in self.steps]
        self.bakes: list[int] = []
        for i in self.order:
            self.bakes += [i] if self._bakes(i) else []

    @property
    def last(self) -> list[Step]:
        """Steps that no other waits for."""
        return [one for one in self.steps if not self.after[one.number]]

    def _entering(self) -> list[set[int]]:
        """The lines that each step brings in: where the first step speaks of them, else at the first steps."""
        said = [words_of(one.step.text) for one in self.steps]
        enters: list[set[int]] = [set() for _ in self.steps]
        roots = [i for i, befores in enumerate(self.befores) if not befores]
        for index, part in enumerate(self.parts):
            speaks = [i for i in range(len(said)) if not part.words.isdisjoint(said[i])]
            first = [i for i in speaks if self.ancestors(i).isdisjoint(speaks)]
            for i in first or self._unsaid(part, roots, said):
                enters[i].add(index)
        return enters

    def ancestors(self, step: int) -> set[int]:
        """All steps that come before one."""
        seen: set[int] = set()
        stack = list(self.befores[step])
        while stack:
            before = stack.pop()
            if before not in seen:
                seen.add(before)
                stack += self.befores[before]
        return seen

    def _unsaid(self, part: Part, roots: Sequence[int], said: Sequence[frozenset[str]]) -> list[int]:
        """First steps for a line that no step speaks of: those that speak of no food, of animal food that heat."""
        silent = [i for i in roots if not any(said[i] & one.words for one in self.parts) or said[i] & _ALL_OF_IT]
        heated = [i for i in roots if part.is_raw_animal and self.steps[i].heats]
        return silent or heated or list(roots)

    def _held(self) -> list[set[int]]:
        """The lines that are in each step, with what came before."""
        held = [set(entered) for entered in self.enters]
        for i in self.order:
            for before in self.befores[i]:
                held[i] |= held[before]
        return held

    def _bakes(self, i: int) -> bool:
        """Whether a step bakes dough to something that keeps anywhere; a custard baked in a crust does not."""
        one = self.steps[i]
        oven = one.heats_food and any("bake" in cooking_words.of_equipment(name) for name in one.step.equipment)
        if one.does.isdisjoint({"bake"}) and not oven:
            return False
        baked: set[int] = set()
        for before in self.ancestors(i):
            baked |= self.heated[before] if before in self.bakes else set()
        return bakes_stable([self.parts[index] for index in sorted(self.heated[i] - baked)])

    def is_dough(self, i: int) -> bool:
        """Whether what a step leaves is baked stable later: it proofs and waits as dough."""
        return any(i in self.ancestors(later) and self.holds[i] <= self.heated[later] for later in self.bakes)

    def _heated(self, one: Step) -> set[int]:
        """The lines that the heat of a step reaches: all in it, or only those that it brings in and speaks of.

        "Warm the tortillas" after "Grill the steak" does not heat the steak; "add the beans, simmer" heats it all.
        """
        i = one.number
        said = words_of(one.step.text)
        brought = {
            index
            for index in self.enters[i]
            if self.parts[index].words & said and self.parts[index].sort not in _SEASONS
        }
        before = self.holds[i] - self.enters[i]
        again = {index for index in before if self.parts[index].words & said and self.parts[index].sort not in _BESIDE}
        if not self.befores[i] or again or said & _ALL_OF_IT or _JOINS.search(one.step.text.casefold()):
            return self.holds[i]
        named = frozenset().union(*(self.parts[index].words for index in brought))
        hot = [deed for deed in one.deeds if deed.deed in HEAT]
        if not hot or any(named.isdisjoint(words_of(deed.clause)) for deed in hot):
            return self.holds[i]
        return self.enters[i]

    def is_component(self, i: int) -> bool:
        """Whether what a step leaves is put together with something else."""
        return any(len(self.befores[later]) > 1 for later in self.after[i])

    def is_beside(self, i: int) -> bool:
        """Whether a step heats something else than what came to it."""
        return self.heated[i] != self.holds[i]

    def heat_follows(self, i: int, *, through_cold: bool = False) -> list[bool]:
        """For each way from a step to the end, whether another step on it heats the food before it is cooled."""
        if not self.after[i] or (not through_cold and self.steps[i].ends_cold):
            return [False]
        found: list[bool] = []
        for later in self.after[i]:
            if self.steps[later].heats_food and not self.is_beside(later):
                found.append(True)
            elif not through_cold and self.steps[later].cools:
                found.append(False)
            else:
                found += self.heat_follows(later, through_cold=through_cold)
        return found

    def spoken_after_heat(self, one: Step) -> set[int]:
        """Animal food that a step speaks of only after its heat, where nothing heats: folded in, stirred in last."""
        hot = [deed for deed in one.deeds if deed.deed in HEAT]
        last = max((deed.at for deed in hot), default=0)
        heated = {deed.clause for deed in hot}
        clauses = cooking_words.clauses(one.step.text)
        late: set[int] = set()
        for index, part in enumerate(self.parts):
            spoken = [(at, text) for at, text in clauses if part.words & words_of(text)]
            if part.is_raw_animal and spoken and all(at > last and text not in heated for at, text in spoken):
                late.add(index)
        return late

    def cut(self) -> bool:
        """Whether produce is cut or mixed, or a step does not tell what is done: whole fruit keeps on a table."""
        return any("cut" in one.does or not one.deeds for one in self.steps)
