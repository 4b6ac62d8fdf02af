"""Loads that two dishes share, as it was decided: what fits goes into one oven together, the last loads first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from catering_cli.data.equipment_names import equipment_row
from catering_cli.domain.decision import SharedBatch
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.kitchen.day.work import After, Work
from catering_cli.kitchen.menu.decisions import DecisionIndex
from catering_cli.kitchen.serving.loads import loaded
from catering_cli.scheduling.problem import Need

DOOR = "door"
"""Kind of the moment at which both loads go in. It takes no time and is no block of the day."""


def joined(works: Sequence[Work], dishes: Sequence[Dish], judged: DecisionIndex) -> tuple[Work, ...]:
    """The work; of two loads that go in together the shorter holds no oven of its own, and both begin at once."""
    held = _held(dishes)
    names = {dish.id: dish.name for dish in dishes}
    out = {work.id: work for work in works}
    doors: dict[str, Work] = {}
    for shared, _ in judged.all(SharedBatch):
        ours, theirs = (shared.dish, shared.step), (shared.with_dish, shared.with_step)
        for one, other in _pairs(_loads(out, ours), _loads(out, theirs), held.get(ours, 0), held.get(theirs, 0)):
            host, rider = sorted((one, other), key=lambda work: -work.minutes)
            door = Work(id=f"{rider.id}.{DOOR}", kind=DOOR, label="", minutes=0, place=host.place)
            doors[door.id] = door
            out[host.id] = _going_in(host, door)
            shares = replace(_going_in(rider, door), needs=tuple(need for need in rider.needs if not _is_joint(need)))
            out[rider.id] = replace(shares, label=f"{rider.label} (in with {names[host.dish]})")
    return (*out.values(), *doors.values())


def _held(dishes: Sequence[Dish]) -> Mapping[tuple[str, int], int]:
    """Portions that one load of a step holds, where that is known."""
    held = {}
    for dish in dishes:
        steps = loaded(dish.recipe, dish.loads).steps if dish.recipe else ()
        held.update({(dish.id, n): step.batch_portions for n, step in enumerate(steps, start=1) if step.batch_portions})
    return held


def _loads(works: Mapping[str, Work], step: tuple[str, int]) -> list[Work]:
    """Batches of a step that could be shared: in one oven for all their time, not yet taken."""
    mine = [work for work in works.values() if (work.dish, work.step) == step and not work.parts and not work.part_of]
    return [work for work in mine if [need.count for need in work.needs if _is_joint(need)] == [1] and not _is_in(work)]


def _is_joint(need: Need) -> bool:
    """Whether trays of two dishes go into what is needed."""
    row = equipment_row(need.options[0].name) if need.options[0].kind == "equipment" else None
    return row is not None and row["joint"] == "yes"


def _is_in(work: Work) -> bool:
    """Whether it goes in with another load already."""
    return any(after.work.endswith(DOOR) for after in work.after)


def _going_in(work: Work, door: Work) -> Work:
    return replace(work, after=(*work.after, After(door.id, hold=0)))


def _pairs(ours: Sequence[Work], theirs: Sequence[Work], held: int, their_held: int) -> Iterator[tuple[Work, Work]]:
    """Loads that fit into one oven together, the last ones first, each once."""
    free = list(theirs)
    for work in reversed(ours) if held and their_held else ():
        for other in reversed(free):
            part = Fraction(work.portions, held) + Fraction(other.portions, their_held)
            if part <= 1 and _go_together(work, other):
                yield work, other
                free.remove(other)
                break


def _go_together(one: Work, other: Work) -> bool:
    """Whether two loads bake at one heat, in the same kind of oven at one place."""
    ovens = [{option for need in work.needs if _is_joint(need) for option in need.options} for work in (one, other)]
    is_one_heat = one.temperature == other.temperature or not (one.temperature and other.temperature)
    return one.dish != other.dish and one.place == other.place and is_one_heat and ovens[0] == ovens[1]
