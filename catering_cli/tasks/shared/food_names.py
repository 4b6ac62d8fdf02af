"""Names of foods: those that no table identifies, what they mean, and in which department each is bought."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Annotated

from pydantic import Field

from catering_cli.domain.decision import Decision, Department, SameFood
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.shopping import TAP
from catering_cli.kitchen.foods import identify
from catering_cli.kitchen.menu.dishes import MenuDish
from catering_cli.tasks.shared.findings import of_kind, rejected, still_open
from catering_cli.tasks.shared.task import Wire

LONGEST_NAME = 200


class UnknownName(Wire):
    """A name that no table row identifies, and foods of the table that are spelled alike."""

    name: str
    alike: list[str]


class SameFoodNames(Wire):
    """Names that mean one food."""

    names: Annotated[list[str], Field(max_length=50, description="as given")]
    food: Annotated[str, Field(description="plain English name of the food to buy; empty if you do not know")]


class FoodDepartment(Wire):
    """Where a food is bought."""

    name: Annotated[str, Field(description="as given")]
    department: Annotated[str, Field(description="one of the departments given")]


def unknown_names(items: Sequence[MenuDish]) -> list[UnknownName]:
    """The ingredient names of the menu that the table does not know, each once, sorted."""
    seen: dict[str, str] = {}
    for dish in items:
        for one in dish.ingredients:
            if not one.name.named:
                seen[one.line.item.casefold()] = one.line.item
    names = [seen[key] for key in sorted(seen)]
    return [UnknownName(name=name, alike=list(identify.near(name))) for name in names]


def departments() -> list[str]:
    """The departments of the table; what comes from the tap the table knows."""
    return sorted({food.department for food in identify.table().values()} - {TAP})


def decide(same: Iterable[SameFoodNames], places: Iterable[FoodDepartment]) -> tuple[Decision, ...]:
    """The decisions of an answer; an empty name decides nothing."""
    named = [row for row in same if _filled(*row.names, row.food)]
    placed = [place for place in places if _filled(place.name, place.department)]
    return (
        *(SameFood(items=tuple(row.names), food=row.food) for row in named),
        *(Department(item=place.name, department=place.department) for place in placed),
    )


def check(asked: Sequence[UnknownName], decisions: Sequence[Decision]) -> list[Finding]:
    """Only names that were asked for, each in one group, meaning a food that exists; a name without a food is open."""
    wanted = {row.name.casefold() for row in asked}
    taken: set[str] = set()
    out: list[Finding] = []
    for number, decision in enumerate(decisions):
        if isinstance(decision, SameFood):
            out += _check_same(f"same_food[{number}]", decision, wanted, taken)
        elif isinstance(decision, Department):
            out += _check_place(f"departments[{number}]", decision, wanted)
    for row in names_left(asked, decisions):
        out.append(still_open("food_unknown", row.name, "unrecognized ingredient"))
    return out


def names_left(asked: Sequence[UnknownName], decisions: Sequence[Decision]) -> list[UnknownName]:
    """Names that no decision identifies yet."""
    done: set[str] = set()
    for same in of_kind(SameFood, decisions):
        done.update(name.casefold() for name in same.items)
    return [row for row in asked if row.name.casefold() not in done]


def _check_same(
    where: str,
    same: SameFood,
    wanted: Collection[str],
    taken: set[str],
) -> list[Finding]:
    """What is wrong with a group of names; its names are added to `taken`."""
    out: list[Finding] = []
    for name in (item.casefold() for item in same.items):
        if name not in wanted:
            message = "this name was not asked about: foods the table knows are never merged by judgement"
            out.append(rejected("name_not_asked", where, message, value=name))
        elif name in taken:
            out.append(rejected("name_twice", where, "a name means one food only", value=name))
        taken.add(name)
    if identify.identify(same.food) is None and same.food.casefold() not in wanted:
        out.append(_unheard_of(where, same.food))
    return out


def _unheard_of(where: str, food: str) -> Finding:
    message = "the table has no such food: give the plain name of a food, or leave the name out"
    near = ", ".join(identify.near(food))
    fix = f"perhaps {near}" if near else ""
    return rejected("food_unheard_of", where, message, value=food, fix=fix)


def _check_place(where: str, place: Department, wanted: Collection[str]) -> list[Finding]:
    out: list[Finding] = []
    if place.item.casefold() not in wanted:
        out.append(rejected("name_not_asked", where, "this name was not asked about", value=place.item))
    known = departments()
    if place.department not in known:
        message = "there is no such department"
        fix = f"one of {', '.join(known)}"
        out.append(rejected("no_department", where, message, value=place.department, fix=fix))
    return out


def _filled(*texts: str) -> bool:
    """Whether each of the texts says something and fits in a name."""
    return bool(texts) and all(text.strip() and len(text) <= LONGEST_NAME for text in texts)
