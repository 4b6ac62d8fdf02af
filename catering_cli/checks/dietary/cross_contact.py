"""Equipment that dishes share: what one leaves there may be in the other, whichever the schedule has first.

A cell is never made safer by the order of work. The matrix decides who eats what, that decides the portions, and
they decide the schedule: a cell that followed from the schedule would follow from itself. And no schedule proves
a wash, fresh oil, or that a cook keeps to it. So the order of use is told beside the cell, with what would do.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, Findings, asked_once, found, placed
from catering_cli.checks.reference.cells import DANGER, SAFE, least, not_safe
from catering_cli.checks.reference.contact import METHOD, late, touching, used
from catering_cli.checks.reference.needs import avoided, canonical, diet_named, diet_row
from catering_cli.data import tables
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.diets import DishDiets
from catering_cli.domain.plan_parts.menu import Dish
from catering_cli.domain.plan_parts.timeline import Block


def _brings(evidence: Evidence, dish: Dish, thing: str, name: str) -> bool:
    """Whether a dish may bring an allergen to what it uses; a dish that is in no row may bring each.

    Its own lines do if they are in it there; what nothing in it explains came to it, and goes on.
    """
    row = evidence.rows.get(dish.id)
    if row is None or name not in not_safe(evidence, row):
        return row is None
    here = least(evidence, dish, name, late(evidence, dish, thing)).level
    return here > SAFE or least(evidence, dish, name).level <= SAFE


@asked_once
def _tainted(evidence: Evidence, name: str) -> frozenset[str]:
    """What dishes share that has an allergen on it, brought there by a dish or carried from other such things."""
    dishes = evidence.dishes.values()
    uses = Counter(thing for dish in dishes for thing in touching(evidence, dish))
    shared = {thing for thing, users in uses.items() if users > 1}
    things: set[str] = set()
    for dish in dishes:
        mine = touching(evidence, dish) & shared
        things.update(thing for thing in mine if _brings(evidence, dish, thing, name))
    sharing = [touching(evidence, dish) & shared for dish in dishes]
    while more := [used for used in sharing if 0 < len(used & things) < len(used)]:
        things.update(*more)
    return frozenset(things)


def contact(evidence: Evidence) -> Findings:
    """A dish that shares what food touches with a dish that may hold an allergen is not shown without it."""
    for path, row, dish in evidence.matrix:
        mine = touching(evidence, dish)
        for where, cell in placed(f"{path}.cells", row.cells) if mine else ():
            things = mine & _tainted(evidence, canonical(cell.allergen)) if DANGER[cell.state] <= SAFE else ()
            if things:
                message = f"{dish.name}: {cell.allergen} is shown {cell.state}, but it shares "
                message += f"{_listed(tuple(sorted(things)))} with what may hold it"
                yield found("blocking", f"{where}.state", message, cell.state, "may_contain")


@asked_once
def _beside(evidence: Evidence, dish: Dish) -> list[Dish]:
    """The dishes with which a dish shares what food touches."""
    mine = touching(evidence, dish)
    others = [other for other in evidence.dishes.values() if other.id != dish.id]
    return [other for other in others if mine & touching(evidence, other)]


class Meeting(NamedTuple):
    """A dish that would feed guests but for what it shares with another."""

    path: str
    dish: Dish
    other: Dish
    names: tuple[str, ...]
    """allergens that only the other brings"""


def apart(evidence: Evidence) -> Findings:
    """If only shared equipment keeps dishes from guests, what would keep them apart is told, once for each thing."""
    met: dict[tuple[str, ...], list[Meeting]] = {}
    wanted = _wanted(evidence)
    for path, row, dish in evidence.matrix:
        names = _by_contact(evidence, row, dish, wanted)
        for other in _beside(evidence, dish) if names else ():
            shared = tuple(sorted(touching(evidence, dish) & touching(evidence, other)))
            brings = tuple(name for name in names if any(_brings(evidence, other, one, name) for one in shared))
            if brings:
                met.setdefault(shared, []).append(Meeting(path, dish, other, brings))
    for things, meetings in met.items():
        yield _keep(evidence, things, meetings[0]) if len(meetings) == 1 else _keep_all(evidence, things, meetings)


def _wanted(evidence: Evidence) -> set[str]:
    """Allergens and foods that some guest must not have, those of diets included."""
    wanted: set[str] = set()
    for profile in evidence.plan.diets.profiles:
        for need in profile.needs:
            diet = diet_row(diet_named(need) or "")
            rests_on = tables.parts(diet["cells"]) if diet else ()
            wanted.update(rests_on or avoided(need))
    return wanted


def _by_contact(evidence: Evidence, row: DishDiets, dish: Dish, wanted: set[str]) -> list[str]:
    """The allergens of a row that nothing in the dish itself explains."""
    names = [canonical(cell.allergen) for cell in row.cells if DANGER[cell.state] > SAFE]
    asked = [name for name in names if name in wanted]
    return [name for name in asked if least(evidence, dish, name).level <= SAFE]


def _keep(evidence: Evidence, shared: tuple[str, ...], met: Meeting) -> Finding:
    """How a dish is kept apart from another, by the order in which the schedule has them."""
    things = _listed(shared)
    names = ", ".join(met.names)
    message = f"{met.dish.name} may hold {names} only by what it shares with {met.other.name}: {things}"
    is_first = _is_first(evidence, shared, met)
    order = f"the schedule has {met.dish.name} first: keep that order" if is_first else f"make {met.dish.name} first"
    fix = f"{order} and begin with {_clean(shared)}, or wash in between, or use another"
    return found("warning", met.path, message, names, fix=fix)


def _is_first(evidence: Evidence, shared: tuple[str, ...], met: Meeting) -> bool:
    """Whether the schedule is done with the careful dish before the other begins, on everything that they share."""
    return all(_before(evidence, met.dish, met.other, thing) for thing in shared)


def _keep_all(evidence: Evidence, shared: tuple[str, ...], meetings: list[Meeting]) -> Finding:
    """The same where several dishes meet at one thing: what each may hold by it alone."""
    brought: dict[str, dict[str, None]] = {}
    for met in meetings:
        brought.setdefault(met.dish.name, {}).update(dict.fromkeys(met.names))
    told = "; ".join(f"{name} may hold {', '.join(names)}" for name, names in brought.items())
    message = f"{_listed(shared)} shared by several dishes: {told}, only by it"
    kept = all(_is_first(evidence, shared, met) for met in meetings)
    order = "keep the order of the schedule" if kept else "make the dish with the fewest allergens first"
    fix = f"begin with {_clean(shared)}, {order} and wash after each, or use another"
    return found("warning", "plan.diets.rows", message, ", ".join(brought), fix=fix)


def _listed(things: tuple[str, ...]) -> str:
    return " and ".join(name.replace("_", " ") for name in things)


def _clean(things: tuple[str, ...]) -> str:
    return f"a clean {_listed(things)}{' and fresh oil' if 'fryer' in things else ''}"


def _before(evidence: Evidence, dish: Dish, other: Dish, thing: str) -> bool:
    """Whether every use of a thing for one dish ends before any use of it for the other begins."""
    ours, theirs = _uses(evidence, dish, thing), _uses(evidence, other, thing)
    in_words = METHOD in used(evidence, dish)[thing] | used(evidence, other)[thing]
    if in_words or not ours or not theirs:
        return False
    return max(block.end for block in ours) <= min(block.start for block in theirs)


def _uses(evidence: Evidence, dish: Dish, thing: str) -> list[Block]:
    """The blocks of a dish that use a thing."""
    steps = used(evidence, dish)[thing]
    mine = [block for block in evidence.plan.timeline.blocks if block.dish == dish.id]
    return [block for block in mine if block.step in steps]


CHECKS = {"diets.contact": contact, "diets.apart": apart}
