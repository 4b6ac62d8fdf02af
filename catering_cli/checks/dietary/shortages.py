"""Who lacks a course is told, and no repair that is offered would give guests what does not feed them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.cells import SAFE, derived, least, refuses
from catering_cli.checks.reference.contact import touching
from catering_cli.checks.reference.decisions import fold, recipe_named
from catering_cli.checks.reference.dues import owed
from catering_cli.checks.reference.names import words
from catering_cli.checks.reference.needs import avoided, diet_named
from catering_cli.domain.finding import Change, Repair
from catering_cli.domain.plan_parts.diets import PlanProfile, Shortage
from catering_cli.domain.plan_parts.menu import Dish

PLACE = re.compile(r"order\.(menu|decisions)\[(\d+)\](\.portions)?")
"""What a repair may change: the portions of a dish, one more dish, one more decision of the client."""


def shortages_told(evidence: Evidence) -> Findings:
    """The plan names each profile that a course leaves short, and no other."""
    short = {(one.profile.id, one.course) for one in owed(evidence) if one.lacks}
    said = {(one.profile, one.course) for one in evidence.plan.diets.shortages}
    for profile, course in sorted(short - said):
        message = f"{profile} lacks the {course} course, and no shortage says so"
        yield found("warning", "plan.diets.shortages", message, "", f"{profile}: {course}")
    for path, one in placed("plan.diets.shortages", evidence.plan.diets.shortages):
        if (one.profile, one.course) not in short:
            message = f"{one.profile} does not lack the {one.course} course"
            yield found("warning", path, message, f"{one.profile}: {one.course}")


def repaired(evidence: Evidence) -> Findings:
    """Every repair gives the guests a dish of the course that feeds them by its foods and by what it touches."""
    for path, lack in placed("plan.diets.shortages", evidence.plan.diets.shortages):
        for where, repair in placed(f"{path}.repairs", lack.repairs):
            why = _unfit(evidence, lack, repair)
            if why:
                yield found("blocking", where, f"{repair.text}: {why}", repair.text)


def _unfit(evidence: Evidence, lack: Shortage, repair: Repair) -> str:
    """Why a repair may not be offered; empty if it may."""
    profile = evidence.profiles.get(lack.profile)
    if profile is None or not repair.changes:
        return "it is for no profile, or changes nothing"
    swaps: dict[str, dict[str, str]] = {}
    for change in repair.changes:
        value = change.value if isinstance(change.value, dict) else {}
        if value.get("kind") == "substitute" and PLACE.fullmatch(change.path):
            dish, item, other = (str(value.get(name)) for name in ("dish", "item", "by_item"))
            swaps.setdefault(dish, {})[fold(item)] = other
        elif why := _changed(evidence, lack, profile, change, value):
            return why
    reasons = (_swapped(evidence, lack, profile, dish, foods) for dish, foods in swaps.items())
    return next(filter(None, reasons), "")


def _changed(evidence: Evidence, lack: Shortage, profile: PlanProfile, change: Change, value: Mapping[str, Any]) -> str:
    """Why a change of the order does not feed a profile: more portions, one more dish, or a plate of their own."""
    place = PLACE.fullmatch(change.path)
    if place and place[1] == "menu" and place[3]:
        return _raised(evidence, lack, profile, f"d{int(place[2]) + 1}", change.value)
    if place and (place[1] == "menu" or value.get("kind") == "assign"):
        return _added(evidence, lack, profile, value)
    return f"{change.path} is not what feeds guests"


def _raised(evidence: Evidence, lack: Shortage, profile: PlanProfile, ident: str, count: Any) -> str:
    """More portions of a dish of the course that feeds them already."""
    item, dish, row = evidence.menu_item(ident), evidence.dishes.get(ident), evidence.rows.get(ident)
    if item is None or dish is None or row is None or dish.course != lack.course:
        return f"{ident} is no dish of the {lack.course} course"
    if not isinstance(count, int) or count <= (item.portions or 0):
        return f"{count} portions are no more than there are"
    return refuses(evidence, row, profile)


def _added(evidence: Evidence, lack: Shortage, profile: PlanProfile, value: Mapping[str, Any]) -> str:
    """One more dish, from the order's recipes or the catalogue."""
    name = str(value.get("dish"))
    recipe, by = recipe_named(evidence, name)
    if recipe is None or (value.get("course") or recipe.course or "main") != lack.course:
        return f"there is no recipe for {name} as a {lack.course}"
    if value.get("kind") == "assign" and value.get("profile") != profile.id:
        return "the plate is for other guests"
    ident = f"repair {by} {name}"
    dish = Dish(id=ident, name=name, course=lack.course, needed=0, portions=0, recipe=recipe, recipe_from=by)
    return _refused(evidence, dish, profile, "")


def _swapped(evidence: Evidence, lack: Shortage, profile: PlanProfile, ident: str, foods: Mapping[str, str]) -> str:
    """A dish of the course with other foods in it."""
    dish = evidence.dishes.get(ident)
    if dish is None or dish.recipe is None or dish.course != lack.course:
        return f"{ident} is no dish of the {lack.course} course"
    named = [(line, foods.get(fold(line.item), line.item)) for line in dish.recipe.ingredients]
    lines = tuple(line.model_copy(update={"item": item, "text": ""}) for line, item in named)
    swapped = [words(line.item) for line, item in named if item != line.item]
    gone = frozenset(chain.from_iterable(swapped))
    steps = tuple(step.model_copy(update={"text": _without(step.text, gone)}) for step in dish.recipe.steps)
    told = {"ingredients": lines, "steps": steps, "method": _without(dish.recipe.method, gone)}
    recipe = dish.recipe.model_copy(update=told)
    name = f"repair {ident} {sorted(foods.items())}"
    trial = dish.model_copy(update={"id": name, "recipe": recipe, "lines": ()})
    return _refused(evidence, trial, profile, ident)


def _without(text: str, gone: frozenset[str]) -> str:
    """A text without the words of a food that is taken out: the recipe still speaks of it."""
    return " ".join(word for word in text.split() if gone.isdisjoint(words(word)))


def _refused(evidence: Evidence, dish: Dish, profile: PlanProfile, instead_of: str) -> str:
    """Why a dish that is not in the plan does not feed a profile: by its foods, or by equipment that it shares."""
    for need in profile.needs:
        diet = diet_named(need)
        if diet:
            level, because = derived(evidence, dish, diet)
            if level:
                return f"{diet} is not kept: {because}"
            continue
        for allergen in avoided(need):
            level, because = least(evidence, dish, allergen)
            if level > SAFE:
                return f"{allergen} is not absent: {because}"
            harms = profile.severity != "preference"
            if harms and (other := next(_tainting(evidence, dish, allergen, instead_of), "")):
                return f"{allergen} may come from {other} by equipment that is shared"
    return ""


def _tainting(evidence: Evidence, dish: Dish, allergen: str, instead_of: str) -> Iterator[str]:
    """Dishes that share equipment with a dish, or with one that does, and by themselves are not known to be safe.

    The dish that it stands for brings nothing any more to those that it touched.
    """
    left = [other for other in evidence.dishes.values() if other.id != instead_of]
    used = touching(evidence, dish)
    while met := [other for other in left if used & touching(evidence, other)]:
        left = [other for other in left if other not in met]
        for other in met:
            used |= touching(evidence, other)
            if least(evidence, other, allergen).level > SAFE:
                yield other.name


CHECKS = {"diets.shortages": shortages_told, "diets.repairs": repaired}
