"""A dish as a flow of food: what each step brings in, and which heat or cold follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.foods.names import tokens
from catering_cli.kitchen.recipes import cooking_words
from catering_cli.kitchen.recipes.batches import order_of, waits_for
from catering_cli.kitchen.recipes.cooking_words import COLD, HEAT, THROUGH
from catering_cli.kitchen.safety.food import EGG_WHITES, Part, bakes_stable, parts_of

COLD_STORES = ("fridge", "freezer")
COOLING_HOURS = 6
"""In which cooked food has to be at 41 F (Food Code 3-501.14)."""
_JOINS = re.compile(
    r"\b(?:add|adding|return|stir|fold|into|together|combine|deglaze|pour|mix|layer|top|fill|build|assemble|nap|cover"
    r"|in the (?:sauce|pot|pan|braise|stew)|with the|over the)\b"
    r"|^\W*\w+ (?:covered |gently |slowly )?(?:with|over|on|in)\b|[;.] *\w+ (?:with|over)\b"
)
"""Words by which what a step brings in comes to what is there."""
_SEASONS = frozenset({"fat", "stable", "herb", "sugar"})
"""Sorts that season what is there."""
_BESIDE = _SEASONS | {"flour", "meal"}
"""Sorts that several parts of a dish have in common: speaking of them does not speak of the dish."""
_ALL_OF_IT = frozenset({"meat", "bird", "fish", "everything", "all", "rest", "remaining", "mixture", "batter"})


@lru_cache(maxsize=8_192)
def text_words(text: str) -> frozenset[str]:
    """The words of a text; "whites" is kept in the plural."""
    whites = {EGG_WHITES} if EGG_WHITES in text.casefold() else set()
    return frozenset(tokens(text)) | whites


def _all_late(part: Part, clauses: Sequence[tuple[frozenset[str], bool]]) -> bool:
    """Whether every clause that speaks of a line comes after the heat."""
    spoken = [late for words, late in clauses if part.words & words]
    return bool(spoken) and all(spoken)


class Step(NamedTuple):
    """One step with what is done in it."""

    number: int
    step: RecipeStep
    deeds: tuple[cooking_words.Deed, ...]
    is_kept: bool = False
    """whether what it leaves is made so long ahead of the next step that it is cooled, as far as no field says"""

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
        if self.is_kept:
            return True
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
        self.steps = [one._replace(is_kept=self._is_kept(one)) for one in self.steps]
        self.earlier = self._earlier()
        self.enters = self._entering()
        self.holds = self._held()
        self.heated = [self._heated(one) for one in self.steps]
        self.until_cold = self._heat_follows(through_cold=False)
        self.to_the_end = self._heat_follows(through_cold=True)
        self.bakes: list[int] = []
        for i in self.order:
            self.bakes += [i] if self._bakes(i) else []

    @property
    def last(self) -> list[Step]:
        """Steps that no other waits for."""
        return [one for one in self.steps if not self.after[one.number]]

    def _entering(self) -> list[set[int]]:
        """The lines that each step brings in: where the first step speaks of them, else at the first steps."""
        said = [text_words(one.step.text) for one in self.steps]
        enters: list[set[int]] = [set() for _ in self.steps]
        roots = [i for i, befores in enumerate(self.befores) if not befores]
        for index, part in enumerate(self.parts):
            speaks = [i for i in range(len(said)) if not part.words.isdisjoint(said[i])]
            first = [i for i in speaks if self.ancestors(i).isdisjoint(speaks)]
            for i in first or self._unsaid(part, roots, said):
                enters[i].add(index)
        return enters

    def _is_kept(self, one: Step) -> bool:
        """Whether a step that others wait for may be done as long ahead as cooling may take."""
        ahead = one.step.make_ahead_hours or 0
        return one.step.storage is None and ahead >= COOLING_HOURS and bool(self.after[one.number])

    def ancestors(self, step: int) -> set[int]:
        """All steps that come before one."""
        return self.earlier[step]

    def _earlier(self) -> list[set[int]]:
        found: list[set[int]] = [set() for _ in self.steps]
        for i in self.order:
            for before in self.befores[i]:
                found[i] |= found[before] | {before}
        return found

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
            baked |= self.baked(before) if before in self.bakes else set()
        return bakes_stable([self.parts[index] for index in sorted(self.baked(i) - baked)])

    def baked(self, i: int) -> set[int]:
        """The lines that are in what a step bakes, not those that it pours on then."""
        return self.heated[i] - self.spoken_after_heat(self.steps[i])

    def is_dough(self, i: int) -> bool:
        """Whether what a step leaves is baked stable later: it proofs and waits as dough."""
        return any(i in self.ancestors(later) and self.holds[i] <= self.baked(later) for later in self.bakes)

    def _heated(self, one: Step) -> set[int]:
        """The lines that the heat of a step reaches: all in it, or only those that it brings in and speaks of.

        "Warm the tortillas" after "Grill the steak" does not heat the steak; "add the beans, simmer" heats it all.
        """
        i, said = one.number, text_words(one.step.text)
        again = self._spoken(self.holds[i] - self.enters[i], said, _BESIDE)
        if not self.befores[i] or again or said & _ALL_OF_IT or _JOINS.search(one.step.text.casefold()):
            return self.holds[i]
        named = frozenset().union(*(self.parts[index].words for index in self._spoken(self.enters[i], said, _SEASONS)))
        hot = [text_words(deed.clause) for deed in one.deeds if deed.deed in HEAT]
        return self.enters[i] if hot and all(named & clause for clause in hot) else self.holds[i]

    def _spoken(self, lines: set[int], said: frozenset[str], but: frozenset[str]) -> set[int]:
        """Those of the lines that words speak of, but for some sorts."""
        return {i for i in lines if self.parts[i].words & said and self.parts[i].sort not in but}

    def is_component(self, i: int) -> bool:
        """Whether what a step leaves is put together with something else."""
        return any(len(self.befores[later]) > 1 for later in self.after[i])

    def is_beside(self, i: int) -> bool:
        """Whether a step heats something else than what came to it."""
        return self.heated[i] != self.holds[i]

    def _heat_follows(self, *, through_cold: bool) -> dict[int, frozenset[bool]]:
        """For each step whether, on its ways to the end, another one heats the food (before it is cooled)."""
        found: dict[int, frozenset[bool]] = {}
        for i in reversed(self.order):
            ends = not self.after[i] or (not through_cold and self.steps[i].ends_cold)
            ways = [] if ends else [self._way(later, found, through_cold) for later in self.after[i]]
            found[i] = frozenset({False}).union(*ways) if ends else frozenset().union(*ways)
        return found

    def _way(self, later: int, found: Mapping[int, frozenset[bool]], through_cold: bool) -> frozenset[bool]:
        if self.steps[later].heats_food and not self.is_beside(later):
            return frozenset({True})
        if not through_cold and self.steps[later].cools:
            return frozenset({False})
        return found[later]

    def is_heated_again(self, i: int) -> bool:
        """Whether food is heated again on every way before it is cooled or served."""
        return self.until_cold[i] == {True}

    def is_heated_later(self, i: int) -> bool:
        """Whether food is heated again at all."""
        return True in self.to_the_end[i]

    def spoken_after_heat(self, one: Step) -> set[int]:
        """Animal food that a step speaks of only after its heat, where nothing heats: folded in, stirred in last.

        Of what came from an earlier step only what is then put to the rest: a shoulder in the smoker is only turned.
        """
        hot = [deed for deed in one.deeds if deed.deed in HEAT]
        last = max((deed.at for deed in hot), default=0)
        heated = {deed.clause for deed in hot}
        late: list[tuple[str, bool]] = []
        for at, text in cooking_words.clauses(one.step.text):
            goes_on = bool(late) and self._only_names(text)
            is_late = at > last and text not in heated and "add" not in text
            late.append((text, late[-1][1] if goes_on else is_late))
        new = [(text_words(text), is_late) for text, is_late in late]
        old = [(text_words(text), is_late and bool(_JOINS.search(text))) for text, is_late in late]
        entered = self.enters[one.number]
        animal = [index for index, part in enumerate(self.parts) if part.is_raw_animal]
        return {index for index in animal if _all_late(self.parts[index], new if index in entered else old)}

    def _only_names(self, text: str) -> bool:
        """Whether a clause only names lines: it goes on with what the clause before does to them."""
        said = text_words(text)
        return bool(said) and said <= frozenset().union(*(part.words for part in self.parts))

    def cut(self) -> bool:
        """Whether produce is cut or mixed, or a step does not tell what is done: whole fruit keeps on a table."""
        return any("cut" in one.does or not one.deeds for one in self.steps)
