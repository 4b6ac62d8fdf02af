"""Equipment that dishes share: what one leaves there may be in the other, whichever the schedule has first.

A cell is never made safer by the order of work. The matrix decides who eats what, that decides the portions, and
they decide the schedule: a cell that followed from the schedule would follow from itself. And no schedule proves
a wash, fresh oil, or that a cook keeps to it. So the order of use is told beside the cell, with what would do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.cells import DANGER, SAFE, least
from catering_cli.checks.reference.contact import METHOD, touching, used
from catering_cli.checks.reference.needs import avoided, canonical, diet_named
from catering_cli.data import tables
from catering_cli.domain.diets import DishDiets
from catering_cli.domain.finding import Finding
from catering_cli.domain.menu import Dish


def contact(evidence: Evidence) -> Findings:
    """A dish that shares what food touches with a dish that may hold an allergen is not shown without it."""
    brings: dict[str, set[str]] = {}
    for row in evidence.plan.diets.rows:
        brings[row.dish] = {canonical(cell.allergen) for cell in row.cells if DANGER[cell.state] > SAFE}
    touched = {ident: touching(evidence, dish) for ident, dish in evidence.dishes.items()}
    for index, row in enumerate(evidence.plan.diets.rows):
        mine = touched.get(row.dish, frozenset())
        others = [one for one in touched if one != row.dish and touched[one] & mine]
        for number, cell in enumerate(row.cells):
            if not others or DANGER[cell.state] > SAFE:
                continue
            name = canonical(cell.allergen)
            unsafe = [evidence.dishes[one].name for one in others if name in brings.get(one, {name})]
            if unsafe:
                path = f"plan.diets.rows[{index}].cells[{number}].state"
                message = f"{evidence.dishes[row.dish].name}: {cell.allergen} is shown {cell.state}, but it shares "
                message += f"equipment with {', '.join(unsafe)}"
                yield found("blocking", path, message, cell.state, "may_contain")


class Meeting(NamedTuple):
    """A dish that would feed guests but for what it shares with another."""

    path: str
    dish: Dish
    other: Dish
    names: tuple[str, ...]
    """allergens that only the other brings"""


def apart(evidence: Evidence) -> Findings:
    """Where only shared equipment keeps dishes from guests, what would keep them apart is told, once for each thing."""
    met: dict[tuple[str, ...], list[Meeting]] = {}
    for things, meeting in _meetings(evidence):
        met.setdefault(things, []).append(meeting)
    for things, meetings in met.items():
        yield _keep(evidence, things, meetings[0]) if len(meetings) == 1 else _keep_all(things, meetings)


def _meetings(evidence: Evidence) -> Iterator[tuple[tuple[str, ...], Meeting]]:
    """Each dish that shared things alone keep from guests, with each dish that brings something in, and the things."""
    wanted = _wanted(evidence)
    rows = evidence.plan.diets.rows
    states = {(row.dish, canonical(cell.allergen)): cell.state for row in rows for cell in row.cells}
    for index, row in enumerate(rows):
        dish = evidence.dishes.get(row.dish)
        names = list(_by_contact(evidence, row, wanted)) if dish else []
        for other in evidence.dishes.values() if dish and names else ():
            assert dish is not None
            shared = tuple(sorted(touching(evidence, dish) & touching(evidence, other)))
            brings = tuple(name for name in names if DANGER[states.get((other.id, name), "unknown")] > SAFE)
            if other.id != dish.id and shared and brings:
                yield shared, Meeting(f"plan.diets.rows[{index}]", dish, other, brings)


def _wanted(evidence: Evidence) -> set[str]:
    """Allergens and foods that some guest must not have, those of diets included."""
    cells = {row["diet"]: tables.parts(row["cells"]) for row in tables.rows("diets")}
    needs = {need for profile in evidence.plan.diets.profiles for need in profile.needs}
    return {name for need in needs for name in (cells.get(diet_named(need) or "") or avoided(need))}


def _by_contact(evidence: Evidence, row: DishDiets, wanted: set[str]) -> Iterator[str]:
    """The allergens of a row that nothing in the dish itself explains."""
    for cell in row.cells:
        name = canonical(cell.allergen)
        if name in wanted and DANGER[cell.state] > SAFE and least(evidence, evidence.dishes[row.dish], name)[0] <= SAFE:
            yield name


def _keep(evidence: Evidence, shared: tuple[str, ...], met: Meeting) -> Finding:
    """How a dish is kept apart from another, by the order in which the schedule has them."""
    things = _listed(shared)
    first = all(_before(evidence, met.dish, met.other, thing) for thing in shared)
    names = ", ".join(met.names)
    message = f"{met.dish.name} may hold {names} only by what it shares with {met.other.name}: {things}"
    order = f"the schedule has {met.dish.name} first: keep that order" if first else f"make {met.dish.name} first"
    fix = f"{order} and begin with {_clean(shared)}, or wash in between, or use another"
    return found("warning", met.path, message, names, fix=fix)


def _keep_all(shared: tuple[str, ...], meetings: list[Meeting]) -> Finding:
    """The same where several dishes meet at one thing: what each may hold by it alone."""
    brought: dict[str, dict[str, None]] = {}
    for met in meetings:
        brought.setdefault(met.dish.name, {}).update(dict.fromkeys(met.names))
    told = "; ".join(f"{name} may hold {', '.join(names)}" for name, names in brought.items())
    message = f"{_listed(shared)} shared by several dishes: {told}, only by it"
    order = "make the dish with the fewest allergens first"
    fix = f"begin with {_clean(shared)}, {order} and wash after each, or use another"
    return found("warning", "plan.diets.rows", message, ", ".join(brought), fix=fix)


def _listed(things: tuple[str, ...]) -> str:
    return " and ".join(name.replace("_", " ") for name in things)


def _clean(things: tuple[str, ...]) -> str:
    return f"a clean {_listed(things)}{' and fresh oil' if 'fryer' in things else ''}"


def _before(evidence: Evidence, dish: Dish, other: Dish, thing: str) -> bool:
    """Whether every use of a thing for one dish ends before any use of it for the other begins."""
    ours, theirs = used(evidence, dish)[thing], used(evidence, other)[thing]
    blocks = evidence.plan.timeline.blocks
    ends = [block.end for block in blocks if block.dish == dish.id and (block.step or METHOD) in ours]
    starts = [block.start for block in blocks if block.dish == other.id and (block.step or METHOD) in theirs]
    return METHOD not in ours | theirs and bool(ends and starts) and max(ends) <= min(starts)


CHECKS = {"diets.contact": contact, "diets.apart": apart}
