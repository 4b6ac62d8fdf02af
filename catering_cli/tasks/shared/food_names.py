"""Names of foods: which no table identifies, what they mean, and where they are bought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decision, Department, SameFood
from catering_cli.domain.finding import Finding
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.kitchen.purchasing.shopping import TAP
from catering_cli.tasks.shared.order_view import found
from catering_cli.tasks.shared.task import Wire


class UnknownName(Wire):
    """A name that no table row identifies, and foods of the table that are spelled alike."""

    name: str
    alike: list[str]


class SameFoodNames(Wire):
    """Names that mean one food."""

    names: Annotated[list[str], Field(max_length=50, description="as given")]
    food: Annotated[str, Field(description="plain English name of the food to buy; empty where you do not know")]


class FoodDepartment(Wire):
    """Where a food is bought."""

    name: Annotated[str, Field(description="as given")]
    department: Annotated[str, Field(description="one of the departments given")]


def unknown_names(items: Sequence[MenuDish]) -> list[UnknownName]:
    """The ingredient names of the menu that the table does not know, each once, sorted."""
    seen = {one.line.item.casefold(): one.line.item for dish in items for one in dish.ingredients if not one.name.named}
    return [UnknownName(name=seen[key], alike=list(identify.near(seen[key]))) for key in sorted(seen)]


def departments() -> list[str]:
    """The departments of the table; what comes from the tap the table knows."""
    return sorted({food.department for food in identify.table().values()} - {TAP})


def decide(same: Iterable[SameFoodNames], places: Iterable[FoodDepartment]) -> tuple[Decision, ...]:
    """The decisions of an answer; an empty name decides nothing."""
    merged = [SameFood(items=tuple(row.names), food=row.food) for row in same if _filled(*row.names, row.food)]
    bought = [
        Department(item=row.name, department=row.department) for row in places if _filled(row.name, row.department)
    ]
    return (*merged, *bought)


def check(asked: Sequence[UnknownName], decisions: Sequence[Decision]) -> list[Finding]:
    """Only names that were asked for, each in one group, meaning a food that exists; what nobody named is open."""
    wanted = {row.name.casefold(): row.name for row in asked}
    taken: set[str] = set()
    out = []
    for number, decision in enumerate(decisions):
        if isinstance(decision, SameFood):
            out += _check_same(f"same_food[{number}]", decision, wanted.keys(), taken)
        elif isinstance(decision, Department):
            out += _check_place(f"departments[{number}]", decision, wanted.keys())
    return out + [
        found("open", "food_unknown", name, "nobody knows what food this is")
        for key, name in wanted.items()
        if key not in taken
    ]


def names_left(asked: Sequence[UnknownName], decisions: Sequence[Decision]) -> list[UnknownName]:
    """Names that nobody has identified yet."""
    done = {name.casefold() for d in decisions if isinstance(d, SameFood) for name in d.items}
    return [row for row in asked if row.name.casefold() not in done]


def _check_same(where: str, same: SameFood, wanted: Iterable[str], taken: set[str]) -> list[Finding]:
    wanted = set(wanted)
    out = []
    for name in (item.casefold() for item in same.items):
        if name not in wanted:
            message = "this name was not asked about: foods the table knows are never merged by judgement"
            out.append(found("blocking", "name_not_asked", where, message, value=name))
        elif name in taken:
            out.append(found("blocking", "name_twice", where, "a name means one food only", value=name))
        taken.add(name)
    if identify.identify(same.food) is None and same.food.casefold() not in wanted:
        message = "the table has no such food: give the plain name of a food, or leave the name out"
        near = ", ".join(identify.near(same.food))
        out.append(
            found("blocking", "food_unheard_of", where, message, value=same.food, fix=f"perhaps {near}" if near else "")
        )
    return out


def _check_place(where: str, place: Department, wanted: Iterable[str]) -> list[Finding]:
    out = []
    if place.item.casefold() not in set(wanted):
        out.append(found("blocking", "name_not_asked", where, "this name was not asked about", value=place.item))
    if place.department not in departments():
        fix = f"one of {', '.join(departments())}"
        out.append(
            found("blocking", "no_department", where, "there is no such department", value=place.department, fix=fix)
        )
    return out


def _filled(*texts: str) -> bool:
    return bool(texts) and all(text.strip() and len(text) <= 200 for text in texts)  # noqa: PLR2004
