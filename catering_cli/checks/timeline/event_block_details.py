"""The event's blocks one by one: none that nothing calls for, each after the one before it, by whom it takes, where."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found
from catering_cli.checks.reference.contact import equipment_called
from catering_cli.checks.reference.services import Meal, belongs, event_row, meals
from catering_cli.checks.reference.steps import works
from catering_cli.domain.finding import Finding
from catering_cli.domain.timeline import Block

AFTER = {"load": ("pack",), "drive": ("load", "strike"), "set_up": ("drive",), "hold": ("set_up",),
         "plate": ("hold", "drive"), "serve": ("hold", "set_up"), "strike": ("serve",)}  # fmt: skip
"""What each kind of the event's work waits for, of its own service: one of these, where there is one."""

AT_BASE = ("pack", "load")


def called_for(evidence: Evidence) -> Findings:
    """Each block of a service is of a kind that its style and its road call for, and is made as the table has it."""
    all_meals = meals(evidence)
    prefixes = {meal.prefix for meal in all_meals}
    blocks = [block for block in evidence.plan.timeline.blocks if block.step is None]
    for meal in all_meals:
        mine = [block for block in blocks if belongs(block, meal.prefix, prefixes)]
        for block in mine:
            path = evidence.block_paths[block.id]
            if block.kind not in _kinds(meal):
                message = f"{block.label}: a {meal.style} service on this road has no such work"
                yield found("warning", f"{path}.kind", message, block.kind, ", ".join(_kinds(meal)))
            yield from _made(evidence, meal, block, path)
            yield from _follows(evidence, mine, block, path)
            yield from _arrived(meal, mine, block, path)
    ids = {block.id for meal in all_meals for block in blocks if belongs(block, meal.prefix, prefixes)}
    for block in blocks:
        if block.id not in ids:
            message = f"{block.label} is of no service of the order"
            yield found("warning", f"{evidence.block_paths[block.id]}.id", message, block.id)


def _kinds(meal: Meal) -> tuple[str, ...]:
    road = ("pack", "load", "drive", "hold") if meal.road else ()
    strike = event_row("strike", meal.style)
    struck = ("strike",) if strike and int(strike["minutes"]) else ()
    return ("set_up", *road, *(("plate",) if meal.style == "plated" else ()), "serve", *struck)


def _made(evidence: Evidence, meal: Meal, block: Block, path: str) -> Iterator[Finding]:
    """For the guests of its service, by the role of the table, where it is done."""
    food = (block.storage, block.food_class, block.shelf_life_hours, block.make_ahead_hours, block.temperature or None)
    if any(one is not None for one in food) or block.by != "kitchen":
        yield found("warning", path, f"{block.label} is no work on food", block.storage or block.temperature, block.by)
    if block.portions != meal.guests:
        yield found("warning", f"{path}.portions", f"{block.label}: not its guests", block.portions, meal.guests)
    table_row = event_row(block.kind, meal.style)
    role = table_row["role"] if table_row else ""
    if evidence.order.staff is None and any(crew.role != role for crew in block.crew):
        message = f"{block.label} is the work of another role"
        yield found("warning", f"{path}.crew", message, ", ".join(crew.role for crew in block.crew), role)
    if evidence.order.staff is not None:
        yield from _people(evidence, meal, block, path)
    base = evidence.base_id
    due = base if block.kind in AT_BASE or (block.kind == "plate" and not meal.road) else meal.place
    if block.place != due:
        yield found("warning", f"{path}.place", f"{block.label}: at another place", block.place, due)


