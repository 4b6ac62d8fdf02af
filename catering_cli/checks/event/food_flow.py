"""From step to step the food agrees with what came before: what goes in where, how much, hot or cold, read when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.foods import row_of
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.raw_food import HOTTEST, may_heat, raw_lines, tells
from catering_cli.checks.reference.steps import steps_until
from catering_cli.data import tables
from catering_cli.domain.finding import Severity
from catering_cli.domain.order_parts.recipe import RecipeStep
from catering_cli.domain.plan_parts.handling import Handling
from catering_cli.domain.plan_parts.menu import Dish

FORMS = ("verb", "phrase", "equipment")
COLD = ("cool", "freeze", "cold")
COLD_STORES = ("fridge", "freezer")
COOLING = {"cool", "chill", "refrigerate", "freeze"}
STILL_WARM = {"hot", "warm", "slightly", "hold"}
DEGREES = re.compile(r"\b1\d\d ?F\b")
CLAUSES = re.compile(r"[;,.]| and ")
HEATED = frozenset({"cook", "reheat"})
HOT = {*HOTTEST, "unknown", "reheated", "plant_hot"}
"""Classes of food that is read when it is heated."""
AGAIN = ("reheat", "warm", "heat")
"""Words of a step that heats what was cooked before it came."""
SWELLS = {"pasta", "noodle", "rice", "grain", "oat"}
"""Groups of foods that keep dry, and not boiled."""

Told = Iterator[tuple[str, str]]
"""The field at fault, and what is wrong with it."""


@lru_cache(maxsize=4096)
def _said(text: str) -> frozenset[str]:
    return frozenset(words(text))


class Stage(NamedTuple):
    """A step of a dish as its recipe has it and as it is read, between those before it and those after it."""

    step: RecipeStep
    read: Handling
    before: tuple[Handling, ...]
    after: tuple[Handling, ...]
    until: tuple[Handling, ...]
    """all steps that end in this one, with it"""

    @property
    def words(self) -> frozenset[str]:
        """The words of its text."""
        return _said(self.step.text)

    @property
    def is_cold(self) -> bool:
        """Whether its words or its plant tell of cold."""
        said = " ".join((self.step.text, *self.step.equipment))
        return any(tells(said, form, COLD) for form in FORMS)

    @property
    def ends_cold(self) -> bool:
        """Whether the last clause of its text is about cooling alone."""
        last = set(words(CLAUSES.split(self.step.text.casefold().rstrip(". "))[-1]))
        return not last.isdisjoint(COOLING) and last.isdisjoint(STILL_WARM)


def stages(dish: Dish) -> tuple[Stage, ...]:
    """The steps of a dish in order; none if it is not read step by step."""
    recipe, read = dish.recipe, dish.handling
    if recipe is None or len(read) != len(recipe.steps):
        return ()
    waits = [step.after if step.after is not None else (at,) if at else () for at, step in enumerate(recipe.steps)]
    out: list[Stage] = []
    for number, (step, one) in enumerate(zip(recipe.steps, read, strict=True), start=1):
        before = tuple(read[at - 1] for at in waits[number - 1] if 0 < at <= len(read))
        after = tuple(other for other, waited in zip(read, waits, strict=True) if number in waited)
        until = tuple(read[at - 1] for at in sorted(steps_until(recipe, [number])))
        out.append(Stage(step, one, before, after, until))
    return tuple(out)


def agrees(evidence: Evidence) -> Findings:
    """Each step takes in what it names, weighs what went in until it, and is hot, cold and read by what it does."""
    for path, dish in placed("plan.menu", evidence.plan.menu):
        told = stages(dish) if dish.portions else ()
        for at, stage in enumerate(told):
            odds = [*_hot_or_cold(stage), *_stays_raw(dish, stage), *_read_again(told, stage)]
            odds += [*_carried_on(dish, stage), *_keeps(stage), *_weighs(dish, stage), *_named(dish, told, stage)]
            for field, message in odds:
                where = f"{path}.handling[{at}].{field}"
                severity: Severity = "blocking" if field in ("reads", "raw", "waits") else "warning"
                yield found(severity, where, f"{dish.name}, step {at + 1}: {message}", getattr(stage.read, field))


def _hot_or_cold(stage: Stage) -> Told:
    """Food that waits hot is not cooled there or next; a dish that was cooked last waits hot or cold."""
    one, given = stage.read, stage.step.storage
    if one.waits == "hot" and "cool" in one.reads:
        yield "reads", "what waits hot is not read as cooled"
    chilled = any(after.kind == "chill" and not after.takes for after in stage.after)
    if one.waits == "hot" and given is None and chilled:
        yield "waits", "the next step cools it: it does not wait hot"
    if one.waits is None and one.told and one.state == "cooked" and one.kind in HEATED and not stage.after:
        yield "waits", "cooked food waits hot or cold"
    if stage.ends_cold and given is None and one.state != "stable":
        if one.waits == "hot":
            yield "waits", "cooling is the last that is done"
        elif one.waits and one.state == "cooked" and one.kind in HEATED and "cool" not in one.reads:
            yield "reads", "it is cooked and cooled, and the cooling is not read"


def _read_again(told: tuple[Stage, ...], stage: Stage) -> Told:
    """Food is reheated if it was cooled, or its words say so; one heat after another is read once, at the last."""
    one = stage.read
    cooled = any("cool" in before.reads or before.waits in COLD_STORES for before in stage.until[:-1])
    if "cook" in one.reads and stage.step.kind == "reheat":
        yield "reads", "its recipe says that it is reheated here"
    if "reheat" in one.reads and stage.step.kind == "cook" and stage.step.food_class in HOTTEST:
        yield "reads", "its recipe says that it is cooked here"
    if "reheat" in one.reads and stage.step.kind != "reheat" and not cooled and stage.words.isdisjoint(AGAIN):
        yield "reads", "nothing in it was cooled: it is not heated again"
    is_hot = not HEATED.isdisjoint(one.reads)
    is_new = (
        one.state == "cooked" and one.food_class in HOT and all(before.state != "cooked" for before in stage.before)
    )
    if "cool" in one.reads and one.kind in HEATED and not is_hot and is_new:
        yield "reads", "it is cooked and cooled, and the heat is not read"
    is_last = one.state == "cooked" and one.food_class in HOT and not stage.after
    if is_last and all(HEATED.isdisjoint(before.reads) for before in stage.until):
        yield "reads", "it is served cooked, and no heat was read"
    lone = stage.before[0] if len(stage.before) == 1 else None
    if lone is None or "cook" not in one.reads:
        return
    if "cool" in lone.reads and lone.state == "cooked" and not lone.raw and not one.takes and stage.step.kind is None:
        yield "reads", "what was cooked and cooled is reheated"
    is_next = told[lone.step - 1].after == (one,)
    if (
        is_next
        and not one.takes
        and "cook" in lone.reads
        and "cool" not in lone.reads
        and lone.waits not in COLD_STORES
    ):
        yield "reads", f"step {lone.step} before it is read too, and the heat goes on"


def _stays_raw(dish: Dish, stage: Stage) -> Told:
    """A sear before a braise leaves raw food raw; dough that is baked to keep is no raw food before."""
    one, step = stage.read, stage.step
    came = raw_lines(dish).keys() & {*chain.from_iterable(before.raw for before in stage.before), *one.takes}
    goes_on = any(HEATED & {after.kind} for after in stage.after)
    seared = any(tells(step.text, form, ("part",)) for form in FORMS)
    cooked = any(tells(step.text, form, ("cook", "bake", "heat", "reheat")) for form in FORMS)
    if goes_on and seared and not cooked and not DEGREES.search(step.text) and came.difference(one.raw):
        yield "raw", f"{', '.join(sorted(came.difference(one.raw)))} is not cooked through by that"
    if one.raw and stage.after and step.food_class is None and all(after.state == "stable" for after in stage.after):
        yield "raw", "it is baked to what keeps: it is dough, and no raw food"


def _carried_on(dish: Dish, stage: Stage) -> Told:
    """A step that takes nothing in, heats nothing and cools nothing leaves the food as it came."""
    lone, step, one = stage.before[0] if len(stage.before) == 1 else None, stage.step, stage.read
    if lone is None or one.takes or step.food_class or step.kind or may_heat(step, dish):
        return
    if lone.state != one.state:
        yield "state", f"it came {lone.state.replace('_', ' ')}, and nothing is done to it"
    is_cooked = one.state == "cooked" and one.food_class in ("plant_hot", "ready_to_eat")
    if lone.food_class != one.food_class and not is_cooked:
        yield "food_class", f"it came as {lone.food_class}, and nothing is done to it"
    if {lone.waits, one.waits} == {"hot", "fridge"} and step.storage is None and not stage.is_cold:
        yield "waits", f"it came {lone.waits}, and nothing is done to it"


def _keeps(stage: Stage) -> Told:
    """What is made of nothing but what keeps in a cupboard, grain that swells aside, keeps anywhere."""
    rows = [row_of(item) for item in _inside(stage)]
    known = [row for row in rows if row is not None]
    dry = all(row["food_class"] == "not_tcs" and SWELLS.isdisjoint(tables.parts(row["groups"])) for row in known)
    if (
        rows
        and len(known) == len(rows)
        and dry
        and not stage.is_cold
        and stage.read.state != "stable"
        and stage.step.food_class is None
    ):
        yield "state", "nothing in it spoils"


def _inside(stage: Stage) -> list[str]:
    """The lines that went in until a step."""
    return list(chain.from_iterable(one.takes for one in stage.until))


def _weighs(dish: Dish, stage: Stage) -> Told:
    """The share of a dish that is in a step is the weight of what went in until it."""
    grams = {line.item: line.mass.quantity.high for line in dish.lines if line.mass}
    whole = sum(grams.values(), Fraction(0))
    here = sum((grams.get(item, Fraction(0)) for item in _inside(stage)), Fraction(0))
    is_plain = len({line.item for line in dish.lines}) == len(dish.lines)
    if whole and is_plain and not 0 <= stage.read.percent - 100 * here / whole < 1:
        yield "percent", f"{float(100 * here / whole):.0f} % of the weight is in it"


def _named(dish: Dish, told: tuple[Stage, ...], stage: Stage) -> Told:
    """A line goes in where its name is said, else where what it is a kind of is, and at the first such step."""
    times = Counter(line.item for line in dish.lines)
    for item in stage.read.takes if len(told) > 1 else ():
        if times[item] > 1:
            continue
        name, head, kinds = set(words(item)), words(item)[-1], _kinds(item)
        own = name.difference(_describing(), *(words(other) for other in times if other != item))
        saying = [other for other in told if head in other.words]
        calling = [other for other in told if other.words & kinds]
        if saying and stage not in saying and stage.words.isdisjoint(own | kinds | ALL):
            yield "takes", f"{item} is named in other steps"
        if calling and stage not in calling and not any(other.words & name for other in told):
            yield "takes", f"{' or '.join(sorted(kinds))} is said in other steps, and {item} in none"
        before = frozenset().union(*(told[one.step - 1].words for one in stage.until[:-1]))
        if not name <= stage.words and (before & own or (head in before and not stage.words & name - {head})):
            yield "takes", f"{item} is named in a step before it"


KINDS = {"vegetable", "fruit", "herb", "cheese", "spice"}
ALL = {"everything", "all", "rest", "vegetable", "fruit"}


def _kinds(item: str) -> set[str]:
    """What a food may be called together with others; salt is always at hand."""
    row = row_of(item)
    groups = set(tables.parts(row["groups"])) if row else set()
    if row is None or "staple" in groups:
        return set()
    return groups & (KINDS if row["department"] == "produce" else {"cheese", "spice"})


@cache
def _describing() -> frozenset[str]:
    return frozenset(words(" ".join(row["words"] for row in tables.rows("food_words"))))


CHECKS = {"safety.flow": agrees}
