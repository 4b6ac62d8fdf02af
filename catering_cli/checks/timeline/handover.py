"""From the kitchen to the guests: each dish is taken to every service that it is for, with its course."""

from __future__ import annotations

from collections.abc import Iterator

from catering_cli.checks.evidence import Evidence, Findings, found, placed
from catering_cli.checks.reference.services import TOGETHER, Meal, event_blocks, meals, minutes_between
from catering_cli.checks.reference.steps import used_in_dish, work_of
from catering_cli.checks.reference.usage import drives_of
from catering_cli.domain.finding import Finding
from catering_cli.domain.plan_parts.timeline import Block

TAKERS = ("pack", "plate", "serve", "refill")
"""Work of a service that takes food from the kitchen, or from the venue where it was finished."""


def _takers(evidence: Evidence, meal: Meal) -> list[Block]:
    return [block for block in event_blocks(evidence)[meal.prefix] if block.kind in TAKERS]


def _taken(evidence: Evidence, takers: list[Block]) -> dict[str, Block]:
    """Blocks of dishes that takers wait for, by id."""
    taken: dict[str, Block] = {}
    for taker in takers:
        taken |= {one.id: one for one in evidence.waited(taker) if one.step is not None}
    return taken


def _to_order(evidence: Evidence, meal: Meal) -> dict[str, Block]:
    """Last work on dishes that is done while the service lasts, where it is."""
    blocks = [evidence.blocks[ident] for ident in work_of(evidence).keys() - used_in_dish(evidence)]
    mine = [block for block in blocks if meal.serves(evidence.made[block.dish])]
    return {block.id: block for block in mine if meal.lasts_through(block)}


def _finished_there(evidence: Evidence, ident: str) -> bool:
    """Whether what a block makes is finished at the venue: it is taken there before it is done."""
    return any(one.dish and one.place != evidence.base_id for one in evidence.takers.get(ident, ()))


def taken_to_guests(evidence: Evidence) -> Findings:
    """The last work on each dish is waited for by what takes it to its guests, at every service that it is for."""
    inner = used_in_dish(evidence)
    everywhere: set[str] = set()
    for meal in meals(evidence):
        takers = _takers(evidence, meal)
        taken = _taken(evidence, takers) | _to_order(evidence, meal)
        everywhere |= taken.keys()
        yield from _left_behind(evidence, meal, taken)
        for ident in sorted(taken.keys() & inner):
            if not _finished_there(evidence, ident):
                yield found("warning", evidence.block_paths[ident], f"{meal.prefix}: taken before it is done", ident)
        yield from _packed(evidence, meal, taken)
        for block in takers:
            yield from _arrived(evidence, meal, block)
            yield from _keeps(evidence, meal, block)
    for ident in sorted(work_of(evidence).keys() - inner - everywhere):
        label = evidence.blocks[ident].label
        yield found("warning", evidence.block_paths[ident], f"{label}: nothing takes it to the guests", ident)


def _left_behind(evidence: Evidence, meal: Meal, taken: dict[str, Block]) -> Iterator[Finding]:
    """The last work on dishes of a service that nothing takes there; of fewer portions than services some have none."""
    had = {(block.dish, block.step) for block in taken.values()}
    final = [work for ident, work in work_of(evidence).items() if ident not in used_in_dish(evidence)]
    for dish, step, block in sorted({(work.dish.id, work.number, work.blocks[-1].id) for work in final}):
        made = evidence.dishes.get(dish)
        if made is None or (dish, step) in had:
            continue
        if meal.serves(made) and made.portions >= len(meals(evidence)):
            message = f"{meal.prefix}: nothing takes {made.name} to its guests"
            yield found("warning", evidence.block_paths[block], message, dish)