def _people(evidence: Evidence, meal: Meal, block: Block, path: str) -> Iterator[Finding]:
    """Where the order says who can be had: a role that can do the work, as many as the ratio asks or as there are."""
    rows = [one for name in (block.kind, f"late_{block.kind}") if (one := event_row(name, meal.style)) and one["role"]]
    there: dict[str, int] = {}
    for had in evidence.order.staff or ():
        there[had.role] = there.get(had.role, 0) + had.available
    for crew in block.crew:
        due = {max(1, min(-(-meal.guests // int(one["guests_per_person"])), there.get(crew.role, 1))) for one in rows}
        if due and crew.count not in due:
            message = f"{block.label}: not as many as the ratio asks, or as there are"
            yield found("warning", f"{path}.crew", message, crew.count, max(due))


def _follows(evidence: Evidence, mine: list[Block], block: Block, path: str) -> Iterator[Finding]:
    """It waits for the work before it, where its service has such work."""
    wanted = AFTER.get(block.kind, ())
    there = [kind for kind in wanted if any(one.kind == kind and one.id != block.id for one in mine)]
    waits = [evidence.blocks[wait.block] for wait in block.after if wait.block in evidence.blocks]
    own = {one.id for one in mine}
    ready = {one.id for one in mine if block.kind == "serve" and one.kind == "plate" and one.end <= block.start}
    for ident in sorted(ready - {one.id for one in waits}):
        message = f"{block.label} does not wait for what is plated for its start"
        yield found("warning", f"{path}.after", message, "", ident)
    if there and not any(one.kind in there and one.id in own for one in waits):
        message = f"{block.label} does not wait for the work before it"
        yield found("warning", f"{path}.after", message, "", " or ".join(there))


def _arrived(meal: Meal, mine: list[Block], block: Block, path: str) -> Iterator[Finding]:
    """What is plated at a venue has come there: with the main trip, or driven behind it."""
    if block.kind != "plate" or not meal.road:
        return
    waits = {wait.block for wait in block.after}
    for pack in mine:
        if pack.kind == "pack" and waits & {wait.block for wait in pack.after}:
            part = pack.id.removeprefix(f"{meal.prefix}.pack")
            came = f"{meal.prefix}.drive{part}"
            if came not in waits and any(one.id == came for one in mine):
                message = f"{block.label} does not wait for the food to have come"
                yield found("warning", f"{path}.after", message, "", came)


def brought(evidence: Evidence) -> Findings:
    """The last work on each dish is waited for by what takes it to its guests, at every service that it is for."""
    all_works = works(evidence)
    own = {block.id for work in all_works for block in work.blocks}
    takers: dict[str, set[str]] = {}
    inner: set[str] = set()
    for block in evidence.plan.timeline.blocks:
        for wait in block.after:
            if block.id in own and wait.block in own:
                inner.add(wait.block)
            elif wait.block in own:
                takers.setdefault(wait.block, set()).add(block.kind)
    yield from _for_each(evidence, inner, {(work.dish.id, work.number) for work in all_works})
    for work in all_works:
        for block in work.blocks:
            if block.id not in inner and not takers.get(block.id, set()) & {"pack", "plate", "serve"}:
                message = f"{work.label}: nothing takes it to the guests"
                yield found("warning", evidence.block_paths[block.id], message, block.id)
            if block.id in inner and "plate" in takers.get(block.id, set()):
                message = f"{work.label}: plated before it is done"
                yield found("warning", evidence.block_paths[block.id], message, block.id)


TAKERS = ("pack", "plate", "serve")


def _for_each(evidence: Evidence, inner: set[str], steps: set[tuple[str, int]]) -> Iterator[Finding]:
    """Every service takes something of the last work on each of its dishes, and nothing that is not done."""
    base = evidence.base_id
    at_venue = {wait.block for block in evidence.plan.timeline.blocks if block.dish and block.place != base
                for wait in block.after}  # fmt: skip
    last = {key: block for block in evidence.plan.timeline.blocks if block.id not in inner
            and (key := (block.dish, block.step or 0)) in steps}  # fmt: skip
    all_meals = meals(evidence)
    prefixes = {meal.prefix for meal in all_meals}
    for meal in all_meals:
        takers = [block for block in evidence.plan.timeline.blocks
                  if block.step is None and block.kind in TAKERS and belongs(block, meal.prefix, prefixes)]  # fmt: skip
        taken = [evidence.blocks[wait.block] for one in takers for wait in one.after if wait.block in evidence.blocks]
        had = {(one.dish, one.step or 0) for one in taken}
        packed = {wait.block for one in takers if one.kind == "pack" for wait in one.after}
        made_here = {one.id: one.label for one in taken if one.step is not None and one.place == base}
        for ident, label in made_here.items():
            if meal.road and ident not in packed:
                yield found("warning", evidence.block_paths[ident], f"{meal.prefix}: {label} is on no trip", ident)
        for key in sorted(set(last) - had):
            dish = evidence.dishes[key[0]]
            if dish.service in ("", meal.service) and dish.portions >= len(all_meals):
                message = f"{meal.prefix}: nothing takes {dish.name} to its guests"
                yield found("warning", evidence.block_paths[last[key].id], message, key[0])
        for one in sorted({one.id for one in taken if one.step is not None and one.id in inner - at_venue}):
            yield found("warning", evidence.block_paths[one], f"{meal.prefix}: taken before it is done", one)


def vans(evidence: Evidence) -> Findings:
    """A drive is in one vehicle of the order's leg, and holds nothing else."""
    vehicles = {equipment_called(leg.vehicle) for leg in evidence.order.legs} or {"van"}
    for block in evidence.plan.timeline.blocks:
        held = [(use.name, use.count) for use in block.equipment]
        if (
            block.step is None
            and block.kind == "drive"
            and (len(held) != 1 or held[0][1] != 1 or held[0][0] not in vehicles)
        ):
            where = f"{evidence.block_paths[block.id]}.equipment"
            yield found("warning", where, f"{block.label}: not in one vehicle", held, ", ".join(sorted(vehicles)))
        elif block.step is None and block.kind != "drive" and held:
            where = f"{evidence.block_paths[block.id]}.equipment"
            yield found("warning", where, f"{block.label} needs no plant", held)


CHECKS = {"timeline.errands": called_for, "timeline.brought": brought, "timeline.vans": vans}