def _packed(evidence: Evidence, meal: Meal, taken: dict[str, Block]) -> Iterator[Finding]:
    """What is made in the kitchen for a service away is on one of its trips."""
    packs = [block for block in _takers(evidence, meal) if block.kind == "pack"]
    packed = _taken(evidence, packs)
    for ident, block in taken.items() if meal.road else ():
        if block.place == evidence.base_id and ident not in packed:
            yield found("warning", evidence.block_paths[ident], f"{meal.prefix}: {block.label} is on no trip", ident)


def _arrived(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """What is plated or served away has come there: with the main trip, or driven behind it."""
    if block.kind == "pack":
        return
    waits = {wait.block for wait in block.after}
    for pack in [one for one in _takers(evidence, meal) if one.kind == "pack"]:
        asked = block.kind == "plate" or pack.id != f"{meal.prefix}.pack"
        together = not waits.isdisjoint(wait.block for wait in pack.after)
        came = drives_of(evidence)[pack.id]
        if asked and together and waits.isdisjoint(came):
            message = f"{block.label} does not wait for the food to have come"
            yield found("warning", evidence.at(block, "after"), message, "", ", ".join(sorted(came)))


def _keeps(evidence: Evidence, meal: Meal, taker: Block) -> Iterator[Finding]:
    """Food waits for its guests no longer than it keeps; in waves less, by the time that guests take to eat it."""
    own, lasts = work_of(evidence), minutes_between(meal.at, meal.until)
    for path, wait in placed(evidence.at(taker, "after"), taker.after if taker.kind != "pack" else ()):
        if wait.block not in own:
            continue
        keeps, said = own[wait.block].step.max_hold_minutes, wait.max_minutes
        driven = meal.road and evidence.blocks[wait.block].place == evidence.base_id
        at_once = driven or meal.style in ("plated", "boxed")
        least = keeps if keeps is None or at_once else keeps - lasts
        if (said is None) != (keeps is None) or not (least or 0) <= (said or 0) <= (keeps or 0):
            yield found("warning", f"{path}.max_minutes", f"{taker.label}: it keeps another time", said, keeps)


def courses_together(evidence: Evidence) -> Findings:
    """What is plated or packed for a course is called by it, is of that course, and all of it is."""
    for meal in meals(evidence):
        for block in _takers(evidence, meal):
            if block.kind != "refill" and block.id not in (f"{meal.prefix}.pack", f"{meal.prefix}.serve"):
                yield from _of_course(evidence, meal, block)


def _of_course(evidence: Evidence, meal: Meal, block: Block) -> Iterator[Finding]:
    """A plating, or a late trip: of a plated meal it is for a course, of any other for hot food."""
    courses = _courses(evidence, block)
    group = next((one for one in TOGETHER if not courses.isdisjoint(one)), ())
    due = group[0] if group and meal.style == "plated" else "hot"
    other = courses.difference(group) if due != "hot" else set()
    if other or block.id != f"{meal.prefix}.{block.kind}.{due}":
        message = f"{block.label}: not called by its course, or other courses too"
        yield found("warning", evidence.at(block), message, ", ".join(sorted(courses)), due)
    if block.kind == "plate":
        yield from _forgotten(evidence, meal, block, group)


def _courses(evidence: Evidence, block: Block) -> set[str]:
    """The courses of the dishes that a block waits for."""
    waited = {one.dish for one in evidence.waited(block)}
    return {evidence.dishes[dish].course for dish in waited if dish in evidence.dishes}


def _forgotten(evidence: Evidence, meal: Meal, block: Block, group: tuple[str, ...]) -> Iterator[Finding]:
    """Dishes of the course that are made, and that its plating does not wait for."""
    waited = {one.dish for one in evidence.waited(block)}
    made = {work.dish.id for work in work_of(evidence).values()}
    for dish in evidence.plan.menu:
        if dish.course in group and meal.serves(dish) and dish.id in made - waited:
            message = f"{block.label} does not wait for {dish.name}"
            yield found("warning", evidence.at(block, "after"), message, "", dish.id)


CHECKS = {"timeline.brought": taken_to_guests, "timeline.courses": courses_together}
